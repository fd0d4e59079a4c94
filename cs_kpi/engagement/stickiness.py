"""How often users come back: daily, weekly and monthly users, and their ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of, days
from cs_kpi.engagement.told import WEEK, Told, told
from cs_kpi.kpi.behind import inside_of, moment_of
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import Ints
from cs_kpi.locale import Message, _
from cs_kpi.periods import Period

FEWEST_DAYS = 5
"""Different days of a month on which there is use, in the middle month, below which use is kept by week or month."""


@dataclass(frozen=True, slots=True)
class Stickiness:
    """Users of one month.

    daily, weekly : mean over the month's days of the different users of that day, and of the 7 days up to it
    monthly : different users in the month
    """

    period: Period
    daily: float
    weekly: float
    monthly: int

    @property
    def daily_share(self) -> float:
        """DAU / MAU; NaN in a month without use."""
        return self.daily / self.monthly if self.monthly else np.nan

    @property
    def weekly_share(self) -> float:
        """WAU / MAU; NaN in a month without use."""
        return self.weekly / self.monthly if self.monthly else np.nan


def counts_users(book: Book) -> bool:
    """Whether use names users; customers are counted otherwise."""
    return book.has("usage.user_id")


def obstacle(book: Book) -> Message | None:
    """Why days cannot be told apart, where they cannot."""
    if not book.has("usage.date"):
        return _("There is no usage with dates yet. Load a file that has it, on the data page.")
    dates = book.tables["usage"]["date"].dropna()
    per_month = dates.drop_duplicates().dt.to_period("M").value_counts()
    if per_month.median() < FEWEST_DAYS:
        return _("Use is dated by week or month, so that daily users cannot be counted. Load use by day to see how "
                 "often users come back.")
    return None


def stickiness(book: Book, months: Sequence[Period], segment: Segment | None = None) -> list[Stickiness]:
    """Daily, weekly and monthly users of each month, of the customers of a segment.

    Only the days that the usage table speaks of count: a month in which it begins or ends has fewer.
    """
    who, day, customer = _uses(book)
    speaks = book.once(told)
    if speaks is None:
        return [Stickiness(month, np.nan, np.nan, 0) for month in months]
    found = []
    for month in months:
        inside = slice(*np.searchsorted(day, [day_of(month.start) - WEEK + 1, day_of(month.end) + 1]))
        users, days_of_use = who[inside], day[inside]
        if segment is not None:
            is_in = inside_of(moment_of(book, month, segment), "movement", segment)[customer[inside]]
            users, days_of_use = users[is_in], days_of_use[is_in]
        found.append(_of_month(users, days_of_use, month, speaks))
    return found


def _uses(book: Book) -> tuple[Ints, Ints, Ints]:
    """User, day and customer of the different pairs of user and day, by day."""
    use = book.tables["usage"]
    rows = use[use["date"].notna()]
    customer = book.codes(rows["customer_id"])
    if counts_users(book):
        rows, customer = rows[rows["user_id"].notna()], customer[rows["user_id"].notna().to_numpy()]
        user, names = pd.factorize(rows["user_id"])
        user = customer * (len(names) + 1) + user
    else:
        user = customer
    pairs = np.unique(np.column_stack([days(rows["date"]), user, customer]), axis=0)
    return pairs[:, 1], pairs[:, 0], pairs[:, 2]


def _of_month(who: Ints, day: Ints, month: Period, speaks: Told) -> Stickiness:
    first, end = max(day_of(month.start), speaks.first), min(day_of(month.end), speaks.last)
    if end < first:
        return Stickiness(month, np.nan, np.nan, 0)
    inside = slice(*np.searchsorted(day, [first, end + 1]))
    weekly = [len(np.unique(who[slice(*np.searchsorted(day, [one - WEEK + 1, one + 1]))]))
              for one in range(max(first, speaks.first + WEEK - 1), end + 1)]
    return Stickiness(month, (inside.stop - inside.start) / (end - first + 1),
                      float(np.mean(weekly)) if weekly else np.nan, len(np.unique(who[inside])))
