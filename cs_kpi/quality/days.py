"""What is odd in the dates: days still to come, days that nobody meant, use when there was no contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_kpi.book import Book, date_of, day_of, days
from cs_kpi.data_dates import DATED
from cs_kpi.ledger import NEVER
from cs_kpi.locale import _
from cs_kpi.quality.finding import SOURCE, Finding, named
from cs_kpi.tables import TABLES

FACTS = {**DATED, "pulse": "date", "customers": "started_on"}
"""Dates of things that have happened; ends, terms and planned starts may lie ahead."""
FIRST_YEAR, YEARS_AHEAD = 1990, 30
"""Before and after these a date is a slip: 1900 is an empty Excel cell, 2204 a typing error."""
LATE_DAYS = 31
"""Use this long after a contract ended is no winding down any more."""


def of_days(book: Book) -> Iterator[Finding]:
    """What is odd in the dates of every table."""
    yield Finding("future_facts", _("Things that happened in the future"), _(
        "These days lie after today, though they tell what has happened. Correct them; the numbers leave them out "
        "until they come."), _ahead(book))
    yield Finding("future_starts", _("Contracts that start in the future"), _(
        "These contracts are planned: they count from the day on which they start."), _planned(book))
    yield Finding("odd_years", _("Dates that nobody can have meant"), _(
        "These dates lie before {first} or more than {years} years ahead. Correct them in the spreadsheet.",
        first=str(FIRST_YEAR), years=YEARS_AHEAD), _odd_years(book))
    yield Finding("late_use", _("Use after the contract ended"), _(
        "These customers used the service more than {days} days after their last contract had ended. A contract may be "
        "missing, or its end may be wrong.", days=LATE_DAYS), _late_use(book))


def _dates(book: Book) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Every column of dates: table, field, rows."""
    for name, frame in book.tables.items():
        for field in TABLES[name].fields:
            if field.kind == "date" and field.name in frame and "customer_id" in frame:
                yield name, field.name, frame


def _gathered(book: Book, name: str, field: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of any table in one form: where they stand, whose they are, which date."""
    table = TABLES[name]
    found = rows[[column for column in (*SOURCE, "customer_id") if column in rows]]
    return named(book, found.assign(table=table.label, column=table.by_name[field].label, date=rows[field]))


def _joined(pieces: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame()


def _ahead(book: Book) -> pd.DataFrame:
    today = pd.Timestamp(book.today)
    return _joined([_gathered(book, name, field, frame[frame[field] > today]) for name, field, frame in _dates(book)
                    if FACTS.get(name) == field and (frame[field] > today).any()])


def _planned(book: Book) -> pd.DataFrame:
    rows = book.counted
    if "start_date" not in rows:
        return pd.DataFrame()
    ahead = rows[rows["start_date"] > pd.Timestamp(book.today)]
    return _gathered(book, "subscriptions", "start_date", ahead) if len(ahead) else pd.DataFrame()


def _odd_years(book: Book) -> pd.DataFrame:
    first, last = pd.Timestamp(FIRST_YEAR, 1, 1), pd.Timestamp(book.today + dt.timedelta(days=366 * YEARS_AHEAD))
    return _joined([_gathered(book, name, field, frame[(frame[field] < first) | (frame[field] > last)])
                    for name, field, frame in _dates(book)
                    if ((frame[field] < first) | (frame[field] > last)).any()])


def _late_use(book: Book) -> pd.DataFrame:
    """One line per customer: how many times it was used, and until when."""
    if not book.has("usage.date") or not book.ledger.size:
        return pd.DataFrame()
    customer, _begin, end = book.ledger.spells
    last_end = np.zeros(len(book.customer_ids), dtype=np.int64)
    np.maximum.at(last_end, customer, end)
    use = book.tables["usage"]
    code, day = book.codes(use["customer_id"]), days(use["date"])
    ends = np.where(code >= 0, last_end[code], 0)
    is_late = (ends > 0) & (ends < NEVER) & (day < NEVER) & (day > ends + LATE_DAYS) & (day <= day_of(book.today))
    if not is_late.any():
        return pd.DataFrame()
    late = pd.DataFrame({"code": code[is_late], "date": day[is_late]}).groupby("code")["date"].agg(["max", "size"])
    return named(book, pd.DataFrame({
        "customer_id": book.customer_ids[late.index],
        "last_end": [pd.Timestamp(date_of(int(last_end[one]))) for one in late.index],
        "date": [pd.Timestamp(date_of(int(day))) for day in late["max"]], "times": late["size"].to_numpy()}))
