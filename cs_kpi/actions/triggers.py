"""What sets a playbook off: each kind declared once, with who it holds for today, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cs_kpi.actions.records import PARAMETERS, TRIGGERS, Trigger, TriggerName
from cs_kpi.actions.today import Today
from cs_kpi.book import Book, days
from cs_kpi.churn.contract_features import mrr_change_3
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import FEATURES
from cs_kpi.churn.quantities import Quantity
from cs_kpi.churn.use_features import seats_used, use_trend
from cs_kpi.churn.voice_features import is_open, is_urgent
from cs_kpi.health.score import NO_BAND
from cs_kpi.health.words import BAND_LABELS
from cs_kpi.health_rules import BANDS
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import STATES, no_criterion, onboarding
from cs_kpi.measures.use import use_log
from cs_kpi.retention.leaving import AFTER_END, BEFORE_END
from cs_kpi.tables import TABLES

OVERDUE = list(STATES).index("overdue")
CHAMPION_DAYS, CHAMPION_USES = 90, 5
"""Who used the service most in so many days before falling silent, and at least so often, is the champion."""
_BANDS = len(BANDS)
Holds = Callable[[Today, Trigger], Floats]
Lacks = Callable[[Book], Message | None]


@dataclass(frozen=True, slots=True)
class TriggerKind:
    """One kind of trigger.

    holds : one number per customer code, for who it holds for: what the words say of it; NaN for the others
    words : what is so, with that number
    needs : "table.field", all of which the book must have; lacks : what else it may lack
    is_warning : whether it says that the customer may leave; seats that are full do not
    """

    name: TriggerName
    label: Message
    holds: Holds
    words: Callable[[float], Message]
    needs: tuple[str, ...] = ()
    lacks: Lacks | None = None
    is_warning: bool = True

    def missing(self, today: Today) -> Message | None:
        """Which table or decision would make it tell something; None where it can."""
        book = today.book
        if self.name == "high_risk":
            return None if today.risks is not None else _(
                "There is no model of churn risk that can be believed. See the churn risk page.")
        if self.name in ("low_health", "band_drop") and book.settings.health is None:
            return _("The health score is not set up. Set it up on the health page.")
        if book.is_snapshot and self.name != "low_health":
            return _("This takes dates, which a list without dates does not have.")
        absent = [need for need in self.needs if not book.has(need)]
        if absent:
            return _("This takes {fields}.", fields=[place_label(place) for place in absent])
        return self.lacks(book) if self.lacks else None

    def held(self, today: Today, trigger: Trigger) -> Floats:
        """`holds`, and nobody where the book cannot tell."""
        if self.missing(today) is not None:
            return np.full(len(today.book.customer_ids), np.nan)
        return self.holds(today, trigger)


def place_label(place: str) -> Message:
    """A field with its table, as the data page calls them."""
    table, _dot, name = place.partition(".")
    declared = TABLES[table]
    return _("'{field}' ({table})", field=declared.by_name[name].label, table=declared.label)


def _where(today: Today, is_met: np.ndarray, value: Floats) -> Floats:
    """The value where it is met, of today's customers."""
    return np.where(is_met & today.is_there, value, np.nan)


def _leaving(today: Today, trigger: Trigger) -> Floats:
    """Days to the end of the last contract (below 0: since it), where nobody has stated a reason."""
    book, limit = today.book, trigger.threshold("days")
    customer, begin, end = book.ledger.spells
    last = np.full(len(book.customer_ids), -1, dtype=np.int64)
    begun = begin <= today.day
    last[customer[begun]] = np.flatnonzero(begun)
    stops = np.where(last >= 0, end[np.maximum(last, 0)], NEVER)
    ahead = (stops - today.day).astype(float)
    has_later = np.zeros(len(last), dtype=bool)
    has_later[customer[~begun]] = True
    is_met = (stops < NEVER) & (np.abs(ahead) <= limit) & ~has_later & ~_has_reason(book, stops)
    return np.where(is_met, ahead, np.nan)


