"""Dated rows of one table (use, contacts, answers) as sorted arrays: counts, sums and last values up to any day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cs_kpi.ledger import Ints
from cs_kpi.order import stable_order

Floats = npt.NDArray[np.floating[Any]]
SPAN = 1 << 25
"""Wider than any day, so that (customer, day) fits one sortable integer."""


@dataclass(frozen=True)
class Events:
    """Rows by customer and day.

    customer, day : of each row, sorted
    value : what a row counts or says
    kind : a code per row (which feature, which user), where rows are told apart; else all 0
    size : number of customers
    """

    customer: Ints
    day: Ints
    value: Floats
    kind: Ints
    size: int

    @cached_property
    def _key(self) -> Ints:
        return self.customer * SPAN + self.day

    @cached_property
    def _sum(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(self.value)])

    @cached_property
    def _by_day(self) -> tuple[Ints, Ints]:
        order = stable_order(self.day)
        return order, self.day[order]

    def upto(self, day: int) -> Ints:
        """The place behind each customer's last row of `day` or earlier."""
        if day not in self._places:
            self._places[day] = np.searchsorted(self._key, np.arange(self.size) * SPAN + day, side="right")
        return self._places[day]

    @cached_property
    def _places(self) -> dict[int, Ints]:
        """By day: every feature of a closing asks again, and so does the closing a month later."""
        return {}

    @cached_property
    def _begin(self) -> Ints:
        return np.searchsorted(self.customer, np.arange(self.size), side="left")

    def total(self, after: int, day: int) -> Floats:
        """Sum of each customer's values on the days behind `after`, up to `day`."""
        return self._sum[self.upto(day)] - self._sum[self.upto(after)]

    def last_day(self, day: int) -> Floats:
        """Day of each customer's last row of `day` or earlier; NaN without one."""
        place, begin = self.upto(day), self._begin
        return np.where(place > begin, self._of_last(self.day.astype(float), place), np.nan)

    def last_value(self, day: int) -> Floats:
        """What that row says."""
        place = self.upto(day)
        return np.where(place > self._begin, self._of_last(self.value, place), np.nan)

    def _of_last(self, values: Floats, place: Ints) -> Floats:
        return values[np.maximum(place - 1, 0)] if len(values) else np.full(self.size, np.nan)

    def different(self, after: int, day: int) -> Floats:
        """How many different kinds each customer has on the days behind `after`, up to `day`; kind -1 is none."""
        order, days = self._by_day
        rows = order[slice(*np.searchsorted(days, [after, day], side="right"))]
        rows = rows[self.kind[rows] >= 0]
        kinds = self._kinds
        pairs = np.sort(self.customer[rows] * kinds + self.kind[rows])
        is_first = np.append(True, pairs[1:] != pairs[:-1])[:len(pairs)]
        return np.bincount(pairs[is_first] // kinds, minlength=self.size).astype(float)

    @cached_property
    def _kinds(self) -> int:
        return int(self.kind.max(initial=0)) + 1

    @cached_property
    def first(self) -> int | None:
        """The first day of the table."""
        return int(self.day.min()) if len(self.day) else None

    def begins_by(self, day: int) -> bool:
        """Whether the table speaks of `day` already."""
        return self.first is not None and self.first <= day

    def speaks(self, after: int, day: int) -> bool:
        """Whether the table covers the days behind `after` up to `day`: it begins by then, and has a row there.

        Otherwise nothing is known of them, which is not the same as no use.
        """
        inside = np.diff(np.searchsorted(self._by_day[1], [after, day], side="right"))[0]
        return self.begins_by(after + 1) and bool(inside)


def events(customer: Ints, day: Ints, value: Floats, kind: Ints | None, size: int, *, lowest_last: bool = False
           ) -> Events:
    """Rows in any order, those without a customer or a value left out.

    lowest_last : of one day the lowest value counts as the last one (handbook 4, NPS)
    """
    kinds = np.broadcast_to(np.int64(0), len(day)) if kind is None else kind
    kept = (customer >= 0) & ~np.isnan(value)
    if not kept.all():
        customer, day, value, kinds = customer[kept], day[kept], value[kept], kinds[kept]
    key = customer * SPAN + day
    order = stable_order(key)
    if lowest_last:
        order = _lowest_last(order, key, value)
    return Events(customer[order], day[order], value[order], kinds if kind is None else kinds[order], size)


def _lowest_last(order: Ints, key: Ints, value: Floats) -> Ints:
    """The order with equal keys by falling value."""
    is_same = np.append(False, key[order][1:] == key[order][:-1])[:len(order)]
    tied = np.flatnonzero(is_same | np.append(is_same[1:], False)[:len(order)])
    rows, found = order[tied], order.copy()
    found[tied] = rows[np.lexsort((-value[rows], key[rows]))]
    return found
