"""Lengths of time that stand in cells as clock times: 1:30:00 is 90 minutes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.uniques import Uniques

LONG = re.compile(r"(\d{1,3})\s*([かヶケヵカ個箇]月|months?|mths?|mos?|週間?|weeks?|wks?|d(?:ays?)?)"
                  r"(?:前|まで|'? notice)?")
SPAN = re.compile(r"(?:(\d+(?:\.\d+)?)\s*(?:年間?|years?|yrs?))?\s*"
                  r"(?:(\d+(?:\.\d+)?)\s*(?:[かヶケヵカ個箇]?月間?|months?|mos?))?\s*"
                  r"(?:(\d+)\s*(?:日間?|days?))?")
HOURS = re.compile(r"(?:(\d+(?:\.\d+)?)\s*(?:時間|h|hrs?|hours?))?\s*"
                   r"(?:(\d+(?:\.\d+)?)\s*(?:分間?|m|mins?|minutes?))?\s*"
                   r"(?:(\d+(?:\.\d+)?)\s*(?:秒|s|secs?|seconds?))?")
DAYS_A_MONTH = 30.4375
CLOCK = re.compile(r"(\d+):([0-5]?\d)(?::([0-5]?\d)(?:\.\d+)?)?")


def minutes(column: pd.Series) -> pd.Series:
    """The column with clock times and lengths with their unit replaced by minutes; other cells as they are.

    >>> minutes(pd.Series(["1:30", "2時間30分", "3h", "45分", "20"])).tolist()
    [90.0, 150.0, 180.0, 45.0, '20']
    """
    uniques = Uniques.of(column)
    read = np.array([_minutes(value) for value in uniques.values] + [None], dtype=object)[:-1]
    return pd.Series(uniques.spread(read, None), index=column.index, dtype=object)


def days(column: pd.Series) -> pd.Series:
    """The column with months and weeks (3ヶ月前, 2 weeks) as days, a month being 30; other cells as they are."""
    uniques = Uniques.of(column)
    read = np.array([_days(value) for value in uniques.values] + [None], dtype=object)[:-1]
    return pd.Series(uniques.spread(read, None), index=column.index, dtype=object)


def months(column: pd.Series) -> pd.Series:
    """The column with spans (1年3ヶ月, 2 years) as months; other cells as they are.

    >>> months(pd.Series(["1年3ヶ月", "18 months", "34"])).tolist()
    [15.0, 18.0, '34']
    """
    uniques = Uniques.of(column)
    read = np.array([_months(value) for value in uniques.values] + [None], dtype=object)[:-1]
    return pd.Series(uniques.spread(read, None), index=column.index, dtype=object)


def _months(value: Any) -> Any:
    found = SPAN.fullmatch(nfkc(value).casefold()) if isinstance(value, str) else None
    if found is None or not any(found.groups()):
        return value
    years, whole, rest = (float(part or 0) for part in found.groups())
    return 12 * years + whole + rest / DAYS_A_MONTH


def _days(value: Any) -> Any:
    found = LONG.fullmatch(nfkc(value).casefold()) if isinstance(value, str) else None
    return int(found[1]) * (7 if found[2][0] in "w週" else 1 if found[2][0] == "d" else 30) if found else value


def _minutes(value: Any) -> Any:
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 60
    if isinstance(value, dt.time):
        return value.hour * 60 + value.minute + value.second / 60
    if not isinstance(value, str):
        return value
    text = nfkc(value).casefold()
    if clock := CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2]) + int(clock[3] or 0) / 60
    found = HOURS.fullmatch(text)
    if found is None or not any(found.groups()):
        return value
    hours, whole, seconds = (float(part or 0) for part in found.groups())
    return 60 * hours + whole + seconds / 60
