"""Bills with a row for each line: the sum of the bill on every row, and beside it the line's own, which counts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import ids

MOST_COLUMNS, MOST_ROWS = 40, 3000
MOSTLY = 0.95


def of_lines(table: Area, key: str, day: str, money: str) -> str | None:
    """The column whose amounts add up to `money` for each customer and day, where `money` repeats on every row; None
    where there is none, or no bill has a second line."""
    body = table.body.head(MOST_ROWS)
    days = dates(body[day]).days.astype("datetime64[D]").astype(np.int64)
    total = amounts(body[money]).values
    bill = pd.DataFrame({"key": ids(body[key]).to_numpy(), "day": days, "total": total}).groupby(
        ["key", "day", "total"], sort=False).ngroup().to_numpy()
    if len(np.unique(bill)) == len(bill) or not np.isfinite(total).any():
        return None
    for header in [one for one in table.headers if one not in (key, day, money)][:MOST_COLUMNS]:
        values = amounts(body[header]).values
        if not np.isfinite(values).all() or np.allclose(values, total):
            continue
        sums = pd.Series(values).groupby(bill).transform("sum").to_numpy()
        if np.isclose(sums, total).mean() >= MOSTLY:
            return header
    return None
