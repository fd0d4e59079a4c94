"""Tables kept as text: the encoding decided strictly over the whole file, then the delimiter, then the cells."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

from cs_kpi.errors import DataError
from cs_kpi.ingest.extents import is_sparse
from cs_kpi.locale import _

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
JAPANESE = ("cp932", "euc_jp")
DELIMITERS = (",", "\t", ";")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HALF_WIDTH, FULL_WIDTH = re.compile("[\uff61-\uff9f]"), re.compile("[ぁ-んァ-ヶ一-龥]")
"""Bytes of euc_jp often fit cp932 too, but only as nonsense of half-width kana."""
MOST_COLUMNS = 16_384


def cells(name: str, data: bytes) -> pd.DataFrame:
    """Every cell as text, NaN where empty; row i of the frame is row i + 1 as a spreadsheet program counts."""
    text = decoded(name, data)
    delimiter = delimiter_of(text, name)
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
        frame = pd.read_csv(io.StringIO(text), sep=delimiter, header=None, names=range(width), dtype=str,
                            keep_default_na=False, na_values=[""], skip_blank_lines=False, engine="c")
    except pd.errors.ParserError as error:
        raise DataError(_("The file '{file}' cannot be split into rows, because a quotation mark is opened and never "
                          "closed. Save it again as csv from the program it came from, and choose the new file.",
                          file=name)) from error
    filled = frame.columns[frame.notna().any()]
    return frame.iloc[:, :int(filled.max()) + 1] if len(filled) else frame.iloc[:0, :0]


def decoded(name: str, data: bytes) -> str:
    """The text of a file: by its byte order mark, else the first encoding that fits every byte of it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(name, _strictly(data, encoding))
    text = _strictly(data, "utf-8")
    if text is None:
        _check_for_two(name, data)
        text = next(filter(None, (_strictly(data, encoding) for encoding in JAPANESE)), None)
    if text and len(HALF_WIDTH.findall(text)) > len(FULL_WIDTH.findall(text)):
        text = _strictly(data, "euc_jp") or text
    return _checked(name, text)


def _check_for_two(name: str, data: bytes) -> None:
    """Refuse a file of which most lines are UTF-8: in another encoding they would be signs without sense."""
    telling = [(place, line) for place, line in enumerate(data.splitlines(), start=1) if not line.isascii()]
    others = [place for place, line in telling if _strictly(line, "utf-8") is None]
    if 2 * len(others) < len(telling):
        raise DataError(_("The file '{file}' is written in two encodings: most lines are UTF-8, but line {line} is "
                          "not. Correct that line in a text editor, save the file as csv (UTF-8), and choose it again.",
                          file=name, line=others[0]))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(name: str, text: str | None) -> str:
    if text is None or CONTROL.search(text):
        raise DataError(_("The file '{file}' holds no text that can be read. Save it as an Excel workbook or as csv "
                          "(UTF-8), and choose it again.", file=name))
    return text


def delimiter_of(text: str, name: str = "") -> str:
    """Comma, tab or semicolon: the one that splits most lines of the beginning into the same number of fields.

    >>> delimiter_of("a;b;c\\n1,5;2;3\\n2,5;3;4\\n"), delimiter_of("a,b\\n1,2\\n")
    (';', ',')
    """
    head = text[:20_000].splitlines()[:60]
    lines = head[:-1] if len(text) > 20_000 else head

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(usual), usual

    order = ("\t", ",", ";") if name.casefold().endswith((".tsv", ".tab")) else DELIMITERS
    return max(order, key=evenness)


def _most_fields(text: str, delimiter: str) -> int:
    """An upper bound of the fields in any row, so that short title rows above a wide table are no obstacle."""
    return max((line.count(delimiter) for line in text.splitlines()), default=0) + 1


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
