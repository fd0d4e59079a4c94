"""Actual against target, row by row: a bar, a line where the target is, and how it stands in words."""

from __future__ import annotations

import altair as alt

from cs_kpi.charts.amounts import bullet_amounts, status_text
from cs_kpi.charts.geometry import parts
from cs_kpi.charts.layout import ROW_OF_BULLET, row_height
from cs_kpi.charts.marks.bars import bar_layers, part_row, zero
from cs_kpi.charts.marks.pen import Pen, drawn
from cs_kpi.charts.theme import TEXT_SIZE, readable
from cs_kpi.charts.words import width_em

ACTUAL, TARGET = 0, 1
BAR_SHARE, TARGET_SHARE = 0.42, 0.76  # of a row's height
KEY_AT = -18  # px above the plot
RIGHT = 12  # px from the plot to the words beside it


def bullet(pen: Pen) -> list[alt.Chart]:
    found = parts(pen.figure)
    rows = [part_row(pen, part) | {"series": pen.names[ACTUAL], "colour": row_colour(pen, part.category)}
            for part in found if part.series == ACTUAL]
    colour = alt.Color(field="colour", type="nominal", scale=None)
    height = row_height(pen.figure, pen.language)
    tick = alt.MarkDef(type="tick", thickness=4, size=height * TARGET_SHARE, color=pen.look.ink, opacity=1)
    targets = [part_row(pen, part) for part in found if part.series == TARGET]
    return [*bar_layers(pen, rows, colour, {"height": round(height * BAR_SHARE)}), zero(pen),
            pen.layer(targets, tick, x=pen.value("end")), *_statuses(pen), *_key(pen)]


def row_colour(pen: Pen, category: int) -> str:
    statuses = pen.figure.statuses
    return pen.look.roles[statuses[category].role] if statuses else pen.colours[ACTUAL]  # type: ignore[index]


def _statuses(pen: Pen) -> list[alt.Chart]:
    """Right of every row: the word with its sign, and under it actual and target; beside it where rows are low."""
    is_high = row_height(pen.figure, pen.language) >= ROW_OF_BULLET
    words = [status_text(pen.figure, i, pen.language) for i in range(len(pen.categories))]
    amounts = [bullet_amounts(pen.figure, i, pen.language, pen.money_unit) for i in range(len(pen.categories))]
    widest = max(map(width_em, words), default=0.0)
    has_words = bool(pen.figure.statuses)
    colours = [readable(row_colour(pen, i), pen.look) for i in range(len(words))]
    beside = round((widest + 1) * TEXT_SIZE) if has_words and not is_high else 0
    apart = 10 if is_high and has_words else 0
    return [*([_texts(pen, words, colours, -apart, 0, is_bold=True)] if has_words else []),
            _texts(pen, amounts, [pen.look.ink] * len(words), apart, beside)]


def _texts(pen: Pen, texts: list[str], colours: list[str], dy: int, dx: int, *, is_bold: bool = False) -> alt.Chart:
    rows = [{"i": i, "text": text, "colour": colour}
            for i, (text, colour) in enumerate(zip(texts, colours, strict=True))]
    mark = alt.MarkDef(type="text", align="left", baseline="middle", dx=RIGHT + dx, dy=dy, tooltip=None,
                       fontWeight=600 if is_bold else 400)
    return pen.layer(rows, mark, x=alt.XValue("width"), text=alt.Text(field="text", type="nominal"),
                     color=alt.Color(field="colour", type="nominal", scale=None))


def _key(pen: Pen) -> list[alt.Chart]:
    """What the bar is and what the line is, above the plot."""
    if len(pen.names) <= TARGET:
        return []
    first = pen.names[ACTUAL]
    texts = ((f"■ {first}", pen.colours[ACTUAL] if not pen.figure.statuses else pen.look.muted, 0.0),
             (f"┃ {pen.names[TARGET]}", pen.look.ink, (width_em(first) + 3) * TEXT_SIZE))
    return [drawn([{}], alt.MarkDef(type="text", text=text, align="left", baseline="middle", color=colour,
                                    tooltip=None), x=alt.XValue(round(at)), y=alt.YValue(KEY_AT))
            for text, colour, at in texts]
