"""How one customer stands with its onboarding: the state, and every step with its limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cs_kpi.book import Book, date_of
from cs_kpi.ledger import NEVER
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import OUTSIDE, STATES, no_criterion, onboarding, rule_label


@dataclass(frozen=True, slots=True)
class StepState:
    """One step. met_on : None: not yet; limit : None where the start is not known"""

    label: Message | str
    met_on: dt.date | None
    limit: dt.date | None


@dataclass(frozen=True, slots=True)
class OnboardingState:
    """Where a customer stands. state : None where its start is not known, so that no limit can be told
    open_days : to the limit while onboarding is open, negative beyond it; None once it is completed, or has left"""

    state: str | None
    open_days: int | None
    needed: int
    steps: tuple[StepState, ...]


def onboarding_state(book: Book, code: int) -> OnboardingState | None:
    """The standing of a customer; None where the book has no criterion, or no dates."""
    if book.is_snapshot or book.as_of is None or no_criterion(book) is not None:
        return None
    found = book.once(onboarding)
    since, place = int(found.since[code]), int(found.state[code])
    steps = tuple(StepState(rule_label(rule), _day(int(day)), _day(since + rule.days if since < NEVER else NEVER))
                  for rule, day in zip(found.criterion.rules, found.met_on[:, code], strict=True))
    state = None if place == OUTSIDE else list(STATES)[place]
    is_open = state in ("overdue", "in_progress")
    left = (date_of(int(found.limit[code])) - book.as_of).days if is_open else None
    return OnboardingState(state, left, found.criterion.rules_needed, steps)


def _day(day: int) -> dt.date | None:
    return date_of(day) if day < NEVER else None


def open_words(left: int) -> Message:
    """How long there is, or how long it is over."""
    if left < 0:
        return _("{days} days over the limit", days=-left)
    return _("{days} days left", days=left)


def step_words(one: StepState, today: dt.date) -> Message:
    """One step: reached and when, or until when."""
    if one.met_on is not None:
        late = one.limit is not None and one.met_on > one.limit
        return (_("{step}: reached on {day}, after the limit", step=one.label, day=one.met_on) if late
                else _("{step}: reached on {day}", step=one.label, day=one.met_on))
    if one.limit is None:
        return _("{step}: not reached", step=one.label)
    left = (one.limit - today).days
    return (_("{step}: not reached, {days} days over the limit", step=one.label, days=-left) if left < 0
            else _("{step}: not reached, {days} days left", step=one.label, days=left))
