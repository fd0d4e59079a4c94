"""What moved in every complete month, by segment: all that a projection knows of the past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.intervals import by_segment
from cs_kpi.kpi.movement_table import MOVEMENTS
from cs_kpi.kpi.readings import missing
from cs_kpi.kpi.registry import KPIS
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import _
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.segments import Segmentation, segment_field, segmenter
from cs_kpi.periods import Period, period_of
from cs_kpi.targets.onboarding_groups import GROUPS_FIELD, grouping

COUNTS = ("is_new", "is_reactivated", "left")
TERMS = ("ended_terms", "renewed_terms")
"""Known where contracts say when they run out; each in the segment of its customer, as whoever leaves is."""
LOST = "lost_terms"
"""The terms that were not renewed because their customer was gone at the closing."""
AT_OPENING, AT_CLOSING = ("opening_mrr", "was_customer"), ("closing_mrr", "is_customer")
LONGEST, WINDOW, FEWEST = 60, 12, 3
"""Complete months that are looked back on; those that rates are pooled over; fewer than which carry no rate."""
MOST_SEGMENTS = 30


@dataclass(frozen=True)
class History:
    """Sums of complete months, in order, by segment; money and customers in 10^-6, so that both stay whole numbers.

    names : the segments; None: everybody, or the customers without a value of `field`
    sums : measure -> months x segments
    moved, moved_customers : months x segments x segments: what went from one segment (second axis) to another
    """

    months: tuple[Period, ...]
    field: str | None
    names: tuple[str | None, ...]
    sums: dict[str, Ints]
    moved: Ints
    moved_customers: Ints

    def until(self, count: int) -> History:
        """The same as it was known after the first `count` months."""
        return self.part(slice(0, count))

    def last(self, count: int) -> History:
        return self.part(slice(max(0, len(self.months) - count), None))

    def part(self, which: slice) -> History:
        return History(self.months[which], self.field, self.names,
                       {name: values[which] for name, values in self.sums.items()}, self.moved[which],
                       self.moved_customers[which])

    @cached_property
    def whole(self) -> dict[str, Ints]:
        """measure -> one sum a month, of all segments together."""
        return {name: values.sum(axis=1) for name, values in self.sums.items()}


def history(book: Book, field: str | None = None, most: int = LONGEST) -> History:
    """What moved in the last complete months, `most` at most, of everybody or cut by a field.

    Raises DataError where MRR is not available, where there are fewer than three complete months, and for a field that
    is not known or has too many values.
    """
    if book.is_snapshot:
        raise DataError(_("A projection takes months, and this list has no dates. Assign 'Start date' and 'End date' "
                          "on the data page, or load contracts that have them."))
    if reason := missing(book, KPIS["mrr"]):
        raise DataError(reason)
    months = complete_months(book, most)
    if len(months) < FEWEST:
        raise DataError(_("A projection takes the rates of at least {n} complete months with customers, and there are "
                          "{months}. Load a longer history.", n=FEWEST, months=len(months)))
    cut, columns = _cut(book, field)
    has_terms = missing(book, KPIS["renewal_rate"]) is None
    return _history([_Month(Tally.of(now, cut), has_terms) for now in moments(book, months, columns)], field)


def complete_months(book: Book, most: int = LONGEST) -> list[Period]:
    """The last complete months that open with customers after the data begins."""
    if book.as_of is None or book.first_day is None:
        return []
    last = period_of("month", book.as_of)
    last = last if last.end <= book.as_of else last.shifted(-1)
    months = [last.shifted(-back) for back in reversed(range(most))]
    return [month for month in months if month.opening >= book.first_day
            and (book.data_from is None or month.start >= book.data_from)]


def _cut(book: Book, field: str | None) -> tuple[Callable[[Moment], Segmentation] | None, list[str]]:
    if field is None:
        return None, []
    if field == GROUPS_FIELD:
        return grouping(book), []
    chosen = segment_field(book, field)
    return segmenter(chosen, book), [chosen.column] if chosen.source == "subscriptions" else []


class _Month:
    """The sums of one month by the place of a segment; the first place is that of customers without a value."""

    def __init__(self, tally: Tally, has_terms: bool) -> None:
        self.period = tally.now.period
        self.names: tuple[str | None, ...] = (None, *tally.segments.names) if tally.segments else (None,)
        money = {name: tally.total(name, "movement") for name in (*MOVEMENTS, "opening_mrr")}
        count = {name: tally.total(name, "movement") * MICRO for name in (*COUNTS, "was_customer")}
        count |= _terms(tally) if has_terms else {}
        self.sums = money | count | {"closing_mrr": tally.total("closing_mrr", "closing"),
                                     "is_customer": tally.total("is_customer", "closing") * MICRO}
        self.moved, self.moved_customers = _moved(tally)


def _terms(tally: Tally) -> dict[str, Ints]:
    """The terms that ran out, those renewed, and those lost with their customer."""
    ended, renewed = (tally.vector(name) for name in TERMS)
    found = {**dict(zip(TERMS, (ended, renewed), strict=True)),
             LOST: np.where(tally.now.closing > 0, 0, ended - renewed)}
    return {name: by_segment(each, tally.code("movement"), tally.size) * MICRO for name, each in found.items()}


def _moved(tally: Tally) -> tuple[Ints, Ints]:
    """Closing MRR and number of customers that changed their segment, from each to each."""
    size = tally.size
    money, count = np.zeros((size, size), dtype=np.int64), np.zeros((size, size), dtype=np.int64)
    if tally.segments is not None:
        now, before, after = tally.now, tally.segments.codes("opening"), tally.segments.codes("closing")
        who = np.flatnonzero((now.opening > 0) & (now.closing > 0) & (before != after))
        np.add.at(money, (before[who], after[who]), now.closing[who])
        np.add.at(count, (before[who], after[who]), MICRO)
    return money, count


def _history(found: list[_Month], field: str | None) -> History:
    """The months together, without segments that nobody was ever in."""
    sums = {name: np.array([month.sums[name] for month in found]) for name in found[0].sums}
    used = [place for place in _order(found[0].names)
            if any(values[:, place].any() for name, values in sums.items() if name not in (*TERMS, LOST))]
    if len(used) > MOST_SEGMENTS:
        raise DataError(_("The field '{field}' has {n} values, and a projection takes at most {most}. Cut by another "
                          "field.", field=field, n=len(used), most=MOST_SEGMENTS))
    return History(tuple(month.period for month in found), field, tuple(found[0].names[place] for place in used),
                   {name: values[:, used] for name, values in sums.items()},
                   np.array([month.moved[np.ix_(used, used)] for month in found]),
                   np.array([month.moved_customers[np.ix_(used, used)] for month in found]))


def _order(names: tuple[str | None, ...]) -> Iterator[int]:
    """The places of named segments, then that of customers without a value."""
    yield from range(1, len(names))
    yield 0