def _has_reason(book: Book, end: Ints) -> np.ndarray:
    """Who has stated why, around an end."""
    found = np.zeros(len(end), dtype=bool)
    if book.has("cancellations.cancelled_on"):
        rows = book.tables["cancellations"]
        code, day = book.codes(rows["customer_id"]), days(rows["cancelled_on"])
        kept = code >= 0
        away = end[code[kept]] - day[kept]
        found[code[kept][(away <= BEFORE_END) & (away >= -AFTER_END)]] = True
    return found


def _high_risk(today: Today, trigger: Trigger) -> Floats:
    assert today.risk is not None
    return _where(today, today.risk >= trigger.threshold("risk"), today.risk)


def _low_health(today: Today, trigger: Trigger) -> Floats:
    assert today.health is not None
    return _where(today, today.health < trigger.threshold("score"), today.health)


def _band_drop(today: Today, trigger: Trigger) -> Floats:
    """The band before and the band now, as one number."""
    before, now = today.band_before(int(trigger.threshold("months"))), today.band
    is_met = (before > now) & (now != NO_BAND) & (before != NO_BAND)
    return _where(today, is_met, (before * _BANDS + now).astype(float))


def _overdue(today: Today, trigger: Trigger) -> Floats:
    found = today.book.once(onboarding)
    over = (today.day - found.limit).astype(float)
    return _where(today, (found.state == OVERDUE) & (over >= trigger.threshold("days")), over)


def _urgent_ticket(today: Today, trigger: Trigger) -> Floats:
    """How many urgent tickets there are within the days; where a status says so, those that are not done."""
    history = today.known.history
    has_status = today.book.has("interactions.status")
    found = history.contacts("urgent and open" if has_status else "urgent",
                             lambda rows: is_urgent(rows) & is_open(rows) if has_status else is_urgent(rows))
    count = found.total(today.day - int(trigger.threshold("days")), today.day)
    return _where(today, count > 0, count)


def _detractor(today: Today, trigger: Trigger) -> Floats:
    answers = today.known.history.answers("nps")
    score = answers.last_value(today.day)
    is_recent = today.day - answers.last_day(today.day) <= trigger.threshold("days")
    return _where(today, is_recent & (score <= trigger.threshold("score")), score)


def _use_fell(today: Today, trigger: Trigger) -> Floats:
    change = use_trend(today.known)
    return _where(today, change <= -trigger.threshold("share"), change)


def _champion_silent(today: Today, trigger: Trigger) -> Floats:
    """Days since the last use of each customer's most active user."""
    log, quiet = today.book.once(use_log), int(trigger.threshold("days"))
    rows = (log.user >= 0) & (log.day <= today.day)
    user, day, count = log.user[rows], log.day[rows], log.count[rows].astype(float)
    users = len(log.user_customer)
    found = np.full(len(today.book.customer_ids), np.nan)
    if not users:
        return found
    before = (day > today.day - quiet - CHAMPION_DAYS) & (day <= today.day - quiet)
    uses = np.bincount(user[before], count[before], users)
    last = np.zeros(users, dtype=np.int64)
    np.maximum.at(last, user, day)
    order = np.lexsort((np.arange(users), -uses, log.user_customer))
    owner = log.user_customer[order]
    is_first = np.append(True, owner[1:] != owner[:-1])
    champion = order[is_first & (owner >= 0)]
    champion = champion[uses[champion] >= CHAMPION_USES * MICRO]
    found[log.user_customer[champion]] = today.day - last[champion]
    return _where(today, found >= quiet, found)


def _renewal(today: Today, trigger: Trigger) -> Floats:
    left = (today.renewal - today.day).astype(float)
    return _where(today, (today.renewal < NEVER) & (left <= trigger.threshold("days")), left)


def _mrr_fell(today: Today, trigger: Trigger) -> Floats:
    change = mrr_change_3(today.known)
    return _where(today, change <= -trigger.threshold("share"), change)


