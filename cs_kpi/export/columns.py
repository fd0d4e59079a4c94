"""Columns side by side on slides, with whiskers; one series carries its amounts."""

from __future__ import annotations

from typing import Any

from cs_kpi.charts.amounts import label_amount
from cs_kpi.charts.figure import Series
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.scale import axis_title
from cs_kpi.charts.theme import LIGHT, blended, series_colours
from cs_kpi.charts.words import width_em
from cs_kpi.export import chart_xml as xml
from cs_kpi.export.canvas import LABEL, PALE, Native, charted, own_columns
from cs_kpi.export.chart_parts import whiskers, written
from cs_kpi.export.plot import CHAR_ROOM, LABEL_PT, PT

FILLED = 40  # gap between groups of columns, percent of a column


def columns(slide: Any, native: Native) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    figure, shown = native.figure, own_columns(native)
    texts = _amounts(native)
    if texts:
        shown[LABEL.text(native.language)] = _reached(figure.series[0])
    frame = charted(slide, native, XL_CHART_TYPE.COLUMN_CLUSTERED, shown)
    chart = frame.chart
    xml.set_up(chart, figure, native.axis, native.plot, axis_title(figure, native.language, native.money_unit),
               native.money_unit, has_legend=native.has_legend)
    chart.plots[0].overlap = 100 if texts else 0
    if len(figure.series) > 1 and len(figure.categories) > 3:
        chart.plots[0].gap_width = FILLED
    for drawn, series, colour in zip(chart.plots[0].series, figure.series, series_colours(figure, LIGHT), strict=False):
        _style(native, drawn, series, colour)
    if texts:
        label = chart.plots[0].series[len(figure.series)]
        written(label, texts, [LIGHT.ink] * len(texts), XL_LABEL_POSITION.OUTSIDE_END)
    return frame


def _style(native: Native, drawn: Any, series: Series, colour: str) -> None:
    xml.fill(drawn.format, colour)
    for i in sorted(native.figure.incomplete):
        xml.pale_bar(drawn.points[i].format, colour, blended(colour, LIGHT.paper, PALE))
    if series.low and series.high:
        values = [valid(value) for value in series.values]
        below = [None if v is None or (end := valid(low)) is None else v - end
                 for v, low in zip(values, series.low, strict=True)]
        above = [None if v is None or (end := valid(high)) is None else end - v
                 for v, high in zip(values, series.high, strict=True)]
        whiskers(drawn, below, above)


def _amounts(native: Native) -> list[str]:
    """The amounts above the columns of a single series, where they fit side by side."""
    figure = native.figure
    if len(figure.series) != 1:
        return []
    texts = [label_amount(figure, value, native.language, native.money_unit) for value in figure.series[0].values]
    slot = (native.plot.right - native.plot.left) * native.box[2] / PT / max(len(texts), 1)
    return texts if max(map(width_em, texts), default=0.0) * LABEL_PT * CHAR_ROOM <= slot else []


def _reached(series: Series) -> list[float | None]:
    """How far each column reaches with its whisker: where the amount stands."""
    values = [valid(value) for value in series.values]
    ends = [(series.high if value is None or value >= 0 else series.low) or series.values for value in values]
    return [None if value is None else valid(end[i]) if valid(end[i]) is not None else value
            for i, (value, end) in enumerate(zip(values, ends, strict=True))]
