"""Rows of a text file that a comma in an amount has torn, and that are no wider than the header, since their last cell
is missing: 12 and 000 where all others pay thousands, and nobody else has three figures in the next column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cs_kpi.ingest.values.amounts import amounts

THOUSANDS, FEWEST, SAMPLE = 1000.0, 4, 2000
"""Only where at least half of so many amounts are thousands can one of them have lost its own."""
RARELY = 0.05
FIGURES, NEVER_ALONE = r"\d{3}", r"0\d\d"


def suspects(cells: pd.DataFrame, numbers: list[bool], texts: list[bool]) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of what looks like the first part of a torn amount.

    numbers, texts : which columns hold numbers, and which of them texts
    """
    for place, is_number in enumerate(numbers[:-1]):
        behind = place + 1
        if not is_number or not (numbers[behind] or texts[behind]) or not _are_thousands(cells.iloc[:SAMPLE, place]):
            continue
        short = (cells.iloc[:, place].str.len() <= 3).to_numpy(dtype=bool, na_value=False)
        rows = np.flatnonzero(short)
        if not len(rows):
            continue
        pattern = FIGURES if texts[behind] else NEVER_ALONE
        rest = cells.iloc[:, behind]
        begun = cells.iloc[rows, place].str.fullmatch(r"[1-9]\d{0,2}") & rest.iloc[rows].str.fullmatch(pattern)
        found = rows[begun.to_numpy(dtype=bool, na_value=False)]
        alike = rest.drop(index=rest.index[found]).dropna().head(SAMPLE).str.fullmatch(pattern)
        if len(found) and not (len(alike) and alike.mean() > RARELY):
            yield from ((int(row), place) for row in found)


def _are_thousands(cells: pd.Series) -> bool:
    read = amounts(cells.dropna()).values
    known = read[np.isfinite(read)]
    return len(known) >= FEWEST and float(np.median(known)) >= THOUSANDS
