"""The figure of the team's actions: what is to do, late, done and dropped, by who does it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from cs_kpi.actions.records import STATUS_LABELS, Action
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.locale import Language, Message, _

State = Literal["late", "open", "done", "dropped"]
LABELS: dict[State, Message] = {"late": _("overdue"), "open": STATUS_LABELS["open"], "done": STATUS_LABELS["done"],
                                "dropped": STATUS_LABELS["dropped"]}
ROLES: dict[State, Role] = {"late": "churn", "open": "accent", "done": "total", "dropped": "neutral"}
NOBODY = _("Nobody")


def today() -> dt.date:
    """The day on which actions are looked at: the calendar's, not the data's."""
    return dt.date.today()


def state_of(one: Action, day: dt.date) -> State:
    """What an action counts as: one to do whose day is over is overdue."""
    return "late" if one.is_overdue(day) else one.status


def by_owner(actions: Iterable[Action], day: dt.date, language: Language) -> Figure:
    """How many actions of each kind everybody has; who has most of them still to do comes first."""
    known = list(actions)
    owners = sorted({one.owner for one in known})
    counts = Counter((one.owner, state_of(one, day)) for one in known)
    waiting = {owner: counts[owner, "late"] + counts[owner, "open"] for owner in owners}
    ranked = sorted(owners, key=lambda owner: (-waiting[owner], owner))
    series = tuple(Series(label, tuple(float(counts[owner, state]) for owner in ranked), ROLES[state])
                   for state, label in LABELS.items() if any(counts[owner, state] for owner in owners))
    late = sum(counts[owner, "late"] for owner in owners)
    return Figure("actions", "ranked_bars", _("Actions by who does them"),
                  tuple(owner or NOBODY.text(language) for owner in ranked), series, "count",
                  _("Every saved action as of {day}. n = {n}.", day=day, n=len(known)),
                  _("{n} are to do, {late} of them overdue", n=sum(waiting.values()), late=late),
                  category_title=_("Who"))
