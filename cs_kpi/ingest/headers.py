"""Where a table stands on its sheet: title rows above it, its header row, its data rows, totals and notes below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.groups import filled_groups
from cs_kpi.ingest.header_levels import (
    LONGEST,
    MOST_LEVELS,
    NUMBERLIKE,
    Head,
    clean,
    head_of,
    is_unit,
    last_row,
    levels_ending,
    parts,
)
from cs_kpi.ingest.merged import filled_down
from cs_kpi.ingest.month_names import follow_each_other, month_headers, year_of_months
from cs_kpi.ingest.month_years import Year, YearLabel
from cs_kpi.ingest.naming.vocabulary import BRACKET, is_known
from cs_kpi.ingest.parted import parted
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.rows import left_out
from cs_kpi.ingest.titled_years import with_years
from cs_kpi.ingest.torn import Torn, mended
from cs_kpi.ingest.units import Unit, unit_of_header
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.wide_units import title_rows, unit_of_table
from cs_kpi.locale import Message, _

SEARCHED_ROWS = 50
WIDE = 4
"""From this many cells on, one known word makes a header of numbers or dates, as in tables with a column per month."""

MOST_MONTHS = 60
MOST_COLUMNS = 1000
"""More columns than any table of customers has, days of two years included; each costs time."""


@dataclass(frozen=True, slots=True)
class Area:
    """The table of a sheet.

    header_row : counts from 1; 0 where no row looks like a header (columns are then called A, B, ...)
    body : columns are the headers, the index holds the spreadsheet's row numbers; total, blank and note rows left out
    units : header -> what it (or the title) says of its numbers
    title : the text above the header
    header_levels : how many rows make the header, `header_row` being the last
    parts : header -> what each level says of it, for a header of several levels
    year : of months that stand without one, such as 4月
    torn : rows of a text file that a comma has torn apart, nobody can tell where; they are no part of the body
    """

    header_row: int
    headers: tuple[str, ...]
    body: pd.DataFrame
    units: Mapping[str, Unit]
    title: str = ""
    notes: tuple[Message, ...] = ()
    header_levels: int = 1
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: Year | None = None
    torn: Mapping[int, Torn] = field(default_factory=dict)

    @property
    def year_label(self) -> YearLabel | None:
        return self.year.label if self.year else None


def area(sheet: Sheet, header_row: int | None = None, header_levels: int | None = None, today: dt.date | None = None
         ) -> Area:
    """The table of a sheet, under the header row that is given or else found.

    header_levels : how many rows make that header; found where not given
    today : up to which months without a year can have values
    """
    sheet, cut = narrowed(sheet)
    cells = sheet.cells
    row, levels = header_of(sheet, header_row, header_levels)
    named = parts(head_of(sheet, row), row, levels) if row else [()] * cells.shape[1]
    whole = mended(sheet, row, levels, [" ".join(name) for name in named])
    below = whole.cells
    kept = [place for place, name in enumerate(named) if name or below.iloc[:, place].notna().any()]
    headers = unique([" ".join(named[place]) or letters(place) for place in kept])
    body = below.iloc[:, kept].set_axis(list(headers), axis=1)
    body.index = pd.RangeIndex(row + 1, len(cells) + 1)
    own_units, said = unit_row(body)
    body, filled = filled_down(body[len(said):], sheet.merges, kept)
    body = body.drop(index=list(whole.refused)) if whole.refused else body
    drop, notes = left_out(body, [named[place] for place in kept] if levels > 1 else ())
    title = " ".join(shown(cell) for cell in cells.iloc[:max(row - levels, 0)].to_numpy().ravel() if shown(cell))
    wide, unclear = unit_of_table(sheet, title_rows(cells, row - levels), body, drop, [named[at] for at in kept])
    body = body[~drop] if drop.any() else body
    body, grouped = filled_groups(body)
    body, dated = with_years(body, (title, sheet.name, PurePath(sheet.file).stem))
    by_level = {header: named[place] for header, place in zip(headers, kept, strict=True) if levels > 1}
    apart = parted(body)
    body, headers = body.assign(**apart.columns), (*headers, *apart.columns)
    units = {header: unit_of_header(f"{header} {own_units.get(header, '')}").over(wide) for header in headers}
    year = year_of_months(body, (title, sheet.name, PurePath(sheet.file).stem), today)
    said = (*cut, *said, *whole.notes, *filled, *notes, *unclear, *grouped, *dated, *apart.notes)
    return Area(row, headers, body, units, title, said,
                levels, by_level, year, whole.refused)


def narrowed(sheet: Sheet) -> tuple[Sheet, tuple[Message, ...]]:
    """The sheet without the columns that are too many to be those of a table of customers, and what is to be said."""
    cells = sheet.cells
    if cells.shape[1] <= MOST_COLUMNS or not cells.iloc[:, MOST_COLUMNS:].notna().to_numpy().any():
        return sheet, ()
    return replace(sheet, cells=cells.iloc[:, :MOST_COLUMNS]), (_(
        "The sheet has {count} columns, of which the first {most} are read. If others are needed, move them to the "
        "front or delete those that are not, and load the file again.", count=cells.shape[1], most=MOST_COLUMNS),)


def unit_row(body: pd.DataFrame) -> tuple[dict[str, str], tuple[Message, ...]]:
    """What a row right below the header says of the units of columns, and the sentence that it is no data."""
    first = {str(header): clean(cell) for header, cell in zip(body.columns, body.iloc[0], strict=True)
             if clean(cell)} if len(body) > 1 else {}
    if not first or not all(map(is_unit, first.values())):
        return {}, ()
    return {header: text if BRACKET.match(text) else f"({text})" for header, text in first.items()}, (
        _("Row {row} was read as the units of its columns: {units}.", row=str(body.index[0]),
          units=list(first.values())),)


def header_of(sheet: Sheet, header_row: int | None = None, header_levels: int | None = None) -> tuple[int, int]:
    """The last row of the header, counted from 1, and how many rows make it; (0, 1) where no row looks like one."""
    sheet, _cut = narrowed(sheet)
    if header_row is None:
        row = header_row_of(sheet.cells)
        head = head_of(sheet, SEARCHED_ROWS + MOST_LEVELS)
        return last_row(head, row) if row else _by_levels(head)
    row = min(header_row, len(sheet.cells))
    if header_levels is None:
        return row, levels_ending(head_of(sheet, row), row) if row else 1
    return row, max(1, min(header_levels, row))


def _by_levels(head: Head) -> tuple[int, int]:
    """A header that looks like one only with the row above it."""
    found = ((row, levels_ending(head, row)) for row in range(2, min(SEARCHED_ROWS, len(head.rows)) + 1))
    return next((one for one in found if one[1] > 1), (0, 1))


def header_row_of(cells: pd.DataFrame) -> int:
    """The row, counted from 1, that names the columns of what stands below it; 0 where none does."""
    head = [row.tolist() for _place, row in cells.head(SEARCHED_ROWS).astype(object).iterrows()]
    filled = [sum(bool(shown(cell)) for cell in row) for row in head]
    width = max(filled, default=0)
    scores = {place: _headerness(row, filled[place], width) - 0.01 * place
              for place, row in enumerate(head) if filled[place] >= 2}
    best = max(scores, key=lambda place: scores[place], default=None)
    return 0 if best is None or scores[best] < 0.8 else best + 1


def _headerness(row: list[Any], filled: int, width: int) -> float:
    """How much a row looks like names of columns: known words, short and different texts, as wide as the table."""
    texts = [clean(cell) for cell in row if clean(cell)]
    known = sum(is_known(text) for text in texts)
    if filled >= WIDE and follow_each_other(texts if known else texts[:MOST_MONTHS]):
        known += len(month_headers(texts))
    names = {text for cell, text in zip((c for c in row if clean(c)), texts, strict=True)
             if isinstance(cell, str) and len(text) <= LONGEST and not NUMBERLIKE.fullmatch(text)}
    named = len(names) / filled
    if known < 2 and (named < 0.6 or (not known and _has_dates(texts))) and not (known and filled >= WIDE):
        return 0.0
    return 2 * known / filled + min(known, 3) * 0.2 + named + filled / width - (0.7 if filled < width / 2 else 0)


def _has_dates(texts: list[str]) -> bool:
    return bool((~np.isnat(dates(pd.Series(texts, dtype=object), numbers=False).days)).any())


def unique(names: list[str]) -> tuple[str, ...]:
    """Repeated names told apart: 担当, 担当 (2)."""
    taken: set[str] = set()
    result = []
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            number += 1
            candidate = f"{name} ({number})"
        taken.add(candidate)
        result.append(candidate)
    return tuple(result)


def letters(place: int) -> str:
    """The spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
