"""The vectors that measures are made of: MRR at a period's opening and closing, per customer and per contract field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.errors import DataError
from cs_kpi.ledger import Ints
from cs_kpi.locale import _
from cs_kpi.periods import Period

NOT_SET = -1
"""The code of a missing segment value, 未設定."""


@dataclass(frozen=True)
class Parts:
    """A contract field (product, plan, ...) as the pairs (customer, value) that occur.

    customer, value : of each pair, by customer and name, a missing value last; `value` indexes `names` (sorted) and is
        NOT_SET for a missing one
    of_row : the pair of each ledger row
    first : where it was asked for, the leading value of each customer on its first active day
    """

    customer: Ints
    value: Ints
    names: tuple[str, ...]
    of_row: Ints
    first: list[Ints] = field(default_factory=list, compare=False)

    def leading(self, mrr: Ints, size: int) -> Ints:
        """The value with the largest MRR of each customer, ties by name; NOT_SET for who has none (handbook 3)."""
        result = np.full(size, NOT_SET, dtype=np.int64)
        if not len(self.customer):
            return result
        is_first = np.append(True, self.customer[1:] != self.customer[:-1])
        largest = np.maximum.reduceat(mrr, np.flatnonzero(is_first))[np.cumsum(is_first) - 1]
        leads = np.flatnonzero((mrr == largest) & (mrr > 0))[::-1]
        result[self.customer[leads]] = self.value[leads]
        return result


def coded(values: pd.Series) -> tuple[Ints, tuple[str, ...]]:
    """The place of every value among the different ones in order, and their names; NOT_SET for a missing one.

    >>> coded(pd.Series([10.0, 9.0, None]))
    (array([ 1,  0, -1]), ('9', '10'))
    """
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    code, found = pd.factorize(values if is_number else values.astype("string"), sort=True)
    return code.astype(np.int64), tuple(f"{value:.15g}" if is_number else str(value) for value in found)


def parts(book: Book, column: str) -> Parts:
    """The pairs (customer, value of `column`) of a book's contracts."""
    return parts_of(book.ledger.customer, book.counted[column].iloc[:len(book.ledger.customer)])


