"""Months that stand without a year (4月, Apr), and the year that a level above, a title or a name gives them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.date_styles import ERAS, MONTHS

YEAR_WORDS = (r"(?:(?P<era>令和|平成|(?<![a-z])[rh])\s*(?P<of_era>\d{1,2}|元)\s*(?P<era_kind>年度|年)"
              r"|(?<![a-z])fy\s*['’]?\s*(?P<fiscal>20\d\d|\d\d)(?:\s*[/-]\s*(?:20)?\d\d)?(?!\d)"
              r"|(?<!\d)(?P<short>\d\d)年度|(?<!\d)(?P<plain>(?:19|20)\d\d)(?!\d)\s*(?P<kind>年度|年)?)")
YEAR = re.compile(YEAR_WORDS)
PART_OF_YEAR = r"(?:[上下]半?期|第?[1-4一二三四]四半期|[1-4]q|q[1-4]|h[12])"
BARE = re.compile(rf"(?:{YEAR_WORDS}(?:\s+|(?<=度)))?(?:{PART_OF_YEAR}\s*)?(?:(?P<number>1[0-2]|0?[1-9])月(?:分|度)?"
                  rf"|(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?)")
DATE = re.compile(r"(?<!\d)(?:20\d\d|\d\d)\s*[年/.\-]\s*\d{1,2}\s*[月/.\-]\s*\d{1,2}\s*日?|(?<!\d)20\d{6}(?!\d)")
MONTH_OF_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[年/.\-]\s*(\d{1,2})(?!\d)(?:月)?")
APRIL = 4
"""With which most fiscal years of Japan begin."""


class YearLabel(NamedTuple):
    """A year that is named: 2024年 or, `is_fiscal`, 2024年度 and FY2024, which begin in 2024 (handbook 2)."""

    year: int
    is_fiscal: bool = False
    is_japanese: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """The year of months that have none of their own, and the text that says so; "" where it is only likely."""

    label: YearLabel
    source: str = ""


class BareMonth(NamedTuple):
    place: int
    label: YearLabel | None
    month: int


def year_label(text: str) -> YearLabel | None:
    """The year that a cell names, and nothing else of a date.

    >>> year_label("2024年度"), year_label("FY24"), year_label("2024年4月"), year_label("令和6年度実績")
    (YearLabel(year=2024, is_fiscal=True, is_japanese=True), YearLabel(year=2024, is_fiscal=True, is_japanese=False), \
None, YearLabel(year=2024, is_fiscal=True, is_japanese=True))
    """
    word = nfkc(text).casefold()
    found = YEAR.match(word)
    return None if not found or any(sign.isdigit() for sign in word[found.end():]) else _label(found)


def _label(found: re.Match[str]) -> YearLabel:
    if found["era"]:
        year = ERAS[found["era"]] + (1 if found["of_era"] == "元" else int(found["of_era"]))
        return YearLabel(year, found["era_kind"] == "年度", True)
    if found["plain"]:
        return YearLabel(int(found["plain"]), found["kind"] == "年度", found["kind"] is not None)
    year = int(found["fiscal"] or found["short"])
    return YearLabel(year + 2000 if year < 100 else year, True, found["short"] is not None)


def _bare(text: str) -> tuple[YearLabel | None, int] | None:
    found = BARE.fullmatch(nfkc(text).casefold())
    if not found:
        return None
    has_year = any(found[name] for name in ("era", "fiscal", "short", "plain"))
    return _label(found) if has_year else None, int(found["number"] or MONTHS[found["name"]])


def is_bare_month(text: str) -> bool:
    """Whether a text is a month without its year.

    >>> [is_bare_month(text) for text in ("4月", "Apr", "04月分", "2024年4月", "13月")]
    [True, True, True, False, False]
    """
    found = _bare(text)
    return found is not None and found[0] is None


def bare_months(texts: Sequence[str]) -> list[BareMonth]:
    """Texts that are months by a name or number, with the year's label that stands before it, if any; in order."""
    found = [(place, _bare(text)) for place, text in enumerate(texts)]
    return [BareMonth(place, *read) for place, read in found if read]


