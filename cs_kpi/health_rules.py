"""How a team scores health: parts with thresholds and weights, bands, caps, per segment; named, dated (handbook 6)."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Band = Literal["red", "yellow", "green"]
BANDS: tuple[Band, ...] = ("red", "yellow", "green")
"""From the worst to the best; a band's code is its place here."""
Missing = Literal["exclude", "neutral", "penalise"]
CHURN_RISK = "churn_risk"
RISK_THRESHOLDS = (1.0, 0.0)
"""A risk scores 100 x (1 - risk), whatever a team would like."""


class Component(BaseModel):
    """One part of a score: a feature, scored 0 at `bad` (and beyond) and 100 at `good` (and beyond), straight between.

    bad above good means that less is healthier
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    feature: str = Field(min_length=1)
    bad: float = Field(allow_inf_nan=False)
    good: float = Field(allow_inf_nan=False)
    weight: float = Field(gt=0, le=1_000_000, allow_inf_nan=False)

    @model_validator(mode="after")
    def _has_a_slope(self) -> Self:
        if self.bad == self.good:
            raise ValueError("bad and good are the same")
        if self.feature == CHURN_RISK and (self.bad, self.good) != RISK_THRESHOLDS:
            raise ValueError("churn_risk runs from 1 (bad) to 0 (good)")
        return self


class Cap(BaseModel):
    """What keeps a customer from a better band, whatever the score: NPS answer at most 6 caps at yellow."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feature: str = Field(min_length=1)
    when: Literal["at_most", "at_least"]
    limit: float = Field(allow_inf_nan=False)
    band: Literal["red", "yellow"]


class Rules(BaseModel):
    """One way of scoring.

    yellow_from, green_from : the score with which a band begins; it belongs to the better one
    missing : what a part that is not known counts: nothing (the others share its weight), 50, or 0
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    components: tuple[Component, ...] = Field(min_length=1)
    yellow_from: float = Field(default=40, ge=0, le=100)
    green_from: float = Field(default=70, ge=0, le=100)
    caps: tuple[Cap, ...] = ()
    missing: Missing = "exclude"

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.yellow_from > self.green_from:
            raise ValueError("green begins below yellow")
        names = [one.feature for one in self.components]
        if len(set(names)) < len(names):
            raise ValueError("a feature is a component twice")
        return self


class HealthConfiguration(BaseModel):
    """A saved way of scoring.

    made_on : the day from which it counts: of several, a closing is scored by the last one made up to it
    field, segments : a field by which customers are told apart, and the rules of some of its values; `rules` hold for
        everybody else
    horizon_months : how far ahead a churn risk looks, and what the backtest counts as leaving after a score
    insists_on_risk : a churn risk counts even where its test found that it cannot be believed
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    made_on: dt.date
    rules: Rules
    field: str | None = None
    segments: dict[str, Rules] = Field(default_factory=dict)
    horizon_months: int = Field(default=3, ge=1, le=24)
    insists_on_risk: bool = False

    @model_validator(mode="after")
    def _has_its_field(self) -> Self:
        if self.segments and not self.field:
            raise ValueError("rules of segments need the field that tells them apart")
        return self

    @property
    def every(self) -> tuple[Rules, ...]:
        """All rules, those for everybody else first."""
        return self.rules, *self.segments.values()

    @property
    def features(self) -> tuple[str, ...]:
        """The ids of everything that a score or a cap looks at."""
        return (*self.parts, *dict.fromkeys(cap.feature for rules in self.every for cap in rules.caps
                                            if cap.feature not in self.parts))

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of the components of any rules, each once."""
        return tuple(dict.fromkeys(one.feature for rules in self.every for one in rules.components))


class HealthVersion(BaseModel):
    """A configuration as it was saved; `number` counts from 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    configuration: HealthConfiguration

    @property
    def key(self) -> str:
        """Under which it is saved."""
        return f"{self.number:04d}"
