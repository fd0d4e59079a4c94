"""Names on slides: broken into lines, cut where they must be, each still one of its own, and nowhere lost."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from cs_kpi.charts.figure import ChartKind, Figure
from cs_kpi.charts.words import marked_names, width_em
from cs_kpi.deck.making import Page
from cs_kpi.export.labels import is_cut, shortened, within
from cs_kpi.export.plot import LINE_ROOM, PT
from cs_kpi.export.slides import deck, presentation
from cs_kpi.export.stage import HouseStage
from cs_kpi.locale import Message
from tests.charts.figures import KINDS, figure

LONG = "株式会社東日本グローバルソリューションズホールディングス・首都圏エンタープライズ第一営業本部"
NAMED_ROWS = ("waterfall", "grouped_bars", "ranked_bars", "bullet")


def long_named(kind: ChartKind, count: int = 8) -> Figure:
    one = figure(kind, count, "ja")
    categories = tuple(f"{LONG}{n}" for n in range(count)) if kind in NAMED_ROWS else one.categories
    return replace(one, title=Message(LONG), subtitle=None, categories=categories, incomplete=frozenset(),
                   series=tuple(replace(series, name=f"{LONG}{n}") for n, series in enumerate(one.series)))


def slide_of(one: Figure) -> Any:
    return Presentation(io.BytesIO(deck([one], "ja"))).slides[0]


@settings(max_examples=60)
@given(st.lists(st.text("東西本社 第0123営業aBc", min_size=1, max_size=60), min_size=1, max_size=6, unique=True),
       st.floats(4, 20), st.integers(1, 3))
def test_names_stay_within_their_lines_and_apart(names: list[str], line_em: float, lines: int) -> None:
    names = list(dict.fromkeys(" ".join(name.split()) or "x" for name in names))  # different, as they are read
    shown = within(names, line_em, lines)
    assert len(set(shown)) == len(shown)
    for name in shown:
        assert name.count("\n") < lines or " (" in name  # numbered: even their beginnings and ends are alike
        assert max(map(width_em, name.replace(" (", "\n(").split("\n"))) <= line_em + 0.001


def test_only_names_that_are_too_long_are_cut() -> None:
    assert shortened(["短い", f"{LONG}1", f"{LONG}2"], 12) == ["短い", "株式会社東日…営業本部1",
                                                              "株式会社東日…営業本部2"]
    assert is_cut([LONG], shortened([LONG], 12))
    assert not is_cut(["New and churn"], within(["New and churn"], 6, 2))


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_find_their_place_and_stand_whole_in_the_notes(kind: ChartKind) -> None:
    one = long_named(kind)
    slide = slide_of(one)
    said = slide.notes_slide.notes_text_frame.text
    assert [name for name in (*(str(series.name) for series in one.series), *one.categories) if name not in said
            and kind != "scatter"] == []
    frames = [shape for shape in slide.shapes if shape.has_chart]
    for frame in frames:
        names = list(frame.chart.plots[0].categories) if kind in NAMED_ROWS else []
        slot = frame.width / PT * (1 / (len(names) or 1) if kind in ("waterfall", "grouped_bars") else 0.36)
        for line in "\n".join(names).split("\n"):
            assert width_em(line) * 10 <= slot * LINE_ROOM
        for series in (series for plot in frame.chart.plots for series in plot.series):
            assert width_em(series.name) * 12 <= 0.8 * frame.width / PT


def test_the_workbook_behind_the_chart_has_cut_names_whole() -> None:
    one = long_named("waterfall", 12)
    found = next(shape.chart for shape in slide_of(one).shapes if shape.has_chart)
    sheet = openpyxl.load_workbook(io.BytesIO(found.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    columns = {column[0].value: [cell.value for cell in column[1:]] for column in sheet.columns}
    assert columns["名前（全体）"] == marked_names(one, "ja")
    assert next(iter(columns.values())) == list(found.plots[0].categories)


@pytest.mark.parametrize("title", ["短い題", LONG, LONG * 4])
def test_titles_keep_to_their_box(title: str) -> None:
    one = replace(figure("line", 3, "ja"), title=Message(title))
    data = presentation([Page("line", one, "", ())], "ja", stage=HouseStage(), cover=(title, ["2025年3月"]))
    for slide in Presentation(io.BytesIO(data)).slides:
        box, run = slide.shapes.title, slide.shapes.title.text_frame.paragraphs[0].runs[0]
        lines = -(-width_em(run.text) * run.font.size.pt * PT // box.width)
        assert lines * run.font.size.pt * 1.2 * PT <= box.height
        assert (run.text == title) == (len(title) < 180)


@pytest.mark.parametrize("count", [1, 12])
def test_the_labels_of_a_fan_stand_clear_of_each_other_and_of_the_axis(count: int) -> None:
    slide = slide_of(figure("fan", count, "ja"))
    ends = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text[:3] in ("P10", "P90")]
    assert len(ends) == (0 if count == 1 else 2)
    if ends:
        upper, lower = sorted(ends, key=lambda shape: shape.top)
        assert upper.text_frame.text.startswith("P90")
        assert lower.top >= upper.top + 2 * upper.height * 0.9  # the median stands between them
