"""What is too many to read becomes the largest nine and the others together."""

from __future__ import annotations

from dataclasses import replace

from cs_kpi.charts.figure import Figure, Series, Status
from cs_kpi.charts.geometry import valid
from cs_kpi.locale import Language, Message, _

MOST, KEPT = 30, 9
SUMMED = frozenset({"money", "count"})
"""Units in which the others add up; of shares and means only the largest can be shown."""
OTHERS, NOT_SHOWN = _("Others ({count})"), _("{count} more, not shown")


def largest(figure: Figure, language: Language, most: int = MOST) -> Figure:
    """The figure itself up to 30 categories; else its nine largest, in their order, and the others as one.

    Shares and means cannot be added up: the largest are left, and a last row without a value says how many more. Of a
    bullet the first rows are left, since its order says what matters.
    """
    count = len(figure.categories)
    if count <= most:
        return figure
    is_sum = figure.unit in SUMMED and figure.kind != "bullet"
    totals = [sum(abs(valid(series.values[i]) or 0.0) for series in figure.series) for i in range(count)]
    by_size = list(range(count)) if figure.kind == "bullet" else sorted(range(count), key=lambda i: -totals[i])
    kept = sorted(by_size[:KEPT if is_sum else most - 1])
    rest = [i for i in range(count) if i not in set(kept)]
    named = Message((OTHERS if is_sum else NOT_SHOWN).template, {"count": len(rest)}).text(language)
    return replace(figure, categories=(*(figure.categories[i] for i in kept), named),
                   series=tuple(_kept(series, kept, rest if is_sum else []) for series in figure.series),
                   roles=(*(figure.roles[i] for i in kept), "neutral") if figure.roles else (),
                   statuses=(*(figure.statuses[i] for i in kept), Status("")) if figure.statuses else (),
                   incomplete=frozenset(n for n, i in enumerate(kept) if i in figure.incomplete))


def _kept(series: Series, kept: list[int], rest: list[int]) -> Series:
    known = [value for value in (valid(series.values[i]) for i in rest) if value is not None]
    return replace(series, values=(*(series.values[i] for i in kept), sum(known) if known else None), low=None,
                   high=None)
