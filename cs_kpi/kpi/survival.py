"""The Kaplan-Meier curve and its median, with intervals (handbook 4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cs_kpi.kpi.intervals import Floats, Z


@dataclass(frozen=True, slots=True)
class Survival:
    """The share that is still there after each time at which somebody left.

    time, share, error : one entry a time; `error` by Greenwood's formula
    at_risk, left : how many were there just before, and how many left
    """

    time: Floats
    share: Floats
    error: Floats
    at_risk: Floats
    left: Floats

    def at(self, time: float) -> float:
        """The share after a time."""
        place = int(np.searchsorted(self.time, time, side="right"))
        return float(self.share[place - 1]) if place else 1.0


def survival(duration: np.ndarray, has_left: np.ndarray) -> Survival:
    """The curve of durations, of which those that have not ended are censored.

    Who leaves at a time is at risk at it; who is censored at it, too.
    Source: Kaplan and Meier, JASA 53 (1958); Greenwood (1926) for the error.

    >>> survival(np.array([1, 2, 2, 3]), np.array([True, True, False, False])).share.tolist()
    [0.75, 0.5]
    """
    time, place = np.unique(duration, return_inverse=True)
    left = np.bincount(place, weights=has_left, minlength=len(time)).astype(float)
    at_risk = len(duration) - np.append(0, np.cumsum(np.bincount(place, minlength=len(time))))[:-1]
    is_event = left > 0
    left, at_risk = left[is_event], at_risk[is_event].astype(float)
    share = np.cumprod(1 - left / at_risk).astype(float)
    stays = at_risk - left
    terms = np.divide(left, at_risk * stays, out=np.zeros(len(left)), where=stays > 0)
    return Survival(time[is_event].astype(float), share, share * np.sqrt(np.cumsum(terms)), at_risk, left)


def at_risk_at_median(curve: Survival) -> int | None:
    """How many were there just before the median, on whom it rests; None where it is not reached."""
    half = _is_half(curve)
    return int(curve.at_risk[half][0]) if half.any() else None


def _is_half(curve: Survival) -> np.ndarray:
    """The times after which at most half are there."""
    return np.asarray(curve.share <= 0.5 + 1e-12)


def median(curve: Survival) -> tuple[float, float, float]:
    """The time after which at most half are there, and its 95 % limits; NaN where the curve does not say.

    The limits are the first and the last time at which the curve's own interval holds one half; the upper one is NaN
    where the curve ends before it leaves one half behind.
    Source: Brookmeyer and Crowley, Biometrics 38 (1982), without transformation.
    """
    half = _is_half(curve)
    middle = float(curve.time[half][0]) if half.any() else math.nan
    low = curve.time[curve.share - Z * curve.error <= 0.5]
    high = curve.time[curve.share + Z * curve.error < 0.5]
    return middle, float(low[0]) if len(low) else math.nan, float(high[0]) if len(high) else math.nan
