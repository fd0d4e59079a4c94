"""Several tables on one sheet, side by side or one under the other, each taken as a sheet of its own.

Works on which cells are filled, and looks at words only where blank rows or columns could part two tables. A part
becomes a table of its own only with a header of its own; when in doubt the sheet stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from cs_kpi.ingest.header_levels import MOST_LEVELS, NUMBERLIKE, clean, is_unit
from cs_kpi.ingest.month_names import FEWEST, month_headers
from cs_kpi.ingest.month_years import YEAR, is_bare_month
from cs_kpi.ingest.naming.vocabulary import is_known, may_name_customer, names_customer
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.parsing.blocks import blocks
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.turned import turned
from cs_kpi.ingest.wide_units import said_of_all

HEAD_ROWS, BLOCK_ROWS = 50, 4
"""So far down a table's header is looked for: of a sheet, and behind blank rows."""
FEWEST_KNOWN = 2
"""So many known names stand beside one that only may be a customer's."""
ENOUGH_KNOWN, SAME = 0.5, 0.6
SHORT, FEWEST_ROWS = 0.5, 6
"""A box beside a table is not half as long as the table, which has at least so many rows."""
SEEN_ROWS = 20
NOTE = re.compile(r"[※＊*]|注|備考|note\b|source\b|出典", re.IGNORECASE)


class Box(NamedTuple):
    """A part of a sheet; bottom and right lie outside."""

    top: int
    left: int
    bottom: int
    right: int


def tables_of(sheet: Sheet) -> list[Sheet]:
    """The tables of a sheet, each a sheet in which its cells stand where they stood; boxes of others come last.

    Usually the sheet alone. Further ones are called "NAME (2)", "NAME (3)".
    """
    page = _Page(sheet)
    boxes = page.tables(Box(0, 0, *sheet.cells.shape))
    if len(boxes) == 1:
        return [turned(sheet)]
    ordered = sorted(boxes, key=lambda box: not page.is_table(box))
    above = page.said_of_all(boxes[0])
    names = [sheet.name if not place else f"{sheet.name} ({place + 1})" for place in range(len(ordered))]
    return [replace(turned(page.part(box)), above=above, is_box=not page.is_table(box), name=name)
            for name, box in zip(names, ordered, strict=True)]


