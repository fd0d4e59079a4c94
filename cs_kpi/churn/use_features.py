"""What use tells: how much, rising or falling, how long ago, how broad, by how many; and how onboarding went."""

from __future__ import annotations

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.contract_features import seats
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Words, feature
from cs_kpi.churn.history import Known
from cs_kpi.locale import _
from cs_kpi.measures.onboarding import no_criterion

FEWEST = 5
"""Uses in the month before below which their change says nothing."""


def _unknown(known: Known) -> Floats:
    return np.full(known.size, np.nan)


@feature("use_level", "use", _("Use in the last month"), "count", needs=("usage.date",), better="up",
         is_actionable=True, is_log=True,
         words=Words(_("{value} uses in the last month"), one=_("one use in the last month"),
                     none=_("no use in the last month")))
def use_level(known: Known) -> Floats:
    after = known.back(1)
    use = known.history.use
    return use.total(after, known.day) if use.speaks(after, known.day) else _unknown(known)


@feature("use_trend", "use", _("Change of use"), "share", needs=("usage.date",), better="up", is_actionable=True,
         words=Words(_("use rose {value} against the month before"), _("use fell {value} against the month before"),
                     none=_("use is as in the month before")))
def use_trend(known: Known) -> Floats:
    """Use of the last month / of the month before - 1; NaN where there was too little before."""
    return _use_change(known, 1)


@feature("use_trend_3", "use", _("Change of use in 3 months"), "share", needs=("usage.date",), better="up",
         is_actionable=True,
         words=Words(_("use rose {value} against the 3 months before"),
                     _("use fell {value} against the 3 months before"),
                     none=_("use is as in the 3 months before")))
def use_trend_3(known: Known) -> Floats:
    return _use_change(known, 3)


def _use_change(known: Known, months: int) -> Floats:
    middle, first = known.back(months), known.back(2 * months)
    use = known.history.use
    if not use.speaks(first, known.day) or not use.speaks(middle, known.day):
        return _unknown(known)
    before = use.total(first, middle)
    was_there = ~(known.history.start > first)
    return use.total(middle, known.day) / np.where((before >= FEWEST) & was_there, before, np.nan) - 1


@feature("use_recency", "use", _("Days since last use"), "days", needs=("usage.date",), better="down",
         is_actionable=True, is_log=True,
         words=Words(_("no use for {value} days"), one=_("last used yesterday"), none=_("used today")))
def use_recency(known: Known) -> Floats:
    use = known.history.use
    return known.waiting(use) if use.speaks(known.back(3), known.day) else _unknown(known)


@feature("use_breadth", "use", _("Features in use"), "count", needs=("usage.date", "usage.feature"), better="up",
         is_actionable=True,
         words=Words(_("{value} features used in 3 months"), one=_("one feature used in 3 months"),
                     none=_("no feature used in 3 months")))
def use_breadth(known: Known) -> Floats:
    return known.different_use("feature", 3)


@feature("active_users", "use", _("Active users"), "count", needs=("usage.date", "usage.user_id"), better="up",
         is_actionable=True, is_log=True,
         words=Words(_("{value} active users in the last month"), one=_("one active user in the last month"),
                     none=_("no active user in the last month")))
def active_users(known: Known) -> Floats:
    return known.different_use("user_id", 1)


@feature("seats_used", "use", _("Share of seats in use"), "share", better="up", is_actionable=True,
         needs=("usage.date", "usage.user_id", "subscriptions.seats", "subscriptions.start_date"),
         words=Words(_("{value} of the seats are used"), none=_("none of the seats is used")))
def seats_used(known: Known) -> Floats:
    paid = seats(known)
    return active_users(known) / np.where(paid > 0, paid, np.nan)


def _has_criterion(book: Book) -> bool:
    """Whether it is known when a customer was onboarded: by a criterion of the settings, or by the customer list."""
    if book.settings.onboarding is not None:
        return no_criterion(book) is None
    return book.has("customers.onboarding_completed_on")


@feature("onboarding_open", "onboarding", _("Onboarding not completed"), "count", better="down", is_actionable=True,
         needs=("subscriptions.start_date",), is_told=_has_criterion,
         words=Words(_("onboarding is not completed"), none=_("onboarding is completed")))
def onboarding_open(known: Known) -> Floats:
    """1 where it is not completed yet, 0 where it is."""
    return 1.0 - (known.history.onboarded_on <= known.day)


@feature("onboarding_days", "onboarding", _("Days of onboarding"), "days", better="down", is_log=True,
         needs=("subscriptions.start_date",), is_told=_has_criterion,
         words=Words(_("{value} days of onboarding")))
def onboarding_days(known: Known) -> Floats:
    """From the first day to completion, or to this closing where there is none yet."""
    done = known.history.onboarded_on
    until = np.where(done <= known.day, done, known.day)
    took = until - known.history.start
    return np.where(took >= 0, took, np.nan)


@feature("milestones", "onboarding", _("Milestones completed"), "count",
         needs=("milestones.milestone", "milestones.completed_on"), better="up", is_actionable=True,
         words=Words(_("{value} milestones completed"), one=_("one milestone completed"),
                     none=_("no milestone completed")))
def milestones(known: Known) -> Floats:
    """Different milestones completed so far; NaN before the table begins."""
    steps = known.history.steps
    return steps.different(-1, known.day) if steps.begins_by(known.day) else _unknown(known)
