"""Native Excel charts: they read the cells of the tables, so that whoever edits a cell sees it move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from cs_kpi.book import Book
from cs_kpi.charts.description import alt_text
from cs_kpi.charts.figure import Figure, Role
from cs_kpi.charts.revenue import ROLES
from cs_kpi.charts.scale import value_axis
from cs_kpi.charts.theme import LIGHT, series_colours
from cs_kpi.charts.words import plain
from cs_kpi.export.codes import unit_code
from cs_kpi.export.report import Scope, head_words
from cs_kpi.export.workbook_kpis import FIRST, Grid
from cs_kpi.export.workbook_paper import FONTS, Paper
from cs_kpi.export.workbook_tables import Placed
from cs_kpi.kpi.movement_table import MOVEMENTS
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit

CHART_SHEET = _("Charts")
WIDTH, HEIGHT = 720, 330  # px
ROWS_APART, COLUMNS_APART = 18, 12
MOST_LABELS = 13
"""More periods than that are named every second or third time."""
ON_ONE_PAGE = 60
"""Rows of a table that are printed together with its chart."""
SHAPES: dict[str, dict[str, str]] = {
    "line": {"type": "line"}, "stacked_bars": {"type": "column", "subtype": "stacked"},
    "stacked_area": {"type": "area", "subtype": "stacked"}, "grouped_bars": {"type": "column"},
    "ranked_bars": {"type": "bar", "subtype": "stacked"}, "survival": {"type": "scatter", "subtype": "straight"},
    "waterfall": {"type": "column", "subtype": "stacked"}}
KPI_CHARTS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (_("MRR"), ("mrr",)), (_("ARR"), ("arr",)),
    (_("Churn rates"), ("customer_churn_rate", "gross_revenue_churn_rate")), (_("NRR and GRR"), ("nrr", "grr")))
LINE_ROLES: tuple[Role, ...] = ("accent", "second")


def chart_sheet(paper: Paper, sheet: Any, book: Book, scope: Scope, kpis: Grid, movements: Placed | None,
                shown: Sequence[str]) -> None:
    """The main charts on one sheet, over the cells of the KPIs and of the movements.

    shown : the KPIs of the workbook that have a value
    """
    language = paper.language
    row = paper.title(sheet, CHART_SHEET.text(language), head_words(book, scope, language), _(
        "The charts read the cells of the other sheets.").text(language))
    charts: list[tuple[Any, str]] = []
    if movements is not None:
        charts.append(_movement_chart(paper, movements))
    for title, names in KPI_CHARTS:
        there = [name for name in names if name in kpis.rows and name in shown]
        if there:
            charts.append(_course_chart(paper, title.text(language), kpis, there))
    for place, (chart, words) in enumerate(charts):
        sheet.insert_chart(row + place // 2 * ROWS_APART, place % 2 * COLUMNS_APART, chart, {"description": words})


def _course_chart(paper: Paper, title: str, kpis: Grid, names: Sequence[str]) -> tuple[Any, str]:
    kind = "column" if kpis.periods == 1 else "line"
    chart = paper.book.add_chart({"type": kind})
    for name, role in zip(names, LINE_ROLES, strict=False):
        cells = [kpis.sheet.name, kpis.rows[name], FIRST, kpis.rows[name], FIRST + kpis.periods - 1]
        colour = LIGHT.roles[role]
        look = {"fill": {"color": colour}} if kind == "column" else {"line": {"color": colour, "width": 2.25}}
        chart.add_series({"name": [kpis.sheet.name, kpis.rows[name], 0], "values": cells,
                          "categories": [kpis.sheet.name, kpis.head, FIRST, kpis.head, FIRST + kpis.periods - 1],
                          **look})
    _dressed(paper, chart, title, KPIS[names[0]].unit, kpis.periods, has_legend=len(names) > 1)
    return chart, title


def _movement_chart(paper: Paper, found: Placed) -> tuple[Any, str]:
    chart = paper.book.add_chart({"type": "column", "subtype": "stacked"})
    roles: list[Role] = [*_movement_roles(), "neutral"]
    for column, role in zip(found.columns, roles, strict=False):
        chart.add_series({"name": [found.sheet.name, found.head, column],
                          "categories": _cells(found, 0), "values": _cells(found, column),
                          "fill": {"color": LIGHT.roles[role]}, "gap": 60})
    title = _("MRR movements").text(paper.language)
    _dressed(paper, chart, title, "money", found.rows)
    return chart, title


def _movement_roles() -> list[Role]:
    """Colours of the movements in the order of the table."""
    return [ROLES[name] for name in MOVEMENTS]


def _cells(found: Placed, column: int) -> list[Any]:
    return [found.sheet.name, found.head + 1, column, found.head + found.rows, column]


def beside(paper: Paper, figure: Figure, found: Placed) -> None:
    """The chart of a figure under its table; none where Excel has no such kind, or there are no rows."""
    if figure.kind not in SHAPES or not found.rows:
        return
    chart = paper.book.add_chart(SHAPES[figure.kind])
    if figure.kind == "waterfall":
        _steps(paper, chart, figure, found)
    else:
        _series(paper, chart, figure, found)
    title = plain(figure.title, paper.language)
    _dressed(paper, chart, title, figure.unit, found.rows, kind=figure.kind,
             has_legend=len(figure.series) > 1 and figure.kind != "waterfall",
             bounds=_bounds(figure))
    if found.rows <= ON_ONE_PAGE:
        found.sheet.fit_to_pages(1, 1)
    found.sheet.insert_chart(found.head + found.rows + 2, 0, chart,
                             {"description": alt_text(figure, paper.language)})


def _bounds(figure: Figure) -> dict[str, float]:
    """Ends of the axis, where a program would choose others than the page has: bars stand on zero, shares of a whole
    end with it, and intervals have room. Elsewhere the axis follows its cells."""
    if figure.kind == "line":
        return {}
    axis = value_axis(figure)
    if figure.kind == "grouped_bars" or (figure.unit == "share" and axis.high == 1):
        return {"min": axis.low, "max": axis.high}
    return {"min": 0} if axis.low == 0 else {}


def _series(paper: Paper, chart: Any, figure: Figure, found: Placed) -> None:
    for series, colour, column in zip(figure.series, series_colours(figure, LIGHT), found.columns, strict=False):
        look: dict[str, Any] = {"line": {"color": colour, "width": 2}}
        if figure.kind not in ("line", "survival"):
            look = {"fill": {"color": colour}, "gap": 60}
        if figure.kind == "grouped_bars" and series.low and series.high and len(figure.series) == 1:
            look["y_error_bars"] = _whiskers(paper, figure, found)
        chart.add_series({"name": [found.sheet.name, found.head, column], "categories": _cells(found, 0),
                          "values": _cells(found, column), **look})


def _whiskers(paper: Paper, figure: Figure, found: Placed) -> dict[str, Any]:
    """Limits as Excel wants them: how far they are from the value, in columns of their own."""
    from xlsxwriter.utility import quote_sheetname, xl_range_abs

    [series] = figure.series
    first, top, last = _beside_table(found), found.head + 1, found.head + found.rows
    heads = [_("Upper part of the interval"), _("Lower part of the interval")]
    paper.heads(found.sheet, found.head, [head.text(paper.language) for head in heads], first, align="right",
                text_wrap=True)
    for row, (value, low, high) in enumerate(zip(series.values, series.low or (), series.high or (), strict=True), top):
        for place, (more, less) in enumerate(((high, value), (value, low))):
            far = None if more is None or less is None else max(0.0, more - less)
            paper.number(found.sheet, row, first + place, far, figure.unit)
    found.sheet.set_column(first, first + 1, 16)
    up, down = (f"={quote_sheetname(found.sheet.name)}!{xl_range_abs(top, first + place, last, first + place)}"
                for place in range(2))
    return {"type": "custom", "plus_values": up, "minus_values": down, "line": {"color": LIGHT.ink}}


def _beside_table(found: Placed) -> int:
    """The first column for what a chart alone needs."""
    return max(found.columns) + 2


def _steps(paper: Paper, chart: Any, figure: Figure, found: Placed) -> None:
    """Excel's file format of old has no waterfall: what hangs stands on a part that is not seen, in columns of its
    own beside the table. All of it is at or above zero, as MRR is."""
    language, sheet = paper.language, found.sheet
    heads = [_("Below the step").text(language), _("Total").text(language), _("Gain").text(language),
             _("Loss").text(language)]
    first = _beside_table(found)
    paper.heads(sheet, found.head, heads, first, align="right")
    level = 0.0
    for row, (value, role) in enumerate(zip(figure.series[0].values, figure.roles, strict=True), found.head + 1):
        step = value or 0.0
        after = step if role == "total" else level + step
        parts = ((0.0, step, 0.0, 0.0) if role == "total" else
                 (min(level, after), 0.0, max(step, 0.0), max(-step, 0.0)))
        for place, part in enumerate(parts):
            paper.number(sheet, row, first + place, part, figure.unit)
        level = after
    sheet.set_column(first, first + len(heads) - 1, 16)
    colours = (None, LIGHT.roles["total"], LIGHT.roles["expansion"], LIGHT.roles["churn"])
    for place, colour in enumerate(colours):
        chart.add_series({"name": [sheet.name, found.head, first + place], "categories": _cells(found, 0),
                          "values": _cells(found, first + place), "gap": 60,
                          "fill": {"color": colour} if colour else {"none": True}})


def _dressed(paper: Paper, chart: Any, title: str, unit: Unit, count: int, *, has_legend: bool = True,
             kind: str = "line", bounds: Mapping[str, float] = MappingProxyType({})) -> None:
    """Title, axes, grid and type as on the page."""
    font = {"name": FONTS[paper.language], "size": 9, "color": LIGHT.muted}
    values: dict[str, Any] = {"num_format": unit_code(unit, paper.currency, paper.language), "num_font": font,
              "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}}, "line": {"none": True}, **bounds}
    names: dict[str, Any] = {"num_font": font, "label_position": "low", "line": {"color": LIGHT.muted}}
    if kind == "survival":
        names |= {"num_format": "0", "min": 0}
    elif count > MOST_LABELS:
        names["interval_unit"] = -(-count // MOST_LABELS)
    if unit == "share" and kind == "survival":
        values |= {"min": 0, "max": 1}
    if kind == "ranked_bars":
        chart.set_y_axis(names | {"reverse": True})
        chart.set_x_axis(values)
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(values)
    chart.set_title({"name": title[:255], "overlay": False,
                     "name_font": {"name": FONTS[paper.language], "size": 12, "bold": True, "color": LIGHT.ink}})
    chart.set_legend({"position": "bottom", "font": font} if has_legend else {"none": True})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
