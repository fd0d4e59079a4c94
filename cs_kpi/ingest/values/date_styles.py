"""The styles in which one date can be written, and what each says: year, month, day, or three short numbers."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from cs_kpi.ingest.naming.words import nfkc

ERAS = {"令和": 2018, "令": 2018, "r": 2018, "平成": 1988, "平": 1988, "h": 1988, "昭和": 1925, "昭": 1925, "s": 1925,
        "大正": 1911, "大": 1911, "t": 1911}
MONTHS = {name: number for number, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
     "sep sept september", "oct october", "nov november", "dec december"), start=1) for name in names.split()}
TIME = re.compile(r"(?:(?<=\d)t|[\s,]+)(?:午前|午後|am|pm)?\s*\d{1,2}\s*[:時].*$")
WEEKDAY = re.compile(r"\(?(?:[日月火水木金土]曜日?|(?<=\()[日月火水木金土](?=\)))\)?"
                     r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?")
FULL = re.compile(r"(\d{4})\s*[年/.\-\s]\s*(\d{1,2})\s*[月/.\-\s]\s*(\d{1,2})日?")
MONTH = re.compile(r"(\d{4})\s*[年/.\-]\s*(\d{1,2})(?:月(?:分|度)?)?(?:末日?)?")
ERA = re.compile(r"(令和|平成|昭和|大正|[令平昭大rhst])\.?\s*(\d{1,2}|元)\s*[年/.\-]\s*(\d{1,2})"
                 r"(?:\s*[月/.\-]\s*(\d{1,2})日?|(?:月(?:分|度)?)?(?:末日?)?)?")
SHORT = re.compile(r"'?(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{1,2})")
SHORT_YEAR = re.compile(r"(\d{1,2})\s*(年)\s*(\d{1,2})\s*月\s*(\d{1,2})日?")
MONTH_YEAR = re.compile(r"(\d{1,2})[/\-.](\d{4})")
DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?,?[\s\-/.]*(\d{4}|\d{2})")
NAME_DAY_YEAR = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
NAME_YEAR = re.compile(r"([a-z]{3,9})\.?,?[\s\-/']*(\d{4}|\d{2})")
YEAR_NAME_DAY = re.compile(r"(\d{4})[\s\-/]([a-z]{3,9})(?:[\s\-/](\d{1,2}))?")
WEEK = re.compile(r"(?P<year>\d{4})[\s\-/]*w(?:eek\s*)?(?P<week>\d{1,2})(?:-?(?P<day>[1-7]))?"
                  r"|w(?:eek\s*)?(?P<first>\d{1,2})[\s,\-/]+(?P<of>\d{4})|(?P<nen>\d{4})年\s*第?(?P<shuu>\d{1,2})週目?")
YEARLESS = re.compile(r"(\d{1,2})\s*[/\-月]\s*(\d{1,2})日?|(\d{1,2})\.(\d{1,2})\."
                      r"|(?P<name>[a-z]{3,9})\.?\s*\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\.?\s*(?P<after>[a-z]{3,9})")
LONGEST_MONTH = 31
DIGITS = re.compile(r"\d+(?:\.\d+)?")
SERIALS = (10_000, 80_000)
"""Excel serials from 1927 to 2119; smaller numbers are no dates that a CS team keeps."""


class Parts(NamedTuple):
    """What one cell says. `short` holds three numbers whose order the column decides; day 0: a month without day.

    digits : how many digits the first and the last of the three are written with
    is_week : the day is the Monday of a week
    """

    year: int = 0
    month: int = 0
    day: int = 0
    short: tuple[int, int, int] | None = None
    separator: str = ""
    digits: tuple[int, int] = (0, 0)
    is_month_end: bool = False
    is_week: bool = False


def parts_of_number(number: float) -> Parts | None:
    """An Excel serial, yyyymmdd or yyyymm typed as a number, or seconds since 1970."""
    if SERIALS[0] <= number < SERIALS[1]:
        return _of_date(dt.date(1899, 12, 30) + dt.timedelta(days=int(number)))
    if not number.is_integer():
        return None
    whole = int(number)
    if 19_000_000 <= whole < 22_000_000:
        return Parts(whole // 10_000, whole // 100 % 100, whole % 100)
    if 190_000 <= whole < 220_000:
        return Parts(whole // 100, whole % 100)
    seconds = whole // 1000 if whole >= 10**12 else whole
    if 946_684_800 <= seconds < 4_102_444_800:
        return _of_date(dt.datetime.fromtimestamp(seconds, dt.UTC).date())
    return None


def parts_of_text(cell: str, numbers: bool = True) -> Parts | None:
    """Read one cell of text; None where it is no date.

    >>> parts_of_text("令和6年4月1日")[:3], parts_of_text("2024-04-01T09:30:00Z")[:3], parts_of_text("Apr-24")[:3]
    ((2024, 4, 1), (2024, 4, 1), (2024, 4, 0))
    """
    text = cell.strip()
    if len(text) > 10 and text[4:5] in "-/" and text[7] == text[4] and (
            text[10] == "T" or (text[10] == " " and ":" in text[12:14])):
        text = text[:10]
    return _parts(text, numbers) if len(text) <= 60 else None


@lru_cache(maxsize=65536)
def _parts(cell: str, numbers: bool) -> Parts | None:
    text = TIME.sub("", nfkc(cell).casefold())
    text = WEEKDAY.sub("", text).strip(" ,")
    if DIGITS.fullmatch(text):
        return _of_digits(text) if numbers else None
    return _of_numbers(text) or _of_era(text) or _of_names(text) or _of_week(text)


def is_yearless(cell: str) -> bool:
    """Whether a text is a day without its year.

    >>> [is_yearless(text) for text in ("4/1", "4月1日", "Apr 1", "1 May", "13/32", "Plan 1", "2024/4/1")]
    [True, True, True, True, False, False, False]
    """
    found = YEARLESS.fullmatch(nfkc(cell).casefold().strip())
    if found is None:
        return False
    if name := found["name"] or found["after"]:
        return name in MONTHS
    low, high = sorted(int(part) for part in found.groups()[:4] if part)
    return 1 <= low <= 12 and high <= LONGEST_MONTH


def _of_digits(text: str) -> Parts | None:
    if len(text) == 14 and text.isdigit():
        text = text[:8]
    return parts_of_number(float(text))


def _of_numbers(text: str) -> Parts | None:
    if found := FULL.fullmatch(text):
        return Parts(int(found[1]), int(found[2]), int(found[3]))
    if found := MONTH.fullmatch(text):
        return Parts(int(found[1]), int(found[2]), is_month_end="末" in text)
    if found := SHORT.fullmatch(text) or SHORT_YEAR.fullmatch(text):
        return Parts(short=(int(found[1]), int(found[3]), int(found[4])), separator=found[2],
                     digits=(len(found[1]), len(found[4])))
    if found := MONTH_YEAR.fullmatch(text):
        return Parts(int(found[2]), int(found[1]))
    return None


def _of_era(text: str) -> Parts | None:
    found = ERA.fullmatch(text)
    if not found:
        return None
    year = ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
    return Parts(year, int(found[3]), int(found[4] or 0), is_month_end="末" in text)


def _of_names(text: str) -> Parts | None:
    for pattern, order in ((DAY_NAME_YEAR, "dny"), (NAME_DAY_YEAR, "ndy"), (YEAR_NAME_DAY, "ynd"), (NAME_YEAR, "ny")):
        found = pattern.fullmatch(text)
        part = dict(zip(order, found.groups(), strict=True)) if found else {}
        if part.get("n") in MONTHS:
            year = int(part["y"])
            return Parts(year + 2000 if year < 100 else year, MONTHS[part["n"]], int(part.get("d") or 0))
    return None


def _of_week(text: str) -> Parts | None:
    """A week by ISO 8601 as its Monday, or the day in it that is named."""
    found = WEEK.fullmatch(text)
    if not found:
        return None
    year, week = (int(found[one] or found[other] or found[third]) for one, other, third in (
        ("year", "of", "nen"), ("week", "first", "shuu")))
    try:
        day = dt.date.fromisocalendar(year, week, int(found["day"] or 1))
    except ValueError:
        return None
    return _of_date(day)._replace(is_week=found["day"] is None)


def _of_date(date: dt.date) -> Parts:
    return Parts(date.year, date.month, date.day)
