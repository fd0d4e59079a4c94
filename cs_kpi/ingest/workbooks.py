"""Workbooks, read by calamine after a look at what the container declares. Runs in a child process (see guard.py).

Imports nothing heavy, so that the child starts at once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import python_calamine

from cs_kpi.ingest.containers import check, far_apart
from cs_kpi.ingest.error_cells import Errors, error_cells, with_errors
from cs_kpi.ingest.extents import MOST_CELLS
from cs_kpi.ingest.kinds import kind_of
from cs_kpi.ingest.reasons import REASONS, unreadable
from cs_kpi.ingest.wire import Grid, Merge, coded


def grids(name: str, data: bytes) -> list[Grid]:
    """The worksheets of a workbook in their order; chart and macro sheets have no cells and are left out."""
    kind = kind_of(data)
    if kind in REASONS:
        raise unreadable(kind, name)
    has_errors = kind != "xls" and check(name, data)
    try:
        return list(_grids(name, data, error_cells(data) if has_errors and kind == "xlsx" else []))
    except python_calamine.PasswordError as error:
        raise unreadable("encrypted", name) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable("damaged", name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable("damaged", name) from error


def _grids(name: str, data: bytes, errors: list[Errors]) -> Iterator[Grid]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = 0
    for place, meta in enumerate(workbook.sheets_metadata):
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(meta.name)
            cells += 0 if sheet.end is None else (sheet.end[0] + 1) * (sheet.end[1] + 1)
            if cells > MOST_CELLS:
                raise far_apart(name)
            yield Grid(meta.name, meta.visible != python_calamine.SheetVisibleEnum.Visible,
                       [] if sheet.end is None else _columns(sheet, errors[place] if place < len(errors) else {}),
                       _merges(sheet))


def _columns(sheet: Any, errors: Errors) -> list[tuple[list[Any], Any]]:
    """The cells from A1 on, None where empty."""
    rows = with_errors(sheet.to_python(skip_empty_area=False), errors)
    found = [coded(column) for column in zip(*rows, strict=True)]
    return [([None if word == "" else word for word in words], codes) for words, codes in found]


def _merges(sheet: Any) -> tuple[Merge, ...]:
    """Merged cells that reach into the cells with a value; none where the format does not tell them."""
    if sheet.end is None:
        return ()
    found = sheet.merged_cell_ranges or []
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in found
                 if top <= sheet.end[0] and left <= sheet.end[1] and (top, left) != (bottom, right))
