"""What the usage table speaks of: nothing is known of days before it begins and after it ends."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.engagement.falls import around, falls
from cs_kpi.engagement.stickiness import stickiness
from cs_kpi.engagement.told import told, weeks_obstacle, windows
from cs_kpi.kpi.readings import Segment
from cs_kpi.ledger import NEVER
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from tests.retention.given import contracts


def book(uses: list[tuple[str, str, float]], as_of: str = "2024-06-30") -> Book:
    use = pd.DataFrame(uses, columns=["customer_id", "date", "count"])
    use["date"] = pd.to_datetime(use["date"]).astype("datetime64[s]")
    rows = contracts(("A", "2022-01-01", None, 100), ("B", "2022-01-01", None, 200), plan=["Pro", "Basic"])
    customers = pd.DataFrame({"customer_id": ["A", "B"], "industry": ["IT", "Food"]})
    return Book({"usage": use, "subscriptions": rows, "customers": customers},
                Settings(as_of=dt.date.fromisoformat(as_of)), today=dt.date(2026, 1, 1))


def daily(customer: str, first: str, last: str, count: float = 1) -> list[tuple[str, str, float]]:
    return [(customer, f"{day:%Y-%m-%d}", count) for day in pd.date_range(first, last)]


def speaks(one: Book) -> tuple[dt.date, dt.date, str]:
    found = one.once(told)
    assert found is not None
    return date_of(found.first), date_of(found.last), found.grain


def test_a_longer_silence_than_ever_ends_the_table() -> None:
    first, last = dt.date(2024, 3, 1), dt.date(2024, 5, 31)
    assert speaks(book(daily("A", "2024-03-01", "2024-05-31"))) == (first, last, "day")
    # A week without use is not the end of it.
    assert speaks(book(daily("A", "2024-03-01", "2024-05-31"), as_of="2024-06-07"))[1] == dt.date(2024, 6, 7)


def test_the_same_day_of_every_week_is_use_by_week() -> None:
    mondays = [("A", f"{day:%Y-%m-%d}", 1.0) for day in pd.date_range("2024-05-06", "2024-06-24", freq="7D")]
    assert speaks(book(mondays)) == (dt.date(2024, 5, 6), dt.date(2024, 6, 30), "week")


def test_weeks_before_the_usage_table_begins_are_not_weeks_without_use() -> None:
    """Both completed onboarding long before the table begins: nothing is known of their use then."""
    one = book(daily("A", "2024-03-01", "2024-06-30") + daily("B", "2024-03-01", "2024-06-30"))
    weeks = around(one, np.array([day_of(dt.date(2022, 3, 1)), day_of(dt.date(2024, 3, 8))]), weeks=2)
    # B alone: its week from 1 March on, and the two after the 8th; the week before the table is not told.
    assert weeks["customers"].tolist() == [0, 1, 1, 1]
    assert weeks["mean"].tolist()[1:] == [7, 7, 7]


def test_a_table_that_ends_before_the_other_data_is_no_fall_of_use() -> None:
    one = book(daily("A", "2024-01-01", "2024-05-31"), as_of="2024-06-30")
    assert falls(one).empty


def test_use_by_month_is_held_against_whole_months() -> None:
    """31 January and 29 February both lie in the 30 days before March: that would be a fall by half."""
    monthly = [("A", day, 20.0) for day in ("2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31")]
    one = book([*monthly, *[("B", day, count) for (_, day, _n), count in zip(monthly, (40.0, 40.0, 40.0, 10.0),
                                                                             strict=True)]], as_of="2025-03-31")
    assert falls(one, 1)[["customer_id", "before", "after"]].to_numpy().tolist() == [["B", 40, 10]]
    assert falls(one, 2)[["customer_id", "before", "after"]].to_numpy().tolist() == [["B", 80, 50]]
    found = windows(one, 1)
    assert found is not None
    assert found.late == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert found.early == (dt.date(2025, 2, 1), dt.date(2025, 2, 28))
    assert "dated by month" in str(weeks_obstacle(one))


def test_a_month_that_is_not_over_is_held_against_nothing() -> None:
    one = book([("A", day, 20.0) for day in ("2025-01-31", "2025-02-28")] + [("A", "2025-03-10", 3.0)],
               as_of="2025-03-10")
    found = windows(one, 1)
    assert found is not None
    assert found.late == (dt.date(2025, 2, 1), dt.date(2025, 2, 28))
    assert falls(one, 1).empty


@pytest.mark.parametrize("segment", [Segment("industry", "IT"), Segment("plan", "Pro")])
def test_segments_narrow_falls_and_stickiness(segment: Segment) -> None:
    one = book(daily("A", "2024-05-01", "2024-05-31", 2) + daily("A", "2024-06-01", "2024-06-30")
               + daily("B", "2024-05-01", "2024-05-31", 3) + daily("B", "2024-06-01", "2024-06-30"))
    assert falls(one)["customer_id"].tolist() == ["B", "A"]
    assert falls(one, segment=segment)["customer_id"].tolist() == ["A"]
    whole, part = (stickiness(one, [parse("2024-06")], cut)[0].monthly for cut in (None, segment))
    assert (whole, part) == (2, 1)


def test_a_month_in_which_the_table_begins_counts_its_own_days() -> None:
    [june] = stickiness(book(daily("A", "2024-06-16", "2024-06-30")), [parse("2024-06")])
    # A uses it on each of the 15 days that are told: half of the month is not a silence.
    assert (june.daily_share, june.weekly_share) == (1, 1)


def test_without_dates_up_to_the_end_nothing_is_told() -> None:
    one = book([("A", "2024-08-01", 1.0)])
    assert one.once(told) is None
    assert windows(one, 30) is None
    assert falls(one).empty
    assert around(one, np.array([NEVER, NEVER]), weeks=1)["customers"].tolist() == [0, 0]
