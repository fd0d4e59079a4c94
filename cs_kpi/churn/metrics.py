"""How well scores rank and probabilities fit, for rows with weights, so that customers can be drawn again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.ledger import Ints

DRAWS, DRAWS_OF_MANY = 500, 200
MANY = 50_000
"""Rows from which fewer draws do: intervals are narrow then."""
TOP_SHARE = 0.1
GRID = np.arange(1, 21) / 20
"""The shares at which curves are told."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval; NaN where it is not defined."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """How one way of ranking does, at every share of GRID.

    found : of those who stayed, that share was called risky in vain: what share of the leavers was found (ROC); one
        entry more, for none at all
    precision : that share of the leavers is found: what share of who was called risky left
    lift : that share of all is called risky: leavers among them by those among all
    """

    name: str
    found: tuple[Estimate, ...]
    precision: tuple[Estimate, ...]
    lift: tuple[Estimate, ...]


class Ranking:
    """Rows in the order of their scores, highest first; rows with the same score stand together."""

    def __init__(self, score: Floats, label: Floats) -> None:
        self._order = np.argsort(-score, kind="stable")
        ordered = score[self._order]
        is_first = np.append(True, ordered[1:] != ordered[:-1]) if len(ordered) else np.empty(0, dtype=bool)
        self._begin = np.flatnonzero(is_first)
        self._label = label[self._order]

    def _counts(self, weight: Floats) -> tuple[Floats, Floats]:
        """Leavers and stayers in each group of equal scores."""
        ordered = weight[self._order]
        left = np.add.reduceat(ordered * self._label, self._begin)
        return left, np.add.reduceat(ordered, self._begin) - left

    def roc_auc(self, weight: Floats) -> float:
        """How often a leaver has a higher score than a stayer, ties by half."""
        left, stayed = self._counts(weight)
        whole = left.sum() * stayed.sum()
        above = np.cumsum(left) - left
        return float((stayed * (above + left / 2)).sum() / whole) if whole else math.nan

    def pr_auc(self, weight: Floats) -> float:
        """Average precision: the mean share of leavers down to each of them."""
        left, stayed = self._counts(weight)
        if not left.sum():
            return math.nan
        seen = np.cumsum(left + stayed)
        precision = np.cumsum(left) / np.where(seen > 0, seen, 1)
        return float((left * precision).sum() / left.sum())

    def lift(self, weight: Floats, share: float = TOP_SHARE) -> float:
        """Share of leavers among the highest scores, by that among all; of a group at the limit a part counts."""
        left, stayed = self._counts(weight)
        size = left + stayed
        limit = share * size.sum()
        if not left.sum() or not limit:
            return math.nan
        taken = np.clip(limit - (np.cumsum(size) - size), 0, size)
        inside = (left * np.divide(taken, size, out=np.zeros_like(taken), where=size > 0)).sum()
        return float(inside / limit / (left.sum() / size.sum()))


    def curves(self, weight: Floats) -> Floats:
        """The values of a `Curve` in a row: found, precision, lift; NaN where nobody left, or all."""
        left, stayed = (np.append(0.0, np.cumsum(part)) for part in self._counts(weight))
        if not left[-1] or not stayed[-1]:
            return np.full(3 * len(GRID) + 1, math.nan)
        seen = left + stayed
        found = np.interp(np.append(0.0, GRID) * stayed[-1], stayed, left) / left[-1]
        # backwards, so that the first of the places with so many leavers counts, not the last
        called = np.interp(-GRID * left[-1], -left[::-1], seen[::-1])
        lift = np.interp(GRID * seen[-1], seen, left) / (GRID * left[-1])
        return np.concatenate([found, GRID * left[-1] / called, lift])


def brier(risk: Floats, label: Floats, weight: Floats) -> float:
    """Mean squared distance of the probability from what happened; 0 is perfect."""
    return float((weight * (risk - label) ** 2).sum() / weight.sum()) if weight.sum() else math.nan


class Draws:
    """Weights of rows when customers, not rows, are drawn again with replacement."""

    def __init__(self, customer: Ints, seed: int) -> None:
        self._names, self._place = np.unique(customer, return_inverse=True)
        self._seed = seed
        self._number = DRAWS if len(customer) <= MANY else DRAWS_OF_MANY
        self.rows = len(customer)

    def estimates(self, *measures: Callable[[Floats], float]) -> list[Estimate]:
        """Each measure of weights on the rows as they are, with the percentile interval over the draws."""
        values = [measure(np.ones(self.rows)) for measure in measures]
        drawn = np.array([[measure(weight) for measure in measures] for weight in self._weights()]
                         ).reshape(-1, len(measures))
        return [_estimate(value, drawn[:, place]) for place, value in enumerate(values)]

    def bands(self, measure: Callable[[Floats], Floats]) -> list[Estimate]:
        """The same for a measure of many values at once."""
        value = measure(np.ones(self.rows))
        drawn = np.array([measure(weight) for weight in self._weights()]).reshape(-1, len(value))
        return [_estimate(float(one), drawn[:, place]) for place, one in enumerate(value)]

    def _weights(self) -> Iterator[Floats]:
        order, size = np.random.default_rng(self._seed), len(self._names)
        for _draw in range(self._number if size > 1 else 0):
            yield np.bincount(order.integers(0, size, size), minlength=size).astype(float)[self._place]


def _estimate(value: float, drawn: Floats) -> Estimate:
    told = drawn[~np.isnan(drawn)]
    if not len(told) or math.isnan(value):
        return Estimate(value, math.nan, math.nan)
    low, high = np.quantile(told, [0.025, 0.975])
    return Estimate(value, float(low), float(high))
