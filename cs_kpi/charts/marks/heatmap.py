"""Cells in rows and columns, coloured by value, with the number inside where it fits."""

from __future__ import annotations

import math

import altair as alt

from cs_kpi.charts.amounts import row_names, whole_amount
from cs_kpi.charts.axes import name_axis, tick_expression
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.heat import heat, text_on
from cs_kpi.charts.marks.pen import Pen
from cs_kpi.charts.scale import tick_labels
from cs_kpi.charts.theme import TEXT_SIZE
from cs_kpi.charts.words import INCOMPLETE, plain, width_em

PICKED = "picked"
"""The name under which a click says which row it was on."""
LOWEST_WITH_TEXT = 18  # px of a row
MOST_COLUMNS_WITH_TEXT = 61
PADDING, LEAST_PADDING = 8, 2  # px inside a cell
SMALL_TEXT = 11  # px, where cells are too narrow for the text of the other charts
NAME_STEP = 17  # px between two names of rows


def heatmap(pen: Pen) -> list[alt.Chart]:
    cells = _cells(pen)
    step = math.ceil(NAME_STEP / _row_px(pen))
    rows = name_axis(row_names(pen.figure, pen.language), "row", step=step)
    mark = alt.MarkDef(type="rect", stroke=pen.look.paper, strokeWidth=1 if len(pen.categories) <= 40 else 0.5)
    pointed = alt.selection_point(on="pointerover", clear="pointerout", fields=["i", "row"], empty=False,
                                  name="pointer")
    drawn = pen.layer(cells, mark, y=rows, color=_colour(pen), tooltip=_tooltip(pen)).add_params(
        pointed, alt.selection_point(on="click", fields=["row"], empty=False, name=PICKED))
    texts = _texts(pen, cells)
    return [drawn, *([pen.layer(cells, texts, y=rows)] if texts else [])]


def _row_px(pen: Pen) -> float:
    return pen.height / max(len(pen.figure.series), 1)


def _cells(pen: Pen) -> list[dict[str, object]]:
    """One row per cell that has a value; the others stay blank."""
    scale, word = heat(pen.figure, pen.look), INCOMPLETE.text(pen.language)
    return [{"i": i, "row": n, "value": value, "text": pen.short(value), "ink": text_on(scale.colour(value)),
             **_short_forms(pen, value),
             "name": pen.names[n], "column": pen.categories[i] + (f" ({word})" if i in pen.figure.incomplete else ""),
             **({"size": series.size} if series.size is not None else {})}
            for n, series in enumerate(pen.figure.series) for i, value in enumerate(map(valid, series.values))
            if value is not None]


def _short_forms(pen: Pen, value: float) -> dict[str, str]:
    """The amount without decimals, and of a share without its sign."""
    whole = whole_amount(pen.figure, value, pen.language, pen.money_unit)
    return {"whole": whole, "bare": whole.removesuffix("%")}


def _colour(pen: Pen) -> alt.Color:
    scale = heat(pen.figure, pen.look)
    labels = tick_labels(scale.axis, pen.figure.unit, pen.language, pen.money_unit)
    legend = alt.Legend(type="gradient", values=scale.axis.ticks, labelExpr=tick_expression(scale.axis, labels),
                        gradientLength=220, gradientThickness=12, labelLimit=80, labelOverlap=False)
    return alt.Color(field="value", type="quantitative", title=None, legend=legend,
                     scale=alt.Scale(domain=scale.stops, range=list(scale.ramp), interpolate="rgb", clamp=True))


def _texts(pen: Pen, cells: list[dict[str, object]]) -> alt.MarkDef | None:
    """The amount, or as little of it as fits, or nothing: decided by the width when it is drawn.

    Without its decimals, without the sign that the legend carries as well, and at last in small.
    """
    if _row_px(pen) < LOWEST_WITH_TEXT or len(pen.categories) > MOST_COLUMNS_WITH_TEXT or not cells:
        return None
    full, whole, bare = (max(width_em(str(cell[key])) for cell in cells) for key in ("text", "whole", "bare"))
    width = "bandwidth('x')"
    text = (f"{width} >= {round(full * TEXT_SIZE) + PADDING} ? datum.text : "
            f"{width} >= {round(whole * TEXT_SIZE) + PADDING} ? datum.whole : datum.bare")
    return alt.MarkDef(
        type="text", baseline="middle", color=alt.ExprRef("datum.ink"), tooltip=None, text=alt.ExprRef(text),
        fontSize=alt.ExprRef(f"{width} >= {round(bare * TEXT_SIZE) + LEAST_PADDING} ? {TEXT_SIZE} : {SMALL_TEXT}"),
        opacity=alt.ExprRef(f"{width} >= {round(bare * SMALL_TEXT)} ? 1 : 0"))


def _tooltip(pen: Pen) -> list[alt.Tooltip]:
    heads = {"name": pen.figure.series_title, "column": pen.figure.category_title, "text": pen.figure.value_title}
    shown = [alt.Tooltip(field=field, type="nominal", title=plain(head, pen.language) if head else " ")
             for field, head in heads.items()]
    sizes = [alt.Tooltip(field="size", type="quantitative", title="n")]
    return shown + (sizes if any(series.size is not None for series in pen.figure.series) else [])
