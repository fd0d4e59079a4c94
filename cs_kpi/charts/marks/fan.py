"""The past as a line, and what may come of it: the median, with the ranges that hold half and eight in ten of it."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_kpi.charts.figure import Marker, Values
from cs_kpi.charts.geometry import first_projected, runs, valid
from cs_kpi.charts.marks.ends import NAME_EM, at_right
from cs_kpi.charts.marks.lines import points, stretches
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.words import cut
from cs_kpi.locale import _

PAST, AHEAD = 0, 1
OUTER, INNER = 0.16, 0.3  # opacity of P10 to P90 and, on top of it, of P25 to P75
AHEAD_DASH = [7, 4]
LOW, HIGH = _("P10"), _("P90")
STARTS = _("Projection")


def fan(pen: Pen) -> list[alt.Chart]:
    layers = [*_bands(pen), *(_line(pen, n) for n in range(len(pen.names)))]
    return [*layers, *points(pen, only=PAST if len(pen.categories) > 1 else None), *at_right(pen, _labels(pen))]


def starting(pen: Pen) -> tuple[Marker, ...]:
    """Where the projection starts."""
    first = first_projected(pen.figure)
    return (Marker(first, STARTS),) if first is not None else ()


def _line(pen: Pen, n: int) -> alt.Chart:
    dash: dict[str, Any] = {} if n == PAST else {"strokeDash": AHEAD_DASH if n == AHEAD else [2, 3]}
    mark = alt.MarkDef(type="line", strokeWidth=2.5 if n <= AHEAD else 2, strokeJoin="round", **dash)
    return pen.layer(stretches(pen, n), mark, y=pen.value("value"), color=pen.colour,
                     detail=alt.Detail(field="run", type="nominal"))


def _bands(pen: Pen) -> list[alt.Chart]:
    if len(pen.figure.series) <= AHEAD:
        return []
    ahead = pen.figure.series[AHEAD]
    return [*_band(pen, ahead.low, ahead.high, OUTER), *_band(pen, ahead.inner_low, ahead.inner_high, INNER)]


def _band(pen: Pen, low: Values | None, high: Values | None, opacity: float) -> list[alt.Chart]:
    """An area over several periods, a thick stroke over one that stands alone."""
    ends = [(valid(a), valid(b)) for a, b in zip(low or (), high or (), strict=True)]
    found = runs([a is not None and b is not None for a, b in ends], frozenset())
    layers = []
    for mark, is_alone in ((alt.MarkDef(type="area", line=False, opacity=opacity), False),
                           (alt.MarkDef(type="rule", strokeWidth=14, opacity=opacity), True)):
        rows: list[dict[str, object]] = [
            {"i": i, "low": ends[i][0], "high": ends[i][1], "series": pen.names[AHEAD], "run": k}
            for k, run in enumerate(found) if (len(run.categories) == 1) == is_alone for i in run.categories]
        if rows:
            layers.append(pen.layer(rows, mark, y=pen.value("low"), y2=alt.Y2(field="high"), color=pen.colour,
                                    detail=alt.Detail(field="run", type="nominal")))
    return layers


def _labels(pen: Pen) -> list[tuple[str, str, float]]:
    """At the right edge: the median and the targets by name, and the ends of the range."""
    labels = []
    for n, series in enumerate(pen.figure.series[AHEAD:], AHEAD):
        labels += [(f"{cut(pen.names[n], NAME_EM)}  {pen.short(value)}", pen.colours[n], value)
                   for value in _last(series.values)]
    if len(pen.figure.series) > AHEAD:
        ahead = pen.figure.series[AHEAD]
        labels += [(f"{word.text(pen.language)}  {pen.short(value)}", pen.look.muted, value)
                   for word, bound in ((LOW, ahead.low), (HIGH, ahead.high)) for value in _last(bound or ())]
    return labels


def _last(values: Values) -> list[float]:
    """The last value as a list of one, or none."""
    return [value for value in map(valid, values) if value is not None][-1:]
