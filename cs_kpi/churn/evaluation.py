"""How well a model foresaw what it had not seen: tested on later months, or on folds of a list without dates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from cs_kpi.book import date_of
from cs_kpi.churn.candidates import DEFAULT, base_rate, fitted
from cs_kpi.churn.events import Floats
from cs_kpi.churn.folds import FEWEST_TESTED, FEWEST_TRAINED, Fold, folds
from cs_kpi.churn.metrics import Draws, Estimate, Ranking, brier
from cs_kpi.churn.model import Sample, learned
from cs_kpi.churn.scorecard import Scorecard
from cs_kpi.churn.settings import ChurnSettings
from cs_kpi.churn.table import Progress, silent
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.shares import wilson

TOP = 20
BANDS = 10
FEWEST_IN_BAND = 30
TENURES = ("tenure", "tenure_months")
NOT_AVAILABLE = Estimate(math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Score:
    """One way of foreseeing, measured on the test rows.

    brier, skill : NaN for a score that is no probability; skill is 1 - Brier / Brier of saying the test's own base rate
        for everybody, which nobody knew beforehand: a model of months that have changed gets no credit for drifting
    lift : share of leavers in the top decile by that among all
    """

    name: str
    label: Message
    roc_auc: Estimate
    pr_auc: Estimate
    brier: Estimate
    skill: Estimate
    lift: Estimate


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
    scores : the model first, then what it is compared with; empty where there was too little to train or to test
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
    test_rows: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    test_label: Floats = field(default_factory=lambda: np.empty(0))
    test_risk: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def is_enough(self) -> bool:
        """Whether enough customers left to train and to test a model."""
        return self.trained_left >= FEWEST_TRAINED and self.tested_left >= FEWEST_TESTED

    @property
    def model(self) -> Score | None:
        return self.scores[0] if self.scores else None


def evaluated(sample: Sample, settings: ChurnSettings, rivals: Mapping[Message, Floats] | None = None,
              told: Progress = silent) -> Evaluation:
    """The test of a model, beside the base rate, tenure alone, and `rivals`.

    rivals : other scores for every row of the sample, higher for riskier, such as 100 - today's health score
    """
    planned = folds(sample, settings)
    counted = _counted(sample, planned)
    if not counted.is_enough:
        return counted
    steps = sum(map(len, planned))
    predicted: dict[str, list[Floats]] = {"model": [], "base_rate": [], "tenure": []}
    for again, repeat in enumerate(planned):
        held = {name: np.full(len(sample.snapshots), np.nan) for name in predicted}
        for number, fold in enumerate(repeat):
            done = again * len(repeat) + number
            for name, model in _models(sample, fold, settings, partial(_part, told, done, steps)):
                held[name][fold.test] = model.risk(sample.table.only(fold.test))
        for name, risk in held.items():
            predicted[name].append(risk)
    return _measured(sample, planned, counted, predicted, rivals or {}, settings)


def _part(told: Progress, done: int, steps: int, share: float) -> None:
    told((done + share) / steps)


def _models(sample: Sample, fold: Fold, settings: ChurnSettings, told: Progress) -> list[tuple[str, Scorecard]]:
    train = sample.rows(fold.train)
    tenure = sample.table.without(*(id for id in sample.table.features if id not in TENURES))
    alone = Sample(sample.snapshots, tenure).rows(fold.train)
    return [("model", learned(sample, fold.train, settings, told).model), ("base_rate", base_rate(train, settings)),
            ("tenure", fitted(DEFAULT, alone, settings))]


def _counted(sample: Sample, planned: Sequence[Sequence[Fold]]) -> Evaluation:
    """How much there is to learn from and to test on; of folds the smallest."""
    every = [fold for repeat in planned for fold in repeat]
    fold = min(every, key=lambda one: sample.rows(one.train).left)
    rows, whole = sample.snapshots, sample.rows(sample.labelled)
    tested = fold.test if rows.is_dated else sample.labelled
    return Evaluation(
        rows.is_dated, whole.left, sample.rows(fold.train).left, sample.rows(tested).left, len(fold.train), len(tested),
        sample.rows(fold.train).base_rate, _span(sample, fold.train), _span(sample, tested))


def _span(sample: Sample, which: Ints) -> tuple[dt.date, dt.date] | None:
    if not sample.snapshots.is_dated or not len(which):
        return None
    closings = sample.snapshots.closing[which]
    return date_of(int(closings.min())), date_of(int(closings.max()))


def _measured(sample: Sample, planned: Sequence[Sequence[Fold]], counted: Evaluation,
              predicted: Mapping[str, list[Floats]], rivals: Mapping[Message, Floats], settings: ChurnSettings
              ) -> Evaluation:
    """The evaluation with every number and its interval."""
    test = np.sort(np.concatenate([fold.test for fold in planned[0]]))
    label = sample.snapshots.label[test]
    draws = Draws(sample.snapshots.customer[test], settings.seed)
    risks = {name: [risk[test] for risk in repeats] for name, repeats in predicted.items()}
    named = {"model": _("The model"), "base_rate": _("Everybody the same (base rate)"), "tenure": _("Tenure alone")}
    scores = [_score(name, named[name], risks[name], label, draws) for name in risks]
    scores += [_ranked(words, score[test], label, draws) for words, score in rivals.items()]
    risk = np.mean(risks["model"], axis=0)
    return replace(counted, scores=tuple(scores),
                   calibration=_calibration(risk, label, sample.snapshots.customer[test], draws),
                   top=_top(sample, test, risk, settings), test_rows=test, test_label=label, test_risk=risk)


def _score(name: str, words: Message, repeats: list[Floats], label: Floats, draws: Draws) -> Score:
    """Of repeated folds the mean of each number."""
    ranked = [Ranking(risk, label) for risk in repeats]
    def over(measure: Callable[[Ranking, Floats], float]) -> Callable[[Floats], float]:
        return lambda weight: float(np.mean([measure(one, weight) for one in ranked]))
    def distance(weight: Floats) -> float:
        return float(np.mean([brier(risk, label, weight) for risk in repeats]))
    def skill(weight: Floats) -> float:
        share = float((weight * label).sum() / weight.sum())
        return 1 - distance(weight) / (share * (1 - share)) if 0 < share < 1 else math.nan
    return Score(name, words, *draws.estimates(over(Ranking.roc_auc), over(Ranking.pr_auc), distance, skill,
                                               over(Ranking.lift)))


def _ranked(words: Message, score: Floats, label: Floats, draws: Draws) -> Score:
    """A score that is no probability; customers without one are taken as in the middle."""
    one = Ranking(np.where(np.isnan(score), np.nanmedian(score), score), label)
    roc, pr, lift = draws.estimates(one.roc_auc, one.pr_auc, one.lift)
    return Score("rival", words, roc, pr, NOT_AVAILABLE, NOT_AVAILABLE, lift)


def _told_by_few(share: Estimate, customers: int) -> Estimate:
    """An estimate of none or all, for whom drawing again tells nothing: with Wilson's interval over its customers."""
    if share.value not in (0.0, 1.0):
        return share
    return Estimate(share.value, *wilson(round(share.value * customers), customers))


def _calibration(risk: Floats, label: Floats, customer: Ints, draws: Draws) -> tuple[CalibrationBand, ...]:
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


def _top(sample: Sample, test: Ints, risk: Floats, settings: ChurnSettings) -> Top | None:
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
