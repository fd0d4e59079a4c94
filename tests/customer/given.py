"""A small book of customers, written down as rows; golden numbers are read from it by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd

from cs_kpi.book import Book, day_of
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.settings import Settings

LAST = dt.date(2024, 6, 30)
TABLES = {
    "subscriptions": ("customer_id", "start_date", "mrr", "end_date", "plan", "seats", "term_end", "notice_days"),
    "customers": ("customer_id", "customer_name", "owner", "Industry", "onboarding_completed_on"),
    "usage": ("customer_id", "date", "count", "feature", "user_id"),
    "surveys": ("customer_id", "answered_on", "score", "comment", "respondent"),
    "milestones": ("customer_id", "milestone", "completed_on"),
    "interactions": ("customer_id", "date", "kind", "priority", "status", "note", "by"),
    "cancellations": ("customer_id", "cancelled_on", "reason", "comment"),
    "pulse": ("customer_id", "date", "value", "by", "note")}
DATES = {"start_date", "end_date", "term_end", "date", "answered_on", "cancelled_on", "onboarding_completed_on",
         "completed_on"}
NUMBERS = {"mrr", "seats", "count", "score", "notice_days", "value"}
Rows = Iterable[tuple[Any, ...]]


def book(health: HealthConfiguration | None = None, last: dt.date | None = LAST, data_from: dt.date | None = None,
         **tables: Rows) -> Book:
    """A book of rows; short rows are filled up, columns that no row fills are left out. Every row says where it
    stands."""
    found = {name: _frame(name, list(rows)) for name, rows in tables.items()}
    if "surveys" in found:
        found["surveys"] = found["surveys"].assign(kind="nps", scale=10.0)
    return Book(found, Settings(as_of=last, health=health, data_from=data_from, currency="USD"),
                today=last or LAST)


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame([dict(zip(TABLES[name], row, strict=False)) for row in rows])
    for column in table:
        table[column] = (pd.to_datetime(table[column]) if column in DATES
                         else table[column].astype(float) if column in NUMBERS else table[column].astype(object))
    return table.assign(_file=f"{name}.csv", _sheet=f"{name}.csv", _row=range(2, len(table) + 2))


def days(*written: str) -> list[int]:
    return [day_of(dt.date.fromisoformat(one)) for one in written]
