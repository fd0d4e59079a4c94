"""Did it work? Customers after a meeting, a call or a playbook, beside untreated ones with like risk, MRR and month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.actions.matching import Matched, matched
from cs_kpi.actions.records import Action, Run
from cs_kpi.book import Book, day_of
from cs_kpi.churn.candidates import DEFAULT, fitted
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.events import Events, Floats, events
from cs_kpi.churn.folds import FEWEST_TRAINED
from cs_kpi.churn.history import History
from cs_kpi.churn.model import MOST_TO_CHOOSE, Sample, thinned
from cs_kpi.churn.risk import prepared
from cs_kpi.churn.table import Progress, silent
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Message, _

QUIET_MONTHS = 3
"""Nobody had the treatment in so many months before, so that what is compared is its beginning."""
FOLDS = 5


@dataclass(frozen=True)
class Landmarks:
    """Customers at the closing of a month who were there at the closing before too, and whose fate is known.

    customer, opening, closing : code, and the days of the two closings, one entry a row
    left : 1 who left within the horizon after the closing
    mrr : at the opening, in currency
    sample, place : features of customers at closings, and the row in it that holds what was known at the opening
    """

    book: Book
    horizon_months: int
    customer: Ints
    opening: Ints
    closing: Ints
    left: Floats
    mrr: Floats
    sample: Sample
    place: Ints

    def only(self, rows: np.ndarray) -> Landmarks:
        return replace(self, customer=self.customer[rows], opening=self.opening[rows], closing=self.closing[rows],
                       left=self.left[rows], mrr=self.mrr[rows], place=self.place[rows])

    @cached_property
    def openings(self) -> list[int]:
        return [int(day) for day in np.unique(self.opening)]


@dataclass(frozen=True)
class Effect:
    """What followed a treatment.

    found : None where `reason` says why nothing can be told
    """

    name: str
    found: Matched | None
    reason: Message | None = None


def landmarks(book: Book, horizon_months: int = 3, told: Progress = silent) -> Landmarks:
    """Every pair of closings of a customer. Who was treated in the month between must still be there at its end, and
    so must everybody else: otherwise the treated would have survived by being treated (immortal time).

    Raises DataError where the book has no contracts with dates.
    """
    settings = _settings(book, horizon_months)
    ready = prepared(book, settings, told)
    kept = thinned(ready.sample, np.arange(len(ready.sample.snapshots)), MOST_TO_CHOOSE, settings.seed)
    rows = ready.sample.snapshots
    customer, closing = rows.customer[kept], rows.closing[kept]
    before = np.array([months_from(int(day), -1) for day in rows.closings], dtype=np.int64)
    opening = before[np.searchsorted(rows.closings, closing)]
    key = closing * (len(book.customer_ids) + 1) + customer
    wanted = opening * (len(book.customer_ids) + 1) + customer
    at = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
    is_there = (key[at] == wanted) & ~np.isnan(rows.label[kept]) if len(key) else np.zeros(0, dtype=bool)
    mrr = _mrr(book, customer[at], opening)
    return Landmarks(book, horizon_months, customer, opening, closing, rows.label[kept], mrr, ready.sample,
                     kept[at]).only(is_there)


def _settings(book: Book, horizon_months: int) -> ChurnSettings:
    """What the team's churn model looks at; what follows is leaving, whatever that model foresees."""
    return book.settings.churn.model_copy(update={"horizon_months": horizon_months, "label": "left"})


def _mrr(book: Book, customer: Ints, opening: Ints) -> Floats:
    found = np.zeros(len(customer))
    wanted = np.unique(opening)
    for day, mrr in zip(wanted, book.ledger.closings(wanted), strict=True):
        rows = opening == day
        found[rows] = mrr[customer[rows]] / MICRO
    return found


