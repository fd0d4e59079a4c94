"""Retention by step and limit, counted by hand."""

from __future__ import annotations

import math

import pytest

from cs_kpi.kpi.readings import Segment
from cs_kpi.onboarding.goals import Contrast, Group, obstacle, trial
from tests.onboarding.given import planted
from tests.tables import book

# All start on 1 January 2023. Limit 30 days: 31 January. Horizon 6 months: 1 July.
CONTRACTS = [("early", "2023-01-01", None, 1),          # Kickoff on day 5, stays
             ("early gone", "2023-01-01", "2023-06-01", 1),   # Kickoff on day 30, left before July
             ("late", "2023-01-01", None, 1),            # Kickoff on day 31 only, stays
             ("never", "2023-01-01", "2023-07-01", 1),   # no step; gone on the day of the horizon
             ("quick", "2023-01-01", "2023-01-20", 1),   # left before the limit: in neither group
             ("young", "2024-08-01", None, 1)]           # not observed for 6 months by the end of 2024
STEPS = [("early", "Kickoff", "2023-01-06"), ("early gone", "Kickoff", "2023-01-31"),
         ("late", "Kickoff", "2023-02-01"), ("quick", "Kickoff", "2023-01-02"), ("young", "Kickoff", "2024-08-02")]


def contrast(limit: int, months: int = 6, segment: Segment | None = None, **more: object) -> Contrast:
    found = trial(book(CONTRACTS, milestones=STEPS, **more), months, segment)  # type: ignore[arg-type]
    return next(cell.contrast for cell in found.cells if cell.rule.name == "Kickoff" and cell.rule.days == limit)


def test_both_groups_hold_only_who_is_there_at_the_limit_and_followed_to_the_horizon() -> None:
    # 30 days: early and early gone had it, late and never had not. Of each pair one is there on 1 July.
    assert contrast(30) == Contrast(Group(2, 1), Group(2, 1))


def test_who_left_before_the_limit_counts_for_a_shorter_one() -> None:
    # 7 days: early and quick had it (quick leaves on day 19), the three others had not; late alone of them stays.
    assert contrast(7) == Contrast(Group(2, 1), Group(3, 1))
    # 60 days: late has it, too.
    assert contrast(60) == Contrast(Group(3, 2), Group(1, 0))


def test_a_step_before_the_first_day_counts_as_reached() -> None:
    steps = [("a", "Kickoff", "2022-12-20"), ("b", "Kickoff", "2023-12-20")]
    found = trial(book([("a", "2023-01-01", None, 1), ("b", "2023-01-01", None, 1)], milestones=steps), 6)
    assert found.cells[0].contrast == Contrast(Group(1, 1), Group(1, 1))


def test_customers_from_before_the_table_of_a_step_are_in_neither_group() -> None:
    """The milestones begin in 2023: of a customer of 2021 nobody knows whether it had its kickoff."""
    older = [("older", "2021-01-01", None, 1), ("older gone", "2021-01-01", "2021-06-01", 1)]
    found = trial(book([*older, *CONTRACTS], milestones=STEPS), 6)
    assert len(found.start) == 7
    by_limit = {cell.rule.days: cell.contrast for cell in found.cells if cell.rule.name == "Kickoff"}
    assert by_limit[30] == Contrast(Group(2, 1), Group(2, 1))


def test_customers_from_before_the_data_are_left_out_since_others_of_their_time_are_gone() -> None:
    whole = book([("old", "2022-01-01", None, 1), *CONTRACTS], milestones=STEPS,
                 customers=[("old", "2021-06-01")], data_from="2022-06-01")
    assert len(trial(whole, 6).start) == 5


def test_use_of_features_and_the_day_of_completion_are_tried_too_but_any_use_is_not() -> None:
    whole = book(CONTRACTS, usage=[("early", "2023-01-03", "u", "API")], customers=[("late", None, "2023-01-20")])
    assert [(rule.kind, rule.name) for rule in trial(whole, 6).steps] == [("completed", ""), ("feature", "API")]


def test_a_segment_holds_its_own_customers() -> None:
    more = {"customers": [("early", None, None, "food"), ("never", None, None, "food")]}
    assert contrast(30, segment=Segment("industry", "food"), **more) == Contrast(Group(1, 1), Group(1, 0))


# 56 of 70 against 48 of 80: the worked example of Newcombe (1998), method 10
def test_the_interval_of_a_difference_is_as_published() -> None:
    found = Contrast(Group(70, 56), Group(80, 48))
    assert found.difference == pytest.approx(0.2)
    assert found.interval == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_an_empty_group_has_no_share_and_no_interval() -> None:
    assert math.isnan(Group(0, 0).share)
    assert all(map(math.isnan, Contrast(Group(0, 0), Group(3, 1)).interval))


def test_says_what_is_missing() -> None:
    assert "contracts" in str(obstacle(book(milestones=STEPS)))
    assert "milestones" in str(obstacle(book(CONTRACTS, usage=[("early", "2023-01-03")])))
    assert obstacle(planted(0, None, 5)) is None
