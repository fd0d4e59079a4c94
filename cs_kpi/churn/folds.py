"""What a model learns from and what it is tested on: later months, or folds of a list without dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.model import Sample, stratified
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import Ints

TEST_SHARES = (0.3, 0.4, 0.5)
"""The last part of the months whose labels are known; a larger one where too few left in a smaller."""
FOLDS, REPEATS = 5, 2
FEWEST_TRAINED, FEWEST_TESTED = 20, 5
"""Customers who left, below which no model is shown as good (handbook 6)."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows to learn from and rows to be tested on."""

    train: Ints
    test: Ints


def folds(sample: Sample, settings: ChurnSettings) -> list[list[Fold]]:
    """What is trained and tested: one split in time, or repeated folds of a list without dates."""
    rows = sample.snapshots
    if not rows.is_dated:
        dealt = [stratified(rows.label, FOLDS, settings.seed + again) for again in range(REPEATS)]
        return [[Fold(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(FOLDS)]
                for fold in dealt]
    tried = [_in_time(sample, share) for share in TEST_SHARES]
    enough = (one for one in tried if sample.rows(one.train).left >= FEWEST_TRAINED
              and sample.rows(one.test).left >= FEWEST_TESTED)
    return [[next(enough, tried[0])]]


def _in_time(sample: Sample, share: float) -> Fold:
    """Test months at the end; training on what was known at the closing with which they open."""
    closings = sample.snapshots.labelled
    if not closings:
        return Fold(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    opens = closings[-max(1, round(share * len(closings)))]
    labelled = sample.labelled
    return Fold(sample.known_by(opens), labelled[sample.snapshots.closing[labelled] >= opens])
