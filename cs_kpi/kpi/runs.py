"""The periods that a book offers, and those that a chart over time shows."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.periods import SNAPSHOT, Period, PeriodKind, periods

LONGEST_RUN: dict[PeriodKind, int] = {"month": 24, "quarter": 12, "half": 10, "year": 10, "ttm": 24,
                                      "snapshot": 1}


def offered(book: Book, kind: PeriodKind) -> list[Period]:
    """Every period of a kind from the first active day to the end of the data; of a list without dates its one."""
    if book.is_snapshot:
        return [SNAPSHOT]
    assert book.first_day is not None
    assert book.as_of is not None
    return periods(kind, min(book.first_day, book.as_of), book.as_of, book.settings.fiscal_year_start)


def run_up_to(period: Period, every: list[Period]) -> list[Period]:
    """The periods of `every` up to one of them that a chart over time shows."""
    place = every.index(period)
    return every[max(0, place - LONGEST_RUN[period.kind] + 1):place + 1]


def is_complete(book: Book, period: Period) -> bool:
    return book.is_snapshot or (book.as_of is not None and period.end <= book.as_of)
