"""What sets a playbook off: each kind declared once, with who it holds for today, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cs_kpi.actions import holding
from cs_kpi.actions.records import PARAMETERS, TRIGGERS, Trigger, TriggerName
from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import FEATURES
from cs_kpi.churn.quantities import FeatureUnit, Quantity
from cs_kpi.health.words import BAND_LABELS
from cs_kpi.health_rules import BANDS
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import no_criterion
from cs_kpi.tables import TABLES

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
    before, now = divmod(int(both), holding.BAND_COUNT)
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
    TriggerKind("leaving", _("Leaving"), holding.leaving, _leaving_words,
                (*_DATED_CONTRACTS, "subscriptions.end_date")),
    TriggerKind("high_risk", _("High risk"), holding.high_risk,
                lambda risk: _("risk of leaving {risk}", risk=Quantity.of(risk, "share"))),
    TriggerKind("low_health", _("Low health"), holding.low_health,
                lambda score: _("health score {score}", score=Quantity.of(score, "score"))),
    TriggerKind("band_drop", _("Band drop"), holding.band_drop, _band_words),
    TriggerKind("onboarding_overdue", _("Onboarding overdue"), holding.overdue, _overdue_words,
                lacks=no_criterion),
    TriggerKind("urgent_ticket", _("Urgent ticket"), holding.urgent_ticket, _ticket_words,
                ("interactions.date", "interactions.priority")),
    TriggerKind("detractor", _("Detractor"), holding.detractor, _of_feature("nps_last"),
                ("surveys.score", "surveys.kind", "surveys.answered_on")),
    TriggerKind("use_fell", _("Use fell"), holding.use_fell, _of_feature("use_trend"), ("usage.date",)),
    TriggerKind("champion_silent", _("Champion silent"), holding.champion_silent,
                lambda quiet: _("the most active user has not been there for {days} days", days=int(quiet)),
                ("usage.date", "usage.user_id")),
    TriggerKind("renewal", _("Renewal ahead"), holding.renewal, _of_feature("days_to_renewal"), _DATED_CONTRACTS,
                lacks=_not_told),
    TriggerKind("mrr_fell", _("MRR fell"), holding.mrr_fell, _of_feature("mrr_change_3"), _DATED_CONTRACTS),
    TriggerKind("seats_full", _("Seats full"), holding.seats_full, _of_feature("seats_used"),
                ("usage.date", "usage.user_id", "subscriptions.seats"), is_warning=False))}
KINDS = {name: KINDS[name] for name in TRIGGERS}


def in_words(trigger: Trigger) -> Message:
    """The trigger with its thresholds: Detractor (at most 6, within 90 days)."""
    told = [one.said(_counted(trigger.threshold(one.name), one.unit)) for one in PARAMETERS[trigger.kind]]
    return _("{trigger} ({thresholds})", trigger=KINDS[trigger.kind].label, thresholds=told)


def _counted(value: float, unit: FeatureUnit) -> object:
    """Days and months as numbers, so that one of them is said in the singular."""
    return int(value) if unit in ("days", "months") else Quantity.of(value, unit)
