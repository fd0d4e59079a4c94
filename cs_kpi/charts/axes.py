"""The two axes as Altair encodings: as many upright category labels as fit the width there is, units on the values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.layout import ROW_NAME_EM, has_broken_names
from cs_kpi.charts.scale import Axis, tick_labels, x_axis, x_title, x_unit
from cs_kpi.charts.theme import TEXT_SIZE
from cs_kpi.charts.words import INCOMPLETE, category_names, cut, marked_names, outer_inner, plain, width_em, wrapped
from cs_kpi.locale import Language
from cs_kpi.settings import MoneyUnit

Label = str | list[str]
LabelSet = tuple[float, list[Label]]  # the width of the plot in em that it needs, and one label per category
MONTH_STEPS, QUARTER_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240), (1, 2, 4, 8, 12, 20, 40, 80)
SLOTS_EM = (14.0, 10.0, 7.5, 5.5)  # widths that the name of an item may take, widest first
LABEL_GAP_EM = 0.9
BLANK = "\u200b"  # a blank line: spaces are trimmed away when a chart is drawn, and the lines after them move up
ITEM_LINES = 2
STEP_EM, STEP_LINES = 4.4, 3  # of a waterfall, whose steps say nothing without their names
ROW_NAME_LIMIT = "containerSize()[0] > 0 ? min(300, containerSize()[0] * 0.38) : 300"  # px


def category_axis(figure: Figure, language: Language) -> alt.X:
    """Categories by position; which labels stand there is decided by the plot's width when it is drawn."""
    is_above = figure.kind == "heatmap"  # where a table has its heads
    title = plain(figure.category_title, language) if figure.category_title else None
    sets = label_sets(figure, language)
    lines = max((len(label) for _needed, labels in sets for label in labels if isinstance(label, list)), default=1)
    if is_above:
        sets = [(needed, [_standing(label, lines) for label in labels]) for needed, labels in sets]
    return alt.X(field="i", type="ordinal", title=title, sort=None,
                 scale=alt.Scale(domain=list(range(len(figure.categories))), paddingInner=0, paddingOuter=0),
                 axis=alt.Axis(labelExpr=label_expression(sets), labelAngle=0, labelOverlap=False,
                               orient="top" if is_above else "bottom", titlePadding=8, domain=not is_above,
                               labelPadding=8 + (lines - 1) * (TEXT_SIZE + 4) * is_above, ticks=False, grid=False,
                               labelLimit=1000, labelLineHeight=TEXT_SIZE + 4))


def _standing(label: Label, lines: int) -> Label:
    r"""The name nearest to the plot, year and word over it: lines above a plot run down towards it.

    >>> _standing(["4月", "2024年", BLANK], 3)
    ['\u200b', '2024年', '4月']
    """
    if not isinstance(label, list):
        return label
    said = label[:max((place + 1 for place, line in enumerate(label) if line != BLANK), default=0)]
    return [*[BLANK] * (lines - len(said)), *reversed(said)]


def label_expression(sets: Sequence[LabelSet]) -> str:
    """A Vega expression: the widest set of labels that fits. The names stand in it as JSON strings, never as code."""
    choice = "".join(f"width >= {round(needed_em * TEXT_SIZE)} ? {n} : " for n, (needed_em, _) in enumerate(sets[:-1]))
    return f"{json.dumps([labels for _, labels in sets])}[{choice}{len(sets) - 1}][datum.value]"


def label_sets(figure: Figure, language: Language) -> list[LabelSet]:
    """Sets of labels, each with the plot width in em that it needs; the last one is for anything narrower."""
    names = category_names(figure, language)
    pairs = outer_inner(names)
    sets = _period_sets(pairs, figure, language) if pairs else _item_sets(names, figure, language)
    lines = max((len(label) for _needed, labels in sets for label in labels), default=1)
    return [(needed, _as_high(labels, lines)) for needed, labels in sets] or [(0.0, [""] * len(names))]


