"""Workbooks, read by calamine after a look at what the container holds. Runs in a child process (see guard.py).

The first sheet of a large workbook is parsed while its cells are still looked at for how far apart they stand; its
values are taken only when that is over, and a refusal ends the process with the parser in it.

Imports nothing heavy, so that the child starts at once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import python_calamine

from cs_kpi.ingest.parsing.containers import check, far_apart
from cs_kpi.ingest.parsing.error_cells import Errors, error_cells, with_errors
from cs_kpi.ingest.parsing.extents import MOST_CELLS
from cs_kpi.ingest.parsing.incoming import Incoming, Room
from cs_kpi.ingest.parsing.kinds import kind_of
from cs_kpi.ingest.parsing.reasons import REASONS, unreadable
from cs_kpi.ingest.parsing.wire import Column, Grid, Merge

if TYPE_CHECKING:
    from concurrent.futures import Future

BLOCK = 500
"""Rows whose cells stay in the processor's cache while they are taken apart."""
Opened = tuple[Any, Any]
"""A workbook and its first worksheet."""


def grids(name: str, data: bytes) -> list[Grid]:
    """The worksheets of a workbook in their order; chart and macro sheets have no cells and are left out."""
    kind = kind_of(data)
    if kind in REASONS:
        raise unreadable(kind, name)
    begun: list[Future[Opened]] = []
    has_errors = kind != "xls" and check(name, data, lambda: begun.append(_begun(data)))
    try:
        errors = error_cells(data) if has_errors and kind == "xlsx" else []
        return list(_grids(name, errors, *(begun.pop().result() if begun else _opened(data))))
    except python_calamine.PasswordError as error:
        raise unreadable("encrypted", name) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable("damaged", name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable("damaged", name) from error


def _begun(data: bytes) -> Future[Opened]:
    """The same from another thread: calamine lets this one run. Nobody waits for it who does not want what it makes."""
    from concurrent.futures import ThreadPoolExecutor  # with logging, for which small files should not wait

    return ThreadPoolExecutor(1).submit(_opened, data)


def _opened(data: bytes) -> Opened:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return workbook, next((workbook.get_sheet_by_name(meta.name) for meta in workbook.sheets_metadata
                           if meta.typ == python_calamine.SheetTypeEnum.WorkSheet), None)


def _grids(name: str, errors: list[Errors], workbook: Any, first: Any) -> Iterator[Grid]:
    """Nobody else keeps the first sheet, so that only one is there at a time."""
    cells, room = 0, Room()
    for place, meta in enumerate(workbook.sheets_metadata):
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet, first = first or workbook.get_sheet_by_name(meta.name), None
            cells += 0 if sheet.end is None else (sheet.end[0] + 1) * (sheet.end[1] + 1)
            if cells > MOST_CELLS:
                raise far_apart(name)
            yield Grid(meta.name, meta.visible != python_calamine.SheetVisibleEnum.Visible,
                       [] if sheet.end is None else _columns(sheet, errors[place] if place < len(errors) else {}, room),
                       _merges(sheet))


def _columns(sheet: Any, errors: Errors, room: Room) -> list[Column]:
    """The cells from A1 on, None where empty; a block of rows at a time, so that no more of them are there at once."""
    rows, left = sheet.iter_rows(), [""] * sheet.start[1]
    rows = with_errors((left + row for row in rows) if left else rows, errors)
    columns = [Incoming(room) for _column in range(sheet.end[1] + 1)]
    while block := list(islice(rows, BLOCK)):
        for column, cells in zip(columns, zip(*block, strict=True), strict=True):
            column.extend(cells)
    return [column.column for column in columns]


def _merges(sheet: Any) -> tuple[Merge, ...]:
    """Merged cells that reach into the cells with a value; none where the format does not tell them."""
    if sheet.end is None:
        return ()
    found = sheet.merged_cell_ranges or []
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in found
                 if top <= sheet.end[0] and left <= sheet.end[1] and (top, left) != (bottom, right))
