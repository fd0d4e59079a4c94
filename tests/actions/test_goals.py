"""Activity goals by hand: who it is about, how often, per CSM, and who was not met."""

from __future__ import annotations

import pandas as pd

from cs_kpi.actions.goals import ActivityGoal, by_owner, held, missing, not_met
from cs_kpi.actions.today import Today
from cs_kpi.actions.touch import Threshold, TouchModel
from cs_kpi.periods import parse
from tests.actions.given import book

SINCE = "2023-01-01"
JUNE, QUARTER = parse("2024-06"), parse("2024-Q2")
MODEL = TouchModel(thresholds=(Threshold(high_from=100, low_from=50),))
TWICE = ActivityGoal(name="Two meetings", times=2, kinds=("meeting",), tier="high")


def today() -> Today:
    contracts = [("twice", SINCE, 100), ("once", SINCE, 200), ("never", SINCE, 300), ("small", SINCE, 10),
                 ("new", "2024-06-10", 500), ("left", SINCE, 900, "2024-06-15")]
    meetings = [("twice", "2024-06-01", "meeting"), ("twice", "2024-06-30", "meeting"),
                ("once", "2024-06-05", "meeting"), ("once", "2024-06-06", "mail"), ("once", "2024-05-05", "meeting"),
                ("never", "2024-06-06", "mail"), ("small", "2024-06-06", "meeting")]
    people = [(name, name, "Ann" if name in ("twice", "once") else "Ben") for name, *_rest in contracts]
    return Today(book(subscriptions=contracts, interactions=meetings, customers=people))


def counted(goal: ActivityGoal, period: str = "2024-06") -> dict[str, int]:
    now = today()
    found = held(now, goal, parse(period), MODEL)
    return dict(zip(now.book.customer_ids[found.customer], found.count.tolist(), strict=True))


def test_a_goal_is_about_the_tier_and_who_was_there_from_the_opening_on() -> None:
    assert counted(TWICE) == {"twice": 2, "once": 1, "never": 0}  # small is tech, new came in June, left is gone


def test_kinds_and_tiers_may_be_left_open() -> None:
    assert counted(ActivityGoal(name="Any", times=1)) == {"twice": 2, "once": 2, "never": 1, "small": 1}


def test_a_quarter_counts_its_three_months() -> None:
    assert counted(TWICE.model_copy(update={"every": "quarter"}), "2024-Q2")["once"] == 2


def test_it_is_told_per_csm_the_lowest_share_first() -> None:
    now = today()
    found = held(now, TWICE, JUNE, MODEL)
    assert found.share == 1 / 3
    assert by_owner(now, found)[["owner", "customers", "met", "contacts", "share"]].to_numpy().tolist() == [
        ["Ben", 1, 0, 0, 0.0], ["Ann", 2, 1, 3, 0.5]]


def test_who_was_not_met_is_told_by_name_with_the_last_time() -> None:
    now = today()
    found = not_met(now, held(now, TWICE, JUNE, MODEL))
    assert found["customer_id"].tolist() == ["never", "once"]
    assert pd.isna(found["last_contact"][0])
    assert found["last_contact"][1] == pd.Timestamp("2024-06-05")


def test_without_any_tier_a_goal_for_one_is_about_nobody() -> None:
    now = today()
    assert len(held(now, TWICE, JUNE, None).customer) == 0
    assert held(now, TWICE, JUNE, None).share != held(now, TWICE, JUNE, None).share
    assert len(held(now, TWICE.model_copy(update={"tier": None}), JUNE, None).customer) == 4


def test_contracts_alone_say_nothing_of_contacts() -> None:
    assert missing(book(subscriptions=[("a", SINCE, 1)]))
    assert not missing(today().book)
