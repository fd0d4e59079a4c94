"""How long onboarding takes: days to completion, spread and quartiles, and use before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.engagement.falls import around
from cs_kpi.kpi.onboarding import starters
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message
from cs_kpi.measures.onboarding import onboarding
from cs_kpi.measures.segments import segment_field, segment_values
from cs_kpi.periods import Period

WIDTHS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365)
MOST_BARS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """Days from the start to completion, of those who completed, in time or late.

    open : starters who have not completed
    edges : first days of the bars, and the day after the last one
    counts : customers in each bar
    low, median, high : quartiles; NaN where nobody completed
    """

    n: int
    open: int
    edges: Ints
    counts: Ints
    low: float
    median: float
    high: float


def pace(book: Book, run: Sequence[Period] | None = None, segment: Segment | None = None) -> Pace:
    """The pace of those who started in the periods; of a book that has a criterion.

    Bars are as narrow as a round number of days allows for at most 16 of them.
    """
    found, who = book.once(onboarding), starters(book, run, segment)
    done = who & (found.completed_on < NEVER)
    days = (found.completed_on - found.since)[done]
    left = int(who.sum() - done.sum())
    if not len(days):
        none = np.zeros(0, dtype=np.int64)
        return Pace(0, left, none, none, np.nan, np.nan, np.nan)
    edges = _edges(int(days.min()), int(days.max()))
    low, middle, high = np.quantile(days, [0.25, 0.5, 0.75])
    return Pace(len(days), left, edges, np.histogram(days, edges)[0].astype(np.int64), float(low), float(middle),
                float(high))


def _edges(first: int, last: int) -> Ints:
    width = next((one for one in WIDTHS if last // one - first // one < MOST_BARS), (last - first) // MOST_BARS + 1)
    return np.arange(first // width, last // width + 2, dtype=np.int64) * width


def pace_by_segment(book: Book, by: str, run: Sequence[Period] | None = None) -> pd.DataFrame:
    """The quartiles in every segment of a field, on the customers' first active day.

    returns : segment (its name), n, open, low, median, high; segments without starters are left out
    """
    rows: list[dict[str, object]] = []
    for value in segment_values(book, segment_field(book, by)):
        named: str | Message = segment_name(Segment(by, value))
        one = pace(book, run, Segment(by, value))
        if one.n + one.open:
            rows.append({"segment": named, "n": one.n, "open": one.open, "low": one.low, "median": one.median,
                         "high": one.high})
    return pd.DataFrame(rows, columns=["segment", "n", "open", "low", "median", "high"])


def use_around(book: Book, run: Sequence[Period] | None = None, segment: Segment | None = None) -> pd.DataFrame:
    """Mean use per customer and week, before and after the day of completion (as `engagement.falls.around`)."""
    found = book.once(onboarding)
    return around(book, np.where(starters(book, run, segment), found.completed_on, NEVER))
