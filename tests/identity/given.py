"""Small books from texts of csv files, and their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.identity.records import Identities
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from cs_kpi.who_is_who import Findings, findings

TODAY = dt.date(2024, 12, 31)


def loaded(files: Mapping[str, str]) -> list[SheetReading]:
    """What is read of csv files, given as name -> text, under the untouched guess."""
    return [read(sheet, guess(sheet), TODAY) for name, text in files.items()
            for sheet in sheets(f"{name}.csv", text.encode())]


def book(identities: Identities | None = None, settings: Settings | None = None, **files: str) -> Book:
    return book_of(loaded(files), settings or Settings(as_of=dt.date(2024, 6, 30)), TODAY, identities)


def found(identities: Identities | None = None, **files: str) -> Findings:
    known = identities or Identities()
    return findings(book(known, **files), known.declined)


def numbers(given: Book, period: str, *kpis: str) -> list[float | None]:
    """The values of some KPIs in a period, in the order of their names here."""
    values = {one.kpi: one.value for one in readings(given, [parse(period)], list(kpis))}
    return [values[kpi] for kpi in kpis]
