"""What crosses the pipe from the child that parses: columns of nothing but texts as they are, of others plain values as
JSON and codes into them.

No pickle: whoever had broken the parser could have the parent run anything by it. Text, JSON and arrays of numbers can
say nothing but values. Each value of a column travels once, which is also quicker than pickling every cell.
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

CODE = "i"
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


Column = Coded | Texts


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
                     *(column.data if isinstance(column, Texts) else column[1].tobytes()
                       for grid in grids for column in grid.columns)])


def _head(column: Column) -> list[Any]:
    """The different values, the bytes that follow, and how many rows they are."""
    if isinstance(column, Texts):
        return [None, len(column.data), column.rows]
    words, codes = column
    return [words, len(codes) * codes.itemsize, len(codes)]


def unpacked(reply: bytes) -> list[Grid] | Message:
    """Raises ValueError, TypeError or KeyError for bytes that `packed` never makes."""
    start = LENGTH_BYTES + int.from_bytes(reply[:LENGTH_BYTES], "big")
    told = json.loads(reply[LENGTH_BYTES:start], object_hook=_untagged)
    if isinstance(told, Message):
        return told
    lengths = [length for _name, _hidden, columns, _merges in told for _words, length, _rows in columns]
    parts = (reply[place:place + length]
             for place, length in zip(accumulate(lengths, initial=start), lengths, strict=False))
    return [Grid(name, is_hidden, [_column(words, next(parts), length, rows) for words, length, rows in columns],
                 tuple(_merge(*merge) for merge in merges))
            for name, is_hidden, columns, merges in told]


def _column(words: list[Any] | None, part: bytes, length: int, rows: int) -> Column:
    if len(part) != length:
        raise ValueError("a column that is cut off")
    if words is None:
        return Texts(part, rows)
    codes = _codes(part, len(words))
    if len(codes) != rows:
        raise ValueError("rows without a code")
    return words, codes


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
