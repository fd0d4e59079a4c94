"""Whom nothing is offered, since a pushed offer would cost the customer: each reason declared once.

The reasons do not move with the thresholds of playbooks: who sets the playbook for detractors to answers of 3 or less
does not want anything offered to a 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cs_kpi.actions.holding import high_risk
from cs_kpi.actions.records import Trigger
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import KINDS, place_label
from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import FEATURES
from cs_kpi.churn.quantities import Quantity
from cs_kpi.churn.voice_features import is_open, is_urgent
from cs_kpi.growth.closing import RED, Closing, today
from cs_kpi.ledger import NEVER
from cs_kpi.locale import Message, _
from cs_kpi.measures.onboarding import no_criterion, onboarding
from cs_kpi.retention.renewals import announced_ends

LEAVING_DAYS = 90
"""An end within so many days that was announced, and no contract behind it."""
DETRACTOR_SCORE, DETRACTOR_DAYS = 6, 365
"""NPS calls 0 to 6 detractors. Many teams ask once a year, and an answer stands until the next one."""
COMPLAINT_DAYS = 365
"""A complaint that is open for longer was forgotten in the sheet."""
UNKNOWN_DAYS = 30
"""How long a complaint counts whose status is not known: in sheets without one, and in the past."""
PLAIN_DAYS = 90
"""How long a ticket that is not solved counts, where no priority tells which ones cannot wait."""
COMPLAINTS = "complain|grievance|escalat|クレーム|苦情"


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason to offer nothing.

    now : of today's closing a number per customer code, NaN for who it spares
    then : the same of a past one, by what carries a date; None: nothing that does tells it
    words : what is so, with that number
    lacks : what would tell it; None where the book can
    """

    label: Message
    words: Callable[[float], Message]
    lacks: Callable[[Book], Message | None]
    now: Callable[[Closing], Floats]
    then: Callable[[Closing], Floats] | None


@dataclass(frozen=True, eq=False)
class Bars:
    """Who is held back today, and why.

    held : of each reason that the data can tell, a number per customer code, NaN for who it spares
    """

    held: Mapping[str, Floats]
    size: int

    @cached_property
    def is_barred(self) -> np.ndarray:
        return _any(self.size, self.held.values())

    def reasons(self, code: int) -> list[Message]:
        """Why a customer is held back, with values."""
        return [WORDS[id](float(value[code])) for id, value in self.held.items() if not np.isnan(value[code])]


def bars(standing: Today) -> Bars:
    """Today's; of a book with dated contracts."""
    at = today(standing.book)
    found = {id: one.now(at) for id, one in BARS.items() if one.lacks(at.book) is None}
    if standing.risks is not None:
        found[RISK] = high_risk(standing, Trigger(kind="high_risk"))
    return Bars(found, len(at.mrr))


def barred_then(at: Closing) -> np.ndarray:
    """Per customer code, who would have been held back at a past closing, as far as that carries a date."""
    return _any(len(at.mrr), [one.then(at) for one in BARS.values() if one.then and one.lacks(at.book) is None])


def not_told(book: Book) -> list[Message]:
    """Which reasons the data cannot tell, and what would."""
    return [_("{reason}: {lacks}", reason=one.label, lacks=said) for one in BARS.values()
            if (said := one.lacks(book)) is not None]


def _any(size: int, held: Iterable[Floats]) -> np.ndarray:
    return np.logical_or.reduce([np.zeros(size, dtype=bool), *(~np.isnan(one) for one in held)])


def _where(at: Closing, is_met: np.ndarray, value: Floats) -> Floats:
    return np.where(is_met & at.is_there, value, np.nan)


def _red(at: Closing) -> Floats:
    return _where(at, at.band == RED, at.score)


def _overdue(at: Closing) -> Floats:
    found = at.book.once(onboarding)
    return _where(at, (found.limit <= at.day) & (found.completed_on > at.day), (at.day - found.limit).astype(float))


def _detractor(at: Closing) -> Floats:
    answers = at.known.history.answers("nps")
    score = answers.last_value(at.day)
    is_recent = at.day - answers.last_day(at.day) <= DETRACTOR_DAYS
    return _where(at, is_recent & (score <= DETRACTOR_SCORE), score)


