"""The whole way: snapshots, features, test, judgement, and the risk of every customer of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.evaluation import evaluated
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Feature
from cs_kpi.churn.history import History
from cs_kpi.churn.honesty import Verdict, verdict
from cs_kpi.churn.leaks import Leak, leaks
from cs_kpi.churn.model import MOST_TO_CHOOSE, Learned, Sample, learned, thinned
from cs_kpi.churn.registry import chosen_features, features
from cs_kpi.churn.scorecard import Scorecard, probability
from cs_kpi.churn.snapshots import Snapshots, customers_now, snapshots
from cs_kpi.churn.table import FeatureTable, Progress, silent, table_at, table_of
from cs_kpi.churn.tested import Evaluation
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import MICRO, Ints

REACHED = 0.75
"""A realistic value is one that this share of today's customers do not better."""
Rivals = Callable[[Snapshots], Mapping[str, Floats]]
"""Health scores of every snapshot by their name, higher for riskier, to be compared with the model."""


@dataclass(frozen=True, eq=False)
class Risks:
    """The risk of some customers on one day.

    customer, day : their codes, and the closing
    table : their features
    points : customers x parts of the model: what each feature adds to the log-odds; the sum and the intercept are the
        log-odds
    """

    book: Book
    model: Scorecard
    customer: Ints
    day: int
    table: FeatureTable
    points: Floats

    @cached_property
    def log_odds(self) -> Floats:
        return self.model.intercept + self.points.sum(axis=1)

    @cached_property
    def risk(self) -> Floats:
        return probability(self.log_odds)

    @cached_property
    def mrr(self) -> Floats:
        """MRR of each customer on that day, in currency."""
        if self.book.snapshot is not None:
            return self.book.snapshot.opening[self.customer] / MICRO
        return next(iter(self.book.ledger.closings([self.day])))[self.customer] / MICRO

    @cached_property
    def realistic(self) -> dict[str, float]:
        """By feature that a team can act on, a value that a quarter of these customers have or better."""
        found = {}
        for id, one in self.table.features.items():
            told = self.table.column(id)[~np.isnan(self.table.column(id))]
            if one.is_actionable and one.better and len(told):
                share = REACHED if one.better == "up" else 1 - REACHED
                found[id] = float(np.quantile(told, share, method="nearest"))
        return found


@dataclass(frozen=True)
class Outlook:
    """What is known of the risk in a book.

    trained : the model of today, from every label that is known; None where too few left
    """

    settings: ChurnSettings
    features: Mapping[str, Feature]
    evaluation: Evaluation
    leaks: tuple[Leak, ...]
    verdict: Verdict
    trained: Learned | None
    risks: Risks | None


def outlook(book: Book, settings: ChurnSettings | None = None, rivals: Rivals | None = None, told: Progress = silent
            ) -> Outlook:
    """The test of a model on the past, the judgement on it, and today's risks.

    told : hears how far it is, 0 to 1
    Raises DataError where the book has neither contracts with dates nor a flag of who left, or for a feature or a label
    that it does not have.
    """
    settings = settings or ChurnSettings()
    ready = prepared(book, settings, lambda share: told(0.3 * share))
    scores = rivals(ready.sample.snapshots) if rivals else None
    tested = evaluated(ready.sample, settings, scores, lambda share: told(0.3 + 0.5 * share))
    judged = verdict(tested, list(ready.leaks), settings)
    model, risks = None, None
    if tested.is_enough:
        model = learned(ready.sample, ready.sample.labelled, settings, lambda share: told(0.8 + 0.2 * share))
        risks = risks_now(book, ready.history, ready.features, model.model)
    told(1.0)
    return Outlook(settings, ready.features, tested, ready.leaks, judged, model, risks)


@dataclass(frozen=True)
class Prepared:
    """What a model learns from: snapshots with the features that are looked at, and the columns that were left out."""

    history: History
    features: Mapping[str, Feature]
    sample: Sample
    leaks: tuple[Leak, ...]


def prepared(book: Book, settings: ChurnSettings, told: Progress = silent) -> Prepared:
    """Every snapshot of a book, with the features of the settings and without those that leak."""
    chosen, history = chosen_features(book, settings), book.once(History)
    rows = snapshots(book, settings)
    whole = Sample(rows, table_of(history, features(book), rows, told))
    found = leaks(whole.rows(thinned(whole, whole.labelled, MOST_TO_CHOOSE, settings.seed)), settings.with_features)
    found += _filled_afterwards(book, whole, found, settings)
    left_out = {leak.feature.id for leak in found if not leak.is_used}
    kept = {id: one for id, one in chosen.items() if id not in left_out}
    sample = Sample(rows, whole.table.without(*(id for id in whole.table.features if id not in kept)))
    return Prepared(history, kept, sample, tuple(found))


def _filled_afterwards(book: Book, whole: Sample, found: list[Leak], settings: ChurnSettings) -> list[Leak]:
    """Attributes that tell who has left by today, whenever that was; they carry no date, so that the months before
    give them away less clearly."""
    if book.snapshot is not None or not len(whole.snapshots):
        return []
    known = {leak.feature.id for leak in found}
    mine = [id for id, one in whole.table.features.items() if one.group == "customer" and id not in known]
    _customers, last = np.unique(whole.snapshots.customer[::-1], return_index=True)
    last = len(whole.snapshots) - 1 - last
    others = (id for id in whole.table.features if id not in mine)
    rows = Sample(whole.snapshots, whole.table.without(*others)).rows(last)
    now, _day = customers_now(book)
    has_left = 1.0 - np.isin(rows.customer, now)
    return leaks(replace(rows, label=has_left), settings.with_features)


def risks_now(book: Book, history: History, kept: Mapping[str, Feature], model: Scorecard) -> Risks:
    """The risk of every customer of today."""
    customer, day = customers_now(book)
    return risks_at(book, history, kept, model, customer, day)


def risks_at(book: Book, history: History, kept: Mapping[str, Feature], model: Scorecard, customer: Ints, day: int
             ) -> Risks:
    """The risk of some customers at the closing of a day, from what was known then."""
    table = table_at(history, kept, customer, day)
    return Risks(book, model, customer, day, table, model.points(table))
