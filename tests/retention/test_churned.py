"""Who left in a period."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Segment
from cs_kpi.periods import SNAPSHOT, parse
from cs_kpi.retention.churned import churned
from tests.retention.given import book
from tests.retention.test_leaving import said


def test_names_who_left_with_the_day_the_mrr_and_the_reason() -> None:
    one = book(("A", "2024-01-01", "2024-06-30", 100), ("B", "2024-01-01", "2024-06-10", 40),
               ("C", "2024-01-01", None, 7), tables=said(("A", "2024-05-01", "price")))
    found = churned(one, parse("2024-06"))
    assert found["customer_id"].tolist() == ["A", "B"]
    assert found["mrr_lost"].tolist() == [100.0, 40.0]
    assert found["left_on"].dt.date.tolist() == [dt.date(2024, 6, 30), dt.date(2024, 6, 10)]
    assert found["reason"].tolist() == ["price", None]


def test_a_segment_keeps_its_own() -> None:
    one = book(("A", "2024-01-01", "2024-06-30", 100), ("B", "2024-01-01", "2024-06-10", 40), plan=["Pro", "Basic"])
    assert churned(one, parse("2024-06"), Segment("plan", "Basic"))["customer_id"].tolist() == ["B"]


def test_a_list_without_dates_names_who_left_without_a_day() -> None:
    frame = pd.DataFrame({"customer_id": ["A", "B"], "has_left": pd.array([True, False], dtype="boolean")})
    found = churned(Book({"customers": frame}), SNAPSHOT)
    assert found["customer_id"].tolist() == ["A"]
    assert found[["left_on", "mrr_lost"]].isna().all(axis=None)


@pytest.mark.parametrize("month", ["2024-05", "2024-07"])
def test_nobody_left_in_other_months(month: str) -> None:
    one = book(("A", "2024-01-01", "2024-06-30", 100), ("C", "2024-01-01", None, 7))
    assert churned(one, parse(month)).empty
