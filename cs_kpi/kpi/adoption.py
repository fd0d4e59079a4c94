"""How many customers use each feature: the adoption rate of one feature at a time (handbook 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.behind import inside_of
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.estimates import Estimate, nothing
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.readings import Reading, Segment, absent, reading_of, splits_needed, to_load, unknown
from cs_kpi.measures.moments import Moment, moments
from cs_kpi.measures.segments import segment_field
from cs_kpi.measures.use import use_log, uses_feature
from cs_kpi.periods import Period

FEATURE = "feature"
"""The field of the segments in which a feature's reading stands."""


def adoption_by_feature(book: Book, periods: Sequence[Period], features: Sequence[str] | None = None,
                        segment: Segment | None = None) -> list[Reading]:
    """The share of customers at closing that used a feature: a reading per period and feature, its segment the feature.

    features : in order; None: all that the usage names
    segment : of the customers in this segment alone
    Raises DataError where the usage names no features.
    """
    kpi = replace(KPIS["feature_adoption_rate"], remark=None)
    if place := absent(book, kpi):
        raise DataError(to_load(book, place))
    known = book.once(use_log).features
    chosen = [name for name in (known if features is None else features) if name in known]
    field = segment_field(book, segment.field) if segment else None
    found = []
    for now in moments(book, periods, splits_needed(book, [], field)):
        here = now.is_there & inside_of(now, "closing", segment)
        reason = unknown(now, kpi)
        for name in chosen:
            estimate = Estimate(0.0, None, None, 0, reason=reason) if reason else _estimate(now, here, name)
            found.append(reading_of(now, kpi, Segment(FEATURE, name), estimate))
    return found


def _estimate(now: Moment, here: np.ndarray, name: str) -> Estimate:
    part, whole = int((here & uses_feature(now, name)).sum()), int(here.sum())
    if not whole:
        return Estimate(part, whole, None, 0, reason=nothing("is_there"))
    return Estimate(part, whole, part / whole, whole, *wilson(part, whole))
