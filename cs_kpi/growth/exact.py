"""Whether takers have something more often than chance would have it: an exact test over strata, and for many at once.

In a stratum of N customers of whom K have the thing and n take the product, the number T that has both is
hypergeometric if the two have nothing to do with each other; over strata the numbers add up (the exact form of the
test of Mantel and Haenszel; of one stratum it is Fisher's). Sums beyond `LARGEST` takers are judged by their first
three moments (Edgeworth), which then is as good.
"""

from __future__ import annotations

from functools import cache
from math import erfc, exp, lgamma, pi, sqrt

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.ledger import Ints

LARGEST = 400


class Tally:
    """Counts of one product's takers beside several things that they may have, stratum by stratum.

    together, expected : of each thing, how many takers had it, and how many would by chance
    most : how many could have had it at most
    """

    def __init__(self, things: int) -> None:
        self.together, self.expected, self.most, self._variance, self._skew = (np.zeros(things) for _each in range(5))
        self._takers = 0
        self._weights: Floats = np.ones((things, 1))

    def add(self, customers: int, having: Ints, takers: int, together: Ints) -> None:
        """A stratum. having, together : of each thing"""
        size, had, took = float(customers), having.astype(float), float(takers)
        self.together += together
        self.most += np.minimum(had, took)
        mean = had * took / size
        self.expected += mean
        if size > 1:
            spread = mean * (size - had) * (size - took) / size / (size - 1)
            self._variance += spread
            self._skew += spread * (size - 2 * had) * (size - 2 * took) / size / max(size - 2, 1)
        self._takers += takers
        if self._takers <= LARGEST:
            self._weights = _summed(self._weights, _probabilities(customers, having, takers))

    def chance_of_more(self) -> Floats:
        """The probability of as many together as there are, or more; 1 where nothing can be told."""
        if self._takers > LARGEST:
            return np.array([_tail(*numbers) for numbers in zip(
                self.together, self.expected, self._variance, self._skew, strict=True)])
        above = np.cumsum(self._weights[:, ::-1], axis=1)[:, ::-1]
        return np.minimum(above[np.arange(len(above)), self.together.astype(np.int64)], 1.0)


def _probabilities(customers: int, having: Ints, takers: int) -> Floats:
    """Of each thing the probability that 0, 1, ... of the takers have it."""
    logs = _logs(customers)
    count = np.arange(takers + 1)[None, :]
    had = having[:, None]
    rest = customers - had
    is_possible = (count <= had) & (takers - count <= rest)
    both, other = np.where(is_possible, count, 0), np.where(is_possible, takers - count, 0)
    found = (logs[had] - logs[both] - logs[np.maximum(had - both, 0)]
             + logs[rest] - logs[other] - logs[np.maximum(rest - other, 0)]
             - (logs[customers] - logs[takers] - logs[customers - takers]))
    return np.where(is_possible, np.exp(found), 0.0)


def _logs(most: int) -> Floats:
    """log(k!) for k up to `most` and beyond."""
    return _log_factorials(1 << max(most, 1).bit_length())


@cache
def _log_factorials(size: int) -> Floats:
    return np.array([lgamma(number + 1) for number in range(size + 1)])


def _summed(first: Floats, second: Floats) -> Floats:
    """The distribution of the sum of two counts, row by row."""
    width = first.shape[1]
    found = np.zeros((len(first), width + second.shape[1] - 1))
    for place in range(second.shape[1]):
        found[:, place:place + width] += first * second[:, place:place + 1]
    return found


def _tail(count: float, mean: float, variance: float, skew: float) -> float:
    """P(X >= count) by mean, variance and third moment, with half a step for whole numbers."""
    if variance <= 0:
        return 1.0
    away = (count - 0.5 - mean) / sqrt(variance)
    density = exp(-away * away / 2) / sqrt(2 * pi)
    return min(max(erfc(away / sqrt(2)) / 2 + density * skew / (6 * variance**1.5) * (away * away - 1), 0.0), 1.0)


def discoveries(p: Floats, share: float) -> np.ndarray:
    """Which of many tests hold when at most this share of those that hold may be false (Benjamini and Hochberg 1995).

    >>> discoveries(np.array([0.001, 0.02, 0.04, 0.9]), 0.05)
    array([ True,  True, False, False])
    """
    order = np.argsort(p, kind="stable")
    is_met = p[order] <= share * np.arange(1, len(p) + 1) / max(len(p), 1)
    last = int(np.flatnonzero(is_met)[-1]) + 1 if is_met.any() else 0
    found = np.zeros(len(p), dtype=bool)
    found[order[:last]] = True
    return found
