"""How well a model foresaw what it had not seen: tested on later months, or on folds of a list without dates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.churn.candidates import DEFAULT, base_rate, fitted
from cs_kpi.churn.events import Floats
from cs_kpi.churn.folds import Fold, folds
from cs_kpi.churn.metrics import GRID, Curve, Draws, Estimate, Ranking, brier
from cs_kpi.churn.model import Sample, learned
from cs_kpi.churn.scorecard import Scorecard
from cs_kpi.churn.snapshots import snapshots
from cs_kpi.churn.table import FeatureTable, Progress, silent
from cs_kpi.churn.tested import (
    NOT_AVAILABLE,
    RIVAL,
    CalibrationBand,
    ClosingUse,
    Evaluation,
    MonthPart,
    Score,
    Top,
)
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import Ints
from cs_kpi.shares import wilson

TOP = 20
BANDS = 10
FEWEST_IN_BAND = 30
TENURES = ("tenure", "tenure_months")


def counted(book: Book, settings: ChurnSettings) -> Evaluation:
    """How much there is to learn from and to test on, without training anything.

    Raises DataError where the book has neither contracts with dates nor a flag of who left, or not the label.
    """
    rows = snapshots(book, settings)
    sample = Sample(rows, FeatureTable({}, {}, np.empty((len(rows), 0))))
    return _counted(sample, folds(sample, settings))


def evaluated(sample: Sample, settings: ChurnSettings, rivals: Mapping[str, Floats] | None = None,
              told: Progress = silent) -> Evaluation:
    """The test of a model, beside the base rate, tenure alone, and `rivals`.

    rivals : health scores for every row of the sample by their name, higher for riskier: 100 - score
    """
    planned = folds(sample, settings)
    known = _counted(sample, planned)
    if not known.is_enough:
        return known
    return _measured(sample, planned, known, _predicted(sample, planned, settings, told), rivals or {}, settings)


def judged(sample: Sample, settings: ChurnSettings) -> Evaluation:
    """The same test, of which only that is measured which a verdict asks for: for models of many past days."""
    planned = folds(sample, settings)
    known = _counted(sample, planned)
    if not known.is_enough:
        return known
    predicted = _predicted(sample, planned, settings, silent, beside=False)
    test = np.sort(np.concatenate([fold.test for fold in planned[0]]))
    label = sample.snapshots.label[test]
    one = _Measures([risk[test] for risk in predicted["model"]], label)
    [roc] = Draws(sample.snapshots.customer[test], settings.seed).estimates(one.over(Ranking.roc_auc))
    skill = Estimate(one.skill(np.ones(len(test))), math.nan, math.nan)
    return replace(known, scores=(Score("model", roc, NOT_AVAILABLE, NOT_AVAILABLE, skill, NOT_AVAILABLE),))


def _predicted(sample: Sample, planned: Sequence[Sequence[Fold]], settings: ChurnSettings, told: Progress,
               beside: bool = True) -> dict[str, list[Floats]]:
    """What each way of foreseeing says of the tested rows, once a repeat; the model alone where nothing stands `beside`
    it."""
    steps = sum(map(len, planned))
    predicted: dict[str, list[Floats]] = {}
    for again, repeat in enumerate(planned):
        held: dict[str, Floats] = {}
        for number, fold in enumerate(repeat):
            done = again * len(repeat) + number
            rows = sample.table.only(fold.test)
            for name, model in _models(sample, fold, settings, partial(_part, told, done, steps), beside):
                held.setdefault(name, np.full(len(sample.snapshots), np.nan))[fold.test] = model.risk(rows)
        for name, risk in held.items():
            predicted.setdefault(name, []).append(risk)
    return predicted


def _part(told: Progress, done: int, steps: int, share: float) -> None:
    told((done + share) / steps)


def _models(sample: Sample, fold: Fold, settings: ChurnSettings, told: Progress, beside: bool
            ) -> list[tuple[str, Scorecard]]:
    model = learned(sample, fold.train, settings, told).model
    if not beside:
        return [("model", model)]
    train = sample.rows(fold.train)
    tenure = sample.table.without(*(id for id in sample.table.features if id not in TENURES))
    alone = Sample(sample.snapshots, tenure).rows(fold.train)
    return [("model", model), ("base_rate", base_rate(train, settings)), ("tenure", fitted(DEFAULT, alone, settings))]


def _counted(sample: Sample, planned: Sequence[Sequence[Fold]]) -> Evaluation:
    """How much there is to learn from and to test on; of folds the smallest."""
    every = [fold for repeat in planned for fold in repeat]
    fold = min(every, key=lambda one: sample.rows(one.train).left)
    rows, whole = sample.snapshots, sample.rows(sample.labelled)
    tested = fold.test if rows.is_dated else sample.labelled
    return Evaluation(
        rows.is_dated, whole.left, sample.rows(fold.train).left, sample.rows(tested).left, len(fold.train), len(tested),
        sample.rows(fold.train).base_rate, _span(sample, fold.train), _span(sample, tested),
        months=_months(sample, fold) if rows.is_dated else ())


def _months(sample: Sample, fold: Fold) -> tuple[ClosingUse, ...]:
    """What each closing was for."""
    rows = sample.snapshots
    learned_from, tested = (set(np.unique(rows.closing[part]).tolist()) for part in (fold.train, fold.test))
    found = []
    for day in rows.closings:
        label = rows.label[rows.rows_of(day)]
        part: MonthPart = ("tested" if day in tested else "learned" if day in learned_from
                           else "open" if np.isnan(label).all() else "between")
        found.append(ClosingUse(date_of(day), part, len(label), int(np.nansum(label))))
    return tuple(found)


def _span(sample: Sample, which: Ints) -> tuple[dt.date, dt.date] | None:
    if not sample.snapshots.is_dated or not len(which):
        return None
    closings = sample.snapshots.closing[which]
    return date_of(int(closings.min())), date_of(int(closings.max()))


def _measured(sample: Sample, planned: Sequence[Sequence[Fold]], known: Evaluation,
              predicted: Mapping[str, list[Floats]], rivals: Mapping[str, Floats], settings: ChurnSettings
              ) -> Evaluation:
    """The evaluation with every number and its interval."""
    test = np.sort(np.concatenate([fold.test for fold in planned[0]]))
    label = sample.snapshots.label[test]
    draws = Draws(sample.snapshots.customer[test], settings.seed)
    risks = {name: [risk[test] for risk in repeats] for name, repeats in predicted.items()}
    scores = [_score(name, risks[name], label, draws) for name in risks]
    scores += [_ranked(name, score[test], label, draws) for name, score in rivals.items()]
    risk = np.mean(risks["model"], axis=0)
    ranked = {"model": risk, "tenure": np.mean(risks["tenure"], axis=0)}
    if rivals:
        ranked[RIVAL] = filled(next(iter(rivals.values()))[test])
    return replace(known, scores=tuple(scores), curves=_curves(ranked, label, draws),
                   calibration=_calibration(risk, label, sample.snapshots.customer[test], draws),
                   top=_top(sample, test, risk, settings), test_rows=test, test_label=label, test_risk=risk)


class _Measures:
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


def _score(name: str, repeats: list[Floats], label: Floats, draws: Draws) -> Score:
    one = _Measures(repeats, label)
    return Score(name, *_five(draws.estimates(one.over(Ranking.roc_auc), one.over(Ranking.pr_auc), one.distance,
                                              one.skill, one.over(Ranking.lift))))


def _five(found: list[Estimate]) -> tuple[Estimate, Estimate, Estimate, Estimate, Estimate]:
    roc, pr, distance, skill, lift = found
    return roc, pr, distance, skill, lift


def filled(score: Floats) -> Floats:
    """Scores of which none is missing: customers without one are taken as in the middle."""
    is_told = ~np.isnan(score)
    return np.where(is_told, score, np.median(score[is_told])) if is_told.any() else np.zeros(len(score))


def _ranked(name: str, score: Floats, label: Floats, draws: Draws) -> Score:
    """A score that is no probability."""
    one = Ranking(filled(score), label)
    roc, pr, lift = draws.estimates(one.roc_auc, one.pr_auc, one.lift)
    return Score(RIVAL, roc, pr, NOT_AVAILABLE, NOT_AVAILABLE, lift, name)


def _curves(ranked: Mapping[str, Floats], label: Floats, draws: Draws) -> tuple[Curve, ...]:
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
