"""Headings between the rows of a table, which name the group below them and are no customer: Enterprise, 関東エリア."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.names import shown

FEWEST_COLUMNS = 4
USUAL = 3
"""So many cells the rows of such a table fill at least, and a heading one."""
LONGEST = 60
MOST = 0.34
"""The share of rows that may be headings."""
DIGIT = re.compile(r"\d")
TOTALS = re.compile(r"(?:grand |sub ?)?totals?|合計|小計|計")


def headings(body: pd.DataFrame, filled: np.ndarray, is_data: np.ndarray) -> np.ndarray:
    """Which rows are headings of the rows below them.

    filled : rows x columns, whether a cell holds something; is_data : rows that are no blank, note or total already
    Such a row says one text and nothing else, at the left, above rows that say much more. It is one where the other
    cells of its column are codes, where a total below bears its name, or where the table begins with one of several.
    """
    count = filled.sum(axis=1)
    rows: list[int] = np.flatnonzero(is_data & (count == 1)).tolist()
    data: list[int] = np.flatnonzero(is_data & (count > 1)).tolist()
    found = np.zeros(len(body), dtype=bool)
    if body.shape[1] < FEWEST_COLUMNS or not rows or len(data) < 2 or len(rows) > MOST * (len(rows) + len(data)):
        return found
    told = [row for row in rows if _stands_above(row, rows, data, filled)
            and _is_text(body.iat[row, _place(filled, row)])]
    if not told or np.median(count[data]) < USUAL:
        return found
    begins = told[0] < data[0] and len(told) > 1
    totals = _totals(body[~is_data])
    for row in told:
        place = _place(filled, row)
        text = shown(body.iat[row, place])
        found[row] = begins or plain(text) in totals or _are_codes(body.iloc[data, place], text)
    return found


def _place(filled: np.ndarray, row: int) -> int:
    return int(np.argmax(filled[row]))


def _stands_above(row: int, rows: list[int], data: list[int], filled: np.ndarray) -> bool:
    """Whether rows of data follow, and no other lone text right away, and it stands in one of the first columns."""
    return _place(filled, row) <= 1 and row < data[-1] and row + 1 not in rows


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and 0 < len(shown(cell)) <= LONGEST


def _are_codes(cells: pd.Series, text: str) -> bool:
    """Whether the cells of a column have figures, each of them, and a text among them has none."""
    others = [shown(cell) for cell in cells.dropna().head(200)]
    return not DIGIT.search(text) and len(others) > 1 and all(map(DIGIT.search, others))


def _totals(rest: pd.DataFrame) -> set[str]:
    """What totals are totals of: Enterprise, of Total Enterprise."""
    texts = {plain(shown(cell)) for cell in rest.iloc[:, :2].to_numpy(dtype=object).ravel() if isinstance(cell, str)}
    return {TOTALS.sub("", text).strip() for text in texts if TOTALS.search(text)} - {""}
