"""Charts by two numbers on slides: survival as steps, scatters as points; their workbook names every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from cs_kpi.charts.density import Dot, dots, merged_words
from cs_kpi.charts.figure import Role, Series
from cs_kpi.charts.geometry import places, valid
from cs_kpi.charts.scale import axis_title, value_unit, x_axis, x_title, x_unit
from cs_kpi.charts.tables import BOUNDS
from cs_kpi.charts.theme import LIGHT, blended, series_colours
from cs_kpi.charts.words import ITEM, category_names, plain, unique
from cs_kpi.export import chart_xml as xml
from cs_kpi.export.canvas import Native, last_value
from cs_kpi.export.chart_parts import name_below, number_axis
from cs_kpi.export.overlay import above
from cs_kpi.export.plot import PT, end_offsets
from cs_kpi.export.tables import xlsx_bytes
from cs_kpi.locale import Message, _

PALER = 0.55  # paper mixed into the limits of an interval
MARKERS: dict[Role, str] = {"good": "CIRCLE", "watch": "TRIANGLE", "bad": "SQUARE"}
OTHER_MARKERS = ("CIRCLE", "DIAMOND", "SQUARE", "TRIANGLE", "X", "PLUS")
PLAIN_PT, SMALLEST_PT, LARGEST_PT, LARGEST_OF_MANY_PT = 9, 5, 32, 18
MANY = 200
HINT_HEIGHT = 20 * PT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One column of x and one of y per series, blank where the point is another series'; PowerPoint and LibreOffice
    both draw that, while LibreOffice drops series that are shorter than others.

    others : further columns that are not drawn: names and sizes of the points
    """

    x: tuple[float, ...]
    series: dict[str, list[float | None]]
    others: dict[str, list[object]]


def survival(slide: Any, native: Native) -> Any:
    """Steps, with the ends of their intervals as pale steps; the label at the last point."""
    from pptx.util import Pt

    sheet, of = _curves(native)
    chart = (frame := _xy(slide, native, sheet, is_line=True)).chart
    colours = series_colours(native.figure, LIGHT)
    for k, drawn in enumerate(chart.plots[0].series):
        is_limit = k != of.index(of[k])
        xml.line(drawn, blended(colours[of[k]], LIGHT.paper, PALER) if is_limit else colours[of[k]],
                 has_markers=len(sheet.x) == 1 and not is_limit)
        drawn.format.line.width = Pt(1) if is_limit else Pt(3)
    if native.has_end_labels:
        _label_ends(native, chart, sheet, of)
    return frame


def _curves(native: Native) -> tuple[Sheet, list[int]]:
    """Every segment's steps, and behind each the limits of its interval; with the number of the segment of each."""
    figure, of = native.figure, []
    known = [i for i, x in enumerate(places(figure)) if x is not None]
    columns: dict[str, list[float | None]] = {}
    for n, (name, series) in enumerate(zip(native.names, figure.series, strict=True)):
        columns[name] = steps([valid(series.values[i]) for i in known])
        of.append(n)
        for word, limits in ((BOUNDS["low"], series.low), (BOUNDS["high"], series.high)):
            if limits is not None and native.has_end_labels:
                columns[Message(word.template, {"name": name}).text(native.language)] = steps(
                    [valid(limits[i]) for i in known])
                of.append(n)
    at = [x for x in places(figure) if x is not None]
    return Sheet(tuple(at[:1] + [x for x in at[1:] for _twice in range(2)]), columns, {}), of


def steps(values: Sequence[float | None]) -> list[float | None]:
    """The corners of a curve that holds each value until the next one: at every x the value before it, then its own.

    >>> steps([1.0, 0.9, None])
    [1.0, 1.0, 0.9, None, None]
    """
    corners = list(values[:1])
    for before, value in pairwise(values):
        corners += [before if value is not None else None, value]
    return corners


def _label_ends(native: Native, chart: Any, sheet: Sheet, of: list[int]) -> None:
    runs = list(sheet.series.values())
    found = [(k, last) for k in range(len(of)) if k == of.index(of[k]) and (last := last_value(runs[k])) is not None]
    offsets = end_offsets([value for _k, value in found], native.axis, native.plot, native.box[3])
    colours = series_colours(native.figure, LIGHT)
    for (k, _value), offset in zip(found, offsets, strict=True):
        at = next(i for i in reversed(range(len(runs[k]))) if runs[k][i] is not None)
        xml.end_label(chart.plots[0].series[k].points[at], colours[of[k]], native.value_code, offset,
                      is_named=len(native.figure.series) > 1)


