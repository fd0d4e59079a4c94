"""Tables as files: csv that Excel opens and workbooks. Text from the user's data never becomes a formula."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cs_kpi.charts.words import ILLEGAL, width_em

RISKY_START = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What spreadsheets run as a formula (OWASP, CSV injection)."""
NEGATIVE = re.compile(r"[-－][¥￥$€£]?\d+(?:,\d{3})*(?:\.\d+)?\s?[%％円]?")
"""A negative number in words of its own starts like a formula, and is none."""
SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
SHEET_NAME_LENGTH, WIDEST_COLUMN, NARROWEST_COLUMN = 31, 60, 8
CELL_LENGTH = 32_767  # Excel's limit


def matching(frame: pd.DataFrame, sought: str) -> pd.DataFrame:
    """The rows in which some text holds what is sought, whatever its case; all where nothing is sought.

    >>> matching(pd.DataFrame({"name": ["Acme", "Best"], "mrr": [1, 2]}), "acm")["mrr"].tolist()
    [1]
    """
    if not sought.strip():
        return frame
    hits = pd.Series(False, index=frame.index)
    for _name, column in frame.select_dtypes(include=["object", "string"]).items():
        hits |= column.astype("string").str.contains(sought.strip(), case=False, regex=False, na=False).astype(bool)
    return frame[hits]


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """utf-8 with BOM; text that a spreadsheet would run gets an apostrophe before it, numbers stay as they are.

    >>> csv_bytes(pd.DataFrame({"name": ["=1+1"], "mrr": [-5]})).decode("utf-8-sig")
    "name,mrr\\r\\n'=1+1,-5\\r\\n"
    """
    safe = pd.DataFrame({i: frame.iloc[:, i].map(_harmless, na_action="ignore") for i in range(frame.shape[1])})
    header = [str(_harmless(str(name))) for name in frame.columns]
    return safe.to_csv(index=False, header=header, lineterminator="\r\n").encode("utf-8-sig")


def frame_of(columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """Columns as a frame: for pages, which know no other."""
    return pd.DataFrame({head: list(cells) for head, cells in columns.items()})


def tab_separated(frame: pd.DataFrame) -> str:
    """What a spreadsheet takes from the clipboard as cells; text that it would run gets an apostrophe before it.

    >>> tab_separated(pd.DataFrame({"name": ["=1+1", "two\\nlines"], "mrr": [5.0, None]}))
    "name\\tmrr\\n'=1+1\\t5\\ntwo lines\\t"
    """
    rows = [list(map(str, frame.columns)), *frame.itertuples(index=False, name=None)]
    return "\n".join("\t".join(_copied(cell) for cell in row) for row in rows)


def _copied(cell: object) -> str:
    if _is_nothing(cell):
        return ""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else " ".join(str(_harmless(cell)).split())  # type: ignore[call-overload]


def _harmless(value: object) -> object:
    return "'" + value if isinstance(value, str) and is_risky(value) else value


def without_apostrophe(text: str) -> str:
    """Text of a csv that `csv_bytes` made, as it was before.

    >>> without_apostrophe("'=1+1"), without_apostrophe("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and is_risky(text[1:]) else text


def is_risky(text: str) -> bool:
    return text.startswith(RISKY_START) and not NEGATIVE.fullmatch(text)


def xlsx_bytes(frame: pd.DataFrame, sheet_name: str) -> bytes:
    """One sheet: bold header that stays in view, text as text, numbers and dates as such, empty where nothing is."""
    return workbook_bytes({sheet_name: frame})


def workbook_bytes(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """A sheet for each frame, as `xlsx_bytes` writes it; names that Excel takes for the same are told apart."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, frame in frames.items():
        _fill(book.create_sheet(sheet_title(name)), frame)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    rows = [list(frame.columns), *frame.itertuples(index=False, name=None)]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            _write(sheet.cell(number, column), str(value) if number == 1 else value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for i in range(frame.shape[1]):
        sheet.column_dimensions[get_column_letter(i + 1)].width = _width(frame.iloc[:, i], str(frame.columns[i]))
    sheet.freeze_panes = "A2"


def _write(cell: Any, value: object) -> None:
    """Text is stored as text even where it begins like a formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL.sub("", value)[:CELL_LENGTH]
        cell.data_type = "s"
        cell.quotePrefix = is_risky(value)
    elif not _is_nothing(value):
        cell.value = value.item() if hasattr(value, "item") else value


def _is_nothing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not math.isfinite(value))


def _width(column: pd.Series, header: str) -> float:
    widest = max((width_em(str(value)) for value in [header, *column.dropna().head(200)]), default=0.0)
    return min(max(widest * 1.9 + 2, NARROWEST_COLUMN), WIDEST_COLUMN)


def sheet_title(name: str) -> str:
    """`name` as Excel takes it: at most 31 characters, none of []:*?/\\, no apostrophe at either end.

    >>> sheet_title("MRR: 2024/12"), sheet_title("")
    ('MRR_ 2024_12', 'Sheet1')
    """
    return SHEET_FORBIDDEN.sub("_", ILLEGAL.sub("", name))[:SHEET_NAME_LENGTH].strip(" '") or "Sheet1"
