"""Lifetime value: a ratio divided by another one, of a window of months (handbook 4)."""

from __future__ import annotations

import numpy as np

from cs_kpi.kpi.estimates import NO_LIMITS, Estimate, Limits, money_unit, nothing, within
from cs_kpi.kpi.intervals import BOOTSTRAP_BELOW, Z, linearised_influence, resampled, wilson
from cs_kpi.kpi.registry import Kpi, at_of
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import Ints
from cs_kpi.locale import _


def lifetime(kpi: Kpi, tally: Tally, with_interval: bool) -> list[Estimate]:
    """First ratio x margin / second ratio; where that is 0, at least what its upper 95 % limit gives."""
    assert kpi.denominator is not None
    assert kpi.over is not None
    there, rate = at_of(*kpi.over), margin(tally) * money_unit(kpi)
    totals = [tally.total(kpi.numerator, kpi.at), tally.total(kpi.denominator, kpi.at),
              tally.total(kpi.over[0], there), tally.total(kpi.over[1], there)]
    limits = _lifetime_limits(kpi, tally) if with_interval else [NO_LIMITS] * tally.size
    count = tally.count(kpi.over[1], there)
    return [_life(kpi, rate, money, customers, lost, base, n, limit) for money, customers, lost, base, n, limit in zip(
        *(total.tolist() for total in (*totals, count)), limits, strict=True)]


def _life(kpi: Kpi, rate: float, money: int, customers: int, lost: int, base: int, n: int, limit: Limits) -> Estimate:
    assert kpi.denominator is not None
    assert kpi.over is not None
    if not customers or not base:
        reason = nothing(kpi.over[1] if customers else kpi.denominator)
        return Estimate(rate * money / customers if customers else 0.0, lost / base if base else 0.0, None, n,
                        reason=reason)
    each, churn = rate * money / customers, lost / base
    if lost:
        return Estimate(each, churn, each / churn, n, *limit)
    return Estimate(each, 0.0, None, n, low=each / wilson(0, base)[1], reason=_(
        "Nobody left in this time, so only a lower bound is known: what the upper 95% limit of the churn rate gives."))


def margin(tally: Tally) -> float:
    return float(tally.now.book.settings.gross_margin or 1)


def _lifetime_limits(kpi: Kpi, tally: Tally) -> list[Limits]:
    assert kpi.over is not None
    vectors = _lifetime_vectors(kpi, tally)
    codes = [tally.code(kpi.at)] * 2 + [tally.code(at_of(*kpi.over))] * 2
    value, error = linearised_influence(vectors, codes, tally.size, (1, -1, -1, 1))
    unit = margin(tally) * money_unit(kpi)
    return [within(kpi, unit * (one - Z * off), unit * (one + Z * off))
            for one, off in zip(value.tolist(), error.tolist(), strict=True)]


def _lifetime_vectors(kpi: Kpi, tally: Tally, place: int | None = None) -> list[Ints]:
    assert kpi.denominator is not None
    assert kpi.over is not None
    here, there = kpi.at, at_of(*kpi.over)
    sides = ((kpi.numerator, here), (kpi.denominator, here), (kpi.over[0], there), (kpi.over[1], there))
    return [tally.vector(side, at, place) for side, at in sides]


def few_of_lifetime(kpi: Kpi, tally: Tally, place: int | None) -> Limits:
    """By the bootstrap over everybody who has a part in any of the four sums."""
    vectors = _lifetime_vectors(kpi, tally, place)
    is_in = np.logical_or.reduce([vector != 0 for vector in vectors])
    kept = [vector[is_in] for vector in vectors]
    if len(kept[0]) < BOOTSTRAP_BELOW:
        low, high = resampled(kept, lambda money, customers, lost, base: money * base / (customers * lost))
    else:
        value, error = linearised_influence(kept, [None] * 4, 1, (1, -1, -1, 1))
        low, high = float(value[0] - Z * error[0]), float(value[0] + Z * error[0])
    unit = margin(tally) * money_unit(kpi)
    return within(kpi, low * unit, high * unit)
