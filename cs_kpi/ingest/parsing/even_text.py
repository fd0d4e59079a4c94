"""Tables of text that are even: as many fields in every row, and quotation marks only around whole fields. Read on all
cores, without pandas, whose loading alone takes longer than many a file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

import numpy as np
import pyarrow as pa
import pyarrow.csv

from cs_kpi.ingest.parsing.reasons import unreadable

DELIMITERS = (",", "\t", ";", "|")
SAID = re.compile(r"\s*\"?sep=([^\"])\"?[,;\t|]*(?:\r\n|\r|\n)")
"""A first line by which Excel is told the delimiter, and which it does not count as a row."""
MOST_COLUMNS = 16_384
LONGEST_CELL = 1_000_000
"""Far more than a spreadsheet program keeps in a cell (32,767); the many looks at one of 5,000,000 took 22 s."""
LONGEST_FIELD = 256
"""How far the end of the first line is looked for, for every column that there may be."""
HEAD = 20_000
"""Signs at the beginning, of which the delimiter is told."""
TOGETHER = 1000
"""So many cells are looked at together, to see that none of them is too long."""
BLOCK = 1 << 24
"""Bytes that one core reads at a time."""
MARKS_BLOCK = 1 << 22
"""Bytes among which quotation marks are looked for together: there may be many, and each is noted in eight bytes."""


def delimited(plain: bytes, name: str) -> tuple[bytes, str]:
    """A text in utf-8 without a first line that only tells the delimiter, and the delimiter."""
    head, _length = codecs.utf_8_decode(plain[:4 * (HEAD + 1)], "surrogatepass", False)
    if said := SAID.match(head):
        return plain[len(said[0].encode("utf-8", "surrogatepass")):], said[1]
    return plain, delimiter_of(head[:HEAD + 1], name)


def delimiter_of(text: str, name: str = "") -> str:
    """Comma, tab, semicolon or bar: the one that splits most lines of the beginning into the same number of fields.

    >>> delimiter_of("a;b;c\\n1,5;2;3\\n2,5;3;4\\n"), delimiter_of("a,b\\n1,2\\n")
    (';', ',')
    """
    head = text[:HEAD].splitlines()[:60]
    lines = head[:-1] if len(text) > HEAD else head

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(usual), usual

    order = ("\t", ",", ";", "|") if name.casefold().endswith((".tsv", ".tab")) else DELIMITERS
    return max(order, key=evenness)


def even_table(name: str, plain: bytes, delimiter: str) -> pa.Table | None:
    """The cells of an even table, given in utf-8, as text, null where empty, without the empty columns behind the last
    filled one; None where it is no such table. Raises DataError where a cell is too long."""
    is_quoted = b'"' in plain
    if not delimiter.isascii() or (is_quoted and not _is_well_quoted(plain, delimiter)):
        return None
    width = _quoted_width(plain, delimiter) if is_quoted else _width(plain, delimiter)
    if not 1 < width <= MOST_COLUMNS:
        return None
    names = list(map(str, range(width)))
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(plain), pyarrow.csv.ReadOptions(column_names=names, block_size=BLOCK),
            pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char='"' if is_quoted else False,
                                    newlines_in_values=is_quoted, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), null_values=[""],
                                       strings_can_be_null=True, quoted_strings_can_be_null=True))
    except pa.ArrowInvalid:
        return None
    if any(_holds_long(chunk) for column in table.columns for chunk in column.chunks if len(chunk)):
        raise unreadable("long_cell", name)
    filled = [place for place, column in enumerate(table.columns) if column.null_count < len(table)]
    return table.select(names[:max(filled, default=-1) + 1]) if filled else table.slice(0, 0).select([])


def _width(plain: bytes, delimiter: str) -> int:
    """How many fields the first row has."""
    return plain[:MOST_COLUMNS * LONGEST_FIELD].partition(b"\n")[0].count(delimiter.encode()) + 1


def _quoted_width(plain: bytes, delimiter: str) -> int:
    """The same where delimiters and line breaks may stand inside of quotation marks; 0 where it cannot be told."""
    head, _length = codecs.utf_8_decode(plain[:MOST_COLUMNS * LONGEST_FIELD], "surrogatepass", False)
    try:
        return len(next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), ()))
    except csv.Error:
        return 0


def _is_well_quoted(plain: bytes, delimiter: str) -> bool:
    """Whether every quotation mark that opens begins a field, and every one that closes ends it; two that stand
    together are one inside of a field. Programs differ in what they make of others."""
    signs, is_edge = np.frombuffer(plain, dtype=np.uint8), np.zeros(256, dtype=bool)
    is_edge[list(b'"\r\n' + delimiter.encode())] = True
    seen = 0
    for start in range(0, len(signs), MARKS_BLOCK):
        marks = np.flatnonzero(signs[start:start + MARKS_BLOCK] == ord('"')) + start
        opening, closing = marks[seen % 2::2], marks[1 - seen % 2::2]
        before, after = opening[opening > 0] - 1, closing[closing < len(signs) - 1] + 1
        if not (is_edge[signs[before]].all() and is_edge[signs[after]].all()):
            return False
        seen += len(marks)
    return seen % 2 == 0


def _holds_long(chunk: pa.LargeStringArray) -> bool:
    """Whether a cell is too long; first told from the bytes of many cells together, since hardly ever one is."""
    _valid, places, _texts = chunk.buffers()
    edges = np.frombuffer(places, dtype=np.int64)[chunk.offset:chunk.offset + len(chunk) + 1]
    if np.diff(edges[::TOGETHER], append=edges[-1:]).max(initial=0) <= LONGEST_CELL:
        return False
    import pyarrow.compute as pc  # takes longer to load than all else here, and is needed for such a file only

    return bool((pc.max(pc.utf8_length(chunk)).as_py() or 0) > LONGEST_CELL)
