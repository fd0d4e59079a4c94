"""Total rows that no word gives away: whose numbers are the sums of all rows above, such as 'All practices'."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.dates import dates

MOST_ROWS, FEWEST_ROWS = 5000, 3
"""In longer tables reading every number would cost time, and few have a total below; of fewer rows a sum is chance."""
SURELY, OR_LACKING = 2, 1
"""So many columns must add up; one is enough where the row lacks what all rows above have."""


def adds_up(body: pd.DataFrame, is_data: np.ndarray) -> np.ndarray:
    """Whether a row is the last of a table's data and the sum of all rows before it, in every column of numbers that it
    fills.

    is_data : rows that are no blank, note or total already
    """
    found = np.zeros(len(body), dtype=bool)
    rows = np.flatnonzero(is_data)
    if not FEWEST_ROWS < len(rows) <= MOST_ROWS:
        return found
    above, last = body.iloc[rows[:-1]], body.iloc[rows[-1]]
    numeric = [place for place, cell in enumerate(last) if _is_number(cell)]
    if not numeric or any(_is_day(cell) for cell in last):
        return found
    told = [_is_sum(above.iloc[:, place], last.iloc[place]) for place in numeric]
    adding = [fits for fits in told if fits is not None]
    lacks = bool((above.notna().all() & last.isna()).any())
    found[rows[-1]] = all(adding) and len(adding) >= (OR_LACKING if lacks else SURELY)
    return found


def _is_number(cell: object) -> bool:
    cell = cell.item() if isinstance(cell, np.generic) else cell
    return not pd.isna(cell) and bool(np.isfinite(amounts(pd.Series([cell], dtype=object)).values[0]))


def _is_day(cell: object) -> bool:
    return not pd.isna(cell) and bool(~np.isnat(dates(pd.Series([cell], dtype=object), numbers=False).days[0]))


def _is_sum(column: pd.Series, total: object) -> bool | None:
    """Whether a cell is the sum of a column; None where both are nothing, which says nothing."""
    values = amounts(pd.concat([column, pd.Series([total], dtype=object)], ignore_index=True)).values
    parts, whole = values[:-1], values[-1]
    known = parts[np.isfinite(parts)]
    if not known.any() and whole == 0:
        return None
    return bool(np.count_nonzero(known) >= FEWEST_ROWS and np.isclose(known.sum(), whole, rtol=1e-9, atol=1e-6))
