"""The HTML report in a browser without a network, a table on the clipboard, and a workbook with saved work."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from cs_kpi.actions.records import Action
from cs_kpi.export.report import Scope
from cs_kpi.export.report_html import report_html
from cs_kpi.kpi.registry import KPIS
from cs_kpi.periods import parse
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp
from tests.tables import book

PATIENCE = 90_000
CONTRACTS = "Customer ID,Customer name,Start date,End date,MRR\n" + "".join(
    f"{id},{name},2024-0{month}-01,{end},{mrr}\n" for id, name, month, end, mrr in (
        ("A", "=1+1", 1, "", 100), ("B", "Beta", 1, "", 150), ("C", "Gamma", 1, "2024-05-15", 200),
        ("D", "Delta", 3, "", 50)))
WORDS = {"en": ("Download", "Workbook and report", "List of actions"),
         "ja": ("ダウンロード", "ブックとレポート", "アクション一覧")}
ROWS = [("A", "2024-01-01", None, 100), ("B", "2024-01-01", None, 150), ("C", "2024-01-01", "2024-03-15", 200)]


def test_charts_are_drawn_in_both_languages_without_a_network(browser: Browser, tmp_path: Path) -> None:
    run = tuple(parse(f"2024-0{month}") for month in (1, 2, 3))
    (tmp_path / "r.html").write_bytes(report_html(book(ROWS, as_of="2024-03-31"), Scope(run, tuple(KPIS)), "en"))
    context = browser.new_context(offline=True, locale="en-US")
    page = context.new_page()
    asked, wrong = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.goto((tmp_path / "r.html").as_uri())
    for button, language in (("English", "en"), ("日本語", "ja")):
        page.get_by_role("button", name=button).click()
        part = page.locator(f"main[data-lang={language}]")
        expect(part).to_be_visible()
        places = part.locator("[data-chart]")
        expect(part.locator("[data-chart] svg.marks")).to_have_count(places.count(), timeout=30_000)
        assert places.count() > 5
    expect(page.locator("main[data-lang=en]")).to_be_hidden()
    assert asked == [(tmp_path / "r.html").as_uri()]
    assert wrong == []
    context.close()


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_a_copied_table_is_its_csv_and_the_workbook_has_the_saved_actions(page: Page, app: ServedApp, language: str
                                                                           ) -> None:
    download, report, actions = WORDS[language]
    work = Workspace(app.database_url)
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    day = dt.date(2024, 7, 1)
    work.save_all({"1": Action(customer_id="A", title="=1+1", due_on=day, made_on=day)}, by="")
    work.close()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    page.goto(f"{app.url}/revenue")
    page.get_by_role("button", name=download).first.click(timeout=PATIENCE)
    opened = page.get_by_test_id("stPopoverBody")
    with page.expect_download(timeout=PATIENCE) as file:
        opened.locator("[class*=-csv] button").click(timeout=PATIENCE)
    rows = list(csv.reader(io.StringIO(file.value.path().read_text("utf-8-sig"))))
    code = opened.get_by_test_id("stCode")
    code.hover()
    code.get_by_role("button").click(timeout=PATIENCE)
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('\t')", timeout=PATIENCE)
    copied = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").splitlines()]
    assert copied[0] == rows[0]
    assert [row[0] for row in copied] == [row[0] for row in rows]
    assert [[float(cell) for cell in row[1:] if cell] for row in copied[1:]] == [
        [float(cell) for cell in row[1:] if cell] for row in rows[1:]]

    page.goto(f"{app.url}/slides")
    page.get_by_text(report).click(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as file:
        page.locator(".st-key-report-xlsx button").click(timeout=PATIENCE)
    sheet = openpyxl.load_workbook(io.BytesIO(file.value.path().read_bytes()))[actions]
    names = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in names] == [("s", True)] * 2
