"""How features enter a model: numbers scaled and their gaps filled, categories by their frequent words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Feature
from cs_kpi.churn.scorecard import Line, Words, scaled
from cs_kpi.churn.table import FeatureTable
from cs_kpi.ledger import Ints

FEWEST_OF_A_WORD = 20
"""A category's value on fewer rows counts with the other rare ones."""
MOST_WORDS = 100
"""Of a category with more frequent values, the most frequent ones."""
TAIL = 0.005
"""Values beyond these quantiles count as the quantile."""


@dataclass(frozen=True)
class Rows:
    """What a model is fitted to."""

    table: FeatureTable
    label: Floats
    customer: Ints

    def only(self, rows: Ints | slice | np.ndarray) -> Rows:
        return Rows(self.table.only(rows), self.label[rows], self.customer[rows])

    @property
    def left(self) -> int:
        """How many different customers left."""
        return len(np.unique(self.customer[self.label == 1]))

    @property
    def base_rate(self) -> float:
        return float(self.label.mean()) if len(self.label) else float("nan")


@dataclass(frozen=True)
class Number:
    """How a column of numbers enters the logistic model."""

    feature: Feature
    low: float
    high: float
    mean: float
    deviation: float
    median: float
    has_missing: bool

    @property
    def width(self) -> int:
        return 1 + self.has_missing

    def columns(self, values: Floats) -> Floats:
        told = np.clip(scaled(values, self.feature.is_log), self.low, self.high)
        missing = np.isnan(values)
        filled = (np.where(missing, self.median, told) - self.mean) / self.deviation
        return np.column_stack([filled, missing]) if self.has_missing else filled[:, None]

    def part(self, weights: Floats) -> Line:
        slope = float(weights[0] / self.deviation)
        missing = slope * (self.median - self.mean) + (float(weights[1]) if self.has_missing else 0.0)
        return Line(feature=self.feature.id, is_log=self.feature.is_log, low=self.low, high=self.high,
                    centre=self.mean, slope=slope, offset=0.0, missing=missing)


@dataclass(frozen=True)
class Category:
    """The words of a category that are frequent enough, by code, and whether some are missing."""

    feature: Feature
    codes: tuple[int, ...]
    names: tuple[str, ...]
    has_missing: bool

    @property
    def width(self) -> int:
        return len(self.codes) + self.has_missing

    def columns(self, values: Floats) -> Floats:
        found = [values == code for code in self.codes] + ([np.isnan(values)] if self.has_missing else [])
        return np.column_stack(found).astype(float)

    def part(self, weights: Floats) -> Words:
        named = {self.names[code]: float(weight) for code, weight in zip(self.codes, weights, strict=False)}
        return Words(feature=self.feature.id, values=named, other=0.0,
                     missing=float(weights[-1]) if self.has_missing else 0.0)


def encoders(rows: Rows) -> list[Number | Category]:
    """One for each feature that differs between rows."""
    found = [_category(one, rows) if one.is_category else _number(one, rows) for one in rows.table.features.values()]
    return [one for one in found if one is not None]


def _number(feature: Feature, rows: Rows) -> Number | None:
    values = scaled(rows.table.column(feature.id).astype(float), feature.is_log)
    told = values[~np.isnan(values)]
    if not len(told):
        return None
    low, median, high = (float(one) for one in np.quantile(told, [TAIL, 0.5, 1 - TAIL]))
    low, high = (float(told.min()), float(told.max())) if low == high else (low, high)
    if low == high:
        return None
    filled = np.clip(np.where(np.isnan(values), median, values), low, high)
    has_missing = len(values) - len(told) >= FEWEST_OF_A_WORD
    return Number(feature, low, high, float(filled.mean()), float(filled.std()), median, has_missing)


def _category(feature: Feature, rows: Rows) -> Category | None:
    values, names = rows.table.column(feature.id), rows.table.names[feature.id]
    missing = np.isnan(values)
    counts = np.bincount(values[~missing].astype(np.int64), minlength=len(names))
    frequent = np.argsort(-counts, kind="stable")[:MOST_WORDS]
    codes = tuple(int(code) for code in np.sort(frequent) if counts[code] >= FEWEST_OF_A_WORD)
    has_missing = int(missing.sum()) >= FEWEST_OF_A_WORD
    return Category(feature, codes, names, has_missing) if len(codes) + has_missing > 1 else None
