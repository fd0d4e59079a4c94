"""The steps from an opening to a closing."""

from __future__ import annotations

from itertools import pairwise

import altair as alt

from cs_kpi.charts.amounts import is_signed
from cs_kpi.charts.geometry import Part, parts, step_role
from cs_kpi.charts.marks.bars import amounts_beyond, bar_layers, part_row, zero
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.theme import step_colour


def waterfall(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    rows = [part_row(pen, part) | {"colour": step_colour(step_role(pen.figure, part.category), pen.look)}
            for part in found]
    colour = alt.Color(field="colour", type="nominal", scale=None)
    return [*_connectors(pen, found), *bar_layers(pen, rows, colour), zero(pen),
            *amounts_beyond(pen, found, lambda category: is_signed(pen.figure, category))]


def _connectors(pen: Pen, found: list[Part]) -> list[alt.Chart]:
    rows: list[dict[str, object]] = [
        {"i": end, "step": n, "level": left.end}
        for n, (left, right) in enumerate(pairwise(found)) for end in (left.category, right.category)]
    mark = alt.MarkDef(type="line", color=pen.look.muted, strokeWidth=1, opacity=0.7)
    detail = alt.Detail(field="step", type="nominal")
    return [pen.layer(rows, mark, y=pen.value("level"), detail=detail)] if rows else []
