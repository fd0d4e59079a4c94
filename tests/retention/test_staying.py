"""How long customers stay."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Segment, readings
from cs_kpi.periods import month_start, parse, period_of
from cs_kpi.retention.cohorts import cohorts
from cs_kpi.retention.staying import MOST_CURVES, obstacle, stays
from tests.retention.given import Row, book


def flagged(*rows: tuple[str, float, bool, str]) -> Book:
    """A list without dates: customer, months, has left, plan."""
    frame = pd.DataFrame(rows, columns=["customer_id", "tenure_months", "has_left", "plan"])
    return Book({"customers": frame.astype({"has_left": "boolean"})})


def test_a_list_without_dates_has_its_curve() -> None:
    [one] = stays(flagged(("A", 1, True, "x"), ("B", 2, True, "x"), ("C", 2, False, "x"), ("D", 3, False, "x")))
    # One of four leaves at 1; one of the three left at 2: 3/4, then 3/4 x 2/3 = 1/2.
    assert [round(one.at(month)[0], 6) for month in (0, 1, 2, 3)] == [1, 0.75, 0.5, 0.5]
    assert (one.n, one.left, one.median[0]) == (4, 2, 2.0)
    # Greenwood at 1: 0.75 x sqrt(1 / (4 x 3)) = 0.216506.
    assert one.at(1)[1] == pytest.approx(0.75 - 1.959964 * 0.216506, abs=1e-5)
    assert math.isnan(one.at(4)[0])


def test_a_book_with_dates_agrees_with_the_median_lifetime() -> None:
    one = book(("A", "2024-01-01", "2024-03-31", 1), ("B", "2024-01-01", "2024-06-30", 1), ("C", "2024-02-01", None, 1),
               ("D", "2024-03-01", "2024-08-31", 1), as_of="2024-12-31")
    assert one.as_of
    [reading] = readings(one, [period_of("month", one.as_of)], ["tenure_median"])
    [whole] = stays(one)
    assert whole.median[0] == pytest.approx(reading.value)
    assert (whole.n, whole.left) == (4, 3)


def test_fewer_than_half_gone_is_no_median() -> None:
    [one] = stays(flagged(("A", 1, True, "x"), ("B", 2, False, "x"), ("C", 2, False, "x")))
    assert math.isnan(one.median[0])


def test_segments_stand_largest_first_and_the_smallest_are_together() -> None:
    rows = [(f"{plan}{n}", 1.0 + n, n == 0, plan) for plan, size in zip("abcdefgh", range(9, 1, -1), strict=True)
            for n in range(size)]
    found = stays(flagged(*rows), by="plan")
    assert [one.name for one in found] == ["a", "b", "c", "d", "e", None]
    assert [one.is_rest for one in found] == [False] * (MOST_CURVES - 1) + [True]
    # f, g and h have 4, 3 and 2 customers.
    assert [one.n for one in found] == [9, 8, 7, 6, 5, 9]
    assert [one.left for one in found] == [1, 1, 1, 1, 1, 3]


def test_a_segment_narrows_the_curves() -> None:
    one = flagged(("A", 1, True, "x"), ("B", 2, False, "y"))
    assert [(stay.n, stay.left) for stay in stays(one, segment=Segment("plan", "y"))] == [(1, 0)]
    assert stays(one, segment=Segment("plan", "z")) == []


def test_who_was_there_before_the_data_begins_is_in_no_curve() -> None:
    one = book(("A", "2024-01-01", None, 1), ("B", "2024-02-10", None, 1), as_of="2024-03-31", data_from="2024-02-01")
    assert [stay.n for stay in stays(one)] == [1]


def test_a_book_from_use_says_that_it_takes_contracts() -> None:
    usage = pd.DataFrame({"customer_id": ["A"], "date": pd.to_datetime(["2024-01-01"])})
    assert obstacle(Book({"usage": usage})) is not None
    assert obstacle(book(("A", "2024-01-01", None, 1))) is None


STARTS = [dt.date(2023, 1, 1) + dt.timedelta(days=days) for days in range(365)]
LIVES = st.lists(st.tuples(st.sampled_from(STARTS), st.none() | st.integers(0, 800)), min_size=1, max_size=20)


def lived(lives: list[tuple[dt.date, int | None]], cohort_months: int) -> Book:
    """Customers that start in 2023 and stay for so many days after their first one, seen until the end of 2025."""
    rows: list[Row] = [(f"C{n}", str(start), None if days is None else str(start + dt.timedelta(days=days + 1)), 1)
                       for n, (start, days) in enumerate(lives)]
    one = book(*rows, as_of="2025-12-31")
    return one.under(one.settings.model_copy(update={"cohort_months": cohort_months}))


@given(LIVES, st.integers(1, 23))
def test_survival_agrees_with_cohort_churn_where_nobody_came_back(lives: list[tuple[dt.date, int | None]],
                                                                  months: int) -> None:
    one = lived(lives, months)
    [lost] = readings(one, [parse("2023")], ["cohort_churn_rate"])
    [whole] = stays(one)
    assert lost.value is not None
    assert lost.n == len(lives)
    assert whole.at(months)[0] == pytest.approx(1 - lost.value)


@given(st.lists(st.tuples(st.integers(0, 11), st.none() | st.integers(1, 24)), min_size=1, max_size=20))
def test_curves_agree_with_cohorts_for_contracts_of_whole_months(lives: list[tuple[int, int | None]]) -> None:
    begin = dt.date(2023, 1, 1)
    rows: list[Row] = [(f"C{n}", str(month_start(begin, first)),
                        None if length is None else str(month_start(begin, first + length)), 1)
                       for n, (first, length) in enumerate(lives)]
    one = book(*rows, as_of="2025-12-31")
    [whole], mean = stays(one), cohorts(one).mean()
    assert [whole.at(month)[0] for month in range(24)] == pytest.approx(mean[:24].tolist())


def test_a_year_is_over_on_the_same_day_of_the_next_year() -> None:
    # 2024 has 366 days; at the closing of 1 January 2025 B is gone, and C is there for one more day
    one = book(("A", "2024-01-01", None, 1), ("B", "2024-01-01", "2025-01-01", 1), ("C", "2024-01-01", "2025-01-02", 1),
               as_of="2025-06-30")
    [whole] = stays(one)
    assert whole.at(12)[0] == pytest.approx(2 / 3)


def test_who_came_back_never_left_on_the_curve_and_was_away_in_the_cohort() -> None:
    one = book(("A", "2024-01-01", "2024-02-01", 1), ("A", "2024-04-01", None, 1), ("B", "2024-01-01", None, 1))
    [whole] = stays(one)
    assert (whole.at(1)[0], cohorts(one).mean()[1]) == (1, 0.5)


def test_the_last_drop_between_two_months_is_not_lost() -> None:
    [one] = stays(flagged(("A", 1, False, "x"), ("B", 2.6, True, "x"), ("C", 2.6, True, "x")))
    assert (one.longest, one.last_drop, one.at(one.last_drop)[0], one.at_median) == (2.6, 2.6, 0, 2)


TELCO = Path(__file__).parents[3] / "shared" / "data" / "telco" / "Telco-Customer-Churn.csv"


@pytest.mark.skipif(not TELCO.exists(), reason="the telco list is not in ../shared/data")
def test_gives_the_published_curves_of_the_telco_list() -> None:
    sheet = pd.read_csv(TELCO)
    one = Book({"customers": pd.DataFrame({
        "customer_id": sheet["customerID"], "tenure_months": sheet["tenure"].astype(float),
        "has_left": (sheet["Churn"] == "Yes").astype("boolean"), "contract": sheet["Contract"]})})
    [whole] = stays(one)
    np.testing.assert_allclose([whole.at(month)[0] for month in (12, 24, 36, 60, 72)],
                               [0.843200, 0.788736, 0.748545, 0.664404, 0.592790], atol=5e-7)
    first = stays(one, "contract")[0]
    assert first.name == "Month-to-month"
    assert first.at(12)[0] == pytest.approx(0.703097, abs=5e-7)
    assert first.median[0] == 35
