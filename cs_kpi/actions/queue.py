"""Who comes first: MRR x risk x what can be changed, each customer with its main reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from cs_kpi.actions.records import TRIGGERS, Playbook, Trigger, TriggerName
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import KINDS
from cs_kpi.churn.events import Floats
from cs_kpi.churn.reasons import LEAST, MOST_CHANGES, reasons
from cs_kpi.churn.risk import Risks
from cs_kpi.churn.scorecard import probability
from cs_kpi.health.score import NO_SCORE, Scores
from cs_kpi.health.sources import sources
from cs_kpi.health.words import because
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import NEVER, Ints, months
from cs_kpi.locale import Message, _

Basis = Literal["risk", "health", "triggers"]
LEAST_CHANGE = 0.1
"""A talk can change what no table shows: so much counts as changeable at least."""
FORMULAS: dict[Basis, Message] = {
    "risk": _("Ranked by MRR × churn risk × the part of the risk that changes to what a team can act on would take "
              "away (at least 10%)."),
    "health": _("There is no churn risk to be believed, so health stands in for it: ranked by MRR × (100 - health "
                "score) / 100 × the part of the lost points that a team can act on (at least 10%)."),
    "triggers": _("There is neither a churn risk to be believed nor a health score, so what happened ranks: MRR × the "
                  "share of the {n} kinds of warnings that the data can tell and that hold for the customer. Set up "
                  "the health score, so that the size of a problem counts as well.")}
NOTHING_TOLD = _("This data tells none of the warnings, there is no churn risk to be believed and no health score, so "
                 "nobody can be ranked. Set up the health score, or train a churn model.")
WITHOUT_MONEY = _("Without contracts there is no MRR; every customer counts alike.")


@dataclass(frozen=True, eq=False)
class Queue:
    """Customers, the first to see to first.

    customer : codes, ranked
    mrr, risk, changeable : of each in the same order; risk of what `basis` says
    held : of every kind of trigger that the data can tell, a number per customer code for who it holds for, else NaN
    """

    today: Today
    basis: Basis
    customer: Ints
    mrr: Floats
    risk: Floats
    changeable: Floats
    held: dict[TriggerName, Floats]

    @cached_property
    def priority(self) -> Floats:
        """What ranks: the MRR that is at stake and may be kept; without contracts without the MRR."""
        weight = self.mrr if self.has_money else np.ones(len(self.mrr))
        return weight * self.risk * self.changeable

    @cached_property
    def has_money(self) -> bool:
        return bool((self.today.mrr > 0).any())

    @property
    def formula(self) -> list[Message]:
        """What ranks, in sentences."""
        if self.basis == "triggers" and not _warnings(self.held):
            return [NOTHING_TOLD]
        words = Message(FORMULAS[self.basis].template, {"n": len(_warnings(self.held))})
        return [words] if self.has_money else [words, WITHOUT_MONEY]

    def only(self, which: np.ndarray) -> Queue:
        """Those places alone."""
        return Queue(self.today, self.basis, self.customer[which], self.mrr[which], self.risk[which],
                     self.changeable[which], self.held)

    def signals(self, place: int) -> list[Message]:
        """The triggers that hold for a customer, in words, the most pressing first."""
        code = self.customer[place]
        return [KINDS[kind].words(float(value[code])) for kind, value in self.held.items()
                if not np.isnan(value[code])]

    def reason(self, place: int) -> Message | None:
        """Why the customer stands here: what raises its risk or costs it health most; else the first trigger."""
        return self._cause(place) or next(iter(self.signals(place)), None)

    def _cause(self, place: int) -> Message | None:
        code = int(self.customer[place])
        if self.basis == "risk" and self.today.risks is not None:
            found = reasons(self.today.risks, int(self._place_in(self.today.risks.customer)[code]))
            return next((one.words for one in found if one.raises and not np.isnan(one.value)), None)
        if self.basis == "health" and self.today.scores is not None:
            at = int(self._place_in(self.today.scores.customer)[code])
            return next(iter(because(self.today.book, self.today.scores, at, most=1)), None)
        return None

    def _place_in(self, customer: Ints) -> Ints:
        place = np.full(len(self.today.book.customer_ids), -1, dtype=np.int64)
        place[customer] = np.arange(len(customer))
        return place


def held_by(today: Today, playbooks: Sequence[Playbook] = ()) -> dict[TriggerName, Floats]:
    """For whom each kind holds that the data can tell, by the thresholds of the first playbook on it."""
    chosen = {kind: next((one.trigger for one in playbooks if one.is_on and one.trigger.kind == kind),
                         Trigger(kind=kind)) for kind in TRIGGERS}
    return {kind: KINDS[kind].holds(today, trigger) for kind, trigger in chosen.items()
            if KINDS[kind].missing(today) is None}


def queue(today: Today, playbooks: Sequence[Playbook] = ()) -> Queue:
    """Today's customers ranked; where nothing but triggers is known, those for whom one holds."""
    held = held_by(today, playbooks)
    basis, risk, changeable = _risk(today, held)
    who = today.customer
    mrr, at_risk, can_change = today.mrr[who], risk[who], np.maximum(changeable[who], LEAST_CHANGE)
    found = Queue(today, basis, who, mrr, at_risk, can_change, held)
    order = np.lexsort((who, -found.mrr, -np.nan_to_num(found.priority, nan=-1.0)))
    return found.only(order[at_risk[order] > 0])


