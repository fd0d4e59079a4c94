"""In which range a driver has moved so far: what is realistic behind a slider, and the best on record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.ledger import MICRO
from cs_kpi.targets.history import History
from cs_kpi.targets.rates import BASES, Floats, over
from cs_kpi.targets.scenario import LESS_IS_BETTER, DriverId

LOOK_BACK, TOGETHER = 36, 3
"""Months looked back on, and how many are taken together: a single month of a small book is mostly chance."""


@dataclass(frozen=True, slots=True)
class Range:
    """P10 and P90 of a driver over every three months in a row of the last 36."""

    low: float
    high: float


def realistic(past: History, driver: DriverId, place: int | None = None) -> Range:
    found = monthly(past.last(LOOK_BACK), driver, place, min(TOGETHER, len(past.months)))
    low, high = np.percentile(found, [10, 90]).tolist()
    return Range(low, high)


def limits(past: History, driver: DriverId, place: int | None = None) -> float:
    """The highest month of the last 36."""
    return float(monthly(past.last(LOOK_BACK), driver, place, 1).max())


def best_month(past: History, driver: DriverId) -> float:
    """The best month of the last 36: the highest of gains, the lowest of losses."""
    found = monthly(past.last(LOOK_BACK), driver, None, 1)
    return float(found.min() if driver in LESS_IS_BETTER else found.max())


def monthly(past: History, driver: DriverId, place: int | None, together: int) -> Floats:
    """The rate of every run of `together` months, pooled; money in currency units."""
    places = slice(None) if place is None else slice(place, place + 1)
    moved = _runs(past.sums[driver][:, places].sum(axis=1), together)
    base = BASES[driver]
    if base is None:
        return moved / together / MICRO
    return over(moved, _runs(past.sums[base][:, places].sum(axis=1), together))


def _runs(values: np.ndarray, together: int) -> Floats:
    return np.convolve(values.astype(float), np.ones(together), "valid")
