"""A book without dates: who was there, who has left, what they pay, one number per customer (handbook 1, shape 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from cs_kpi.ingest.snapshots import HAS_LEFT
from cs_kpi.ledger import Ints

BANDS = (3, 6, 12, 24, 36, 60)
"""The last month of each band of tenure but the highest, which is open."""
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Snapshot:
    """Vectors over the book's customer codes, money in 10^-6 currency units.

    was_there : who stands in the list and is flagged or not; a customer that other tables alone name is not in it
    is_there : those of them who have not left
    opening, closing : MRR of all rows and of the rows not flagged, at least 0 and never rising; 0 where no amount is
        mapped
    overdrawn : how many customers have credit notes above their fees
    duration_months, event : what survival (Kaplan-Meier) starts from: the tenure, NaN where it is not told, and
        whether it ended by the customer leaving
    """

    was_there: Bools
    is_there: Bools
    opening: Ints
    closing: Ints
    overdrawn: int
    duration_months: Floats

    @property
    def event(self) -> Bools:
        return self.was_there & ~self.is_there


def snapshot_of(size: int, customers: pd.DataFrame, customer: Ints, fees: pd.DataFrame, payer: Ints, mrr: Ints
                ) -> Snapshot:
    """The snapshot of a list.

    size : number of customers
    customers, customer : rows with `has_left` and perhaps `tenure_months`, and whose each is; one with several has left
        where every one says so, after the longest tenure
    fees, payer, mrr : a row per fee, whose it is, and how much; one whose flag is not known counts for nobody
    """
    is_told, stayed = _told(customers["has_left"])
    was_there, is_there = (_any(size, customer[who]) for who in (is_told, stayed))
    is_told, stayed = _told(fees[HAS_LEFT] if HAS_LEFT in fees else pd.Series(pd.NA, index=fees.index, dtype="boolean"))
    opening, closing = (_sums(size, payer[which], mrr[which]) for which in (is_told, stayed))
    paid = np.maximum(opening, 0)
    return Snapshot(was_there, is_there, paid, np.clip(closing, 0, paid), int((opening < 0).sum()),
                    np.where(was_there, _longest(size, customers, customer), np.nan))


def _told(has_left: pd.Series) -> tuple[Bools, Bools]:
    """Where it is known who left, and where the customer stayed."""
    flag = has_left.astype("boolean")
    return flag.notna().to_numpy(dtype=bool), (~flag).fillna(False).to_numpy(dtype=bool)


def _any(size: int, customer: Ints) -> Bools:
    return np.bincount(customer, minlength=size) > 0


def _sums(size: int, customer: Ints, amount: Ints) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, customer, amount)
    return total


def _longest(size: int, customers: pd.DataFrame, customer: Ints) -> Floats:
    longest = np.full(size, np.nan)
    if "tenure_months" in customers:
        np.fmax.at(longest, customer, customers["tenure_months"].to_numpy(dtype=np.float64, na_value=np.nan))
    return longest


def tenure_bands(months: pd.Series) -> pd.Series:
    """The band of each tenure, as texts that sort: 00-03, 04-06, ... 61-; missing where the tenure is.

    >>> tenure_bands(pd.Series([0.0, 3.0, 3.5, 12.0, 61.0])).tolist()
    ['00-03', '00-03', '04-06', '07-12', '61-']
    """
    firsts = [0, *(last + 1 for last in BANDS)]
    names = np.array([*(f"{first:02}-{last:02}" for first, last in zip(firsts, BANDS, strict=False)), f"{firsts[-1]}-"])
    place = np.searchsorted(np.array(BANDS), months.to_numpy(dtype=np.float64, na_value=np.nan), side="left")
    return pd.Series(names[np.minimum(place, len(BANDS))], index=months.index, dtype="str").where(months.notna())
