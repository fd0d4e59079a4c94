"""The single door for files: bytes in, sheets out. What a file is, its content decides, never its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from cs_kpi.errors import DataError
from cs_kpi.ingest import text_files, workbooks
from cs_kpi.ingest.kinds import kind_of
from cs_kpi.ingest.records import Sheet
from cs_kpi.locale import Message, _

WORKBOOKS = ("xlsx", "xlsb", "xls", "ods")
READABLE = _("Give an Excel workbook (xlsx, xlsm, xls, xlsb), an OpenDocument spreadsheet (ods) or a text table "
             "(csv, tsv).")
REASONS: dict[str, Callable[[str], Message]] = {
    "empty": lambda name: _("The file '{file}' is empty. Save it again from the program it came from, and choose the "
                            "new file.", file=name),
    "encrypted": lambda name: _("The workbook '{file}' is protected with a password and cannot be opened. Save it "
                                "without a password and choose it again.", file=name),
    "html": lambda name: _("The file '{file}' is a web page, not a workbook. Open it in Excel, save it as .xlsx, and "
                           "choose it again.", file=name),
    "xml": lambda name: _("The file '{file}' is an XML file, not a workbook. Open it in Excel, save it as .xlsx, and "
                          "choose it again.", file=name),
    "picture": lambda name: _("The file '{file}' is a picture, not a spreadsheet. {readable}", file=name,
                              readable=READABLE),
    "pdf": lambda name: _("The file '{file}' is a PDF, not a spreadsheet. {readable}", file=name, readable=READABLE),
    "document": lambda name: _("The file '{file}' is a document or a presentation, not a spreadsheet. {readable}",
                               file=name, readable=READABLE),
    "archive": lambda name: _("The file '{file}' is an archive, not a workbook. Unpack it and choose the spreadsheet "
                              "inside.", file=name),
    "pointer": lambda name: _("The file '{file}' holds only a pointer to a file that is kept elsewhere. Download the "
                              "spreadsheet itself and choose it again.", file=name),
    "damaged": lambda name: _("The workbook '{file}' is damaged or incomplete. Download or save it again, and choose "
                              "the new file.", file=name),
    "unknown": lambda name: _("The file '{file}' is not a spreadsheet that can be read. {readable}", file=name,
                              readable=READABLE),
}


def sheets(name: str, data: bytes) -> list[Sheet]:
    """Every sheet of a file, hidden ones flagged.

    name : the file's name as the user knows it; data : its bytes
    Raises DataError with one sentence where the file is not a spreadsheet, is protected, damaged or unsafe to open.
    """
    kind = kind_of(data)
    if kind in REASONS:
        raise DataError(REASONS[kind](name))
    found = workbooks.sheets(name, data, kind) if kind in WORKBOOKS else [_text_sheet(name, data)]
    if not found:
        raise DataError(REASONS["empty"](name))
    return found


def _text_sheet(name: str, data: bytes) -> Sheet:
    cells: pd.DataFrame = text_files.cells(name, data)
    return Sheet(name, Path(name).stem, cells)
