"""Tables kept as text: the delimiter, then the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from cs_kpi.errors import DataError
from cs_kpi.ingest.parsing import arrow
from cs_kpi.ingest.parsing.encodings import in_utf8
from cs_kpi.ingest.parsing.even_text import LONGEST_CELL, MOST_COLUMNS, delimited, even_table
from cs_kpi.ingest.parsing.extents import is_sparse
from cs_kpi.ingest.parsing.reasons import unreadable
from cs_kpi.ingest.records import Fields
from cs_kpi.locale import _

csv.field_size_limit(1 << 30)  # the module's own limit would miscount tables with a long note in one cell


def cells(name: str, data: bytes) -> pd.DataFrame:
    """Every cell as text, NaN where empty; row i of the frame is row i + 1 as a spreadsheet program counts."""
    return cells_and_fields(name, data)[0]


def cells_and_fields(name: str, data: bytes) -> tuple[pd.DataFrame, Fields]:
    """The same, and how its fields stand in its lines."""
    plain, delimiter = delimited(in_utf8(name, data), name)
    even = even_table(name, plain, delimiter)
    return uneven_cells(name, plain, delimiter) if even is None else (_frame(even), Fields(delimiter))


def of_stream(stream: bytes) -> tuple[pd.DataFrame, Fields]:
    """Both from what the child sent (arrow.py); raises ValueError or OSError for other bytes."""
    table, delimiter, told = arrow.told(stream)
    counts = np.frombuffer(told, dtype=np.uint16)
    return _frame(table), Fields(delimiter, counts if len(counts) == len(table) else None)


def _frame(table: pa.Table) -> pd.DataFrame:
    frame = table.to_pandas()
    return frame.set_axis(range(frame.shape[1]), axis=1)


def streamed(cells: pd.DataFrame, fields: Fields) -> Iterator[memoryview]:
    """Both as the child sends them."""
    table = pa.Table.from_pandas(cells.set_axis(map(str, cells), axis=1), preserve_index=False)
    return arrow.streamed(table, fields.delimiter, b"" if fields.counts is None else fields.counts.tobytes())


def uneven_cells(name: str, plain: bytes, delimiter: str) -> tuple[pd.DataFrame, Fields]:
    """Both of a table with quotation marks, or with more fields in one line than in another."""
    text = plain.decode("utf-8", "surrogatepass")
    frame = irregular(name, text, delimiter)
    if _may_hold_long_cells(text) and any(frame[place].str.len().max() > LONGEST_CELL for place in frame):
        raise unreadable("long_cell", name)
    counts = field_counts(text, delimiter, len(frame))
    is_uneven = counts is not None and len(counts) > 0 and bool(np.ptp(counts))
    return _trimmed(frame), Fields(delimiter, counts if is_uneven else None)


def irregular(name: str, text: str, delimiter: str) -> pd.DataFrame:
    """The cells of any table; raises DataError where it cannot be one."""
    width = _most_fields(text, delimiter)
    if width > MOST_COLUMNS or _is_ragged(text, delimiter, width):
        width = _exact_fields(text, delimiter)
    frame = _split(name, text, delimiter, width)
    if frame is None:  # or else marks inside of fields have hidden others from the quick count
        frame = _split(name, text, delimiter, _exact_fields(text, delimiter))
    if frame is None:
        raise DataError(_("The file '{file}' cannot be split into rows, because a quotation mark is opened and never "
                          "closed. Save it again as csv from the program it came from, and choose the new file.",
                          file=name))
    return frame


def _split(name: str, text: str, delimiter: str, width: int) -> pd.DataFrame | None:
    """The cells of a table with so many columns; None where some row has more, or a quotation mark is never closed.
    Raises DataError where the table would be too wide."""
    if width > MOST_COLUMNS:
        raise DataError(_("The file '{file}' has more than {most} columns, which no spreadsheet has. Check that it is "
                          "a table with one row per line, and choose it again.", file=name, most=MOST_COLUMNS))
    if _is_ragged(text, delimiter, width):
        raise DataError(_("The file '{file}' has very many columns in some line and few in the others, and would not "
                          "fit into memory. Check that it is a table with one row per line, and choose it again.",
                          file=name))
    try:
        frame = pd.read_csv(io.StringIO(text), sep=delimiter, header=None, names=range(width), dtype=str,
                            keep_default_na=False, na_values=[""], skip_blank_lines=False,
                            engine="c" if delimiter.isascii() else "python")
    except pd.errors.ParserError:
        return None
    return frame if isinstance(frame.index, pd.RangeIndex) else None  # too many fields in a row become its index


def _may_hold_long_cells(text: str) -> bool:
    """Whether a line, or what stands between two quotation marks, is longer than a cell may be."""
    signs = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    ends, marks = ((signs == ord("\n")) | (signs == ord("\r"))), signs == ord('"')
    return any(np.diff(np.flatnonzero(found), prepend=0, append=len(signs)).max() > LONGEST_CELL
               for found in (ends, marks))


def _trimmed(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the empty columns behind the last filled one."""
    filled = frame.columns[frame.notna().any()]
    return frame.iloc[:, :int(filled.max()) + 1] if len(filled) else frame.iloc[:0, :0]


