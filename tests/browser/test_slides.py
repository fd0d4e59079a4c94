"""Slides in a real browser: a preset, another order, a note, built, downloaded; loaded anew it is all still there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from cs_kpi.deck.records import Deck
from cs_kpi.workspace import Workspace
from tests.browser.served import ServedApp

PATIENCE = 90_000
SAMPLE = Path(__file__).parents[2] / "sample_data"
WORDS = {"en": ("Board page", "Build the slides", "The main KPIs", "Churn was high in Kansai"),
         "ja": ("取締役会資料", "スライドを作成", "主要KPI", "関西の解約が多めでした")}


@pytest.mark.parametrize(("page", "language"), [("en-US", "en"), ("ja-JP", "ja")], indirect=["page"])
def test_a_preset_is_put_in_order_noted_built_downloaded_and_still_there(page: Page, app: ServedApp, language: str
                                                                         ) -> None:
    board, build, kpis, note = WORDS[language]
    work = Workspace(app.database_url)
    work.add_file("tidy.xlsx", (SAMPLE / language / f"tidy_{language}.xlsx").read_bytes(), by="")
    page.goto(f"{app.url}/slides")
    page.get_by_role("radio", name=board).click(timeout=PATIENCE)
    expect(page.locator(".st-key-deck-row-1")).to_be_visible(timeout=PATIENCE)
    page.locator(".st-key-deck-down-kpis button").first.click(timeout=PATIENCE)
    expect(page.locator(".st-key-deck-row-1")).to_contain_text(kpis, timeout=PATIENCE)
    expect(page.locator(".st-key-deck-row-1 input")).to_have_count(1, timeout=PATIENCE)
    page.locator(".st-key-deck-row-1 input").fill(note)
    page.locator(".st-key-deck-row-1 input").press("Enter")
    page.get_by_role("button", name=build).click(timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as download:
        page.locator(".st-key-deck-download button").click(timeout=PATIENCE)
    slides = list(Presentation(download.value.path()).slides)
    texts = ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    assert [note in text for text in texts] == [place == 2 for place in range(len(slides))]
    assert note in slides[2].notes_slide.notes_text_frame.text

    page.reload()
    expect(page.locator(".st-key-deck-row-1")).to_contain_text(kpis, timeout=PATIENCE)
    expect(page.locator(".st-key-deck-row-1 input")).to_have_value(note, timeout=PATIENCE)
    kept = work.load(Deck, "board")
    assert kept is not None
    assert kept.items[:2] == ["trend-arr", "kpis"]
    assert kept.slots[1].note == note
