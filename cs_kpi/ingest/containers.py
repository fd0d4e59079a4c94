"""A look into a workbook's container before anything is unpacked: sizes, ratio, XML entities, declared extent."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from cs_kpi.errors import DataError
from cs_kpi.ingest.reasons import unreadable
from cs_kpi.locale import _

MOST_BYTES = 1 << 30
SUSPICIOUS_RATIO, SUSPICIOUS_BYTES = 200, 100 << 20
MOST_PARTS = 10_000
MOST_CELLS = 60_000_000
SCANNED_BYTES = 8 << 20
"""Sheets up to this size are searched for the cells furthest out; larger ones cannot be nearly empty."""
HEAD_BYTES = 1 << 16
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,8})"')
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,4})(\d{1,8})"')
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def check(name: str, data: bytes) -> None:
    """Refuse a container that would harm the machine when opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(name, parts, len(data))
            for part in parts:
                if part.filename.casefold().endswith((".xml", ".rels")):
                    _check_part(name, archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise unreadable("damaged", name) from error


def _check_sizes(name: str, parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > SUSPICIOUS_BYTES and unpacked > SUSPICIOUS_RATIO * max(packed, 1)
    if unpacked > MOST_BYTES or is_bomb or len(parts) > MOST_PARTS:
        raise DataError(_("The workbook '{file}' would unpack to {size} MB, which is not safe to open. Save only the "
                          "sheets you need in a new workbook, and choose that one.", file=name, size=unpacked >> 20))


def _check_part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    is_sheet = SHEET_PART.fullmatch(part.filename) is not None
    with archive.open(part) as stream:
        content = stream.read(SCANNED_BYTES + 1 if is_sheet and part.file_size <= SCANNED_BYTES else HEAD_BYTES)
    if DECLARATION.search(content[:HEAD_BYTES].replace(b"\x00", b"")):
        raise DataError(_("The workbook '{file}' contains XML definitions that no spreadsheet program writes, and was "
                          "not opened for safety. Save it again from Excel, and choose the new file.", file=name))
    if is_sheet and _extent(content) > MOST_CELLS:
        raise DataError(_("A sheet of the workbook '{file}' has cells so far apart that it would not fit into memory. "
                          "Delete the stray cells far below or right of the table, save it, and choose it again.",
                          file=name))


def _extent(content: bytes) -> int:
    """Rows x columns that the cells seen here span."""
    found = CELL.findall(content)
    rows = max((int(number) for _letters, number in found), default=0)
    rows = max(rows, max(map(int, ROW.findall(content)), default=0) if found else 0)
    return rows * max((_column_number(letters) for letters, _row in found), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
