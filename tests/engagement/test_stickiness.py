"""Daily, weekly and monthly users, counted with a finger."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.engagement.stickiness import obstacle, stickiness
from cs_kpi.periods import parse
from cs_kpi.settings import Settings

JUNE = parse("2024-06")


def book(*uses: tuple[str, str | None, str], as_of: str = "2024-06-30") -> Book:
    frame = pd.DataFrame(uses, columns=["customer_id", "user_id", "date"])
    if frame["user_id"].isna().all():
        frame = frame.drop(columns="user_id")
    frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[s]")
    return Book({"usage": frame}, Settings(as_of=dt.date.fromisoformat(as_of)), today=dt.date(2026, 1, 1))


def test_users_of_a_day_a_week_and_a_month() -> None:
    [june] = stickiness(book(("A", "a1", "2024-06-01"), ("A", "a1", "2024-06-01"), ("A", "a2", "2024-06-01"),
                             ("B", "a1", "2024-06-10"), ("A", "a1", "2024-05-31"),
                             ("A", "a3", "2024-04-01")), [JUNE])
    # Three different users (a1 of A is not a1 of B): two on the 1st, one on the 10th; 3 / 30 days.
    assert june.monthly == 3
    assert june.daily == pytest.approx(3 / 30)
    # a1 of A counts in the weeks up to 1 to 7 June (use of 31 May and 1 June), a2 as well, a1 of B up to 10 to 16 June.
    assert june.weekly == pytest.approx((7 + 7 + 7) / 30)
    assert june.daily_share == pytest.approx(1 / 30)


def test_without_users_customers_are_counted() -> None:
    [june] = stickiness(book(("A", None, "2024-04-01"), ("A", None, "2024-06-01"),
                             ("A", None, "2024-06-02"), ("B", None, "2024-06-02")), [JUNE])
    assert (june.monthly, june.daily) == (2, pytest.approx(3 / 30))


def test_a_month_that_is_not_over_has_as_many_days_as_the_data() -> None:
    [june] = stickiness(book(("A", "b", "2024-05-01"), ("A", "a", "2024-06-01"), as_of="2024-06-10"), [JUNE])
    assert june.daily == pytest.approx(1 / 10)


def test_a_month_after_the_data_and_one_without_use_have_no_share() -> None:
    later, empty = stickiness(book(("A", "a", "2024-04-01")), [parse("2024-08"), JUNE])
    assert np.isnan(later.daily_share)
    assert np.isnan(empty.weekly_share)
    assert empty.monthly == 0


def test_use_by_the_month_cannot_tell_days() -> None:
    monthly = [("A", "a", f"2024-{month:02d}-28") for month in range(1, 7)]
    assert "by week or month" in str(obstacle(book(*monthly)))
    daily = [("A", "a", f"2024-06-{day:02d}") for day in range(1, 9)]
    assert obstacle(book(*daily)) is None
    assert "no usage" in str(obstacle(Book({}, today=dt.date(2024, 1, 1))))
