"""Which playbooks are proposed for whom, what is held back, and what a start makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cs_kpi.actions.queue import Queue
from cs_kpi.actions.records import Action, Playbook, Run
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import KINDS
from cs_kpi.churn.events import Floats
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message


@dataclass(frozen=True, eq=False)
class Proposed:
    """One playbook and the customers for whom it is proposed, the most at stake first.

    value : of each customer, what the trigger's words say
    missing : what the data lacks for it; then nobody
    """

    key: str
    playbook: Playbook
    customer: Ints
    value: Floats
    missing: Message | None = None

    def words(self, place: int) -> Message:
        return KINDS[self.playbook.trigger.kind].words(float(self.value[place]))


@dataclass(frozen=True)
class Proposals:
    """found : of every playbook that is switched on; lapsed : keys of runs whose trigger holds no more"""

    found: tuple[Proposed, ...]
    lapsed: tuple[str, ...]


def proposals(today: Today, playbooks: Mapping[str, Playbook], runs: Mapping[str, Run],
              ranked: Queue | None = None) -> Proposals:
    """What may be started now.

    A playbook is not proposed to a customer again while it runs there, nor after it ended or was dismissed until its
    trigger has lapsed, which is when the data first no longer says so.
    """
    place = _places(today, ranked)
    found, held = [], dict[str, Floats]()
    for key, one in playbooks.items():
        if not one.is_on:
            continue
        missing = KINDS[one.trigger.kind].missing(today)
        value = KINDS[one.trigger.kind].held(today, one.trigger)
        if missing is None:
            held[key] = value
        who = np.flatnonzero(~np.isnan(value))
        back = _held_back(today, runs, key)
        who = who[~np.isin(who, back)]
        who = who[np.argsort(place[who], kind="stable")]
        found.append(Proposed(key, one, who, value[who], missing))
    return Proposals(tuple(found), tuple(_lapsed(today, held, runs)))


def fitting(found: Queue, place: int, playbooks: Mapping[str, Playbook]) -> str | None:
    """The key of the first playbook whose trigger holds for a customer of the queue, else of one that asks how they
    are; None where there is neither. playbooks : those that are on"""
    code = found.customer[place]
    fits = (key for key, one in playbooks.items()
            if one.trigger.kind in found.held and not np.isnan(found.held[one.trigger.kind][code]))
    return next(fits, None) or next((key for key, one in playbooks.items() if one.trigger.kind == "low_health"), None)


def _places(today: Today, ranked: Queue | None) -> Floats:
    """By customer code the place in the queue; behind it by MRR."""
    place = 1e9 - today.mrr
    if ranked is not None:
        place[ranked.customer] = np.arange(len(ranked.customer))
    return place


def _held_back(today: Today, runs: Mapping[str, Run], key: str) -> Ints:
    ids = [one.customer_id for one in runs.values() if one.playbook == key and one.holds_back]
    return _codes(today, ids)


def _codes(today: Today, ids: list[str]) -> Ints:
    where = np.searchsorted(today.book.customer_ids, ids) if ids else np.zeros(0, dtype=np.int64)
    place = np.minimum(where, len(today.book.customer_ids) - 1)
    known = today.book.customer_ids[place] == np.array(ids, dtype=object) if ids else np.zeros(0, dtype=bool)
    return np.where(known, place, -1)


def _lapsed(today: Today, held: Mapping[str, Floats], runs: Mapping[str, Run]) -> list[str]:
    """Runs that are over and whose trigger, by data that can tell it, does not hold for the customer any more."""
    waiting = [(key, one) for key, one in runs.items()
               if one.state != "running" and one.lapsed_on is None and one.playbook in held]
    codes = _codes(today, [one.customer_id for _key, one in waiting])
    return [key for (key, one), code in zip(waiting, codes, strict=True)
            if code >= 0 and np.isnan(held[one.playbook][code])]


def begun(key: str, playbook: Playbook, customer_id: str, owner: str, today: dt.date, because: str = "",
          run_key: str = "") -> tuple[Run, list[Action]]:
    """A run of a playbook that starts today, and the actions of its steps.

    owner : the customer's CSM, who does the steps that name nobody; run_key : under which the run will be kept
    """
    run = Run(playbook=key, name=playbook.name, customer_id=customer_id, begun_on=today, because=because)
    actions = [Action(customer_id=customer_id, title=step.title, owner=step.owner or owner, run=run_key, step=place,
                      due_on=today + dt.timedelta(days=step.due_days), asks_reason=step.asks_reason, made_on=today)
               for place, step in enumerate(playbook.steps)]
    return run, actions
