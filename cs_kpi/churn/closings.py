"""Month ends as days since 1970: those of a span, and the same day some months away."""

from __future__ import annotations

import datetime as dt

from cs_kpi.book import date_of, day_of
from cs_kpi.periods import ONE_DAY, month_start


def months_from(day: int, months: int) -> int:
    """The same day some months later, the last day of a month staying the last.

    >>> [str(date_of(months_from(day_of(dt.date(2024, 2, 29)), months))) for months in (-1, 1, 12)]
    ['2024-01-31', '2024-03-31', '2025-02-28']
    """
    date = date_of(day)
    last = month_start(date, months + 1) - ONE_DAY
    is_last = (date + ONE_DAY).day == 1
    return day_of(last if is_last else last.replace(day=min(date.day, last.day)))


def closing_days(first: dt.date, last: dt.date) -> list[int]:
    """The month ends from `first` to `last`."""
    month, found = month_start(first), []
    while (end := month_start(month, 1) - ONE_DAY) <= last:
        found.append(day_of(end))
        month = month_start(month, 1)
    return found
