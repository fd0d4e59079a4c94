"""Rows of a text file with more fields than the header: an amount such as 12,000 without quotes is two fields there.

A row is put together again only where one way alone gives as many fields as the header and cells that fit their
columns; where there is none or several, the row is refused, since reading on would read 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from cs_kpi.ingest import torn_short
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.amounts import amount_of_text
from cs_kpi.ingest.values.date_styles import parts_of_text
from cs_kpi.ingest.values.uniques import is_not_yet, is_nothing
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

Kind = Literal["date", "number", "text"]
Cells = tuple[str, ...]
GROUPED = re.compile(r"[^\d,]{0,4}[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?[^\d,]{0,4}")
BEGINNING = re.compile(r"[^\d,]{0,4}[1-9]\d{0,2}")
GROUP = re.compile(r"\d{3}(?:\.\d+)?[^\d,]{0,4}")
REST = re.compile(r"0\d\d")
"""What stands behind the comma of 12,000, and hardly ever alone."""
MOSTLY, NAMED = 0.8, 0.8
SAMPLE = 2000
MOST_WIDE = 40
"""A row is not searched for ways where it has more fields than this beside the header's."""
HIDDEN = _("In other rows of this file amounts such as 12,000 are torn apart by their comma, and this row may be such "
           "a one whose last cells are missing. Put amounts into quotes, or export them without separators, and load "
           "the file again.")
SHORT = _("This amount and the cell behind it look like one amount that its comma has torn apart, since the other rows "
          "pay far more and have something else in the next column. Put amounts into quotes, or export them without "
          "separators, and load the file again.")


class Torn(NamedTuple):
    """A row that cannot be read: the column and the value to show, and why."""

    column: str
    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Whole:
    """The cells below a header, torn ones joined; `refused` rows are still among them."""

    cells: pd.DataFrame
    refused: Mapping[int, Torn] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def mended(sheet: Sheet, row: int, levels: int, named: Sequence[str]) -> Whole:
    """The cells below the header of a sheet, and what is to be told of rows with more fields than it.

    row, levels : the header's last row, counted from 1, and how many rows it takes; named : what it calls each column
    """
    below = sheet.cells.iloc[row:]
    if sheet.fields is None or not row or not len(below):
        return Whole(below)
    if sheet.fields.counts is None:
        return _even(below, sheet.fields.delimiter, row, named)
    counts = sheet.fields.counts[row:row + len(below)].astype(np.int64)
    width = int(sheet.fields.counts[row - levels:row].max())
    width += _trailing(below, counts, width)
    wide = np.flatnonzero(counts > width)
    kinds = _kinds(below[counts == width], width, named)
    return _Mending(below, counts, kinds, sheet.fields.delimiter, row, named).whole(wide.tolist())


def _even(below: pd.DataFrame, delimiter: str, row: int, named: Sequence[str]) -> Whole:
    """The same where all rows have as many fields as the header."""
    if delimiter != ",":
        return Whole(below)
    width = below.shape[1]
    counts = np.full(len(below), width)
    return _Mending(below, counts, _kinds(below, width, named), delimiter, row, named).whole([])


def _trailing(below: pd.DataFrame, counts: np.ndarray, width: int) -> int:
    """How many blank fields end every row, as where only the header lacks the last delimiter."""
    filled = counts[counts > 1]
    more = int(filled.min()) - width if len(filled) else 0
    return more if more > 0 and below.iloc[:, width:width + more].isna().all(axis=None) else 0


def _kinds(fitting: pd.DataFrame, width: int, named: Sequence[str]) -> list[Kind | None]:
    """What each column holds by the rows that are whole, else by its header; an id is text, however it looks."""
    return [_kind(fitting.iloc[:SAMPLE, place] if place < fitting.shape[1] else pd.Series(dtype="str"),
                  named[place] if place < len(named) else "") for place in range(width)]


def _kind(cells: pd.Series, header: str) -> Kind | None:
    rated = places(header) if header else {}
    place = max(rated, key=lambda at: rated[at], default=None)
    meant = TABLES[place.table].by_name[place.field].kind if place and rated[place] >= NAMED else None
    if meant in ("id", "text", "choice", "flag"):
        return "text"
    seen = looks(cells)
    if seen.filled:
        return "date" if seen.dates >= MOSTLY else "number" if seen.numbers >= MOSTLY else "text"
    return "date" if meant == "date" else "number" if meant in ("money", "number") else None


