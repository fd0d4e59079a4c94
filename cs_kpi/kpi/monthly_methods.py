"""Values that are put together from months: how other tools count NRR over time and lifetime value (handbook 7)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cs_kpi.kpi import formula
from cs_kpi.kpi.estimates import Estimate, money_unit, nothing, quotient, size
from cs_kpi.kpi.intervals import Floats
from cs_kpi.kpi.registry import Kpi
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import Ints
from cs_kpi.measures.moments import Moment
from cs_kpi.periods import Period, month_start

MEAN_OF_MONTHS = 6
"""Months before the current one whose churn ChartMogul takes the mean of."""


def months_of(now: Moment) -> list[Period]:
    """The months of a period that begin before the data ends."""
    found = [Period("month", now.period.start)]
    while found[-1].end < now.period.end:
        found.append(found[-1].shifted(1))
    return [month for month in found if now.book.as_of is None or month.start <= now.book.as_of]


def monthly_product(kpi: Kpi, tally: Tally, _with_interval: bool) -> list[Estimate]:
    """The product of the months' ratios; undefined where a month has nothing to divide by."""
    assert kpi.denominator is not None
    value = np.ones(tally.size)
    for month in tally.others(months_of(tally.now)):
        value = value * quotient(month.total(kpi.numerator, kpi.at), month.total(kpi.denominator, kpi.at))
    return _with_monthly_sums(kpi, tally, value)


def monthly_sum(kpi: Kpi, tally: Tally, _with_interval: bool) -> list[Estimate]:
    """One and the sum of what every month adds to it, by the opening of the whole period."""
    assert kpi.denominator is not None
    top, whole = _summed(kpi, tally), tally.total(kpi.denominator, kpi.at)
    return _with_monthly_sums(kpi, tally, quotient(top, whole) * money_unit(kpi))


def _summed(kpi: Kpi, tally: Tally) -> Ints:
    """The denominator and what every month adds to it: its numerator less its denominator."""
    assert kpi.denominator is not None
    added = [month.total(kpi.numerator, kpi.at) - month.total(kpi.denominator, kpi.at)
             for month in tally.others(months_of(tally.now))]
    return sum(added, tally.total(kpi.denominator, kpi.at))


def _with_monthly_sums(kpi: Kpi, tally: Tally, value: Floats) -> list[Estimate]:
    assert kpi.denominator is not None
    top, whole = _summed(kpi, tally).tolist(), tally.total(kpi.denominator, kpi.at).tolist()
    unit, whole_unit = formula.scale(kpi.numerator), formula.scale(kpi.denominator)
    return [Estimate(one / unit, base / whole_unit, None if math.isnan(number) else number, n,
                     reason=nothing(kpi.denominator) if math.isnan(number) else None)
            for one, base, number, n in zip(top, whole, value.tolist(), size(kpi, tally).tolist(), strict=True)]


def monthly_vectors(kpi: Kpi, tally: Tally, place: int | None) -> dict[str, Ints]:
    """What each customer adds to the sums of all months, and to the denominator."""
    assert kpi.denominator is not None
    whole = tally.vector(kpi.denominator, kpi.at, place)
    total = whole.copy()
    for month in tally.others(months_of(tally.now)):
        total += month.vector(kpi.numerator, kpi.at, place) - month.vector(kpi.denominator, kpi.at, place)
    return {"numerator": total, "denominator": whole}


def _before(now: Moment) -> list[Period]:
    last = month_start(now.period.end)
    return [Period("month", month_start(last, -back)) for back in range(MEAN_OF_MONTHS, 0, -1)]


def _last(now: Moment) -> list[Period]:
    return [Period("month", month_start(now.period.end))]


def lifetime_of_mean(kpi: Kpi, tally: Tally, _with_interval: bool) -> list[Estimate]:
    """First ratio / the mean of the second one in the six months before the period's last month."""
    return _by_months(kpi, tally, _before(tally.now))


def lifetime_of_month(kpi: Kpi, tally: Tally, _with_interval: bool) -> list[Estimate]:
    """First ratio / the second one in the period's last month."""
    return _by_months(kpi, tally, _last(tally.now))


def _by_months(kpi: Kpi, tally: Tally, months: Sequence[Period]) -> list[Estimate]:
    assert kpi.denominator is not None
    assert kpi.over is not None
    rates = [_rate(kpi, month) for month in tally.others(months)]
    each = quotient(tally.total(kpi.numerator, kpi.at), tally.total(kpi.denominator, kpi.at)) * money_unit(kpi)
    return [_life(kpi, one, churn, n) for one, churn, n in zip(
        each.tolist(), np.mean(rates, axis=0).tolist(), size(kpi, tally).tolist(), strict=True)]


def _rate(kpi: Kpi, month: Tally) -> Floats:
    """The second ratio of one month; NaN where nobody knows who was there at its opening."""
    assert kpi.over is not None
    found = quotient(month.total(kpi.over[0], "movement"), month.total(kpi.over[1], "movement"))
    return np.full_like(found, np.nan) if month.now.opens_in_the_dark else found


def _life(kpi: Kpi, each: float, churn: float, n: int) -> Estimate:
    assert kpi.denominator is not None
    assert kpi.over is not None
    if not math.isnan(each) and churn > 0:
        return Estimate(each, churn, each / churn, n)
    empty = kpi.denominator if math.isnan(each) else kpi.over[1] if math.isnan(churn) else kpi.over[0]
    return Estimate(0.0 if math.isnan(each) else each, 0.0, None, n, reason=nothing(empty))


def mean_vectors(kpi: Kpi, tally: Tally, place: int | None) -> dict[str, Ints]:
    return _life_vectors(kpi, tally, place, _before(tally.now))


def month_vectors(kpi: Kpi, tally: Tally, place: int | None) -> dict[str, Ints]:
    return _life_vectors(kpi, tally, place, _last(tally.now))


def _life_vectors(kpi: Kpi, tally: Tally, place: int | None, months: Sequence[Period]) -> dict[str, Ints]:
    """What each customer adds to both ratios, the second one added up over its months."""
    assert kpi.denominator is not None
    assert kpi.over is not None
    lost = np.zeros(len(tally.now.opening), dtype=np.int64)
    base = lost.copy()
    for month in tally.others(months):
        lost += month.vector(kpi.over[0], "movement", place)
        base += month.vector(kpi.over[1], "movement", place)
    return {"numerator": tally.vector(kpi.numerator, kpi.at, place),
            "denominator": tally.vector(kpi.denominator, kpi.at, place),
            "over_numerator": lost, "over_denominator": base}
