"""Columns of a sheet while their cells come in, block by block. Runs in the child process; imports nothing heavy."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from math import nan
from typing import Any

from cs_kpi.ingest.parsing.wire import CODE, NUL, NUMBER, Coded, Column, Mixed, Texts

MOST_TEXT = 128 << 20
"""Bytes of text that the cells of a workbook take where each is written out; beyond, each different text of a column is
written once. A workbook may name one long text in a million cells."""


class Room:
    """What all columns of a workbook may still write out."""

    def __init__(self, left: int = MOST_TEXT) -> None:
        self.left = left


class Incoming:
    """One column: texts written out as long as there is nothing else, and room; then blocks of numbers as they are, and
    others as `Coding` has them."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._parts: list[bytes] = []
        self._runs = [0]
        self._coding: Coding | None = None
        self._numbers = array(NUMBER)

    def extend(self, cells: Sequence[Any]) -> None:
        if self._coding is None:
            part = _written_out(cells)
            if part is not None and len(part) < self._room.left:
                self._parts.append(part)
                self._room.left -= len(part) + 1
                self._runs[0] += len(cells)
                return
            self._room.left += sum(map(len, self._parts)) + len(self._parts)
            self._coding = Coding()
            for known in self._parts:
                self._coding.extend(known.decode().split(NUL))
            self._parts = []
        numbers = _numbers(cells)
        if numbers is None:
            self._coding.extend(cells)
        else:
            self._numbers.extend(numbers)
        if (numbers is None) != len(self._runs) % 2:
            self._runs.append(0)
        self._runs[-1] += len(cells)

    @property
    def column(self) -> Column:
        if self._coding is None:
            return Texts(NUL.encode().join(self._parts), self._runs[0])
        words, codes = self._coding.column
        others = [None if word == "" else word for word in words], codes
        return Mixed(others, self._numbers, self._runs) if len(self._runs) > 1 else others


def _written_out(cells: Sequence[Any]) -> bytes | None:
    """Texts with a NUL between two of them; None where something else is among them, a NUL or half a sign."""
    try:
        text = NUL.join(cells)
        return text.encode() if text.count(NUL) == len(cells) - 1 else None
    except (TypeError, UnicodeEncodeError):
        return None


def _numbers(cells: Sequence[Any]) -> array | None:
    """Numbers, NaN where a cell is empty; None where something else is among them."""
    kinds = set(map(type, cells))
    if kinds == {float}:
        return array(NUMBER, cells)
    if kinds != {float, str}:
        return None
    try:
        return array(NUMBER, [nan if cell == "" else cell for cell in cells])
    except TypeError:
        return None


class Coding:
    """A column taken apart while its cells come in; True is not the same value as 1.0."""

    def __init__(self) -> None:
        self._places: defaultdict[Any, int] = defaultdict(count().__next__)
        self._codes = array(CODE)
        self._has_flags = False

    def extend(self, values: Sequence[Any]) -> None:
        if not self._has_flags and bool in set(map(type, values)):
            self._has_flags = True
            known = {(type(value), value): place for value, place in self._places.items()}
            self._places = defaultdict(count(len(known)).__next__, known)
        keys = zip(map(type, values), values, strict=True) if self._has_flags else values
        self._codes.extend(map(self._places.__getitem__, keys))

    @property
    def column(self) -> Coded:
        return [value for _type, value in self._places] if self._has_flags else list(self._places), self._codes


def coded(values: Sequence[Any]) -> Coded:
    """A column as its different values and codes.

    >>> coded(["a", True, "a", 1.0])
    (['a', True, 1.0], array('i', [0, 1, 0, 2]))
    """
    coding = Coding()
    coding.extend(values)
    return coding.column
