"""A projection on slides: stacked areas with an unseen base for the ranges, and lines on the same axes over them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from cs_kpi.charts.figure import Series, Values
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.scale import axis_title
from cs_kpi.charts.theme import LIGHT, blended, series_colours
from cs_kpi.export import chart_xml as xml
from cs_kpi.export.canvas import Columns, Native, charted, fan_offsets, last_value, own_columns
from cs_kpi.export.chart_parts import lines_over_areas
from cs_kpi.locale import Message, _

PAST, AHEAD = 0, 1
RANGE = _("{low} to {high}")
BASE = _("Base")
NAMES = {"low": "P10", "inner_low": "P25", "inner_high": "P75", "high": "P90"}
PALE, DARKER = 0.82, 0.62  # paper mixed into the outer and the inner range


def fan(slide: Any, native: Native) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    bands = stacked_bands(native)
    frame = charted(slide, native, XL_CHART_TYPE.AREA_STACKED, bands | own_columns(native))
    chart = frame.chart
    lines_over_areas(chart, len(bands))
    xml.set_up(chart, native.figure, native.axis, native.plot,
               axis_title(native.figure, native.language, native.money_unit), native.money_unit, has_legend=False)
    colours = series_colours(native.figure, LIGHT)
    areas, lines = list(chart.plots[0].series), list(chart.plots[-1].series)
    for n, area in enumerate(areas if bands else ()):
        if n == 0:
            xml.no_fill(area.format)
            continue
        is_inner = len(areas) == 4 and n == 2  # base, P10 to P25, P25 to P75, P75 to P90
        area.format.fill.solid()
        area.format.fill.fore_color.rgb = xml.rgb(blended(colours[AHEAD], LIGHT.paper, DARKER if is_inner else PALE))
        area.format.line.fill.background()
    for n, line in enumerate(lines):
        _style(line, n, colours[n], is_alone=len(native.figure.categories) == 1)
    _label_ends(native, lines)
    return frame


def stacked_bands(native: Native) -> Columns:
    """An unseen base up to P10, then the ranges as heights on it. In the known past they stand flat on the line."""
    figure = native.figure
    if len(figure.series) <= AHEAD or figure.series[AHEAD].low is None:
        return {}
    ahead = figure.series[AHEAD]
    ends = [(name, limit) for name in NAMES if (limit := getattr(ahead, name)) is not None]
    floor = _floor(figure.series[PAST], ahead.low or ())
    columns: Columns = {BASE.text(native.language): [*floor]}
    for (low_name, low), (high_name, high) in pairwise(ends):
        named = Message(RANGE.template, {"low": NAMES[low_name], "high": NAMES[high_name]}).text(native.language)
        columns[named] = [0.0 if (a := valid(bottom)) is None or (b := valid(top)) is None else b - a
                          for bottom, top in zip(low, high, strict=True)]
    return columns


def _floor(past: Series, low: Values) -> list[float]:
    """P10, before it the known value, and where neither is the nearest of them, so that no edge falls to zero."""
    known = [valid(bottom) if valid(bottom) is not None else valid(value)
             for bottom, value in zip(low, past.values, strict=True)]
    first = next((value for value in known if value is not None), 0.0)
    filled: list[float] = []
    for value in known:
        filled.append(value if value is not None else filled[-1] if filled else first)
    return filled


def _style(line: Any, n: int, colour: str, *, is_alone: bool) -> None:
    from pptx.enum.dml import MSO_LINE

    xml.line(line, colour, has_markers=is_alone)
    if n > PAST:
        line.format.line.dash_style = MSO_LINE.DASH if n == AHEAD else MSO_LINE.ROUND_DOT


def _label_ends(native: Native, lines: list[Any]) -> None:
    """The projection and the targets by name and last value."""
    colours = series_colours(native.figure, LIGHT)
    found = [(n, value) for n, one in enumerate(native.figure.series)
             if (n > PAST or len(lines) == 1) and (value := last_value(one.values)) is not None]
    offsets, _ends = fan_offsets(native, [value for _n, value in found])
    for (n, _value), offset in zip(found, offsets, strict=True):
        values = native.figure.series[n].values
        at = next(i for i in reversed(range(len(values))) if valid(values[i]) is not None)
        xml.end_label(lines[n].points[at], colours[n], native.value_code, offset, is_named=len(lines) > 1)


