"""How many months lie between two days, by the handbook's rule for terms (section 1)."""

from __future__ import annotations

import numpy as np

DAYS_PER_MONTH = 30.4375
NEARLY_WHOLE = 0.1


def months_between(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Months of each term: k where start + k months is the end or the day after it, else days / 30.4375, taken as
    the whole number when within 0.1 of it. NaN where a day is missing.

    >>> day = lambda *days: np.array(days, dtype="datetime64[D]")
    >>> months_between(day("2009-05-11", "2024-04-01", "2024-01-31"), day("2009-11-11", "2025-03-31", "2024-02-29"))
    array([ 6., 12.,  1.])
    """
    start, end = start.astype("datetime64[D]"), end.astype("datetime64[D]")
    is_known = ~(np.isnat(start) | np.isnat(end))
    length = np.where(is_known, (end - start).astype("timedelta64[D]").astype(float), np.nan)
    months = length / DAYS_PER_MONTH
    whole = np.round(months)
    result = np.where(np.abs(months - whole) <= NEARLY_WHOLE, whole, months)
    for step in (-1, 1, 0):
        k = np.where(is_known, whole + step, 0).astype(int)
        reached = plus_months(start, k)
        fits = is_known & (k > 0) & ((reached == end) | (reached == end + np.timedelta64(1, "D")))
        result = np.where(fits, k, result)
    return result


def plus_months(day: np.ndarray, months: np.ndarray) -> np.ndarray:
    """The same day `months` later, or the last day of that month where it is shorter."""
    month = day.astype("datetime64[M]")
    target = month + months
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(target.astype("datetime64[D]") + (day - month.astype("datetime64[D]")), last)
