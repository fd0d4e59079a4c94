"""A small book in which every fate can be followed with a finger."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.settings import Settings

Row = tuple[str, str, str | None, float]


def contracts(*rows: Row, **more: list[Any]) -> pd.DataFrame:
    """Contract rows as (customer, start, end, MRR)."""
    frame = pd.DataFrame(rows, columns=["customer_id", "start_date", "end_date", "mrr"])
    for column in ("start_date", "end_date"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    for column in ("term_end",):
        if column in more:
            more[column] = pd.to_datetime(pd.Series(more[column])).astype("datetime64[s]")  # type: ignore[assignment]
    return frame.assign(charge_kind="recurring", **more)


def book(*rows: Row, as_of: str = "2024-12-31", data_from: str | None = None,
         tables: dict[str, pd.DataFrame] | None = None, **more: list[Any]) -> Book:
    chosen = Settings(as_of=dt.date.fromisoformat(as_of),
                      data_from=dt.date.fromisoformat(data_from) if data_from else None)
    return Book({"subscriptions": contracts(*rows, **more), **(tables or {})}, chosen, today=dt.date(2026, 1, 1))
