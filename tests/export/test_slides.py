"""Decks read back with python-pptx equal the figures."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn

from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.geometry import parts
from cs_kpi.charts.words import marked_names
from cs_kpi.export.slides import deck
from cs_kpi.locale import LANGUAGES, Language, Message
from tests.charts.figures import KINDS, figure, waterfall
from tests.export.months import with_years

UNITS = ("one", "thousand", "ten_thousand", "million")


def slides(figures: list[Figure], language: Language = "en", money_unit: Any = "one", **options: Any) -> list[Any]:
    return list(Presentation(io.BytesIO(deck(figures, language, money_unit, **options))).slides)


def chart(slide: Any) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("kind", ["line", "stacked_bars", "stacked_area"])
@pytest.mark.parametrize("count", [1, 12, 60])
@pytest.mark.parametrize("gaps", [False, True])
def test_chart_data_equals_the_figure(kind: ChartKind, count: int, gaps: bool) -> None:
    one = figure(kind, count, gaps=gaps)
    plot = chart(slides([one])[0]).plots[0]
    assert all(name in both for name, both in zip(with_years(plot.categories), zip(
        one.categories, marked_names(one, "en"), strict=True), strict=True))  # the footer, too, says what is incomplete
    assert [list(series.values) for series in plot.series] == [list(series.values) for series in one.series]


@pytest.mark.parametrize("gaps", [False, True])
def test_waterfall_parts_stand_where_the_steps_say(gaps: bool) -> None:
    one = waterfall(gaps=gaps)
    base, above, below, _label = (list(series.values) for series in chart(slides([one])[0]).plots[0].series)
    found = {}
    for i in range(len(one.categories)):
        bottom = base[i] or 0.0
        if above[i] is not None or below[i] is not None:
            found[i] = {round(bottom + (below[i] or 0.0)), round(bottom + (above[i] or 0.0))} \
                if below[i] is None or above[i] is None else {round(below[i]), round(above[i])}
    assert found == {part.category: {round(part.start), round(part.end)} for part in parts(one)}


@pytest.mark.parametrize("kind", ["line", "stacked_bars", "stacked_area", "waterfall"])
def test_embedded_workbook_equals_the_figure(kind: ChartKind) -> None:
    one = figure(kind, 6, gaps=True)
    blob = chart(slides([one])[0]).part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]
    names, *columns = [[cell.value for cell in column][1:] for column in sheet.columns]
    assert [" ".join(name.split()) for name in names] == marked_names(one, "en")
    shown = columns if kind != "waterfall" else columns[-1:]
    for column, series in zip(shown, one.series, strict=True):
        assert [value and round(value) for value in column] == [value and round(value) for value in series.values]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"heatmap"}))
@pytest.mark.parametrize("count", [1, 6])
def test_every_reference_of_a_chart_finds_in_its_workbook_what_is_drawn(kind: ChartKind, count: int) -> None:
    found = chart(slides([figure(kind, count, gaps=True)])[0])
    sheet = openpyxl.load_workbook(io.BytesIO(found.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    references = list(found._chartSpace.iter(qn("c:f")))
    assert len(references) >= 3
    for reference in references:
        cells = sheet[reference.text.removeprefix("Sheet1!").replace("$", "")]
        held = [cell.value for (cell,) in cells] if isinstance(cells, tuple) else [cells.value]
        cached = {int(point.get("idx")): point.find(qn("c:v")).text for point in reference.getnext().iter(qn("c:pt"))}
        assert {i for i, value in enumerate(held) if value is not None} == set(cached)
        for i, text in cached.items():  # cells keep 16 digits of a number
            assert held[i] == (text if isinstance(held[i], str) else pytest.approx(float(text), rel=1e-12))


@pytest.mark.parametrize("money_unit", UNITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_unit_and_language_builds(money_unit: str, language: Language) -> None:
    assert len(slides([figure(kind, 12, language) for kind in KINDS], language, money_unit)) == len(KINDS)


def test_a_slide_says_what_the_figure_says() -> None:
    one = figure("line", title="Recurring revenue")
    slide = slides([one], notes={"f": "Ask about Plan B."})[0]
    assert slide.shapes.title.text_frame.text == "Recurring revenue"
    assert "Grew" in texts(slide)
    assert "2020 · Closing MRR. n = 500 · Not complete yet: Dec 2020." in texts(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert "Closing MRR. n = 500" in notes
    assert "Ask about Plan B." in notes
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    assert "Recurring revenue" in frame._element.nvGraphicFramePr.cNvPr.get("descr")


def test_both_fonts_are_set_on_every_run() -> None:
    for slide in slides([figure(kind, 12, "ja", title="売上") for kind in KINDS], "ja"):
        drawn = [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
        for root in (slide._element, slide.notes_slide.notes_text_frame._txBody, *drawn):
            for latin in root.iter(qn("a:latin")):
                assert latin.getnext().tag == qn("a:ea")
        for run in slide._element.iter(qn("a:r")):
            assert run.find(qn("a:rPr")).find(qn("a:ea")) is not None


def test_step_labels_are_signed_and_in_the_unit_of_the_page() -> None:
    label = list(chart(slides([waterfall()], "ja", "ten_thousand")[0]).plots[0].series)[3]
    said = [label.points[i].data_label.text_frame.text for i in range(6)]
    assert said == ["30.0万円", "-50.0万円", "-10.0万円", "+45.0万円", "-40.0万円", "-25.0万円"]


def test_incomplete_bars_are_dashed() -> None:
    series = chart(slides([figure("stacked_bars")])[0]).plots[0].series[0]
    last = series.points[11].format
    assert last.line.dash_style == MSO_LINE.DASH
    assert last.fill.fore_color.rgb != series.format.fill.fore_color.rgb


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "a\x00\x0b\x1fb\ud800", "<c:v>&", "株" * 300, "https://example.com"])
def test_names_never_break_the_file_or_become_formulas(kind: ChartKind, name: str) -> None:
    one = figure(kind)
    named = replace(one, title=Message("{n}", {"n": name}), categories=(name, *one.categories[1:]),
                    series=(replace(one.series[0], name=name), *one.series[1:]))
    slide = slides([named])[0]
    etree.fromstring(etree.tostring(slide._element))
    if kind == "heatmap":
        return
    found = chart(slide)
    etree.fromstring(etree.tostring(found._chartSpace))
    sheet = openpyxl.load_workbook(io.BytesIO(found.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_a_deck_names_no_stranger() -> None:
    properties = Presentation(io.BytesIO(deck([figure("line")], "en"))).core_properties
    assert properties.author == ""
    assert properties.title == "MRR"


def test_an_empty_deck_opens() -> None:
    assert slides([]) == []
