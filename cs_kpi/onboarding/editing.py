"""The criterion as it is edited: what a rule may ask for, one change at a time, and what a change does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.kpi.onboarding import starters
from cs_kpi.kpi.readings import Segment
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import STATES, lacking, offered, rule_label, standing_under
from cs_kpi.measures.use import use_log
from cs_kpi.periods import Period

Joined = Literal["and", "or", "k_of_n"]
KIND_LABELS: dict[str, Message] = {
    "milestone": _("Milestone"), "feature": _("First use of a feature"), "uses": _("Number of uses"),
    "completed": _("Completion day")}
JOINED_LABELS: dict[str, Message] = {"and": _("all of them"), "or": _("any of them"), "k_of_n": _("some of them")}
SINCE_LABELS: dict[str, Message] = {"first_active_day": _("First active day"), "trial_start": _("Start of the trial")}
FIRST_USE_DAYS = 30
"""Of the first guess of a book in which use alone says anything."""


def rules_offered(book: Book) -> list[Rule]:
    """Every rule that the sheets can tell, within the days of the settings: the day of completion, milestones,
    features, and any use."""
    days, found = book.settings.onboarding_days, []
    if book.has("customers.onboarding_completed_on"):
        found.append(Rule(kind="completed", days=days))
    found += [Rule(name=name, days=days) for name in milestones(book)]
    if book.has("usage"):
        found += [Rule(kind="feature", name=name, days=days) for name in book.once(use_log).features]
        found.append(Rule(kind="uses", times=1, days=days))
    return found


def milestones(book: Book) -> list[str]:
    """The different milestones, by name."""
    if not book.has("milestones.milestone"):
        return []
    return sorted(book.tables["milestones"]["milestone"].dropna().astype(str).unique())


def first_guess(book: Book) -> Criterion | None:
    """What the sheets offer; where use alone is known, the first use; None where there is nothing to make one of."""
    if (found := offered(book)) is not None:
        return found
    return Criterion(rules=(Rule(kind="uses", days=FIRST_USE_DAYS),)) if book.has("usage") else None


def has_trials(book: Book) -> bool:
    contracts = book.tables.get("subscriptions")
    return contracts is not None and "charge_kind" in contracts and bool((contracts["charge_kind"] == "trial").any())


def with_rule(chosen: Criterion, added: Rule) -> Criterion:
    return _with(chosen, [*chosen.rules, added])


def without_rule(chosen: Criterion, place: int) -> Criterion:
    """One rule less; the last one stays."""
    left = [rule for number, rule in enumerate(chosen.rules) if number != place]
    return _with(chosen, left) if left else chosen


def with_change(chosen: Criterion, place: int, changed: Rule) -> Criterion:
    return _with(chosen, [changed if number == place else rule for number, rule in enumerate(chosen.rules)])


def with_join(chosen: Criterion, joined: Joined, needed: int | None = None) -> Criterion:
    """Rules joined otherwise; of k of n, at least one and at most all of them."""
    count = len(chosen.rules)
    k = min(max(needed or (count + 1) // 2, 1), count) if joined == "k_of_n" else None
    return Criterion(rules=chosen.rules, joined=joined, needed=k, since=chosen.since)


def _with(chosen: Criterion, rules: Sequence[Rule]) -> Criterion:
    needed = min(chosen.needed, len(rules)) if chosen.needed else None
    return Criterion(rules=tuple(rules), joined=chosen.joined, needed=needed, since=chosen.since)


def in_words(chosen: Criterion) -> Message:
    """The criterion as a sentence."""
    rules = [_("{rule} within {days} days", rule=rule_label(rule), days=rule.days) for rule in chosen.rules]
    if len(rules) == 1:
        return rules[0]
    match chosen.joined:
        case "and":
            return _("all of: {rules}", rules=rules)
        case "or":
            return _("any of: {rules}", rules=rules)
    return _("{needed} of: {rules}", needed=chosen.needed, rules=rules)


def effect(book: Book, before: Criterion | None, after: Criterion, run: Sequence[Period],
           segment: Segment | None = None) -> pd.DataFrame:
    """How many customers that started in the periods are in each state, before and after a change.

    returns : state (of STATES, in order), before, after (customers; NaN where the book cannot tell)
    """
    who = starters(book, run, segment)
    before_and_after = {"before": _counts(book, before, who), "after": _counts(book, after, who)}
    return pd.DataFrame({"state": list(STATES), **before_and_after})


def _counts(book: Book, chosen: Criterion | None, who: np.ndarray) -> np.ndarray:
    if chosen is None or lacking(book, chosen):
        return np.full(len(STATES), np.nan)
    state = standing_under(book, chosen).state[who]
    return np.bincount(state[state >= 0], minlength=len(STATES)).astype(float)
