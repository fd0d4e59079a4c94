"""What churn costs: the MRR and the revenue that a point of monthly churn takes away over the coming months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Segment, series
from cs_kpi.periods import Period, period_of

WINDOW = 12
FEWEST = 3
"""Complete months from which a rate is pooled, and how many there must be (as for LTV, handbook 4)."""
HORIZONS = (12, 24, 36)
POINT = 0.01


@dataclass(frozen=True, slots=True)
class Rate:
    """A monthly rate pooled over complete months: sum of what was lost over sum of what was there."""

    value: float
    lost: float
    base: float
    months: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What is left after `months`, and what one point more or less of monthly churn changes.

    mrr : closing MRR if the present customers leave at the rate and nothing else happens
    mrr_difference, revenue_difference : with `points` more churn, in currency; the revenue is the sum of all months
    """

    months: int
    mrr: float
    mrr_difference: float
    revenue_difference: float


def pooled_rate(book: Book, kpi: str = "churn_mrr", base: str = "mrr", window: int = WINDOW,
                segment: Segment | None = None) -> Rate | None:
    """The monthly share of MRR that churns, over the last complete months; None with fewer than FEWEST of them."""
    months = _complete_months(book, window)
    if len(months) < FEWEST:
        return None
    lost = series(book, months, [kpi], segment)[kpi]
    opening = series(book, [month.shifted(-1) for month in months], [base], segment)[base]
    known = [(part.value, whole.value) for part, whole in zip(lost, opening, strict=True)
             if part.value is not None and whole.value]
    if len(known) < FEWEST:
        return None
    part, whole = (sum(values) for values in zip(*known, strict=True))
    return Rate(part / whole, part, whole, tuple(months))


def present_mrr(book: Book, segment: Segment | None = None) -> float:
    """What the present customers pay a month, at `as_of`; 0 where nobody is there."""
    if book.as_of is None:
        return 0.0
    return series(book, [period_of("month", book.as_of)], ["mrr"], segment)["mrr"][0].value or 0.0


def _complete_months(book: Book, window: int) -> list[Period]:
    """The last complete months that open after the data begins and after the first customer came."""
    if book.as_of is None or book.first_day is None:
        return []
    last = period_of("month", book.as_of)
    last = last if last.end <= book.as_of else last.shifted(-1)
    months = [last.shifted(-back) for back in reversed(range(window))]
    return [month for month in months if month.opening >= book.first_day
            and (book.data_from is None or month.start >= book.data_from)]


def churn_costs(mrr: float, rate: float, points: float = POINT, horizons: Sequence[int] = HORIZONS) -> list[Cost]:
    """What `points` more of monthly churn cost the present customers' MRR over each horizon.

    mrr : today's; rate : monthly churn as a share. New customers, expansion and contraction are left out on purpose:
    it is the price of churn alone.

    >>> [round(cost.revenue_difference, 2) for cost in churn_costs(100, 0.0, 0.5, [1, 2])]
    [-50.0, -125.0]
    """
    return [Cost(months, mrr * (1 - rate) ** months,
                 mrr * (_kept(rate + points) ** months - _kept(rate) ** months),
                 mrr * (_revenue(rate + points, months) - _revenue(rate, months))) for months in horizons]


def remaining(mrr: float, rate: float, months: int) -> list[float]:
    """What is left of today's MRR now and at the closing of each coming month.

    >>> remaining(100, 0.5, 2)
    [100.0, 50.0, 25.0]
    """
    return [mrr * _kept(rate) ** month for month in range(months + 1)]


def _kept(rate: float) -> float:
    return min(max(1 - rate, 0.0), 1.0)


def _revenue(rate: float, months: int) -> float:
    """The sum of what is left at the closings of so many months, of 1."""
    return sum(_kept(rate) ** month for month in range(1, months + 1))