def _as_high(labels: list[Label], lines: int) -> list[Label]:
    """One label filled up with blank lines: the axis keeps its height when the chart's width picks another set."""
    first = next((i for i, label in enumerate(labels) if label), None)
    return [[*label, *[BLANK] * (lines - len(label))] if i == first and isinstance(label, list) else label
            for i, label in enumerate(labels)]


def _period_sets(pairs: Sequence[tuple[str, str]], figure: Figure, language: Language) -> list[LabelSet]:
    first_turn = next((i for i in range(1, len(pairs)) if pairs[i][0] != pairs[i - 1][0]), 0)
    slot_em = max(width_em(part) for pair in pairs for part in pair) + LABEL_GAP_EM
    per_year = max(Counter(outer for outer, _ in pairs).values())
    steps = QUARTER_STEPS if per_year <= 4 else MONTH_STEPS

    def label(i: int, before: int | None) -> list[str]:
        is_same_year = before is not None and pairs[before][0] == pairs[i][0]
        return [pairs[i][1], "" if is_same_year else pairs[i][0]]

    return [(len(pairs) / step * slot_em, _thinned(figure, language, step, first_turn % step, slot_em, label))
            for step in steps if step == 1 or step <= len(pairs)]


def _item_sets(names: Sequence[str], figure: Figure, language: Language) -> list[LabelSet]:
    def named(limit_em: float, most: int = ITEM_LINES) -> Callable[[int, int | None], list[str]]:
        def label(i: int, before: int | None) -> list[str]:
            lines = wrapped(names[i], limit_em)
            rest = lines[most - 1:]
            last = cut(rest[0] + "…", limit_em) if len(rest) > 1 else cut(rest[0], limit_em) if rest else None
            return [cut(line, limit_em) for line in lines[:most - 1]] + ([last] if last is not None else [])
        return label

    longest = max(map(width_em, names), default=0.0)
    words = max((width_em(word) for name in names for word in name.split()), default=0.0)
    slots = [max(min(longest, SLOTS_EM[0]), 1.0)]
    slots += sorted({slot for slot in (*SLOTS_EM[1:], words) if SLOTS_EM[-1] <= slot < slots[0]}, reverse=True)
    wide = [(len(names) * (slot + LABEL_GAP_EM), _thinned(figure, language, 1, 0, slot, named(slot))) for slot in slots]
    if figure.kind == "waterfall" and slots[-1] > STEP_EM:
        wide.append((len(names) * (STEP_EM + LABEL_GAP_EM),
                     _thinned(figure, language, 1, 0, STEP_EM, named(STEP_EM, STEP_LINES))))
    slot, label = slots[-1], named(slots[-1])
    return wide + [(len(names) / step * (slot + LABEL_GAP_EM), _thinned(figure, language, step, 0, slot, label))
                   for step in MONTH_STEPS[1:] if step <= len(names)]


def _thinned(figure: Figure, language: Language, step: int, offset: int, slot_em: float,
             label: Callable[[int, int | None], list[str]]) -> list[Label]:
    """Every `step`-th label, and always the last one where it is not complete, whose neighbours then give way. The
    word stands on a line of its own under them, as often as it fits there."""
    count = len(figure.categories)
    fixed = {count - 1} & figure.incomplete
    kept = sorted(fixed | {i for i in range(count) if i % step == offset
                           and all(i == m or m - i >= step for m in fixed)})
    lines = {i: [line for line in label(i, before) if line] for before, i in zip([None, *kept], kept, strict=False)}
    marked = _with_room(sorted(figure.incomplete & set(kept), reverse=True), language, slot_em / step)
    under = max(map(len, lines.values()), default=0)
    labels: list[Label] = [""] * count
    for i, said in lines.items():
        labels[i] = [*said, *[BLANK] * (under - len(said)), INCOMPLETE.text(language)] if i in marked else said
    return labels


