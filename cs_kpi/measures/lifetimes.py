"""Vectors over a customer's whole life and over the months before a closing: tenure, revenue, cohorts, churn."""

from __future__ import annotations

import datetime as dt

import numpy as np

from cs_kpi.book import Book, day_of
from cs_kpi.ledger import MICRO, NEVER, Ints, months
from cs_kpi.locale import Message, _
from cs_kpi.measures.moments import Moment
from cs_kpi.measures.registry import OF_MONTH
from cs_kpi.money import LARGEST_TOTAL

FEWEST_MONTHS = 3
"""Months that pooled churn needs at least (handbook 4)."""


def month_of(day: int) -> int:
    return int(months(np.array([day]))[0])


def month_end(month: int) -> int:
    """The last day of a month (months since January 1970)."""
    return int(np.datetime64(month + 1, "M").astype("datetime64[D]").astype(np.int64)) - 1


def last_complete_month(now: Moment) -> int:
    """The last month that ends by the closing and that the data completes."""
    return month_of(now.days[1] + 1) - 1


def window(now: Moment, length: int | None = None) -> tuple[int, int]:
    """First and last month of the window of pooled churn; the first is later than the last where there is none.

    The last complete months up to the closing, as far back as somebody was there at their opening and the data knows
    who; `ltv_window` of them at most.
    """
    book, last = now.book, last_complete_month(now)
    customer, begin, _end = book.ledger.month_runs
    first = int(begin.min()) + 1 if len(customer) else last + 1
    if book.data_from:
        first = max(first, month_of(day_of(book.data_from) - 1) + 1)
    return max(first, last - (length or book.settings.ltv_window) + 1), last


def too_short(now: Moment) -> Message | None:
    """Why there is no pooled churn: fewer than three months."""
    first, last = window(now)
    found = max(last - first + 1, 0)
    return None if found >= FEWEST_MONTHS else _(
        "Pooled churn needs at least {needed} complete months with customers; up to this period there are {found}.",
        needed=FEWEST_MONTHS, found=found)


def openings_in_window(now: Moment) -> Ints:
    """At how many openings of the window's months each customer was there."""
    first, last = window(now)
    customer, begin, end = now.book.ledger.month_runs
    times = np.minimum(end, last) - np.maximum(begin, first - 1)
    return _added(now, customer, np.maximum(times, 0))


def losses_in_window(now: Moment) -> Ints:
    """How many times each customer left in a month of the window."""
    first, last = window(now)
    customer, _begin, end = now.book.ledger.month_runs
    return _added(now, customer, (end >= first) & (end <= last))


