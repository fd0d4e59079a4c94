"""The contract engine: subscription rows as integer arrays, with renewals bridged, and MRR at any closing.

Days are days since 1970-01-01, money is an integer number of 10^-6 currency units, customers are integer codes.
A row is active at the closing of day d when start <= d < end (handbook 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cs_kpi.order import stable_order

MICRO = 1_000_000
NEVER = 10_000_000
"""The day of an end that is not there, later than any date."""
_SPAN = 1 << 25
"""Wider than any day, so that (group, day) fits one sortable integer."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ledger:
    """Rows that carry MRR, in any order.

    customer, start, end, mrr : one entry a row; `end` is NEVER where the contract runs on
    group : rows among which a renewal bridges (the customer, or customer and product)
    size : number of customers
    """

    customer: Ints
    start: Ints
    end: Ints
    mrr: Ints
    group: Ints
    size: int

    @cached_property
    def _events(self) -> tuple[Ints, Ints, Ints]:
        """Days in order, the row of each event, and the change of MRR that it brings."""
        ends = np.flatnonzero((self.end < NEVER) & (self.mrr != 0))
        starts = np.flatnonzero(self.mrr)
        day = np.concatenate([self.start[starts], self.end[ends]])
        row = np.concatenate([starts, ends])
        change = np.concatenate([self.mrr[starts], -self.mrr[ends]])
        order = stable_order(day)
        return day[order], row[order], change[order]

    def closings(self, days: Iterable[int], key: Ints | None = None, size: int | None = None) -> Iterator[Ints]:
        """MRR at the closing of each day (sorted), one vector per day over customers, or over `key` of each row.

        At least 0, also where credit notes exceed the contracts. One running sum is moved from closing to closing by
        the events between, never a customer x period table.
        """
        event_day, row, change = self._events
        of_row = self.customer if key is None else key
        running = np.zeros(self.size if size is None else size, dtype=np.int64)
        done = 0
        for day in days:
            until = int(np.searchsorted(event_day, day, side="right"))
            if until > done:
                np.add.at(running, of_row[row[done:until]], change[done:until])
                done = until
            yield np.maximum(running, 0)

    def overdrawn(self, day: int) -> int:
        """How many customers have credit notes above their contracts at the closing of a day."""
        if not (self.mrr < 0).any():
            return 0
        is_active = (self.start <= day) & (day < self.end)
        total = np.zeros(self.size, dtype=np.int64)
        np.add.at(total, self.customer[is_active], self.mrr[is_active])
        return int((total < 0).sum())

    def _levels(self, when: Ints) -> tuple[Ints, Ints, Ints]:
        """Customer, time and MRR (at least 0) after all events of that time, by customer and time.

        when : of each event, in the order of `_events`: its day, or its month
        """
        _day, row, change = self._events
        order = stable_order(self.customer[row])
        customer, when, change = self.customer[row][order], when[order], change[order]
        is_last = np.ones(len(customer), dtype=bool)
        is_last[:-1] = (customer[1:] != customer[:-1]) | (when[1:] != when[:-1])
        total = np.cumsum(change)[is_last]
        customer, when = customer[is_last], when[is_last]
        first = np.flatnonzero(_is_first(customer))
        before_customer = np.concatenate([[0], total])[first]
        return customer, when, np.maximum(total - np.repeat(before_customer, np.diff(np.append(first, len(total)))), 0)

    @cached_property
    def spells(self) -> tuple[Ints, Ints, Ints]:
        """Customer, first day and first day after each unbroken run of days with MRR > 0, by customer and day."""
        return _runs(*self._levels(self._events[0]))

    @cached_property
    def month_runs(self) -> tuple[Ints, Ints, Ints]:
        """Customer, first and first following month of each unbroken run of months that close with MRR > 0."""
        return _runs(*self._levels(months(self._events[0])))

    @cached_property
    def month_changes(self) -> tuple[Ints, Ints, Ints]:
        """Customer, month and change of MRR against the month before, at the closing of months, by month."""
        customer, month, level = self._levels(months(self._events[0]))
        change = np.where(_is_first(customer), level, level - np.append(0, level[:-1])[:len(level)])
        order = stable_order(month)
        return customer[order], month[order], change[order]

    @cached_property
    def first_active(self) -> Ints:
        """Day on which each customer first had MRR > 0; NEVER for those that never had."""
        first = np.full(self.size, NEVER, dtype=np.int64)
        customer, begin, _ = self.spells
        np.minimum.at(first, customer, begin)
        return first


def months(day: Ints) -> Ints:
    """The month of each day, as months since January 1970."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _is_first(customer: Ints) -> np.ndarray:
    """Whether each entry is the first of its customer."""
    result = np.ones(len(customer), dtype=bool)
    result[1:] = customer[1:] != customer[:-1]
    return result


def _runs(customer: Ints, when: Ints, level: Ints) -> tuple[Ints, Ints, Ints]:
    """Customer, first time and first time after each unbroken run of levels above 0."""
    is_on = level > 0
    was_on = np.append(False, is_on[:-1])[:len(is_on)] & ~_is_first(customer)
    begins = np.flatnonzero(is_on & ~was_on)
    stops = np.flatnonzero(~is_on & was_on)
    end = np.full(len(begins), NEVER, dtype=np.int64)
    following = np.searchsorted(stops, begins)
    has_stop = following < len(stops)
    stop = stops[following[has_stop]]
    same = customer[stop] == customer[begins[has_stop]]
    end[np.flatnonzero(has_stop)[same]] = when[stop[same]]
    return customer[begins], when[begins], end


def bridged_end(group: Ints, start: Ints, end: Ints, grace_days: int) -> Ints:
    """The end of each row once renewals are bridged (handbook 2).

    A row runs on to the first start of a row of its group that starts later than it, no earlier than its end and
    at most `grace_days` after it.

    >>> bridged_end(np.array([0, 0]), np.array([0, 31]), np.array([30, NEVER]), 1)
    array([      31, 10000000])
    """
    base = int(start.min(initial=0))
    key = np.sort(group * _SPAN + (start - base))
    has_end = np.flatnonzero(end < NEVER)
    offset = group[has_end] * _SPAN - base
    earliest = np.maximum(end[has_end], start[has_end] + 1)
    place = np.searchsorted(key, offset + earliest)
    found = key[np.minimum(place, len(key) - 1)]
    is_renewal = (place < len(key)) & (found <= offset + end[has_end] + grace_days)
    result = end.copy()
    result[has_end[is_renewal]] = (found - offset)[is_renewal]
    return result
