"""The cells of a workbook's sheet, from what crossed the pipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cs_kpi.ingest.parsing.wire import NUL, Coded, Column, Mixed, Texts

MOST_SIGNS = 1 << 29
"""More in the cells of a workbook than memory holds, once each cell has a text of its own: one long text may be named
in a million cells."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a column from row 1 on.

    values : objects with None where empty, or texts with NaN where empty if there is nothing else
    height : the row of the last value, counted from 1; 0 where there is none
    longest, signs : of the longest text, and of all cells together
    """

    values: pd.Series
    height: int
    longest: int
    signs: int

    @classmethod
    def of(cls, column: Column) -> Cells:
        """Raises ValueError for texts that the child never writes."""
        if isinstance(column, Texts):
            return _of_texts(column)
        return _of_mixed(column) if isinstance(column, Mixed) else _of_codes(column)


def _of_texts(column: Texts) -> Cells:
    texts = _written(column)
    if texts.null_count == len(texts):
        return Cells(pd.Series([None] * len(texts), dtype=object), 0, 0, 0)
    lengths = pc.utf8_length(texts)
    return Cells(pd.Series(texts, dtype="str"), 1 + int(np.flatnonzero(texts.is_valid()).max()),
                 pc.max(lengths).as_py(), pc.sum(lengths).as_py())


def _written(column: Texts) -> pa.LargeStringArray:
    ends = np.flatnonzero(np.frombuffer(column.data, dtype=np.uint8) == 0)
    if len(ends) + 1 != column.rows:
        raise ValueError("as many texts as rows were announced")
    edges = np.zeros(column.rows + 1, dtype=np.int64)
    edges[1:-1] = ends - np.arange(len(ends))
    edges[-1] = len(column.data) - len(ends)
    is_filled = np.packbits(np.diff(edges) > 0, bitorder="little")
    texts = pa.Array.from_buffers(pa.large_string(), column.rows, [
        pa.py_buffer(is_filled), pa.py_buffer(edges), pa.py_buffer(column.data.translate(None, NUL.encode()))])
    texts.validate(full=True)
    return texts


def _of_codes(column: Coded) -> Cells:
    words, codes = column
    places = np.frombuffer(codes, dtype=codes.typecode)
    is_filled = np.array([word is not None and word == word for word in words], dtype=bool)
    lengths = np.array([len(word) if isinstance(word, str) else 0 for word in words], dtype=np.int64)
    values = np.empty(len(words), dtype=object)
    values[:] = words
    return Cells(pd.Series(values[places], dtype=object), 1 + int(np.flatnonzero(is_filled[places]).max(initial=-1)),
                 int(lengths.max(initial=0)), int(lengths @ np.bincount(places, minlength=len(words))))


def _of_mixed(column: Mixed) -> Cells:
    others, numbers = _of_codes(column.others), np.frombuffer(column.numbers, dtype=np.float64)
    is_number = np.repeat(np.arange(len(column.runs)) % 2 == 1, column.runs)
    is_filled, values = np.empty(len(is_number), dtype=bool), np.empty(len(is_number), dtype=object)
    is_filled[is_number], is_filled[~is_number] = ~np.isnan(numbers), others.values.notna()
    values[is_number], values[~is_number] = numbers, others.values
    values[is_number & ~is_filled] = None
    return Cells(pd.Series(values, dtype=object), 1 + int(np.flatnonzero(is_filled).max(initial=-1)), others.longest,
                 others.signs)


def laid_out(columns: Sequence[Cells]) -> pd.DataFrame:
    """The cells from A1 on, without empty rows and columns behind the last filled one."""
    height = max((column.height for column in columns), default=0)
    width = max((place for place, column in enumerate(columns, 1) if column.height), default=0)
    if not width:
        return pd.DataFrame(dtype=object)
    return pd.DataFrame({place: column.values[:height] for place, column in enumerate(columns[:width])}, copy=False)
