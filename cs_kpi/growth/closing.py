"""What was known at one closing: who was there, what they paid, how healthy they were, whom an offer would hurt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.actions.records import Trigger
from cs_kpi.book import Book, day_of
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Floats
from cs_kpi.churn.history import Known
from cs_kpi.churn.voice_features import is_urgent
from cs_kpi.errors import DataError
from cs_kpi.growth_rules import HORIZON_MONTHS
from cs_kpi.health import history
from cs_kpi.health.score import NO_BAND, known_at, scores
from cs_kpi.health_rules import BANDS
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import _
from cs_kpi.measures.onboarding import no_criterion, onboarding

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
    def band(self) -> Ints:
        """Place in BANDS by today's rules; NO_BAND without a score."""
        found = np.full(len(self.mrr), NO_BAND, dtype=np.int64)
        if (configuration := self.book.settings.health) is not None:
            who = np.flatnonzero(self.is_there)
            found[who] = scores(self.book, configuration, self.day, who).band
        return found

    @cached_property
    def is_barred(self) -> np.ndarray:
        """Who was red, overdue in onboarding, a detractor or in an urgent matter, as far as that carries a date."""
        return self.is_there & ((self.band == RED) | self._is_overdue | self._is_detractor | self._is_urgent)

    @cached_property
    def _is_overdue(self) -> np.ndarray:
        if no_criterion(self.book) is not None:
            return np.zeros(len(self.mrr), dtype=bool)
        found = self.book.once(onboarding)
        return (found.limit <= self.day) & (found.completed_on > self.day)

    @cached_property
    def _is_detractor(self) -> np.ndarray:
        if not all(self.book.has(f"surveys.{name}") for name in ("score", "kind", "answered_on")):
            return np.zeros(len(self.mrr), dtype=bool)
        answers, usual = self.known.history.answers("nps"), Trigger(kind="detractor")
        is_recent = self.day - answers.last_day(self.day) <= usual.threshold("days")
        return is_recent & (answers.last_value(self.day) <= usual.threshold("score"))

    @cached_property
    def _is_urgent(self) -> np.ndarray:
        """An urgent ticket within the days; how it stood then is not known, since a status carries no date."""
        if not (self.book.has("interactions.date") and self.book.has("interactions.priority")):
            return np.zeros(len(self.mrr), dtype=bool)
        days = int(Trigger(kind="urgent_ticket").threshold("days"))
        return self.known.history.contacts("urgent", is_urgent).total(self.day - days, self.day) > 0


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
