"""Onboarding: which customers met the criterion, when, and in which of the five states each one is (handbook 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book, day_of, days
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.lifetimes import is_active_now
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import measure
from cs_kpi.measures.use import use_log
from cs_kpi.order import stable_order

STATES: dict[str, Message] = {
    "completed": _("Completed"), "late": _("Completed late"), "left": _("Left before completing"),
    "overdue": _("Overdue"), "in_progress": _("In progress")}
"""In the order in which they apply."""
OUTSIDE = -1
"""The state of a customer whose start is not known, or lies after the end of the data."""
PLACES = {"milestone": "milestones.milestone", "completed": "customers.onboarding_completed_on",
          "feature": "usage.feature", "uses": "usage"}
"""What a rule of each kind is read from."""
NEEDED = ("milestones|customers.onboarding_completed_on|usage",)


@dataclass(frozen=True)
class Onboarding:
    """How every customer stands with the criterion at the end of the data.

    state : place in STATES, or OUTSIDE
    since : the day from which the limits run; NEVER where the start is not known
    limit : the day on which it is decided; NEVER where the start is not known
    completed_on : the day of the last rule needed; NEVER before
    met_on : the day on which each rule was met, one row a rule
    """

    criterion: Criterion
    state: Ints
    since: Ints
    limit: Ints
    completed_on: Ints
    met_on: Ints


def criterion(book: Book) -> Criterion | None:
    """The settings' criterion, else what the sheets offer."""
    return book.settings.onboarding or offered(book)


def offered(book: Book) -> Criterion | None:
    """What the sheets offer as a criterion: the day in the customer list, or all milestones; None: neither."""
    limit = book.settings.onboarding_days
    if book.has("customers.onboarding_completed_on"):
        return Criterion(rules=(Rule(kind="completed", days=limit),))
    if book.has("milestones.milestone"):
        names = sorted(book.tables["milestones"]["milestone"].dropna().astype(str).unique())
        return Criterion(rules=tuple(Rule(name=name, days=limit) for name in names))
    return None


def onboarding(book: Book) -> Onboarding:
    """The standing of every customer; of a book that has a criterion."""
    chosen = book.once(criterion)
    assert chosen is not None
    return standing_under(book, chosen)


def standing_under(book: Book, chosen: Criterion) -> Onboarding:
    """The standing of every customer under some criterion, whose tables the book has (see `lacking`)."""
    assert book.as_of is not None
    today = day_of(book.as_of)
    since = book.start_day if chosen.since == "first_active_day" else _trial_starts(book)
    met = np.array([reached_on(book, rule) for rule in chosen.rules])
    met = np.where(met <= today, met, NEVER)
    in_time = np.where(met <= since + np.array([[rule.days] for rule in chosen.rules]), met, NEVER)
    needed = chosen.rules_needed - 1
    on_time, at_all = np.sort(in_time, axis=0)[needed], np.sort(met, axis=0)[needed]
    limit = np.where(since < NEVER, since + chosen.limit_days, NEVER)
    order = [on_time < NEVER, at_all < NEVER, ~book.once(is_active_now), limit <= today]
    state = np.select(order, range(4), default=4)
    known = book.start_day <= today
    return Onboarding(chosen, np.where(known, state, OUTSIDE), since, limit, np.minimum(on_time, at_all), met)


def _trial_starts(book: Book) -> Ints:
    """The first day of a trial that came before the first active day, else that day."""
    frame, first = book.tables.get("subscriptions"), book.start_day.copy()
    if frame is None or "charge_kind" not in frame:
        return first
    trials = frame[(frame["charge_kind"] == "trial").to_numpy(dtype=bool, na_value=False)]
    code, begin = book.codes(trials["customer_id"]), days(trials["start_date"])
    became = (code >= 0) & (begin <= book.start_day[code]) & (book.start_day[code] < NEVER)
    np.minimum.at(first, code[became], begin[became])
    return first


def reached_on(book: Book, rule: Rule) -> Ints:
    """The day on which each customer did what a rule asks for, in time or not; NEVER for who did not."""
    if rule.kind == "completed":
        return days(book.customers["onboarding_completed_on"])
    if rule.kind == "milestone":
        frame = book.tables["milestones"]
        frame = frame[(frame["milestone"] == rule.name).to_numpy(dtype=bool, na_value=False)]
        return _first(book, book.codes(frame["customer_id"]), days(frame["completed_on"]))
    log = book.once(use_log)
    is_meant = np.ones(len(log.day), dtype=bool) if not rule.name else log.feature == (
        log.features.index(rule.name) if rule.name in log.features else len(log.features))
    order = np.flatnonzero(is_meant)
    order = order[stable_order(log.customer[order])]
    so_far = np.cumsum(log.count[order])
    customer = log.customer[order]
    first = np.searchsorted(customer, customer)
    within = so_far - np.append(0, so_far)[first]
    enough = within >= (rule.times * MICRO if rule.kind == "uses" else 1)
    return _first(book, customer[enough], log.day[order][enough])


def _first(book: Book, code: Ints, day: Ints) -> Ints:
    found = np.full(len(book.customer_ids), NEVER, dtype=np.int64)
    np.minimum.at(found, code[code >= 0], day[code >= 0])
    return found


def no_criterion(book: Book) -> Message | None:
    """Why onboarding is not known: the criterion's table is not there, or there is nothing to make one of."""
    chosen = book.once(criterion)
    if chosen is None:
        return _("There is no onboarding criterion yet: no milestones and no day of completion are in the sheets. Load "
                 "them, or choose on the onboarding page which use counts.")
    found = lacking(book, chosen)
    return _("The onboarding criterion asks for '{rule}', which the sheets do not have. Load them, or change the "
             "criterion on the onboarding page.", rule=rule_label(found[0])) if found else None


def lacking(book: Book, chosen: Criterion) -> list[Rule]:
    """The rules whose table or field the book does not have."""
    return [rule for rule in chosen.rules if not book.has(PLACES[rule.kind])]


def rule_label(rule: Rule) -> Message | str:
    """What a rule asks for, without its limit."""
    match rule.kind:
        case "milestone":
            return rule.name
        case "feature":
            return _("first use of {feature}", feature=rule.name)
        case "uses":
            return (_("{times} uses of {feature}", times=rule.times, feature=rule.name) if rule.name
                    else _("{times} uses", times=rule.times))
    return _("onboarding completed")


@measure(_("customers that started and completed onboarding in time"), "count", at="start", from_contracts=False,
         needs=NEEDED, lacks=no_criterion)
def is_onboarded(now: Moment) -> np.ndarray:
    return is_due(now) & (now.book.once(onboarding).state == 0)


@measure(_("customers that started and whose limit has passed"), "count", at="start", from_contracts=False,
         needs=NEEDED, lacks=no_criterion)
def is_due(now: Moment) -> np.ndarray:
    assert now.book.as_of is not None
    return now.started & (now.book.once(onboarding).limit <= day_of(now.book.as_of))


@measure(_("customers that started and whose limit has not passed"), "count", at="start", from_contracts=False,
         needs=NEEDED, lacks=no_criterion)
def is_not_due(now: Moment) -> np.ndarray:
    return now.started & ~is_due(now)
