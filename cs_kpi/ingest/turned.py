"""Tables with their fields down the first column: turned where that is plain, a data dictionary recognised as none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from cs_kpi.ingest.header_levels import NUMBERLIKE, clean
from cs_kpi.ingest.naming.vocabulary import is_known, names_customer, places
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.uniques import is_nothing
from cs_kpi.tables import TABLES

MOST_ROWS, MOST_COLUMNS = 100, 500
LABEL_COLUMNS = 4
FEWEST_CUSTOMERS = 3
FEWEST_LABELS, KNOWN, DIFFERENT = 3, 0.6, 0.9
FITTING = 0.6
MEASURED = ("date", "money", "number")


class Labels(NamedTuple):
    """A column whose cells are names of fields, and the names with their rows."""

    column: int
    words: dict[int, str]


def turned(sheet: Sheet) -> Sheet:
    """The sheet turned so that its fields stand side by side, where they plainly stand down a column; else itself."""
    found = field_labels(sheet)
    if not (_holds_customers(sheet, found) if found else _stands_sideways(sheet)):
        return sheet
    merges = tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merges)
    cells = pd.DataFrame(sheet.cells.astype(object).to_numpy().T, dtype=object)
    return replace(sheet, cells=cells, merges=merges, is_turned=True, fields=None)


def field_labels(sheet: Sheet) -> Labels | None:
    """The first column of a small sheet whose cells are names of fields, most of them known and none twice."""
    rows, columns = sheet.cells.shape
    if not FEWEST_LABELS <= rows <= MOST_ROWS or not 2 <= columns <= MOST_COLUMNS:
        return None
    for column in range(min(columns, LABEL_COLUMNS)):
        words = {row: text for row, cell in enumerate(sheet.cells.iloc[:, column]) if (text := clean(cell))}
        known = {text for text in words.values() if is_known(text)}
        if len(known) >= FEWEST_LABELS and len(known) >= KNOWN * len(words) and \
                len(set(words.values())) >= DIFFERENT * len(words) and not _is_below_header(sheet, words, len(known)):
            return Labels(column, words)
    return None


def _is_below_header(sheet: Sheet, words: dict[int, str], known: int) -> bool:
    """Whether the first row of a column names as many fields as the column: Price and Product are reasons as well."""
    first = {text for cell in sheet.cells.iloc[min(words)] if (text := clean(cell))}
    return sum(map(is_known, first)) >= known


def _stands_sideways(sheet: Sheet) -> bool:
    """Whether the cells alone say that fields stand below each other: a row of days under its label among rows of other
    things, names that all differ in the row at the top, and no column of days."""
    rows, columns = sheet.cells.shape
    if not FEWEST_LABELS <= rows <= MOST_ROWS or not FEWEST_CUSTOMERS < columns <= MOST_COLUMNS:
        return False
    labels = [clean(cell) for cell in sheet.cells.iloc[:, 0]]
    if not all(labels) or len(set(labels)) < rows or any(map(NUMBERLIKE.fullmatch, labels)):
        return False
    top = [clean(cell) for cell in sheet.cells.iloc[0, 1:]]
    if not all(top) or len(set(top)) < len(top) or any(map(is_known, top)):
        return False
    is_day = np.array([~np.isnat(dates(pd.Series(row.to_list(), dtype=object), numbers=False).days)
                       for _place, row in sheet.cells.iloc[:, 1:].iterrows()])
    filled = ~sheet.cells.iloc[:, 1:].map(is_nothing).to_numpy()
    dated = [bool(is_day[place].sum() >= FITTING * filled[place].sum() > 0) for place in range(rows)]
    return not dated[0] and any(dated) and not all(dated[1:]) and bool(
        is_day[~np.array(dated)].sum() == 0 and is_day.mean(axis=0).max() < FITTING)


def _holds_customers(sheet: Sheet, found: Labels) -> bool:
    """Whether a column per customer stands beside the labels, with dates and amounts where these belong."""
    return any(map(names_customer, found.words.values())) and bool(values_fit(sheet, found))


def values_fit(sheet: Sheet, found: Labels) -> bool | None:
    """Whether dates and numbers stand beside the labels that ask for them; None where no label asks."""
    values = sheet.cells.iloc[:, found.column + 1:]
    fits = [fit for row, word in found.words.items() if (fit := _fit(values.iloc[row], word)) is not None]
    return min(fits) >= FITTING if fits else None


def _fit(values: pd.Series, word: str) -> float | None:
    """The share of values that are of the kind that a label asks for; None where any text would do."""
    kinds = {TABLES[place.table].by_name[place.field].kind for place in places(word)} if is_known(word) else set()
    cells = values.dropna()
    if not kinds or not kinds <= set(MEASURED) or not len(cells):
        return None
    if kinds == {"date"}:
        return float((~np.isnat(dates(pd.Series(cells.to_list(), dtype=object)).days)).mean())
    return float(np.mean([bool(NUMBERLIKE.fullmatch(clean(cell).strip("円"))) for cell in cells]))