def _risk(today: Today, held: dict[TriggerName, Floats]) -> tuple[Basis, Floats, Floats]:
    """What stands for the risk, the risk 0..1 and the part of it that can be changed, per customer code."""
    if today.risks is not None and today.risk is not None:
        return "risk", today.risk, _placed(today, today.risks.customer, avoidable(today.risks))
    if today.scores is not None and today.health is not None:
        return "health", (100 - today.health) / 100, _placed(
            today, today.scores.customer, _actionable_loss(today, today.scores))
    warnings = _warnings(held)
    met = sum((~np.isnan(value) for value in warnings), np.zeros(len(today.mrr)))
    return "triggers", met / max(len(warnings), 1), np.ones(len(today.mrr))


def _warnings(held: dict[TriggerName, Floats]) -> list[Floats]:
    return [value for kind, value in held.items() if KINDS[kind].is_warning]


def _placed(today: Today, customer: Ints, values: Floats) -> Floats:
    found = np.full(len(today.book.customer_ids), np.nan)
    found[customer] = values
    return found


def avoidable(risks: Risks) -> Floats:
    """The share of each customer's risk that the strongest changes would take away which `way_out` tells of."""
    gains = np.zeros(risks.points.shape)
    for number, part in enumerate(risks.model.parts):
        feature, better = risks.table.features[part.feature], risks.realistic.get(part.feature)
        if better is None:
            continue
        value = risks.table.column(part.feature)
        is_step = value < better if feature.better == "up" else value > better
        gain = float(part.points(np.array([better]), ())[0]) - risks.points[:, number]
        gains[:, number] = np.where(is_step & (gain < -LEAST), gain, 0.0)
    strongest = np.sort(gains, axis=1)[:, :MOST_CHANGES].sum(axis=1)
    return 1 - probability(risks.log_odds + strongest) / risks.risk


def _actionable_loss(today: Today, found: Scores) -> Floats:
    """The share of each customer's lost points that lies in parts which a team can act on."""
    known = sources(today.book, found.configuration)
    can_act = np.array([id in known and known[id].is_actionable for id in found.parts])
    weight = np.zeros((len(found), len(found.parts)))
    for place, rules in enumerate(found.configuration.every):
        for part in rules.components:
            weight[found.rules == place, found.parts.index(part.feature)] = part.weight
    lost = np.nan_to_num(weight * (100 - found.scored), nan=0.0)
    whole = lost.sum(axis=1)
    share = (lost * can_act).sum(axis=1) / np.where(whole > 0, whole, 1.0)
    return np.where(found.micro == NO_SCORE, np.nan, share)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue is shown; None, or nothing: all of it.

    band : place in BANDS; renewal_month : months since January 1970
    """

    owner: str | None = None
    segment: Segment | None = None
    band: int | None = None
    renewal_month: int | None = None
    without: tuple[str, ...] = ()


def filtered(found: Queue, chosen: Filters) -> Queue:
    """The part of the queue that the filters leave. without : customer ids, of those who are put off"""
    today, code = found.today, found.customer
    kept = today.inside(chosen.segment)[code]
    if chosen.owner is not None:
        kept &= np.array(today.owner, dtype=object)[code] == chosen.owner
    if chosen.band is not None:
        kept &= today.band[code] == chosen.band
    if chosen.renewal_month is not None:
        day = today.renewal[code]
        kept &= (day < NEVER) & (months(np.where(day < NEVER, day, 0)) == chosen.renewal_month)
    if chosen.without:
        kept &= ~np.isin(today.book.customer_ids[code].astype(str), list(chosen.without))
    return found.only(kept)
