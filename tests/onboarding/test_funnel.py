"""Steps counted by hand, and the published table of users by step."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Segment
from cs_kpi.onboarding.funnel import Funnel, Step, funnel
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from tests.tables import book

DATA = Path(__file__).parents[3] / "shared" / "data" / "onboarding"
NAN = float("nan")
# a: 1, 5, 20 days; b: 3, 4 days; c: setup before kickoff; d: nothing; e started a year before
CONTRACTS = [(name, "2024-06-01", None, 1) for name in "abcd"] + [("e", "2023-06-01", None, 1)]
STEPS = [("a", "Kickoff", "2024-06-02"), ("a", "Setup", "2024-06-06"), ("a", "Report", "2024-06-21"),
         ("b", "Kickoff", "2024-06-04"), ("b", "Setup", "2024-06-05"), ("c", "Setup", "2024-06-03"),
         ("c", "Kickoff", "2024-06-10"), ("d", "Report", None), ("e", "Report", "2023-06-02")]


def whole(**more: object) -> Book:
    return book(CONTRACTS, milestones=STEPS, **more)  # type: ignore[arg-type]


def test_steps_stand_by_their_median_day_with_shares_and_days_between() -> None:
    found = funnel(whole(), [parse("2024-06")])
    # Kickoff on days 1, 3, 9 (median 3), Setup on 5, 4, 2 (median 4), Report on day 20.
    # Kickoff to Setup: a 4, b 1, c -7 (median 1); Setup to Report: a 15.
    assert (found.starters, found.completed_all, found.share_of_all) == (4, 1, 0.25)
    assert found.steps[1:] == (Step("Setup", 3, 3, 0.75, 1.0, 4, 1), Step("Report", 2, 1, 0.25, 1 / 3, 20, 15))
    first = found.steps[0]
    assert (first.name, first.reached, first.share, first.days) == ("Kickoff", 3, 0.75, 3)
    assert first.share_of_previous != first.share_of_previous
    assert first.days_between != first.days_between


def test_all_starts_and_segments() -> None:
    assert funnel(whole()).starters == 5
    food = whole(customers=[("a", None, None, "food"), ("d", None, None, "food")])
    assert funnel(food, [parse("2024-06")], Segment("industry", "food")).starters == 2


def test_a_step_after_the_end_of_the_data_is_a_plan() -> None:
    found = funnel(whole(as_of="2024-06-09"), [parse("2024-06")])
    assert {step.name: step.reached for step in found.steps} == {"Kickoff": 2, "Setup": 3, "Report": 0}


def test_without_milestones_there_are_no_steps() -> None:
    assert funnel(book(CONTRACTS)) == Funnel(5, (), 0)
    assert funnel(whole(), [parse("2020-01")]).share_of_all != 0


def published(lines: pd.DataFrame) -> Book:
    """A book of the published file's lines: a row per user and step, without a day where it was not completed."""
    milestones = pd.DataFrame({"customer_id": lines["user_id"], "milestone": lines["step_name"],
                               "completed_on": pd.to_datetime(lines["timestamp"]).dt.normalize()})
    signup = lines.groupby("user_id", as_index=False)["signup_date"].min()
    customers = pd.DataFrame({"customer_id": signup["user_id"], "started_on": pd.to_datetime(signup["signup_date"])})
    return Book({"milestones": milestones, "customers": customers}, Settings())


def summary(lines: pd.DataFrame) -> pd.DataFrame:
    """The funnel of each plan as the published table has it."""
    rows = [(plan, step.name, step.listed, step.reached, round(100 * step.reached / step.listed, 2))
            for plan, part in lines.groupby("plan_type") for step in funnel(published(part)).steps]
    columns = ["plan_type", "step_name", "total_users", "completed_users", "completion_rate_pct"]
    return pd.DataFrame(rows, columns=columns).sort_values(["plan_type", "step_name"], ignore_index=True)


# published summary
@pytest.mark.skipif(not DATA.exists(), reason="the data folder beside the repository has no onboarding table")
def test_the_published_funnel_is_reproduced() -> None:
    lines = pd.read_csv(DATA / "saas_onboarding_funnel_dataset.csv", dtype=str)
    lines["timestamp"] = lines["timestamp"].where(lines["step_completed"] == "True")
    found = funnel(published(lines))
    assert (found.starters, found.completed_all) == (300, 38)
    assert round(100 * found.share_of_all, 2) == 12.67
    pd.testing.assert_frame_equal(summary(lines), pd.read_csv(DATA / "funnel_summary.csv"))


def test_a_built_table_of_the_same_make() -> None:
    """Three free users of whom two confirm and one invites; a paid one who does both: 2 of 4 complete all."""
    lines = pd.DataFrame([("1", "Confirm", "2025-06-02 00:10", "free"), ("1", "Invite", "2025-06-02 09:00", "free"),
                          ("2", "Confirm", "2025-06-03 00:10", "free"), ("2", "Invite", None, "free"),
                          ("3", "Confirm", None, "free"), ("4", "Confirm", "2025-06-04 01:00", "paid"),
                          ("4", "Invite", "2025-06-06 01:00", "paid")],
                         columns=["user_id", "step_name", "timestamp", "plan_type"]).assign(signup_date="2025-06-01")
    found = funnel(published(lines))
    assert (found.starters, found.completed_all, found.share_of_all) == (4, 2, 0.5)
    assert summary(lines).to_numpy().tolist() == [
        ["free", "Confirm", 3, 2, 66.67], ["free", "Invite", 2, 1, 50.0], ["paid", "Confirm", 1, 1, 100.0],
        ["paid", "Invite", 1, 1, 100.0]]
