"""The criterion editor in a real browser: a change shows its effect, is saved, outlives a reload, and is undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cs_kpi.criterion import Criterion, Rule
from cs_kpi.settings import Settings
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp
from tests.pages.test_onboarding import CONTRACTS, MILESTONES

PATIENCE = 60_000
WORDS = {"en": ("Change the criterion", "Save criterion", "Undo", "Kickoff within 90 days", "Setup within 30 days"),
         "ja": ("完了条件を変更", "完了条件を保存", "元に戻す", "Kickoff（90日以内）", "Setup（30日以内）")}


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_the_criterion_is_changed_saved_and_undone(page: Page, app: ServedApp, language: str) -> None:
    change, save, undo, before, after = WORDS[language]
    work = Workspace(app.database_url)
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    work.add_file("milestones.csv", MILESTONES.encode(), by="")
    page.goto(f"{app.url}/onboarding")
    box = page.locator(".st-key-criterion")
    expect(box.get_by_text(before)).to_be_visible(timeout=PATIENCE)
    box.get_by_text(change).click()
    days = box.locator(".st-key-rule-1-days input")
    days.fill("30")
    days.press("Enter")
    completed = box.get_by_test_id("stMetric").first
    expect(completed).to_contain_text("-2", timeout=PATIENCE)
    expect(box.get_by_text(after)).to_have_count(0)

    box.get_by_role("button", name=save).click()
    expect(box.get_by_text(after)).to_be_visible(timeout=PATIENCE)
    rules = (Rule(name="Kickoff", days=90), Rule(name="Setup", days=30))
    assert work.load(Settings, "settings").onboarding == Criterion(rules=rules)  # type: ignore[union-attr]
    box.get_by_role("button", name=undo).click()
    expect(box.get_by_text(after)).to_have_count(0, timeout=PATIENCE)

    box.get_by_text(change).click()
    expect(days).to_have_value("90", timeout=PATIENCE)
    days.fill("30")
    days.press("Enter")
    expect(completed).to_contain_text("-2", timeout=PATIENCE)
    box.get_by_role("button", name=save).click()
    expect(box.get_by_text(after)).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(box.get_by_text(after)).to_be_visible(timeout=PATIENCE)
