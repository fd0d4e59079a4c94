"""What the usage table speaks of: from which day to which, and whether by day, week or month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.book import Book, date_of, day_of, days
from cs_kpi.locale import Message, _
from cs_kpi.periods import month_start

Grain = Literal["day", "week", "month"]
WEEK = 7
LENGTHS: dict[Grain, tuple[int, ...]] = {"day": (14, 30, 60, 90), "week": (14, 28, 56, 84), "month": (1, 2, 3)}
"""How long the two times that are held against each other may be: in days, use by month in months."""
USUAL: dict[Grain, int] = {"day": 30, "week": 28, "month": 1}


@dataclass(frozen=True, slots=True)
class Told:
    """The first and the last day that the usage table speaks of, and how finely it does."""

    first: int
    last: int
    grain: Grain


@dataclass(frozen=True, slots=True)
class Windows:
    """Two times of one length, the later one up to the last day of use; both days belong to them."""

    late: tuple[dt.date, dt.date]
    early: tuple[dt.date, dt.date]


def told(book: Book) -> Told | None:
    """None where no use has a date up to `as_of`.

    Nobody's use may be recorded on some days. Only a silence before `as_of` that is longer than any within the table
    means that the table ends before the rest of the data does. By month, a table speaks of whole months.
    """
    if book.as_of is None or not book.has("usage.date"):
        return None
    end = day_of(book.as_of)
    found = np.unique(days(book.tables["usage"]["date"].dropna()))
    found = found[found <= end]
    if not len(found):
        return None
    grain, first = _grain(found), int(found[0])
    longest = max(int(np.diff(found).max(initial=0)), WEEK if grain == "day" else 0)
    last = end if end - int(found[-1]) <= longest else min(int(found[-1]) + (WEEK - 1 if grain == "week" else 0), end)
    if grain != "month":
        return Told(first, last, grain)
    start, until = month_start(date_of(first)), month_start(date_of(int(found[-1])), 1)
    return Told(day_of(start), min(day_of(until) - 1, end), grain)


def _grain(found: np.ndarray) -> Grain:
    """By month: one day in each of several months. By week: always the same day of the week."""
    day = found.astype("datetime64[D]")
    months = np.unique(day.astype("datetime64[M]"))
    if len(months) == len(found) > 1:
        return "month"
    return "week" if len(found) > 2 and len(np.unique(found % WEEK)) == 1 else "day"


def windows(book: Book, length: int) -> Windows | None:
    """The last `length` days of use and as many before; by month the last complete months. None without use."""
    found = book.once(told)
    if found is None:
        return None
    if found.grain != "month":
        last = date_of(found.last)
        span = dt.timedelta(days=length)
        day = dt.timedelta(days=1)
        return Windows((last - span + day, last), (last - 2 * span + day, last - span))
    after = month_start(date_of(found.last + 1))  # a month that is not over yet is left out
    begin, before = month_start(after, -length), month_start(after, -2 * length)
    return Windows((begin, after - dt.timedelta(days=1)), (before, begin - dt.timedelta(days=1)))


def weeks_obstacle(book: Book) -> Message | None:
    """Why weeks cannot be told apart, where they cannot."""
    found = book.once(told)
    if found is not None and found.grain == "month":
        return _("Use is dated by month, so that the weeks around the end of onboarding cannot be told apart. Load use "
                 "by day or by week to see them.")
    return None
