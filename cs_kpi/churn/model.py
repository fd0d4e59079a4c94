"""Which candidate is taken, how far its differences are to be believed, and the model trained on all it may know."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.churn.candidates import CANDIDATES, DEFAULT, Candidate, fitted, stretched
from cs_kpi.churn.encoders import Rows
from cs_kpi.churn.events import Floats
from cs_kpi.churn.scorecard import Scorecard, probability
from cs_kpi.churn.snapshots import Snapshots
from cs_kpi.churn.table import FeatureTable, Progress, silent
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import Ints

VALIDATED_SHARE = 1 / 3
"""The later part of the training months, by which candidates are judged."""
FEWEST_FITTED, FEWEST_VALIDATED = 10, 10
"""Customers who left, in the earlier and the later part, below which nothing is chosen."""
MOST_ROWS = 120_000
"""More snapshots than these are thinned out by customers: months of the same customer say much the same."""
MOST_TO_CHOOSE = 60_000
STEEPEST = 1.25
"""A model is taken back as far as later months ask for, and hardly ever made bolder."""
PRIOR = 10.0
"""How many customers' worth of belief there is, before any look, that a model's differences are right."""


@dataclass(frozen=True)
class Learned:
    """A model and how it came to be.

    losses : log loss of each candidate on later months (lower is better); empty where there was too little to choose by
    slope : how much of its differences held on later months; 1: all
    """

    model: Scorecard
    losses: tuple[tuple[Candidate, float], ...] = ()
    slope: float = 1.0


@dataclass(frozen=True)
class Sample:
    """Snapshots with their features."""

    snapshots: Snapshots
    table: FeatureTable

    def rows(self, which: Ints | np.ndarray) -> Rows:
        return Rows(self.table.only(which), self.snapshots.label[which], self.snapshots.customer[which])

    @property
    def labelled(self) -> Ints:
        return np.flatnonzero(~np.isnan(self.snapshots.label))

    def known_by(self, day: int) -> Ints:
        """The rows whose labels were known at the closing of `day`."""
        known = ~np.isnan(self.snapshots.label) & (self.snapshots.known_on <= day)
        return np.flatnonzero(known)


def learned(sample: Sample, which: Ints, settings: ChurnSettings, told: Progress = silent) -> Learned:
    """The best candidate, fitted to the rows `which` and taken back to what held on the later ones of them.

    Chosen by log loss on months (of a list without dates: on a third of the customers) that the candidates had not
    seen, with the real share of leavers: balanced weights would ruin the probabilities.
    """
    earlier, later = _parts(sample, which, settings.seed)
    few = sample.rows(earlier).left < FEWEST_FITTED or sample.rows(later).left < FEWEST_VALIDATED
    if few:
        model = fitted(DEFAULT, sample.rows(thinned(sample, which, MOST_ROWS, settings.seed)), settings)
        told(1.0)
        return Learned(model)
    before = sample.rows(thinned(sample, earlier, MOST_TO_CHOOSE, settings.seed))
    after = sample.rows(thinned(sample, later, MOST_TO_CHOOSE, settings.seed))
    tried = []
    for number, candidate in enumerate(CANDIDATES):
        log_odds = fitted(candidate, before, settings).log_odds(after.table)
        tried.append((log_loss(after.label, probability(log_odds)), candidate, log_odds))
        told((number + 1) / (len(CANDIDATES) + 1))
    _loss, best, log_odds = min(tried, key=lambda one: one[0])
    slope = held_slope(log_odds, after)
    whole = sample.rows(thinned(sample, which, MOST_ROWS, settings.seed))
    model = stretched(fitted(best, whole, settings), whole, slope)
    told(1.0)
    return Learned(model, tuple((candidate, loss) for loss, candidate, _odds in tried), slope)


def _parts(sample: Sample, which: Ints, seed: int) -> tuple[Ints, Ints]:
    """The rows to fit candidates to, whose labels were known before the others begin; and the others."""
    rows = sample.snapshots
    if not rows.is_dated:
        held = stratified(rows.label[which], round(1 / VALIDATED_SHARE), seed) == 0
        return which[~held], which[held]
    closings = np.unique(rows.closing[which])
    first = closings[int(np.ceil(len(closings) * (1 - VALIDATED_SHARE))) - 1] if len(closings) else 0
    is_later = rows.closing[which] >= first
    return which[rows.known_on[which] <= first], which[is_later]


def stratified(label: Floats, folds: int, seed: int) -> Ints:
    """The fold of each row, leavers and stayers dealt out evenly."""
    order = np.random.default_rng(seed)
    fold = np.empty(len(label), dtype=np.int64)
    for value in (0.0, 1.0):
        rows = np.flatnonzero(label == value)
        fold[order.permutation(rows)] = np.arange(len(rows)) % folds
    return fold


def thinned(sample: Sample, which: Ints, most: int, seed: int) -> Ints:
    """The rows of a random part of the customers, where there are more than `most`."""
    if len(which) <= most:
        return which
    customers = np.unique(sample.snapshots.customer[which])
    lot = np.random.default_rng(seed).random(int(customers.max()) + 1)
    return which[lot[sample.snapshots.customer[which]] < most / len(which)]


def log_loss(label: Floats, risk: Floats) -> float:
    """Mean of -log of the probability that was given to what happened."""
    given = np.clip(np.where(label == 1, risk, 1 - risk), 1e-12, 1.0)
    return float(-np.log(given).mean())


def held_slope(log_odds: Floats, rows: Rows) -> float:
    """How much of a model's differences held: the slope of a logistic fit of what happened on its log-odds.

    A row weighs as its customer's share. The sigmoid calibration of Platt, held back towards 1.
    """
    weight = len(np.unique(rows.customer)) / len(rows.label)
    spread = log_odds - log_odds.mean()
    at = np.array([np.log(rows.base_rate / (1 - rows.base_rate)), 1.0])
    for _step in range(50):
        risk = probability(at[0] + at[1] * spread)
        bend = weight * risk * (1 - risk)
        first = np.array([weight * (rows.label - risk).sum(),
                          weight * ((rows.label - risk) * spread).sum() - PRIOR * spread.var() * (at[1] - 1)])
        second = np.array([[bend.sum(), (bend * spread).sum()],
                           [(bend * spread).sum(), (bend * spread**2).sum() + PRIOR * spread.var()]])
        move = np.linalg.solve(second + 1e-9 * np.eye(2), first)
        at += np.clip(move, -1, 1)
        if np.abs(move).max() < 1e-9:
            break
    return float(np.clip(at[1], 0.0, STEEPEST))