def _most_fields(text: str, delimiter: str) -> int:
    """An upper bound of the fields in any row, so that short title rows above a wide table are no obstacle: those of
    lines, and of rows that reach over several lines."""
    if not delimiter.isascii():
        return _exact_fields(text, delimiter)
    of_rows = _quick_counts(text, delimiter).max(initial=1) if '"' in text else 1
    signs = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    between = np.flatnonzero(signs == ord(delimiter))
    ends = np.flatnonzero((signs == ord("\n")) | (signs == ord("\r")))
    of_lines = np.diff(np.searchsorted(between, ends), prepend=0, append=len(between)).max() + 1
    return int(max(of_rows, of_lines))


def field_counts(text: str, delimiter: str, rows: int) -> np.ndarray | None:
    """How many fields each row has; None where that cannot be told, since rows are split in another way.

    >>> field_counts('a,b\\n1,"2,5"\\n1,2,500\\n', ",", 3).tolist()
    [2, 2, 3]
    """
    counts = _quick_counts(text, delimiter) if delimiter.isascii() else None
    if counts is None or len(counts) != rows:
        try:
            counts = np.array([len(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)], dtype=np.int64)
        except csv.Error:
            return None
    return counts.astype(np.uint16) if len(counts) == rows else None


def _quick_counts(text: str, delimiter: str) -> np.ndarray:
    """The same from the bytes at once, which is right where quotation marks stand around fields only."""
    signs = np.frombuffer(text.encode("utf-8", "surrogatepass").replace(b"\r\n", b"\n"), dtype=np.uint8)
    is_inside = np.bitwise_xor.accumulate((signs == ord('"')).view(np.uint8)).view(bool)
    ends = np.flatnonzero(((signs == ord("\n")) | (signs == ord("\r"))) & ~is_inside)
    if len(signs) and (not len(ends) or ends[-1] != len(signs) - 1):
        ends = np.append(ends, len(signs))
    between = np.flatnonzero((signs == ord(delimiter)) & ~is_inside)
    return np.diff(np.searchsorted(between, ends), prepend=0) + 1


def _is_ragged(text: str, delimiter: str, width: int) -> bool:
    """Whether rows of so many fields would be nearly all blanks."""
    lines = max(text.count("\n"), text.count("\r")) + 1
    return is_sparse(lines * width, lines + text.count(delimiter))


def _exact_fields(text: str, delimiter: str) -> int:
    """The most fields in any row, where delimiters inside of quotation marks would make the bound too high."""
    try:
        return max((len(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)), default=0)
    except csv.Error:
        return text.count(delimiter) + 1
