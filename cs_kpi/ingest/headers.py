"""Where a table stands on its sheet: title rows above it, its header row, its data rows, totals and notes below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.ingest.month_names import follow_each_other, month_headers
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.rows import left_out
from cs_kpi.ingest.units import Unit, unit_of_header, unit_of_title
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.vocabulary import is_known
from cs_kpi.locale import Message

SEARCHED_ROWS = 50
LONGEST_HEADER = 60
WIDE = 4
"""From this many cells on, one known word makes a header of numbers or dates, as in tables with a column per month."""
NUMBERLIKE = re.compile(r"[\d\s,.%¥$€()+\-/:△▲]+")
GAP = re.compile(r"(?<=[^\x00-\x7f])[\r\n\u3000]+|[\r\n\u3000]+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Area:
    """The table of a sheet.

    header_row : counts from 1; 0 where no row looks like a header (columns are then called A, B, ...)
    body : columns are the headers, the index holds the spreadsheet's row numbers; total, blank and note rows left out
    units : header -> what it (or the title) says of its numbers
    title : the text above the header
    """

    header_row: int
    headers: tuple[str, ...]
    body: pd.DataFrame
    units: Mapping[str, Unit]
    title: str = ""
    notes: tuple[Message, ...] = ()


def area(sheet: Sheet, header_row: int | None = None) -> Area:
    """The table of a sheet, under the header row that is given or else found."""
    cells = sheet.cells
    row = header_row_of(cells) if header_row is None else min(header_row, len(cells))
    below = cells.iloc[row:]
    names = cells.iloc[row - 1].tolist() if row else [None] * cells.shape[1]
    kept = [place for place, name in enumerate(names) if clean(name) or below.iloc[:, place].notna().any()]
    headers = unique([clean(names[place]) or letters(place) for place in kept])
    body = below.iloc[:, kept].set_axis(list(headers), axis=1)
    body.index = pd.RangeIndex(row + 1, len(cells) + 1)
    drop, notes = left_out(body)
    title = " ".join(shown(cell) for cell in cells.iloc[:max(row - 1, 0)].to_numpy().ravel() if shown(cell))
    wide = unit_of_title(title)
    units = {header: unit_of_header(header).over(wide) for header in headers}
    return Area(row, headers, body[~drop] if drop.any() else body, units, title, notes)


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
    if known and filled >= WIDE and follow_each_other(texts):
        known += len(month_headers(texts))
    names = {text for cell, text in zip((c for c in row if clean(c)), texts, strict=True)
             if isinstance(cell, str) and len(text) <= LONGEST_HEADER and not NUMBERLIKE.fullmatch(text)}
    named = len(names) / filled
    if known < 2 and (named < 0.6 or (not known and _has_dates(texts))) and not (known and filled >= WIDE):
        return 0.0
    return 2 * known / filled + min(known, 3) * 0.2 + named + filled / width - (0.7 if filled < width / 2 else 0)


def _has_dates(texts: list[str]) -> bool:
    return bool((~np.isnat(dates(pd.Series(texts, dtype=object), numbers=False).days)).any())


def clean(name: Any) -> str:
    """A header on one line, as the user would say it.

    >>> clean("契約\\n開始日"), clean(" Start\\n date ")
    ('契約開始日', 'Start date')
    """
    return " ".join(GAP.sub("", shown(name)).split())


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
