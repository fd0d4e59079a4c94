"""What crosses the pipe from the child that parses: columns of nothing but texts as they are, of others numbers as they
are and different values as JSON, with codes into them.

No pickle: whoever had broken the parser could have the parent run anything by it. Text, JSON and arrays of numbers can
say nothing but values, and are quicker too.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from cs_kpi.locale import Message

CODE, NUMBER = "i", "d"
LENGTH_BYTES = 8
STREAM = b"\xff\xff\xff\xff"
"""With which a stream of Arrow begins, and nothing that is packed here."""
Merge = tuple[int, int, int, int]
NUL = "\0"
Coded = tuple[list[Any], array]
"""The different values of a column, and for every row the place of its value among them."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of nothing but texts: as UTF-8, with a NUL between two of them; empty where the cell is."""

    data: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Mixed:
    """A column of numbers and others.

    others : as codes; numbers : NaN where the cell is empty
    runs : how many rows of each follow each other, others first
    """

    others: Coded
    numbers: array
    runs: Sequence[int]


Column = Coded | Texts | Mixed


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, column by column from A on; the same number of rows in each."""

    name: str
    is_hidden: bool
    columns: Sequence[Column]
    merges: tuple[Merge, ...] = ()


def packed(found: Sequence[Grid] | Message) -> bytes:
    """Grids, or the message of a DataError, as bytes that `unpacked` reads back equal."""
    grids = [] if isinstance(found, Message) else found
    told = found if isinstance(found, Message) else [
        [grid.name, grid.is_hidden, list(map(_head, grid.columns)), grid.merges] for grid in grids]
    head = json.dumps(told, default=_tagged).encode()
    return b"".join([len(head).to_bytes(LENGTH_BYTES, "big"), head,
                     *(part for grid in grids for column in grid.columns for part in _parts(column))])


def _head(column: Column) -> list[Any]:
    """The different values, the bytes that follow, and how many rows they are: of others, of numbers in turn."""
    length = sum(map(len, _parts(column)))
    if isinstance(column, Texts):
        return [None, length, [column.rows]]
    words, codes = column.others if isinstance(column, Mixed) else column
    return [words, length, list(column.runs) if isinstance(column, Mixed) else [len(codes)]]


def _parts(column: Column) -> list[bytes]:
    if isinstance(column, Texts):
        return [column.data]
    if isinstance(column, Mixed):
        return [column.others[1].tobytes(), column.numbers.tobytes()]
    return [column[1].tobytes()]


def unpacked(reply: bytes) -> list[Grid] | Message:
    """Raises ValueError, TypeError or KeyError for bytes that `packed` never makes."""
    start = LENGTH_BYTES + int.from_bytes(reply[:LENGTH_BYTES], "big")
    told = json.loads(reply[LENGTH_BYTES:start], object_hook=_untagged)
    if isinstance(told, Message):
        return told
    lengths = [length for _name, _hidden, columns, _merges in told for _words, length, _runs in columns]
    parts = (reply[place:place + length]
             for place, length in zip(accumulate(lengths, initial=start), lengths, strict=False))
    return [Grid(name, is_hidden, [_column(words, next(parts), length, runs) for words, length, runs in columns],
                 tuple(_merge(*merge) for merge in merges))
            for name, is_hidden, columns, merges in told]


def _column(words: list[Any] | None, part: bytes, length: int, runs: list[int]) -> Column:
    if len(part) != length or not all(type(rows) is int and rows >= 0 for rows in runs):
        raise ValueError("a column that is cut off")
    if words is None:
        return Texts(part, sum(runs))
    end = sum(runs[::2]) * array(CODE).itemsize
    others, numbers = (words, _codes(part[:end], len(words))), array(NUMBER, part[end:])
    if (len(others[1]), len(numbers)) != (sum(runs[::2]), sum(runs[1::2])):
        raise ValueError("rows without a value")
    return others if len(runs) == 1 else Mixed(others, numbers, runs)


def _merge(top: int, left: int, bottom: int, right: int) -> Merge:
    if not all(type(edge) is int and edge >= 0 for edge in (top, left, bottom, right)):
        raise ValueError("merged cells without a place")
    return top, left, bottom, right


def _codes(part: bytes, words: int) -> array:
    import numpy as np  # which the child, who has no use for it, does not wait for

    codes = array(CODE, part)
    told = np.frombuffer(codes, dtype=CODE)
    if codes and not 0 <= told.min() <= told.max() < words:
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
