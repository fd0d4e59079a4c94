"""Every kind of trigger on rows that hold and rows that do not, worked by hand; the last day is 2024-06-30."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from pydantic import ValidationError

from cs_kpi.actions.queue import queue
from cs_kpi.actions.records import PARAMETERS, TRIGGERS, Trigger
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import KINDS, in_words
from cs_kpi.book import Book
from tests.actions.given import book
from tests.health.given import configuration

SINCE = "2023-01-01"


def held(whole: Book, kind: str, **thresholds: float) -> dict[str, str]:
    """The customers for whom it holds, with its words."""
    today = Today(whole)
    found = KINDS[kind].held(today, Trigger(kind=kind, thresholds=thresholds))  # type: ignore[index, arg-type]
    return {str(whole.customer_ids[code]): str(KINDS[kind].words(float(found[code])))  # type: ignore[index]
            for code in np.flatnonzero(~np.isnan(found))}


def test_who_leaves_is_told_until_a_reason_is_known() -> None:
    contracts = [("ahead", SINCE, 10, "2024-07-20", "2024-12-31"), ("gone", SINCE, 10, "2024-06-10"),
                 ("told", SINCE, 10, "2024-06-10"), ("long gone", SINCE, 10, "2023-12-31"), ("stays", SINCE, 10),
                 ("back", SINCE, 10, "2024-06-01"), ("back", "2024-06-20", 10)]
    whole = book(subscriptions=contracts, cancellations=[("told", "2024-06-01", "Price")])
    assert held(whole, "leaving") == {"ahead": "the contract ends in 20 days",
                                      "gone": "left 20 days ago, and no reason is known"}
    assert list(held(whole, "leaving", days=19)) == []


def test_an_end_alone_that_lies_ahead_may_be_that_of_a_term() -> None:
    whole = book(subscriptions=[("by the year", SINCE, 10, "2024-07-20"), ("gone", SINCE, 10, "2024-06-10")])
    assert list(held(whole, "leaving")) == ["gone"]


def test_a_renewal_is_told_by_the_renewal_calendar() -> None:
    whole = book(subscriptions=[("near", SINCE, 10, None, "2024-08-29"), ("far", SINCE, 10, None, "2024-12-31"),
                                ("past", "2023-06-15", 10, None, "2024-06-14")])
    assert held(whole, "renewal") == {"near": "the term runs out in 60 days"}
    assert list(held(whole, "renewal", days=366)) == ["far", "near", "past"]  # past: a year again, 2025-06-14
    assert list(held(whole, "renewal", days=59)) == []


def test_mrr_that_fell_is_against_three_months_ago() -> None:
    whole = book(subscriptions=[("fell", SINCE, 100, "2024-04-30"), ("fell", "2024-05-01", 70),
                                ("little", SINCE, 100, "2024-04-30"), ("little", "2024-05-01", 90), ("same", SINCE, 5)])
    assert held(whole, "mrr_fell") == {"fell": "MRR fell 30% in 3 months"}


def test_onboarding_is_overdue_behind_its_limit() -> None:
    customers = [("late", None, None, None), ("in time", None, None, "2024-02-01"), ("young", None, None, None)]
    whole = book(subscriptions=[("late", "2024-01-01", 10), ("in time", "2024-01-01", 10), ("young", "2024-06-01", 10)],
                 customers=customers)
    # the limit of 90 days from 2024-01-01 is 2024-03-31: 91 days ago
    assert held(whole, "onboarding_overdue") == {"late": "onboarding is 91 days over its limit"}
    assert list(held(whole, "onboarding_overdue", days=92)) == []


def test_urgent_tickets_count_until_they_are_solved() -> None:
    tickets = [("open", "2024-06-20", "ticket", "Urgent", "open"), ("open", "2024-06-21", "ticket", "高", "対応中"),
               ("solved", "2024-06-20", "ticket", "urgent", "resolved"),
               ("calm", "2024-06-20", "ticket", "low", "open"),
               ("old", "2024-05-01", "ticket", "urgent", "open")]
    whole = book(subscriptions=[(name, SINCE, 10) for name in ("open", "solved", "calm", "old")], interactions=tickets)
    assert held(whole, "urgent_ticket") == {"open": "2 urgent tickets"}
    assert held(whole, "urgent_ticket", days=90) == {"old": "one urgent ticket", "open": "2 urgent tickets"}


def test_a_detractor_is_who_last_answered_low_and_lately() -> None:
    answers = [("low", "2024-06-01", 3), ("better", "2024-05-01", 3), ("better", "2024-06-01", 9),
               ("long ago", "2024-01-01", 0)]
    whole = book(subscriptions=[(name, SINCE, 10) for name in ("low", "better", "long ago")], surveys=answers)
    assert held(whole, "detractor") == {"low": "last NPS answer 3"}
    assert list(held(whole, "detractor", score=2)) == []


def test_use_that_fell_is_against_the_month_before() -> None:
    use = [(name, day, count) for name, counts in (("fell", (10, 4)), ("same", (10, 9)))
           for day, count in zip(("2024-05-10", "2024-06-10"), counts, strict=True)]
    whole = book(subscriptions=[("fell", SINCE, 10), ("same", SINCE, 10)], usage=[("same", "2024-01-01", 1), *use])
    assert held(whole, "use_fell") == {"fell": "use fell 60% against the month before"}


def test_a_champion_is_the_user_who_used_it_most_before() -> None:
    use = [("silent", "2024-04-10", 9, "Ann"), ("silent", "2024-05-20", 1, "Ann"), ("silent", "2024-06-20", 3, "Bob"),
           ("there", "2024-04-10", 9, "Ann"), ("there", "2024-06-25", 1, "Ann"), ("seldom", "2024-04-10", 4, "Ann")]
    whole = book(subscriptions=[(name, SINCE, 10) for name in ("silent", "there", "seldom")], usage=use)
    assert held(whole, "champion_silent") == {  # 2024-05-20 to 2024-06-30
        "silent": "the most active user has not been there for 41 days"}


def test_seats_are_full_by_the_users_of_the_last_month() -> None:
    use = [("full", "2024-06-10", 1, f"U{number}") for number in range(9)]
    whole = book(subscriptions=[("full", SINCE, 10, None, None, 10), ("half", SINCE, 10, None, None, 18)],
                 usage=[("half", "2024-01-01", 1, "U0"), *use, *(("half", *one[1:]) for one in use)])
    assert held(whole, "seats_full") == {"full": "90% of the seats are used"}


def test_low_health_and_a_band_drop_follow_the_score() -> None:
    # 10 uses a month are good, 0 are bad: fell had 10 in May (100) and 2 in June (20); green from 70, yellow from 40
    use = [("fell", "2024-05-10", 10), ("fell", "2024-06-10", 2), ("same", "2024-05-10", 10),
           ("same", "2024-06-10", 10)]
    whole = book(configuration(("use_level", 0, 10, 1)), subscriptions=[("fell", SINCE, 10), ("same", SINCE, 10)],
                 usage=[("same", "2024-01-01", 1), *use])
    assert held(whole, "low_health") == {"fell": "health score 20"}
    assert held(whole, "band_drop") == {"fell": "health fell from green to red"}


def test_what_cannot_be_told_says_which_table_would_bring_it() -> None:
    today = Today(book(subscriptions=[("a", SINCE, 10)]))
    missing = {kind: str(KINDS[kind].missing(today)) for kind in TRIGGERS if KINDS[kind].missing(today)}
    assert set(missing) == set(TRIGGERS) - {"mrr_fell"}
    assert missing["detractor"].startswith("This takes 'Score' (Surveys)")
    assert "health page" in missing["low_health"]


@pytest.mark.parametrize("kind", TRIGGERS)
def test_nobody_is_told_of_where_the_data_is_silent(kind: str) -> None:
    assert held(book(subscriptions=[("a", SINCE, 10)]), kind) == {}


@pytest.mark.parametrize("kind", TRIGGERS)
def test_thresholds_are_kept_in_their_range(kind: str) -> None:
    for one in PARAMETERS[kind]:  # type: ignore[index]
        assert Trigger(kind=kind).threshold(one.name) == one.usual  # type: ignore[arg-type]
        assert Trigger(kind=kind, thresholds={one.name: one.low}).threshold(one.name) == one.low  # type: ignore[arg-type]
        with pytest.raises(ValidationError):
            Trigger(kind=kind, thresholds={one.name: one.high + 1})  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Trigger(kind=kind, thresholds={"else": 1.0})  # type: ignore[arg-type]


def test_a_trigger_is_told_with_its_thresholds() -> None:
    told = in_words(Trigger(kind="detractor", thresholds={"score": 5}))
    assert str(told) == "Detractor (at most 5, within 90 days)"
    one = in_words(Trigger(kind="leaving", thresholds={"days": 1}))
    assert (str(one), one.text("ja")) == ("Leaving (within 1 day)", "解約・解約予定（1日以内）")


def test_a_list_without_dates_has_no_triggers_but_health() -> None:
    import pandas as pd

    listed = Book({"customers": pd.DataFrame({"customer_id": ["a", "b"], "has_left": [False, True],
                                              "tenure_months": [3.0, 9.0]})}, today=dt.date(2024, 1, 1))
    today = Today(listed)
    assert [kind for kind in TRIGGERS if KINDS[kind].missing(today) is None] == []
    assert listed.customer_ids[today.customer].tolist() == ["a"]
    assert "nobody can be ranked" in str(queue(today).formula[0])
