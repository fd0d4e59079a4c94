"""Days as dates, as cells of a table, and as the whole numbers that everything counts with."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from cs_kpi.ledger import NEVER, Ints


def next_month(first: dt.date) -> dt.date:
    """The first of the month after."""
    return (first + dt.timedelta(days=31)).replace(day=1)


def days(dates: pd.Series) -> Ints:
    """Dates as days since 1970-01-01; NEVER for a missing one."""
    day = pd.to_datetime(dates).to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(day), NEVER, day.astype(np.int64))


def day_of(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return (date - dt.date(1970, 1, 1)).days


def date_of(day: int) -> dt.date:
    """The date so many days after 1970-01-01."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=day)
