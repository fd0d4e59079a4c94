"""A click on a row of the cohort heatmap, in a real browser, lists the customers of that cohort."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 60_000
LEDGER = "Customer ID,Name,Plan,Start date,End date,MRR\n" + "".join(
    f"C{n:02d},Company {n:02d},{'Pro' if n % 2 else 'Basic'},2023-{n % 3 + 1:02d}-01,,{100 * n}\n"
    for n in range(1, 41)) + "C99,Company 99,Pro,2023-12-01,,100\n"


def test_a_click_on_a_row_picks_its_cohort(page: Page, app: ServedApp) -> None:
    Workspace(app.database_url).add_file("ledger.csv", LEDGER.encode(), by="")
    page.goto(f"{app.url}/retention")
    page.get_by_role("tab", name="Cohorts", exact=True).click(timeout=PATIENCE)
    picked = page.locator("[class*=st-key-cohort-of-start_month] input")
    expect(picked).to_have_value("Dec 2023 (1)", timeout=PATIENCE)
    cells = page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first
    expect(cells).to_be_visible(timeout=PATIENCE)
    box = cells.bounding_box()
    assert box
    # Rows: all cohorts, then January, February, March and December; the chart ends a little below the last one.
    for up in range(40, 200, 16):
        cells.click(position={"x": box["width"] * 0.2, "y": box["height"] - up})
        page.wait_for_timeout(700)
        if picked.input_value() == "Jan 2023 (13)":
            break
    expect(picked).to_have_value("Jan 2023 (13)", timeout=PATIENCE)
