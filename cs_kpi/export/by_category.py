"""Lines, stacked bars and layers, and waterfalls on slides."""

from __future__ import annotations

from typing import Any

from cs_kpi.charts.geometry import Part, parts, step_role, valid
from cs_kpi.charts.scale import LABEL_ROOM, axis_title
from cs_kpi.charts.theme import LIGHT, blended, series_colours, step_colour
from cs_kpi.export import chart_xml as xml
from cs_kpi.export.canvas import LABEL, PALE, Columns, Native, charted, last_value, own_columns
from cs_kpi.export.codes import value_code
from cs_kpi.export.plot import end_offsets
from cs_kpi.locale import _

POINTS_UP_TO = 24
BASE, BELOW = _("Base"), _("Below zero")


def by_category(slide: Any, native: Native) -> Any:
    """The chart's graphic frame."""
    frame = charted(slide, native, _kind(native), plotted(native))
    title = axis_title(native.figure, native.language, native.money_unit)
    xml.set_up(frame.chart, native.figure, native.axis, native.plot, title, native.money_unit,
               has_legend=native.has_legend)
    if native.figure.kind == "waterfall":
        _style_steps(native, frame.chart)
    else:
        _style_series(native, frame.chart)
    return frame


def _kind(native: Native) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    if native.is_line:
        return XL_CHART_TYPE.LINE_MARKERS
    return XL_CHART_TYPE.COLUMN_STACKED if native.is_bars else XL_CHART_TYPE.AREA_STACKED


def plotted(native: Native) -> Columns:
    """The chart's own columns: the figure's series, or the parts that make up a waterfall."""
    figure, language = native.figure, native.language
    if figure.kind != "waterfall":
        return own_columns(native)
    name = native.names[0]
    columns: Columns = {key: [None] * len(figure.categories)
                        for key in (BASE.text(language), name, BELOW.text(language), LABEL.text(language))}
    room = (native.steps.room if native.steps else LABEL_ROOM) * (native.axis.high - native.axis.low)
    for part in parts(figure):
        for column, value in zip(columns.values(), _stack(part, room), strict=True):
            column[part.category] = value
    return columns


def _stack(part: Part, room: float) -> tuple[float | None, float | None, float | None, float]:
    """Base without fill, what stands above zero, what hangs below it, and room for the label at the moving end."""
    low, high = min(part.start, part.end), max(part.start, part.end)
    if low >= 0:
        return low, high - low, None, room
    if high <= 0:
        return high, None, low - high, -room
    return None, high, low, room if part.value >= 0 else -room


def _style_series(native: Native, chart: Any) -> None:
    colours = series_colours(native.figure, LIGHT)
    for series, colour in zip(chart.plots[0].series, colours, strict=True):
        if native.is_line:
            _style_line(native, series, colour)
            continue
        xml.fill(series.format, colour)
        if native.is_bars:
            for i in sorted(native.figure.incomplete):
                xml.pale_bar(series.points[i].format, colour, blended(colour, LIGHT.paper, PALE))
    if native.has_end_labels:
        _label_ends(native, chart)


def _style_line(native: Native, series: Any, colour: str) -> None:
    xml.line(series, colour, has_markers=len(native.figure.categories) <= POINTS_UP_TO)
    for i in sorted(native.figure.incomplete):
        xml.pale_point(series.points[i], colour)


def _label_ends(native: Native, chart: Any) -> None:
    found = [(n, last) for n, one in enumerate(native.figure.series) if (last := last_value(one.values)) is not None]
    offsets = end_offsets([value for _n, value in found], native.axis, native.plot, native.box[3])
    code = value_code(native.figure, native.language, native.money_unit, is_short=True)
    colours = series_colours(native.figure, LIGHT)
    series = list(chart.plots[0].series)
    for (n, _value), offset in zip(found, offsets, strict=True):
        values = native.figure.series[n].values
        at = next(i for i in reversed(range(len(values))) if valid(values[i]) is not None)
        xml.end_label(series[n].points[at], colours[n], code, offset, is_named=len(series) > 1)


def _style_steps(native: Native, chart: Any) -> None:
    base, above, below, label = chart.plots[0].series
    xml.no_fill(base.format)
    xml.no_fill(label.format)
    found = parts(native.figure)
    for part in found:
        colour = step_colour(step_role(native.figure, part.category), LIGHT)
        for series in (above, below):
            point = series.points[part.category].format
            if part.category in native.figure.incomplete:
                xml.pale_bar(point, colour, blended(colour, LIGHT.paper, PALE))
            else:
                xml.fill(point, colour)
    if steps := native.steps:
        for part, text in zip(found, steps.texts, strict=True):
            xml.text_label(label.points[part.category], text, steps.size_pt, is_turned=steps.is_turned)
