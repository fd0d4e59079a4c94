"""Cohorts: of customers that started together, how many are there and what they pay k months later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.measures.moments import coded
from cs_kpi.measures.segments import SegmentField, segment_field, starts
from cs_kpi.periods import month_start

MOST_MONTHS = 120
"""Months since the start that a grid shows at the most."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Cohorts:
    """A grid with one row per cohort and one column per month since the start.

    names : the cohorts in order; None is Not set and stands last
    size, start_mrr : customers of each cohort, and what they paid on their first day, in currency
    active, mrr : who is there, and what they pay, at the closing of the k-th month after the month of their start
    observed, observed_mrr : customers whose k-th month is over by `as_of`, and what these paid at their start
    left_out : customers that were there before the data begins, so that nobody knows since when
    """

    field: SegmentField
    names: tuple[str | None, ...]
    size: Ints
    start_mrr: Floats
    active: Ints
    mrr: Floats
    observed: Ints
    observed_mrr: Floats
    left_out: int

    @property
    def retention(self) -> Floats:
        """The share of the observed customers that is there; NaN where nobody is observed that long."""
        return _share(self.active, self.observed)

    @property
    def mrr_retention(self) -> Floats:
        """MRR as a share of what the observed customers paid at their start."""
        return _share(self.mrr, self.observed_mrr)

    def mean(self, of_mrr: bool = False) -> Floats:
        """The share of all cohorts together, for every month since the start."""
        if of_mrr:
            return _share(self.mrr.sum(axis=0), self.observed_mrr.sum(axis=0))
        return _share(self.active.sum(axis=0), self.observed.sum(axis=0))


def cohorts(book: Book, by: str = "start_month") -> Cohorts:
    """The cohorts of a book by start month, quarter or year, or by any field.

    by : id of a segment field; one that changes with the contract (plan, product) is taken on the first active day
    A cohort holds who first had MRR in it; who left and came back counts again while there. Customers that were there
    before the data begins are in none, unless `started_on` says since when; of these nothing is observed before the
    data begins.
    Raises DataError for an unknown field.
    """
    field = segment_field(book, by)
    start = book.start_day
    knows = np.flatnonzero(start < NEVER)
    code, names = coded(_values(book, field)) if len(book.customer_ids) else (np.array([], dtype=np.int64), ())
    row = np.where(code < 0, len(names), code)[knows]
    rows = len(names) + 1
    first = _month_of(start[knows])
    paid = _mrr_on_first_day(book)[knows]
    last_month = _last_whole_month(book)
    width = int(np.clip((last_month - first).max(initial=-1) + 1, 0, MOST_MONTHS))
    grid = {name: np.zeros((rows, width), dtype=np.int64) for name in ("active", "mrr", "observed", "observed_mrr")}
    earliest = max(int(first.min(initial=last_month + 1)), _first_known_month(book))
    for month, mrr in _closings(book, earliest, last_month):
        age = month - first
        seen = np.flatnonzero((age >= 0) & (age < width))
        place = (row[seen], age[seen])
        np.add.at(grid["observed"], place, 1)
        np.add.at(grid["observed_mrr"], place, paid[seen])
        np.add.at(grid["active"], place, mrr[knows[seen]] > 0)
        np.add.at(grid["mrr"], place, mrr[knows[seen]])
    size = np.bincount(row, minlength=rows)
    kept = np.flatnonzero(size)
    named: tuple[str | None, ...] = (*names, None)
    return Cohorts(field, tuple(named[place] for place in kept), size[kept],
                   np.bincount(row, paid, rows)[kept] / MICRO, grid["active"][kept], grid["mrr"][kept] / MICRO,
                   grid["observed"][kept], grid["observed_mrr"][kept] / MICRO,
                   int((book.ledger.first_active < NEVER).sum()) - len(knows))


def _share(part: np.ndarray, whole: np.ndarray) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def _values(book: Book, field: SegmentField) -> pd.Series:
    """What each customer is of a field; of a contract's field, on the first active day."""
    if field.source == "customers":
        return book.customers[field.column]
    if field.source == "subscriptions":
        return _on_first_day(book, field.column)
    return starts(book, field.column)


def _on_first_day(book: Book, column: str) -> pd.Series:
    """The value with the largest MRR on the first active day, ties by name (handbook 3)."""
    ledger, active = book.ledger, book.ledger.first_active
    first = active[ledger.customer]
    is_there = np.flatnonzero((ledger.start <= first) & (first < ledger.end))
    rows = pd.DataFrame({"customer": ledger.customer[is_there], "mrr": ledger.mrr[is_there],
                         "value": book.counted[column].iloc[is_there].to_numpy()})
    summed = rows.groupby(["customer", "value"], dropna=False, sort=False)["mrr"].sum().reset_index()
    ordered = summed.sort_values(["customer", "mrr", "value"], ascending=[True, False, True])
    leading = ordered.drop_duplicates("customer")
    return leading.set_index("customer")["value"].reindex(range(len(book.customer_ids)))


def _mrr_on_first_day(book: Book) -> Ints:
    ledger = book.ledger
    first = ledger.first_active[ledger.customer]
    is_there = (ledger.start <= first) & (first < ledger.end)
    total = np.zeros(ledger.size, dtype=np.int64)
    np.add.at(total, ledger.customer[is_there], ledger.mrr[is_there])
    return total


def _month_of(day: Ints) -> Ints:
    """Months since 1970-01."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _first_day(month: int) -> dt.date:
    return month_start(dt.date(1970, 1, 1), month)


def _last_whole_month(book: Book) -> int:
    """The last month that is over by `as_of`."""
    if book.as_of is None:
        return -1
    month = (book.as_of.year - 1970) * 12 + book.as_of.month - 1
    return month if _first_day(month + 1) - dt.timedelta(days=1) <= book.as_of else month - 1


def _first_known_month(book: Book) -> int:
    """The first month whose closing the data speaks of: that of the day before `data_from`."""
    if book.data_from is None:
        return 0
    opening = book.data_from - dt.timedelta(days=1)
    return (opening.year - 1970) * 12 + opening.month - 1


def _closings(book: Book, first: int, last: int) -> Iterator[tuple[int, Ints]]:
    """MRR of every customer at the closing of each month."""
    months = range(first, last + 1)
    days = [day_of(_first_day(month + 1)) - 1 for month in months]
    yield from zip(months, book.ledger.closings(days), strict=True)
