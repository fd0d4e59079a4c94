"""How far the cells of a sheet reach, told from its packed XML in one pass, before anything is laid out in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from string import ascii_uppercase
from typing import IO

CHUNK = 1 << 18
"""Bytes that stay in the processor's cache while they are looked through."""
LONGEST_TAG = 1 << 20
SAFE_CELLS = 2_000_000
"""So many cells fit into memory however few of them are filled."""
MOST_CELLS = 20_000_000
SPARSE = 50
"""A table has a value in more than one of so many cells; else stray cells lie far from it, or one is repeated."""
USUAL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
UNUSUAL = re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]{1,3}\d{1,7}")|<\w+:c[\s/>]')
"""Cells as all spreadsheet programs write them, and others that a reader would take all the same."""
OUTLINE = bytes.maketrans(b":" + ascii_uppercase.encode(), b"<" + b"A" * len(ascii_uppercase))
DIGITS = b"0123456789."
"""A cell of columns A to Z, with a prefix or without, has `<c r="A"` where every capital letter became an A, every
colon an angle bracket, and no digits are left."""
PLAIN_ROW = re.compile(rb'<row r="(\d{1,7})')
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?:[^>]*?\sr\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,8})[\"'])?[^>]*(?<!/)>")
LOOSE_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])(?:[^>]*?\sr\s*=\s*[\"'](\d{1,8})[\"'])?[^>]*>")
ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])"
                     rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
REPEATED = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d{1,9})")


FAILED = b't="e"'
"""The kind of a cell that shows an error."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The rows and columns that the cells of a sheet span from A1, how many of them the file really holds, and whether
    some show that their formula failed."""

    rows: int = 0
    columns: int = 0
    written: int = 0
    has_errors: bool = False


def is_absurd(extents: Iterable[Extent]) -> bool:
    """Whether sheets would fill the memory: too many cells, or a few cells spread or repeated over very many."""
    listed = list(extents)
    cells = sum(extent.rows * extent.columns for extent in listed)
    return cells > MOST_CELLS or is_sparse(cells, sum(extent.written for extent in listed))


def is_sparse(cells: int, written: int) -> bool:
    """Whether very many cells would be laid out for the few that are written."""
    return cells > SAFE_CELLS and cells > SPARSE * written


def of_worksheet(stream: IO[bytes]) -> Extent:
    """The extent of a worksheet of xlsx; cells without content do not count, as the reader leaves them out.

    Where all cells say where they stand and none stands right of column Z, they are counted, not read one by one:
    such a sheet is small enough however its rows are numbered.
    """
    letters: set[bytes] = set()
    rows = written = 0
    has_errors = False
    for piece in pieces(stream):
        outline = piece.translate(OUTLINE, DIGITS)
        has_errors = has_errors or FAILED in outline
        cells = outline.count(b"<c")
        if cells and cells == outline.count(b'<c r="A"'):
            written += cells
            letters.add(b"Z")
            rows = max([rows, *map(int, PLAIN_ROW.findall(piece))])
            continue
        if UNUSUAL.search(piece):
            stream.seek(0)
            return _of_unusual(stream)
        found = USUAL.findall(piece)
        written += len(found)
        letters.update(map(itemgetter(0), found))
        rows = max([rows, *map(int, set(map(itemgetter(1), found)))])
    return Extent(rows, max(map(_column_number, letters), default=0), written, has_errors)


def _of_unusual(stream: IO[bytes]) -> Extent:
    """Where cells or rows do not say where they stand, they are taken to stand as far out as they can."""
    letters: set[bytes] = set()
    lowest = written = loose = longest = last_row = rows_unnumbered = 0
    has_errors = False
    for piece in pieces(stream):
        has_errors = has_errors or FAILED in piece
        found = CELL.findall(piece)
        written += len(found)
        letters.update(map(itemgetter(0), found))
        lowest = max([lowest, *(int(number or 0) for _letters, number in found)])
        numbers = ROW.findall(piece)
        last_row = max([last_row, *(int(number or 0) for number in numbers)])
        rows_unnumbered += numbers.count(b"")
        in_rows = [len(LOOSE_CELL.findall(row)) for row in ROW.split(piece)[::2]]
        in_rows[0] += loose
        loose, longest = in_rows[-1], max(longest, *in_rows)
    columns = max(map(_column_number, letters), default=0)
    if b"" not in letters:
        return Extent(lowest, columns, written, has_errors)
    return Extent(max(lowest, last_row + rows_unnumbered), columns + longest, written, has_errors)


def of_content(stream: IO[bytes]) -> list[Extent]:
    """The extents of the tables of an ods; what is repeated counts as often, empty rows and columns at the end not."""
    found: list[Extent] = []
    row = column = repeats = last_row = last_column = row_end = written = 0
    for piece in pieces(stream):
        for closing, tag, inside in ODS_TAG.findall(piece):
            is_empty = inside.endswith(b"/")
            if tag == b"table-row" and not closing:
                column = row_end = 0
                repeats = _repeats(inside)
            if tag.endswith(b"cell") and not closing:
                column += _repeats(inside)
                if not is_empty or b"office:" in inside:
                    row_end = column
                    written += 1
            if tag == b"table-row" and (closing or is_empty):
                row += repeats
                last_row, last_column = (row, max(last_column, row_end)) if row_end else (last_row, last_column)
            if tag == b"table" and closing:
                found.append(Extent(last_row, last_column, written))
                row = last_row = last_column = written = 0
    return [*found, Extent(last_row, last_column, written)]


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces that end between two tags."""
    rest = b""
    while chunk := stream.read(CHUNK):
        data = rest + chunk
        cut = data.rfind(b"<")
        is_whole = cut < 0 or data.find(b">", cut) >= 0 or len(data) - cut > LONGEST_TAG
        rest = b"" if is_whole else data[cut:]
        yield data if is_whole else data[:cut]
    yield rest


def _repeats(inside: bytes) -> int:
    found = REPEATED.search(inside)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
