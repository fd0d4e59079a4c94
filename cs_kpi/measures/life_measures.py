"""The measures of lives: tenure, realised revenue, start cohorts and the churn of the last months (handbook 4)."""

from __future__ import annotations

import numpy as np

from cs_kpi.book import Book
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.measures import lifetimes
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import OF_MONTH, measure
from cs_kpi.tables import CUSTOMERS


def no_tenures(book: Book) -> Message | None:
    """Why tenure is not known of a list without dates: it does not say how long."""
    if book.snapshot is None or not np.isnan(book.snapshot.duration_months).all():
        return None
    field = CUSTOMERS.by_name["tenure_months"]
    return _("No column is mapped to '{field}' ({table}). Assign one on the data page.", field=field.label,
             table=CUSTOMERS.label)


@measure(_("months from the first active day"), "months", at="start", undated="told", lacks=no_tenures)
def tenure(now: Moment) -> Ints:
    if now.book.snapshot is not None:
        return np.rint(np.nan_to_num(now.book.snapshot.duration_months) * OF_MONTH).astype(np.int64)
    return lifetimes.tenure_parts(now)


@measure(_("customers that have started"), "count", at="start", undated="told", lacks=no_tenures)
def has_begun(now: Moment) -> np.ndarray:
    """Those whose tenure is known."""
    if now.book.snapshot is not None:
        return ~np.isnan(now.book.snapshot.duration_months)
    return lifetimes.has_begun(now)


@measure(_("customers that have started and left"), "count", at="start", undated="told", lacks=no_tenures)
def has_ended(now: Moment) -> np.ndarray:
    return has_begun(now) & ~now.is_there


def time_seen(tenure: Ints, has_left: np.ndarray, book: Book) -> Ints:
    """Tenures as survival wants them: who has not left is seen for less than the whole of its tenure.

    Its last active day is the last that the data speaks of. Whether it left on the day that follows, after exactly this
    time, nobody has seen; a list without dates says how long in months, and is taken at its word.
    """
    return tenure if book.snapshot is not None else tenure - (~has_left & (tenure > 0))


@measure(_("MRR of all months so far"), "money", at="start", lacks=lifetimes.overflowing)
def revenue_so_far(now: Moment) -> Ints:
    return lifetimes.revenue_so_far(now)


@measure(_("customers known from their first month"), "count", at="start")
def is_known_from_the_start(now: Moment) -> np.ndarray:
    return lifetimes.is_known_from_the_start(now)


@measure(_("customers that started and were observed long enough"), "count", at="start")
def is_judged(now: Moment) -> np.ndarray:
    return now.started & now.book.once(lifetimes.is_observed)


@measure(_("of these, not active at the end of it"), "count", at="start")
def is_lost_from_cohort(now: Moment) -> np.ndarray:
    return is_judged(now) & ~now.book.once(lifetimes.is_active_at_cohort_end)


@measure(_("customers that started and are not observed long enough yet"), "count", at="start")
def is_young(now: Moment) -> np.ndarray:
    return now.started & ~now.book.once(lifetimes.is_observed)


@measure(_("of these, no longer active"), "count", at="start")
def is_young_and_lost(now: Moment) -> np.ndarray:
    return is_young(now) & ~now.book.once(lifetimes.is_active_now)


@measure(_("losses in the window"), "count", at="window", silent=lifetimes.too_short)
def losses_in_window(now: Moment) -> Ints:
    return lifetimes.losses_in_window(now)


@measure(_("customers at the openings of the window's months"), "count", at="window", silent=lifetimes.too_short)
def openings_in_window(now: Moment) -> Ints:
    return lifetimes.openings_in_window(now)