def dated(months: Sequence[BareMonth], told: YearLabel | None) -> dict[int, str]:
    """place -> "2024-04": by the label before a month, else by what is told of them all.

    A year begins with the first month under it, or where another year follows, with the first month of that one;
    months before it in the calendar belong to the next calendar year. Without labels the years follow each other.
    """
    ordered = list(reversed(months)) if _runs_back(months) else list(months)
    labels = list(dict.fromkeys(one.label for one in ordered if one.label))
    result: dict[int, str] = {}
    for label in labels:
        under = [one for one in ordered if one.label == label]
        later = [one for one in ordered if one.label in labels[labels.index(label) + 1:]]
        begin = _begin(label, [one.month for one in under], later)
        result |= {one.place: _text(label.year + (one.month < begin), one.month) for one in under}
    return result | (_following([one for one in ordered if not one.label], told) if told else {})


def _runs_back(months: Sequence[BareMonth]) -> bool:
    """Whether the latest month stands first."""
    steps = [(after.month - before.month) % 12 for before, after in pairwise(months) if after.month != before.month]
    back = sum(step == 11 for step in steps)
    return back > max(1, len(steps) / 2)


def _begin(label: YearLabel, months: Sequence[int], later: Sequence[BareMonth]) -> int:
    """The first month of a year: that of its first column, unless the year was cut there."""
    if label.is_fiscal:
        return later[0].month if later else _first_fiscal(label, months)
    runs_on = all((after - before) % 12 == 1 for before, after in pairwise(dict.fromkeys(months)))
    return months[0] if runs_on else 1


def _first_fiscal(label: YearLabel, months: Sequence[int]) -> int:
    """The first month of a fiscal year; one that is cut down to January to March, in Japan, began in April."""
    return APRIL if label.is_japanese and max(months) < APRIL else months[0]


def _following(months: Sequence[BareMonth], told: YearLabel) -> dict[int, str]:
    """The months in their order, those after December in the next year."""
    if not months:
        return {}
    year, last = told.year, months[0].month
    if told.is_fiscal:
        year += last < _first_fiscal(told, [one.month for one in months])
    result = {}
    for one in months:
        year += one.month < last
        last = one.month
        result[one.place] = _text(year, one.month)
    return result


def _text(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def is_cut(label: YearLabel, months: Sequence[int]) -> bool:
    """Whether a fiscal year has so few months that nothing tells in which calendar year they lie."""
    return label.is_fiscal and max(months) < APRIL


def year_in(texts: Iterable[str], months: Sequence[BareMonth], filled: Iterable[int], today: dt.date) -> Year | None:
    """The year of months that name none: as the first of some texts tells, else the latest that does not put an
    amount into the future. None where no month lacks its year.

    texts : title, name of the sheet, name of the file; filled : places of the months that have a value
    """
    open_ = [one for one in months if one.label is None]
    if not open_:
        return None
    this_month = _text(today.year, today.month)
    filled_places = {one.place for one in open_} & set(filled)

    def is_past(label: YearLabel) -> bool:
        return all(month <= this_month for place, month in dated(open_, label).items() if place in filled_places)

    for text in texts:
        label = _told(text, [one.month for one in open_])
        if label and is_past(label):
            return Year(label, "" if is_cut(label, [one.month for one in open_]) else text)
    return Year(next((label for label in map(YearLabel, range(today.year, 1999, -1)) if is_past(label)),
                     YearLabel(today.year)))


def _told(text: str, months: Sequence[int]) -> YearLabel | None:
    """The one year that a title or name tells, of dates none; of 2023年度～2024年度 the first, over two years."""
    word = DATE.sub(" ", nfkc(text).casefold())
    for found in MONTH_OF_YEAR.finditer(word):
        if int(found[2]) == months[0]:
            return YearLabel(int(found[1]))
    labels = sorted({_label(found) for found in YEAR.finditer(MONTH_OF_YEAR.sub(" ", word))})
    years = months.count(months[0])
    is_run = bool(labels) and labels[-1].year - labels[0].year == years - 1 and len(labels) == years
    return labels[0] if len(labels) == 1 or is_run else None
