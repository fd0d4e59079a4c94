"""Where every customer stands today: MRR, risk, health, renewal, and what the data can tell of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book, days
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Floats
from cs_kpi.churn.history import History, Known
from cs_kpi.churn.risk import Risks
from cs_kpi.health.history import last_day
from cs_kpi.health.score import NO_BAND, Scores, customers_at, scores
from cs_kpi.kpi.behind import inside_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.measures.moments import moment
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import SNAPSHOT, period_of
from cs_kpi.retention.renewals import due


@dataclass(frozen=True, eq=False)
class Today:
    """The customers of the last day of the data. Vectors have one entry per customer code of the book.

    risks : today's churn risks by a model that is believed; None where there is none
    """

    book: Book
    risks: Risks | None = None

    @cached_property
    def day(self) -> int:
        return last_day(self.book)

    @cached_property
    def customer(self) -> Ints:
        """The codes of today's customers."""
        return customers_at(self.book, self.day)

    @cached_property
    def is_there(self) -> np.ndarray:
        """Whether each is a customer today."""
        found = np.zeros(len(self.book.customer_ids), dtype=bool)
        found[self.customer] = True
        return found

    @cached_property
    def known(self) -> Known:
        return self.book.once(History).at(self.day)

    @cached_property
    def mrr(self) -> Floats:
        """In currency; without contracts 0."""
        if self.book.snapshot is not None:
            return self.book.snapshot.opening / MICRO
        return next(iter(self.book.ledger.closings([self.day]))) / MICRO

    @cached_property
    def risk(self) -> Floats | None:
        """NaN for who has none; None without a model."""
        return None if self.risks is None else self._of_all(self.risks.customer, self.risks.risk)

    @cached_property
    def scores(self) -> Scores | None:
        """Today's health; None where the team has not set it up."""
        configuration = self.book.settings.health
        return None if configuration is None else scores(self.book, configuration, self.day, self.customer)

    @cached_property
    def health(self) -> Floats | None:
        """0..100, NaN without a score; None where health is not set up."""
        return None if self.scores is None else self._of_all(self.scores.customer, self.scores.score)

    @cached_property
    def band(self) -> Ints:
        """Place in BANDS, NO_BAND without one."""
        found = np.full(len(self.book.customer_ids), NO_BAND, dtype=np.int64)
        if self.scores is not None:
            found[self.scores.customer] = self.scores.band
        return found

    def band_before(self, months: int) -> Ints:
        """The bands of today's customers some months ago, by today's rules."""
        found = np.full(len(self.book.customer_ids), NO_BAND, dtype=np.int64)
        if (configuration := self.book.settings.health) is None:
            return found
        day = months_from(self.day, -months)
        then = np.intersect1d(customers_at(self.book, day), self.customer)
        found[then] = scores(self.book, configuration, day, then).band
        return found

    @cached_property
    def renewal(self) -> Ints:
        """The day on which the next term of each runs out within a year; NEVER where none does."""
        found = np.full(len(self.book.customer_ids), NEVER, dtype=np.int64)
        terms = self.book.once(due) if not self.book.is_snapshot else None
        if terms is not None and len(terms):
            np.minimum.at(found, self.book.codes(terms["customer_id"]), days(terms["term_end"]))
        return found

    @cached_property
    def owner(self) -> list[str]:
        """The CSM of each; blank where none is known."""
        if not self.book.has("customers.owner"):
            return [""] * len(self.book.customer_ids)
        return self.book.customers["owner"].fillna("").astype(str).tolist()

    def inside(self, segment: Segment | None) -> np.ndarray:
        """Who is in a segment today."""
        if segment is None:
            return np.ones(len(self.book.customer_ids), dtype=bool)
        field = segment_field(self.book, segment.field)
        splits = [field.column] if field.source == "subscriptions" else []
        assert self.book.is_snapshot or self.book.as_of is not None
        period = period_of("month", self.book.as_of) if self.book.as_of and not self.book.is_snapshot else SNAPSHOT
        return inside_of(moment(self.book, period, splits), "closing", segment)

    def _of_all(self, customer: Ints, values: Floats) -> Floats:
        found = np.full(len(self.book.customer_ids), np.nan)
        found[customer] = values
        return found
