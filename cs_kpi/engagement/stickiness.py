"""How often users come back: daily, weekly and monthly users, and their ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book, day_of, days
from cs_kpi.ledger import NEVER, Ints
from cs_kpi.locale import Message, _
from cs_kpi.periods import Period

WEEK = 7
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


def stickiness(book: Book, months: Sequence[Period]) -> list[Stickiness]:
    """Daily, weekly and monthly users of each month; a month that the data does not complete ends at `as_of`."""
    who, day = _uses(book)
    last = day_of(book.as_of) if book.as_of else NEVER
    return [_of_month(who, day, month, last) for month in months]


def _uses(book: Book) -> tuple[Ints, Ints]:
    """The different pairs of user and day, by day."""
    use = book.tables["usage"]
    rows = use[use["date"].notna()]
    customer = book.codes(rows["customer_id"])
    if counts_users(book):
        rows, customer = rows[rows["user_id"].notna()], customer[rows["user_id"].notna().to_numpy()]
        user, names = pd.factorize(rows["user_id"])
        customer = customer * (len(names) + 1) + user
    pairs = np.unique(np.column_stack([days(rows["date"]), customer]), axis=0)
    return pairs[:, 1], pairs[:, 0]


def _of_month(who: Ints, day: Ints, month: Period, last: int) -> Stickiness:
    first, end = day_of(month.start), min(day_of(month.end), last)
    if end < first:
        return Stickiness(month, np.nan, np.nan, 0)
    inside = slice(*np.searchsorted(day, [first, end + 1]))
    span = end - first + 1
    weekly = [len(np.unique(who[slice(*np.searchsorted(day, [one - WEEK + 1, one + 1]))]))
              for one in range(first, end + 1)]
    return Stickiness(month, (inside.stop - inside.start) / span, float(np.mean(weekly)), len(np.unique(who[inside])))
