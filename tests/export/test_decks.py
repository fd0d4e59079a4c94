"""Decks: what they hold, in our own look and in templates of companies, sound for a strict reader."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from cs_kpi.actions.goals import ActivityGoal
from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.theme import DARK, LIGHT
from cs_kpi.deck.content import Grid
from cs_kpi.deck.items import ITEMS
from cs_kpi.deck.making import Page, made
from cs_kpi.deck.presets import PRESETS, deck_of
from cs_kpi.deck.records import Deck, Slot
from cs_kpi.deck.scene import Kept, Scene, scene
from cs_kpi.errors import DataError
from cs_kpi.export.company import CompanyStage
from cs_kpi.export.deck_file import Built, built
from cs_kpi.export.preview import preview
from cs_kpi.export.slides import presentation
from cs_kpi.export.template_check import check, taken_in
from cs_kpi.health.starting import starting
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.parsing.guard import Limits
from cs_kpi.ingest.reading import read
from cs_kpi.kpi.cards import cards
from cs_kpi.kpi.presets import SERIES_A
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.locale.formats import with_unit
from cs_kpi.settings import Settings
from cs_kpi.targets.goals import ReviewNote, Wanted
from tests.charts.figures import KINDS, figure
from tests.export import templates
from tests.export.packages import faults

SAMPLES = Path(__file__).parents[2] / "sample_data"
TEMPLATES = {"4:3": templates.standard, "16:9": templates.wide, "Japanese": templates.japanese,
             "bare": templates.bare, "100 layouts": lambda: templates.wide(100)}

TARGETS = (Wanted(kpi="customer_churn_rate", first=dt.date(2025, 1, 1), values=(0.001,) * 4, owner="Ito"),
           Wanted(kpi="customers", first=dt.date(2025, 1, 1), values=(10.0,) * 3))
NOTES = ((ReviewNote(target="a", period="2025-02", tried="Called everybody", outcome="Two stayed", next="Call sooner"),
          ReviewNote(target="a", period="2025-03", tried="Calls in week 1")), ())


@cache
def book(language: Language, is_scored: bool = False) -> Book:
    health = starting(book(language), language) if is_scored else None
    path = SAMPLES / language / f"tidy_{language}.xlsx"
    found = sheets(path.name, path.read_bytes())
    readings = [read(sheet, mapping) for sheet, mapping in zip(found, applied([], found), strict=True)]
    return book_of([one for one in readings if one.tables], Settings(unnamed_currency="JPY", health=health))


@cache
def set_scene(language: Language, preset: str = "monthly") -> Scene:
    customer = str(book(language).customer_ids[3]) if PRESETS[preset].is_about_customer else None
    kept = Kept(targets=TARGETS, notes=NOTES) if preset == "review" else None
    return scene(book(language), deck_of(preset, customer=customer), language, kept=kept)


def of(*items: str, note: str = "") -> Deck:
    return Deck(slots=tuple(Slot(item=id, note=note) for id in items))


@cache
def built_once(language: Language, preset: str) -> Built:
    return built(set_scene(language, preset), deck_of(preset))


def slides(found: Built) -> list[Any]:
    return slides_of(found.data)


def slides_of(data: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(data)).slides)


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def table(slide: Any) -> list[list[str]]:
    found = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in found.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_gives_slides_or_says_why_not(language: Language) -> None:
    for id in ITEMS:
        found = made(set_scene(language), of(id))
        assert bool(found.pages) != bool(found.left_out), id
        for one in found.left_out:
            assert one.reason.text(language).endswith(("。", ".")), id


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preset_is_a_sound_package_with_the_data_date_on_its_first_slide(language: Language, preset: str) -> None:
    found = built_once(language, preset)
    assert faults(found.data) == []
    day = "2025/03/31" if language == "ja" else "2025-03-31"
    assert day in texts(slides(found)[0])
    assert len(slides(found)) == found.slides > 4


@pytest.mark.parametrize("preset", ["monthly", "board"])
def test_openpyxl_reads_every_workbook_behind_a_deck_and_finds_what_is_drawn(preset: str) -> None:
    charts = [shape.chart for slide in slides(built_once("ja", preset)) for shape in slide.shapes if shape.has_chart]
    assert len(charts) > 4
    for one in charts:
        sheet = openpyxl.load_workbook(io.BytesIO(one.part.chart_workbook.xlsx_part.blob)).active
        heads = [cell.value for cell in sheet[1]]
        assert {series.name for plot in one.plots for series in plot.series} <= set(heads)
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_kpis_equals_the_readings(language: Language) -> None:
    here = set_scene(language)
    rows = table(slides(built(here, of("kpis")))[1])[1:]
    expected = [card for card in cards(here.book, here.period, SERIES_A) if card.kpi.id != "health_mean"]
    assert [row[1] for row in rows] == [with_unit(card.reading.value, card.kpi.unit, language,
                                                  currency=here.book.currency) for card in expected]
    assert [row[5] for row in rows] == [f"{card.reading.n:,}" for card in expected]


def test_notes_say_definition_numbers_convention_interval_source_and_data_date() -> None:
    said = slides(built(set_scene("en"), of("trend-customer_churn_rate")))[1].notes_slide.notes_text_frame.text
    for word in ("Numerator:", "Denominator:", "n (customers):", "95% interval:", "Convention:", "Sources:",
                 "Data up to: 2025-03-31", "tidy_en.xlsx"):
        assert word in said


def test_a_long_list_goes_over_slides_and_a_cut_one_says_so() -> None:
    here = set_scene("en")
    short, whole = (built(here, Deck(slots=(Slot(item="renewals-list", rows=rows),))) for rows in (30, 2_000))
    shown = [row for slide in slides(whole)[1:] for row in table(slide)[1:]]
    [page] = made(here, Deck(slots=(Slot(item="renewals-list", rows=2_000),))).pages
    assert [row[0] for row in shown] == [row[0] for row in page.content.rows]  # type: ignore[union-attr]
    assert sum(len(table(slide)) - 1 for slide in slides(short)[1:]) == 30
    assert f"the first 30 of {len(shown)}" in texts(slides(short)[1])
    assert f"(1 of {len(slides(whole)) - 1})" in texts(slides(whole)[1])


def test_an_item_that_the_book_cannot_show_is_left_out_and_said() -> None:
    found = built(set_scene("en"), of("kpis", "risk-list", "no-such-thing"))
    assert found.slides == 2
    assert [one.said.text("en") for one in found.left_out] == [
        "Left out: Customers at risk, by name. There is no churn model yet. Train one on the churn risk page.",
        "Left out: no-such-thing. This version does not have it. Choose another item."]
    with pytest.raises(DataError, match="None of the deck's items"):
        built(set_scene("en"), of("risk-list"))


def test_hidden_names_stand_nowhere_in_the_file() -> None:
    here = scene(book("ja"), deck_of("monthly", hides_names=True), "ja")
    with zipfile.ZipFile(io.BytesIO(built(here, deck_of("monthly")).data)) as archive:
        said = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert [name for name in book("ja").customers["customer_name"].astype(str) if name in said] == []


def test_growth_candidates_stand_with_chance_interval_and_verdict_and_without_names_where_they_are_hidden() -> None:
    here = scene(book("en"), deck_of("monthly", hides_names=True), "en")
    listed, tested = made(here, of("growth-list", "growth-test")).pages[:2]
    assert isinstance(listed.content, Grid)
    assert listed.content.subtitle == tested.content.subtitle
    assert str(listed.content.subtitle).endswith("better than chance")
    assert "95% interval" in str(listed.content.footnote)
    assert all(row[0].startswith("Customer ") for row in listed.content.rows)
    assert isinstance(tested.content, Figure)
    bought, base = tested.content.series
    assert all(low is not None and low < high for low, high in zip(base.low or (), base.high or (), strict=True))
    assert bought.values[1] == 91 / 350  # the second: the first 20 of every month


def test_activity_goals_are_told_by_csm_in_the_last_complete_period() -> None:
    goal = ActivityGoal(name="Two meetings", times=2, kinds=("Meeting",), tier="high")
    here = scene(book("en"), deck_of("monthly"), "en", kept=Kept(goals=[goal]))
    [page] = made(here, of("activity-goals")).pages
    assert isinstance(page.content, Grid)
    assert str(page.content.title) == "Two meetings: 3 of 40 customers"
    assert [row[:3] for row in page.content.rows][1] == ("Mia Larkfield", "19", "1")
    assert page.content.period == "Mar 2025"
    [left_out] = made(set_scene("en"), of("activity-goals")).left_out
    assert "There is no activity goal yet" in str(left_out.said)


def test_lists_tell_the_health_of_customers_by_name_where_a_score_is_set_up() -> None:
    lists = "churned", "stated-reasons", "renewals-list", "falling-use"
    deck = of(*lists)
    found = made(scene(book("en", is_scored=True), deck, "en"), deck)
    grids = {page.content.id: page.content for page in found.pages if isinstance(page.content, Grid)}
    assert [grids[name].heads[0] for name in lists] == ["Customer name"] * 4
    assert "Health score" in grids["renewals-list"].heads


def test_notes_of_the_team_stand_on_the_slide_and_go_with_their_items() -> None:
    deck = of("kpis", "trend-mrr").noted(1, "札幌の更新が先送りになった。").moved(1, -1)
    assert deck.items == ["trend-mrr", "kpis"]
    slide = slides(built(set_scene("ja"), deck))[1]
    assert "札幌の更新が先送りになった。" in texts(slide)
    assert "札幌の更新が先送りになった。" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_brings_its_size_and_layouts_and_none_of_its_slides(name: str) -> None:
    data = TEMPLATES[name]()
    clean = taken_in("t.pptx", data)
    found = built(set_scene("ja"), of("kpis", "trend-mrr", "cohorts", "churned", note="注"), ("t.pptx", clean))
    deck = Presentation(io.BytesIO(found.data))
    assert faults(found.data) == []
    assert "Old" not in "".join(map(texts, deck.slides))
    assert deck.slide_width == Presentation(io.BytesIO(clean)).slide_width
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width * 1.001, shape.name
            assert shape.top + shape.height <= deck.slide_height * 1.001, shape.name
    assert bool(found.missing) == (name == "bare")


def test_charts_stand_in_the_placeholder_of_the_layout_and_follow_the_theme() -> None:
    found = built(set_scene("ja"), of("trend-mrr"), ("t.potx", taken_in("t.potx", templates.japanese())))
    slide = slides(found)[1]
    assert slide.slide_layout.name == "Title and Content"
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    assert frame.is_placeholder
    drawn = frame.chart._chartSpace.xml
    assert 'val="accent1"' in drawn
    assert 'typeface="+mn-ea"' in drawn
    assert "Meiryo" not in drawn + slide._element.xml


OWN = {colour.lstrip("#").upper() for colour in (*LIGHT.ramp, LIGHT.roles["accent"], LIGHT.roles["second"], LIGHT.ink,
                                                 LIGHT.muted, LIGHT.grid, LIGHT.paper)}


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"heatmap"}))
@pytest.mark.parametrize("name", ["4:3", "Japanese"])
def test_in_a_template_every_line_area_and_label_is_of_its_theme(name: str, kind: ChartKind) -> None:
    """What is left as RGB means something: a movement, a band, the status of a target."""
    stage = CompanyStage("t.potx", taken_in("t.potx", TEMPLATES[name]()))
    one = figure(kind, 6, "ja")
    data = presentation([Page(kind, one, "", ())], "ja", stage=stage)
    [slide] = Presentation(io.BytesIO(data)).slides
    drawn = [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart] + [slide._element]
    left = {colour.get("val") for element in drawn for colour in element.iter(qn("a:srgbClr"))}
    assert left & OWN == set()
    meaning = (DARK if name == "Japanese" else LIGHT).roles
    if kind in ("line", "stacked_area", "survival", "ranked_bars", "grouped_bars"):
        assert left == set()
    elif kind == "scatter":
        assert left == {meaning[role].lstrip("#").upper() for role in ("good", "watch", "bad")}


def test_labels_have_the_accent_of_their_lines() -> None:
    stage = CompanyStage("t.pptx", taken_in("t.pptx", templates.standard()))
    data = presentation([Page("line", figure("line", 6), "", ())], "en", stage=stage)
    drawn = next(shape.chart for shape in slides_of(data)[0].shapes if shape.has_chart).plots[0].series
    for series in drawn:
        line = series._element.find(qn("c:spPr")).find(f".//{qn('a:schemeClr')}").get("val")
        label = series._element.find(f".//{qn('c:dLbl')}").find(f".//{qn('a:schemeClr')}").get("val")
        assert (line, label) in {("accent1", "accent1"), ("accent2", "accent2")}


def test_a_bare_template_is_said_to_lack_its_places() -> None:
    found = built(set_scene("en"), of("kpis"), ("bare.pptx", taken_in("bare.pptx", templates.bare())))
    assert [one.text("en").partition("'; ")[0] for one in found.missing][1].startswith(
        "The template 'bare.pptx' has no layout with a place for a title")


def _with(parts: dict[str, bytes]) -> bytes:
    return templates.changed(templates.wide(), {}, parts)


HOSTILE = {
    "not a presentation": (lambda: b"PK\x03\x04 nothing", "damaged"),
    "empty": (lambda: b"", "is empty"),
    "a workbook": (lambda: (SAMPLES / "en" / "tidy_en.xlsx").read_bytes(), "not a PowerPoint"),
    "macros": (lambda: templates.changed(templates.wide(), {"[Content_Types].xml": lambda body: body.replace(
        templates.PRESENTATION, templates.MACROS)}), "macros"),
    "XML bomb": (lambda: templates.changed(templates.wide(), {"ppt/presentation.xml": lambda body: body.replace(
        b"<p:presentation", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p:presentation', 1)}),
        "definitions"),
    "outside entity": (lambda: templates.changed(templates.wide(), {"ppt/theme/theme1.xml": lambda body: body.replace(
        b"<a:theme", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><a:theme', 1)}), "definitions"),
    "zip bomb": (lambda: _with({"ppt/media/image1.png": bytes(300 << 20)}), "not safe to open"),
    "linked picture": (lambda: templates.changed(templates.wide(), {
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": lambda body: body.replace(
            b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/image" Target="http://example.com/a.png" TargetMode="External"/></Relationships>')}),
        "from outside"),
    "no masters": (lambda: templates.changed(templates.wide(), {"ppt/_rels/presentation.xml.rels": lambda body:
                                                                body.replace(b"slideMaster1.xml", b"gone.xml")}),
                   "damaged"),
    "torn": (lambda: templates.wide()[:9_000], "damaged")}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_template_is_refused_in_words(name: str) -> None:
    make, word = HOSTILE[name]
    with pytest.raises(DataError, match=word) as refused:
        taken_in("t.pptx", make())
    assert refused.value.message.text("ja").endswith("。")


def test_a_template_that_takes_too_long_is_ended() -> None:
    check("t.pptx", templates.wide())
    with pytest.raises(DataError, match="damaged"):
        taken_in("t.pptx", templates.wide(), Limits(4 << 30, 0.01))


@pytest.mark.parametrize("language", LANGUAGES)
def test_previews_are_pictures(language: Language) -> None:
    for page in made(set_scene(language), of("kpis", "trend-mrr", note="a note")).pages:
        assert preview(page, language).startswith(b"\x89PNG")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_another_program_reads_all_of_it(tmp_path: Path) -> None:
    """LibreOffice makes as many pages as there are slides, of every chart kind in a dark Japanese template too."""
    pages = [Page(kind, figure(kind, count, "ja"), "", ()) for kind in KINDS for count in (1, 60)]
    stage = CompanyStage("t.potx", taken_in("t.potx", templates.japanese()))
    (tmp_path / "all.pptx").write_bytes(presentation(pages, "ja", stage=stage, cover=("表紙", ["2025年3月"])))
    assert faults((tmp_path / "all.pptx").read_bytes()) == []
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "pdf",
                    "--outdir", str(tmp_path), str(tmp_path / "all.pptx")], check=True, capture_output=True,
                   timeout=300)
    made_pages = (tmp_path / "all.pdf").read_bytes().count(b"/Type/Page/")
    assert made_pages == len(pages) + 1


def test_the_review_sheet_has_all_targets_then_proposals_then_each_with_its_notes() -> None:
    first, board, listed, proposed, churn, notes, customers = slides(built_once("en", "review"))
    assert "Monthly review sheet" in texts(first)
    assert [any(shape.has_chart for shape in one.shapes) for one in (board, churn, customers)] == [True] * 3
    assert [row[0] for row in table(listed)] == ["KPI", "Customer churn rate", "Customer count"]
    assert [row[2].split(" periods running")[0] for row in table(proposed)] == [
        "What its periods say", "Missed in 3", "Met by at least 5% in 3"]
    assert table(notes) == [["Period", "What was tried", "What came of it", "What next"],
                            ["Feb 2025", "Called everybody", "Two stayed", "Call sooner"],
                            ["Mar 2025", "Calls in week 1", "", ""]]
    assert "Notes: Customer churn rate" in texts(notes)
