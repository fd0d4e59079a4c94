"""Slides of every kind read back with python-pptx equal the figures; what a slide cannot hold stands in its notes."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn

from cs_kpi.charts.figure import ChartKind, Figure, Marker, Measured, Series
from cs_kpi.charts.geometry import bullet_rows
from cs_kpi.charts.heat import heat, text_on
from cs_kpi.charts.theme import LIGHT, contrast
from cs_kpi.charts.words import marked_names, series_names, width_em
from cs_kpi.deck.content import Grid
from cs_kpi.export.grid_table import CELL_MARGIN, planned
from cs_kpi.export.plot import PT
from cs_kpi.export.slides import deck
from cs_kpi.locale import LANGUAGES, Language, _
from tests.charts.figures import figure
from tests.export.months import with_years

COUNTS = pytest.mark.parametrize("count", [1, 6, 12])
GAPS = pytest.mark.parametrize("gaps", [False, True])


def slide_of(one: Figure, language: Language = "en", money_unit: Any = "one") -> Any:
    return Presentation(io.BytesIO(deck([one], language, money_unit))).slides[0]


def chart(slide: Any) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def grid(slide: Any) -> list[list[str]]:
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


def drawn(slide: Any) -> dict[str, list[float | None]]:
    return {series.name: list(series.values) for plot in chart(slide).plots for series in plot.series}


def expected(one: Figure) -> dict[str, list[float | None]]:
    return {name: list(series.values) for name, series in zip(series_names(one.series, "en"), one.series, strict=True)}


def unbroken(name: str) -> str:
    return " ".join(name.split())


def is_shorter(name: str, whole: str) -> bool:
    """Whether a name is the whole one, or begins and ends as it does with … between."""
    begin, between, end = name.partition("…")
    return name == unbroken(whole) or bool(between and begin and whole.startswith(begin) and whole.endswith(end))


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


@COUNTS
@GAPS
@pytest.mark.parametrize("kind", ["grouped_bars", "ranked_bars", "fan"])
def test_the_values_of_the_chart_are_those_of_the_figure(kind: ChartKind, count: int, gaps: bool) -> None:
    one = figure(kind, count, gaps=gaps)
    slide = slide_of(one)
    written = with_years(chart(slide).plots[0].categories)
    assert [name for name, plain, whole in zip(written, one.categories, marked_names(one, "en"), strict=True)
            if name != plain and not is_shorter(name, whole)] == []
    assert {name: values for name, values in drawn(slide).items() if name in expected(one)} == expected(one)


def test_whiskers_are_as_long_as_the_limits_are_away() -> None:
    one = figure("grouped_bars", 6, gaps=True)
    series = one.series[0]
    bars = next(chart(slide_of(one))._chartSpace.iter(qn("c:errBars")))
    for tag, limits in (("c:plus", series.high), ("c:minus", series.low)):
        found = {int(point.get("idx")): float(point.find(qn("c:v")).text)
                 for point in bars.find(qn(tag)).iter(qn("c:pt"))}
        assert found == {i: pytest.approx(abs(limit - value)) for i, (limit, value) in
                         enumerate(zip(limits or (), series.values, strict=True))
                         if limit is not None and value is not None}


def test_plain_columns_carry_their_amounts_above_their_whiskers() -> None:
    one = replace(figure("grouped_bars", 3), series=figure("grouped_bars", 3).series[:1])
    label = chart(slide_of(one)).plots[0].series[1]
    assert list(label.values) == list(one.series[0].high or ())
    assert [label.points[i].data_label.text_frame.text for i in range(3)] == ["¥40,000", "¥44,000", "¥48,000"]
    assert label.format.fill.type == MSO_FILL.BACKGROUND


def test_rows_run_downwards_and_carry_their_sum() -> None:
    found = chart(slide_of(figure("ranked_bars", 3)))
    assert found.category_axis.reverse_order
    assert [found.plots[0].series[2].points[i].data_label.text_frame.text for i in range(3)] == [
        "¥3,360,000", "¥3,080,000", "¥2,800,000"]  # 1.4 times 2.4, 2.2 and 2.0 million


def test_more_rows_than_a_slide_holds_are_nine_and_the_others_with_all_of_them_in_the_notes() -> None:
    one = figure("ranked_bars", 20)
    slide = slide_of(one)
    assert list(chart(slide).plots[0].categories)[-1] == "Others (11)"
    assert all(name in notes(slide) for name in one.categories)


@GAPS
@pytest.mark.parametrize("unit", [None, "count"])
def test_a_bullet_has_actual_and_target_as_they_are_drawn(gaps: bool, unit: Any) -> None:
    base = figure("bullet", 6, gaps=gaps)
    same = tuple(replace(status, unit=None) for status in base.statuses)
    one = base if unit is None else replace(base, unit=unit, statuses=same)
    found = drawn(slide_of(one))
    assert [found["Actual"], found["Target"]] == [list(column) for column in zip(*bullet_rows(one), strict=True)]


def test_a_row_of_a_bullet_says_its_status_in_words_and_colour() -> None:
    label = chart(slide_of(figure("bullet", 3))).plots[0].series[2]
    said = [label.points[i].data_label.text_frame for i in range(3)]
    assert [frame.text for frame in said] == ["▲ close  ¥11,900,000 / ¥12,000,000", "● on target  104.0% / 102.0%",
                                              "■ missed  61.0% / 80.0%"]
    inks = [f"#{frame.paragraphs[0].runs[0].font.color.rgb}" for frame in said]
    assert min(contrast(ink, LIGHT.paper) for ink in inks) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heatmap_is_a_table_with_the_numbers_of_the_figure(language: Language) -> None:
    one = figure("heatmap", 6, language)
    found = grid(slide_of(one, language))
    assert found[0][1:] == ["n", *marked_names(one, language)]
    names = series_names(one.series, language)
    assert found[1:] == [[names[n], f"{series.size:,}", *("" if value is None else f"{value * 100:.1f}%"
                                                          for value in series.values)]
                         for n, series in enumerate(one.series)]


def test_cells_have_the_colour_of_their_value_and_numbers_that_can_be_read() -> None:
    one = figure("heatmap", 12)
    table = next(shape.table for shape in slide_of(one).shapes if shape.has_table)
    scale = heat(one, LIGHT)
    for n, series in enumerate(one.series):
        for i, value in enumerate(series.values):
            cell = table.cell(n + 1, i + 2)
            if value is None:
                assert cell.fill.type is None
                continue
            assert f"#{cell.fill.fore_color.rgb}".lower() == scale.colour(value).lower()
            ink = f"#{cell.text_frame.paragraphs[0].runs[0].font.color.rgb}"
            assert ink == text_on(scale.colour(value))


def test_a_heatmap_too_large_for_a_table_is_a_picture_with_its_table_in_the_notes() -> None:
    one = figure("heatmap", 40)
    slide = slide_of(one)
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert picture._element.xpath(".//p:cNvPr")[0].get("descr").startswith("Heatmap: MRR.")
    lines = notes(slide).split("\n")
    assert "Feb 2020 | 1,190 | 100.0% | 93.5%" in "\n".join(lines)
    assert len([line for line in lines if " | " in line]) == 41


@COUNTS
@GAPS
def test_survival_stands_on_steps(count: int, gaps: bool) -> None:
    one = figure("survival", count, gaps=gaps)
    assert one.x
    found = chart(slide_of(one)).plots[0]
    for n, series in enumerate(one.series):
        curve = found.series[3 * n]  # behind each segment the two limits of its interval
        corners = list(zip(xs(curve), curve.values, strict=True))
        own = [corners[0], *corners[2::2]]
        assert own == list(zip(one.x.values, series.values, strict=True))
        held = [(x, y) for x, y in corners[1::2] if y is not None]
        assert held == [(x, before) for x, before, value in
                        zip(one.x.values[1:], series.values, series.values[1:], strict=False) if value is not None]


def xs(series: Any) -> list[float]:
    return [float(point.find(qn("c:v")).text) for point in series._element.find(qn("c:xVal")).iter(qn("c:pt"))]


@GAPS
def test_a_scatter_has_every_point_once_in_its_group(gaps: bool) -> None:
    one = figure("scatter", 12, gaps=gaps)
    assert one.x
    for n, series in enumerate(chart(slide_of(one)).plots[0].series):
        found = {(x, y) for x, y in zip(xs(series), series.values, strict=True) if y is not None}
        assert found == {(x, y) for x, y in zip(one.x.values, one.series[n].values, strict=True)
                         if x is not None and y is not None}


def test_groups_of_a_scatter_have_a_shape_each_and_points_their_size() -> None:
    series = list(chart(slide_of(figure("scatter", 12))).plots[0].series)
    assert [one.marker.style for one in series] == [XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.TRIANGLE,
                                                    XL_MARKER_STYLE.SQUARE]
    sizes = {int(size.get("val")) for one in series for point in one._element.findall(qn("c:dPt"))
             for size in point.iter(qn("c:size"))}
    assert len(sizes) > 3


@pytest.mark.parametrize("kind", ["survival", "scatter"])
@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "https://example.com", "a\x00b"])
def test_the_workbook_behind_points_is_where_the_chart_looks_and_runs_nothing(kind: ChartKind, name: str) -> None:
    one = figure(kind, 6)
    named = replace(one, categories=(name, *one.categories[1:]),
                    series=(replace(one.series[0], name=name), *one.series[1:]))
    found = chart(slide_of(named))
    sheet = openpyxl.load_workbook(io.BytesIO(found.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    for series in found.plots[0].series:
        for tag, values in (("c:xVal", xs(series)), ("c:yVal", list(series.values))):
            place = next(series._element.find(qn(tag)).iter(qn("c:f"))).text.removeprefix("Sheet1!").replace("$", "")
            assert [cell.value for (cell,) in sheet[place]] == values


def test_a_fan_stacks_its_ranges_on_an_unseen_base() -> None:
    one = figure("fan", 12)
    areas, lines = chart(slide_of(one)).plots
    ahead = one.series[1]
    base, *bands = [list(series.values) for series in areas.series]
    assert areas.series[0].format.fill.type == MSO_FILL.BACKGROUND
    assert [series.name for series in areas.series][1:] == ["P10 to P25", "P25 to P75", "P75 to P90"]
    for i, limits in enumerate(zip(ahead.low or (), ahead.inner_low or (), ahead.inner_high or (), ahead.high or (),
                                   strict=True)):
        heights = [base[i], *(band[i] for band in bands)]
        if limits[0] is None:
            assert heights == [one.series[0].values[i], 0, 0, 0]
        else:
            assert [sum(heights[:k + 1]) for k in range(4)] == pytest.approx(list(limits))
    assert [series.name for series in lines.series] == ["Actual", "Median", "Target"]


@pytest.mark.parametrize("kind", ["line", "stacked_area", "grouped_bars", "survival", "fan"])
def test_markers_stand_over_the_chart_with_their_words(kind: ChartKind) -> None:
    one = replace(figure(kind, 12), markers=(Marker(3, "Score v2"), Marker(99, "outside")), references=())
    slide = slide_of(one)
    rules = [shape for shape in slide.shapes if shape.name == "Score v2"]
    assert len(rules) == 1
    assert rules[0].width == 0
    assert "Score v2" in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert ("outside" in str([shape.name for shape in slide.shapes])) == (kind == "survival")


def test_a_reference_is_as_high_as_its_value() -> None:
    one = replace(figure("line", 12), references=(Marker(1_000_000.0, "Budget"),))
    slide = slide_of(one)
    rule = next(shape for shape in slide.shapes if shape.name == "Budget")
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    axis, layout = chart(slide).value_axis, frame.chart._chartSpace.chart.plotArea.find(qn("c:layout"))[0]
    top, height = (float(layout.find(qn(f"c:{tag}")).get("val")) for tag in ("y", "h"))
    share = (axis.maximum_scale - 1_000_000) / (axis.maximum_scale - axis.minimum_scale)
    assert rule.top == pytest.approx(frame.top + (top + share * height) * frame.height, abs=2_000)


def test_negative_bars_keep_their_colour() -> None:
    series = (Series("x", (-1.0, 2.0)), Series("y", (1.0, -2.0)))
    one = Figure("f", "grouped_bars", _("MRR"), ("a", "b"), series, "count", _("MRR"))
    assert [series.invert_if_negative for series in chart(slide_of(one)).plots[0].series] == [False, False]


def test_a_figure_of_nothing_makes_a_slide_that_says_so() -> None:
    empty = Figure("f", "heatmap", _("MRR"), (), (), "share", _("MRR"))
    assert "No data." in [shape.text_frame.text for shape in slide_of(empty).shapes if shape.has_text_frame]


def test_a_scatter_of_too_many_points_says_on_the_slide_that_they_were_put_together() -> None:
    count = 2_500
    one = Figure("p", "scatter", _("MRR"), tuple(f"c{k}" for k in range(count)),
                 (Series("a", tuple(float(k % 50) for k in range(count))),), "count", _("MRR"),
                 x=Measured("x", tuple(float(k // 50) for k in range(count)), "count"))
    slide = slide_of(one)
    drawn_points = len(chart(slide).plots[0].series[0].values)
    assert drawn_points <= 2_000
    assert f"2,500 points, near ones drawn as one ({drawn_points:,})" in [
        shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert len(notes(slide)) < 1_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_dates_stand_in_one_line_however_many_sentences_stand_beside_them(language: Language) -> None:
    sentence = "The contract runs out in 31 days, none of the seats is used, and onboarding took 90 days"
    row = ("陽向野精機株式会社", "70.0%", "1,238,000", sentence, sentence, "水無月 遥", "2025/05/01", "42.6", "▲ 黄")
    heads = ("Customer name", "Risk", "MRR", "Reasons", "What would lower it", "CSM", "Term or renewal date",
             "Health score", "Band of health")
    title = _("{n} customers", n=1)
    grid = Grid("risk", title, heads, (row,), title, wide=frozenset({3, 4}))
    plan = planned(grid, language, 800 * PT)
    for place in (1, 2, 6, 7):
        assert plan.widths[place] - 2 * CELL_MARGIN >= width_em(row[place]) * plan.size * PT
