"""From a preset to the question why a number does not match, and to the answer, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

LEDGER = "customer_id,customer_name,plan,mrr,start_date,end_date\n" + "".join(
    f"C{n:02d},Customer {n},{'AB'[n % 2]},{100 + n},2023-{n % 12 + 1:02d}-05,{'2024-02-10' if n % 4 == 0 else ''}\n"
    for n in range(60)) + "Z,Short stay,A,50,2024-02-03,2024-02-20\n"
FIGURES = "Month,Churn rate\nFeb 2024,26.7%\n"
"""15 of 60 left in February, and one that joined in it: Baremetrics says 16 of 60."""


def picked(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_from_a_preset_to_the_definition_that_explains_the_other_tool(page: Page, app: ServedApp, tmp_path: Path
                                                                     ) -> None:
    work = Workspace(app.database_url)
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    work.close()
    page.goto(f"{app.url}/overview?kind=month&period=2024-02")
    picked(page, "KPIs shown", "Towards series A")
    expect(page).to_have_url(re.compile("set=series_a"))
    card = page.locator(".st-key-card-customer_churn_rate")
    expect(card.get_by_text("25.0%").first).to_be_visible()
    card.get_by_role("button", name="Details").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name=re.compile("Convention of this KPI")).click()
    page.get_by_role("option", name="Baremetrics", exact=True).click()
    expect(dialog.get_by_text("26.7%").first).to_be_visible()
    dialog.get_by_role("link", name="Compare definitions").click()
    expect(page.get_by_role("heading", name="Compare definitions")).to_be_visible()
    expect(page.get_by_text("Customers counted differently: 1.")).to_be_visible()
    page.get_by_role("tab", name="Figures of another tool").click()
    (tmp_path / "tool.csv").write_text(FIGURES)
    page.locator("input[type=file]").set_input_files(tmp_path / "tool.csv")
    expect(page.get_by_text("The definition 'Baremetrics' gives the other tool's figures")).to_be_visible()
    page.reload()
    page.get_by_role("tab", name="Figures of another tool").click()
    expect(page.get_by_text("The definition 'Baremetrics' gives the other tool's figures")).to_be_visible()


def test_figures_are_typed_one_after_another(page: Page, app: ServedApp) -> None:
    work = Workspace(app.database_url)
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    work.close()
    page.goto(f"{app.url}/compare?kind=month&period=2024-02")
    page.get_by_role("tab", name="Figures of another tool").click()
    grid = page.locator("[data-testid=stDataFrame]:visible").first
    grid.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1_000)  # the grid is a picture: nothing in the page says when it takes clicks
    grid.click(position={"x": 240, "y": 52})
    page.wait_for_timeout(300)
    page.keyboard.type("26.7", delay=150)  # the first key opens the cell
    page.keyboard.press("Enter")
    expect(page.get_by_text("in every period given (1)")).to_be_visible()
    page.wait_for_timeout(1_000)
    page.keyboard.type("0.0", delay=150)
    page.keyboard.press("Enter")
    expect(page.get_by_text("in every period given (2)")).to_be_visible()
