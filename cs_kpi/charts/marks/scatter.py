"""Points by two numbers; their group is told by shape as well as by colour."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_kpi.charts.amounts import amount_of
from cs_kpi.charts.density import Dot, dots, merged_words
from cs_kpi.charts.figure import Measured, Role
from cs_kpi.charts.marks.pen import Pen, drawn
from cs_kpi.charts.words import plain
from cs_kpi.locale import _

SHAPES: dict[Role, str] = {"good": "circle", "watch": "triangle-up", "bad": "square"}
OTHER_SHAPES = ("circle", "diamond", "triangle-down", "cross", "square", "triangle-up")
PLAIN_SIZE, SMALLEST, LARGEST, LARGEST_OF_MANY = 70, 30, 1_400, 500  # px² of a symbol
MANY = 200
COUNT = _("Points")


def shapes(pen: Pen) -> list[str]:
    """One symbol per group; bands of health have their own."""
    return [SHAPES.get(series.role, OTHER_SHAPES[n % len(OTHER_SHAPES)]) for n, series in enumerate(pen.figure.series)]


def scatter(pen: Pen) -> list[alt.Chart]:
    found = dots(pen.figure)
    rows = [_row(pen, dot) for dot in sorted(found, key=lambda dot: -(dot.size or 0.0))]
    shape = alt.Shape(field="series", type="nominal", title=None, legend=pen.legend,
                      scale=alt.Scale(domain=pen.names, range=shapes(pen)))
    look: dict[str, Any] = {} if _is_sized(found) else {"size": PLAIN_SIZE}
    mark = alt.MarkDef(type="point", filled=True, opacity=0.78, stroke=pen.look.paper, strokeWidth=0.8, **look)
    encodings: dict[str, Any] = {"y": pen.value("y"), "color": pen.colour, "shape": shape,
                                 "tooltip": _tooltip(pen, found)}
    if _is_sized(found):
        top = max((dot.size or 0.0 for dot in found), default=1.0) or 1.0
        widest = LARGEST if len(found) <= MANY else LARGEST_OF_MANY
        encodings["size"] = alt.Size(field="size", type="quantitative", legend=None,
                                     scale=alt.Scale(domain=[0, top], range=[SMALLEST, widest]))
    return [pen.layer(rows, mark, **encodings), *_said(pen, found)]


def _is_sized(found: list[Dot]) -> bool:
    return any(dot.size is not None for dot in found)


def _row(pen: Pen, dot: Dot) -> dict[str, object]:
    figure = pen.figure
    name = (pen.categories[dot.category] if dot.category is not None
            else _("{count} points", count=dot.count).text(pen.language))
    row: dict[str, object] = {"x": dot.x, "y": dot.y, "series": pen.names[dot.series], "name": name,
                              "y_text": pen.number(dot.y)}
    if figure.x:
        row["x_text"] = amount_of(dot.x, figure.x.unit, figure, pen.language, pen.money_unit)
    if dot.size is not None:
        row["size"] = dot.size
        row["size_text"] = amount_of(dot.size, figure.size.unit if figure.size else "count", figure, pen.language,
                                     pen.money_unit)
    return row


def _tooltip(pen: Pen, found: list[Dot]) -> list[alt.Tooltip]:
    figure = pen.figure
    shown = [("name", " "), *([("series", plain(figure.series_title, pen.language) if figure.series_title else "  ")]
                              if len(pen.names) > 1 else [])]
    if figure.x:
        shown.append(("x_text", _title(pen, figure.x)))
    shown.append(("y_text", plain(figure.value_title or figure.title, pen.language)))
    if _is_sized(found):
        shown.append(("size_text", _title(pen, figure.size) if figure.size else COUNT.text(pen.language)))
    return [alt.Tooltip(field=field, type="nominal", title=title) for field, title in shown]


def _title(pen: Pen, measured: Measured) -> str:
    return plain(measured.name, pen.language)


def _said(pen: Pen, found: list[Dot]) -> list[alt.Chart]:
    """That points were put together, where they were."""
    words = merged_words(found, pen.language)
    if not words:
        return []
    mark = alt.MarkDef(type="text", text=words, align="right", baseline="bottom", dy=-10, color=pen.look.muted,
                       tooltip=None)
    return [drawn([{}], mark, x=alt.XValue("width"), y=alt.YValue(0))]
