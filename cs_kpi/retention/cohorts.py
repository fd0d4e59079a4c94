"""Cohorts: of customers that started together, how many are there and what they pay k months later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from cs_kpi.book import FIRST_ROWS, Book, day_of, days
from cs_kpi.data_dates import DATED
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.ledger import months as months_of
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
    active, mrr : who is there, and what they pay, at the closing of the k-th month after the month of their start; of a
        book without contracts who used the service in that month, and no money
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


def cohorts(book: Book, by: str = "start_month", segment: Segment | None = None) -> Cohorts:
    """The cohorts of a book by start month, quarter or year, or by any field.

    by : id of a segment field; one that changes with the contract (plan, product) is taken on the first active day
    segment : of those alone who were in it on their first active day
    A cohort holds who first had MRR in it; who left and came back counts again while there. Customers that were there
    before the data begins are in none, unless `started_on` says since when; of these nothing is observed before the
    data begins. A start after `as_of` is a plan and in none. Without contracts a customer starts with its signup or
    first row, and is there in the months in which it has use (handbook 8).
    Raises DataError for an unknown field.
    """
    field = segment_field(book, by)
    code, names = _places(book, field)
    inside = is_inside(book, segment)
    start = book.start_day
    knows = np.flatnonzero((start <= _last_day(book)) & inside)
    row = np.where(code < 0, len(names), code)[knows]
    rows = len(names) + 1
    grid = _grid(book, knows, row, rows)
    size = np.bincount(row, minlength=rows)
    kept = np.flatnonzero(size)
    named: tuple[str | None, ...] = (*names, None)
    paid = np.bincount(row, _mrr_on_first_day(book)[knows], rows)
    left_out = (book.first_active <= _last_day(book)) & (start == NEVER) & inside
    return Cohorts(field, tuple(named[place] for place in kept), size[kept], paid[kept] / MICRO, grid["active"][kept],
                   grid["mrr"][kept] / MICRO, grid["observed"][kept], grid["observed_mrr"][kept] / MICRO,
                   int(left_out.sum()))


def _grid(book: Book, knows: Ints, row: Ints, rows: int) -> dict[str, Ints]:
    """Customers and money of every row and month since the start, in 10^-6 currency."""
    first, paid = months_of(book.start_day[knows]), _mrr_on_first_day(book)[knows]
    last_month = _last_whole_month(book)
    width = int(np.clip((last_month - first).max(initial=-1) + 1, 0, MOST_MONTHS))
    grid = {name: np.zeros((rows, width), dtype=np.int64) for name in ("active", "mrr", "observed", "observed_mrr")}
    earliest = max(int(first.min(initial=last_month + 1)), _first_known_month(book))
    for month, is_there, mrr in _closings(book, earliest, last_month):
        age = month - first
        seen = np.flatnonzero((age >= 0) & (age < width))
        place = (row[seen], age[seen])
        np.add.at(grid["observed"], place, 1)
        np.add.at(grid["observed_mrr"], place, paid[seen])
        np.add.at(grid["active"], place, is_there[knows[seen]])
        np.add.at(grid["mrr"], place, mrr[knows[seen]])
    return grid


def members(book: Book, by: str, name: str | None, segment: Segment | None = None) -> Ints:
    """The codes of the customers of one cohort, as `cohorts` forms it."""
    code, names = _places(book, segment_field(book, by))
    wanted = names.index(name) if name in names else -1
    is_in = (code == wanted) & (book.start_day <= _last_day(book)) & is_inside(book, segment)
    return np.flatnonzero(is_in) if name in (None, *names) else np.array([], dtype=np.int64)


def _places(book: Book, field: SegmentField) -> tuple[Ints, tuple[str, ...]]:
    """Which value of a field each customer has, by its place among their names; -1 for none."""
    if not len(book.customer_ids):
        return np.array([], dtype=np.int64), ()
    return coded(at_start(book, field))


def is_inside(book: Book, segment: Segment | None) -> np.ndarray:
    """Who was in a segment on the first active day; of a book without dates, who is in it."""
    if segment is None:
        return np.ones(len(book.customer_ids), dtype=bool)
    code, names = _places(book, segment_field(book, segment.field))
    if segment.value not in (None, *names):
        return np.zeros(len(code), dtype=bool)
    return code == (-1 if segment.value is None else names.index(segment.value))


def _share(part: np.ndarray, whole: np.ndarray) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def at_start(book: Book, field: SegmentField) -> pd.Series:
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


def _last_day(book: Book) -> int:
    """`as_of`; later than it nothing is known."""
    return NEVER - 1 if book.as_of is None else day_of(book.as_of)


def _closings(book: Book, first: int, last: int) -> Iterator[tuple[int, np.ndarray, Ints]]:
    """Month, who is there and MRR of every customer, at the closing of each month; of use, whoever had some in it."""
    months = range(first, last + 1)
    if not book.has_contracts:
        nothing = np.zeros(len(book.customer_ids), dtype=np.int64)
        yield from ((month, is_there, nothing) for month, is_there in zip(months, _use(book, months), strict=True))
        return
    closing_days = [day_of(_first_day(month + 1)) - 1 for month in months]
    for month, mrr in zip(months, book.ledger.closings(closing_days), strict=True):
        yield month, mrr > 0, mrr


def _use(book: Book, months: range) -> Iterator[np.ndarray]:
    """Who used the service in each month; where use is not told, who has a milestone or an answer in it."""
    tables = ["usage"] if book.has("usage.date") else [name for name in FIRST_ROWS if book.has(f"{name}.{DATED[name]}")]
    code = np.concatenate([book.codes(book.tables[name]["customer_id"]) for name in tables])
    day = np.concatenate([days(book.tables[name][DATED[name]]) for name in tables])
    known = np.flatnonzero((day < NEVER) & (code >= 0))
    month, code = months_of(day[known]), code[known]
    order = np.argsort(month, kind="stable")
    month, code = month[order], code[order]
    for one in months:
        low, high = np.searchsorted(month, [one, one + 1])
        is_there = np.zeros(len(book.customer_ids), dtype=bool)
        is_there[code[low:high]] = True
        yield is_there