def last_opening(now: Moment) -> Ints:
    """The day of the last opening in the window at which each customer was there; NEVER for nobody."""
    first, last = window(now)
    customer, begin, end = now.book.ledger.month_runs
    latest = np.minimum(end, last) - 1
    is_in = latest >= np.maximum(begin, first - 1)
    found = np.full(now.book.ledger.size, -NEVER, dtype=np.int64)
    np.maximum.at(found, customer[is_in], latest[is_in])
    ends = (found + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1
    return np.where(found > -NEVER, ends, NEVER)


def _added(now: Moment, customer: Ints, values: np.ndarray) -> Ints:
    total = np.zeros(now.book.ledger.size, dtype=np.int64)
    kept = np.flatnonzero(values)
    np.add.at(total, customer[kept], values[kept])
    return total


def has_begun(now: Moment) -> np.ndarray:
    """Who had started by the closing, where the first active day is known."""
    return (now.book.start_day <= now.days[1]) & (now.book.first_active <= now.days[1])


def tenure_parts(now: Moment) -> Ints:
    """Time from the first active day to the last one, both counted, as `parts_between`; 0 for nobody.

    The last one is the closing for who is there, and the day before leaving for who is not.
    """
    closing = now.days[1]
    customer, _begin, end = now.book.ledger.spells
    left = np.zeros(now.book.ledger.size, dtype=np.int64)
    gone = end <= closing
    np.maximum.at(left, customer[gone], end[gone])
    until = np.where(now.is_there, closing + 1, left)
    has_time = has_begun(now) & (until > now.book.start_day)
    start = np.where(has_time, now.book.start_day, 0)
    return parts_between(start, np.where(has_time, until, start))


def parts_between(start: Ints, end: Ints) -> Ints:
    """Calendar months from one day to a later one, in parts of which `OF_MONTH` make a month.

    Whole months as `months_after` counts them, and what is left as a share of the month that it lies in: whole months
    are over when and only when they are for a start cohort.

    >>> from cs_kpi.measures.registry import OF_MONTH
    >>> days = np.array(["2024-01-01", "2024-01-31", "2025-01-01", "2025-01-16"], "datetime64[D]").astype(np.int64)
    >>> (parts_between(days[[0, 1, 2]], days[[2, 2, 3]]) / OF_MONTH).round(6).tolist()
    [12.0, 11.032258, 0.483871]
    """
    whole = months(end) - months(start)
    whole = whole - (months_after(start, whole) > end)
    begin = months_after(start, whole)
    return whole * OF_MONTH + (end - begin) * (OF_MONTH // (months_after(start, whole + 1) - begin))


def is_known_from_the_start(now: Moment) -> np.ndarray:
    """Who had started by the closing and whose every month is in the data."""
    book = now.book
    known = book.ledger.first_active <= now.days[1]
    return known & (book.ledger.first_active >= day_of(book.data_from)) if book.data_from else known


def revenue_so_far(now: Moment) -> Ints:
    """The MRR at the ends of all months up to the closing, added up; of those known from the start."""
    customer, month, change = now.book.ledger.month_changes
    last = last_complete_month(now)
    until = int(np.searchsorted(month, last, side="right"))
    total = np.zeros(now.book.ledger.size, dtype=np.int64)
    np.add.at(total, customer[:until], change[:until] * (last + 1 - month[:until]))
    return np.where(is_known_from_the_start(now), total, 0)


def overflowing(book: Book) -> Message | None:
    """Why the revenue of all months cannot be added up exactly."""
    if book.first_day is None or book.as_of is None:
        return None
    span = max((book.as_of - book.first_day).days / 28 + 1, 12)
    total = float(np.abs(book.ledger.mrr).sum(dtype=float)) / MICRO
    return _("The amounts add up to more than this product can hold exactly. Check the unit of the amount column on "
             "the data page.") if total * span > LARGEST_TOTAL * 12 else None


def cohort_ends(book: Book) -> Ints:
    """The day on which `cohort_months` after the first active day are over; NEVER where that day is not known."""
    return months_after(book.start_day, book.settings.cohort_months)


def months_after(day: Ints, count: int | Ints) -> Ints:
    """The same day of the month `count` months later, or that month's last; NEVER stays NEVER."""
    known = np.where(day < NEVER, day, 0).astype("datetime64[D]")
    month = known.astype("datetime64[M]")
    later = month + np.asarray(count).astype("timedelta64[M]")
    place = (known - month.astype("datetime64[D]")).astype(np.int64)
    longest = ((later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64) - 1
    end = later.astype("datetime64[D]").astype(np.int64) + np.minimum(place, longest)
    return np.where(day < NEVER, end, NEVER)


def is_observed(book: Book) -> np.ndarray:
    """Whose `cohort_months` are over by the end of the data."""
    return book.once(cohort_ends) <= _last_day(book)


def is_active_at_cohort_end(book: Book) -> np.ndarray:
    """Who has MRR at the closing of the day on which its cohort months are over."""
    return is_active_on(book, book.once(cohort_ends))


def is_active_on(book: Book, day: Ints) -> np.ndarray:
    """Who has MRR at the closing of a day of its own."""
    customer, begin, end = book.ledger.spells
    found = np.zeros(book.ledger.size, dtype=bool)
    found[customer[(begin <= day[customer]) & (day[customer] < end)]] = True
    return found


def is_active_now(book: Book) -> np.ndarray:
    """Who has MRR at the end of the data; without contracts, who has started."""
    if not book.has_contracts:
        return book.first_active <= _last_day(book)
    [mrr] = book.ledger.closings([_last_day(book)])
    return mrr > 0


def _last_day(book: Book) -> int:
    return day_of(book.as_of or dt.date(1970, 1, 1))
