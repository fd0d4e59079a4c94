"""What contracts tell: how long, how much, what, and when the term runs out."""

from __future__ import annotations

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.churn.features import Words, feature
from cs_kpi.churn.history import Known
from cs_kpi.ledger import NEVER
from cs_kpi.locale import _

DAYS_A_MONTH = 30.4375


@feature("tenure", "contract", _("Tenure"), "months", needs=("subscriptions.start_date",), better="up", is_log=True,
         words=Words(_("a customer for {value} months"), one=_("a customer for one month"),
                     none=_("a customer for less than a month")))
def tenure(known: Known) -> Floats:
    start = known.history.start
    return np.where(start <= known.day, (known.day - start) / DAYS_A_MONTH, np.nan)


@feature("tenure_months", "contract", _("Tenure"), "months", needs=("customers.tenure_months", "customers.has_left"),
         better="up", without_dates=True, is_log=True,
         words=Words(_("a customer for {value} months"), one=_("a customer for one month"),
                     none=_("a customer for less than a month")))
def tenure_months(known: Known) -> Floats:
    snapshot = known.book.snapshot
    return np.full(known.size, np.nan) if snapshot is None else snapshot.duration_months


@feature("mrr", "contract", _("MRR"), "money", needs=("subscriptions.mrr",), without_dates=True, is_log=True,
         words=Words(_("pays {value} a month"), none=_("pays nothing")))
def mrr(known: Known) -> Floats:
    return known.mrr(known.day)


def _change(known: Known, months: int) -> Floats:
    """MRR now / then - 1; NaN for who was no customer then."""
    then = known.mrr(known.back(months))
    return known.mrr(known.day) / np.where(then > 0, then, np.nan) - 1


@feature("mrr_change_3", "contract", _("Change of MRR in 3 months"), "share", needs=("subscriptions.start_date",),
         better="up", words=Words(_("MRR rose {value} in 3 months"), _("MRR fell {value} in 3 months"),
                                  none=_("MRR is as 3 months ago")))
def mrr_change_3(known: Known) -> Floats:
    return _change(known, 3)


@feature("mrr_change_6", "contract", _("Change of MRR in 6 months"), "share", needs=("subscriptions.start_date",),
         better="up", words=Words(_("MRR rose {value} in 6 months"), _("MRR fell {value} in 6 months"),
                                  none=_("MRR is as 6 months ago")))
def mrr_change_6(known: Known) -> Floats:
    return _change(known, 6)


@feature("mrr_change_12", "contract", _("Change of MRR in 12 months"), "share", needs=("subscriptions.start_date",),
         better="up", words=Words(_("MRR rose {value} in 12 months"), _("MRR fell {value} in 12 months"),
                                  none=_("MRR is as 12 months ago")))
def mrr_change_12(known: Known) -> Floats:
    return _change(known, 12)


# Plans and seats of a list without dates are attributes there under their own headers, and would count twice.
@feature("plan", "contract", _("Plan"), "category", needs=("subscriptions.plan", "subscriptions.mrr"), column="plan")
def plan(known: Known) -> Floats:
    return known.leading("plan")


@feature("billing_interval", "contract", _("Billing interval"), "category",
         needs=("subscriptions.billing_interval", "subscriptions.mrr"), without_dates=True, column="billing_interval")
def billing_interval(known: Known) -> Floats:
    return known.leading("billing_interval")


@feature("products", "contract", _("Products"), "count", needs=("subscriptions.product", "subscriptions.mrr"),
         better="up", is_actionable=True, without_dates=True,
         words=Words(_("{value} products"), one=_("one product"), none=_("no product")))
def products(known: Known) -> Floats:
    """Different products under contract, those without a name counting as one."""
    found = known.history.parts("product")
    return np.bincount(found.customer[np.unique(found.of_row[known.active])], minlength=known.size).astype(float)


@feature("seats", "contract", _("Seats"), "count", needs=("subscriptions.seats", "subscriptions.mrr"),
         is_log=True, words=Words(_("{value} seats"), one=_("one seat")))
def seats(known: Known) -> Floats:
    number = known.history.contract_numbers("seats")[known.active]
    told = ~np.isnan(number)
    total = np.bincount(known.customer[told], number[told], known.size)
    return np.where(np.bincount(known.customer[told], minlength=known.size) > 0, total, np.nan)


@feature("contract_months", "contract", _("Contract term"), "months", better="up",
         needs=("subscriptions.term_end", "subscriptions.start_date"),
         words=Words(_("contract term of {value} months"), one=_("contract term of one month")))
def contract_months(known: Known) -> Floats:
    """The longest term among the contracts that run, whole months where it is within three days of them."""
    term_end = known.history.contract_days("term_end")[known.active]
    start = known.book.ledger.start[known.active]
    told = (term_end < NEVER) & (term_end > start)
    months = (term_end[told] + 1 - start[told]) / DAYS_A_MONTH
    longest = np.full(known.size, np.nan)
    np.fmax.at(longest, known.customer[told], np.where(abs(months - np.rint(months)) < 0.1, np.rint(months), months))
    return longest


@feature("days_to_renewal", "contract", _("Days to renewal"), "days", needs=("subscriptions.term_end",),
         words=Words(_("the term runs out in {value} days"), one=_("the term runs out tomorrow"),
                     none=_("the term runs out today")))
def days_to_renewal(known: Known) -> Floats:
    """Days to the next end of a term; the end of the contract, which is filled in on leaving, is not looked at."""
    term_end = known.history.contract_days("term_end")[known.active]
    ahead = (term_end >= known.day) & (term_end < NEVER)
    nearest = np.full(known.size, np.nan)
    np.fmin.at(nearest, known.customer[ahead], (term_end[ahead] - known.day).astype(float))
    return nearest
