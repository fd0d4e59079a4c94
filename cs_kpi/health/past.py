"""Scores at every past closing, each with what was known then, and who then left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Feature
from cs_kpi.churn.snapshots import Snapshots, snapshots
from cs_kpi.churn.table import Progress, silent
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.errors import DataError
from cs_kpi.health.score import NO_BAND, Scores, Values, known_at, scores_of, values_at
from cs_kpi.health.segments import rules_of
from cs_kpi.health.sources import checked, sources
from cs_kpi.health_rules import CHURN_RISK, HealthConfiguration
from cs_kpi.ledger import MICRO, Ints
from cs_kpi.locale import Message, _


@dataclass(frozen=True, eq=False)
class Past:
    """Every customer at every month's closing, as a configuration scored it then.

    rows : who, when, and whether the customer left within the horizon
    values, rules : of each row what its features were, and which rules hold
    notes : what the past does not hold, whole sentences
    """

    book: Book
    configuration: HealthConfiguration
    rows: Snapshots
    values: Values
    rules: Ints
    notes: tuple[Message, ...]

    @cached_property
    def scores(self) -> Scores:
        return self.under(self.configuration)

    def under(self, other: HealthConfiguration) -> Scores:
        """The same past under a configuration that looks at the same features and segments."""
        return scores_of(self.values, other, self.rules, self.rows.customer)

    @cached_property
    def judged(self) -> Ints:
        """The rows that have a score and whose fate is known."""
        return np.flatnonzero(~np.isnan(self.rows.label) & (self.scores.band != NO_BAND))


@dataclass(frozen=True, eq=False)
class Departures:
    """Who left: customer, the place of the last closing at which it was there, and what it paid then, in currency."""

    customer: Ints
    last: Ints
    mrr: Floats


def past(book: Book, configuration: HealthConfiguration, told: Progress = silent) -> Past:
    """The scores at all closings of a book, or of everybody in a list without dates.

    Raises DataError where the book does not tell who left, or has no part of the score.
    """
    if not book.is_snapshot and not len(book.ledger.start):
        raise DataError(book.obstacle or _(
            "Whether a health score foresaw who left needs contracts with their start and end dates, or a list of "
            "customers that tells who has left. Load a file that has them, on the data page."))
    then, notes = known_then(book, configuration)
    rows = snapshots(book, ChurnSettings(horizon_months=configuration.horizon_months))
    values = {id: np.full(len(rows), np.nan) for id in then.features}
    rules = np.zeros(len(rows), dtype=np.int64)
    for number, day in enumerate(rows.closings):
        place = rows.rows_of(day)
        who = rows.customer[place]
        rules[place] = rules_of(known_at(book, day), then)[who]
        for id, vector in values.items():
            vector[place] = values_at(book, then, id, day)[who]
        told((number + 1) / len(rows.closings))
    notes += _without_risk(then, values, rows)
    return Past(book, then, rows, values, rules, tuple(notes))


def known_then(book: Book, configuration: HealthConfiguration) -> tuple[HealthConfiguration, list[Message]]:
    """The configuration without what a list without dates cannot tell of the time before somebody left; and what is
    not known of the past."""
    notes = list(checked(book, configuration))
    found = sources(book, configuration)
    undated = [id for id in configuration.features if id in found and not found[id].is_dated]
    notes += [_undated(found[id]) for id in undated]
    if not book.is_snapshot:
        return configuration, notes
    out = {*undated, CHURN_RISK}
    if CHURN_RISK in configuration.features:
        notes.append(_("In a list without dates the churn risk of who left would be told after the fact, so it is left "
                       "out of this test."))
    kept = without(configuration, out)
    if kept is None:
        raise DataError(_("Nothing that this score looks at is known of the time before customers left, so it cannot "
                          "be tested on this list. Choose parts that do not change when a customer leaves."))
    return kept, notes


def without(configuration: HealthConfiguration, out: Collection[str]) -> HealthConfiguration | None:
    """The configuration without parts and caps that look at these features; None where some rules have no other."""
    kept = [rules.model_copy(update={
        "components": tuple(part for part in rules.components if part.feature not in out),
        "caps": tuple(cap for cap in rules.caps if cap.feature not in out)}) for rules in configuration.every]
    if not all(rules.components for rules in kept):
        return None
    segments = dict(zip(configuration.segments, kept[1:], strict=True))
    return configuration.model_copy(update={"rules": kept[0], "segments": segments})


def _undated(one: Feature) -> Message:
    return _("'{feature}' carries no date: how it stood in the past is not known, so it is missing in past scores.",
             feature=one.label)


def _without_risk(configuration: HealthConfiguration, values: Values, rows: Snapshots) -> list[Message]:
    if CHURN_RISK not in configuration.features or not len(rows):
        return []
    place = np.searchsorted(rows.closings, rows.closing)
    known = np.bincount(place, ~np.isnan(values[CHURN_RISK]), len(rows.closings)) > 0
    if known.all():
        return []
    return [_("At {n} of {closings} closings no churn model could be believed by what was known then; their scores are "
              "without the churn risk.", n=int((~known).sum()), closings=len(known))]


def departures(of: Past) -> Departures:
    """Who was there at one closing and not at the next; of a list without dates, who is flagged."""
    rows, book = of.rows, of.book
    if not rows.is_dated:
        assert book.snapshot is not None
        gone = np.flatnonzero(rows.label == 1)
        who = rows.customer[gone]
        return Departures(who, np.zeros(len(who), dtype=np.int64), book.snapshot.opening[who] / MICRO)
    found: list[tuple[Ints, Ints, Floats]] = []
    closings = rows.closings
    paid = book.ledger.closings(closings)
    before = next(paid, np.empty(0, dtype=np.int64))
    for place, now in enumerate(paid):
        who = np.flatnonzero((before > 0) & (now == 0))
        found.append((who, np.full(len(who), place, dtype=np.int64), before[who] / MICRO))
        before = now
    if not found:
        nobody = np.empty(0, dtype=np.int64)
        return Departures(nobody, nobody, np.empty(0))
    customer, last, mrr = (np.concatenate(part) for part in zip(*found, strict=True))
    return Departures(customer, last, mrr)


def places(of: Past, customer: Ints, closing: Ints) -> Ints:
    """The row of each customer at the closing with this place; -1 where it was not there."""
    size = len(of.book.customer_ids)
    key = np.searchsorted(of.rows.closings, of.rows.closing) * size + of.rows.customer
    wanted = closing * size + customer
    at = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
    return np.where((closing >= 0) & (len(key) > 0) & (key[at] == wanted), at, -1) if len(key) else np.full(
        len(customer), -1, dtype=np.int64)