class _Mending:
    """The rows of one table, and what is found out about them."""

    def __init__(self, below: pd.DataFrame, counts: np.ndarray, kinds: list[Kind | None], delimiter: str, row: int,
                 named: Sequence[str]) -> None:
        self._below, self._counts, self._kinds, self._delimiter = below, counts, kinds, delimiter
        self._first, self._named = row + 1, named

    def whole(self, wide: list[int]) -> Whole:
        joined: dict[int, Cells] = {}
        refused: dict[int, Torn] = {}
        kept = []
        for place in wide:
            cells = self._cells(place)
            ways = self._ways(cells)
            if len(ways) == 1:
                joined[place] = ways[0]
            elif not ways and self._fits(cells[:len(self._kinds)]):
                kept.append(place)
            else:
                refused[place + self._first] = self._torn(cells)
        if joined or refused:
            refused |= {place + self._first: self._hidden(place) for place in self._suspects()}
        refused |= {place + self._first: torn for place, torn in self._short() if place not in joined}
        return Whole(self._with(joined), refused, tuple(self._notes(joined, kept)))

    def _cells(self, place: int) -> Cells:
        """The fields of a row as text, blank ones at the end included."""
        cells = self._below.iloc[place, :int(self._counts[place])]
        filled = ["" if cell is None or cell != cell else str(cell) for cell in cells]
        return tuple(filled + [""] * (int(self._counts[place]) - len(filled)))

    def _ways(self, cells: Cells) -> list[Cells]:
        """How a row can have the header's width: amounts joined, or blank fields at its end left out; two are enough
        to know that it cannot be told."""
        width = len(self._kinds)
        if len(cells) > width + MOST_WIDE:
            return []
        found = [] if any(cells[width:]) or not self._fits(cells[:width]) else [cells[:width]]
        if self._delimiter == ",":
            for way in self._joined(cells, 0, 0):
                if way not in found:
                    found.append(way)
                if len(found) > 1:
                    break
        return found

    def _joined(self, cells: Cells, start: int, column: int) -> Iterator[Cells]:
        """Every way to fill the columns from one on with the fields from one on, at least one of them joined."""
        missing = len(cells) - start - (len(self._kinds) - column)
        if column == len(self._kinds) or missing < 0:
            if column == len(self._kinds) and not missing:
                yield ()
            return
        if self._fits_column(cells[start], column):
            yield from ((cells[start], *rest) for rest in self._joined(cells, start + 1, column + 1))
        if self._kinds[column] in ("text", "date") or not BEGINNING.fullmatch(cells[start]):
            return
        for more in range(1, missing + 1):
            if not GROUP.fullmatch(cells[start + more]):
                return
            text = ",".join(cells[start:start + more + 1])
            if GROUPED.fullmatch(text) and amount_of_text(text) is not None:
                yield from ((text, *rest) for rest in self._joined(cells, start + more + 1, column + 1))

    def _fits(self, cells: Cells) -> bool:
        return all(self._fits_column(cell, column) for column, cell in enumerate(cells))

    def _fits_column(self, cell: str, column: int) -> bool:
        kind = self._kinds[column]
        if kind is None or kind == "text" or is_nothing(cell) or is_not_yet(cell):
            return True
        if kind == "date":
            return parts_of_text(nfkc(cell), numbers=True) is not None
        return amount_of_text(cell) is not None and not REST.fullmatch(cell)

    def _suspects(self) -> list[int]:
        """Rows no wider than the header in which a number is followed by what only stands behind a comma."""
        texts = self._below.iloc[:, :len(self._kinds)]
        found = np.zeros(len(texts), dtype=bool)
        for place in range(1, texts.shape[1]):
            if self._kinds[place] == "number" and self._kinds[place - 1] in ("number", None):
                found |= (texts.iloc[:, place].str.fullmatch(REST.pattern).fillna(False)
                          & texts.iloc[:, place - 1].str.fullmatch(BEGINNING.pattern).fillna(False)).to_numpy(bool)
        return np.flatnonzero(found & (self._counts <= len(self._kinds))).tolist()

    def _hidden(self, place: int) -> Torn:
        return self._torn(self._cells(place), HIDDEN)

    def _short(self) -> Iterator[tuple[int, Torn]]:
        """Rows as wide as the header that fit their columns better with an amount joined and their last cell blank."""
        if self._delimiter != ",":
            return
        numbers = [kind == "number" for kind in self._kinds]
        texts = [kind in ("text", None) for kind in self._kinds]
        for place, column in torn_short.suspects(self._below.iloc[:, :len(self._kinds)], numbers, texts):
            cells = self._cells(place)
            whole = (f"{cells[column]},{cells[column + 1]}", *cells[column + 2:])
            if len(cells) <= len(self._kinds) and all(map(self._fits_column, whole, range(column, len(cells)))):
                yield place, Torn(self._named[column], self._delimiter.join(cells), SHORT)

    def _torn(self, cells: Cells, reason: Message | None = None) -> Torn:
        width = len(self._kinds)
        column = next((place for place, kind in enumerate(self._kinds) if kind == "number"), 0)
        column = next((place for place in range(min(width, len(cells))) if not self._fits_column(cells[place], place)),
                      column)
        return Torn(self._named[column] if column < len(self._named) else "", self._delimiter.join(cells), reason or _(
            "The row has {fields} cells and the header {width}: a comma without quotes has torn a cell apart, and it "
            "cannot be told for certain which. Put amounts and texts with a comma into quotes, or export amounts "
            "without separators, and load the file again.", fields=len(cells), width=width))

    def _with(self, joined: Mapping[int, Cells]) -> pd.DataFrame:
        """The cells with the joined rows, which leave blank what they no longer fill."""
        if not joined:
            return self._below
        rows, below = list(joined), self._below.copy()
        for column in range(below.shape[1]):
            below.iloc[rows, column] = [way[column] or None if column < len(way) else None for way in joined.values()]
        return below

    def _notes(self, joined: Mapping[int, Cells], kept: list[int]) -> Iterator[Message]:
        if joined:
            rows = np.array(list(joined)) + self._first
            example = next((cell for way in joined.values() for cell in way if GROUPED.fullmatch(cell)), "")
            if example:
                yield _("Amounts such as {example}, which their comma had torn into two cells, were put together "
                        "again: {count} (row {rows}). Quotes around such amounts in the file make sure of it.",
                        example=example, count=len(rows), rows=first_rows(rows))
        if kept:
            rows = np.array(kept) + self._first
            yield _("Rows with more cells than the header has: {count} (row {rows}). What stands behind the last "
                    "header is kept apart. If a text with a comma is torn apart there, put it into quotes and load "
                    "the file again.", count=len(rows), rows=first_rows(rows))
