"""Bars that lie under one another, for long names; the amount at the end of each."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_kpi.charts.geometry import Part, parts, step_role
from cs_kpi.charts.marks.bars import bar_layers, part_row, zero
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.theme import step_colour

ROW_FILL = "min(bandwidth('y') * 0.68, 30)"


def ranked(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    own = len(pen.names) == 1 and bool(pen.figure.roles)
    rows = [part_row(pen, part) | {
        "series": pen.names[part.series],
        "colour": step_colour(step_role(pen.figure, part.category), pen.look) if own else pen.colours[part.series]}
        for part in found]
    colour = alt.Color(field="colour", type="nominal", scale=None) if own else pen.colour
    return [*bar_layers(pen, rows, colour, {"height": alt.ExprRef(ROW_FILL)}), zero(pen), *_totals(pen, found)]


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
            rows.append({"i": i, "at": max(ends) if total >= 0 else min(ends), "text": pen.short(total),
                         "is_right": total >= 0})
    return rows