def _with_room(places: Sequence[int], language: Language, em: float) -> set[int]:
    """Those of `places`, from the right, at which the word stands without touching the next one. em : of a category"""
    kept: list[int] = []
    needed = width_em(INCOMPLETE.text(language)) + LABEL_GAP_EM
    for place in places:
        if not kept or (kept[-1] - place) * em >= needed:
            kept.append(place)
    return set(kept)


def value_encoding(axis: Axis, labels: list[str], title: str, field: str, *, is_level: bool = False) -> alt.X | alt.Y:
    """Values on the fixed axis: upright, its unit level above the labels, or level under the rows."""
    scale = alt.Scale(domain=[axis.low, axis.high], nice=False, zero=False)
    shown: dict[str, Any] = {"values": axis.ticks, "labelExpr": tick_expression(axis, labels), "labelOverlap": False,
                             "title": title or None, "ticks": False, "domain": False, "labelPadding": 8}
    if is_level:
        return alt.X(field=field, type="quantitative", scale=scale, axis=alt.Axis(**shown | {"labelOverlap": True}))
    return alt.Y(field=field, type="quantitative", scale=scale, axis=alt.Axis(
        **shown, titleAngle=0, titleAlign="left", titleAnchor="end", titleBaseline="bottom", titleY=-12,
        titleX=-round(max(map(width_em, labels), default=0) * TEXT_SIZE) - 8))


def tick_expression(axis: Axis, labels: list[str]) -> str:
    """A Vega expression: the label of every tick, as a JSON string."""
    return f"{json.dumps(labels)}[indexof({json.dumps(axis.ticks)}, datum.value)]"


def row_axis(figure: Figure, language: Language) -> alt.Y:
    """Categories under one another, the first on top; their names in up to two lines."""
    names = marked_names(figure, language)
    broken = has_broken_names(figure, language)
    return name_axis([two_lines(name, ROW_NAME_EM) if broken else [name] for name in names], field="i")


def name_axis(labels: Sequence[Label], field: str, *, step: int = 1) -> alt.Y:
    """Rows by position with a label each, or at every `step`-th; cut at what a narrow container leaves."""
    shown = [label if i % step == 0 else "" for i, label in enumerate(labels)]
    upwards = [-(TEXT_SIZE + 4) / 2 * (len(label) - 1) if isinstance(label, list) else 0.0 for label in shown]
    return alt.Y(field=field, type="ordinal", title=None, sort=None,
                 scale=alt.Scale(domain=list(range(len(labels))), paddingInner=0, paddingOuter=0),
                 axis=alt.Axis(labelExpr=f"{json.dumps(shown)}[datum.value]", labelOverlap=False, ticks=False,
                               grid=False, labelPadding=8, labelLineHeight=TEXT_SIZE + 4, domain=False,
                               labelOffset=alt.ExprRef(f"{json.dumps(upwards)}[datum.value]"),
                               labelLimit=alt.ExprRef(ROW_NAME_LIMIT)))


def two_lines(name: str, limit_em: float) -> list[str]:
    """The name broken once at most, its second line cut.

    >>> two_lines("機能が足りない", 4), two_lines("short", 4)
    (['機能が足', 'りない'], ['short'])
    """
    lines = wrapped(name, limit_em)
    rest = lines[1:2] if len(lines) <= 2 else [cut(lines[1] + "…" * (width_em(lines[1]) + 1 <= limit_em), limit_em)]
    return [cut(lines[0], limit_em), *rest]


def measured_axis(figure: Figure, language: Language, money_unit: MoneyUnit) -> alt.X:
    """The numeric x axis of a figure, with its name under it."""
    axis = x_axis(figure)
    labels = tick_labels(axis, x_unit(figure), language, money_unit)
    return alt.X(field="x", type="quantitative", scale=alt.Scale(domain=[axis.low, axis.high], nice=False, zero=False),
                 axis=alt.Axis(values=axis.ticks, labelExpr=tick_expression(axis, labels), labelOverlap=True,
                               title=x_title(figure, language, money_unit) or None, ticks=False,
                               grid=figure.kind == "scatter",
                               labelPadding=8, titlePadding=10))
