"""The same use, answers and contacts under other headers, as in a book that is kept in two languages: told by customer
and day, since what was used and said stands there in other words."""

from __future__ import annotations

import numpy as np

from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.row_hashes import hashes

DAYS = {"usage": "date", "surveys": "answered_on", "interactions": "date", "milestones": "completed_on",
        "cancellations": "cancelled_on", "pulse": "date"}
"""Tables of what happened, and their days."""
REASONS = ("reason", "comment")
"""A sheet of reasons and one of comments say of the same leavers what the other does not."""
NUMBERS = ("count", "minutes", "score", "value")
FEWEST, FEWEST_KEYS, MOSTLY = 6, 3, 0.8


def key_of(table: str) -> list[str]:
    return ["customer_id", DAYS[table]]


def shared_rows(table: str, one: SheetReading, other: SheetReading) -> int:
    """Rows of the first sheet whose customer has as many on that day in the other, with the same numbers; 0 where
    these are not most rows of the smaller of both."""
    ours, theirs = one.tables.get(table), other.tables.get(table)
    if table not in DAYS or ours is None or theirs is None or min(len(ours), len(theirs)) < FEWEST:
        return 0
    if not all(field in frame for field in key_of(table) for frame in (ours, theirs)):
        return 0
    if any((field in ours) != (field in theirs) for field in REASONS if table == "cancellations"):
        return 0
    fields = [field for field in NUMBERS if field in ours and field in theirs]
    keys, places, rows = np.unique(hashes(ours, key_of(table)), return_inverse=True, return_counts=True)
    others, further, counted = np.unique(hashes(theirs, key_of(table)), return_inverse=True, return_counts=True)
    at = np.clip(np.searchsorted(others, keys), 0, len(others) - 1)
    is_same = (others[at] == keys) & (counted[at] == rows)
    for field in fields:
        sums = np.bincount(places, ours[field].fillna(0.0).to_numpy(dtype=float))
        totals = np.bincount(further, theirs[field].fillna(0.0).to_numpy(dtype=float))
        is_same &= np.isclose(sums, totals[at])
    shared = int(rows[is_same].sum())
    return shared if is_same.sum() >= FEWEST_KEYS and shared >= MOSTLY * min(len(ours), len(theirs)) else 0


def twin_table(one: SheetReading, other: SheetReading) -> tuple[str, int] | None:
    """The first table that both sheets tell alike, and how many rows of the first stand in both."""
    return next(((table, shared) for table in DAYS if (shared := shared_rows(table, one, other))), None)
