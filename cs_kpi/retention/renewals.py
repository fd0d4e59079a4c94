"""The renewal calendar: which terms run out in the coming months, until when notice can be given, and what they pay."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of, days
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import MICRO, NEVER, Ints
from cs_kpi.measures.moments import moment
from cs_kpi.measures.renewals import last_days, stated_end
from cs_kpi.measures.segments import segment_field, segmentation
from cs_kpi.periods import month_start, period_of
from cs_kpi.retention.leaving import departures

AHEAD_MONTHS = 12
MONTH_DAYS = 30.4375


def due(book: Book, months: int = AHEAD_MONTHS, segment: Segment | None = None) -> pd.DataFrame:
    """The terms of active contracts that run out within so many months after `as_of`, the earliest first.

    returns : customer_id, customer_name, product, plan, owner (as far as mapped), term_end, is_estimated (the term of
        a contract that went on past it: the same term again), is_leaving (its end has been announced), auto_renews,
        notice_by (the last day on which notice can be given; NaT where no period of notice is known), mrr in currency,
        and where the row stands
    segment : of those terms alone that are in it at `as_of`: by their own product or plan, else by their customer
    A term that runs out is `term_end`, else the contract's end, as the renewal rate reads it. A row that another of the
    same customer (and product) continues has been renewed and is not listed.
    """
    if book.as_of is None or not len(book.ledger.start):
        return pd.DataFrame(columns=["customer_id", "customer_name", "term_end", "mrr"])
    rows = book.counted
    today, ledger = day_of(book.as_of), book.ledger
    end, is_estimated = _coming_ends(book, today)
    is_leaving = _announced(book, end)
    until = day_of(month_start(book.as_of, months)) + book.as_of.day - 1
    is_active = (ledger.start <= today) & (today < ledger.end) & (ledger.mrr > 0)
    is_due = is_active & (end > today) & (end <= until) & (ledger.end <= stated_end(book))
    if segment:
        is_due &= _is_inside(book, segment, book.as_of)
    place = np.flatnonzero(is_due)
    found = pd.DataFrame({
        "customer_id": rows["customer_id"].to_numpy()[place],
        "customer_name": book.customers["customer_name"].to_numpy()[ledger.customer[place]],
        "term_end": _dates(end[place]), "is_estimated": is_estimated[place],
        "is_leaving": is_leaving[place], "mrr": ledger.mrr[place] / MICRO})
    for column in ("product", "plan", "auto_renews", "notice_days", "_file", "_sheet", "_row"):
        if column in rows:
            found[column] = rows[column].to_numpy()[place]
    if "owner" in book.customers:
        found["owner"] = book.customers["owner"].to_numpy()[ledger.customer[place]]
    found["notice_by"] = _notice(found)
    return found.sort_values(["term_end", "mrr"], ascending=[True, False], kind="stable").reset_index(drop=True)


def announced_ends(book: Book) -> Ints:
    """Per customer code, the day on which the last of its contracts ends; NEVER for whom no end ahead has been
    announced. When an end was written down is not known."""
    customer, _begin, end = book.ledger.spells
    last, is_leaving = np.zeros(len(book.customer_ids), dtype=np.int64), np.zeros(len(book.customer_ids), dtype=bool)
    np.maximum.at(last, customer, end)
    terms = book.once(due)
    if len(terms):
        is_leaving[book.codes(terms.loc[terms["is_leaving"], "customer_id"])] = True
    return np.where(is_leaving, last, NEVER)


def _is_inside(book: Book, segment: Segment, as_of: dt.date) -> np.ndarray:
    """Which contract rows are in a segment at a day."""
    field = segment_field(book, segment.field)
    columns = [field.column] if field.source == "subscriptions" else []
    cut = segmentation(field, moment(book, period_of("month", as_of), columns))
    names = (None, *cut.names)
    if segment.value not in names:
        return np.zeros(len(book.ledger.customer), dtype=bool)
    row = np.arange(len(book.ledger.customer))
    return cut.codes_of_rows(row, book.ledger.customer, "closing") == names.index(segment.value)


def _announced(book: Book, coming: Ints) -> np.ndarray:
    """Rows whose customer is known to leave on the coming day: the sheet gives an end beside the ends of terms, or a
    reason for leaving on that day has been stated. An end alone may be that of a term."""
    is_end = (coming < NEVER) & (stated_end(book) == coming)
    if book.has("subscriptions.term_end"):
        return is_end
    said = departures(book)
    gone = set(zip(book.codes(said["customer_id"]).tolist(), days(said["left_on"]).tolist(), strict=True))
    known = zip(book.ledger.customer.tolist(), coming.tolist(), strict=True)
    return is_end & np.array([one in gone for one in known], dtype=bool)


def _coming_ends(book: Book, today: int) -> tuple[Ints, np.ndarray]:
    """The day on which each row's term runs out next, and whether that is its term carried on."""
    end, next_ = stated_end(book), last_days(book)
    has_passed = (next_ < NEVER) & (next_ <= today) & (today < book.ledger.end)
    result = next_.copy()
    for place in np.flatnonzero(has_passed):
        result[place] = _carried_on(date_of(int(book.ledger.start[place])), date_of(int(next_[place])), today)
    leaves = end < result  # who has given an end before the term leaves on it
    return np.where(leaves, end, result), has_passed & ~leaves


def _carried_on(start: dt.date, end: dt.date, today: int) -> int:
    """The first day after `today` on which the same term, again and again, would run out."""
    months = max(1, round((end - start).days / MONTH_DAYS))
    after = end + dt.timedelta(days=1)
    is_last_day = after.day == start.day  # 03-31 of a term from 04-01: ends by the last day, not by the next first
    base = after if is_last_day else end
    count = 0
    while True:
        count += 1
        first = month_start(base, months * count)
        last = (month_start(first, 1) - dt.timedelta(days=1)).day
        day = first.replace(day=min(base.day, last)) - dt.timedelta(days=int(is_last_day))
        if day_of(day) > today:
            return day_of(day)


def _dates(day: Ints) -> pd.Series:
    return pd.to_datetime(pd.Series(day, dtype="int64"), unit="D").astype("datetime64[s]")


def _notice(found: pd.DataFrame) -> pd.Series:
    """The last day of notice: `notice_days` before the term runs out."""
    if "notice_days" not in found:
        return pd.Series(pd.NaT, index=found.index, dtype="datetime64[s]")
    return found["term_end"] - pd.to_timedelta(found["notice_days"].round(), unit="D")
