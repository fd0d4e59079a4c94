"""The risk page in a real browser: train, see how far it is, the ranking with its reasons, and all of it after a new
start of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp
from tests.browser.test_whole_way import at_rest
from tests.churn.given import planted
from tests.test_cli_risk import files

PATIENCE = 120_000
WORDS = {"en": ("This model can be believed", "What moves the risk of {}", "Train again", "How well it foresees",
                "How much better than chance", "Data (CSV)"),
         "ja": ("このモデルは信頼できます", "{}のリスクを動かしている要因", "もう一度学習", "予測の精度",
                "偶然と比べた的中の倍率", "データ（CSV）")}


def picked(page: Page, box: str) -> str:
    """The name of the fourth customer of a select box, which is taken."""
    fourth = page.get_by_role("option").nth(3)
    for _attempt in range(10):  # a rerun that was under way closes the list again
        at_rest(page)
        page.locator(box).click()
        try:
            name = fourth.inner_text(timeout=3_000).split(" (")[0]
            fourth.click(timeout=3_000)
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
        else:
            return name
    raise AssertionError("the list of customers never showed")


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_a_model_is_trained_and_still_there_after_a_restart(page: Page, app: ServedApp, tmp_path: Path, language: str
                                                            ) -> None:
    believed, moves, again, tested, lift, csv = WORDS[language]
    folder = tmp_path / "files"
    folder.mkdir()
    work = Workspace(app.database_url)
    for file in files(folder, planted(300, 24).book):
        work.add_file(Path(file).name, Path(file).read_bytes(), by="")
    page.goto(f"{app.url}/risk")
    page.locator(".st-key-train button").click(timeout=PATIENCE)
    expect(page.get_by_text(believed)).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-testid=stDataFrame]:visible").first).to_be_visible(timeout=PATIENCE)

    name = picked(page, f".st-key-risk-customer-{language} input")
    expect(page.get_by_text(moves.format(name))).to_be_visible(timeout=PATIENCE)

    app.restart()
    page.goto(f"{app.url}/risk")
    expect(page.get_by_text(believed)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name=again)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("tab", name=tested).click()
    expect(page.get_by_text(lift)).to_be_visible(timeout=PATIENCE)
    page.locator(".st-key-download-risk-lift button").click()
    with page.expect_download() as download:
        page.get_by_text(csv).click()
    assert len(Path(download.value.path()).read_text("utf-8-sig").splitlines()) == 21
