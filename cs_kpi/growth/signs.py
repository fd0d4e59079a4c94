"""The signs that a customer may want more: each declared once, with whom it holds for at a closing, in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cs_kpi.actions.triggers import place_label
from cs_kpi.book import Book
from cs_kpi.churn.contract_features import days_to_renewal, mrr_change_12, seats
from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import FEATURES
from cs_kpi.churn.quantities import Quantity
from cs_kpi.churn.use_features import active_users, seats_used, use_trend_3
from cs_kpi.growth.closing import GREEN, Closing
from cs_kpi.growth.limits import limits
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _

RENEWAL_DAYS = 90
HAIR = 1e-9
"""12 / 10 - 1 is a hair below 0.2."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign.

    leads : whether it makes a candidate; the others only say how likely one is
    holds : one number per customer code, for whom it holds; NaN for the others
    words : of a customer for whom it holds, with its numbers
    needs : "table.field", all of which the book must have
    """

    id: str
    label: Message
    leads: bool
    holds: Callable[[Closing], Floats]
    words: Callable[[Closing, int, float], Message]
    needs: tuple[str, ...] = ()
    needs_health: bool = False

    def missing(self, book: Book) -> Message | None:
        """Which column or decision would bring it; None where the data can tell it."""
        absent = [need for need in self.needs if not book.has(need)]
        if absent:
            return _("'{sign}' takes {fields}.", sign=self.label, fields=[place_label(place) for place in absent])
        if self.needs_health and book.settings.health is None:
            return _("'{sign}' takes a health score. Set it up on the health page.", sign=self.label)
        return None


def _where(at: Closing, is_met: np.ndarray, value: Floats) -> Floats:
    return np.where(is_met & at.is_there, value, np.nan)


def _near_limit(at: Closing) -> Floats:
    plan, found = at.known.leading("plan"), limits(at).seats
    limit = np.full(len(plan), np.nan)
    has_plan = ~np.isnan(plan)
    limit[has_plan] = found[plan[has_plan].astype(np.int64)]
    share = seats(at.known) / np.where(limit > 0, limit, np.nan)
    return _where(at, share >= at.book.settings.growth.limit_share - HAIR, share)


def _near_limit_words(at: Closing, code: int, _value: float) -> Message:
    found, plan = limits(at), int(at.known.leading("plan")[code])
    said = {"seats": Quantity.of(float(seats(at.known)[code]), "count"), "plan": found.names[plan],
            "limit": Quantity.of(float(found.seats[plan]), "count")}
    if not found.moves[plan]:
        return _("{seats} seats, and plan {plan} carries {limit}", **said)
    return _("{seats} seats; customers of plan {plan} moved up at {limit} (median of {n} moves)", **said,
             n=int(found.moves[plan]))


def _seats_full(at: Closing) -> Floats:
    share = seats_used(at.known)
    return _where(at, share >= at.book.settings.growth.seats_share - HAIR, share)


def _seats_full_words(at: Closing, code: int, value: float) -> Message:
    return _("{users} active users on {seats} seats ({share})", share=Quantity.of(value, "share"),
             users=Quantity.of(float(active_users(at.known)[code]), "count"),
             seats=Quantity.of(float(seats(at.known)[code]), "count"))


def _use_rising(at: Closing) -> Floats:
    rise = use_trend_3(at.known)
    return _where(at, rise >= at.book.settings.growth.use_rise - HAIR, rise)


def _rose_before(at: Closing) -> Floats:
    rise = mrr_change_12(at.known)
    return _where(at, rise > 0, rise)


def _healthy(at: Closing) -> Floats:
    return _where(at, at.band == GREEN, at.band.astype(float))


def _renewal_near(at: Closing) -> Floats:
    left = days_to_renewal(at.known)
    return _where(at, left <= RENEWAL_DAYS, left)


def _of_feature(id: str) -> Callable[[Closing, int, float], Message]:
    return lambda at, code, value: FEATURES[id].sentence(value)


SIGNS: tuple[Sign, ...] = (
    Sign("seats_full", _("Seats full"), True, _seats_full, _seats_full_words,
         ("usage.date", "usage.user_id", "subscriptions.seats")),
    Sign("near_limit", _("Near the plan's limit"), True, _near_limit, _near_limit_words,
         ("subscriptions.seats", "subscriptions.plan")),
    Sign("use_rising", _("Use rising"), True, _use_rising, _of_feature("use_trend_3"), ("usage.date",)),
    Sign("rose_before", _("Bought more within 12 months"), True, _rose_before, _of_feature("mrr_change_12")),
    Sign("healthy", _("Healthy"), False, _healthy, lambda at, code, value: _("health is green"), needs_health=True),
    Sign("renewal_near", _("Term ends soon"), False, _renewal_near, _of_feature("days_to_renewal"),
         ("subscriptions.term_end",)))
"""Those that make a candidate first. Where too few customers showed the same signs, the last ones are ignored first."""


def signs(book: Book) -> tuple[Sign, ...]:
    """Those that the book can tell."""
    return tuple(one for one in SIGNS if one.missing(book) is None)


def pattern(at: Closing, known: tuple[Sign, ...]) -> Ints:
    """Which signs hold for each customer: the sum of 1 << place in `known`."""
    found = np.zeros(len(at.mrr), dtype=np.int64)
    for place, one in enumerate(known):
        found |= (~np.isnan(one.holds(at))).astype(np.int64) << place
    return found


def leading(known: tuple[Sign, ...]) -> int:
    """The pattern of the signs that make a candidate."""
    return sum(1 << place for place, one in enumerate(known) if one.leads)
