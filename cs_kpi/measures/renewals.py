"""The measures of renewals: terms that run out in the period, and which of them were renewed (handbook 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, days
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import Unit, Vector, measure

BEFORE_DAYS = 90
"""How long before the end of a term the row that renews it may start (handbook 4)."""
TERM_OR_END = ("subscriptions.term_end|subscriptions.end_date",)


@dataclass(frozen=True)
class Terms:
    """The terms of a book by the day on which they run out.

    row : the contract row of each, its place in the ledger
    renewed : MRR of what renewed each, at most its own; 0 where nothing did
    """

    day: Ints
    row: Ints
    mrr: Ints
    renewed: Ints

    def part(self, now: Moment) -> slice:
        first, last = now.days
        return slice(*np.searchsorted(self.day, [first, last + 1]).tolist())


def stated_end(book: Book) -> Ints:
    """The end that the sheet gives of each contract row that carries MRR, renewed or not; NEVER where it gives none."""
    return _stated(book, "end_date")


def stated_term_end(book: Book) -> Ints:
    """The day on which the sheet says that the term of each row runs out; NEVER where it says nothing."""
    return _stated(book, "term_end")


def _stated(book: Book, column: str) -> Ints:
    rows = len(book.ledger.mrr)
    return days(book.counted[column])[:rows] if column in book.counted else np.full(rows, NEVER, dtype=np.int64)


def last_days(book: Book) -> Ints:
    """The last day of the term of each row: `term_end`, else `end_date`; NEVER where neither is known (handbook 4)."""
    term_end = stated_term_end(book)
    return np.where(term_end < NEVER, term_end, stated_end(book))


def terms(book: Book) -> Terms:
    """Every term with MRR that has a last day: `term_end`, else `end_date`.

    A row that another of its customer (and product) replaced before its `term_end` is a price change, not a term.
    """
    ledger = book.ledger
    end, term_end = stated_end(book), stated_term_end(book)
    day = last_days(book)
    grace = book.settings.renewal_grace_days
    paid = np.flatnonzero(ledger.mrr > 0)
    paid = paid[np.lexsort((day[paid], end[paid], -ledger.mrr[paid], ledger.start[paid], ledger.group[paid]))]
    rows_ = _Rows(ledger.group[paid], ledger.start[paid], end[paid], day[paid], ledger.mrr[paid])
    goes_on = (rows_.end == NEVER) | (rows_.end > rows_.day + grace)
    is_term = (rows_.day < NEVER) & ~((term_end[paid] < NEVER) & (end[paid] < term_end[paid])
                                      & rows_.has_row_from(rows_.end, rows_.end + grace))
    renewing = rows_.renewing(np.flatnonzero(is_term & ~goes_on), grace)
    renewed = np.where(goes_on, rows_.mrr, np.where(renewing >= 0, np.minimum(rows_.mrr[renewing], rows_.mrr), 0))
    found = np.flatnonzero(is_term)
    found = found[np.argsort(rows_.day[found], kind="stable")]
    return Terms(rows_.day[found], paid[found], rows_.mrr[found], renewed[found])


@dataclass(frozen=True)
class _Rows:
    """The paid rows by group (customer, and product) and start; the larger of a day first."""

    group: Ints
    start: Ints
    end: Ints
    day: Ints
    mrr: Ints

    def _between(self, group: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """The places of the rows of a group that start from `first` to `last`, for each of many."""
        key = self.group * (4 * NEVER) + self.start
        return (np.searchsorted(key, group * (4 * NEVER) + first, side="left"),
                np.searchsorted(key, group * (4 * NEVER) + np.minimum(last, 2 * NEVER), side="right"))

    def has_row_from(self, first: Ints, last: Ints) -> np.ndarray:
        """Whether a later row of its own group starts in the days given for each row."""
        low, high = self._between(self.group, np.maximum(first, self.start + 1), last)
        return low < high

    def renewing(self, terms: Ints, grace: int) -> Ints:
        """The row that renews each term (-1: none, and for all that is no term); each row renews one.

        Terms are served by their day, each by the row that could serve the fewest later ones.
        """
        day = self.day[terms]
        low, high = self._between(self.group[terms], np.maximum(day - BEFORE_DAYS, self.start[terms] + 1), day + grace)
        width = np.maximum(high - low, 0)
        term = np.repeat(np.arange(len(terms)), width)
        row = np.arange(len(term)) - np.repeat(np.cumsum(width) - width, width) + np.repeat(low, width)
        fits = (self.end[row] == NEVER) | (self.end[row] > day[term])
        term, row = term[fits], row[fits]
        found = np.full(len(self.group), -1, dtype=np.int64)
        alone = (np.bincount(term, minlength=len(terms))[term] == 1) & (np.bincount(
            row, minlength=len(self.group))[row] == 1)
        found[terms[term[alone]]] = row[alone]
        self._shared(found, terms, term[~alone], row[~alone])
        return found

    def _shared(self, found: Ints, terms: Ints, term: Ints, row: Ints) -> None:
        """Serve the terms that have a choice, or that want what another one wants."""
        serves_until = np.minimum(self.start[row] + BEFORE_DAYS, self.end[row])
        order = np.lexsort((row, serves_until, term, self.day[terms[term]]))
        used: set[int] = set(found[found >= 0].tolist())
        for one, candidate in zip(terms[term[order]].tolist(), row[order].tolist(), strict=True):
            if found[one] < 0 and candidate not in used:
                found[one] = candidate
                used.add(candidate)


def told_by_month(book: Book) -> Message | None:
    """Why renewals are not known: amounts by month do not say when a term runs out."""
    return _("Amounts by month do not say when a contract runs out. Renewals need contracts with a term end or an end "
             "date.") if book.months else None


def _rows(now: Moment, of_term: str) -> tuple[Ints, Ints]:
    """The contract rows whose terms run out in a period, and what is counted of each."""
    found = now.book.once(terms)
    part = found.part(now)
    values = {"term": np.ones_like(found.mrr), "renewed": (found.renewed > 0).astype(np.int64), "mrr": found.mrr,
              "renewed_mrr": found.renewed}[of_term]
    return found.row[part], values[part]


def _of_terms(label: Message, unit: Unit, of_term: str) -> Callable[[Vector], Vector]:
    """Declare what is counted of terms: by rows, so that each is in the segment of its own product and plan."""
    return measure(label, unit, of="terms", needs=TERM_OR_END, moves=False, lacks=told_by_month,
                   of_rows=lambda now: _rows(now, of_term))


def _sum(now: Moment, of_term: str) -> Ints:
    """The same by customer."""
    row, values = _rows(now, of_term)
    total = np.zeros(now.book.ledger.size, dtype=np.int64)
    np.add.at(total, now.book.ledger.customer[row], values)
    return total


@_of_terms(_("terms that ran out"), "count", "term")
def ended_terms(now: Moment) -> Ints:
    return _sum(now, "term")


@_of_terms(_("renewed terms"), "count", "renewed")
def renewed_terms(now: Moment) -> Ints:
    return _sum(now, "renewed")


@_of_terms(_("MRR of the terms that ran out"), "money", "mrr")
def ended_mrr(now: Moment) -> Ints:
    return _sum(now, "mrr")


@_of_terms(_("MRR renewed"), "money", "renewed_mrr")
def renewed_mrr(now: Moment) -> Ints:
    return _sum(now, "renewed_mrr")
