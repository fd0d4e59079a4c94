"""Days without a year (4月1日, Apr 1) below a title that names one: 2025年 新規導入先一覧."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from cs_kpi.ingest.month_years import APRIL, DATE, MONTH_OF_YEAR, YEAR, YearLabel, year_label
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.date_styles import MONTHS, is_yearless
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import is_not_yet, is_nothing
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

SAMPLE, MOSTLY, FEWEST_DIFFERENT = 300, 0.5, 3
NAMED = 0.95
HALF_A_YEAR = dt.timedelta(183)
OF_NAMES = re.compile(r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?"
                      r"|(?P<name>[a-z]{3,9})\.?\s*(?P<after>\d{1,2})(?:st|nd|rd|th)?"
                      r"|(?P<before>\d{1,2})(?:st|nd|rd|th)?\.?\s*-?(?P<later>[a-z]{3,9})")
OF_FIGURES = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})")
WEEKDAY = re.compile(r"\s*\([月火水木金土日]\)$")


class _Day(NamedTuple):
    month: int
    day: int


def names_day(header: str) -> bool:
    """Whether a header is the name of a day, and of nothing else as much.

    >>> names_day("契約開始日"), names_day("Start date"), names_day("解約"), names_day("顧客名")
    (True, True, False, False)
    """
    named = places(header)
    best = max(named.values(), default=0.0)
    return best >= NAMED and all(TABLES[place.table].by_name[place.field].kind == "date"
                                 for place, likeness in named.items() if likeness == best)


def with_years(body: pd.DataFrame, texts: Iterable[str]) -> tuple[pd.DataFrame, tuple[Message, ...]]:
    """The body of a table in which such days have the year that the first of `texts` (title, names) tells, and what is
    to be said; as it was where none tells one year. Of a fiscal year of Japan, January to March are in the next one.

    A row's days follow its first one: one that would lie half a year before it is in the year after.
    """
    told = _told(texts)
    if told is None:
        return body, ()
    columns = [str(header) for header in body.columns if _has_days(body[header], OF_NAMES)]
    figures = [str(header) for header in body.columns if _has_days(body[header], OF_FIGURES)]
    if any(map(names_day, figures)):
        columns += [header for header in figures if names_day(header) or _differ(body[header])]
    if not columns:
        return body, ()
    label, source = told
    result = body.copy()
    first: dict[object, dt.date] = {}
    for header in (header for header in body.columns if header in columns):
        cells = [_dated(cell, label, first.get(row)) for row, cell in body[header].items()]
        for row, cell in zip(body.index, cells, strict=True):
            if isinstance(cell, dt.date):
                first.setdefault(row, cell)
        result[header] = pd.Series([f"{cell:%Y-%m-%d}" if isinstance(cell, dt.date) else cell for cell in cells],
                                   index=body.index, dtype=object)
    return result, (_("The days of columns {columns} have no year; they are read as days of {year}, which '{text}' "
                      "names.", columns=columns, year=_shown(label), text=source),)


def _shown(label: YearLabel) -> str:
    return f"{label.year}年度" if label.is_fiscal else str(label.year)


def _has_days(cells: pd.Series, style: re.Pattern[str]) -> bool:
    """Whether nearly all cells that say something are days without a year, in a style."""
    if cells.dtype != object and not isinstance(cells.dtype, pd.StringDtype):
        return False
    sample = _first_filled(cells)
    if not len(sample) or not isinstance(sample.iloc[0], str):
        return False
    said = [cell for cell in sample if not is_nothing(cell) and not is_not_yet(cell)]
    days = [cell for cell in said if isinstance(cell, str) and _day(cell, style)]
    return len(days) > 0 and len(days) >= MOSTLY * len(said)


def _first_filled(cells: pd.Series) -> pd.Series:
    """A sample; not all rows are looked through for it where the first ones have enough."""
    found = cells.head(10 * SAMPLE).dropna().head(SAMPLE)
    return found if len(found) == SAMPLE else cells.dropna().head(SAMPLE)


def _differ(cells: pd.Series) -> bool:
    """Whether figures such as 4/1 are no scores of five: what stands behind the stroke differs."""
    days = {found.day for cell in _first_filled(cells)
            if isinstance(cell, str) and (found := _day(cell, OF_FIGURES))}
    return len(days) >= FEWEST_DIFFERENT


def _day(cell: str, style: re.Pattern[str]) -> _Day | None:
    text = WEEKDAY.sub("", nfkc(cell).casefold())
    found = style.fullmatch(text)
    if found is None or not is_yearless(text):
        return None
    said = found.groupdict()
    name = said.get("name") or said.get("later")
    month = MONTHS.get(name, 0) if name else int(said["month"] or 0)
    day = int(said.get("day") or said.get("after") or said.get("before") or 0)
    return _Day(month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _dated(cell: object, label: YearLabel, first: dt.date | None) -> object:
    """A cell as a day of the year; as it stands where it is none."""
    read = (_day(cell, OF_NAMES) or _day(cell, OF_FIGURES)) if isinstance(cell, str) else None
    if read is None:
        return cell
    year = label.year + (label.is_fiscal and read.month < APRIL)
    day = _of(year, read)
    later = _of(year + 1, read)
    return later or day or cell if day and first and first - day > HALF_A_YEAR else day or later or cell


def _of(year: int, read: _Day) -> dt.date | None:
    try:
        return dt.date(year, read.month, read.day)
    except ValueError:
        return None


def _told(texts: Iterable[str]) -> tuple[YearLabel, str] | None:
    """The one year that the first telling text names, and the text; none of fiscal years whose first month is open."""
    for text in texts:
        word = DATE.sub(" ", nfkc(text).casefold())
        labels = {label for found in YEAR.finditer(MONTH_OF_YEAR.sub(" ", word)) if (label := year_label(found[0]))}
        fiscal = {label for label in labels if label.is_fiscal}
        years = {label.year for label in labels - fiscal} | {int(found[1]) for found in MONTH_OF_YEAR.finditer(word)}
        found = {label for label in fiscal if label.is_japanese} if fiscal else set(map(YearLabel, years))
        if len(found) == 1 and len(fiscal) <= 1:
            return found.pop(), " ".join(shown(text).split())[:60]
        if fiscal or years:
            return None
    return None
