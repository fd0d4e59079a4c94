"""Stacked bars, and the layers that every upright bar is drawn with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

from cs_kpi.charts.geometry import Part, parts
from cs_kpi.charts.marks.ends import end_labels
from cs_kpi.charts.marks.pen import Pen, drawn
from cs_kpi.charts.theme import DASH, INCOMPLETE_OPACITY, TEXT_SIZE

BAR_WIDTH = "min(bandwidth('x') * 0.72, 96)"


def bars(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    rows = [part_row(pen, part) | {"series": pen.names[part.series], "colour": pen.colours[part.series]}
            for part in found]
    last = [(part.series, part.value, (part.start + part.end) / 2)
            for part in found if part.category == len(pen.categories) - 1]
    labels = end_labels(pen, last) if len(pen.names) > 1 else []
    return [*bar_layers(pen, rows, pen.colour), zero(pen), *labels]


def bar_layers(pen: Pen, rows: list[dict[str, object]], colour: alt.Color,
               width: dict[str, Any] | None = None) -> list[alt.Chart]:
    """Bars; incomplete ones paler, with a dashed outline in their colour."""
    ends = value_ends(pen) | {"color": colour}
    width = width or {"width": alt.ExprRef(BAR_WIDTH)}
    full = alt.MarkDef(type="bar", stroke=pen.look.paper, strokeWidth=0.8, **width)
    layers = [pen.layer([row for row in rows if not row["incomplete"]], full, **ends)]
    if pale := [row for row in rows if row["incomplete"]]:
        mark = alt.MarkDef(type="bar", fillOpacity=INCOMPLETE_OPACITY, strokeWidth=1.5, strokeDash=list(DASH), **width)
        outline = alt.Stroke(field="colour", type="nominal", scale=None)
        layers.append(pen.layer(pale, mark, stroke=outline, **ends))
    return layers


def value_ends(pen: Pen) -> dict[str, Any]:
    """From start to end along the axis of values."""
    if pen.is_horizontal:
        return {"x": pen.value("start"), "x2": alt.X2(field="end")}
    return {"y": pen.value("start"), "y2": alt.Y2(field="end")}


def amounts_beyond(pen: Pen, found: list[Part], signed: Callable[[int], bool], *, dx: int = 0,
                   below: float | None = None) -> list[alt.Chart]:
    """The amount beyond the moving end of every bar; left out where bars are narrower than the longest one.

    dx : px to the right of the middle where they begin; below : left out as well where a bar has this room
    """
    layers: list[alt.Chart] = []
    room = 2 * (amount_px(pen, found, signed) + dx) if dx else amount_px(pen, found, signed)
    fits = f"bandwidth('x') >= {round(room)}" + ("" if below is None else f" && bandwidth('x') < {round(below)}")
    place: dict[str, Any] = {"dx": dx, "align": "left"} if dx else {}
    for is_up in (True, False):
        rows = [{"i": part.category, "at": max(part.start, part.end) if is_up else min(part.start, part.end),
                 "text": pen.short(part.value, signed=signed(part.category))}
                for part in found if (part.value >= 0) == is_up]
        mark = alt.MarkDef(type="text", dy=-10 if is_up else 12, color=pen.look.ink, fontWeight=600,
                           opacity=alt.ExprRef(f"{fits} ? 1 : 0"), **place)
        text = alt.Text(field="text", type="nominal")
        layers += [pen.layer(rows, mark, y=pen.value("at"), text=text)] if rows else []
    return layers


def amount_px(pen: Pen, found: list[Part], signed: Callable[[int], bool]) -> float:
    """px that the longest of the amounts takes."""
    texts = [pen.short(part.value, signed=signed(part.category)) for part in found]
    return max(map(len, texts), default=0) * 0.62 * TEXT_SIZE


def part_row(pen: Pen, part: Part) -> dict[str, object]:
    return {"i": part.category, "value": part.value, "start": part.start, "end": part.end,
            "incomplete": part.category in pen.figure.incomplete}


def zero(pen: Pen) -> alt.Chart:
    mark = alt.MarkDef(type="rule", color=pen.look.muted)
    return drawn([{"zero": 0}], mark, **{"x" if pen.is_horizontal else "y": pen.value("zero")})
