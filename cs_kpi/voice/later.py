"""What became of those who answered: churn within some months after an answer, by what they had said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.kpi.behind import inside_of, moment_of
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import Ints
from cs_kpi.periods import month_start, period_of
from cs_kpi.voice.answers import GROUPS, Group, Survey, answers_of, groups

LAST_DAY = day_of(dt.date(9999, 12, 31))
"""Who has no end has one beyond every calendar."""


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


@dataclass(frozen=True, slots=True)
class _Followed:
    """The answers that count: their places, what became of the customers, and the first day without them."""

    place: Ints
    said: np.ndarray
    is_gone: np.ndarray
    left: Ints


def later_churn(book: Book, survey: Survey, months: int, segment: Segment | None = None) -> list[Outcome]:
    """The share of customers that left within so many months after an answer, by its group.

    Each customer counts once: with its first answer that was given while it was active and whose months are over by
    `as_of` (of several on that day the lowest), in the segment of that month. An early answer cannot know what a later
    one says.
    """
    found = _followed(book, survey, months, segment)
    return [_outcome(group, found.is_gone[found.said == group]) for group in GROUPS[survey]]


def followed(book: Book, survey: Survey, months: int, segment: Segment | None = None) -> pd.DataFrame:
    """The customers behind `later_churn`, by name: those who left first, then the lowest scores.

    returns : customer_id, customer_name, owner (where known), group, score, answered_on, left_on (NaT: still there at
        the end of the months)
    """
    found, log = _followed(book, survey, months, segment), answers_of(book, survey)
    customer = log.customer[found.place]
    frame = pd.DataFrame({
        "customer_id": book.customer_ids[customer],
        "customer_name": book.customers["customer_name"].to_numpy()[customer],
        "group": found.said, "score": log.score[found.place], "answered_on": _dated(log.day[found.place]),
        "left_on": pd.Series(_dated(found.left)).where(found.is_gone)})
    if "owner" in book.customers:
        frame["owner"] = book.customers["owner"].to_numpy()[customer]
    order = np.lexsort((frame["customer_name"].astype(str), log.share[found.place], ~found.is_gone))
    return frame.iloc[order].reset_index(drop=True)


def _dated(day: Ints) -> np.ndarray:
    return np.asarray(np.minimum(day, LAST_DAY).astype("datetime64[D]").astype("datetime64[s]"))


def _followed(book: Book, survey: Survey, months: int, segment: Segment | None) -> _Followed:
    log = answers_of(book, survey)
    if book.as_of is None or not len(log.day) or not book.has_contracts:
        none = np.zeros(0, dtype=np.int64)
        return _Followed(none, none.astype(str), none.astype(bool), none)
    until = _shifted(log.day, months)
    left = _ends(book, log.customer, log.day)
    usable = np.flatnonzero((until <= day_of(book.as_of)) & (left > log.day))
    order = usable[np.lexsort((log.share[usable], log.day[usable]))]
    _customer, first = np.unique(log.customer[order], return_index=True)
    place = order[first]
    place = place[_inside(book, log.customer[place], log.day[place], segment)]
    return _Followed(place, groups(log, survey)[place], left[place] <= until[place], left[place])


def _inside(book: Book, customer: Ints, day: Ints, segment: Segment | None) -> np.ndarray:
    """Whether each customer was in the segment in the month of a day."""
    if segment is None or not len(day):
        return np.ones(len(day), dtype=bool)
    month, place = np.unique(day.astype("datetime64[D]").astype("datetime64[M]"), return_inverse=True)
    inside = [inside_of(moment_of(book, period_of("month", one.astype("datetime64[D]").item()), segment), "movement",
                        segment) for one in month]
    return np.asarray(np.stack(inside)[place, customer])


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
