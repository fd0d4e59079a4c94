"""Books whose months are known by heart: how many were there, how many came and left."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence

from cs_kpi.book import Book
from cs_kpi.periods import month_start
from tests import tables

FIRST = dt.date(2023, 12, 1)
"""The first customers start here; the first month with an opening is January 2024."""


def book_of_months(start: int, came: Sequence[int], left: Sequence[int], mrr: float = 100.0) -> Book:
    """`start` customers at the end of 2023; in every month from January 2024 some come on the 10th, and of those who
    were there longest some leave on the 15th. Data up to the end of the last month."""
    rows: list[list[object]] = [[f"S{number:03d}", str(FIRST), None, mrr] for number in range(start)]
    gone = 0
    for place, (new, out) in enumerate(zip(came, left, strict=True)):
        month = month_start(dt.date(2024, 1, 1), place)
        for row in rows[gone:gone + out]:
            row[2] = str(month.replace(day=15))
        gone += out
        rows += [[f"N{place:02d}-{number:02d}", str(month.replace(day=10)), None, mrr] for number in range(new)]
    last = month_start(dt.date(2024, 1, 1), len(came) - 1)
    return tables.book([tuple(row) for row in rows],
                       as_of=str(last.replace(day=calendar.monthrange(last.year, last.month)[1])))
