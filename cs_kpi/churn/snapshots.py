"""Who was a customer at a closing, and what then happened: the rows that a churn model learns from (handbook 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book, date_of, day_of, days
from cs_kpi.churn.closings import closing_days, months_from
from cs_kpi.churn.events import Floats, events
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.errors import DataError
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.periods import month_start

UNDATED = 0
"""The closing of a list without dates."""


@dataclass(frozen=True)
class Snapshots:
    """Customers at closings, by closing and customer.

    customer, closing : one entry a row: the customer's code, the day
    label : 1 where it happened within the horizon, 0 where it did not, NaN where the horizon is not complete
    known_on : the day from which the label of a row is known
    is_dated : False for a list without dates: one row per customer, nothing before or after
    """

    customer: Ints
    closing: Ints
    label: Floats
    known_on: Ints
    is_dated: bool = True

    def __len__(self) -> int:
        return len(self.customer)

    @cached_property
    def closings(self) -> list[int]:
        """The days, in order."""
        return [int(day) for day in np.unique(self.closing)]

    @cached_property
    def labelled(self) -> list[int]:
        """The days whose labels are known."""
        return [int(day) for day in np.unique(self.closing[~np.isnan(self.label)])]

    def rows_of(self, day: int) -> slice:
        return slice(*np.searchsorted(self.closing, [day, day + 1]))


def snapshots(book: Book, settings: ChurnSettings) -> Snapshots:
    """Every customer at every month's closing that the data completes.

    Raises DataError where the book has neither contracts with dates nor a flag of who left.
    """
    if book.snapshot is not None:
        return _list(book)
    last = book.as_of
    first = book.data_from or book.first_day
    if last is None or first is None or book.obstacle or not len(book.ledger.start):
        raise DataError(_obstacle(book))
    found = closing_days(month_start(first, -1) if book.data_from else first, last)
    if book.data_from:
        found = [day for day in found if day >= day_of(book.data_from) - 1]
    active = [np.flatnonzero(mrr > 0) for mrr in book.ledger.closings(found)]
    until = [months_from(day, settings.horizon_months) for day in found]
    happened = _OUTCOMES[settings.label](book, found, until)
    label = [np.where(is_known & (end <= day_of(last)), outcome[who], np.nan)
             for who, end, (outcome, is_known) in zip(active, until, happened, strict=True)]
    sizes = [len(who) for who in active]
    closing, known_on = (np.repeat(np.array(day, dtype=np.int64), sizes) for day in (found, until))
    return Snapshots(np.concatenate([*active, np.empty(0, dtype=np.int64)]), closing,
                     np.concatenate([*label, np.empty(0)]), known_on)


def customers_now(book: Book) -> tuple[Ints, int]:
    """The customers of today and the day: `as_of`; of a list without dates those who have not left."""
    if book.snapshot is not None:
        return np.flatnonzero(book.snapshot.is_there), UNDATED
    if book.as_of is None:
        raise DataError(_obstacle(book))
    day = day_of(book.as_of)
    return np.flatnonzero(next(iter(book.ledger.closings([day]))) > 0), day


def _obstacle(book: Book) -> Message:
    return book.obstacle or _(
        "Churn risk needs contracts with their start and end dates, or a list of customers that tells who has left. "
        "Load a file that has them, on the data page.")


def _list(book: Book) -> Snapshots:
    assert book.snapshot is not None
    who = np.flatnonzero(book.snapshot.was_there)
    day = np.full(len(who), UNDATED)
    return Snapshots(who, day, book.snapshot.event[who].astype(float), day, is_dated=False)


def _left(book: Book, closings: list[int], until: list[int]) -> list[tuple[Floats, bool]]:
    """Who had no MRR at some month's closing within the horizon: the churned customers of these months."""
    if not closings:
        return []
    days_after = [month for month in closing_days(date_of(closings[0]), date_of(until[-1])) if month > closings[0]]
    gone = {day: mrr <= 0 for day, mrr in zip(days_after, book.ledger.closings(days_after), strict=True)}
    found = []
    for closing, end in zip(closings, until, strict=True):
        months = [gone[day] for day in days_after if closing < day <= end]
        found.append((np.logical_or.reduce(months).astype(float), True))
    return found


def _cancelled(book: Book, closings: list[int], until: list[int]) -> list[tuple[Floats, bool]]:
    """Whose cancellation was recorded within the horizon; not known before the table begins."""
    if not book.has("cancellations.cancelled_on"):
        raise DataError(_("The label 'a cancellation was recorded' needs a table of cancellations with their dates. "
                          "Load one, or choose another label."))
    rows = book.tables["cancellations"]
    day = days(rows["cancelled_on"])
    known = day < NEVER
    recorded = events(book.codes(rows["customer_id"])[known], day[known], np.ones(known.sum()), None,
                      len(book.customer_ids))
    first = day_of(month_start(date_of(int(day.min())))) - 1
    return [((recorded.total(closing, end) > 0).astype(float), closing >= first)
            for closing, end in zip(closings, until, strict=True)]


def _ended(book: Book, closings: list[int], until: list[int]) -> list[tuple[Floats, bool]]:
    """Of whom a contract row ended within the horizon that nothing renewed, whatever else runs on."""
    ledger = book.ledger
    stops = (ledger.end < NEVER) & ~np.isin(np.arange(len(ledger.end)), _renewed(book)) & (ledger.mrr > 0)
    ended = events(ledger.customer[stops], ledger.end[stops], np.ones(stops.sum()), None, ledger.size)
    return [((ended.total(closing, end) > 0).astype(float), True) for closing, end in zip(closings, until, strict=True)]


def _renewed(book: Book) -> Ints:
    """Rows whose end a renewal bridges."""
    written = days(book.counted["end_date"]) if "end_date" in book.counted else book.ledger.end
    return np.flatnonzero(_bridged(book, written[:len(book.ledger.end)]))


def _bridged(book: Book, written: Ints) -> np.ndarray:
    """Rows that another one follows: bridging moves the end, or another row of the group begins on that very day."""
    ledger = book.ledger
    starts = np.unique(ledger.group * (NEVER + 1) + ledger.start)
    place = ledger.group * (NEVER + 1) + ledger.end
    at = np.minimum(np.searchsorted(starts, place), len(starts) - 1)
    return (ledger.end != written) | ((starts[at] == place) & (ledger.start < ledger.end))


_OUTCOMES = {"left": _left, "cancelled": _cancelled, "ended": _ended}
