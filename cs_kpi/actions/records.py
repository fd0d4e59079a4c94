"""What a team saves of its work: playbooks, their runs, actions, and who is put off until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cs_kpi.churn.quantities import FeatureUnit
from cs_kpi.locale import Message, _

TriggerName = Literal["leaving", "high_risk", "low_health", "band_drop", "onboarding_overdue", "urgent_ticket",
                      "detractor", "use_fell", "champion_silent", "renewal", "mrr_fell", "seats_full"]
TRIGGERS: tuple[TriggerName, ...] = get_args(TriggerName)
"""The most pressing first; where a customer has several, this is the order in which they are told."""
Status = Literal["open", "done", "dropped"]
STATUS_LABELS: dict[Status, Message] = {"open": _("to do"), "done": _("done"), "dropped": _("not needed any more")}
Outcome = Literal["reached", "missed", "stopped"]
OUTCOME_LABELS: dict[Outcome, Message] = {"reached": _("Goal reached"), "missed": _("Goal not reached"),
                                          "stopped": _("Stopped")}
RunState = Literal["running", "ended", "dismissed"]
NAME_LENGTH, TEXT_LENGTH = 80, 500
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold of a trigger that a team may change; a share is 0..1. said : it with its value, in a sentence"""

    name: str
    label: Message
    unit: FeatureUnit
    usual: float
    low: float
    high: float
    said: Callable[[object], Message]


def _within(value: object) -> Message:
    return _("within {value} days", value=value)


def _from(value: object) -> Message:
    return _("from {value}", value=value)


def _by(value: object) -> Message:
    return _("by {value} or more", value=value)


_DAYS = _("Within days")
PARAMETERS: dict[TriggerName, tuple[Parameter, ...]] = {
    "leaving": (Parameter("days", _DAYS, "days", 90, 1, 366, _within),),
    "high_risk": (Parameter("risk", _("Risk from"), "share", 0.3, 0.01, 0.99, _from),),
    "low_health": (Parameter("score", _("Score below"), "score", 40, 1, 100,
                             lambda value: _("below {value}", value=value)),),
    "band_drop": (Parameter("months", _("Against months ago"), "months", 1, 1, 12,
                            lambda value: _("against {value} months ago", value=value)),),
    "onboarding_overdue": (Parameter("days", _("Days over the limit"), "days", 0, 0, 366,
                                     lambda value: _("over the limit by {value} days or more", value=value)),),
    "urgent_ticket": (Parameter("days", _DAYS, "days", 30, 1, 366, _within),),
    "detractor": (Parameter("score", _("Answer at most"), "score", 6, 0, 9,
                            lambda value: _("at most {value}", value=value)),
                  Parameter("days", _DAYS, "days", 90, 1, 366, _within)),
    "use_fell": (Parameter("share", _("Fell by at least"), "share", 0.5, 0.05, 1.0, _by),),
    "champion_silent": (Parameter("days", _("Not there for days"), "days", 30, 7, 366,
                                  lambda value: _("for {value} days", value=value)),),
    "renewal": (Parameter("days", _DAYS, "days", 90, 1, 366, _within),),
    "mrr_fell": (Parameter("share", _("Fell by at least"), "share", 0.2, 0.01, 1.0, _by),),
    "seats_full": (Parameter("share", _("Seats in use from"), "share", 0.9, 0.1, 1.0, _from),)}


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trigger(_Record):
    """When a playbook is proposed: a kind, and those of its thresholds that are not the usual ones."""

    kind: TriggerName
    thresholds: dict[str, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_thresholds_in_range(self) -> Self:
        known = {one.name: one for one in PARAMETERS[self.kind]}
        for name, value in self.thresholds.items():
            if name not in known or not known[name].low <= value <= known[name].high:
                raise ValueError(f"{self.kind} has no threshold {name} of {value}")
        return self

    def threshold(self, name: str) -> float:
        """In force: as set, else the usual one."""
        usual = next(one.usual for one in PARAMETERS[self.kind] if one.name == name)
        return self.thresholds.get(name, usual)


class Step(_Record):
    """One thing to do. owner : who; blank: the customer's CSM. due_days : after the start of the playbook
    asks_reason : doing it brings the reason for leaving, which joins the table of cancellations"""

    title: str = Field(min_length=1, max_length=200)
    owner: str = Field(default="", max_length=NAME_LENGTH)
    due_days: int = Field(default=7, ge=0, le=730)
    asks_reason: bool = False


class Playbook(_Record):
    """What to do when something happens; a team's own, or a shipped one as the team changed it."""

    name: str = Field(min_length=1, max_length=NAME_LENGTH)
    trigger: Trigger
    steps: tuple[Step, ...] = Field(min_length=1, max_length=MOST_STEPS)
    is_on: bool = True


class Run(_Record):
    """A playbook of a customer: running, ended with an outcome, or dismissed without being started.

    playbook : its key; name : what it was called then; reason : why it was dismissed, or what is to be said of the end
    lapsed_on : when it was seen that the trigger holds no more, from which on it may be proposed again
    """

    playbook: str
    name: str
    customer_id: str
    state: RunState = "running"
    begun_on: dt.date
    because: str = ""
    ended_on: dt.date | None = None
    outcome: Outcome | None = None
    reason: str = Field(default="", max_length=TEXT_LENGTH)
    lapsed_on: dt.date | None = None

    @property
    def holds_back(self) -> bool:
        """Whether the playbook is not to be proposed to the customer again."""
        return self.state == "running" or self.lapsed_on is None


class Action(_Record):
    """Something that somebody does for a customer until a day.

    run, step : of a playbook: the key of its run, and the place of the step
    done_on : the day on which its status became done
    """

    customer_id: str
    title: str = Field(min_length=1, max_length=200)
    owner: str = Field(default="", max_length=NAME_LENGTH)
    due_on: dt.date
    status: Status = "open"
    outcome: str = Field(default="", max_length=TEXT_LENGTH)
    run: str | None = None
    step: int | None = Field(default=None, ge=0)
    asks_reason: bool = False
    made_on: dt.date
    done_on: dt.date | None = None

    def becoming(self, status: Status, today: dt.date) -> Action:
        """The same in another state."""
        done_on = (self.done_on or today) if status == "done" else None
        return self.model_copy(update={"status": status, "done_on": done_on})

    def is_overdue(self, today: dt.date) -> bool:
        return self.status == "open" and self.due_on < today


class Snooze(_Record):
    """A customer (the record's key) who is left out of the queue up to a day, that day included."""

    until: dt.date
    reason: str = Field(min_length=1, max_length=TEXT_LENGTH)


def snoozed(snoozes: dict[str, Snooze], today: dt.date) -> Iterator[str]:
    """The customers who are put off today."""
    return (key for key, one in snoozes.items() if one.until >= today)
