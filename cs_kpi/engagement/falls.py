"""Customers whose use fell most, and use before and after onboarding."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of, days
from cs_kpi.engagement.told import USUAL, WEEK, told, windows
from cs_kpi.kpi.behind import inside_of, moment_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.periods import period_of

FEWEST = 10
"""Uses in the earlier window below which a fall says nothing."""
WEEKS = 12


def falls(book: Book, length: int = USUAL["day"], segment: Segment | None = None, fewest: int = FEWEST) -> pd.DataFrame:
    """Customers of today whose use fell, the largest fall first; of those in a segment at the last closing.

    length : of the two times that are held against each other (`told.windows`)
    returns : customer_id, customer_name, owner (where known), before, after (uses in the earlier and in the later
        time), change (after / before - 1), last_used, mrr in currency
    """
    columns = ["customer_id", "customer_name", "before", "after", "change", "last_used", "mrr"]
    compared = windows(book, length)
    if book.as_of is None or compared is None:
        return pd.DataFrame(columns=columns)
    today = day_of(book.as_of)
    customer, day, count = uses(book)
    size = len(book.customer_ids)
    before, after = (np.bincount(customer[part], count[part], size) for part in (
        (day >= day_of(first)) & (day <= day_of(last)) for first, last in (compared.early, compared.late)))
    now = moment_of(book, period_of("month", book.as_of), segment)
    mrr = next(iter(book.ledger.closings([today])))
    who = np.flatnonzero((before >= fewest) & (after < before) & ((mrr > 0) | (len(book.ledger.start) == 0))
                         & inside_of(now, "closing", segment))
    last = np.zeros(size, dtype=np.int64)
    np.maximum.at(last, customer[day <= today], day[day <= today])
    found = pd.DataFrame({
        "customer_id": book.customer_ids[who], "customer_name": book.customers["customer_name"].to_numpy()[who],
        "before": before[who], "after": after[who], "change": after[who] / before[who] - 1,
        "last_used": last[who].astype("datetime64[D]").astype("datetime64[s]"), "mrr": mrr[who] / MICRO})
    if "owner" in book.customers:
        found.insert(2, "owner", book.customers["owner"].to_numpy()[who])
    return found.sort_values(["change", "mrr"], ascending=[True, False], kind="stable").reset_index(drop=True)


def uses(book: Book) -> tuple[Ints, Ints, np.ndarray]:
    """Customer, day and number of every use with a date."""
    rows = book.tables["usage"]
    rows = rows[rows["date"].notna()]
    count = rows["count"].fillna(1).to_numpy(dtype=float) if "count" in rows else np.ones(len(rows))
    customer = book.codes(rows["customer_id"])
    return customer[customer >= 0], days(rows["date"])[customer >= 0], count[customer >= 0]


def around(book: Book, day_of_customer: Ints, weeks: int = WEEKS) -> pd.DataFrame:
    """Mean use per customer and week, before and after a day of its own (such as the end of onboarding).

    day_of_customer : one day per customer code, NEVER for who has none
    returns : week (-1 is the week before the day, 0 the week from it on), customers (whose whole week lies inside
        their time as a customer and what the usage table speaks of), mean, low, high (95 %, normal, over customers)
    """
    customer, day, count = uses(book)
    anchor = day_of_customer[customer]
    week = (day - anchor) // WEEK
    known = (anchor < NEVER) & (week >= -weeks) & (week < weeks)
    size = len(book.customer_ids)
    total = np.zeros((size, 2 * weeks))
    np.add.at(total, (customer[known], week[known] + weeks), count[known])
    seen = _seen(book, day_of_customer, weeks)
    return pd.DataFrame([_week(total[seen[:, place], place], place - weeks) for place in range(2 * weeks)])


def _seen(book: Book, anchor: Ints, weeks: int) -> np.ndarray:
    """Customers x weeks: whether the whole week lies between the customer's first day and its end, and in the days
    that the usage table speaks of: before and after these nothing is known, which is not the same as no use."""
    speaks = book.once(told)
    first = book.ledger.first_active if len(book.ledger.start) else np.zeros(len(anchor), dtype=np.int64)
    first = np.maximum(first, speaks.first if speaks else NEVER)
    last = np.full(len(anchor), speaks.last if speaks else 0, dtype=np.int64)
    customer, _begin, end = book.ledger.spells
    ends = np.zeros(len(anchor), dtype=np.int64)
    np.maximum.at(ends, customer, end)
    last = np.where((ends > 0) & (ends <= last), ends - 1, last)
    begin = anchor[:, None] + WEEK * np.arange(-weeks, weeks)[None, :]
    return (anchor[:, None] < NEVER) & (begin >= first[:, None]) & (begin + WEEK - 1 <= last[:, None])


def _week(values: np.ndarray, week: int) -> dict[str, float]:
    n = len(values)
    mean = float(values.mean()) if n else np.nan
    reach = 1.959963984540054 * float(values.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
    return {"week": week, "customers": n, "mean": mean, "low": max(mean - reach, 0.0) if n > 1 else np.nan,
            "high": mean + reach}
