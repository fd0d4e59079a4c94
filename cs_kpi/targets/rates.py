"""Monthly rates by segment, pooled over the last twelve complete months: what a projection goes on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cs_kpi.ledger import Ints
from cs_kpi.targets.history import LOST, TERMS, WINDOW, History
from cs_kpi.targets.seasons import seasons

Floats = npt.NDArray[np.float64]
ENDED, RENEWED = TERMS
BASES: Mapping[str, str | None] = {
    "new": None, "reactivation": "opening_mrr", "expansion": "opening_mrr", "contraction": "opening_mrr",
    "churn": "opening_mrr", "is_new": None, "is_reactivated": "was_customer", "left": "was_customer"}
"""Movement -> what its rate is a share of; None: an amount (10^-6) a month."""
COUNTERPARTS: Mapping[str, str] = {"new": "is_new", "reactivation": "is_reactivated", "churn": "left"}
"""Movement of MRR -> the same of customers, which changes in the same proportion."""


@dataclass(frozen=True)
class Renewals:
    """Terms that run out, by segment, pooled as rates are.

    ended : in a month, per customer of its opening
    lost : the share of them whose customer leaves with them while customers leave at the rate `left`
    lapsed : the share that is not renewed though the customer stays

    What is lost changes in the same proportion as the customers that leave.
    """

    ended: Floats
    lost: Floats
    lapsed: Floats
    left: Floats

    def ahead(self, customers: Ints, left: Floats) -> dict[str, Ints]:
        """The terms that run out in a month and those renewed, in 10^-6. left : the rate at which customers leave"""
        times = np.where(self.left > 0, over(left, self.left), 1.0)
        ended = np.rint(customers * self.ended).astype(np.int64)
        gone = np.rint(ended * np.minimum(1.0, self.lapsed + self.lost * times)).astype(np.int64)
        return {ENDED: ended, RENEWED: ended - gone}


@dataclass(frozen=True)
class Rates:
    """What moves in a month, by segment.

    values : movement -> one rate (share of the opening, or amount in 10^-6) a segment
    moves, customer_moves : segments x segments: the share of an opening segment that goes over into another one
    opening, customers : where the projection begins, by segment, in 10^-6
    season : factor of new MRR and new customers in January, ..., December
    months : how many complete months are pooled
    renewals : None where no term ran out, or nobody knows
    """

    names: tuple[str | None, ...]
    values: Mapping[str, Floats]
    moves: Floats
    customer_moves: Floats
    opening: npt.NDArray[np.int64]
    customers: npt.NDArray[np.int64]
    season: Floats
    is_seasonal: bool
    months: int
    renewals: Renewals | None = None


def rates(past: History) -> Rates:
    """The pooled rates after the last month: sum of a movement / sum of openings; amounts are means a month.

    A share without any opening is 0: nobody was there whom it could have moved, and nobody is now.
    """
    pooled = past.last(WINDOW)
    found = {name: share(pooled, name) for name in BASES}
    factors = seasons(past.months, past.sums["new"].sum(axis=1))
    return Rates(past.names, found, _moves(pooled.moved, pooled.sums["opening_mrr"]),
                 _moves(pooled.moved_customers, pooled.sums["was_customer"]), past.sums["closing_mrr"][-1],
                 past.sums["is_customer"][-1], np.ones(12) if factors is None else factors, factors is not None,
                 len(pooled.months), _renewals(pooled))


def _renewals(pooled: History) -> Renewals | None:
    if ENDED not in pooled.sums or not pooled.sums[ENDED].any():
        return None
    there, ended, renewed, lost, left = (pooled.sums[name].sum(axis=0) for name in (
        "was_customer", ENDED, RENEWED, LOST, "left"))
    return Renewals(over(ended, there), over(lost, ended), over(ended - renewed - lost, ended), over(left, there))


def share(past: History, name: str) -> Floats:
    """The pooled rate of one movement in every segment."""
    base, moved = BASES[name], past.sums[name].sum(axis=0).astype(float)
    if base is None:
        return moved / len(past.months)
    return over(moved, past.sums[base].sum(axis=0))


def whole_share(past: History, name: str) -> float:
    """The pooled rate of one movement over all segments together."""
    base, moved = BASES[name], float(past.sums[name].sum())
    return moved / len(past.months) if base is None else float(over(moved, past.sums[base].sum()))


def over(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """part / whole, 0 where there is no whole."""
    top, bottom = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    return np.divide(top, bottom, out=np.zeros(top.shape), where=bottom > 0)


def _moves(moved: npt.NDArray[np.int64], opening: npt.NDArray[np.int64]) -> Floats:
    return over(moved.sum(axis=0), opening.sum(axis=0)[:, None])
