"""Small books for actions, written down as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.settings import Settings

LAST = dt.date(2024, 6, 30)
TABLES = {
    "subscriptions": ("customer_id", "start_date", "mrr", "end_date", "term_end", "seats", "plan"),
    "customers": ("customer_id", "customer_name", "owner", "onboarding_completed_on", "Employees"),
    "usage": ("customer_id", "date", "count", "user_id"),
    "surveys": ("customer_id", "answered_on", "score"),
    "interactions": ("customer_id", "date", "kind", "priority", "status"),
    "cancellations": ("customer_id", "cancelled_on", "reason")}
DATES = {"start_date", "end_date", "term_end", "date", "answered_on", "cancelled_on", "onboarding_completed_on"}
NUMBERS = {"mrr", "seats", "count", "score", "Employees"}


def book(health: HealthConfiguration | None = None, last: dt.date = LAST, **tables: Iterable[tuple[Any, ...]]) -> Book:
    """A book of rows; short rows are filled up, columns that no row fills are left out."""
    found = {name: _frame(TABLES[name], list(rows)) for name, rows in tables.items()}
    if "surveys" in found:
        found["surveys"] = found["surveys"].assign(kind="nps", scale=10.0)
    return Book(found, Settings(as_of=last, health=health), today=last)


def _frame(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows])
    for name in table:
        table[name] = (pd.to_datetime(table[name]) if name in DATES
                       else table[name].astype(float) if name in NUMBERS else table[name].astype(object))
    return table
