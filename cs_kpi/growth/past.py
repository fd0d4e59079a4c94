"""Every customer at every past closing: the signs it showed then, and what more it bought within three months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Floats
from cs_kpi.growth.closing import closing, judged_days
from cs_kpi.growth.signs import Sign, pattern, signs
from cs_kpi.growth_rules import HORIZON_MONTHS
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.measures.moments import Moment, Split, parts
from cs_kpi.measures.movements import upsell
from cs_kpi.periods import period_of


@dataclass(frozen=True, eq=False)
class Past:
    """Customers at closings, by closing and customer.

    signs : those that the book can tell, which the bits of `pattern` stand for
    days : the closings; place : of each row the place of its closing among them
    mrr : paid then, in currency
    rise : what more of what they had customers bought within three months, in currency; 0 for nothing
    """

    book: Book
    signs: tuple[Sign, ...]
    days: tuple[int, ...]
    customer: Ints
    place: Ints
    pattern: Ints
    mrr: Floats
    rise: Floats

    @cached_property
    def label(self) -> np.ndarray:
        """Whether the customer bought more."""
        return self.rise > 0

    def known_by(self, day: int) -> int:
        """How many closings there are whose outcome was known on a day."""
        return sum(months_from(one, HORIZON_MONTHS) <= day for one in self.days)

    @cached_property
    def is_apart(self) -> np.ndarray:
        """Rows of closings three months apart, counted back from the last, so that each expansion is there once."""
        return (len(self.days) - 1 - self.place) % HORIZON_MONTHS == 0


def past(book: Book) -> Past:
    """The last 24 closings at most whose three months are over."""
    days, known = judged_days(book), signs(book)
    rows: list[tuple[np.ndarray, ...]] = []
    for place, (day, (opening, rise)) in enumerate(zip(days, outcomes(book, days), strict=True)):
        at, who = closing(book, day), np.flatnonzero(opening > 0)
        rows.append((who, np.full(len(who), place), pattern(at, known)[who], opening[who], rise[who]))
    if not rows:
        rows = [tuple(np.zeros(0, dtype=kind) for kind in (int, int, int, float, float))]
    return Past(book, known, tuple(days), *(np.concatenate(part) for part in zip(*rows, strict=True)))


def outcomes(book: Book, days: list[int]) -> Iterator[tuple[Floats, Floats]]:
    """MRR of every customer at each closing, and its upsell of the three months after it (handbook 3), in currency."""
    until = [months_from(day, HORIZON_MONTHS) for day in days]
    both = sorted({*days, *until})
    whole = dict(zip(both, book.ledger.closings(both), strict=True))
    found = parts(book, "product") if book.has("subscriptions.product") else None
    pairs = {} if found is None else dict(zip(both, book.ledger.closings(both, found.of_row, len(found.customer)),
                                              strict=True))
    for day, end in zip(days, until, strict=True):
        split = {} if found is None else {"product": Split(found, pairs[day], pairs[end])}
        moment = Moment(book, period_of("month", date_of(end)), whole[day], whole[end], split)
        yield whole[day] / MICRO, upsell(moment) / MICRO