class _Page:
    """A sheet's cells, and which of them are filled."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._filled = np.empty(sheet.cells.shape, dtype=bool, order="F")  # column by column, as it is written
        for place in range(sheet.cells.shape[1]):
            self._filled[:, place] = sheet.cells.iloc[:, place].notna().to_numpy(dtype=bool)

    def tables(self, box: Box) -> list[Box]:
        for parted in (self._stacked, self._beside):
            parts = parted(box)
            if len(parts) > 1:
                return [table for part in parts for table in self.tables(part)]
        return [box]

    def part(self, box: Box) -> Sheet:
        """The sheet with nothing but the cells of a box, and titles that are merged over it and others."""
        rows = np.flatnonzero(self._filled[box.top:box.bottom, box.left:box.right].any(axis=1))
        cells = self._sheet.cells.iloc[:box.top + int(rows.max(initial=-1)) + 1, :box.right].astype(object)
        kept = np.zeros(cells.shape, dtype=bool)
        kept[box.top:, box.left:] = True
        part = cells.where(kept, None)
        for top, left, _bottom, right in self._sheet.merges:
            if top < box.top + HEAD_ROWS and box.top <= top < box.bottom and left < box.left <= right:
                part.iat[top, box.left] = self._sheet.cells.iat[top, left]
        merges = tuple(merge for merge in self._sheet.merges if box.top <= merge[0] < box.bottom
                       and box.left <= merge[1] < box.right)
        is_whole = box.left == 0 and box.right == self._sheet.cells.shape[1]
        told = self._sheet.fields
        return replace(self._sheet, cells=part, merges=merges,
                       fields=told if is_whole or told is None else replace(told, counts=None))

    def said_of_all(self, first: Box) -> str:
        """What stands above the first table and speaks of the unit of all."""
        header = self.header(first)
        rows = range(first.top, header if header is not None else first.top)
        return said_of_all(text for row in rows for text in self._texts(row, Box(0, 0, *self._filled.shape)) if text)

    def _texts(self, row: int, box: Box) -> list[str]:
        return [clean(cell) for cell in self._sheet.cells.iloc[row, box.left:box.right]]

    def header(self, box: Box, rows: int = HEAD_ROWS) -> int | None:
        """The first row of a box that is surely a header."""
        last = min(box.top + rows, box.bottom)
        several = np.flatnonzero(self._filled[box.top:last, box.left:box.right].sum(axis=1) > 1) + box.top
        return next((int(row) for row in several if is_header(self._texts(int(row), box))), None)

    def _stacked(self, box: Box) -> list[Box]:
        """Parts one under the other, where blank rows stand before another header."""
        starts = list(self._starts(box))
        edges = [box.top, *starts, box.bottom]
        return [box._replace(top=top, bottom=bottom) for top, bottom in pairwise(edges)]

    def _starts(self, box: Box) -> Iterator[int]:
        """The rows at which another table begins, its title included."""
        found = blocks(self._filled[box.top:box.bottom, box.left:box.right].any(axis=1), box.top)
        begin, header = box.top, None
        for place, (top, bottom) in enumerate(found):
            table, block = box._replace(top=begin, bottom=top), box._replace(top=top, bottom=bottom)
            header = self.header(table) if header is None and place else header
            if header is None:
                continue
            titled = self._with_title(found[:place], block, box)
            if self._is_another(block, titled, header) or self._is_unlike(block, table, header):
                yield titled
                begin, header = titled, None

    def _is_another(self, block: Box, titled: int, former: int) -> bool:
        """Whether a block has another header, or the same one of months below the title of another year."""
        found = self.header(block, BLOCK_ROWS)
        above = [text for row in range(block.top, found or 0) for text in self._texts(row, block)]
        if found is None or found + 1 >= block.bottom or any(map(NUMBERLIKE.fullmatch, above)):
            return False
        own = set(filter(None, self._texts(found, block)))
        levels = range(former, min(former + MOST_LEVELS, block.top))
        others = {text for row in levels for text in self._texts(row, block)}
        if sum(map(is_bare_month, own)) >= FEWEST:
            titles = " ".join(text for row in range(titled, found) for text in self._texts(row, block))
            return len(own & others) < 2 or YEAR.search(nfkc(titles).casefold()) is not None
        return len(own & others) < 2 or len(own & others) < SAME * len(own) or self._is_shifted(found, levels, block)

    def _is_shifted(self, found: int, levels: range, block: Box) -> bool:
        """Whether most names that two headers share stand in other columns, so that one cannot be read by the other."""
        own = self._texts(found, block)
        above = [self._texts(row, block) for row in levels]
        shared = [place for place, text in enumerate(own) if text and any(text in texts for texts in above)]
        return sum(any(texts[place] == own[place] for texts in above) for place in shared) < SAME * len(shared)

    def _is_unlike(self, block: Box, table: Box, header: int) -> bool:
        """Whether a block is a narrower list of its own: texts over numbers where the table above has none."""
        filled = self._filled[block.top:block.bottom, block.left:block.right]
        first = int(np.argmax(filled.sum(axis=1) > 1)) if (filled.sum(axis=1) > 1).any() else 0
        places = np.flatnonzero(filled[first]).tolist()
        data = table._replace(top=header + 1)
        if not 2 <= len(places) < self._filled[header, table.left:table.right].sum() or first > 1 or \
                first + 1 >= len(filled) or data.top >= data.bottom:
            return False
        names = self._texts(block.top + first, block)
        if any(NUMBERLIKE.fullmatch(names[place]) for place in places) or not self._filled[
                block.top + first + 1, block.left:block.right].any():
            return False
        below = block._replace(top=block.top + first + 1)
        unlike = sum(self._is_numeric(below, place) and not self._is_numeric(data, place) for place in places)
        return unlike >= len(places) / 2

    def _is_numeric(self, box: Box, place: int) -> bool:
        cells = self._sheet.cells.iloc[box.top:min(box.bottom, box.top + SEEN_ROWS), box.left + place].dropna()
        texts = [clean(cell) for cell in cells]
        return bool(texts) and sum(bool(NUMBERLIKE.fullmatch(text)) and "/" not in text and text.count("-") < 2
                                   for text in texts) > len(texts) / 2

    def _with_title(self, before: Sequence[tuple[int, int]], block: Box, box: Box) -> int:
        """Where a table begins with lone titles that blank rows part from it; notes belong to the table above."""
        begin = block.top
        for top, bottom in reversed(before):
            lone = self._filled[top:bottom, box.left:box.right].sum(axis=1) == 1
            texts = ["".join(self._texts(row, box)) for row in range(top, bottom)] if lone.all() else []
            if not texts or top == box.top or any(map(NOTE.match, texts)):
                break
            begin = top
        return begin

    def _beside(self, box: Box) -> list[Box]:
        """Parts side by side, where blank columns stand before another header that names a customer, or a box."""
        pieces = [box._replace(left=left, right=right) for left, right in blocks(
            self._filled[box.top:box.bottom, box.left:box.right].any(axis=0), box.left)]
        if len(pieces) < 2:
            return [box]
        tables = [self.is_table(piece) for piece in pieces]
        main = pieces[tables.index(True)] if True in tables else None
        groups: list[list[Box]] = [[]]
        boxes = []
        for piece, is_table in zip(pieces, tables, strict=True):
            if main and not is_table and self._is_box(piece, main):
                boxes.append(piece)
                continue
            if is_table and any(self.is_table(other) for other in groups[-1]):
                groups.append([])
            groups[-1].append(piece)
        return [box._replace(left=group[0].left, right=group[-1].right) for group in groups if group] + boxes

    def is_table(self, box: Box) -> bool:
        """Whether a box has a header, or one of a few levels, that names a customer."""
        header = self.header(box)
        if header is None:
            return False
        texts = [text for row in range(max(box.top, header - 2), header + 1) for text in self._texts(row, box)]
        return any(map(names_customer, texts)) or (
            any(map(may_name_customer, texts)) and sum(map(is_known, texts)) >= FEWEST_KNOWN)

    def _is_box(self, piece: Box, main: Box) -> bool:
        """A legend or a summary beside a table: narrow and short, and no column of the table by its header."""
        header = self.header(main)
        rows = np.flatnonzero(self._filled[piece.top:piece.bottom, piece.left:piece.right].any(axis=1)) + piece.top
        if header is None or piece.right - piece.left < 2 or not len(rows):
            return False
        data = int(self._filled[header + 1:main.bottom, main.left:main.right].any(axis=1).sum())
        is_short = data >= FEWEST_ROWS and len(rows) <= SHORT * data
        first, last = int(rows[0]), int(rows[-1])
        is_dense = bool(self._filled[first:last + 1, piece.left:piece.right].mean() > 0.8)
        return is_short and (not self._filled[header, piece.left:piece.right].any() or (is_dense and first <= header))


def is_header(texts: Iterable[str]) -> bool:
    """Whether a row is surely one of names: at least two known words among texts, or one and some months.

    >>> [is_header(row) for row in (["顧客名", "契約日", "備考"], ["顧客名", "4月", "5月", "6月"], ["山田", "月額"])]
    [True, True, False]
    """
    filled = [text for text in texts if text]
    known = sum(map(is_known, filled))
    if not known:
        return False
    months = month_headers(filled)
    if known and len(months) + sum(map(is_bare_month, filled)) >= FEWEST:
        return True
    return known >= 2 and known >= ENOUGH_KNOWN * len(filled) and not any(
        NUMBERLIKE.fullmatch(text) or is_unit(text) for text in filled)
