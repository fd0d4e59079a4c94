"""The numbers of a test, each with its interval: scores, curves, calibration, and the riskiest at one closing."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from cs_kpi.book import date_of
from cs_kpi.churn.events import Floats
from cs_kpi.churn.metrics import GRID, Curve, Draws, Estimate, Ranking, brier
from cs_kpi.churn.model import Sample
from cs_kpi.churn.tested import NOT_AVAILABLE, RIVAL, CalibrationBand, Score, Top
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import Ints
from cs_kpi.shares import wilson

TOP = 20
BANDS = 10
FEWEST_IN_BAND = 30


class Measures:
    """What is measured of the risks of repeated folds, each the mean over the repeats."""

    def __init__(self, repeats: list[Floats], label: Floats) -> None:
        self._repeats, self._label = repeats, label
        self._ranked = [Ranking(risk, label) for risk in repeats]

    def over(self, measure: Callable[[Ranking, Floats], float]) -> Callable[[Floats], float]:
        return lambda weight: float(np.mean([measure(one, weight) for one in self._ranked]))

    def distance(self, weight: Floats) -> float:
        return float(np.mean([brier(risk, self._label, weight) for risk in self._repeats]))

    def skill(self, weight: Floats) -> float:
        share = float((weight * self._label).sum() / weight.sum())
        return 1 - self.distance(weight) / (share * (1 - share)) if 0 < share < 1 else math.nan


def measured_score(name: str, repeats: list[Floats], label: Floats, draws: Draws) -> Score:
    """A way of foreseeing that says probabilities; of repeated folds the mean of each number."""
    one = Measures(repeats, label)
    roc, pr, distance, skill, lift = draws.estimates(one.over(Ranking.roc_auc), one.over(Ranking.pr_auc), one.distance,
                                                     one.skill, one.over(Ranking.lift))
    return Score(name, roc, pr, distance, skill, lift)


def filled(score: Floats) -> Floats:
    """Scores of which none is missing: customers without one are taken as in the middle."""
    is_told = ~np.isnan(score)
    return np.where(is_told, score, np.median(score[is_told])) if is_told.any() else np.zeros(len(score))


def ranked_score(name: str, score: Floats, label: Floats, draws: Draws) -> Score:
    """A score that is no probability."""
    one = Ranking(filled(score), label)
    roc, pr, lift = draws.estimates(one.roc_auc, one.pr_auc, one.lift)
    return Score(RIVAL, roc, pr, NOT_AVAILABLE, NOT_AVAILABLE, lift, name)


def curves(ranked: Mapping[str, Floats], label: Floats, draws: Draws) -> tuple[Curve, ...]:
    """The curves of the model with their intervals, and those of the others."""
    size = len(GRID)
    found = []
    for name, score in ranked.items():
        one = Ranking(score, label)
        values = (draws.bands(one.curves) if name == "model"
                  else [Estimate(value, math.nan, math.nan) for value in one.curves(np.ones(len(label))).tolist()])
        found.append(Curve(name, tuple(values[:size + 1]), tuple(values[size + 1:-size]), tuple(values[-size:])))
    return tuple(found)


def _told_by_few(share: Estimate, customers: int) -> Estimate:
    """An estimate of none or all, for whom drawing again tells nothing: with Wilson's interval over its customers."""
    if share.value not in (0.0, 1.0):
        return share
    return Estimate(share.value, *wilson(round(share.value * customers), customers))


def calibration(risk: Floats, label: Floats, customer: Ints, draws: Draws) -> tuple[CalibrationBand, ...]:
    """Bands of about equally many rows, from the lowest risk to the highest."""
    bands = max(1, min(BANDS, len(risk) // FEWEST_IN_BAND))
    edges = np.unique(np.quantile(risk, np.arange(1, bands) / bands))
    band = np.searchsorted(edges, risk, side="right")
    inside = [band == one for one in range(len(edges) + 1) if (band == one).any()]
    def share(mine: np.ndarray) -> Callable[[Floats], float]:
        return lambda weight: (float((weight[mine] * label[mine]).sum() / weight[mine].sum()) if weight[mine].sum()
                               else math.nan)
    happened = [_told_by_few(one, len(np.unique(customer[mine])))
                for one, mine in zip(draws.estimates(*(share(mine) for mine in inside)), inside, strict=True)]
    return tuple(CalibrationBand(float(risk[mine].mean()), estimate, int(mine.sum()), float(label[mine].sum()))
                 for mine, estimate in zip(inside, happened, strict=True))


def riskiest(sample: Sample, test: Ints, risk: Floats, settings: ChurnSettings) -> Top | None:
    """The riskiest customers at the last closing that was tested."""
    closing = sample.snapshots.closing[test]
    now = np.flatnonzero(closing == closing.max())
    size = min(TOP, len(now) // 4)
    if not size:
        return None
    label = sample.snapshots.label[test[now]]
    ranking = Ranking(risk[now], label)
    def caught(weight: Floats) -> float:
        whole = weight.sum()
        return ranking.lift(weight, size / whole) * size * float((weight * label).sum() / whole) if label.any() else 0.0
    draws = Draws(sample.snapshots.customer[test[now]], settings.seed)
    [left] = draws.estimates(caught)
    share = _told_by_few(Estimate(left.value / size, left.low / size, left.high / size), size)
    left = Estimate(left.value, share.low * size, share.high * size)
    return Top(size, left, size * float(label.mean()),
               date_of(int(closing.max())) if sample.snapshots.is_dated else None)
