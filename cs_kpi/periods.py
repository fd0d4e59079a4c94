"""Calendar, fiscal and trailing periods: their days, names and order (handbook 2); and the snapshot, which has none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, get_args

from babel.dates import format_skeleton

from cs_kpi.errors import DataError
from cs_kpi.locale import Language, Message, _

PeriodKind = Literal["month", "quarter", "half", "year", "ttm", "snapshot"]
PERIOD_KINDS: tuple[PeriodKind, ...] = tuple(kind for kind in get_args(PeriodKind) if kind != "snapshot")
"""The kinds that have dates."""
MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "ttm": 12}
KIND_LABELS: dict[PeriodKind, Message] = {
    "month": _("Month"), "quarter": _("Quarter"), "half": _("Half-year"), "year": _("Year"),
    "ttm": _("Trailing 12 months"), "snapshot": _("Snapshot")}
ONE_DAY = dt.timedelta(days=1)
YEARS = range(1900, 2201)
"""Years in which a period may lie; a date outside them is a slip of the pen."""
_WRITTEN = re.compile(r"(?P<fiscal>FY)?(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])))?")
_MONTH = re.compile(r"(?P<trailing>TTM-)?(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole months. `first_month` is the month in which its year starts (1: the calendar's).

    >>> parse("FY2024-H1", 4).start, parse("FY2024-H1", 4).end
    (datetime.date(2024, 4, 1), datetime.date(2024, 9, 30))
    """

    kind: PeriodKind
    start: dt.date
    first_month: int = 1

    @property
    def end(self) -> dt.date:
        """Its last day; of a snapshot, which has none, the day that stands for it."""
        if self.kind == "snapshot":
            return self.start
        return month_start(self.start, MONTHS[self.kind]) - ONE_DAY

    @property
    def opening(self) -> dt.date:
        """The day whose closing is this period's opening."""
        return self.start - ONE_DAY

    @property
    def year(self) -> int:
        """The calendar or fiscal year it belongs to; a fiscal year is named after the year in which it starts."""
        return self.start.year - (self.start.month < self.first_month)

    @property
    def number(self) -> int:
        """Which quarter or half of its year."""
        return (self.start.month - self.first_month) % 12 // MONTHS[self.kind] + 1

    @property
    def id(self) -> str:
        fiscal = "FY" if self.first_month != 1 else ""
        match self.kind:
            case "month":
                return f"{self.start:%Y-%m}"
            case "ttm":
                return f"TTM-{self.end:%Y-%m}"
            case "year":
                return f"{fiscal}{self.year:04d}"
            case "snapshot":
                return "snapshot"
        return f"{fiscal}{self.year:04d}-{'Q' if self.kind == 'quarter' else 'H'}{self.number}"

    def label(self, language: Language) -> str:
        """As a reader writes it: 2024年4月, 2024年度上期, Q4 2024, 12 months to Dec 2024."""
        match self.kind:
            case "month":
                return month_name(self.start, language)
            case "ttm":
                return _("12 months to {month}", month=month_name(self.end, language)).text(language)
            case "snapshot":
                return KIND_LABELS["snapshot"].text(language)
        return self._parts().text(language)

    def _parts(self) -> Message:
        year, number = str(self.year), str(self.number)
        is_first = self.number == 1
        if self.first_month == 1:
            return {"year": _("Year {year}", year=year), "quarter": _("Q{number} {year}", year=year, number=number),
                    "half": _("H1 {year}", year=year) if is_first else _("H2 {year}", year=year)}[self.kind]
        return {"year": _("FY{year}", year=year), "quarter": _("FY{year} Q{number}", year=year, number=number),
                "half": _("FY{year} H1", year=year) if is_first else _("FY{year} H2", year=year)}[self.kind]

    def shifted(self, steps: int) -> Period:
        """The period `steps` later (earlier when negative); a trailing one moves by months, a snapshot not at all."""
        if self.kind == "snapshot":
            return self
        months = 1 if self.kind == "ttm" else MONTHS[self.kind]
        return Period(self.kind, month_start(self.start, steps * months), self.first_month)


SNAPSHOT = Period("snapshot", dt.date(1970, 1, 1))
"""The one period of a list without dates: from everybody in it to those who have not left."""


@dataclass(frozen=True, slots=True)
class PeriodName(Message):
    """A period inside a sentence or a list of choices: named in the reader's language."""

    period: Period | None = None

    def text(self, language: Language) -> str:
        return self.period.label(language) if self.period else ""

    def __hash__(self) -> int:
        return hash(self.period)


def period_name(text: str) -> PeriodName | None:
    """The name of the period that `text` writes; None where it writes none.

    >>> str(period_name("FY2022-Q1")), period_name("nobody")
    ('FY2022 Q1', None)
    """
    try:
        return PeriodName("", period=parse(text, fiscal_year_start=4))  # a fiscal period's name says no first month
    except DataError:
        return None


def month_name(day: dt.date, language: Language) -> str:
    return format_skeleton("yMMM", day, locale=language)


def month_start(day: dt.date, months: int = 0) -> dt.date:
    """First day of the month `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def period_of(kind: PeriodKind, day: dt.date, fiscal_year_start: int = 1) -> Period:
    """The period of `kind` that holds `day`; of trailing ones, the one that ends with its month."""
    if kind == "ttm":
        return Period("ttm", month_start(day, -11))
    if kind == "month":
        return Period("month", month_start(day))
    back = (day.month - fiscal_year_start) % 12 % MONTHS[kind]
    return Period(kind, month_start(day, -back), fiscal_year_start)


def periods(kind: PeriodKind, first: dt.date, last: dt.date, fiscal_year_start: int = 1) -> list[Period]:
    """Every period from the one that holds `first` to the one that holds `last`, in order.

    >>> [p.id for p in periods("quarter", dt.date(2024, 1, 1), dt.date(2024, 6, 30), 4)]
    ['FY2023-Q4', 'FY2024-Q1']
    """
    found = [period_of(kind, first, fiscal_year_start)]
    while found[-1].end < last:
        found.append(found[-1].shifted(1))
    return found


def parse(text: str, fiscal_year_start: int = 1) -> Period:
    """The period that `text` writes; raises DataError with the accepted forms when it writes none.

    >>> parse("TTM-2024-12").start, parse("2024-Q4").end
    (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    """
    if text == SNAPSHOT.id:
        return SNAPSHOT
    if (monthly := _MONTH.fullmatch(text)) and int(monthly["year"]) in YEARS:
        day = dt.date(int(monthly["year"]), int(monthly["month"]), 1)
        return period_of("ttm" if monthly["trailing"] else "month", day)
    if not (written := _WRITTEN.fullmatch(text)) or int(written["year"]) not in YEARS:
        raise DataError(_("'{text}' is not a period. Write for instance 2024-12, 2024-Q4, 2024-H2, 2024, TTM-2024-12 "
                          "or FY2024-Q3.", text=text))
    first_month = fiscal_year_start if written["fiscal"] else 1
    kind: PeriodKind = "quarter" if written["quarter"] else "half" if written["half"] else "year"
    number = int(written["quarter"] or written["half"] or 1)
    start = month_start(dt.date(int(written["year"]), first_month, 1), (number - 1) * MONTHS[kind])
    return Period(kind, start, first_month)
