"""What the test of a model says: the records that are shown, and kept with the saved work."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.churn.folds import FEWEST_TESTED, FEWEST_TRAINED
from cs_kpi.churn.metrics import Curve, Estimate
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _

MonthPart = Literal["learned", "between", "tested", "open"]
NAMED = {"model": _("The model"), "base_rate": _("Everybody the same (base rate)"), "tenure": _("Tenure alone")}
"""What is tested whatever there is, the model first."""
RIVAL = "health"
NOT_AVAILABLE = Estimate(math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Score:
    """One way of foreseeing, measured on the test rows.

    name : of NAMED, or RIVAL
    rival : what the team calls that score
    brier, skill : NaN for a score that is no probability; skill is 1 - Brier / Brier of saying the test's own base rate
        for everybody, which nobody knew beforehand: a model of months that have changed gets no credit for drifting
    lift : share of leavers in the top decile by that among all
    """

    name: str
    roc_auc: Estimate
    pr_auc: Estimate
    brier: Estimate
    skill: Estimate
    lift: Estimate
    rival: str = ""

    @property
    def label(self) -> Message:
        return NAMED.get(self.name) or _("Health score '{name}'", name=self.rival)


@dataclass(frozen=True, slots=True)
class ClosingUse:
    """What was done with the customers of one closing.

    part : learned from; in between, their fate not known yet when the test opens; tested; or not known to this day
    """

    closing: dt.date
    part: MonthPart
    rows: int
    left: int


@dataclass(frozen=True, slots=True)
class CalibrationBand:
    """Customers with about the same risk: what was said and what happened."""

    foreseen: float
    happened: Estimate
    rows: int
    left: float


@dataclass(frozen=True, slots=True)
class Top:
    """Of the `size` customers called riskiest at one closing, how many left, and how many would have by chance."""

    size: int
    left: Estimate
    by_chance: float
    closing: dt.date | None


@dataclass(frozen=True)
class Evaluation:
    """What the test says.

    is_dated : tested on later months; otherwise on folds of a list without dates
    left, trained_left, tested_left : different customers who left: at all, in training, in the test
    trained, tested : first and last closing of either; None without dates
    months : the closings in order; empty without dates
    scores, curves : the model first, then what it is compared with; empty where there was too little
    test_rows, test_label, test_risk : which snapshots were tested, and the risk that the model gave
    """

    is_dated: bool
    left: int
    trained_left: int
    tested_left: int
    trained_rows: int
    tested_rows: int
    base_rate: float
    trained: tuple[dt.date, dt.date] | None = None
    tested: tuple[dt.date, dt.date] | None = None
    scores: tuple[Score, ...] = ()
    calibration: tuple[CalibrationBand, ...] = ()
    top: Top | None = None
    curves: tuple[Curve, ...] = ()
    months: tuple[ClosingUse, ...] = ()
    test_rows: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    test_label: Floats = field(default_factory=lambda: np.empty(0))
    test_risk: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def test_rate(self) -> float:
        """The share that left among the tested rows: what precision is by chance."""
        rows = sum(one.rows for one in self.calibration)
        return sum(one.left for one in self.calibration) / rows if rows else math.nan

    @property
    def is_enough(self) -> bool:
        """Whether enough customers left to train and to test a model."""
        return self.trained_left >= FEWEST_TRAINED and self.tested_left >= FEWEST_TESTED

    @property
    def model(self) -> Score | None:
        return self.scores[0] if self.scores else None
