"""Tables kept as text: the delimiter, then the cells."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from cs_kpi.errors import DataError
from cs_kpi.ingest.encodings import decoded
from cs_kpi.ingest.extents import is_sparse
from cs_kpi.ingest.reasons import unreadable
from cs_kpi.ingest.records import Fields
from cs_kpi.locale import _

DELIMITERS = (",", "\t", ";", "|")
SAID = re.compile(r"\s*\"?sep=(.)\"?[,;\t|]*(?:\r\n|\r|\n)")
"""A first line by which Excel is told the delimiter, and which it does not count as a row."""
MOST_COLUMNS = 16_384
LONGEST_CELL = 1_000_000
"""Far more than a spreadsheet program keeps in a cell (32,767); the many looks at one of 5,000,000 took 22 s."""
LONGEST_FIELD = 256
"""How far the end of the first line is looked for, for every column that there may be."""
csv.field_size_limit(1 << 30)  # the module's own limit would miscount tables with a long note in one cell


def cells(name: str, data: bytes) -> pd.DataFrame:
    """Every cell as text, NaN where empty; row i of the frame is row i + 1 as a spreadsheet program counts."""
    return cells_and_fields(name, data)[0]


def cells_and_fields(name: str, data: bytes) -> tuple[pd.DataFrame, Fields]:
    """The same, and how its fields stand in its lines."""
    text = decoded(name, data)
    said = SAID.match(text)
    text = text[said.end():] if said else text
    delimiter = said[1] if said else delimiter_of(text, name)
    frame = regular(text, delimiter)
    is_regular = frame is not None
    frame = irregular(name, text, delimiter) if frame is None else frame
    if _may_hold_long_cells(text) and any(frame[place].str.len().max() > LONGEST_CELL for place in frame):
        raise unreadable("long_cell", name)
    if is_regular:
        return _trimmed(frame), Fields(delimiter)
    counts = field_counts(text, delimiter, len(frame))
    is_uneven = counts is not None and len(counts) > 0 and bool(np.ptp(counts))
    return _trimmed(frame), Fields(delimiter, counts if is_uneven else None)


def regular(text: str, delimiter: str) -> pd.DataFrame | None:
    """The cells of a table without quotation marks and with as many fields in every line, read on all cores; None
    where it is no such table."""
    width = text[:MOST_COLUMNS * LONGEST_FIELD].partition("\n")[0].count(delimiter) + 1
    if '"' in text or not 1 < width <= MOST_COLUMNS or not delimiter.isascii():
        return None
    names = list(map(str, range(width)))
    try:
        table = pc.read_csv(
            pa.BufferReader(text.encode()), pc.ReadOptions(column_names=names),
            pc.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            pc.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), null_values=[""],
                              strings_can_be_null=True))
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return None
    return table.to_pandas().set_axis(range(width), axis=1)


def irregular(name: str, text: str, delimiter: str) -> pd.DataFrame:
    """The cells of any table; raises DataError where it cannot be one."""
    width = _most_fields(text, delimiter)
    if width > MOST_COLUMNS or _is_ragged(text, delimiter, width):
        width = _exact_fields(text, delimiter)
    if width > MOST_COLUMNS:
        raise DataError(_("The file '{file}' has more than {most} columns, which no spreadsheet has. Check that it is "
                          "a table with one row per line, and choose it again.", file=name, most=MOST_COLUMNS))
    if _is_ragged(text, delimiter, width):
        raise DataError(_("The file '{file}' has very many columns in some line and few in the others, and would not "
                          "fit into memory. Check that it is a table with one row per line, and choose it again.",
                          file=name))
    try:
        return pd.read_csv(io.StringIO(text), sep=delimiter, header=None, names=range(width), dtype=str,
                           keep_default_na=False, na_values=[""], skip_blank_lines=False, engine="c")
    except pd.errors.ParserError as error:
        raise DataError(_("The file '{file}' cannot be split into rows, because a quotation mark is opened and never "
                          "closed. Save it again as csv from the program it came from, and choose the new file.",
                          file=name)) from error


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


def delimiter_of(text: str, name: str = "") -> str:
    """Comma, tab, semicolon or bar: the one that splits most lines of the beginning into the same number of fields.

    >>> delimiter_of("a;b;c\\n1,5;2;3\\n2,5;3;4\\n"), delimiter_of("a,b\\n1,2\\n")
    (';', ',')
    """
    head = text[:20_000].splitlines()[:60]
    lines = head[:-1] if len(text) > 20_000 else head

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(usual), usual

    order = ("\t", ",", ";", "|") if name.casefold().endswith((".tsv", ".tab")) else DELIMITERS
    return max(order, key=evenness)


def _most_fields(text: str, delimiter: str) -> int:
    """An upper bound of the fields in any row, so that short title rows above a wide table are no obstacle."""
    if not delimiter.isascii():
        return max((line.count(delimiter) for line in text.splitlines()), default=0) + 1
    signs = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    between = np.flatnonzero(signs == ord(delimiter))
    ends = np.flatnonzero((signs == ord("\n")) | (signs == ord("\r")))
    return int(np.diff(np.searchsorted(between, ends), prepend=0, append=len(between)).max()) + 1


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
        return _most_fields(text, delimiter)
