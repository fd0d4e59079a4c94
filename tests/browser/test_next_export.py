"""Month end in a real browser: the next export replaces the older one, and a file that takes long can be cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp
from tests.browser.test_whole_way import PATIENCE, at_rest, upload
from tests.test_pages import LEDGER

NEWER = LEDGER.replace("C01,株式会社01,A,1000,", "C01,株式会社01,A,1500,") + "Z99,株式会社99,A,500,2024/4/1,\n"


@pytest.mark.parametrize(("page", "replace", "append", "changed"), [
    ("ja-JP", "置き換える", "追加する", "MRRが変わった顧客：1"), ("en-US", "Replace", "Append", "with another MRR: 1")],
    indirect=["page"])
def test_the_next_export_replaces_the_older_one(page: Page, app: ServedApp, replace: str, append: str,
                                                changed: str) -> None:
    Workspace(app.database_url).add_file("ledger_2024-04.csv", LEDGER.encode("cp932"), by="")
    page.goto(app.url)
    metrics = page.get_by_test_id("stMetric")
    expect(metrics.nth(1)).to_contain_text("40", timeout=PATIENCE)
    page.get_by_text("ファイルを追加").or_(page.get_by_text("Add files")).click()
    upload(page, ("ledger_2024-05.csv", NEWER.encode("cp932")))
    expect(metrics.nth(1)).to_contain_text("41", timeout=PATIENCE)
    expect(page.get_by_role("radio", name=replace)).to_be_checked(timeout=PATIENCE)
    expect(page.locator(".st-key-what-changed")).to_contain_text(changed, timeout=PATIENCE)
    page.get_by_text(append, exact=False).first.click()
    expect(metrics.nth(1)).to_contain_text("81", timeout=PATIENCE)
    at_rest(page)
    page.reload()
    expect(metrics.nth(1)).to_contain_text("81", timeout=PATIENCE)


def test_a_file_that_takes_long_shows_how_far_it_is_and_can_be_cancelled(page: Page, app: ServedApp,
                                                                         tmp_path: Path) -> None:
    large = tmp_path / "usage.csv"
    large.write_bytes(b"customer_id,date,feature,count\n" + b"C1,2024-01-01,search,3\n" * 4_000_000)
    page.goto(app.url)
    at_rest(page)
    page.locator("input[type=file]").first.set_input_files(large)
    expect(page.get_by_role("progressbar").first).to_be_visible(timeout=PATIENCE)
    page.reload()
    page.get_by_role("button", name="Cancel").click(timeout=PATIENCE)
    expect(page.get_by_text("was cancelled, and nothing of it was kept")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=PATIENCE)
    assert Workspace(app.database_url).files() == []
    upload(page, ("ledger.csv", LEDGER.encode("cp932")))
    expect(page.get_by_test_id("stMetric").first).to_contain_text("40", timeout=PATIENCE)
