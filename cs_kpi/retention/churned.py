"""The customers behind a period's churn: who left, on which day, what they paid, and why."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.readings import Segment, missing, selected
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.periods import Period
from cs_kpi.retention.leaving import departures


def churned(book: Book, period: Period, segment: Segment | None = None) -> pd.DataFrame:
    """Who was there at the opening of a period and not at its closing, the largest loss first.

    returns : customer_id, customer_name, left_on (NaT where the book has no dates), mrr_lost in currency at the opening
        (NaN where there is no money), reason (None: none stated). They are those of the customer churn rate.
    Raises DataError where churn is not available for this book.
    """
    who = behind(book, "churned_customers", period, segment)[["customer_id", "customer_name"]]
    who = who.assign(mrr_lost=np.nan, left_on=_ends(book, period, book.codes(who["customer_id"])))
    [money] = selected(book, ["churn_mrr"])
    if missing(book, money) is None:
        lost = behind(book, "churn_mrr", period, segment).set_index("customer_id")["numerator"]
        who["mrr_lost"] = who["customer_id"].map(lost)
    said = departures(book)
    reasons = dict(zip(zip(said["customer_id"], said["left_on"], strict=True), said["reason"], strict=True))
    told = [reasons.get(one) for one in zip(who["customer_id"], who["left_on"], strict=True)]
    who["reason"] = pd.Series([None if pd.isna(one) else one for one in told], index=who.index, dtype=object)
    return who.sort_values("mrr_lost", ascending=False, kind="stable").reset_index(drop=True)


def _ends(book: Book, period: Period, codes: Ints) -> pd.Series:
    """The last day in the period on which each customer left."""
    if book.is_snapshot or book.as_of is None:
        return pd.Series(pd.NaT, index=range(len(codes)), dtype="datetime64[s]")
    customer, _begin, end = book.ledger.spells
    last = np.full(len(book.customer_ids), -1, dtype=np.int64)
    inside = end <= day_of(min(period.end, book.as_of))
    np.maximum.at(last, customer[inside], end[inside])
    dates = [pd.Timestamp(date_of(int(day))) if 0 <= day < NEVER else pd.NaT for day in last[codes]]
    return pd.Series(dates, dtype="datetime64[s]")
