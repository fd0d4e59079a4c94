"""The measures of contracts: who was there, who is there, and what moved between (handbook 3).

Each is a vector with one number per customer: money in 10^-6 currency units, or 0/1 for a customer that counts.
"""

from __future__ import annotations

import numpy as np

from cs_kpi.ledger import Ints
from cs_kpi.locale import _
from cs_kpi.measures.moments import Moment, Split
from cs_kpi.measures.registry import measure


@measure(_("opening MRR"), "money", at="opening", undated="told")
def opening_mrr(now: Moment) -> Ints:
    return now.opening


@measure(_("closing MRR"), "money", at="closing", undated="told")
def closing_mrr(now: Moment) -> Ints:
    return now.closing


@measure(_("new MRR"), "money")
def new(now: Moment) -> Ints:
    return np.where(is_new(now), now.closing, 0)


@measure(_("reactivation MRR"), "money")
def reactivation(now: Moment) -> Ints:
    return np.where(is_reactivated(now), now.closing, 0)


@measure(_("expansion MRR"), "money")
def expansion(now: Moment) -> Ints:
    return np.where(is_expanded(now), now.closing - now.opening, 0)


@measure(_("contraction MRR"), "money", undated="silent")
def contraction(now: Moment) -> Ints:
    return np.where(now.is_there & (now.closing < now.opening), now.opening - now.closing, 0)


@measure(_("churn MRR"), "money", undated="told")
def churn(now: Moment) -> Ints:
    return np.where(left(now), now.opening, 0)


@measure(_("cross-sell MRR"), "money", needs=("subscriptions.product",), splits=("product",))
def cross_sell(now: Moment) -> Ints:
    """Expansion by products that the customer did not have, in proportion to the raw parts (handbook 3)."""
    return _cross_sell(now, now.splits["product"])


@measure(_("upsell MRR"), "money", splits=("product",))
def upsell(now: Moment) -> Ints:
    """The rest of the expansion; all of it where no product is mapped."""
    grown = expansion(now)
    return grown - _cross_sell(now, now.splits["product"]) if "product" in now.splits else grown


def _cross_sell(now: Moment, product: Split) -> Ints:
    grown = expansion(now)
    raised = np.maximum(product.closing - product.opening, 0)
    customer = product.parts.customer
    raw = np.zeros(len(grown), dtype=np.int64)
    np.add.at(raw, customer, raised)
    by_new_product = np.zeros(len(grown), dtype=np.int64)
    np.add.at(by_new_product, customer, np.where(product.opening == 0, raised, 0))
    share = np.divide(by_new_product, raw, out=np.zeros(len(grown)), where=raw > 0)
    return np.minimum(np.rint(grown * share).astype(np.int64), grown)


@measure(_("customers at opening"), "count", at="opening", undated="told")
def was_customer(now: Moment) -> np.ndarray:
    return now.was_there


@measure(_("customers at closing"), "count", at="closing", undated="told")
def is_customer(now: Moment) -> np.ndarray:
    return now.is_there


@measure(_("new customers"), "count")
def is_new(now: Moment) -> np.ndarray:
    return (now.opening == 0) & (now.closing > 0) & ~now.was_active_before


@measure(_("reactivated customers"), "count")
def is_reactivated(now: Moment) -> np.ndarray:
    return (now.opening == 0) & (now.closing > 0) & now.was_active_before


@measure(_("churned customers"), "count", undated="told")
def left(now: Moment) -> np.ndarray:
    return now.was_there & ~now.is_there


@measure(_("continuing customers"), "count", at="opening", undated="told")
def stayed(now: Moment) -> np.ndarray:
    return now.was_there & now.is_there


@measure(_("customers with expansion"), "count")
def is_expanded(now: Moment) -> np.ndarray:
    return (now.opening > 0) & (now.closing > now.opening)
