"""The HTML report in a browser without a network, and a table on its way to the clipboard."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from cs_kpi.export.report import Scope
from cs_kpi.export.report_html import report_html
from cs_kpi.kpi.registry import KPIS
from cs_kpi.periods import parse
from tests.tables import book

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
