"""Actions in a real browser: start a playbook, tick a step, reload, still there; export, edit, read back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from cs_kpi.actions.records import Action, Run
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 60_000
CONTRACTS = "Customer ID,Customer name,MRR,Start date,Term end,CSM\n" + "".join(
    f"C{number},Company {number},{100 * number},202{3 + number // 5}-03-15,2024-0{number + 3}-30,Ann\n"
    for number in range(1, 6))
WORDS = {"en": ("Playbooks", "List of actions", "Load an edited list", "Take over 1", "done", "Running: 1"),
         "ja": ("プレイブック", "アクション一覧", "編集した一覧を読み込む", "1件を取り込む", "完了", "進行中：1件")}


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_a_playbook_is_started_ticked_exported_edited_and_read_back(page: Page, app: ServedApp, language: str,
                                                                     tmp_path: Path) -> None:
    playbooks, listed, load, take, done, running = WORDS[language]
    work = Workspace(app.database_url)
    work.save(Preferences(display_name="Sato"), "preferences", by="")
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    page.goto(f"{app.url}/actions")
    page.get_by_role("tab", name=playbooks, exact=True).click(timeout=PATIENCE)
    page.locator("[class*=st-key-start-] button").first.click(timeout=PATIENCE)
    expect(page.get_by_text(running)).to_be_visible(timeout=PATIENCE)
    box = page.get_by_role("checkbox").first
    page.locator("[data-testid=stCheckbox] label").first.click()
    expect(box).to_be_checked(timeout=PATIENCE)
    page.reload()
    page.get_by_role("tab", name=playbooks, exact=True).click(timeout=PATIENCE)
    expect(page.get_by_text(running)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("checkbox").first).to_be_checked(timeout=PATIENCE)
    [run] = work.all(Run).values()
    assert work.signatures(Run)[next(iter(work.all(Run)))].by == "Sato"

    page.get_by_role("tab", name=listed, exact=True).click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.locator(".st-key-actions-xlsx button").click(timeout=PATIENCE)
    edited = tmp_path / "actions.xlsx"
    edited.write_bytes(with_all_done(Path(download.value.path()).read_bytes(), done))
    page.get_by_text(load).click()
    page.locator("input[type=file]").set_input_files(edited)
    page.get_by_role("button", name=take).click(timeout=PATIENCE)
    expect(page.get_by_role("button", name=take)).to_have_count(0, timeout=PATIENCE)
    told = {one.step: (one.status, one.outcome) for one in work.all(Action).values()
            if one.customer_id == run.customer_id}
    assert told[2] == ("done", "=SUM(1)")


def with_all_done(data: bytes, done: str) -> bytes:
    """The last row is done, with an outcome that looks like a formula."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    sheet.cell(sheet.max_row, 7).value = done
    sheet.cell(sheet.max_row, 8).value = "=SUM(1)"
    sheet.cell(sheet.max_row, 8).data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
