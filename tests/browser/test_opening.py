"""The app opens as a user starts it, and loads nothing from outside."""

import pytest
from playwright.sync_api import Page, expect

from cs_kpi.samples import sample
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp


@pytest.mark.parametrize(("page", "heading"), [("ja-JP", "データ取込"), ("en-US", "Data import")], indirect=["page"])
def test_opens_in_the_language_of_the_browser(page: Page, app: ServedApp, heading: str) -> None:
    page.goto(app.url)
    expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_asks_nobody_outside_in_either_theme(page: Page, app: ServedApp, hosts: set[str], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(app.url)
    expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["data", "overview", "revenue", "settings"])
def test_a_link_to_a_page_is_the_first_thing_a_new_server_gets(page: Page, app: ServedApp, hosts: set[str],
                                                               path: str) -> None:
    Workspace(app.database_url).add_file(*sample("en", "messy"), by="")
    page.goto(f"{app.url}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name="Settings")).to_be_visible(timeout=60_000)
    if path == "overview":
        page.locator(".st-key-card-mrr").get_by_role("button").click()
        page.get_by_role("tab", name="Trend").click()
        expect(page.get_by_role("dialog").locator("canvas, svg").first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1_000)
    assert hosts == {"127.0.0.1"}


def test_is_there_again_after_a_restart(page: Page, app: ServedApp) -> None:
    page.goto(app.url)
    expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)
    app.restart()
    page.reload()
    expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)