def _seats_full(today: Today, trigger: Trigger) -> Floats:
    share = seats_used(today.known)
    return _where(today, share >= trigger.threshold("share"), share)


def _leaving_words(left: float) -> Message:
    if left > 0:
        return (_("the contract ends tomorrow") if left == 1
                else _("the contract ends in {days} days", days=int(left)))
    return {0: _("left today, and no reason is known"), -1: _("left yesterday, and no reason is known")}.get(
        int(left), _("left {days} days ago, and no reason is known", days=int(-left)))


def _overdue_words(over: float) -> Message:
    return {0: _("the limit of onboarding is today"), 1: _("onboarding is one day over its limit")}.get(
        int(over), _("onboarding is {days} days over its limit", days=int(over)))


def _band_words(both: float) -> Message:
    before, now = divmod(int(both), _BANDS)
    return _("health fell from {before} to {now}", before=BAND_LABELS[BANDS[before]], now=BAND_LABELS[BANDS[now]])


def _ticket_words(count: float) -> Message:
    return _("one urgent ticket") if count == 1 else _("{count} urgent tickets", count=int(count))


def _of_feature(id: str) -> Callable[[float], Message]:
    return lambda value: FEATURES[id].sentence(value)


def _not_told(book: Book) -> Message | None:
    """Why it is not known when terms run out."""
    if book.has("subscriptions.term_end") or book.has("subscriptions.end_date"):
        return None
    return _("This takes {fields}.", fields=[place_label("subscriptions.term_end")])


_DATED_CONTRACTS = ("subscriptions.start_date", "subscriptions.mrr")
KINDS: dict[TriggerName, TriggerKind] = {one.name: one for one in (
    TriggerKind("leaving", _("Leaving"), _leaving, _leaving_words, (*_DATED_CONTRACTS, "subscriptions.end_date")),
    TriggerKind("high_risk", _("High risk"), _high_risk,
                lambda risk: _("risk of leaving {risk}", risk=Quantity.of(risk, "share"))),
    TriggerKind("low_health", _("Low health"), _low_health,
                lambda score: _("health score {score}", score=Quantity.of(score, "score"))),
    TriggerKind("band_drop", _("Band drop"), _band_drop, _band_words),
    TriggerKind("onboarding_overdue", _("Onboarding overdue"), _overdue, _overdue_words,
                lacks=no_criterion),
    TriggerKind("urgent_ticket", _("Urgent ticket"), _urgent_ticket, _ticket_words,
                ("interactions.date", "interactions.priority")),
    TriggerKind("detractor", _("Detractor"), _detractor, _of_feature("nps_last"),
                ("surveys.score", "surveys.kind", "surveys.answered_on")),
    TriggerKind("use_fell", _("Use fell"), _use_fell, _of_feature("use_trend"), ("usage.date",)),
    TriggerKind("champion_silent", _("Champion silent"), _champion_silent,
                lambda quiet: _("the most active user has not been there for {days} days", days=int(quiet)),
                ("usage.date", "usage.user_id")),
    TriggerKind("renewal", _("Renewal ahead"), _renewal, _of_feature("days_to_renewal"), _DATED_CONTRACTS,
                lacks=_not_told),
    TriggerKind("mrr_fell", _("MRR fell"), _mrr_fell, _of_feature("mrr_change_3"), _DATED_CONTRACTS),
    TriggerKind("seats_full", _("Seats full"), _seats_full, _of_feature("seats_used"),
                ("usage.date", "usage.user_id", "subscriptions.seats"), is_warning=False))}
KINDS = {name: KINDS[name] for name in TRIGGERS}


def in_words(trigger: Trigger) -> Message:
    """The trigger with its thresholds: Detractor (answer at most 6, within days 90)."""
    told = [_("{name}: {value}", name=one.label, value=Quantity.of(trigger.threshold(one.name), one.unit))
            for one in PARAMETERS[trigger.kind]]
    return _("{trigger} ({thresholds})", trigger=KINDS[trigger.kind].label, thresholds=told)
