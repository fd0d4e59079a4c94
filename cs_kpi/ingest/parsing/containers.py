"""A look into a workbook's container before anything is unpacked: sizes, ratio, XML entities, extent of the cells."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable

from cs_kpi.errors import DataError
from cs_kpi.ingest.parsing.extents import Extent, is_absurd, of_content, of_worksheet
from cs_kpi.ingest.parsing.reasons import unreadable
from cs_kpi.locale import _

MOST_BYTES = 1 << 30
SUSPICIOUS_RATIO, SUSPICIOUS_BYTES = 200, 100 << 20
MOST_PARTS = 10_000
HEAD_BYTES = 1 << 16
MOST_RELATIONS_BYTES = 8 << 20
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
RELATIONS = "xl/_rels/workbook.xml.rels"
TARGET = re.compile(rb"\bTarget\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CONTENT = "content.xml"
LARGE_SHEETS = 8 << 20
"""Bytes of XML from which finding all cells takes so long that something else may be done meanwhile."""


def check(name: str, data: bytes, meanwhile: Callable[[], object] = lambda: None) -> bool:
    """Refuse a container that would harm the machine when opened; else whether some cell shows a failed formula.

    meanwhile : called where sizes and XML are found sound, and only the cells of large worksheets are left to look at
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(name, parts, len(data))
            sheets = _sheet_parts(archive, parts)
            for part in parts:
                if part in sheets or part.filename.casefold().endswith((".xml", ".rels")):
                    _check_head(name, archive, part)
            if _are_large_worksheets(sheets):
                meanwhile()
            extents = [extent for part in sheets for extent in _extents(archive, part)]
            _check_extents(name, extents)
            return any(extent.has_errors for extent in extents)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise unreadable("damaged", name) from error


def _check_sizes(name: str, parts: list[zipfile.ZipInfo], packed: int) -> None:
    if is_oversized(parts, packed):
        unpacked = sum(part.file_size for part in parts)
        raise DataError(_("The workbook '{file}' would unpack to {size} MB, which is not safe to open. Save only the "
                          "sheets you need in a new workbook, and choose that one.", file=name, size=unpacked >> 20))


def is_oversized(parts: list[zipfile.ZipInfo], packed: int) -> bool:
    """Whether a container of so many packed bytes would unpack to more than is safe."""
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > SUSPICIOUS_BYTES and unpacked > SUSPICIOUS_RATIO * max(packed, 1)
    return unpacked > MOST_BYTES or is_bomb or len(parts) > MOST_PARTS


def _sheet_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Every part that the reader may take for a sheet: whatever the workbook refers to, under any name."""
    targets = {name for part in parts if part.filename.casefold() == RELATIONS for name in _targets(archive, part)}
    return [part for part in parts if part.filename.casefold() in targets | {CONTENT}
            or SHEET_PART.fullmatch(part.filename)]


def _are_large_worksheets(sheets: list[zipfile.ZipInfo]) -> bool:
    """Not of an ods, which the reader lays out when it opens it."""
    is_ods = any(part.filename.casefold() == CONTENT for part in sheets)
    return not is_ods and sum(part.file_size for part in sheets) >= LARGE_SHEETS


def _targets(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> set[str]:
    with archive.open(part) as stream:
        found = TARGET.findall(stream.read(MOST_RELATIONS_BYTES))
    targets = {html.unescape((double or single).decode("utf-8", "replace")).casefold() for double, single in found}
    return {path for target in targets
            for path in (target.lstrip("/"), f"xl/{target}", posixpath.normpath(f"xl/{target}"))}


def _check_head(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if declares(archive, part):
        raise DataError(_("The workbook '{file}' contains XML definitions that no spreadsheet program writes, and was "
                          "not opened for safety. Save it again from Excel, and choose the new file.", file=name))


def declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part begins with XML definitions, which no office program writes."""
    with archive.open(part) as stream:
        head = stream.read(HEAD_BYTES)
    return DECLARATION.search(head.replace(b"\x00", b"")) is not None


def _extents(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[Extent]:
    with archive.open(part) as stream:
        return of_content(stream) if part.filename.casefold() == CONTENT else [of_worksheet(stream)]


def _check_extents(name: str, extents: list[Extent]) -> None:
    if is_absurd(extents):
        raise far_apart(name)


def far_apart(name: str) -> DataError:
    return DataError(_("A sheet of the workbook '{file}' has cells so far apart that it would not fit into memory. "
                       "Delete the stray cells far below or right of the table, save it, and choose it again.",
                       file=name))
