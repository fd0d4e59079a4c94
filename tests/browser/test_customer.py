"""The customer page in a real browser: from a number over a name to the page; what is written there stays."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from cs_kpi.customer.records import Note
from cs_kpi.pulse_notes import PulseNote
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 60_000
CONTRACTS = "Customer ID,Customer name,MRR,Start date,End date\n" + "".join(
    f"C{number},Company {number},{100 * number},2023-01-01,{'2024-03-10' if number in (2, 5) else ''}\n"
    for number in range(1, 7)) + '"顧客 #1/2&<b>",Odd & Co.,70,2023-01-01,2024-03-20\nZ,Last,1,2023-01-01,2024-04-05\n'
WORDS = {
    "en": ("Customers", "Customer page", "Write a note", "Keep the note", "Enter the pulse", "Keep the pulse"),
    "ja": ("顧客", "顧客カルテ", "メモを書く", "メモを保存", "所感を記入", "所感を保存")}
ROW, HEAD = 35, 36
"""px of a table's rows."""


def table_in(place: Locator) -> Locator:
    return place.locator("[data-testid=stDataFrame]").last


def click_name(page: Page, table: Locator, row: int, across: float) -> None:
    """A name is painted on a canvas: there is nothing but its place to click. across : of the width, where names
    stand"""
    table.scroll_into_view_if_needed()
    table.locator("canvas").first.wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1_000)  # columns find their widths
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + HEAD + ROW * row + ROW / 2)


def open_churned(page: Page, url: str, customers: str) -> Locator:
    page.goto(f"{url}/overview?kind=month&period=2024-03")
    page.locator(".st-key-card-churned_customers, .st-key-card-customer_churn_rate").first.get_by_role(
        "button").click(timeout=PATIENCE)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name=customers, exact=True).click(timeout=PATIENCE)
    return dialog


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_from_the_overview_to_a_churned_name_to_its_page_where_what_is_written_stays(
        page: Page, app: ServedApp, language: str) -> None:
    customers, title, write, keep, enter, keep_pulse = WORDS[language]
    work = Workspace(app.database_url)
    work.save(Preferences(display_name="Sato"), "preferences", by="")
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    dialog = open_churned(page, app.url, customers)
    click_name(page, table_in(dialog), 0, 0.365)
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Company 2", exact=True)).to_be_visible(timeout=PATIENCE)
    assert parse_qs(urlsplit(page.url).query)["id"] == ["C2"]

    page.get_by_role("button", name=write).click()
    page.locator(".st-key-note-C2 textarea").fill("Exit talk *tomorrow*")
    page.get_by_role("button", name=keep).click()
    expect(page.locator(".st-key-customer-notes")).to_contain_text("Exit talk *tomorrow*", timeout=PATIENCE)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=enter).click()
    page.get_by_role("radio", name="2", exact=True).or_(page.get_by_role("button", name="2", exact=True)).first.click()
    page.get_by_role("button", name=keep_pulse).click()
    expect(page.locator(".st-key-customer-notes")).to_contain_text("2", timeout=PATIENCE)
    page.reload()
    notes = page.locator(".st-key-customer-notes")
    expect(notes).to_contain_text("Exit talk *tomorrow*", timeout=PATIENCE)
    expect(notes).to_contain_text("Sato")
    [note], [pulse] = work.all(Note).values(), work.all(PulseNote).values()
    assert (note.customer_id, note.by, pulse.customer_id, pulse.value) == ("C2", "Sato", "C2", 2)


def test_a_name_in_a_list_that_was_sorted_opens_its_own_customer_with_an_odd_id(page: Page, app: ServedApp) -> None:
    work = Workspace(app.database_url)
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    page.goto(f"{app.url}/retention?kind=month&period=2024-03")
    table = page.locator("[data-testid=stDataFrame]").last
    table.wait_for(state="attached", timeout=PATIENCE)
    page.wait_for_timeout(2_000)
    table = table_in(page.locator("body"))
    for _turn in range(2):
        click_name(page, table, -1, 0.32)  # the head: the second click sorts downwards, Odd & Co. before the companies
        page.wait_for_timeout(500)
    click_name(page, table, 0, 0.32)
    expect(page.get_by_role("heading", name="Odd & Co.", exact=True)).to_be_visible(timeout=PATIENCE)
    assert parse_qs(urlsplit(page.url).query)["id"] == ["顧客 #1/2&<b>"]
    page.reload()
    expect(page.get_by_role("heading", name="Odd & Co.", exact=True)).to_be_visible(timeout=PATIENCE)
