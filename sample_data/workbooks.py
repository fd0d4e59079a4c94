"""Sheets of plain rows written as xlsx, the same bytes for the same rows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

WRITTEN_ON = "2025-04-01T09:00:00Z"
ZIP_TIME = (2025, 4, 1, 9, 0, 0)
HEADER_FONT = Font(bold=True)
HEADER_FILL = PatternFill("solid", start_color="DDE6F0")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as rows of values; `header_row` counts from 1, 0 for none."""

    title: str
    rows: Sequence[Sequence[object]]
    header_row: int = 1
    widths: dict[int, float] = field(default_factory=dict)


def display_width(value: object) -> float:
    """Roughly how wide a cell is: a Japanese character takes two columns."""
    if isinstance(value, date):
        return 11
    lines = str("" if value is None else value).split("\n")
    return max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in lines)


def column_widths(rows: Sequence[Sequence[object]], sample: int = 60) -> Iterable[float]:
    """A width per column, from the first rows."""
    count = max((len(row) for row in rows[:sample]), default=0)
    for column in range(count):
        seen = [display_width(row[column]) for row in rows[:sample] if len([v for v in row if v is not None]) > 1
                and column < len(row)]  # fmt: skip
        yield min(44, max([6.0, *seen]) + 2)


def write_sheet(book: Workbook, sheet: Sheet) -> None:
    """Append a sheet to the workbook."""
    page = book.create_sheet(sheet.title)
    for number, width in enumerate(column_widths(sheet.rows), start=1):
        page.column_dimensions[get_column_letter(number)].width = sheet.widths.get(number, width)
    if sheet.header_row:
        page.freeze_panes = f"A{sheet.header_row + 1}"
    for number, row in enumerate(sheet.rows, start=1):
        page.append([header_cell(page, value) for value in row] if number == sheet.header_row else list(row))


def header_cell(page: object, value: object) -> WriteOnlyCell:
    """A cell that looks like a header."""
    cell = WriteOnlyCell(page, value=value)
    cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, Alignment(wrap_text=True, vertical="center")
    return cell


def save(sheets: Iterable[Sheet], path: Path) -> None:
    """Write the workbook without anything of the clock in it."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        write_sheet(book, sheet)
    raw = BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(timeless(raw.getvalue()))


def timeless(content: bytes) -> bytes:
    """The same workbook with fixed times in its properties and in its zip entries."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", WRITTEN_ON.encode(), part)
            info = ZipInfo(name, ZIP_TIME)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, part, compresslevel=9)
    return result.getvalue()
