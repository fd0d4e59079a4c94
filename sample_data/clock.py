"""The days between which the invented company is watched."""

import calendar
from datetime import date

FIRST_DAY = date(2022, 4, 1)
AS_OF = date(2025, 3, 31)
PRICE_RISE = date(2024, 4, 1)
SEED = 20250331


def plus_months(day: date, months: int) -> date:
    """The same day `months` later, clipped to the month's last day.

    >>> plus_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))
