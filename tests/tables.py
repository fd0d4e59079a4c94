"""Small books of canonical tables, written down as rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Reading, readings
from cs_kpi.periods import parse
from cs_kpi.settings import Settings

CONTRACT = ("customer_id", "start_date", "end_date", "mrr", "term_end", "seats", "product", "charge_kind")
USE = ("customer_id", "date", "user_id", "feature", "count", "minutes")
ANSWER = ("customer_id", "answered_on", "kind", "score", "scale", "respondent")
STEP = ("customer_id", "milestone", "completed_on")
CUSTOMER = ("customer_id", "started_on", "onboarding_completed_on", "industry")
DATES = {"start_date", "end_date", "term_end", "date", "answered_on", "completed_on", "started_on",
         "onboarding_completed_on"}
NUMBERS = {"mrr", "seats", "count", "minutes", "score", "scale"}


def frame(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows as a canonical table; short rows are filled up, columns that no row fills are left out."""
    table = pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows])
    for name in table:
        table[name] = (pd.to_datetime(table[name]) if name in DATES
                       else table[name].astype(float) if name in NUMBERS else table[name])
    return table


def book(contracts: Iterable[tuple[Any, ...]] = (), *, usage: Iterable[tuple[Any, ...]] = (),
         surveys: Iterable[tuple[Any, ...]] = (), milestones: Iterable[tuple[Any, ...]] = (),
         customers: Iterable[tuple[Any, ...]] = (), as_of: str = "2024-12-31", **settings: Any) -> Book:
    """A book of those tables that have rows."""
    given = {"subscriptions": (CONTRACT, contracts), "usage": (USE, usage), "surveys": (ANSWER, surveys),
             "milestones": (STEP, milestones), "customers": (CUSTOMER, customers)}
    tables = {name: frame(columns, list(rows)) for name, (columns, rows) in given.items() if list(rows)}
    return Book(tables, Settings(**{"as_of": dt.date.fromisoformat(as_of)} | settings))


def reading(whole: Book, kpi: str, period: str = "2024-06", convention: str | None = None) -> Reading:
    return readings(whole, [parse(period)], [kpi], convention=convention)[0]


def value(whole: Book, kpi: str, period: str = "2024-06", convention: str | None = None) -> float | None:
    return reading(whole, kpi, period, convention).value
