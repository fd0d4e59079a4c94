"""Tables of text that are even: no quotation mark, and as many fields in every line. Read on all cores, without pandas,
whose loading alone takes longer than many a file.
"""

from __future__ import annotations

import csv
import re

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cs_kpi.ingest.reasons import unreadable

DELIMITERS = (",", "\t", ";", "|")
SAID = re.compile(r"\s*\"?sep=(.)\"?[,;\t|]*(?:\r\n|\r|\n)")
"""A first line by which Excel is told the delimiter, and which it does not count as a row."""
MOST_COLUMNS = 16_384
LONGEST_CELL = 1_000_000
"""Far more than a spreadsheet program keeps in a cell (32,767); the many looks at one of 5,000,000 took 22 s."""
LONGEST_FIELD = 256
"""How far the end of the first line is looked for, for every column that there may be."""
BLOCK = 1 << 24
"""Bytes that one core reads at a time."""


def delimited(text: str, name: str) -> tuple[str, str]:
    """The text without a first line that only tells the delimiter, and the delimiter."""
    said = SAID.match(text)
    text = text[said.end():] if said else text
    return text, said[1] if said else delimiter_of(text, name)


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


def even_table(name: str, text: str, delimiter: str) -> pa.Table | None:
    """The cells of an even table as text, null where empty, without the empty columns behind the last filled one; None
    where it is no such table. Raises DataError where a cell is too long."""
    width = text[:MOST_COLUMNS * LONGEST_FIELD].partition("\n")[0].count(delimiter) + 1
    if '"' in text or not 1 < width <= MOST_COLUMNS or not delimiter.isascii():
        return None
    names = list(map(str, range(width)))
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(text.encode()), pyarrow.csv.ReadOptions(column_names=names, block_size=BLOCK),
            pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), null_values=[""],
                                       strings_can_be_null=True))
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return None
    if any((pc.max(pc.utf8_length(column)).as_py() or 0) > LONGEST_CELL for column in table.columns):
        raise unreadable("long_cell", name)
    filled = [place for place, column in enumerate(table.columns) if column.null_count < len(table)]
    return table.select(names[:max(filled, default=-1) + 1]) if filled else table.slice(0, 0).select([])
