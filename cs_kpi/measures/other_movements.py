"""Measures that only other conventions ask for (handbook 7): who came and went, long absences, who bought more."""

from __future__ import annotations

import numpy as np

from cs_kpi.book import day_of
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.movements import cross_sell, is_new, is_reactivated, upsell
from cs_kpi.measures.registry import measure

LONG_AWAY_DAYS = 90
"""After more days away a customer that returns is new again (Maxio)."""


@measure(_("customers that came and went inside the period"), "count", moves=False)
def came_and_went(now: Moment) -> np.ndarray:
    return now.within_period


def is_back_after_long(now: Moment) -> np.ndarray:
    """Who is back after more than 90 days away."""
    customer, begin, end = now.book.ledger.spells
    opening = day_of(now.period.opening)
    last = np.full(now.book.ledger.size, -NEVER, dtype=np.int64)
    gone = end <= opening
    np.maximum.at(last, customer[gone], end[gone])
    first = np.full(now.book.ledger.size, NEVER, dtype=np.int64)
    np.minimum.at(first, customer[begin > opening], begin[begin > opening])
    return is_reactivated(now) & ((first - last)[now.who] > LONG_AWAY_DAYS)


@measure(_("new customers, or back after 90 days"), "count")
def is_new_or_long_away(now: Moment) -> np.ndarray:
    return is_new(now) | is_back_after_long(now)


@measure(_("customers back within 90 days"), "count")
def is_back_soon(now: Moment) -> np.ndarray:
    return is_reactivated(now) & ~is_back_after_long(now)


@measure(_("MRR of new customers, or back after 90 days"), "money")
def new_or_long_away(now: Moment) -> Ints:
    return np.where(is_new_or_long_away(now), now.closing, 0)


@measure(_("MRR of customers back within 90 days"), "money")
def back_soon(now: Moment) -> Ints:
    return np.where(is_back_soon(now), now.closing, 0)


@measure(_("customers with upsell"), "count", splits=("product",))
def has_upsell(now: Moment) -> np.ndarray:
    return upsell(now) > 0


@measure(_("customers with cross-sell"), "count", needs=("subscriptions.product",), splits=("product",))
def has_cross_sell(now: Moment) -> np.ndarray:
    return cross_sell(now) > 0
