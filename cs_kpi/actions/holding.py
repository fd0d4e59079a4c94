"""Who a trigger holds for today: one number per customer code, what its words say of it; NaN for the others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.actions.records import Trigger
from cs_kpi.actions.today import Today
from cs_kpi.book import Book, days
from cs_kpi.churn.contract_features import mrr_change_3
from cs_kpi.churn.events import Floats
from cs_kpi.churn.use_features import seats_used, use_trend
from cs_kpi.churn.voice_features import is_open, is_urgent
from cs_kpi.health.score import NO_BAND
from cs_kpi.health_rules import BANDS
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.measures.onboarding import STATES, onboarding
from cs_kpi.retention.leaving import AFTER_END, BEFORE_END
from cs_kpi.retention.renewals import announced_ends

OVERDUE = list(STATES).index("overdue")
CHAMPION_DAYS, CHAMPION_USES = 90, 5
"""Who used the service most in so many days before falling silent, and at least so often, is the champion."""
BAND_COUNT = len(BANDS)


def _where(today: Today, is_met: np.ndarray, value: Floats) -> Floats:
    """The value where it is met, of today's customers."""
    return np.where(is_met & today.is_there, value, np.nan)


def leaving(today: Today, trigger: Trigger) -> Floats:
    """Days to the end of the last contract (below 0: since it), where nobody has stated a reason.

    An end ahead counts where it was announced: an end alone may be that of a term, which is renewed.
    """
    book, limit = today.book, trigger.threshold("days")
    customer, begin, end = book.ledger.spells
    last = np.full(len(book.customer_ids), -1, dtype=np.int64)
    begun = begin <= today.day
    last[customer[begun]] = np.flatnonzero(begun)
    stops = np.full(len(last), NEVER, dtype=np.int64)
    stops[last >= 0] = end[last[last >= 0]]
    ahead = (stops - today.day).astype(float)
    has_later = np.zeros(len(last), dtype=bool)
    has_later[customer[~begun]] = True
    is_known = (ahead <= 0) | (announced_ends(book) == stops)
    is_met = (stops < NEVER) & (np.abs(ahead) <= limit) & is_known & ~has_later & ~_has_reason(book, stops)
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


def high_risk(today: Today, trigger: Trigger) -> Floats:
    assert today.risk is not None
    return _where(today, today.risk >= trigger.threshold("risk"), today.risk)


def low_health(today: Today, trigger: Trigger) -> Floats:
    assert today.health is not None
    return _where(today, today.health < trigger.threshold("score"), today.health)


def band_drop(today: Today, trigger: Trigger) -> Floats:
    """The band before and the band now, as one number."""
    before, now = today.band_before(int(trigger.threshold("months"))), today.band
    is_met = (before > now) & (now != NO_BAND) & (before != NO_BAND)
    return _where(today, is_met, (before * BAND_COUNT + now).astype(float))


def overdue(today: Today, trigger: Trigger) -> Floats:
    found = today.book.once(onboarding)
    over = (today.day - found.limit).astype(float)
    return _where(today, (found.state == OVERDUE) & (over >= trigger.threshold("days")), over)


def urgent_ticket(today: Today, trigger: Trigger) -> Floats:
    """How many urgent tickets there are within the days; where a status says so, those that are not done."""
    history = today.known.history
    has_status = today.book.has("interactions.status")
    found = history.contacts("urgent and open" if has_status else "urgent",
                             lambda rows: is_urgent(rows) & is_open(rows) if has_status else is_urgent(rows))
    count = found.total(today.day - int(trigger.threshold("days")), today.day)
    return _where(today, count > 0, count)


def detractor(today: Today, trigger: Trigger) -> Floats:
    answers = today.known.history.answers("nps")
    score = answers.last_value(today.day)
    is_recent = today.day - answers.last_day(today.day) <= trigger.threshold("days")
    return _where(today, is_recent & (score <= trigger.threshold("score")), score)


def use_fell(today: Today, trigger: Trigger) -> Floats:
    change = use_trend(today.known)
    return _where(today, change <= -trigger.threshold("share"), change)


def champion_silent(today: Today, trigger: Trigger) -> Floats:
    """Days since the last use of each customer's most active user."""
    quiet = int(trigger.threshold("days"))
    user, customer, day, count = _recent_use(today, quiet + CHAMPION_DAYS)
    found = np.full(len(today.book.customer_ids), np.nan)
    if not len(user):
        return found
    users = int(user.max()) + 1
    uses = np.bincount(user, np.where(day <= today.day - quiet, count, 0.0), users)
    last, owner = np.zeros(users, dtype=np.int64), np.zeros(users, dtype=np.int64)
    np.maximum.at(last, user, day)
    owner[user] = customer
    order = np.lexsort((np.arange(users), -uses, owner))
    champion = order[np.append(True, owner[order][1:] != owner[order][:-1])]
    champion = champion[uses[champion] >= CHAMPION_USES]
    found[owner[champion]] = today.day - last[champion]
    return _where(today, found >= quiet, found)


def _recent_use(today: Today, span: int) -> tuple[Ints, Ints, Ints, Floats]:
    """User, customer, day and number of the uses of the last `span` days that name a user; the same name at two
    customers is two users."""
    rows = today.book.tables["usage"]
    day = days(rows["date"])
    kept = np.flatnonzero((day > today.day - span) & (day <= today.day))
    rows, day = rows.iloc[kept], day[kept]
    name, names = pd.factorize(rows["user_id"])
    customer = today.book.codes_of("usage")[kept]
    known = (name >= 0) & (customer >= 0)
    user = pd.factorize(customer[known] * len(names) + name[known])[0]
    count = rows["count"].fillna(1).to_numpy(dtype=float) if "count" in rows else np.ones(len(rows))
    return user.astype(np.int64), customer[known], day[known], count[known]


def renewal(today: Today, trigger: Trigger) -> Floats:
    left = (today.renewal - today.day).astype(float)
    return _where(today, (today.renewal < NEVER) & (left <= trigger.threshold("days")), left)


def mrr_fell(today: Today, trigger: Trigger) -> Floats:
    change = mrr_change_3(today.known)
    return _where(today, change <= -trigger.threshold("share"), change)


def seats_full(today: Today, trigger: Trigger) -> Floats:
    share = seats_used(today.known)
    return _where(today, share >= trigger.threshold("share"), share)
