"""A trained model as plain numbers: what every value of every feature adds to the log-odds of leaving.

Both kinds of model are such sums, so that reasons are exact and a saved model is JSON, not code to be run.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.churn.events import Floats
from cs_kpi.churn.table import FeatureTable
from cs_kpi.churn_rules import Label

Kind = Literal["base_rate", "logistic", "boosted"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    feature: str
    missing: float
    """What a customer gets of whom nothing is known."""


class Line(_Record):
    """A number that counts in proportion, between `low` and `high`: slope x (value - centre) + offset.

    is_log : the value is log(1 + size) with its sign
    """

    kind: Literal["line"] = "line"
    is_log: bool
    low: float
    high: float
    centre: float
    slope: float
    offset: float

    def points(self, values: Floats, names: tuple[str, ...]) -> Floats:
        told = np.clip(scaled(values, self.is_log), self.low, self.high)
        return np.where(np.isnan(values), self.missing, self.slope * (told - self.centre) + self.offset)

    def times(self, factor: float) -> Line:
        return self.model_copy(update={name: getattr(self, name) * factor for name in ("slope", "offset", "missing")})


class Steps(_Record):
    """A number by ranges: `values[i]` below `edges[i]`, the last one from the last edge on."""

    kind: Literal["steps"] = "steps"
    edges: tuple[float, ...]
    values: tuple[float, ...]

    def points(self, values: Floats, names: tuple[str, ...]) -> Floats:
        place = np.searchsorted(np.array(self.edges), values, side="right")
        return np.where(np.isnan(values), self.missing, np.array(self.values)[np.minimum(place, len(self.edges))])

    def times(self, factor: float) -> Steps:
        return self.model_copy(update={"values": tuple(value * factor for value in self.values),
                                       "missing": self.missing * factor})


class Words(_Record):
    """A category; `other` for a word that was too rare, or that nobody had when the model was trained."""

    kind: Literal["words"] = "words"
    values: dict[str, float]
    other: float

    def points(self, values: Floats, names: tuple[str, ...]) -> Floats:
        of_code = np.array([*(self.values.get(name, self.other) for name in names), self.missing])
        return of_code[np.where(np.isnan(values), len(names), values).astype(np.int64)]

    def times(self, factor: float) -> Words:
        return self.model_copy(update={"values": {name: value * factor for name, value in self.values.items()},
                                       "other": self.other * factor, "missing": self.missing * factor})


Part = Annotated[Line | Steps | Words, Field(discriminator="kind")]


class Scorecard(BaseModel):
    """Log-odds = intercept + what each feature adds; 0 on average over the rows that it was trained on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    strength: float
    label: Label
    horizon_months: int
    intercept: float
    parts: tuple[Part, ...]

    def points(self, table: FeatureTable) -> Floats:
        """Rows x parts: what each feature adds to the log-odds."""
        columns = [part.points(table.column(part.feature).astype(float), table.names.get(part.feature, ()))
                   for part in self.parts]
        return np.column_stack(columns) if columns else np.zeros((len(table), 0))

    def log_odds(self, table: FeatureTable) -> Floats:
        return self.intercept + self.points(table).sum(axis=1)

    def risk(self, table: FeatureTable) -> Floats:
        """The probability of leaving within the horizon."""
        return probability(self.log_odds(table))


def scaled(values: Floats, is_log: bool) -> Floats:
    """Values, or the size of them with their sign."""
    return np.sign(values) * np.log1p(np.abs(values)) if is_log else values


def probability(log_odds: Floats) -> Floats:
    """
    >>> probability(np.array([0.0, -2.197224577]))
    array([0.5, 0.1])
    """
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
