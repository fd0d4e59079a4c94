"""The health of the customers of a period's closing, beside what they pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.snapshots import UNDATED
from cs_kpi.health.score import NO_BAND, Scores, scores
from cs_kpi.health_rules import BANDS, Band, HealthConfiguration
from cs_kpi.kpi.behind import inside_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.measures.moments import moment, span
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import Period

TIERS = 3
"""Groups of customers by what they pay: the third that pays least, the middle, and the third that pays most."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Scores at a closing.

    mrr : of each scored customer, in currency; None where the book has no money
    """

    book: Book
    scores: Scores
    mrr: Floats | None

    def __len__(self) -> int:
        return len(self.scores)

    @cached_property
    def counts(self) -> tuple[BandCount, ...]:
        """Customers and MRR of each band from the worst, then of those without a score."""
        return tuple(BandCount(band, *self._sums(self.scores.band == place))
                     for place, band in [*enumerate(BANDS), (NO_BAND, None)])

    def _sums(self, inside: np.ndarray) -> tuple[int, float | None]:
        return int(inside.sum()), None if self.mrr is None else float(self.mrr[inside].sum())

    @cached_property
    def tier_limits(self) -> tuple[float, ...]:
        """MRR up to which a tier reaches, the last tier having no limit; fewer where customers pay alike."""
        paid = self.mrr[self.mrr > 0] if self.mrr is not None else np.empty(0)
        if not len(paid):
            return ()
        limits = np.quantile(paid, np.arange(1, TIERS) / TIERS, method="lower")
        return tuple(float(limit) for limit in np.unique(limits) if limit < paid.max())

    @cached_property
    def tier(self) -> Ints:
        """The tier of each customer: a limit belongs to the lower one."""
        mrr = np.zeros(len(self)) if self.mrr is None else self.mrr
        return np.searchsorted(np.array(self.tier_limits), mrr, side="left").astype(np.int64)

    def cell(self, band: int, tier: int | None = None) -> Ints:
        """Places of the customers of a band, and of a tier where one is given; those that pay most first."""
        inside = self.scores.band == band
        found = np.flatnonzero(inside if tier is None else inside & (self.tier == tier))
        return found if self.mrr is None else found[np.argsort(-self.mrr[found], kind="stable")]


@dataclass(frozen=True, slots=True)
class BandCount:
    """band : None: without a score; mrr : None where the book has no money"""

    band: Band | None
    customers: int
    mrr: float | None


def standing(book: Book, configuration: HealthConfiguration, period: Period, segment: Segment | None = None
             ) -> Standing:
    """The scores at the closing of a period, `as_of` at the latest, of everybody or of a segment."""
    now = moment(book, period, split_of(book, segment))
    who = np.flatnonzero(now.is_there & inside_of(now, "closing", segment))
    day = UNDATED if book.is_snapshot else span(book, period)[1]
    return Standing(book, scores(book, configuration, day, who), now.closing[who] / MICRO if has_money(book) else None)


def has_money(book: Book) -> bool:
    return book.has("subscriptions.mrr") and book.obstacle is None


def split_of(book: Book, segment: Segment | None) -> Sequence[str]:
    """The contract field that a segment reads."""
    field = segment_field(book, segment.field) if segment else None
    return [field.column] if field and field.source == "subscriptions" else []
