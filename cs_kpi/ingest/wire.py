"""What crosses the pipe from the child that parses: plain values as JSON, and for every column codes into its words.

No pickle: whoever had broken the parser could have the parent run anything by it. JSON and arrays of numbers can say
nothing but values. Each word of a column travels once, which is also quicker than pickling every cell.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from typing import Any

from cs_kpi.locale import Message

CODE = "i"
LENGTH_BYTES = 8
STREAM = b"\xff\xff\xff\xff"
"""With which a stream of Arrow begins, and nothing that is packed here."""
Merge = tuple[int, int, int, int]
Column = tuple[list[Any], array]
"""The different values of a column, and for every row the place of its value among them."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, column by column from A on; the same number of rows in each."""

    name: str
    is_hidden: bool
    columns: Sequence[Column]
    merges: tuple[Merge, ...] = ()


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
    def column(self) -> Column:
        return [value for _type, value in self._places] if self._has_flags else list(self._places), self._codes


def coded(values: Sequence[Any]) -> Column:
    """A column as its different values and codes.

    >>> coded(["a", True, "a", 1.0])
    (['a', True, 1.0], array('i', [0, 1, 0, 2]))
    """
    coding = Coding()
    coding.extend(values)
    return coding.column


def packed(found: Sequence[Grid] | Message) -> bytes:
    """Grids, or the message of a DataError, as bytes that `unpacked` reads back equal."""
    grids = [] if isinstance(found, Message) else found
    told = found if isinstance(found, Message) else [
        [grid.name, grid.is_hidden, [[words, len(codes)] for words, codes in grid.columns], grid.merges]
        for grid in grids]
    head = json.dumps(told, default=_tagged).encode()
    return b"".join([len(head).to_bytes(LENGTH_BYTES, "big"), head,
                     *(codes.tobytes() for grid in grids for _words, codes in grid.columns)])


def unpacked(reply: bytes) -> list[Grid] | Message:
    """Raises ValueError, TypeError or KeyError for bytes that `packed` never makes."""
    start = LENGTH_BYTES + int.from_bytes(reply[:LENGTH_BYTES], "big")
    told = json.loads(reply[LENGTH_BYTES:start], object_hook=_untagged)
    if isinstance(told, Message):
        return told
    lengths = [length * array(CODE).itemsize for _name, _hidden, columns, _merges in told for _words, length in columns]
    places = zip(accumulate(lengths, initial=start), lengths, strict=False)
    return [Grid(name, is_hidden, [(words, _codes(reply, *next(places), len(words))) for words, _length in columns],
                 tuple(_merge(*merge) for merge in merges))
            for name, is_hidden, columns, merges in told]


def _merge(top: int, left: int, bottom: int, right: int) -> Merge:
    if not all(type(edge) is int and edge >= 0 for edge in (top, left, bottom, right)):
        raise ValueError("merged cells without a place")
    return top, left, bottom, right


def _codes(reply: bytes, start: int, length: int, words: int) -> array:
    codes = array(CODE, reply[start:start + length])
    if len(codes) * codes.itemsize != length or (codes and not 0 <= min(codes) <= max(codes) < words):
        raise ValueError("codes without a word")
    return codes


def _tagged(value: object) -> dict[str, Any]:
    if isinstance(value, Message):
        return {"message": [value.template, list(value.values.items())]}
    if isinstance(value, dt.timedelta):
        return {"timedelta": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(f"{type(value)} in a cell")


READERS: dict[str, Callable[[Any], Any]] = {
    "message": lambda parts: Message(parts[0], dict(parts[1])),
    "timedelta": lambda parts: dt.timedelta(*parts),
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
}


def _untagged(tagged: dict[str, Any]) -> Any:
    [(tag, value)] = tagged.items()
    return READERS[tag](value)
