"""Churn risk as it could be told at a past closing: by a model that knows the labels of that time only (handbook 6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.churn.evaluation import judged
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Feature
from cs_kpi.churn.history import History, Known
from cs_kpi.churn.honesty import verdict
from cs_kpi.churn.kept import data_fingerprint
from cs_kpi.churn.leaks import leaks
from cs_kpi.churn.model import Sample, learned, thinned
from cs_kpi.churn.registry import chosen_features
from cs_kpi.churn.risk import risks_at
from cs_kpi.churn.scorecard import Scorecard
from cs_kpi.churn.snapshots import UNDATED, snapshots
from cs_kpi.churn.table import FeatureTable, table_of
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.errors import DataError
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.periods import ONE_DAY, period_of

MOST_ROWS = 8_000
"""Snapshots of a past model and its test: there is one a quarter, and more rows hardly change a risk."""
ENOUGH_LEFT = 100
"""Customers who left that are not thinned away, however many rows that takes: five times as many as are needed."""
MOST_KEPT = 16
"""Data and settings whose models are kept."""


@dataclass(frozen=True)
class Taught:
    """A model and the features it looks at; `model` None, and `against` the reasons, where risk is not to be told."""

    model: Scorecard | None
    features: dict[str, Feature]
    against: tuple[Message, ...] = ()


@dataclass(frozen=True)
class PastRisks:
    """Risks at any closing of a book, each by the model of the last end of a quarter, from the labels known then.

    insists : risks are told even by a model that cannot be believed
    """

    book: Book
    settings: ChurnSettings
    insists: bool = False

    def at(self, known: Known) -> Floats:
        """The risk of every customer; NaN where there was no model, or none to be believed."""
        taught = self.taught_at(known.day)
        everybody = np.arange(known.size)
        if taught.model is None:
            return np.full(known.size, np.nan)
        return risks_at(self.book, known.history, taught.features, taught.model, everybody, known.day).risk

    def taught_at(self, day: int) -> Taught:
        """The model in force at the closing of `day`."""
        learned_on = day if self.book.is_snapshot else _quarter_end(day)
        if learned_on not in self._taught:
            self._taught[learned_on] = self._teach(learned_on)
        return self._taught[learned_on]

    @cached_property
    def _taught(self) -> dict[int, Taught]:
        return _models_of(data_fingerprint(self.book), self.settings.model_dump_json(), self.insists)

    @cached_property
    def _whole(self) -> tuple[dict[str, Feature], Sample]:
        chosen, rows = chosen_features(self.book, self.settings), snapshots(self.book, self.settings)
        return chosen, Sample(rows, table_of(self.book.once(History), chosen, rows))

    def _teach(self, day: int) -> Taught:
        try:
            chosen, whole = self._whole
        except DataError as error:  # the label that is foreseen is not in these data
            return Taught(None, {}, (error.message,))
        known = whole.known_by(day)
        sample = _only(whole, thinned(whole, known, _most(whole, known), self.settings.seed))
        found = leaks(sample.rows(sample.labelled)) if len(sample.snapshots) else []
        kept = {id: one for id, one in chosen.items() if id not in {leak.feature.id for leak in found}}
        sample = Sample(sample.snapshots, sample.table.without(*(id for id in chosen if id not in kept)))
        if not len(sample.snapshots):
            return Taught(None, kept, (_("No customer's fate was known then."),))
        tested = judged(sample, self.settings)
        said = verdict(tested, [], self.settings)
        if not tested.is_enough or not (said.is_fed or self.insists):
            return Taught(None, kept, said.against)
        return Taught(learned(sample, sample.labelled, self.settings).model, kept, said.against)


@lru_cache(maxsize=MOST_KEPT)
def _models_of(_data: str, _settings: str, _insists: bool) -> dict[int, Taught]:
    """By the day on which they learned: models outlive the Book, which every change of a setting makes anew."""
    return {}


def _most(whole: Sample, known: Ints) -> int:
    """How many rows are enough: more where few of them left."""
    rows = whole.snapshots
    left = len(np.unique(rows.customer[known][rows.label[known] == 1]))
    return max(MOST_ROWS, len(known) * ENOUGH_LEFT // max(left, 1))


def _only(sample: Sample, which: Ints) -> Sample:
    rows = sample.snapshots
    table: FeatureTable = sample.table.only(which)
    return Sample(replace(rows, customer=rows.customer[which], closing=rows.closing[which], label=rows.label[which],
                          known_on=rows.known_on[which]), table)


def _quarter_end(day: int) -> int:
    """The last end of a calendar quarter up to `day`."""
    if day == UNDATED:
        return day
    date: dt.date = date_of(day)
    quarter = period_of("quarter", date)
    return day if quarter.end == date else day_of(quarter.start - ONE_DAY)