def _leaving(at: Closing) -> Floats:
    """Days to the end that was announced; an end alone may be that of a term."""
    last = announced_ends(at.book)
    ahead = last - at.day
    return _where(at, (last < NEVER) & (ahead <= LEAVING_DAYS), ahead.astype(float))


def _is_complaint(rows: pd.DataFrame) -> pd.Series:
    """Tickets that cannot wait, and whatever is called a complaint."""
    found = pd.Series(False, index=rows.index)
    if "priority" in rows:
        found |= is_urgent(rows)
    if "kind" in rows:
        found |= rows["kind"].astype("string").str.contains(COMPLAINTS, case=False, regex=True).fillna(False)
    return found


def _complaint_then(at: Closing) -> Floats:
    """How many came in shortly before; how they stood then is not known, since a status carries no date."""
    count = at.known.history.contacts("complaints", _is_complaint).total(at.day - UNKNOWN_DAYS, at.day)
    return _where(at, count > 0, count)


def _complaint_now(at: Closing) -> Floats:
    """How many are open."""
    if not at.book.has("interactions.status"):
        return _complaint_then(at)
    count = at.known.history.contacts("open complaints", lambda rows: _is_complaint(rows) & is_open(rows)).total(
        at.day - COMPLAINT_DAYS, at.day)
    return _where(at, count > 0, count)


def _ticket(at: Closing) -> Floats:
    """How many are not solved; where a priority tells which ones cannot wait, the others hold nobody back."""
    if at.book.has("interactions.priority"):
        return np.full(len(at.mrr), np.nan)
    count = at.known.history.contacts("open tickets", lambda rows: _is_ticket(rows) & is_open(rows)).total(
        at.day - PLAIN_DAYS, at.day)
    return _where(at, count > 0, count)


def _is_ticket(rows: pd.DataFrame) -> pd.Series:
    """All but meetings, whose status says whether they took place."""
    if "kind" not in rows:
        return pd.Series(True, index=rows.index)
    return (rows["kind"].astype("string") != "meeting").fillna(True)


def _complaint_words(count: float) -> Message:
    return (_("one urgent ticket or complaint") if count == 1
            else _("{count} urgent tickets or complaints", count=int(count)))


def _takes(*needs: str) -> Callable[[Book], Message | None]:
    def lacks(book: Book) -> Message | None:
        absent = [need for need in needs if not book.has(need)]
        return _("This takes {fields}.", fields=[place_label(place) for place in absent]) if absent else None
    return lacks


def _no_health(book: Book) -> Message | None:
    return None if book.settings.health else _("The health score is not set up. Set it up on the health page.")


def _no_complaints(book: Book) -> Message | None:
    said = "interactions.priority" if not book.has("interactions.kind") else "interactions.kind"
    return _takes("interactions.date", said)(book)


BARS: dict[str, Bar] = {
    "red": Bar(_("Red health"), lambda score: _("health is red (score {score})", score=Quantity.of(score, "score")),
               _no_health, _red, _red),
    "onboarding_overdue": Bar(_("Onboarding overdue"), KINDS["onboarding_overdue"].words, no_criterion, _overdue,
                              _overdue),
    "detractor": Bar(_("Detractor"), KINDS["detractor"].words,
                     _takes("surveys.score", "surveys.kind", "surveys.answered_on"), _detractor, _detractor),
    "complaint": Bar(_("Open complaint"), _complaint_words, _no_complaints, _complaint_now, _complaint_then),
    "ticket": Bar(_("Unsolved ticket"), FEATURES["unresolved"].sentence,
                  _takes("interactions.date", "interactions.status"), _ticket, None),
    "leaving": Bar(_("Leaving"), KINDS["leaving"].words, _takes("subscriptions.end_date"), _leaving, None)}
RISK = "high_risk"
"""Held back as well where a model is believed; it comes with the customers' standing."""
WORDS = {id: one.words for id, one in BARS.items()} | {RISK: KINDS["high_risk"].words}