def effect(name: str, rows: Landmarks, treatment: Events, first: int) -> Effect:
    """The difference of churn between the newly treated of each month and untreated ones like them.

    treatment : when who was treated; first : the day from which treatments are known
    Risk is foreseen, as in a fold that knows nothing of the customer's own fate, from what was known at the opening, by
    a model of the untreated: it says what would have been likely without the treatment.
    """
    quiet_from = {day: months_from(day, -QUIET_MONTHS) for day in rows.openings}
    in_month, before = np.zeros(len(rows.customer)), np.zeros(len(rows.customer))
    for day in rows.openings:
        here = rows.opening == day
        closing = int(rows.closing[here][0])
        in_month[here] = treatment.total(day, closing)[rows.customer[here]]
        before[here] = treatment.total(quiet_from[day], day)[rows.customer[here]]
    known = np.array([quiet_from[int(day)] >= first - 1 for day in rows.opening], dtype=bool)
    fresh = rows.only(known & (before == 0))
    is_treated = in_month[known & (before == 0)] > 0
    if not is_treated.any():
        return Effect(name, None, _("Nobody began with this while the data could tell what became of them within "
                                    "{months} months.", months=rows.horizon_months))
    risk = foreseen(fresh, is_treated)
    if risk is None:
        return Effect(name, None, _("Fewer than {n} customers left without it. That is too few to say who is alike.",
                                    n=FEWEST_TRAINED))
    covariates = np.column_stack([risk, np.log1p(fresh.mrr)])
    found = matched(fresh.left, is_treated, covariates, fresh.opening, fresh.customer)
    reason = None if found.is_told else _(
        "{n} customer-months found somebody like them, and {events} of these and those left. That is too few to tell "
        "a difference.", n=found.treated, events=found.events)
    return Effect(name, found, reason)


def foreseen(rows: Landmarks, is_treated: np.ndarray) -> Floats | None:
    """Log-odds of leaving untreated, each by a model of the untreated that did not see the customer; None where too
    few left."""
    left = rows.customer[~is_treated & (rows.left == 1)]
    if len(np.unique(left)) < FEWEST_TRAINED:
        return None
    fold = np.random.default_rng(0).permutation(int(rows.customer.max()) + 1)[rows.customer] % FOLDS
    settings, found = _settings(rows.book, rows.horizon_months), np.zeros(len(rows.customer))
    for one in range(FOLDS):
        train, test = ~is_treated & (fold != one), fold == one
        known = replace(rows.sample.rows(rows.place[train]), label=rows.left[train])
        found[test] = fitted(DEFAULT, known, settings).log_odds(rows.sample.table.only(rows.place[test]))
    return found


def contact_kinds(book: Book) -> list[str]:
    """The kinds of interactions, the most frequent first."""
    if not book.has("interactions.kind"):
        return []
    return [str(kind) for kind in book.tables["interactions"]["kind"].dropna().astype(str).value_counts().index]


def of_contacts(rows: Landmarks, kind: str) -> Effect:
    """What followed a kind of interaction."""
    book = rows.book
    history = book.once(History)
    treatment = history.contacts(f"kind {kind}", lambda table: (table["kind"].astype("string") == kind).fillna(False))
    every = history.contacts()
    return effect(kind, rows, treatment, NEVER if every.first is None else every.first)


def of_starts(rows: Landmarks, name: str, runs: Iterable[Run]) -> Effect:
    """What followed the start of a playbook."""
    begun = [(one.customer_id, one.begun_on) for one in runs if one.state != "dismissed"]
    return _of_days(rows, name, begun)


def of_steps(rows: Landmarks, name: str, actions: Iterable[Action]) -> Effect:
    """What followed the day on which the first step was done, of the actions of one playbook."""
    return _of_days(rows, name, [(one.customer_id, one.done_on) for one in actions if one.done_on is not None])


def _of_days(rows: Landmarks, name: str, found: list[tuple[str, dt.date]]) -> Effect:
    """Before the first of them nobody was treated: the product knows of all."""
    code = rows.book.codes(pd.Series([customer for customer, _day in found], dtype=object))
    day = np.array([day_of(day) for _customer, day in found], dtype=np.int64)
    treatment = events(code, day, np.ones(len(found)), None, len(rows.book.customer_ids))
    return effect(name, rows, treatment, first=0)