def scatter(slide: Any, native: Native) -> Any:
    """Points, one series per group with its own shape; where they are too many, near ones as one."""
    figure, found = native.figure, dots(native.figure)
    names = native.names
    sheet = Sheet(tuple(dot.x for dot in found),
                  {name: [dot.y if dot.series == n else None for dot in found] for n, name in enumerate(names)},
                  {(plain(figure.category_title, native.language) if figure.category_title else ITEM.text(
                      native.language)): [_named(native, dot) for dot in found],
                   **({plain(figure.size.name, native.language): [dot.size for dot in found]} if figure.size else {})})
    frame = _xy(slide, native, sheet, is_line=False)
    if words := merged_words(found, native.language):
        above(slide, words, native.box[0], native.box[1] - HINT_HEIGHT)
    largest = max((dot.size or 0.0 for dot in found), default=0.0)
    widest = LARGEST_PT if len(found) <= MANY else LARGEST_OF_MANY_PT
    sizes = [_size_pt(dot.size, largest, widest) for dot in found]
    for n, (drawn, colour) in enumerate(zip(frame.chart.plots[0].series, series_colours(figure, LIGHT), strict=True)):
        _mark(drawn, _shape(figure.series[n], n), colour,
              {i: size for i, size in enumerate(sizes) if found[i].series == n})
    return frame


def _named(native: Native, dot: Dot) -> str:
    if dot.category is not None:
        return category_names(native.figure, native.language)[dot.category]
    return _("{count} points", count=dot.count).text(native.language)


def _shape(series: Series, n: int) -> str:
    return MARKERS.get(series.role, OTHER_MARKERS[n % len(OTHER_MARKERS)])


def _size_pt(size: float | None, largest: float, widest: int) -> int:
    """Width of a marker whose area follows the size."""
    if size is None or largest <= 0:
        return PLAIN_PT
    return round(SMALLEST_PT + (widest - SMALLEST_PT) * (max(size, 0.0) / largest) ** 0.5)


def _mark(drawn: Any, shape: str, colour: str, sizes: Mapping[int, int]) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    style = getattr(XL_MARKER_STYLE, shape)
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = style, PLAIN_PT
    xml.fill(drawn.marker.format, colour)
    for i, size in sizes.items():
        if size != PLAIN_PT:
            marker = drawn.points[i].marker
            marker.style, marker.size = style, size
            xml.fill(marker.format, colour)


def _xy(slide: Any, native: Native, sheet: Sheet, *, is_line: bool) -> Any:
    """The chart with its two numeric axes, and its workbook."""
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data = XyChartData(number_format=native.value_code)
    for name, values in sheet.series.items():
        series = data.add_series(name)
        for x, y in zip(sheet.x, values, strict=True):
            series.add_data_point(x, y)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS if is_line else XL_CHART_TYPE.XY_SCATTER
    frame = slide.shapes.add_chart(kind, *native.box, data)
    _refer(frame.chart, len(sheet.x))
    columns = {x_title(native.figure, native.language, native.money_unit) or "x": list(sheet.x)} | sheet.series
    frame.chart.part.chart_workbook.update_from_xlsx_blob(
        xlsx_bytes(pd.DataFrame({n: pd.Series(values, dtype="object" if n > len(sheet.series) else "float64")
                                 for n, values in enumerate([*columns.values(), *sheet.others.values()])}).set_axis(
            unique([*columns, *sheet.others]), axis=1), "Sheet1"))
    _set_up(frame.chart, native, is_line=is_line)
    return frame


def _refer(chart: Any, count: int) -> None:
    """The chart's series look into one column of x and one of their own, as the workbook has them."""
    from openpyxl.utils import get_column_letter
    from pptx.oxml.ns import qn

    for n, series in enumerate(chart._chartSpace.iter(qn("c:ser")), 2):
        letter = get_column_letter(n)
        for tag, place in (("c:tx", f"${letter}$1"), ("c:xVal", f"$A$2:$A${count + 1}"),
                           ("c:yVal", f"${letter}$2:${letter}${count + 1}")):
            next(series.find(qn(tag)).iter(qn("c:f"))).text = f"Sheet1!{place}"


def _set_up(chart: Any, native: Native, *, is_line: bool) -> None:
    figure, plot = native.figure, native.plot
    chart.has_title = False
    xml.text_look(chart.font, LIGHT.muted, 14)
    xml.legend(chart, native.has_legend)
    xml.placed(chart._chartSpace.chart.plotArea, plot.left, plot.top, (plot.right - plot.left, plot.bottom - plot.top))
    number_axis(chart.category_axis, x_axis(figure), x_unit(figure), native.money_unit, has_grid=not is_line)
    number_axis(chart.value_axis, native.axis, value_unit(figure), native.money_unit, has_grid=True)
    if title := x_title(figure, native.language, native.money_unit):
        name_below(chart.category_axis, title, (plot.left + plot.right) / 2 - 0.05, 0.93)
    if title := axis_title(figure, native.language, native.money_unit):
        xml.unit_above(chart.value_axis, title, plot.unit)
    xml.both_fonts(chart._chartSpace)
