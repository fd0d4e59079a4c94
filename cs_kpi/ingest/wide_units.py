"""The unit of a whole table, wherever it is said: above, in a corner, in a note below, in a name of sheet or file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

import numpy as np
import pandas as pd

from cs_kpi.ingest.header_levels import clean, is_unit
from cs_kpi.ingest.naming.multiples import CURRENCY, LONG
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.units import Unit, unit_of_header, unit_of_title
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import Message, _

ONLY = re.compile(rf"[※＊*(\[【]*\s*(?:.{{0,4}}単位|金額|表示|数値|税[抜込別]|[十百]?[千万億]円|units?\b|currency|"
                  rf"(?:all )?(?:amounts|figures|values|numbers)\b|all in\b|in\b|note\b|(?:{LONG})\b|[kmt]?{CURRENCY})",
                  re.IGNORECASE)
"""A cell that says the unit and nothing else, such as 単位：千円: it holds for every table of the sheet."""
CORNER = re.compile(r"単位.*|[(\[【].*[)\]】]")
FIGURE = re.compile(r"[¥$€£]?\s?-?\d[\d,.]*\s?[%kKmM]?")
UNITS = re.compile(r"(?:金額|通貨)?単位|units?|unit of (?:measure|currency)|currency unit")
MOST_NOTES = 20


def said_of_all(texts: Iterable[str]) -> str:
    """Of the texts above a table those that speak of units or tax only."""
    return " ".join(text for text in texts if ONLY.match(nfkc(text)))


def title_rows(cells: pd.DataFrame, rows: int) -> str:
    """The texts of the first rows, without those that are the label of a figure beside or below them: ARR ($M), 1.2."""
    above = cells.iloc[:max(rows, 0)].astype(object).to_numpy().tolist()
    found = []
    for at, row in enumerate(above):
        filled = [(place, cell) for place, cell in enumerate(row) if shown(cell)]
        for (place, cell), (_next, after) in zip(filled, [*filled[1:], (0, None)], strict=False):
            below = above[at + 1][place] if at + 1 < len(above) else None
            if not _is_figure(after) and not _is_figure(below):
                found.append(shown(cell))
    return " ".join(found)


def _is_figure(cell: object) -> bool:
    is_text = isinstance(cell, str)
    return FIGURE.fullmatch(str(cell)) is not None if is_text else isinstance(cell, int | float) and not pd.isna(cell)


def unit_of_table(sheet: Sheet, title: str, body: pd.DataFrame, drop: np.ndarray, named: Sequence[Sequence[str]]
                  ) -> tuple[Unit, tuple[Message, ...]]:
    """What is said of all amounts of a table, the nearest place first; a sentence where notes contradict each other.

    title : the text above the header; body : all rows below it; drop : which of them are no data
    named : what each level of the header says of each column
    """
    unit = unit_of_title(title)
    for other in (_in_corners(body, named), unit_of_title(sheet.above), unit_of_title(sheet.name)):
        unit = unit.over(other)
    notes = [found for text in _notes(body, drop) if (found := unit_of_title(text)).multiplier != 1.0]
    notes += _of_rows(body[~drop])
    said: tuple[Message, ...] = ()
    if len({one.multiplier for one in notes}) > 1:
        said = (_("Notes among the rows name different units of amounts ({units}), so that none of them was applied. "
                  "Write the unit into the headers, or part the rows into several sheets, and load the file again.",
                  units=sorted(f"{one.multiplier:,.0f}" for one in notes)),) if unit.multiplier == 1.0 else ()
    elif notes:
        unit = unit.over(notes[0])
    return unit.over(unit_of_title(PurePath(sheet.file).stem)), said


def _of_rows(body: pd.DataFrame) -> list[Unit]:
    """What a column of units says of its rows, where it speaks of amounts."""
    cells = [cell for header in body.columns if UNITS.fullmatch(nfkc(str(header)).casefold())
             for cell in body[header].dropna().unique().tolist()[:MOST_NOTES] if isinstance(cell, str)]
    found = [unit_of_header(f"({cell})") for cell in cells]
    return found if any(one.multiplier != 1.0 for one in found) else []


def _in_corners(body: pd.DataFrame, named: Sequence[Sequence[str]]) -> Unit:
    """A unit that stands as, or above, the name of a column without amounts: (千円) over the customers' names."""
    unit = Unit()
    for place, said in enumerate(named):
        for text in said:
            if (is_unit(text) or CORNER.fullmatch(nfkc(text))) and (found := unit_of_header(text)).multiplier != 1.0:
                are_amounts = np.isfinite(amounts(body.iloc[:, place].dropna().head(50)).values)
                if are_amounts.sum() <= 0.5 * len(are_amounts):
                    unit = unit.over(found)
    return unit


def _notes(body: pd.DataFrame, drop: np.ndarray) -> list[str]:
    """The texts of rows that are left out and hold no more than one or two cells."""
    rows = body[drop]
    few = rows[rows.notna().sum(axis=1) <= 2] if len(rows) else rows
    cells = few.tail(MOST_NOTES).to_numpy(dtype=object).ravel()
    return [clean(cell) for cell in cells if isinstance(cell, str) and shown(cell)]
