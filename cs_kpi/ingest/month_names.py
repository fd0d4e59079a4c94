"""Months that stand as names of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.words import nfkc

BESIDE_MONTH = re.compile(r"[ma]rr|年額|月額(?:料金)?|料金|金額|売上高?|実績|[(（【\[].*?[)）】\]]", re.IGNORECASE)
FEWEST = 3
"""From this many columns on, headers that are months make a table by months."""


def months_of(headers: Sequence[str]) -> dict[str, str]:
    """header -> "2024-01" for headers that are months; of two for one month the first.

    >>> months_of(("顧客", "2024年1月", "2024/02", "Mar-24", "202404", "2024-05-01", "上半期計"))
    {'2024年1月': '2024-01', '2024/02': '2024-02', 'Mar-24': '2024-03', '202404': '2024-04', '2024-05-01': '2024-05'}
    """
    found: dict[str, str] = {}
    for header, month in month_headers(headers).items():
        if month not in found.values():
            found[header] = month
    return found


def month_headers(headers: Sequence[str]) -> dict[str, str]:
    """header -> "2024-01" for every header that is a month, or the first or last day of one."""
    texts = [BESIDE_MONTH.sub(" ", nfkc(header)).strip() for header in headers]
    days = dates(pd.Series(texts, dtype=object)).days.astype("datetime64[D]")
    next_day = days + np.timedelta64(1, "D")
    is_edge = (days == days.astype("datetime64[M]")) | (next_day == next_day.astype("datetime64[M]"))
    return {header: str(day.astype("datetime64[M]")) for header, day, fits in zip(headers, days, is_edge, strict=True)
            if fits}


def follow_each_other(headers: Sequence[str]) -> bool:
    """Whether headers are months of a table by months: at least three, mostly one after the other.

    >>> follow_each_other(["A", "2024/4", "2024/5", "2024/6"]), follow_each_other(["2023/4/1", "2024/3/31", "2024/4/1"])
    (True, False)
    """
    months = np.array(list(month_headers(headers).values()), dtype="datetime64[M]").astype(np.int64)
    return len(months) >= FEWEST and bool(np.median(np.diff(months)) == 1)
