"""Growth in a real browser: from a candidate to a playbook that runs, and to the customer's page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cs_kpi.actions.records import Run
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp
from tests.growth.given import bought

PATIENCE = 60_000
WORDS = {"en": ("better than chance", "Start the playbook", "Playbooks", "Running: 1", "CSV"),
         "ja": ("偶然より優れています", "プレイブックを開始", "プレイブック", "進行中：1件", "CSV")}


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_a_candidate_becomes_a_talk_that_runs(page: Page, app: ServedApp, language: str) -> None:
    verdict, begin, playbooks, running, csv = WORDS[language]
    work = Workspace(app.database_url)
    work.save(Preferences(display_name="Sato"), "preferences", by="")
    rows = bought(seed=1, follows=6).tables["subscriptions"].rename(columns={
        "customer_id": "Customer ID", "start_date": "Start date", "mrr": "MRR", "product": "Product"})
    work.add_file("contracts.csv", rows.to_csv(index=False).encode(), by="")
    page.goto(f"{app.url}/growth")
    expect(page.get_by_text(verdict)).to_be_visible(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name=csv).first.click()
    assert download.value.suggested_filename == "growth.csv"
    page.get_by_role("button", name=begin).click(timeout=PATIENCE)
    link = page.locator("[class*=st-key-growth-one] [data-testid=stPageLink] a")
    name = link.inner_text(timeout=PATIENCE).split()[-1]  # behind the icon's name
    page.goto(f"{app.url}/actions")
    page.get_by_role("tab", name=playbooks, exact=True).click(timeout=PATIENCE)
    expect(page.get_by_text(running)).to_be_visible(timeout=PATIENCE)
    [run] = work.all(Run).values()
    assert (run.playbook, run.customer_id) == ("seats_full", name)
    page.goto(f"{app.url}/growth")
    link.click(timeout=PATIENCE)
    expect(page).to_have_url(f"{app.url}/customer?id={name}", timeout=PATIENCE)
