"""From the team's own file to a slide, in a real browser: the whole way once, with everything in between."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from playwright.sync_api import Download, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from pptx import Presentation

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import parse, periods
from cs_kpi.samples import sample
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 60_000
LEDGER = "messy_ja.xlsx › 契約台帳"


def book() -> Book:
    """The same file through the core, to compare what the browser shows with."""
    name, data = sample("ja", "messy")
    return book_of([read(sheet, guess(sheet)) for sheet in sheets(name, data)])


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files once the page has come to rest: each upload gets a fresh field."""
    at_rest(page)
    page.locator("input[type=file]").first.set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files])


def pick(page: Page, label: str, option: str) -> None:
    """Open a select box of a page that has come to rest, and take an option."""
    wanted = page.get_by_role("option", name=option, exact=True).first
    for _attempt in range(10):  # a rerun that was under way closes the list again
        at_rest(page)
        page.get_by_label(label, exact=True).first.click()
        try:
            wanted.click(timeout=3_000)
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"{label}: the option {option} never showed")


def at_rest(page: Page) -> None:
    """Wait until a rerun that a click may just have asked for has come and gone."""
    page.wait_for_timeout(500)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)


def card(page: Page, kpi: str) -> Locator:
    return page.locator(f".st-key-card-{kpi}")


def downloaded(page: Page, button: Locator) -> bytes:
    with page.expect_download(timeout=PATIENCE) as waiting:
        button.click()
    return content(waiting.value)


def content(download: Download) -> bytes:
    with open(download.path(), "rb") as file:
        return file.read()


@pytest.mark.parametrize("page", ["ja-JP"], indirect=True)
def test_from_an_upload_to_a_slide_with_the_same_numbers(page: Page, app: ServedApp) -> None:
    page.goto(app.url)
    expect(page.get_by_role("heading", name="データ取込")).to_be_visible(timeout=PATIENCE)
    upload(page, sample("ja", "messy"), ("写真.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)))
    expect(page.get_by_role("button", name="KPIを見る")).to_be_visible(timeout=PATIENCE)

    page.reload()
    expect(page.get_by_role("button", name="KPIを見る")).to_be_visible(timeout=PATIENCE)
    pick(page, "シートを選ぶ", LEDGER)
    pick(page, "「地域」の項目", "使わない")
    expect(page.get_by_role("button", name="自動判定に戻す")).to_be_visible(timeout=PATIENCE)
    app.restart()
    page.reload()
    expect(page.get_by_role("button", name="KPIを見る")).to_be_visible(timeout=PATIENCE)
    pick(page, "シートを選ぶ", LEDGER)
    expect(page.get_by_label("「地域」の項目")).to_have_value("使わない", timeout=PATIENCE)

    page.get_by_role("button", name="KPIを見る").click()
    expect(card(page, "mrr")).to_contain_text("10,072,850円", timeout=PATIENCE)
    card(page, "customer_churn_rate").get_by_role("button").click()
    page.get_by_role("tab", name="顧客").click()
    expect(page.get_by_text("この数値のもとになった顧客：266社")).to_be_visible(timeout=PATIENCE)
    button = page.get_by_role("dialog").get_by_role("button", name="CSV", exact=True)
    names = pd.read_csv(io.BytesIO(downloaded(page, button)))
    assert names["解約顧客"].sum() == 6
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)

    pick(page, "期間", "2025年2月")
    expect(card(page, "mrr")).to_contain_text("9,797,690円", timeout=PATIENCE)
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible(timeout=PATIENCE)
    expect(card(page, "mrr")).to_contain_text("¥9,797,690")

    page.get_by_role("link", name="Revenue").click()
    expect(page.get_by_role("heading", name="Revenue", exact=True)).to_be_visible(timeout=PATIENCE)
    page.locator(".st-key-download-movements").get_by_role("button").click()
    slide = downloaded(page, page.get_by_role("button", name="PowerPoint slide"))
    assert_same_movements(slide)


def assert_same_movements(slide: bytes) -> None:
    """The chart on the slide holds the movements of the 24 months up to February 2025, as the core reads them."""
    chart = next(shape.chart for shape in Presentation(io.BytesIO(slide)).slides[0].shapes if shape.has_chart)
    last = parse("2025-02")
    run = periods("month", last.shifted(-23).start, last.end)
    names = ["new_mrr", "expansion_mrr", "reactivation_mrr", "contraction_mrr", "churn_mrr"]
    found = readings(book(), run, names)
    for name, series in zip(names, chart.plots[0].series, strict=True):
        sign = -1 if name in ("contraction_mrr", "churn_mrr") else 1
        expected = [sign * (one.value or 0) for one in found if one.kpi == name]
        assert list(series.values) == pytest.approx(expected), name


@pytest.mark.parametrize(("page", "sentence"), [("ja-JP", "画像"), ("en-US", "picture")], indirect=["page"])
def test_a_wrong_file_gets_a_sentence_and_what_was_loaded_stays(page: Page, app: ServedApp, sentence: str) -> None:
    page.goto(app.url)
    upload(page, ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)))
    expect(page.get_by_test_id("stAlert")).to_contain_text(sentence, timeout=PATIENCE)
    upload(page, sample("ja", "messy"))
    expect(page.get_by_test_id("stMetric").first).to_contain_text("400", timeout=PATIENCE)


def test_a_corrected_column_changes_the_numbers_at_once(page: Page, app: ServedApp) -> None:
    page.goto(app.url)
    upload(page, sample("en", "messy"))
    expect(page.get_by_role("button", name="See the KPIs")).to_be_visible(timeout=PATIENCE)
    pick(page, "Field of 'Product'", "Leave out")
    expect(page.get_by_role("button", name="Back to the app's guess")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Overview").click()
    folded = page.get_by_test_id("stExpander").filter(has_text="KPIs that need more data")
    expect(folded).to_contain_text("No column is mapped to 'Product'", timeout=PATIENCE)
    page.get_by_role("link", name="Data import").click()
    page.get_by_role("button", name="Back to the app's guess").click()
    expect(page.get_by_role("button", name="Back to the app's guess")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("link", name="Overview").click()
    expect(card(page, "cross_sell_rate")).to_contain_text("%", timeout=PATIENCE)


@pytest.mark.parametrize("page", ["ja-JP"], indirect=True)
def test_settings_hold_in_either_language_and_the_back_button_goes_back(page: Page, app: ServedApp) -> None:
    Workspace(app.database_url).add_file(*sample("ja", "messy"), by="")
    page.goto(f"{app.url}/settings")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible(timeout=PATIENCE)
    at_rest(page)
    page.get_by_text("Hide customer names").click()
    at_rest(page)
    page.get_by_role("link", name="Overview").click()
    expect(card(page, "mrr")).to_contain_text("¥10,072,850", timeout=PATIENCE)
    at_rest(page)
    page.get_by_role("radio", name="Quarter", exact=True).click()
    page.wait_for_url("**kind=quarter**", timeout=PATIENCE)
    at_rest(page)
    page.go_back()
    page.wait_for_url("**kind=month**", timeout=PATIENCE)
    expect(page.get_by_role("radio", name="Month", exact=True)).to_be_checked(timeout=PATIENCE)
    card(page, "churned_customers").get_by_role("button").click()
    page.get_by_role("tab", name="Customers").click()
    button = page.get_by_role("dialog").get_by_role("button", name="CSV", exact=True)
    names = pd.read_csv(io.BytesIO(downloaded(page, button)))
    assert names["Customer name"].str.fullmatch(r"Customer \d{4}").all()
