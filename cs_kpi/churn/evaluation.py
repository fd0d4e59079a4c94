"""How well a model foresaw what it had not seen: tested on later months, or on folds of a list without dates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from cs_kpi.book import Book, date_of
from cs_kpi.churn.candidates import DEFAULT, base_rate, fitted
from cs_kpi.churn.events import Floats
from cs_kpi.churn.folds import Fold, folds
from cs_kpi.churn.measured import Measures, calibration, curves, filled, measured_score, ranked_score, riskiest
from cs_kpi.churn.metrics import Draws, Estimate, Ranking
from cs_kpi.churn.model import Sample, learned
from cs_kpi.churn.scorecard import Scorecard
from cs_kpi.churn.snapshots import snapshots
from cs_kpi.churn.table import FeatureTable, Progress, silent
from cs_kpi.churn.tested import NOT_AVAILABLE, RIVAL, ClosingUse, Evaluation, MonthPart, Score
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import Ints

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
    one = Measures([risk[test] for risk in predicted["model"]], label)
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
    scores = [measured_score(name, risks[name], label, draws) for name in risks]
    scores += [ranked_score(name, score[test], label, draws) for name, score in rivals.items()]
    risk = np.mean(risks["model"], axis=0)
    ranked = {"model": risk, "tenure": np.mean(risks["tenure"], axis=0)}
    if rivals:
        ranked[RIVAL] = filled(next(iter(rivals.values()))[test])
    return replace(known, scores=tuple(scores), curves=curves(ranked, label, draws),
                   calibration=calibration(risk, label, sample.snapshots.customer[test], draws),
                   top=riskiest(sample, test, risk, settings), test_rows=test, test_label=label, test_risk=risk)
