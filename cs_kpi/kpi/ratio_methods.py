"""Ratios of sums, NPS points and the median lifetime: values and intervals (handbook 4)."""

from __future__ import annotations

import math

import numpy as np

from cs_kpi.kpi import formula
from cs_kpi.kpi.estimates import NO_LIMITS, SMALL_SAMPLE, Estimate, Limits, is_share, money_unit, nothing, size, within
from cs_kpi.kpi.intervals import BOOTSTRAP_BELOW, Z, bootstrapped, linearised, unseen, wilson
from cs_kpi.kpi.registry import Kpi
from cs_kpi.kpi.survival import Survival, at_risk_at_median, median, survival
from cs_kpi.kpi.tally import Tally
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.life_measures import time_seen
from cs_kpi.measures.registry import OF_MONTH


def ratio(kpi: Kpi, tally: Tally, with_interval: bool) -> list[Estimate]:
    top, n, unit = tally.total(kpi.numerator, kpi.at).tolist(), size(kpi, tally).tolist(), formula.scale(kpi.numerator)
    if kpi.denominator is None:
        return [Estimate(one / unit, None, one / unit, count) for one, count in zip(top, n, strict=True)]
    whole, whole_unit = tally.total(kpi.denominator, kpi.at), formula.scale(kpi.denominator)
    limits = _ratio_limits(kpi, tally, whole) if with_interval else [NO_LIMITS] * tally.size
    return [Estimate(one / unit, base / whole_unit, one * whole_unit / (base * unit), count, *limit) if base
            else Estimate(one / unit, base / whole_unit, None, count, reason=nothing(kpi.denominator))
            for one, base, count, limit in zip(top, whole.tolist(), n, limits, strict=True)]


def _ratio_limits(kpi: Kpi, tally: Tally, whole: Ints) -> list[Limits]:
    if is_share(kpi):
        top = tally.total(kpi.numerator, kpi.at)
        return [wilson(part, base) if base else NO_LIMITS
                for part, base in zip(top.tolist(), whole.tolist(), strict=True)]
    assert kpi.denominator is not None
    [top, base], code = tally.sample([kpi.numerator, kpi.denominator], kpi.at)
    (low, high), upper = linearised(top, base, code, tally.size), unseen(base, code, tally.size)
    unit = money_unit(kpi)
    return [_limits(kpi, one * unit, other * unit, most)
            for one, other, most in zip(low.tolist(), high.tolist(), upper.tolist(), strict=True)]


def _limits(kpi: Kpi, low: float, high: float, upper: float) -> Limits:
    """Limits inside the KPI's bounds. Where nothing was lost (or all), customers show no spread: the share is at most
    (at least) what `unseen` gives; of a ratio without such bounds nothing is known."""
    if kpi.unit != "share" or low != high or low not in (0, 1):
        return within(kpi, low, high)
    if kpi.bounds != (0, 1):
        return NO_LIMITS
    return (0.0, upper) if low == 0 else (1 - upper, 1.0)


def few_of_ratio(kpi: Kpi, tally: Tally, place: int | None) -> Limits:
    """As a passport shows it: by the bootstrap where customers are few."""
    assert kpi.denominator is not None
    top, whole = (tally.vector(side, kpi.at, place) for side in (kpi.numerator, kpi.denominator))
    if is_share(kpi):
        return wilson(int(top.sum()), int(whole.sum()))
    is_in = (top != 0) | (whole != 0)
    top, whole = top[is_in], whole[is_in]
    unit = money_unit(kpi)
    if len(top) < BOOTSTRAP_BELOW:
        low, high = bootstrapped(top, whole)
    else:
        low, high = (float(limit[0]) for limit in linearised(top, whole))
    return _limits(kpi, low * unit, high * unit, float(unseen(whole)[0]))


def points(kpi: Kpi, tally: Tally, with_interval: bool) -> list[Estimate]:
    """100 x (share of one less share of the other), its interval by the variance of the handbook."""
    assert kpi.denominator is not None
    top, whole = tally.total(kpi.numerator, kpi.at).tolist(), tally.total(kpi.denominator, kpi.at).tolist()
    spread = sum(tally.total(term.measure.name, kpi.at) for term in formula.terms(kpi.numerator))
    found = []
    for one, base, either in zip(top, whole, np.asarray(spread).tolist(), strict=True):
        if not base:
            found.append(Estimate(one, base, None, base, reason=nothing(kpi.denominator)))
            continue
        reach = Z * math.sqrt(max(either / base - (one / base) ** 2, 0) / base)
        limits = within(kpi, 100 * (one / base - reach), 100 * (one / base + reach)) if with_interval else NO_LIMITS
        found.append(Estimate(one, base, 100 * one / base, base, *limits))
    return found


def median_survival(kpi: Kpi, tally: Tally, with_interval: bool) -> list[Estimate]:
    """Kaplan-Meier over the tenures of the denominator's customers; the numerator says whose has ended."""
    assert kpi.denominator is not None
    is_in, has_left = tally.vector(kpi.denominator) > 0, tally.vector(kpi.numerator) > 0
    code = tally.code(kpi.at)
    seen = time_seen(tally.vector("tenure"), has_left, tally.now.book)
    found = []
    for place in range(tally.size):
        here = is_in if code is None else is_in & (code == place)
        events, n = int((has_left & here).sum()), int(here.sum())
        if not n:
            found.append(Estimate(events, n, None, n, reason=nothing(kpi.denominator)))
            continue
        curve = survival(seen[here], has_left[here])
        value, low, high = median(curve)
        shown = [None if math.isnan(time) else time / OF_MONTH for time in (value, low, high)]
        limits = (shown[1], shown[2]) if with_interval else NO_LIMITS
        reason = _few_at_median(curve) if shown[0] is not None else _(
            "Fewer than half have left so far, so the time after which half have left is not known.")
        found.append(Estimate(events, n, shown[0], n, limits[0], limits[1], reason))
    return found


def _few_at_median(curve: Survival) -> Message | None:
    """What to say of a median that few have reached: most were not seen that long."""
    n = at_risk_at_median(curve)
    return None if n is None or n >= SMALL_SAMPLE else _(
        "Customers who had been there that long: only {n}. The others left earlier or are not seen that long yet.", n=n)
