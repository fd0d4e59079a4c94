"""Cells of a workbook whose formula failed (#REF!, #DIV/0!): the reader gives them out as empty, and a lost end date
would become a running contract. Runs in the child process; imports nothing heavy."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

CHUNK = 1 << 20
MOST_BYTES = 8 << 20
LONGEST_CELL = 1 << 16
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bt=\"e\"[^>]*>.{0,8192}?</(?:\w+:)?c>", re.DOTALL)
PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
VALUE = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,20})</")
ABSENT = "#N/A"
"""Says that there is no value, which an empty cell says as well."""

Errors = dict[tuple[int, int], str]


def error_cells(data: bytes) -> list[Errors]:
    """Per sheet, in the workbook's order: (row, column), counted from 0, -> what the cell shows.

    data : an xlsx workbook that `containers.check` has let pass. None of another kind, or with another layout, is
        looked into: the list is empty then.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [dict(_errors(archive, part)) if part else {} for part in _parts(archive)]
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, NotImplementedError, EOFError):
        return []


def with_errors(rows: Iterable[list[Any]], errors: Errors) -> Iterator[list[Any]]:
    """The rows with the errors in the empty cells where they stand."""
    return _filled(rows, errors) if errors else iter(rows)


def _filled(rows: Iterable[list[Any]], errors: Errors) -> Iterator[list[Any]]:
    by_row: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), text in errors.items():
        by_row[row].append((column, text))
    for place, cells in enumerate(rows):
        for column, text in by_row.get(place, ()):
            if column < len(cells) and cells[column] == "":
                cells[column] = text
        yield cells


def _parts(archive: zipfile.ZipFile) -> list[str]:
    """The part of each sheet, or nothing where the workbook does not say it."""
    names = {name.casefold(): name for name in archive.namelist()}
    targets = {_attribute(found, b"Id"): _attribute(found, b"Target")
               for found in RELATION.findall(_start(archive, names.get("xl/_rels/workbook.xml.rels")))}
    found = [targets.get(_attribute(sheet, rb"\w+:id"), "")
             for sheet in SHEET.findall(_start(archive, names.get("xl/workbook.xml")))]
    return [names.get(_path(target).casefold(), "") for target in found]


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _attribute(attributes: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attributes)
    return html.unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def _start(archive: zipfile.ZipFile, part: str | None) -> bytes:
    if part is None:
        return b""
    with archive.open(part) as stream:
        return stream.read(MOST_BYTES)


def _errors(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(CHUNK):
            text, after = rest + chunk, 0
            if b't="e"' in text:
                for cell in CELL.finditer(text):
                    after = cell.end()
                    place, value = PLACE.search(cell[0]), VALUE.search(cell[0])
                    if place and value and value[1].decode("ascii", "replace") != ABSENT:
                        yield (int(place[2]) - 1, _column(place[1])), value[1].decode("ascii", "replace")
            rest = text[max(after, len(text) - LONGEST_CELL):]


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
