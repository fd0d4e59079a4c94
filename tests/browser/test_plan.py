"""What-if in a real browser: a driver moves, projection and chance follow; scenarios outlive a reload; the meeting."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from cs_kpi.settings import Settings
from cs_kpi.targets.scenario import Change, Goal, Scenario, ThePlan, link
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp
from tests.targets.given import lively

PATIENCE = 60_000
HEADERS = {"subscriptions": {"customer_id": "Customer ID", "plan": "Plan", "start_date": "Start date",
                             "end_date": "End date", "mrr": "MRR"},
           "customers": {"customer_id": "Customer ID", "onboarding_completed_on": "Onboarding completed on"}}
WORDS = {
    "en": {"save": "Save", "tab": "Scenarios", "plan": "Make it the plan", "copy": "Duplicate",
           "meeting": "Meeting view", "leave": "Leave the meeting view", "chance": "Chance of the goal",
           "beside": "Side by side", "copied": "Half the churn (2)", "delete": "Delete", "undo": "Undo"},
    "ja": {"save": "保存", "tab": "シナリオ", "plan": "計画にする", "copy": "複製", "meeting": "会議表示",
           "chance": "目標達成の見込み", "leave": "会議表示を終える", "beside": "並べて比較",
           "copied": "Half the churn（2）", "delete": "削除", "undo": "元に戻す"}}
GOAL = Goal(kpi="mrr", value=25_000, month="2025-05")
BOTH = pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])


@pytest.fixture
def work(app: ServedApp) -> Workspace:
    whole, work = lively(), Workspace(app.database_url)
    for name, columns in HEADERS.items():
        text = whole.tables[name][list(columns)].rename(columns=columns).to_csv(index=False)
        work.add_file(f"{name}.csv", text.encode(), by="")
    work.save(Settings(as_of=whole.settings.as_of, onboarding_days=45), "settings", by="")
    return work


def opened(page: Page, app: ServedApp, scenario: Scenario, more: str = "") -> None:
    page.goto(f"{app.url}/targets?scenario={quote(link(scenario))}{more}")
    expect(metric(page, 0)).to_be_visible(timeout=PATIENCE)


def metric(page: Page, place: int) -> Locator:
    """The chance of the goal first, then what the KPIs come to."""
    return page.get_by_test_id("stMetricValue").nth(place)


def lowered(page: Page, driver: str, steps: int) -> None:
    """A slider moved by the keyboard alone."""
    thumb = page.locator(f".st-key-plan-{driver}-slider").get_by_role("slider")
    thumb.focus()
    for _step in range(steps):
        thumb.press("ArrowLeft")


def answered(page: Page, driver: str, shown: str, value: str) -> None:
    """Wait until the last key press has been answered: field and address have it, and the run that wrote them is over.
    """
    field = page.locator(f'[class*="st-key-plan-{driver}-field"] input').first
    expect(field).to_have_value(shown, timeout=PATIENCE)
    expect(page).to_have_url(re.compile(f"value%22%3A{re.escape(value)}%7D"), timeout=PATIENCE)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)


def share(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@BOTH
def test_a_slider_moves_the_chance_and_all_is_there_after_a_reload(page: Page, app: ServedApp, work: Workspace,
                                                                   language: str) -> None:
    words = WORDS[language]
    opened(page, app, Scenario(name="Half the churn", goal=GOAL, changes=(Change(driver="churn", value=0.02),)))
    before, arr = share(metric(page, 0).inner_text()), metric(page, 1).inner_text()
    lowered(page, "churn", 99)
    answered(page, "churn", "1.01%", "0.0101")
    moved = metric(page, 1).inner_text()
    expect(page.get_by_text(words["chance"]).first).to_be_visible()
    assert moved != arr
    assert share(metric(page, 0).inner_text()) > before + 5

    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.get_by_role("button", name=words["save"], exact=True)).to_be_disabled(timeout=PATIENCE)
    page.get_by_role("tab", name=words["tab"]).click()
    page.get_by_role("button", name=words["copy"]).click()
    expect(page.get_by_text(words["copied"]).first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name=words["plan"]).first.click()
    expect(page.get_by_role("button", name=words["plan"]).first).to_be_disabled(timeout=PATIENCE)
    expect(page.get_by_text(words["beside"], exact=True)).to_be_visible()
    assert {one.name for one in work.all(Scenario).values()} == {"Half the churn", words["copied"]}
    assert work.load(ThePlan, "the-plan") == ThePlan(scenario="half the churn")

    page.goto(f"{app.url}/targets")
    expect(metric(page, 1)).to_have_text(moved, timeout=PATIENCE)
    page.reload()
    expect(metric(page, 1)).to_have_text(moved, timeout=PATIENCE)
    page.get_by_role("tab", name=words["tab"]).click()
    expect(page.get_by_text(words["copied"]).first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name=words["plan"]).first).to_be_disabled()

    page.get_by_role("button", name=words["delete"]).nth(1).click()
    expect(page.get_by_role("button", name=words["copy"])).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("button", name=words["undo"]).click()
    expect(page.get_by_role("button", name=words["copy"])).to_have_count(2, timeout=PATIENCE)


def test_a_slider_held_down_moves_by_every_step(page: Page, app: ServedApp, work: Workspace) -> None:
    """Keys faster than the page answers: no run that is behind throws the slider back."""
    opened(page, app, Scenario(name="x", goal=GOAL, changes=(Change(driver="churn", value=0.02),)))
    lowered(page, "churn", 60)
    answered(page, "churn", "1.40%", "0.014")
    expect(page.locator(".st-key-plan-churn-slider").get_by_role("slider")).to_have_value("1.4")


def test_an_answer_of_the_goal_is_put_into_the_scenario(page: Page, app: ServedApp, work: Workspace) -> None:
    opened(page, app, Scenario(name="x", goal=GOAL))
    page.locator(".st-key-plan-take-churn button").click()
    expect(page.get_by_text("the goal of 25,000 is reached")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("churn"))


@BOTH
def test_the_meeting_view_is_moved_by_the_keyboard_and_left_with_what_was_found(page: Page, app: ServedApp,
                                                                                work: Workspace, language: str) -> None:
    words = WORDS[language]
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page, app, Scenario(name="Wall", goal=GOAL, changes=(Change(driver="new", value=900),)), "&meeting=1")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    before = metric(page, 1).inner_text()
    lowered(page, "churn", 60)
    expect(metric(page, 1)).not_to_have_text(before, timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    page.get_by_role("button", name=words["leave"]).click()
    expect(page.get_by_role("button", name=words["meeting"])).to_be_visible(timeout=PATIENCE)
    expect(page).not_to_have_url(re.compile("meeting"))
    said = json.loads(page.evaluate("new URL(location.href).searchParams.get('scenario')"))
    assert {one["driver"] for one in said["changes"]} == {"new", "churn"}
