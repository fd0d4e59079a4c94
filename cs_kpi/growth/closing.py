"""What was known at one closing: who was there, what they paid, how healthy they were."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Floats
from cs_kpi.churn.history import Known
from cs_kpi.errors import DataError
from cs_kpi.growth_rules import HORIZON_MONTHS
from cs_kpi.health import history
from cs_kpi.health.past import without
from cs_kpi.health.score import NO_BAND, Scores, known_at, scores
from cs_kpi.health_rules import BANDS, CHURN_RISK
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import _

RED, GREEN = BANDS.index("red"), BANDS.index("green")
MOST_CLOSINGS = 24
"""Months back that are looked at: what customers bought longer ago, they bought of another product."""


@dataclass(frozen=True, eq=False)
class Closing:
    """Vectors have one entry per customer code of the book."""

    book: Book
    day: int

    @cached_property
    def known(self) -> Known:
        return known_at(self.book, self.day)

    @cached_property
    def mrr(self) -> Floats:
        """In currency."""
        return next(iter(self.book.ledger.closings([self.day]))) / MICRO

    @cached_property
    def is_there(self) -> np.ndarray:
        return self.mrr > 0

    @cached_property
    def _scores(self) -> Scores | None:
        """By today's rules; None where the team has not set health up.

        At past closings without the churn risk: it would take a model of every quarter, for minutes.
        """
        configuration = self.book.settings.health
        if configuration is not None and self.book.as_of is not None and self.day < day_of(self.book.as_of):
            configuration = without(configuration, {CHURN_RISK})
        return None if configuration is None else scores(
            self.book, configuration, self.day, np.flatnonzero(self.is_there))

    @cached_property
    def band(self) -> Ints:
        """Place in BANDS; NO_BAND without a score."""
        found = np.full(len(self.mrr), NO_BAND, dtype=np.int64)
        if self._scores is not None:
            found[self._scores.customer] = self._scores.band
        return found

    @cached_property
    def score(self) -> Floats:
        """Health 0..100; NaN without one."""
        found = np.full(len(self.mrr), np.nan)
        if self._scores is not None:
            found[self._scores.customer] = self._scores.score
        return found


def closing(book: Book, day: int) -> Closing:
    """Kept with the Book: signs, backtest and rules ask for the same days."""
    return book.once(_kept).setdefault(day, Closing(book, day))


def _kept(_book: Book) -> dict[int, Closing]:
    return {}


def today(book: Book) -> Closing:
    """The last day of the data. Raises DataError where there are no contracts with dates."""
    if book.as_of is None or book.is_snapshot or book.obstacle or not len(book.ledger.start):
        raise DataError(book.obstacle or _(
            "Who may buy more is told by contracts with a start date and an amount, which this data does not have. "
            "Load contracts that have them, on the data page."))
    return closing(book, day_of(book.as_of))


def judged_days(book: Book) -> list[int]:
    """The month ends, the last 24 at most, after which the three months are over that tell who bought more."""
    last = today(book).day
    return [day for day in history.closings(book) if months_from(day, HORIZON_MONTHS) <= last][-MOST_CLOSINGS:]
