"""Bars that lie under one another, for long names; the amount at the end of each."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_kpi.charts.geometry import Part, parts, step_role, valid
from cs_kpi.charts.marks.bars import bar_layers, part_row, zero
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.theme import step_colour

CAP = 8  # px, length of a whisker's ends
ROW_FILL = "min(bandwidth('y') * 0.68, 30)"


def ranked(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    own = len(pen.names) == 1 and bool(pen.figure.roles)
    rows = [part_row(pen, part) | {
        "series": pen.names[part.series],
        "colour": step_colour(step_role(pen.figure, part.category), pen.look) if own else pen.colours[part.series]}
        for part in found]
    colour = alt.Color(field="colour", type="nominal", scale=None) if own else pen.colour
    bars = bar_layers(pen, rows, colour, {"height": alt.ExprRef(ROW_FILL)})
    return [*bars, zero(pen), *_whiskers(pen), *_totals(pen, found)]


def _whiskers(pen: Pen) -> list[alt.Chart]:
    """The interval of every bar that has one, of a single series."""
    if len(pen.figure.series) != 1:
        return []
    one = pen.figure.series[0]
    rows: list[dict[str, object]] = [
        {"i": i, "low": low, "high": high}
        for i, (low, high) in enumerate(zip(one.low or (), one.high or (), strict=True))
        if valid(low) is not None and valid(high) is not None and valid(one.values[i]) is not None]
    if not rows:
        return []
    look: dict[str, Any] = {"color": pen.look.ink, "clip": True}
    stem = alt.MarkDef(type="rule", strokeWidth=1.5, **look)
    cap = alt.MarkDef(type="tick", thickness=1.5, size=CAP, orient="vertical", **look)
    return [pen.layer(rows, stem, x=pen.value("low"), x2=alt.X2(field="high")),
            *(pen.layer(rows, cap, x=pen.value(end)) for end in ("low", "high"))]


def _totals(pen: Pen, found: list[Part]) -> list[alt.Chart]:
    """What all of a row add up to, beyond its bar on the side to which it reaches."""
    drawn = []
    for is_right in (True, False):
        rows = [row for row in _total_rows(pen, found) if row["is_right"] == is_right]
        mark = alt.MarkDef(type="text", align="left" if is_right else "right", baseline="middle",
                           dx=8 if is_right else -8, color=pen.look.ink, fontWeight=600)
        drawn += [pen.layer(rows, mark, x=pen.value("at"), text=alt.Text(field="text", type="nominal"))] if rows else []
    return drawn


def _total_rows(pen: Pen, found: list[Part]) -> list[dict[str, Any]]:
    rows = []
    for i in range(len(pen.categories)):
        here = [part for part in found if part.category == i]
        if here:
            total = sum(part.value for part in here)
            ends = [end for part in here for end in (part.start, part.end)]
            if len(pen.figure.series) == 1:
                one = pen.figure.series[0]
                ends += [end for side in (one.low, one.high) if side and (end := valid(side[i])) is not None]
            rows.append({"i": i, "at": max(ends) if total >= 0 else min(ends), "text": pen.short(total),
                         "is_right": total >= 0})
    return rows
