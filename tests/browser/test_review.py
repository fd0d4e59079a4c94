"""Targets in a real browser: one is set, stands, is changed with a reason, and all is still there after a reload."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from cs_kpi.settings import Preferences
from cs_kpi.targets.goals import ReviewNote, Target
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 60_000
CONTRACTS = "Customer ID,Customer name,MRR,Start date,End date\n" + "".join(
    f"C{number:03d},Company {number},100,2023-01-01,{'2024-03-15' if number <= 20 else ''}\n"
    for number in range(1, 101)) + "N1,Last one,100,2024-04-30,\n"
"""100 customers; 20 of them leave in March 2024: 20 %, Wilson 13.3 to 28.9 %. The data ends with April."""
WORDS = {"en": ("Set targets", "Targets and actuals", "Target missed", "Change this target", "Save the target",
                "A target is not changed without a reason", "Mar 2024"),
         "ja": ("目標の設定", "目標と実績", "未達", "この目標を変更", "目標を保存", "目標の変更には理由が必要です",
                "2024年3月")}


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_a_target_is_set_judged_changed_and_still_there_after_a_reload(page: Page, app: ServedApp, language: str
                                                                       ) -> None:
    setting, review, missed, change, save, reason, march = WORDS[language]
    work = Workspace(app.database_url)
    work.save(Preferences(display_name="Sato"), "preferences", by="")
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    page.goto(f"{app.url}/review")
    page.get_by_role("tab", name=setting, exact=True).click(timeout=PATIENCE)
    page.locator(".st-key-target-add button").click(timeout=PATIENCE)
    filled(page, "target-count", "1")
    picked(page, "target-first", march)
    filled(page, "target-level", "5")
    filled(page, "target-owner", "Ito")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.locator(".st-key-target-edit")).to_be_visible(timeout=PATIENCE)
    [first] = work.all(Target).values()
    assert (first.now.values, first.now.owner, first.now.first.isoformat()) == ((0.05,), "Ito", "2024-03-01")

    page.get_by_role("tab", name=review, exact=True).click()
    expect(page.get_by_text(f"{missed}{'：1件' if language == 'ja' else ': 1'}")).to_be_visible(timeout=PATIENCE)

    page.get_by_role("tab", name=setting, exact=True).click()
    page.get_by_role("button", name=change, exact=True).click(timeout=PATIENCE)
    filled(page, "target-level", "30")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.get_by_text(reason)).to_be_visible(timeout=PATIENCE)
    filled(page, "target-why", "A large customer closed")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.locator(".st-key-target-edit")).to_be_visible(timeout=PATIENCE)
    [changed] = work.all(Target).values()
    assert [(one.before, one.by, one.why) for one in changed.changes] == [
        (first.now, "Sato", "A large customer closed")]
    assert changed.now.values == (0.30,)

    [key] = work.all(Target)
    work.save(ReviewNote(target=key, period="2024-03", tried="Called everybody"), "note", by="Sato")
    page.reload()
    page.get_by_role("tab", name=review, exact=True).click(timeout=PATIENCE)
    met = "達成：1件" if language == "ja" else "Target met: 1"
    expect(page.get_by_text(met)).to_be_visible(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as download:
        page.locator(".st-key-review-sheet button").click(timeout=PATIENCE)
    slides = Presentation(io.BytesIO(Path(download.value.path()).read_bytes())).slides
    assert len(slides) == 5  # its first, all targets as chart and as table, the target, its notes
    assert "Called everybody" in [cell.text for shape in slides[4].shapes if shape.has_table
                                  for row in shape.table.rows for cell in row.cells]


def filled(page: Page, key: str, text: str) -> None:
    """Type into a field and leave it; the page has taken it over."""
    field = page.locator(f".st-key-{key} input")
    field.fill(text, timeout=PATIENCE)
    field.press("Enter")
    rest(page)


def picked(page: Page, key: str, option: str) -> None:
    field = page.locator(f"[class*=st-key-{key}-] input").first
    field.click(timeout=PATIENCE)
    field.fill(option)
    page.get_by_role("option", name=option, exact=True).click(timeout=PATIENCE)
    rest(page)


def rest(page: Page) -> None:
    page.wait_for_timeout(300)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning",
                                                                 timeout=PATIENCE)
