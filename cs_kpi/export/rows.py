"""Bars that lie under one another on slides: rankings, and actual against target."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cs_kpi.charts.amounts import bullet_amounts, label_amount, status_text
from cs_kpi.charts.geometry import bullet_rows, parts, step_role, valid
from cs_kpi.charts.largest import largest
from cs_kpi.charts.scale import axis_title, value_axis, value_unit
from cs_kpi.charts.theme import LIGHT, blended, readable, series_colours, step_colour
from cs_kpi.charts.words import width_em
from cs_kpi.export import chart_xml as xml
from cs_kpi.export.canvas import LABEL, PALE, Columns, Native, charted, own_columns
from cs_kpi.export.chart_parts import name_below, row_values, rows_downwards, written
from cs_kpi.export.overlay import key
from cs_kpi.export.plot import BOLD_ROOM, PT

MOST_ROWS = 16
"""As many rows as can be read on a slide; the notes hold the others."""
TICKS_PT = 22
"""Height of the numbers under the rows."""
GAP, GAP_OF_ONE = 45, 250  # between rows, percent of a bar


def has_too_many_rows(native: Native) -> bool:
    return len(native.figure.categories) > MOST_ROWS


def ranked(slide: Any, native: Native) -> Any:
    """Stacked bars, and an unseen part beyond them that carries the amount."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    native = _fitting(native)
    figure = native.figure
    totals = [_total(native, i) for i in range(len(figure.categories))]
    texts = [None if total is None else label_amount(figure, total, native.language, native.money_unit)
             for total in totals]
    high, room = _room(native, [text or "" for text in texts])
    shown: Columns = own_columns(native) | {LABEL.text(native.language): [
        None if total is None else room if total >= 0 else -room for total in totals]}
    frame = charted(slide, native, XL_CHART_TYPE.BAR_STACKED, shown)
    _set_up(frame.chart, native, high)
    for drawn, colour in zip(frame.chart.plots[0].series, series_colours(figure, LIGHT), strict=False):
        xml.fill(drawn.format, colour)
        for i in range(len(figure.categories)):
            own = step_colour(step_role(figure, i), LIGHT) if figure.roles and len(figure.series) == 1 else colour
            _colour(native, drawn, i, own, colour)
    written(frame.chart.plots[0].series[len(figure.series)], texts, [LIGHT.ink] * len(texts),
            XL_LABEL_POSITION.INSIDE_BASE, native.plot.amount_pt)
    names = native.names
    if native.has_legend:
        key(slide, native, [(f"■ {name}", colour)
                            for name, colour in zip(names, series_colours(figure, LIGHT), strict=True)])
    return frame


def bullet(slide: Any, native: Native) -> Any:
    """Overlapped bars: the actual filled, the target an outline over it, and an unseen one that carries the words."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    native = _fitting(native)
    figure, count = native.figure, len(native.figure.categories)
    texts = [_said(native, i) for i in range(count)]
    drawn_rows = bullet_rows(figure)
    high, _beyond = _room(native, texts)
    names = native.names
    shown: Columns = {names[n]: [row[n] for row in drawn_rows] for n in range(2)}
    shown[LABEL.text(native.language)] = [max(0.0, row[0] or 0.0, row[1] or 0.0) for row in drawn_rows]
    frame = charted(slide, native, XL_CHART_TYPE.BAR_CLUSTERED, shown)
    _set_up(frame.chart, native, high)
    frame.chart.plots[0].overlap = 100
    actual, target, label = frame.chart.plots[0].series
    own = series_colours(figure, LIGHT)[0]
    colours = [LIGHT.roles[figure.statuses[i].role] if figure.statuses else own for i in range(count)]  # type: ignore[index]
    xml.fill(actual.format, own)
    for i, colour in enumerate(colours):
        _colour(native, actual, i, colour, own)
    _outline(target)
    inks = [readable(colour, LIGHT) if figure.statuses else LIGHT.ink for colour in colours]
    written(label, texts, inks, XL_LABEL_POSITION.OUTSIDE_END, native.plot.amount_pt)
    key(slide, native, [(f"■ {names[0]}", LIGHT.muted if figure.statuses else own), (f"□ {names[1]}", LIGHT.ink)])
    return frame


def _said(native: Native, row: int) -> str:
    """Status, actual and target; nothing in the row that only counts what is not shown."""
    figure = native.figure
    if all(valid(series.values[row]) is None for series in figure.series):
        return ""
    return "  ".join(part for part in (status_text(figure, row, native.language), bullet_amounts(
        figure, row, native.language, native.money_unit)) if part)


def _fitting(native: Native) -> Native:
    """The rows that a slide holds, the others together or counted."""
    shown = largest(native.figure, native.language, most=MOST_ROWS)
    if shown.kind == "bullet":
        return replace(native, figure=shown)
    return replace(native, figure=shown, axis=value_axis(shown))


def _total(native: Native, row: int) -> float | None:
    here = [part.value for part in parts(native.figure) if part.category == row]
    return sum(here) if here else None


def _room(native: Native, texts: list[str]) -> tuple[float, float]:
    """Where the axis ends so that the longest words fit behind the longest bar, and how much they take."""
    plot = native.plot
    width = (plot.right - plot.left) * native.box[2]
    share = min((max(map(width_em, texts), default=0.0) * plot.amount_pt * BOLD_ROOM + 16) * PT / width, 0.7)
    longest = max([part.end for part in parts(native.figure)] + [0.0])
    span = (longest - native.axis.low) / (1 - share)
    return max(native.axis.low + span, longest), span * share


def _set_up(chart: Any, native: Native, high: float) -> None:
    figure, plot = native.figure, native.plot
    chart.has_title = False
    xml.text_look(chart.font, LIGHT.muted, plot.category_pt)
    xml.legend(chart, False)
    xml.placed(chart._chartSpace.chart.plotArea, plot.left, plot.top, (plot.right - plot.left, plot.bottom - plot.top))
    unit = value_unit(figure)
    rows_downwards(chart, native.axis, unit, native.money_unit, plot.category_pt)
    chart.value_axis.maximum_scale = high
    if unit == "share":  # amounts in full would run into one another, and stand at the bars anyway
        row_values(chart, native.axis, high, (plot.right - plot.left) * native.box[2] / PT)
    if title := axis_title(figure, native.language, native.money_unit):
        below = TICKS_PT if unit == "share" else 3
        name_below(chart.value_axis, title, plot.left, plot.bottom + below * PT / native.box[3])
    chart.plots[0].gap_width = GAP if len(figure.categories) > 2 else GAP_OF_ONE
    xml.both_fonts(chart._chartSpace)


def _colour(native: Native, drawn: Any, row: int, colour: str, of_series: str) -> None:
    """The point is touched only where it differs: PowerPoint gives an empty one a colour of its own."""
    if row in native.figure.incomplete:
        xml.pale_bar(drawn.points[row].format, colour, blended(colour, LIGHT.paper, PALE))
    elif colour != of_series:
        xml.fill(drawn.points[row].format, colour)


def _outline(series: Any) -> None:
    from pptx.util import Pt

    series.format.fill.background()
    series.format.line.color.rgb = xml.rgb(LIGHT.ink)
    series.format.line.width = Pt(2.25)
