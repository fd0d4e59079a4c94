"""Whose use fell, and use around a day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cs_kpi.book import Book, day_of
from cs_kpi.engagement.falls import around, falls
from cs_kpi.ledger import NEVER
from cs_kpi.settings import Settings
from tests.retention.given import contracts

AS_OF = dt.date(2024, 6, 30)


def book(uses: list[tuple[str, str, float]]) -> Book:
    use = pd.DataFrame(uses, columns=["customer_id", "date", "count"])
    use["date"] = pd.to_datetime(use["date"]).astype("datetime64[s]")
    rows = contracts(("A", "2024-01-01", None, 100), ("B", "2024-01-01", None, 200),
                     ("C", "2024-01-01", "2024-06-10", 50))
    return Book({"usage": use, "subscriptions": rows}, Settings(as_of=AS_OF), today=dt.date(2026, 1, 1))


def test_the_last_thirty_days_are_held_against_the_thirty_before() -> None:
    # The last 30 days begin on 1 June, those before on 2 May.
    found = falls(book([("A", "2024-05-02", 20), ("A", "2024-05-31", 20), ("A", "2024-06-01", 10),
                        ("A", "2024-05-01", 99), ("B", "2024-05-20", 10), ("B", "2024-06-20", 9),
                        ("C", "2024-05-20", 50)]))
    # A fell from 40 to 10, B from 10 to 9; C is no customer any more.
    assert found[["customer_id", "before", "after", "change", "mrr"]].to_numpy().tolist() == [
        ["A", 40, 10, -0.75, 100], ["B", 10, 9, pytest.approx(-0.1), 200]]
    assert found["last_used"].tolist() == [pd.Timestamp("2024-06-01"), pd.Timestamp("2024-06-20")]


def test_little_use_and_growing_use_are_no_falls() -> None:
    assert falls(book([("A", "2024-05-20", 9), ("B", "2024-05-20", 10), ("B", "2024-06-20", 11)])).empty


def test_use_around_a_day_counts_customers_that_were_there_the_whole_week() -> None:
    one = book([("C", "2024-01-02", 1), ("A", "2024-03-29", 3), ("A", "2024-03-30", 5), ("A", "2024-04-04", 2),
                ("B", "2024-04-01", 6)])
    anchor = np.array([day_of(dt.date(2024, 3, 30)), day_of(dt.date(2024, 3, 30)), NEVER])
    weeks = around(one, anchor, weeks=1)
    # Before the 30th: A 3, B 0. From the 30th to 5 April: A 5 + 2, B 6.
    assert weeks[["week", "customers", "mean"]].to_numpy().tolist() == [[-1, 2, 1.5], [0, 2, 6.5]]
    # Spread of 7 and 6: standard deviation 0.7071, error 0.5.
    assert weeks["high"].iloc[1] == pytest.approx(6.5 + 1.96 * 0.5, abs=1e-3)


def test_weeks_before_the_first_contract_are_not_seen() -> None:
    one = book([("C", "2023-09-01", 1), ("A", "2024-01-05", 1)])
    weeks = around(one, np.array([day_of(dt.date(2024, 1, 3)), NEVER, NEVER]), weeks=1)
    assert weeks["customers"].tolist() == [0, 1]
    assert np.isnan(weeks["mean"].iloc[0])
