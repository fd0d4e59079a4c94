"""Whether two series move together, by more than trends, habits and chance would have them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
FEWEST = 24
"""Pairs of changes below which nothing is said."""
LAGS = (0, 1, 2, 3)
RANKS = 1.06
"""The variance of Fisher's z of a rank correlation, times n - 3 (Fieller, Hartley and Pearson 1957)."""
Z = 1.959964
MOST_HABIT = 6
"""Periods over which the series' own habits are looked at, when pairs are counted for what they are worth."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """The rank correlation of the changes of two series, the first so many periods before the second.

    pairs, worth : how many pairs of changes there are, and for how many independent ones they stand
    low, high : 95 % interval
    p : of no relation, before other comparisons are thought of
    """

    lag: int
    pairs: int
    worth: float
    r: float
    low: float
    high: float
    p: float


def correlations(first: Sequence[float | None], second: Sequence[float | None],
                 lags: Sequence[int] = LAGS) -> list[Correlation]:
    """The correlation at each lag for which there are enough pairs and both series change.

    Changes from period to period are compared, not levels: two numbers that both grow are not related by that.
    """
    one, other = (np.diff(np.array([math.nan if v is None else v for v in run], dtype=float))
                  for run in (first, second))
    found = (_correlation(one[:len(one) - lag], other[lag:], lag) for lag in lags if len(one) > lag)
    return [each for each in found if each is not None]


def _correlation(one: Floats, other: Floats, lag: int) -> Correlation | None:
    known = np.isfinite(one) & np.isfinite(other)
    pairs = int(known.sum())
    if pairs < FEWEST:
        return None
    x, y = (_standard(pd.Series(values[known]).rank().to_numpy()) for values in (one, other))
    if x is None or y is None:
        return None
    r = float(np.clip((x * y).mean(), -0.999999, 0.999999))
    worth = independent(x, y)
    error = math.sqrt(RANKS / max(worth - 3, 1.0))
    z = math.atanh(r)
    return Correlation(lag, pairs, worth, r, math.tanh(z - Z * error), math.tanh(z + Z * error),
                       math.erfc(abs(z) / error / math.sqrt(2)))


def _standard(values: Floats) -> Floats | None:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else None


def independent(x: Floats, y: Floats) -> float:
    """For how many independent pairs these stand, by the habits of both series (Bartlett 1946); never more than there
    are. x, y : mean 0, variance 1"""
    n = len(x)
    habits = sum((1 - step / n) * float((x[step:] * x[:-step]).mean()) * float((y[step:] * y[:-step]).mean())
                 for step in range(1, min(MOST_HABIT, n // 4) + 1))
    return n / max(1.0, 1 + 2 * habits)


def held_back(ps: Sequence[float], share: float = 0.05) -> list[bool]:
    """Which of many comparisons stand, where at most `share` of those that do are expected to be chance (Benjamini and
    Hochberg 1995)."""
    order = sorted(range(len(ps)), key=ps.__getitem__)
    passed = max((place for place, index in enumerate(order, 1) if ps[index] <= share * place / len(ps)), default=0)
    kept = set(order[:passed])
    return [index in kept for index in range(len(ps))]
