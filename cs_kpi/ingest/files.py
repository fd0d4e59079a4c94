"""The single door for files: bytes in, sheets out. What a file is, its content decides, never its name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cs_kpi.ingest import text_files, workbooks
from cs_kpi.ingest.kinds import kind_of
from cs_kpi.ingest.reasons import REASONS, unreadable
from cs_kpi.ingest.records import Sheet

WORKBOOKS = ("xlsx", "xlsb", "xls", "ods")


def sheets(name: str, data: bytes) -> list[Sheet]:
    """Every sheet of a file, hidden ones flagged.

    name : the file's name as the user knows it; data : its bytes
    Raises DataError with one sentence where the file is not a spreadsheet, is protected, damaged or unsafe to open.
    """
    kind = kind_of(data)
    if kind in REASONS:
        raise unreadable(kind, name)
    found = workbooks.sheets(name, data, kind) if kind in WORKBOOKS else [_text_sheet(name, data)]
    if not found:
        raise unreadable("empty", name)
    return found


def _text_sheet(name: str, data: bytes) -> Sheet:
    cells: pd.DataFrame = text_files.cells(name, data)
    return Sheet(name, Path(name).stem, cells)
