"""What two sheets of different files have in common, row by row, and what that most likely means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.row_hashes import hashes
from cs_kpi.ingest.same_headers import have_same_headers
from cs_kpi.ingest.twins import twin_table
from cs_kpi.tables import TABLES

Choice = Literal["replace", "merge", "append"]
Unit = Literal["rows", "customers", "days"]
KEYS: dict[str, tuple[str, ...]] = {
    "customers": ("customer_id",), "subscriptions": ("customer_id", "product", "start_date"),
    "usage": ("customer_id", "subscription_id", "user_id", "feature", "date"),
    "surveys": ("customer_id", "respondent", "kind", "answered_on"), "milestones": ("customer_id", "milestone"),
    "cancellations": ("customer_id", "cancelled_on"), "pulse": ("customer_id", "by", "date")}
"""What names a row of a table; of the others the whole row does."""
TELLING: dict[str, tuple[str, ...]] = {"subscriptions": ("mrr",), "customers": ("customer_name",)}
"""What stays the same in most rows of a newer export, and differs where only the key is the same by chance."""
FILLED = 0.95
"""So many rows need a contract number before it names them."""
ALIKE = 0.5
"""A newer export changes some rows, not most: with fewer alike, the keys are those of another product or service."""
COVERED = 0.8
"""A newer export of everything may lack some rows (deleted, corrected); one that lacks more is an extract."""
BY_CHANCE = 0.05
"""Two lists of different customers or events share a few keys; contracts never do without being the same."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """`shared` of the `older` rows (customers, in a table by months) stand in the newer sheet too; it has `newer`.

    unit : days, where rows are the same by customer, day and numbers under other headers
    """

    table: str
    unit: Unit
    shared: int
    older: int
    newer: int
    likelier: Choice


def overlap(older: SheetReading, newer: SheetReading) -> Overlap | None:
    """What a newer sheet says again of an older one; None where both stand side by side."""
    table = _common_table(older, newer)
    if table is None:
        return _of_twins(older, newer)
    if table == "subscriptions" and (older.months or newer.months):
        return _by_months(older, newer) if older.months and newer.months else None
    return _by_rows(table, older, newer)


def _of_twins(older: SheetReading, newer: SheetReading) -> Overlap | None:
    """The same under other headers; customers and contracts have keys of their own and are no twins."""
    twin = twin_table(older, newer)
    if twin is None:
        return None
    table, shared = twin
    return Overlap(table, "days", shared, len(older.tables[table]), len(newer.tables[table]), "merge")


def _common_table(older: SheetReading, newer: SheetReading) -> str | None:
    """The table to compare: contracts before all; another one only where the headers are the same."""
    both = [name for name, frame in older.tables.items() if len(frame) and len(newer.tables.get(name, ()))]
    if "subscriptions" in both:
        return "subscriptions"
    return both[0] if both and have_same_headers(older.mapping, newer.mapping) else None


def _by_rows(table: str, older: SheetReading, newer: SheetReading) -> Overlap | None:
    key = key_fields(table, older, newer)
    ours, theirs = (hashes(one.tables[table], key) for one in (older, newer))
    stands = np.isin(ours, theirs)
    shared = int(stands.sum())
    if not shared:
        return None
    is_alike = _alike(table, older, newer, key, stands)
    is_rare = shared < BY_CHANCE * min(len(ours), len(theirs))
    if is_rare and (table != "subscriptions" or not is_alike):
        return None
    if not have_same_headers(older.mapping, newer.mapping):
        return Overlap(table, "rows", shared, len(ours), len(theirs), "merge") if is_alike else None
    covers = shared >= COVERED * len(ours)
    return Overlap(table, "rows", shared, len(ours), len(theirs),
                   "append" if not is_alike else "replace" if covers else "merge")


def key_fields(table: str, older: SheetReading, newer: SheetReading) -> list[str]:
    """The fields that name a row in both sheets."""
    one, other = older.tables[table], newer.tables[table]
    both = [field for field in TABLES[table].by_name if field in one and field in other]
    if "one_row_per_customer" in (older.mapping.shape, newer.mapping.shape):
        return ["customer_id"]
    if table == "subscriptions" and _are_numbered(one, other):
        return ["subscription_id"]
    return [field for field in KEYS.get(table, both) if field in both]


def _are_numbered(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether contracts have numbers of their own, which mean the same customers in both sheets."""
    if not all("subscription_id" in frame and frame["subscription_id"].notna().mean() >= FILLED
               for frame in (one, other)):
        return False
    owners = [frame.drop_duplicates("subscription_id").set_index("subscription_id")["customer_id"]
              for frame in (one, other)]
    shared = owners[0].index.intersection(owners[1].index).dropna()
    return not len(shared) or bool((owners[0][shared] == owners[1][shared]).mean() >= ALIKE)


def _alike(table: str, older: SheetReading, newer: SheetReading, key: list[str], stands: np.ndarray) -> bool:
    """Whether most rows with the same key say the same otherwise."""
    if key == ["subscription_id"]:
        return True
    one, other = older.tables[table], newer.tables[table]
    telling = ("start_date",) if table == "subscriptions" and key == ["customer_id"] else TELLING.get(
        table, tuple(TABLES[table].by_name))
    fields = [*key, *(field for field in telling if field in one and field in other and field not in key)]
    return bool(np.isin(hashes(one[stands], fields), hashes(other, fields)).mean() >= ALIKE)


def _by_months(older: SheetReading, newer: SheetReading) -> Overlap | None:
    """Tables by months overlap where they speak of the same customers in the same months."""
    assert older.months
    assert newer.months
    first, last = max(older.months[0], newer.months[0]), min(older.months[1], newer.months[1])
    if first > last:
        return None
    ours, theirs = (one.tables["subscriptions"] for one in (older, newer))
    known = set(ours["customer_id"])
    shared, new = len(known & set(theirs["customer_id"])), theirs["customer_id"].nunique()
    if shared < max(1, BY_CHANCE * min(len(known), new)):
        return None
    covers = newer.months[0] <= older.months[0] and newer.months[1] >= older.months[1]
    is_whole = covers and shared >= COVERED * len(known) and have_same_headers(older.mapping, newer.mapping)
    is_alike = max(_same_amounts(ours, theirs, day) for day in (first, last)) >= ALIKE
    return Overlap("subscriptions", "customers", shared, len(known), new,
                   "append" if not is_alike else "replace" if is_whole else "merge")


def _same_amounts(ours: pd.DataFrame, theirs: pd.DataFrame, day: dt.date) -> float:
    """Of the customers who pay on a day by both tables, the share that pays the same."""
    one, other = (_paid(frame, day) for frame in (ours, theirs))
    both = one.index.intersection(other.index)
    return float((one[both] == other[both]).mean()) if len(both) else 0.0


def _paid(frame: pd.DataFrame, day: dt.date) -> pd.Series:
    moment = pd.Timestamp(day)
    is_active = (frame["start_date"] <= moment) & (frame["end_date"].isna() | (frame["end_date"] > moment))
    return frame[is_active].groupby("customer_id")["mrr"].sum()