def parts_of(customer: Ints, values: pd.Series) -> Parts:
    """The pairs of rows that are each of one customer and have one value."""
    value, names = coded(values)
    missing, width = len(names), len(names) + 1
    pair, of_row = np.unique(customer * width + np.where(value < 0, missing, value), return_inverse=True)
    found = pair % width
    return Parts(pair // width, np.where(found == missing, NOT_SET, found), names, of_row)


@dataclass(frozen=True)
class Split:
    """MRR per pair of a contract field at a period's opening and closing."""

    parts: Parts
    opening: Ints
    closing: Ints

    def only(self, who: Ints, size: int) -> Split:
        """The pairs of the customers `who`, which become customers 0, 1, ..."""
        place = np.full(size, -1, dtype=np.int64)
        place[who] = np.arange(len(who))
        kept = np.flatnonzero(place[self.parts.customer] >= 0)
        mine = replace(self.parts, customer=place[self.parts.customer[kept]], value=self.parts.value[kept],
                       first=[])
        return Split(mine, self.opening[kept], self.closing[kept])


@dataclass(frozen=True)
class Moment:
    """One period of a book, as vectors with one number per customer (money in 10^-6 units).

    splits : contract field -> its split, for the fields that were asked for
    who : which of the book's customers it is about; all, except in `changed`
    """

    book: Book
    period: Period
    opening: Ints
    closing: Ints
    splits: Mapping[str, Split]
    who: Ints | slice = field(default_factory=lambda: slice(None))

    @cached_property
    def changed(self) -> Moment:
        """The same period, of the customers alone who came, left, or have another MRR at the closing than at the
        opening."""
        who = np.flatnonzero((self.opening != self.closing) | (self.was_there != self.is_there))
        splits = {name: split.only(who, len(self.opening)) for name, split in self.splits.items()}
        return Moment(self.book, self.period, self.opening[who], self.closing[who], splits, who)

    @cached_property
    def days(self) -> tuple[int, int]:
        """Its first day and the last one that the data speaks of; the last is earlier where there is none."""
        return day_of(self.period.start), span(self.book, self.period)[1]

    @cached_property
    def was_there(self) -> np.ndarray:
        """Who was a customer at the opening: by MRR; without contracts by the first day, without dates by the list."""
        if self.book.snapshot is not None:
            return self.book.snapshot.was_there[self.who]
        return self._there(self.opening, span(self.book, self.period)[0])

    @cached_property
    def is_there(self) -> np.ndarray:
        """Who is a customer at the closing."""
        if self.book.snapshot is not None:
            return self.book.snapshot.is_there[self.who]
        return self._there(self.closing, span(self.book, self.period)[1])

    def _there(self, mrr: Ints, day: int) -> np.ndarray:
        return mrr > 0 if self.book.has_contracts else self.book.first_active[self.who] <= day

    @cached_property
    def started(self) -> np.ndarray:
        """Whose first active day lies in the period, as far as it is known."""
        first, last = self.days
        return (self.book.start_day[self.who] >= first) & (self.book.start_day[self.who] <= last)

    @cached_property
    def is_complete(self) -> bool:
        return self.book.is_snapshot or (self.book.as_of is not None and self.period.end <= self.book.as_of)

    @cached_property
    def opens_in_the_dark(self) -> bool:
        """Whether it opens before the first day that the data speaks of, so that nobody knows who was there."""
        return not self.book.is_snapshot and self.book.data_from is not None and self.period.start < self.book.data_from

    @cached_property
    def was_active_before(self) -> np.ndarray:
        """Who had MRR on some day up to the opening."""
        return self.book.ledger.first_active[self.who] <= day_of(self.period.opening)

    @cached_property
    def within_period(self) -> np.ndarray:
        """Who came and went inside the period, at neither closing (handbook 2)."""
        customer, begin, end = self.book.ledger.spells
        opening, closing = span(self.book, self.period)
        inside = np.zeros(self.book.ledger.size, dtype=bool)
        inside[customer[(begin > opening) & (end <= closing)]] = True
        return inside[self.who] & (self.opening == 0) & (self.closing == 0)


def span(book: Book, period: Period) -> tuple[int, int]:
    """The days whose closings open and close a period; both `as_of` at the latest, where the data ends."""
    last = book.as_of or period.end
    return day_of(min(period.opening, last)), day_of(min(period.end, last))


def moments(book: Book, wanted: Sequence[Period], fields: Iterable[str] = ()) -> Iterator[Moment]:
    """The moment of each period, in the order of closings.

    fields : contract fields (product, plan, ...) whose splits are wanted. A closing is forgotten once no later
        period needs it, so that 60 months cost two vectors and a trailing year thirteen.
    Raises DataError for a month of a list without dates, and for the snapshot of contracts with dates.
    """
    _check(book, wanted)
    if (flagged := book.snapshot) is not None:
        yield from (Moment(book, period, flagged.opening, flagged.closing, {}) for period in wanted)
        return
    ordered = sorted(wanted, key=lambda p: (p.end, p.start))
    spans = [span(book, period) for period in ordered]
    customers = _Closings(book.ledger.closings(_all_days(spans)), spans)
    found = {name: parts(book, name) for name in fields}
    splits = {name: _Closings(book.ledger.closings(_all_days(spans), p.of_row, len(p.customer)), spans)
              for name, p in found.items()}
    for period, (opening, closing) in zip(ordered, spans, strict=True):
        cut = {name: Split(found[name], held.at(opening), held.at(closing)) for name, held in splits.items()}
        yield Moment(book, period, customers.at(opening), customers.at(closing), cut)
        for closings in (customers, *splits.values()):
            closings.forget(opening, closing)


def _check(book: Book, wanted: Iterable[Period]) -> None:
    for period in wanted:
        if book.is_snapshot and period.kind != "snapshot":
            raise DataError(_("These customers have no dates, so there is no {period}. Their one period is called "
                              "'snapshot'.", period=period.id))
        if period.kind == "snapshot" and not book.is_snapshot:
            raise DataError(_("This data has dates, so it has no period 'snapshot'. Ask for a month, a quarter or a "
                              "year."))


def moment(book: Book, period: Period, fields: Iterable[str] = ()) -> Moment:
    return next(moments(book, [period], fields))


def _all_days(spans: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({day for opening_and_closing in spans for day in opening_and_closing})


class _Closings:
    """Closings by day, drawn from a sorted stream when first asked for and dropped after their last use."""

    def __init__(self, stream: Iterator[Ints], spans: list[tuple[int, int]]) -> None:
        self._stream = zip(_all_days(spans), stream, strict=True)
        self._held: dict[int, Ints] = {}
        self._uses = Counter(day for opening_and_closing in spans for day in opening_and_closing)

    def at(self, day: int) -> Ints:
        while day not in self._held:
            drawn, vector = next(self._stream)
            self._held[drawn] = vector
        return self._held[day]

    def forget(self, *days: int) -> None:
        self._uses.subtract(days)
        for day in set(days):
            if not self._uses[day]:
                del self._held[day]
