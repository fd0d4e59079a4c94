"""What a method finds of a KPI in one segment, and what all methods share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cs_kpi.kpi import formula
from cs_kpi.kpi.intervals import Floats
from cs_kpi.kpi.registry import Kpi
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _

Limits = tuple[float | None, float | None]
NO_LIMITS: Limits = (None, None)
SMALL_SAMPLE = 30
"""Fewer customers, answers or terms are said to be few (handbook 4)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A KPI's value in one segment.

    reason : why there is none; `low` may then say what it is at least. Beside a value: on how few it rests
    """

    numerator: float
    denominator: float | None
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    reason: Message | None = None


def size(kpi: Kpi, tally: Tally) -> Ints:
    """`n` of every segment: customers in the denominator, or its answers or terms."""
    base = kpi.denominator or kpi.numerator
    is_count = all(term.measure.unit == "count" for term in formula.terms(base))
    return tally.total(base, kpi.at) if kpi.counted != "customers" and is_count else tally.count(base, kpi.at)


def nothing(denominator: str) -> Message:
    base = [term.measure.label for term in formula.terms(denominator)]
    return _("Nothing to divide by: {denominator} is 0 in this period.", denominator=base)


def is_share(kpi: Kpi) -> bool:
    """Whether it is a share of customers, answers or terms, each of them in the numerator or not; not one whose
    numerator counts others too, and which may exceed 1."""
    of = {(term.measure.unit, term.measure.of) for term in kpi.terms}
    return kpi.unit == "share" and kpi.method == "ratio" and kpi.bounds == (0, 1) and len(of) == 1 and of <= {
        ("count", "customers"), ("count", "answers"), ("count", "terms")}


def within(kpi: Kpi, low: float, high: float) -> Limits:
    """Limits inside the KPI's bounds."""
    if math.isnan(low):
        return NO_LIMITS
    lowest, highest = kpi.bounds
    return low if lowest is None else max(lowest, low), high if highest is None else min(highest, high)


def money_unit(kpi: Kpi) -> float:
    """What a quotient of the sums' integers is multiplied with to be in the KPI's own unit."""
    assert kpi.denominator is not None
    return formula.scale(kpi.denominator) / formula.scale(kpi.numerator)


def quotient(top: Ints, whole: Ints) -> Floats:
    """NaN where there is nothing to divide by."""
    return np.divide(top, whole, out=np.full(len(top), np.nan), where=whole != 0)
