"""One KPI in one period, side by side for the segments of a field."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.charts.revenue import footnote
from cs_kpi.kpi.estimates import is_share
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.readings import Reading, readings, segment_name
from cs_kpi.kpi.registry import Kpi, chosen
from cs_kpi.locale import Language, Message, _
from cs_kpi.measures.segments import DERIVED, STARTS, segment_field
from cs_kpi.periods import Period

MOST_SEGMENTS = 10
"""More are shown as the largest nine and the others together."""
OTHERS = _("Others")

Item = tuple[str | Message, float | None, float | None, float | None]


def by_segment(book: Book, kpi_id: str, period: Period, by: str, language: Language) -> Figure:
    """A bar per segment with its 95 % interval: the highest first, or in the order that the values have; Not set last.

    Raises DataError for an unknown field.
    """
    kpi, field = chosen(kpi_id, book.settings), segment_field(book, by)
    found = [one for one in readings(book, [period], [kpi_id], by) if one.segment and one.value is not None]
    kept, rest = _largest(found)
    if not _has_order(book, by):
        kept = sorted(kept, key=lambda one: (one.segment is None or one.segment.value is None, -(one.value or 0.0)))
    items = [(segment_name(one.segment), one.value, one.low, one.high) for one in kept if one.segment]
    items += [_others(kpi, rest)] if rest else []
    names, values, lows, highs = zip(*items, strict=True) if items else ((), (), (), ())
    role: Role = "churn" if kpi.better == "down" else "accent"
    title = _("{title} by {field}, {period}", title=kpi.label, field=field.label, period=period.label(language))
    return Figure(f"{kpi_id}-by-segment", "grouped_bars", title,
                  tuple(name.text(language) if isinstance(name, Message) else name for name in names),
                  (Series(kpi.label, values, role, lows, highs),), kpi.unit,
                  footnote(book, readings(book, [period], [kpi_id]), [kpi_id]), None, period.label(language),
                  book.currency, category_title=field.label)


def _largest(found: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """The segments to show, in their own order, and the smaller ones."""
    if len(found) <= MOST_SEGMENTS:
        return list(found), []
    largest = sorted(found, key=lambda one: -one.n)[:MOST_SEGMENTS - 1]
    return [one for one in found if one in largest], [one for one in found if one not in largest]


def _has_order(book: Book, by: str) -> bool:
    """Whether the values of a field follow each other: bands, starts, numbers."""
    column = book.customers.get(by)
    return by in DERIVED or by in STARTS or (column is not None and column.dtype.kind in "iuf")


def _others(kpi: Kpi, rest: Sequence[Reading]) -> Item:
    """The smaller segments together, where their sums make a value; an interval only where shares give one."""
    top = sum(one.numerator or 0.0 for one in rest)
    if not kpi.is_rate:
        return OTHERS, top, None, None
    whole = sum(one.denominator or 0.0 for one in rest)
    if not whole or kpi.method not in ("ratio", "points"):
        return OTHERS, None, None, None
    low, high = wilson(round(top), round(whole)) if is_share(kpi) else (None, None)
    return OTHERS, top / whole * (100 if kpi.method == "points" else 1), low, high
