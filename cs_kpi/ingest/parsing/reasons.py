"""Why a file cannot be read, by what it turned out to be: one sentence each, in one place."""

from __future__ import annotations

from collections.abc import Callable

from cs_kpi.errors import DataError
from cs_kpi.locale import Message, _

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
    "json": lambda name: _("The file '{file}' is JSON, not a table. Export the data as CSV or as an Excel workbook, "
                           "and choose that file.", file=name),
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
    "too_big": lambda name: _("The file '{file}' needs more memory than this computer can spare for one file. Save "
                              "only the sheets and columns you need in a new file, and choose that one.", file=name),
    "too_slow": lambda name: _("Reading the file '{file}' took too long and was stopped. Save only the sheets and "
                               "columns you need in a new file, and choose that one.", file=name),
    "cancelled": lambda name: _("Reading the file '{file}' was cancelled, and nothing of it was kept. Choose it again "
                                "whenever you like.", file=name),
    "long_cell": lambda name: _("A cell of the file '{file}' holds more characters than any spreadsheet program keeps "
                                "in one. Shorten or delete it, and choose the file again.", file=name),
    "crashed": lambda name: _("The file '{file}' could not be read, because something in it is damaged or unusual. "
                              "Open it in Excel, save it as a new .xlsx workbook, and choose that one.", file=name),
    "unknown": lambda name: _("The file '{file}' is not a spreadsheet that can be read. {readable}", file=name,
                              readable=READABLE),
}


def unreadable(kind: str, name: str) -> DataError:
    """The error for a file of such a kind (a key of REASONS)."""
    return DataError(REASONS[kind](name))
