"""Months that stand as names of columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from cs_kpi.ingest.month_years import Year, YearLabel, bare_months, dated, is_cut, year_in
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.words import nfkc

BESIDE_MONTH = re.compile(r"[ma]rr|年額|月額(?:料金)?|料金|金額|売上高?|実績|[(（【\[].*?[)）】\]]", re.IGNORECASE)
FEWEST = 3
"""From this many columns on, headers that are months make a table by months."""


def months_of(headers: Sequence[str], told: YearLabel | None = None) -> dict[str, str]:
    """header -> "2024-01" for headers that are months; of two for one month the first.

    told : the year of months that stand without one

    >>> months_of(("顧客", "2024年1月", "2024/02", "Mar-24", "202404", "2024-05-01", "上半期計"))
    {'2024年1月': '2024-01', '2024/02': '2024-02', 'Mar-24': '2024-03', '202404': '2024-04', '2024-05-01': '2024-05'}
    """
    found: dict[str, str] = {}
    for header, month in month_headers(headers, told).items():
        if month not in found.values():
            found[header] = month
    return found


def month_headers(headers: Sequence[str], told: YearLabel | None = None) -> dict[str, str]:
    """header -> "2024-01" for every header that is a month, or the first or last day of one.

    told : the year of months that stand without one; without it these are none

    >>> month_headers(("顧客", "2024年度 4月", "2024年度 上半期計", "2024年度 3月"))
    {'2024年度 4月': '2024-04', '2024年度 3月': '2025-03'}
    """
    texts = [_without_measure(header) for header in headers]
    days = dates(pd.Series(texts, dtype=object)).days.astype("datetime64[D]")
    next_day = days + np.timedelta64(1, "D")
    is_edge = (days == days.astype("datetime64[M]")) | (next_day == next_day.astype("datetime64[M]"))
    found = {header: str(day.astype("datetime64[M]")) for header, day, fits in zip(headers, days, is_edge, strict=True)
             if fits}
    bare = {headers[place]: month for place, month in dated(bare_months(texts), told).items()}
    return {header: bare.get(header, found.get(header, "")) for header in headers if header in found or header in bare}


def undated_cut(headers: Sequence[str]) -> list[str]:
    """Months of a fiscal year of which only January to March stand there, so that nothing tells their year."""
    months = bare_months([_without_measure(header) for header in headers])
    labels = {one.label for one in months}
    label = next(iter(labels), None)
    is_open = len(labels) == 1 and label is not None and is_cut(label, [one.month for one in months])
    return [headers[one.place] for one in months] if is_open else []


def _without_measure(header: str) -> str:
    return BESIDE_MONTH.sub(" ", nfkc(header)).strip()


def year_of_months(body: pd.DataFrame, texts: Iterable[str], today: dt.date | None = None) -> Year | None:
    """The year of the headers of a table that are months without one; None where none is.

    texts : title and names, which may tell it; today : up to which months can have values
    """
    months = bare_months([_without_measure(header) for header in body.columns])
    if not any(one.label is None for one in months):
        return None
    filled = [one.place for one in months if body.iloc[:, one.place].notna().any()]
    return year_in(texts, months, filled, today or dt.date.today())


def follow_each_other(headers: Sequence[str]) -> bool:
    """Whether headers are months of a table by months: at least three, mostly one after the other.

    >>> follow_each_other(["A", "2024/4", "2024/5", "2024/6"]), follow_each_other(["2023/4/1", "2024/3/31", "2024/4/1"])
    (True, False)
    """
    months = np.array(list(month_headers(headers).values()), dtype="datetime64[M]").astype(np.int64)
    return len(months) >= FEWEST and bool(np.median(np.diff(months)) == 1)
