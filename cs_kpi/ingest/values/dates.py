"""Dates in every style that people type, decided for a whole column where a single cell cannot tell."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from cs_kpi.ingest.values.date_styles import Parts, parts_of_number, parts_of_text
from cs_kpi.ingest.values.uniques import Uniques, is_blank, is_not_yet
from cs_kpi.ingest.values.worded_days import worded

Words = Literal["none", "known", "any"]
Order = Literal["ymd", "dmy", "mdy", "era"]
"""How short dates are meant; `era`: 6/4/1 is the first of April of Reiwa 6, 31/4/1 of Heisei 31."""
ERAS = ((12, 2018), (31, 1988), (64, 1925))
"""The last year of Reiwa, Heisei and Showa for which the number of a year without its era is taken, and the year
before the first of each."""
LIKELY_YEARS = 2
"""Further ahead of today than this, a year of two digits is more likely one of Heisei."""
NAT = np.datetime64("NaT", "s")
FIRST_YEAR = 1900
ZERO_DAY = re.compile(r"(?:0+(?:\.0+)?|0{1,4}[-/.]0{1,2}[-/.]0{1,2}|1900[-/.年]0?1[-/.月]00?日?|1899[-/.]12[-/.]3[01]"
                      r"|0{1,3}1[-/.]0?1[-/.]0?1)(?:[T ]0?0:00(?::00)?)?")
"""What programs write where there is no date: 0, 0000-00-00, 1900/1/0, 0001-01-01."""
NO_DAY_YET = "未"
"""As a whole cell of a day, the day has not come; of a flag it says no."""
FOREVER = 2099
"""A year from which an end date means that there is none, and any other date is a slip."""
LAST_OF_WEEK = dt.timedelta(days=6)
NO_DAYS = (dt.date(1899, 12, 30), dt.date(1899, 12, 31))
"""What workbooks show of a zero that is formatted as a date."""


@dataclass(frozen=True, slots=True)
class Dates:
    """days : datetime64[s] per row, NaT where empty or unreadable; unreadable : rows with a cell that is no date
    is_endless : rows of an end field whose date says that there is no end (9999-12-31)
    is_zero : rows whose cell is what programs write where there is no date (0, 1900/1/0)
    is_worded : rows whose cell says more than a day (2024/5/31 予定)
    is_week : rows whose cell is a week (2024-W14)
    order : the order in which short dates were read, None where the column has none
    orders : orders that its short dates may have at all; none where it has none
    open_orders : those that fit every cell alike, more than one where the column cannot tell
    example : a cell that says different days in these
    """

    days: np.ndarray
    unreadable: np.ndarray
    is_endless: np.ndarray
    is_zero: np.ndarray
    is_worded: np.ndarray
    is_week: np.ndarray
    order: Order | None = None
    orders: tuple[Order, ...] = ()
    open_orders: tuple[Order, ...] = ()
    example: str = ""


def dates(column: pd.Series, order: Order | None = None, *, is_end: bool = False, numbers: bool = True,
          words: Words = "none", today: dt.date | None = None) -> Dates:
    """The dates of a column, times and zones cut off.

    order : what the user answered for short dates such as 1/4/2024; None: decided from all cells
    is_end : a month or week without day means its last day, and a year from 2099 on means no end; elsewhere it is no
        date
    numbers : bare numbers may be Excel serials
    words : which words may stand beside a day
    today : makes years of two digits that lie far ahead, 31/4/1, those of an era perhaps
    """
    uniques = Uniques.of(column)
    parts = [_parts(value, numbers) for value in uniques.values]
    is_worded = np.zeros(len(parts), dtype=bool)
    if words != "none":
        for place, value in enumerate(uniques.values):
            if parts[place] is None and isinstance(value, str):
                parts[place] = worded(value, words == "any")
                is_worded[place] = parts[place] is not None
    ahead = _ahead(parts, today)
    fitting = _fitting_orders(parts, ahead)
    chosen = order if order and any(fits for fits in fitting.values()) else _likeliest(fitting, parts, ahead)
    days = np.array([_day(part, chosen, is_end) for part in parts], dtype="datetime64[s]")
    is_zero = np.array([part == "zero" for part in parts], dtype=bool)
    is_week = np.array([isinstance(part, Parts) and part.is_week for part in parts], dtype=bool)
    is_empty = is_zero | np.array([part == "nothing" for part in parts], dtype=bool)
    is_far = days >= np.datetime64(f"{FOREVER}-01-01")
    is_endless = is_far & is_end
    days = np.where(is_far, NAT, days)
    unreadable = np.isnat(days) & ~is_empty & ~is_endless
    return Dates(uniques.spread(days, NAT), uniques.spread(unreadable, False), uniques.spread(is_endless, False),
                 uniques.spread(is_zero, False), uniques.spread(is_worded, False),
                 uniques.spread(is_week, False), chosen, tuple(fitting),
                 _open_orders(fitting), _example(uniques.values, parts, _open_orders(fitting)))


def _parts(value: Any, numbers: bool) -> Parts | Literal["nothing", "zero"] | None:
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return "zero" if day in NO_DAYS else Parts(value.year, value.month, value.day)
    if isinstance(value, (bool, dt.time, dt.timedelta)):
        return None
    if isinstance(value, (int, float)):
        return "zero" if value == 0 else parts_of_number(float(value)) if numbers else None
    text = value.strip()
    if text[:1] in ("0", "1") and ZERO_DAY.fullmatch(text):
        return "zero"
    found = parts_of_text(value, numbers)
    return "nothing" if found is None and (text == NO_DAY_YET or is_blank(value) or is_not_yet(value)) else found


def _fitting_orders(parts: list[Any], ahead: float) -> dict[Order, int]:
    """How many short dates each order can read; empty where there are none."""
    short = [part for part in parts if isinstance(part, Parts) and part.short]
    has_long_years = any(part.short[2] > 99 for part in short if part.short)
    orders: tuple[Order, ...] = ("dmy", "mdy") if has_long_years else ("ymd", "dmy", "mdy", "era")
    fitting = {order: sum(_ordered(part, order) is not None for part in short) for order in orders} if short else {}
    return fitting if "era" not in fitting or ahead or _have_bare_years(short) else {**fitting, "era": 0}


def _have_bare_years(short: list[Parts]) -> bool:
    """Whether a year may be one of Reiwa, written with one digit: nobody writes 2006 as 6."""
    return any(part.short is not None and part.short[0] and part.digits[0] == 1 for part in short)


def _ahead(parts: list[Any], today: dt.date | None) -> float:
    """The share of short dates whose first number, as a year of this century, lies far ahead of today; years of eras
    all of them, else none counts."""
    years = [part.short[0] for part in parts if isinstance(part, Parts) and part.short]
    if today is None or not years or not all(1 <= year <= ERAS[-1][0] for year in years):
        return 0.0
    return sum(2000 + year > today.year + LIKELY_YEARS for year in years) / len(years)


def _open_orders(fitting: dict[Order, int]) -> tuple[Order, ...]:
    best = max(fitting.values(), default=0)
    return tuple(order for order, fits in fitting.items() if fits == best) if best else ()


def _example(values: list[Any], parts: list[Any], orders: tuple[Order, ...]) -> str:
    """The first cell that is a day in every order, but not the same; else one that is a day in some of them."""
    if len(orders) < 2:
        return ""
    told = {value.strip(): {_ordered(part, order) for order in orders}
            for value, part in zip(values, parts, strict=True) if isinstance(part, Parts) and part.short}
    unlike = {cell: len(days - {None}) for cell, days in told.items() if len(days) > 1}
    return max(unlike, key=lambda cell: unlike[cell], default="")


def _likeliest(fitting: dict[Order, int], parts: list[Any], ahead: float) -> Order | None:
    """The order that reads most cells; among equals the one with most first and last days of a month, as contracts
    have."""
    if not fitting:
        return None
    short = [part for part in parts if isinstance(part, Parts) and part.short]

    def edges(order: Order) -> int:
        return sum(day.day in (1, monthrange(day.year, day.month)[1])
                   for day in (_ordered(part, order) for part in short) if day)

    is_dotted = any(part.separator in ".-" for part in short)
    has_bare_year, has_bare_end = (any(part.digits[place] == 1 for part in short) for place in (0, 1))
    of_era = 3 if ahead > 0.5 or (has_bare_year and has_bare_end) else 0
    habit: dict[Order, int] = {"ymd": -1 if has_bare_year else 2, "mdy": 0 if is_dotted else 1,
                               "dmy": 1 if is_dotted else 0, "era": of_era}
    return max(fitting, key=lambda order: (fitting[order], edges(order), habit[order]))


def _ordered(part: Parts, order: Order) -> dt.date | None:
    a, b, c = part.short or (0, 0, 0)
    if order == "era":
        before = next((year for last, year in ERAS if a <= last), None)
        return _valid(before + a, b, c) if a and before else None
    if part.separator == "年" and order != "ymd":
        return None
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}[order]
    return _valid(year + (2000 if year < 70 else 1900) if year < 100 else year, month, day)


def _day(part: Parts | str | None, order: Order | None, is_end: bool) -> dt.date | None:
    if not isinstance(part, Parts):
        return None
    if part.short:
        return _ordered(part, order) if order else None
    if part.day == 0 or part.is_month_end:
        return _month_day(part.year, part.month, is_end or part.is_month_end)
    day = _valid(part.year, part.month, part.day)
    return day + LAST_OF_WEEK if day and part.is_week and is_end else day


def _month_day(year: int, month: int, is_last: bool) -> dt.date | None:
    first = _valid(year, month, 1)
    return first and first.replace(day=monthrange(year, month)[1] if is_last else 1)


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None
