"""The single door for files: bytes in, sheets out. What a file is, its content decides, never its name."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pandas as pd

from cs_kpi.ingest.layout import tables_of
from cs_kpi.ingest.parsing import guard, text_files
from cs_kpi.ingest.parsing.even_text import LONGEST_CELL
from cs_kpi.ingest.parsing.grid_cells import MOST_SIGNS, Cells, laid_out
from cs_kpi.ingest.parsing.kinds import is_container, kind_of
from cs_kpi.ingest.parsing.reasons import REASONS, unreadable
from cs_kpi.ingest.parsing.watched import PACKED, TEXT, Pace, Watched
from cs_kpi.ingest.records import Fields, Sheet

LARGE = 5 << 20
"""Bytes of text for which a child is started; a smaller one is read before the child would have loaded pandas."""


def sheets(name: str, data: bytes, watched: Watched | None = None) -> list[Sheet]:
    """Every sheet of a file, hidden ones flagged; one with several tables as a sheet for each of them.

    name : the file's name as the user knows it; data : its bytes; watched : told how far it is, and may cancel it
    Whatever is packed is opened in a child process only; so is plain text, except where it is small.
    Raises DataError with one sentence where the file is not a spreadsheet, is protected, damaged or unsafe to open.
    """
    try:
        found = _packed_sheets(name, data, watched) if is_container(data) else [
            _text_sheet(name, data, watched)]
    except MemoryError as error:
        raise unreadable("too_big", name) from error
    if not found:
        raise unreadable("empty", name)
    return _named_apart([tables_of(sheet) for sheet in found])


def _named_apart(found: list[list[Sheet]]) -> list[Sheet]:
    """All tables of all sheets; a further table gets no name that another sheet has."""
    taken = {parts[0].name for parts in found}
    result = []
    for first, *others in found:
        result.append(first)
        numbers = (f"{first.name} ({number})" for number in count(2))
        for other in others:
            name = next(name for name in numbers if name not in taken)
            result.append(replace(other, name=name))
    return result


def pace_of(data: bytes) -> Pace:
    """How long files of this kind take."""
    return PACKED if is_container(data) else TEXT


def _text_sheet(name: str, data: bytes, watched: Watched | None) -> Sheet:
    kind = kind_of(data)
    if kind in REASONS:
        raise unreadable(kind, name)
    cells, fields = text_files.cells_and_fields(name, data) if len(data) < LARGE else _large_text(name, data, watched)
    return Sheet(name, Path(name).stem, cells, fields=fields)


def _large_text(name: str, data: bytes, watched: Watched | None) -> tuple[pd.DataFrame, Fields]:
    stream = guard.text_table(name, data, watched=watched)
    try:
        return text_files.of_stream(stream)
    except (ValueError, OSError) as error:
        raise unreadable("crashed", name) from error


def _packed_sheets(name: str, data: bytes, watched: Watched | None) -> list[Sheet]:
    grids = guard.grids(name, data, watched=watched)
    try:
        found = [list(map(Cells.of, grid.columns)) for grid in grids]
    except ValueError as error:
        raise unreadable("crashed", name) from error
    if any(column.longest > LONGEST_CELL for columns in found for column in columns):
        raise unreadable("long_cell", name)
    if sum(column.signs for columns in found for column in columns) > MOST_SIGNS:
        raise unreadable("too_big", name)
    return [Sheet(name, grid.name, laid_out(columns), grid.is_hidden, grid.merges)
            for grid, columns in zip(grids, found, strict=True)]
