"""Names and last values at the right edge, in place of a legend."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_kpi.charts.geometry import apart, places, valid
from cs_kpi.charts.layout import NUMERIC
from cs_kpi.charts.marks.pen import Pen, drawn
from cs_kpi.charts.scale import x_axis
from cs_kpi.charts.theme import HALO, TEXT_SIZE, readable
from cs_kpi.charts.words import cut

NAME_EM = 14.0
LABEL_GAP = TEXT_SIZE + 6


def line_ends(pen: Pen) -> list[alt.Chart]:
    """Name and last value of every line: at the right edge, or beside its last point where it ends before."""
    if not pen.has_direct_labels:
        return []
    at, edge = _places(pen)
    ends: dict[float, list[tuple[str, str, float]]] = {}
    for n, series in enumerate(pen.figure.series):
        known = [(at[i], value) for i, value in enumerate(map(valid, series.values))
                 if value is not None and at[i] is not None]
        if known:
            place, value = known[-1]
            ends.setdefault(place or 0.0, []).append((_end_text(pen, n, value), pen.colours[n], value))
    return [layer for place, labels in ends.items()
            for layer in at_right(pen, labels, None if place == edge else place)]


def _places(pen: Pen) -> tuple[list[float | None], float]:
    """Where every category stands, and what the right edge is."""
    if pen.figure.kind in NUMERIC:
        return places(pen.figure), x_axis(pen.figure).high
    return [float(i) for i in range(len(pen.categories))], float(len(pen.categories) - 1)


def end_labels(pen: Pen, places: list[tuple[int, float, float]]) -> list[alt.Chart]:
    """Names at the right edge, moved apart where they would touch; the one name of a figure stands in its title."""
    if not pen.has_direct_labels or not places:
        return []
    return at_right(pen, [(_end_text(pen, n, None), pen.colours[n], at) for n, _value, at in places])


def at_right(pen: Pen, labels: list[tuple[str, str, float]], place: float | None = None) -> list[alt.Chart]:
    """Words in a colour beside a value, moved apart where they would touch.

    place : of the point beside which they stand, over a halo of paper; None: the right edge
    """
    per_px = (pen.axis.high - pen.axis.low) / pen.height
    moved = apart([place for _, _, place in labels], LABEL_GAP * per_px, pen.axis.low, pen.axis.high)
    rows = [{"at": at, "text": text, "colour": readable(colour, pen.look)}
            for (text, colour, _), at in zip(labels, moved, strict=True)]
    look: dict[str, Any] = {"type": "text", "align": "left", "baseline": "middle", "dx": 10, "fontWeight": 600}
    shown = {"y": pen.value("at"), "text": alt.Text(field="text", type="nominal"),
             "color": alt.Color(field="colour", type="nominal", scale=None)}
    if place is None:
        return [drawn(rows, alt.MarkDef(**look), x=alt.XValue("width"), **shown)]
    there = [row | {"x" if pen.figure.kind in NUMERIC else "i": place} for row in rows]
    halo = alt.MarkDef(**look, stroke=pen.look.paper, strokeWidth=HALO, strokeJoin="round", tooltip=None)
    return [pen.layer(there, halo, **shown), pen.layer(there, alt.MarkDef(**look), **shown)]


def _end_text(pen: Pen, series: int, value: float | None) -> str:
    named = [cut(pen.names[series], NAME_EM)] if len(pen.names) > 1 or value is None else []
    return "  ".join([*named, *([pen.short(value)] if value is not None else [])])
