"""What became of those who answered: churn within some months after an answer, by what they had said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.kpi.intervals import wilson
from cs_kpi.ledger import Ints
from cs_kpi.periods import month_start
from cs_kpi.voice.answers import GROUPS, Group, Survey, answers_of, groups


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of `n` customers who had said so, how many left within the months; `low`, `high`: 95 % (Wilson)."""

    group: Group
    left: int
    n: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        return self.left / self.n if self.n else None


def later_churn(book: Book, survey: Survey, months: int) -> list[Outcome]:
    """The share of customers that left within so many months after an answer, by its group.

    Each customer counts once: with its first answer that was given while it was active and whose months are over by
    `as_of` (of several on that day the lowest). An early answer cannot know what a later one says.
    """
    found = answers_of(book, survey)
    if book.as_of is None or not len(found.day) or not book.has_contracts:
        return [Outcome(group, 0, 0, None, None) for group in GROUPS[survey]]
    until = _shifted(found.day, months)
    left = _ends(book, found.customer, found.day)
    usable = np.flatnonzero((until <= day_of(book.as_of)) & (left > found.day))
    order = usable[np.lexsort((found.share[usable], found.day[usable]))]
    _customer, first = np.unique(found.customer[order], return_index=True)
    chosen = order[first]
    said, is_gone = groups(found, survey)[chosen], left[chosen] <= until[chosen]
    return [_outcome(group, is_gone[said == group]) for group in GROUPS[survey]]


def _outcome(group: Group, is_gone: np.ndarray) -> Outcome:
    n, left = len(is_gone), int(is_gone.sum())
    low, high = wilson(left, n) if n else (None, None)
    return Outcome(group, left, n, low, high)


def _shifted(day: Ints, months: int) -> Ints:
    """The same day so many months later, at the latest the last of that month."""
    different, place = np.unique(day, return_inverse=True)
    later = np.array([day_of(_later(date_of(int(one)), months)) for one in different], dtype=np.int64)
    return later[place]


def _later(day: dt.date, months: int) -> dt.date:
    first = month_start(day, months)
    last = (month_start(first, 1) - dt.timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def _ends(book: Book, customer: Ints, day: Ints) -> Ints:
    """The first day after `day` on which the customer is not active; `day` itself where it was not active then."""
    of_customer, begin, end = book.ledger.spells
    span = np.int64(1) << 25
    key = of_customer * span + begin
    place = np.searchsorted(key, customer * span + day, side="right") - 1
    place = np.maximum(place, 0)
    if not len(key):
        return day
    is_inside = (of_customer[place] == customer) & (begin[place] <= day) & (day < end[place])
    return np.where(is_inside, end[place], day)
