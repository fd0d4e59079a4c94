"""What one customer pays: MRR on any day, and what moved it from period to period (handbook 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.customer.rows import Rows
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.periods import Period, PeriodKind, periods

Movement = Literal["new", "reactivation", "expansion", "contraction", "churn"]
MOVEMENTS: tuple[Movement, ...] = ("new", "reactivation", "expansion", "contraction", "churn")
MOST_BARS = 48
"""More periods than these are drawn by quarters, then by years."""


@dataclass(frozen=True, slots=True)
class Step:
    """One period of a customer: MRR at its opening and closing in currency, and which movement that is; None: none."""

    period: Period
    opening: float
    closing: float
    movement: Movement | None
    is_complete: bool


def level(book: Book, code: int, days: Ints) -> Ints:
    """MRR of a customer at the closing of each day, in 10^-6 currency units; at least 0."""
    ledger, rows = book.ledger, book.once(Rows).contracts(code)
    start, end, mrr = ledger.start[rows], ledger.end[rows], ledger.mrr[rows]
    active = (start <= days[:, None]) & (days[:, None] < end)
    return np.maximum((active * mrr).sum(axis=1), 0)


def ever_before(book: Book, code: int, day: int) -> bool:
    """Whether the customer had MRR at the closing of some day up to this one."""
    return bool(book.ledger.first_active[code] <= day)


def steps(book: Book, code: int) -> list[Step]:
    """What a customer paid from its first period (or the first that the data speaks of) to the last of the data.

    By months; by quarters or years where that is long.
    """
    first = int(book.ledger.first_active[code]) if len(book.ledger.start) else NEVER
    if first == NEVER or book.as_of is None or first > day_of(book.as_of):
        return []
    begin = max(date_of(first), book.data_from or date_of(first))
    run = _run(book, begin, book.as_of)
    openings = level(book, code, np.array([day_of(one.opening) for one in run]))
    closings = level(book, code, np.array([day_of(min(one.end, book.as_of)) for one in run]))
    return [Step(one, int(o) / MICRO, int(c) / MICRO, _movement(int(o), int(c), first <= day_of(one.opening)),
                 one.end <= book.as_of) for one, o, c in zip(run, openings, closings, strict=True)]


def _run(book: Book, first: dt.date, last: dt.date) -> list[Period]:
    kinds: tuple[PeriodKind, ...] = ("month", "quarter", "year")
    for kind in kinds:
        found = periods(kind, first, last, book.settings.fiscal_year_start)
        if len(found) <= MOST_BARS:
            break
    return found


def _movement(opening: int, closing: int, was_there: bool) -> Movement | None:
    """Handbook 3, for one customer."""
    if opening == closing:
        return None
    if not opening:
        return "reactivation" if was_there else "new"
    if not closing:
        return "churn"
    return "expansion" if closing > opening else "contraction"


def changes(book: Book, code: int) -> list[tuple[dt.date, float, float, Movement]]:
    """Every day on which a customer's MRR changed, up to the end of the data: the day, MRR before and after."""
    if book.as_of is None or not len(book.ledger.start):
        return []
    rows, ledger = book.once(Rows).contracts(code), book.ledger
    moved = np.unique(np.concatenate([ledger.start[rows], ledger.end[rows]]))
    moved = moved[moved <= day_of(book.as_of)]
    before, after = level(book, code, moved - 1), level(book, code, moved)
    found = []
    for day, was, now in zip(moved.tolist(), before.tolist(), after.tolist(), strict=True):
        if movement := _movement(was, now, ever_before(book, code, day - 1)):
            found.append((date_of(day), was / MICRO, now / MICRO, movement))
    return found
