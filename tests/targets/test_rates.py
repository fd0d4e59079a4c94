"""What rates rest on: seasons that a test shows, and data that is not enough."""

from __future__ import annotations

import numpy as np
import pytest

from cs_kpi.errors import DataError
from cs_kpi.periods import parse
from cs_kpi.targets.forecast import ground
from cs_kpi.targets.history import history
from cs_kpi.targets.ranges import limits, realistic
from cs_kpi.targets.seasons import seasons
from cs_kpi.targets.words import grounds
from tests import tables
from tests.targets.given import four_months, lively, steady_book

MONTHS = [parse("2021-07").shifted(step) for step in range(36)]


def test_a_strong_season_is_found_and_stands_at_its_calendar_month() -> None:
    new = np.array([400 if month.start.month == 3 else 100 + month.start.month % 2 for month in MONTHS])
    found = seasons(MONTHS, new)
    assert found is not None
    assert found.mean() == pytest.approx(1)
    assert int(found.argmax()) == 2  # March
    # A year's mean is 125.5: March is 400 / 125.5 = 3.19 of it, drawn a little towards 1.
    assert 2 < found[2] < 3.19


def test_seasons_are_rarely_believed_where_there_are_none() -> None:
    draw = np.random.default_rng(1)
    believed = sum(seasons(MONTHS, draw.poisson(20, 36) * 1000) is not None for _book in range(200))
    assert believed <= 20  # 5 % of 200 are ten; twenty would be beyond chance


def test_less_than_two_years_have_no_seasons() -> None:
    new = np.array([400 if month.start.month == 3 else 100 for month in MONTHS])
    assert seasons(MONTHS[:23], new[:23]) is None


def test_a_list_without_dates_says_why_not() -> None:
    book = tables.book([("A", None, None, 100)], customers=[("A",)])
    book.tables["customers"]["has_left"] = [False]
    assert book.is_snapshot
    with pytest.raises(DataError, match="this list has no dates"):
        ground(book)


def test_two_complete_months_are_too_few() -> None:
    with pytest.raises(DataError, match="at least 3 complete months with customers, and there are 2"):
        ground(tables.book([("A", "2024-01-01", None, 100)], as_of="2024-03-31"))


def test_fewer_than_twelve_months_are_said() -> None:
    [said] = grounds(ground(four_months()))
    assert str(said).startswith("Only 4 complete months are known, Jan 2024 to Apr 2024.")


def test_the_month_that_is_not_over_is_left_out() -> None:
    found = history(tables.book([("A", "2024-01-01", None, 100)], as_of="2024-05-20"))
    assert [month.id for month in found.months] == ["2024-02", "2024-03", "2024-04"]


def test_a_range_is_that_of_three_months_in_a_row() -> None:
    past = history(steady_book())
    # Every month loses 100 of 1,000 and wins 100.
    assert realistic(past, "churn").low == realistic(past, "churn").high == pytest.approx(0.1)
    assert realistic(past, "new").high == pytest.approx(100)
    assert limits(past, "churn") == pytest.approx(0.1)


def test_onboarding_groups_hold_whoever_is_past_the_limit() -> None:
    past = history(lively(), "onboarding")
    assert set(past.names) == {"completed", "not_completed", "undecided"}
    # Nobody begins beyond its limit, and whoever is decided stays so.
    place = {name: past.names.index(name) for name in past.names}
    assert not past.sums["new"][:, [place["completed"], place["not_completed"]]].any()
    assert not past.moved[:, place["completed"]].any()
