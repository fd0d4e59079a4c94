"""What customers say and what is heard of them: answers, contacts, tickets, and the CSM's own rating."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.churn.events import Events, Floats
from cs_kpi.churn.features import Words, feature
from cs_kpi.churn.history import Known
from cs_kpi.locale import _

QUARTER, YEAR = 3, 12
URGENT_WORDS = ("urgent", "high", "critical", "blocker", "p1", "s1", "sev1", "高", "緊急", "至急", "最優先", "重大")
DONE_WORDS = ("closed", "resolved", "solved", "done", "complete", "completed", "解決", "解決済", "解決済み", "完了",
              "対応済", "対応済み", "クローズ", "済")


def _plain(values: pd.Series) -> pd.Series:
    return values.astype("string").str.strip().str.casefold()


def is_urgent(rows: pd.DataFrame) -> pd.Series:
    """Rows whose priority says that they cannot wait."""
    return _plain(rows["priority"]).isin(URGENT_WORDS).fillna(False)


def is_open(rows: pd.DataFrame) -> pd.Series:
    """Rows with a status that is none of being done."""
    status = _plain(rows["status"])
    return (status.notna() & ~status.isin(DONE_WORDS)).fillna(False)


def _unknown(known: Known) -> Floats:
    return np.full(known.size, np.nan)


@feature("nps_last", "voice", _("Last NPS answer"), "score", needs=("surveys.score", "surveys.kind"), better="up",
         words=Words(_("last NPS answer {value}")))
def nps_last(known: Known) -> Floats:
    return known.history.answers("nps").last_value(known.day)


@feature("csat_last", "voice", _("Last CSAT answer"), "score", needs=("surveys.score", "surveys.kind"), better="up",
         words=Words(_("last CSAT answer {value} of 5")))
def csat_last(known: Known) -> Floats:
    return known.history.answers("csat").last_value(known.day)


@feature("answer_age", "voice", _("Days since the last answer"), "days", needs=("surveys.answered_on",),
         better="down", is_actionable=True, is_log=True,
         words=Words(_("last answered a survey {value} days ago"), one=_("answered a survey yesterday"),
                     none=_("answered a survey today")))
def answer_age(known: Known) -> Floats:
    """NaN for who has never answered; see `silent`."""
    return known.day - known.history.all_answers.last_day(known.day)


@feature("silent", "voice", _("Silent for a year"), "count", needs=("surveys.answered_on",), better="down",
         is_actionable=True,
         words=Words(_("no survey answered within a year"), none=_("answered a survey within a year")))
def silent(known: Known) -> Floats:
    """1 without an answer within a year, 0 with one; NaN before the table begins."""
    answers = known.history.all_answers
    if not answers.begins_by(known.day):
        return _unknown(known)
    return 1.0 - (answers.last_day(known.day) > known.back(YEAR))


def _contacts(known: Known, found: Events) -> Floats:
    """Rows within three months; NaN where the table does not cover them."""
    after = known.back(QUARTER)
    covered = known.history.contacts().speaks(after, known.day)
    return found.total(after, known.day) if covered else _unknown(known)


@feature("contacts", "contact", _("Contacts in 3 months"), "count", needs=("interactions.date",),
         words=Words(_("{value} contacts in 3 months"), one=_("one contact in 3 months"),
                     none=_("no contact in 3 months")))
def contacts(known: Known) -> Floats:
    return _contacts(known, known.history.contacts())


@feature("contact_age", "contact", _("Days since the last contact"), "days", needs=("interactions.date",),
         better="down", is_actionable=True, is_log=True,
         words=Words(_("no contact for {value} days"), one=_("last contact yesterday"), none=_("contact today")))
def contact_age(known: Known) -> Floats:
    covered = known.history.contacts().speaks(known.back(QUARTER), known.day)
    return known.waiting(known.history.contacts()) if covered else _unknown(known)


@feature("urgent", "contact", _("Urgent tickets in 3 months"), "count", better="down", is_actionable=True,
         needs=("interactions.date", "interactions.priority"),
         words=Words(_("{value} urgent tickets in 3 months"), one=_("one urgent ticket in 3 months"),
                     none=_("no urgent ticket in 3 months")))
def urgent(known: Known) -> Floats:
    return _contacts(known, known.history.contacts("urgent", is_urgent))


@feature("unresolved", "contact", _("Unresolved tickets of 3 months"), "count", better="down", is_actionable=True,
         is_dated=False, needs=("interactions.date", "interactions.status"),
         words=Words(_("{value} tickets are not resolved"), one=_("one ticket is not resolved"),
                     none=_("no ticket is unresolved")))
def unresolved(known: Known) -> Floats:
    """Not dated: a status says how things stand today, not how they stood then."""
    return _contacts(known, known.history.contacts("open", is_open))


@feature("pulse", "voice", _("CSM pulse"), "score", needs=("pulse.value", "pulse.date"), better="up",
         words=Words(_("the CSM rates it {value} of 5")))
def pulse(known: Known) -> Floats:
    return known.history.pulse.last_value(known.day)


@feature("pulse_change", "voice", _("Change of the CSM pulse in 3 months"), "score",
         needs=("pulse.value", "pulse.date"), better="up",
         words=Words(_("the CSM's rating rose by {value}"), _("the CSM's rating fell by {value}"),
                     none=_("the CSM's rating is as 3 months ago")))
def pulse_change(known: Known) -> Floats:
    rated = known.history.pulse
    return rated.last_value(known.day) - rated.last_value(known.back(QUARTER))
