"""Signs, chances, expected MRR, and who is held back, worked by hand; what was put into a book is read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cs_kpi.actions.today import Today
from cs_kpi.book import Book, day_of
from cs_kpi.errors import DataError
from cs_kpi.growth.backtest import Backtest, Precision, upsell_backtest
from cs_kpi.growth.barred import barred_then, not_told
from cs_kpi.growth.candidates import upsell
from cs_kpi.growth.chances import chances, clustered
from cs_kpi.growth.closing import closing, judged_days, today
from cs_kpi.growth.limits import limits
from cs_kpi.growth.listing import base_rate, candidates_table, ranked
from cs_kpi.growth.offers import missing
from cs_kpi.growth.past import past
from cs_kpi.growth.verdict import precision_table, verdict
from cs_kpi.growth_rules import GrowthSettings
from cs_kpi.health.score import is_kept
from cs_kpi.health_rules import CHURN_RISK
from cs_kpi.shares import wilson
from tests.growth.given import book, bought, grown, told
from tests.health.given import configuration

SINCE = "2023-01-01"


def contract(customer: str, mrr: float, start: str = SINCE, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"customer_id": customer, "mrr": mrr, "start_date": start, "end_date": end, **more}


def candidates(whole: Book) -> dict[str, list[str]]:
    found = told(whole).upsell
    return {str(whole.customer_ids[code]): [str(one) for one in found.reasons(place)]
            for place, code in enumerate(found.customer)}


def uses(customer: str, day: str, users: int) -> list[dict[str, Any]]:
    return [{"customer_id": customer, "date": day, "user_id": f"{customer}-{user}", "count": 1.0}
            for user in range(users)]


def test_full_seats_make_a_candidate_in_words_with_their_numbers() -> None:
    use = [row for name, users in (("full", 9), ("roomy", 8)) for day in ("2024-01-10", "2024-06-10")
           for row in uses(name, day, users)]
    whole = book(subscriptions=[contract("full", 100, seats=10), contract("roomy", 100, seats=10)], usage=use)
    assert candidates(whole) == {"full": ["9 active users on 10 seats (90%)"]}


def test_rising_use_is_against_the_three_months_before() -> None:
    use = [{"customer_id": name, "date": day, "count": count} for name, counts in (("up", (10, 12)), ("same", (10, 11)))
           for day, count in zip(("2024-01-10", "2024-05-10"), counts, strict=True)]
    use += [{"customer_id": "up", "date": "2023-06-01", "count": 1.0}]
    assert candidates(book(subscriptions=[contract("up", 100), contract("same", 100)], usage=use)) == {
        "up": ["use rose 20% against the 3 months before"]}


def moved(number: int, seats: float, month: int) -> list[dict[str, Any]]:
    """From Basic to Pro in a month of 2023, with so many seats before."""
    day = f"2023-{month:02}-01"
    return [contract(f"M{number}", 100, end=day, seats=seats, plan="Basic"),
            contract(f"M{number}", 300, day, seats=seats + 10, plan="Pro")]


def test_a_plans_limit_is_learnt_where_customers_moved_up_and_only_from_what_was_known() -> None:
    rows = [row for number, seats in enumerate((40, 45, 50, 55, 60)) for row in moved(number, seats, number + 4)]
    rows += [contract("near", 100, seats=45, plan="Basic"), contract("far", 100, seats=44, plan="Basic")]
    whole = book("2023-12-31", subscriptions=rows)
    assert candidates(whole)["near"] == ["45 seats; customers of plan Basic moved up at 50 (median of 5 moves)"]
    assert "far" not in candidates(whole)  # 44 of 50 is 88 %
    before = limits(closing(whole, day_of(dt.date(2023, 7, 31))))
    assert np.isnan(before.seats).all()  # four had moved by then


def test_the_teams_limit_goes_before_what_is_learnt() -> None:
    whole = book("2023-12-31", GrowthSettings(plan_limits={"Basic": 20}),
                 subscriptions=[contract("near", 100, seats=18, plan="Basic"),
                                contract("far", 100, seats=17, plan="Basic")])
    assert candidates(whole) == {"near": ["18 seats, and plan Basic carries 20"]}


def rising(customers: int = 60, share: float = 0.5) -> list[dict[str, Any]]:
    """Customers that bought 10 % more in April 2023, of whom a share buys 20 % more in December, and as many that never
    bought more."""
    rows = []
    for one in range(customers):
        again = "2023-12-10" if one < customers * share else None
        rows += [contract(f"R{one:02}", 100, end="2023-04-10"), contract(f"R{one:02}", 110, "2023-04-10", again)]
        if again:
            rows.append(contract(f"R{one:02}", 132, "2023-12-10"))
        rows.append(contract(f"S{one:02}", 100, "2022-12-01"))
    return rows


def test_the_chance_is_the_share_of_customers_with_the_same_signs_that_bought_more() -> None:
    whole = book("2024-02-29", subscriptions=rising())
    before = past(whole)
    found = chances(before, day_of(dt.date(2024, 2, 29)))
    # closings with their three months over: Dec 2022 (60 new ones) to Nov 2023. MRR rose within 12 months is known
    # of R from Dec 2023 on, a year after their start; so at no closing, and all are alike
    assert found.base == found.chance[0]
    # 60 x 12 months of S, 60 x 11 of R; R bought in Jan to Mar (all, April), and in Sep to Nov (half, December)
    assert found.base == pytest.approx((60 * 3 + 30 * 3) / (60 * 12 + 60 * 11))
    # each expansion counts once for its size: 60 of 10 on 100, 30 of 22 on 110; half lie between 10 and 20 %
    assert found.rises[0] == 90
    assert found.size[0] == pytest.approx((60 * 10 + 30 * 22) / (60 * 100 + 30 * 110))
    assert (found.low[0], found.high[0]) == pytest.approx((0.1, 0.2))


def test_what_happens_later_moves_no_chance_that_was_known_before() -> None:
    whole = grown(60, 20, seed=3)
    day = past(whole).days[-6]
    known = chances(past(whole), day)
    frame = whole.tables["subscriptions"]
    other = frame.assign(mrr=np.where(frame["start_date"] > np.datetime64(day, "D"), frame["mrr"] * 9, frame["mrr"]))
    later = past(Book({**whole.tables, "subscriptions": other}, whole.settings, whole.today))
    for name in ("chance", "rows", "size", "rises"):
        np.testing.assert_array_equal(getattr(chances(later, day), name), getattr(known, name))
    assert not np.array_equal(later.rise, past(whole).rise)


def test_too_few_with_the_same_signs_are_compared_without_the_last_sign() -> None:
    before = past(grown(60, 20, seed=3))
    few = replace(before, pattern=np.where(np.arange(len(before.customer)) < 49, 0b101, 0b001))
    found = chances(few, few.days[-1] + 100)
    assert found.rows[0b101] == len(few.customer)  # not enough for 49, so all that show the first sign
    assert found.mask[0b101] == 0b011
    enough = replace(before, pattern=np.where(np.arange(len(before.customer)) < 50, 0b101, 0b001))
    assert chances(enough, few.days[-1] + 100).rows[0b101] == 50


def test_the_interval_is_that_of_customers_and_not_of_their_months() -> None:
    once = clustered(np.array([True] * 5 + [False] * 5), np.arange(10))
    again = clustered(np.array([True] * 50 + [False] * 50), np.repeat(np.arange(10), 10))
    assert again == pytest.approx(once)
    assert once == pytest.approx(wilson(4.5, 9))  # one less than ten, since the variance is told by the ten as well
    assert clustered(np.zeros(30, dtype=bool), np.repeat(np.arange(10), 3)) == pytest.approx((0, 0.2775), abs=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_expansion_that_follows_full_seats_is_read_back(seed: int) -> None:
    found = told(grown(seed=seed))
    assert found.upsell_test.is_above
    judged = found.upsell_test.judged
    assert judged is not None
    assert judged.lift > 2
    assert "better than chance" in str(verdict(found.upsell_test))
    first = found.upsell
    # 1 - 0.7^3 = 66 % of who is full buys; who is full at one closing may be full no more a month later
    assert 0.35 < first.chance[0] < 0.75
    assert "active users on" in str(first.reasons(0)[0])
    assert np.all(np.diff(first.expected) <= 1e-9)
    assert first.expected == pytest.approx(first.chance * first.brings)


def whole_test(found: Backtest) -> Precision:
    return found.tops[-1]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_expected_of_candidates_is_about_what_they_bring(seed: int) -> None:
    found = whole_test(upsell_backtest(past(grown(seed=seed))))
    assert 0.8 < found.brought / found.expected < 1.25
    # the base rate has its interval: of 150 customers about 10 % in three months
    assert found.base_low < found.base < found.base_high < found.low


def test_the_base_rate_is_that_of_all_customers_of_the_same_months() -> None:
    whole = grown(60, 20, seed=3)
    before, found = past(whole), upsell_backtest(past(whole))
    assert found.closings is not None
    days = [dt.date(1970, 1, 1) + dt.timedelta(int(day)) for day in before.days]
    rates, offered = [], []
    for place, day in enumerate(days):
        if found.closings[0] <= day <= found.closings[1]:
            at = closing(whole, before.days[place])
            offered.append(len(upsell(before, at, barred_then(at)).customer))
            rates.append(before.label[before.place == place].mean())
    assert sum(offered) == whole_test(found).offered
    assert whole_test(found).base == pytest.approx(np.average(rates, weights=offered))


def test_where_nothing_leads_to_more_it_is_said() -> None:
    tests = [upsell_backtest(past(grown(80, 24, seed, full=0.03))) for seed in range(12)]
    assert sum(one.is_above for one in tests) <= 1
    judged = [one for one in tests if one.is_enough and not one.is_above]
    assert judged
    assert all("not beyond chance" in str(verdict(one)) for one in judged)


def test_nobody_is_judged_by_a_chance_that_was_not_known_then() -> None:
    found = upsell_backtest(past(grown(80, 24)))
    assert found.closings is not None
    assert found.closings[0] > dt.date(2022, 4, 30)
    short = upsell_backtest(past(grown(20, 5)))
    assert short == Backtest("upsell", None, 0, ())
    assert "how often candidates buy is not known" in str(verdict(short))


def test_who_would_be_hurt_is_held_back_with_the_reason() -> None:
    names = ("fine", "late", "hurt", "angry", "going")
    rows = [contract(name, 100, "2024-01-10", "2024-07-20" if name == "going" else None, seats=2) for name in names]
    use = [row for name in names for day in ("2024-01-15", "2024-06-10") for row in uses(name, day, 2)]
    whole = book(subscriptions=rows, usage=use,
                 customers=[{"customer_id": name, "onboarding_completed_on": None if name == "late" else "2024-02-01"}
                            for name in names],
                 surveys=[{"customer_id": "angry", "answered_on": "2024-06-01", "kind": "nps", "score": 3}],
                 interactions=[{"customer_id": "hurt", "date": "2024-06-20", "kind": "ticket", "priority": "urgent",
                                "status": "open"}],
                 cancellations=[{"customer_id": "going", "cancelled_on": "2024-07-20", "reason": "price"}])
    found = told(whole)
    why = {str(whole.customer_ids[code]): [str(one) for one in found.bars.reasons(int(code))]
           for code in found.upsell.customer}
    assert why == {"fine": [], "late": ["onboarding is 82 days over its limit"],
                   "hurt": ["one urgent ticket or complaint"], "angry": ["last NPS answer 3"],
                   "going": ["the contract ends in 20 days"]}
    kept = upsell(past(whole), today(whole), barred_then(today(whole)))
    # an end that lies ahead is hidden from the past; today it is known
    assert {str(whole.customer_ids[code]) for code in kept.customer} == {"fine", "going"}


def test_who_is_red_is_held_back_and_who_is_green_is_told_so() -> None:
    use = [row for name, users in (("red", 2), ("green", 2)) for row in uses(name, "2024-06-10", users)]
    use += [{"customer_id": "green", "date": "2024-06-11", "user_id": "green-0", "count": 8.0}, *uses("red", SINCE, 1)]
    plain = book(subscriptions=[contract("red", 100, seats=2), contract("green", 100, seats=2)], usage=use)
    whole = plain.under(plain.settings.model_copy(update={"health": configuration(("use_level", 0, 10, 1))}))
    found = told(whole)
    reasons = {str(whole.customer_ids[code]): ([str(one) for one in found.upsell.reasons(place)],
                                               [str(one) for one in found.bars.reasons(int(code))])
               for place, code in enumerate(found.upsell.customer)}
    assert reasons["green"] == (["2 active users on 2 seats (100%)", "health is green"], [])
    assert reasons["red"] == (["2 active users on 2 seats (100%)"], ["health is red (score 20)"])


def test_past_health_takes_no_model_of_every_quarter() -> None:
    plain = book(subscriptions=[contract("used", 100), contract("idle", 100)], usage=uses("used", "2024-01-10", 5))
    use = ("use_level", 0, 10, 1)
    both, alone = (plain.under(plain.settings.model_copy(update={"health": configuration(*parts)}))
                   for parts in ((use, (CHURN_RISK, 1, 0, 1)), (use,)))
    [day, *_later] = judged_days(both)
    np.testing.assert_array_equal(closing(both, day).score, closing(alone, day).score)
    told(both)
    assert not any(is_kept(both, both.settings.health, CHURN_RISK, day) for day in judged_days(both))
    assert is_kept(both, both.settings.health, CHURN_RISK, today(both).day)


def test_open_tickets_hold_back_where_no_priority_tells_the_urgent_ones() -> None:
    rows = [{"customer_id": "asks", "date": "2024-06-01", "kind": "ticket", "status": status}
            for status in ("open", "closed")]
    whole = book(subscriptions=[contract("asks", 100), contract("quiet", 100)], interactions=rows)
    found = told(whole)
    assert [str(one) for one in found.bars.reasons(0)] == ["one ticket is not resolved"]
    assert found.bars.is_barred.tolist() == [True, False]


def test_contracts_alone_make_candidates_and_say_what_would_tell_more() -> None:
    whole = book("2024-06-30", subscriptions=[contract("grew", 100, end="2024-01-10"),
                                              contract("grew", 130, "2024-01-10"), contract("same", 100)])
    assert candidates(whole) == {"grew": ["MRR rose 30% in 12 months"]}
    said = " ".join(map(str, missing(whole)))
    assert "'Seats full' takes 'Date of use' (Usage), 'User ID' (Usage), 'Seats' (Subscriptions)" in said
    assert "takes 'Product' (Subscriptions)" in said


def test_lists_without_dates_say_what_they_lack() -> None:
    with pytest.raises(DataError, match="contracts with a start date"):
        today(book(usage=uses("one", "2024-06-10", 1)))


def test_lists_rank_both_kinds_together_and_are_told_in_both_languages() -> None:
    whole = bought(seed=1, follows=6)
    found, standing = told(whole), Today(whole)
    places = ranked(found, ~found.bars.is_barred)
    frame = candidates_table(found, standing, places, "ja")
    assert frame["expected_mrr"].is_monotonic_decreasing
    assert frame["reasons"][0].startswith("Aを契約中、同様の")
    assert frame["offer"][0] == "B"
    assert " – " in frame["chance_range"][0]
    assert precision_table(found.upsell_test, "ja", "JPY").columns[0] == "候補"


def held(**tables: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Why each customer of a book is held back on 30 June 2024."""
    whole = book(**tables)
    found = told(whole).bars
    return {str(id): [str(one) for one in found.reasons(code)] for code, id in enumerate(whole.customer_ids)}


def test_a_detractor_stays_one_until_the_next_answer_within_a_year() -> None:
    answers = [("old", "2023-06-01", 3), ("last year", "2023-07-01", 6), ("better", "2023-07-01", 3),
               ("better", "2024-01-01", 9), ("passive", "2024-06-01", 7)]
    assert held(subscriptions=[contract(name, 100) for name in dict.fromkeys(name for name, *_rest in answers)],
                surveys=[{"customer_id": name, "answered_on": day, "kind": "nps", "score": score}
                         for name, day, score in answers]) == {
        "old": [], "last year": ["last NPS answer 6"], "better": [], "passive": []}


def test_a_complaint_holds_back_while_it_is_open_whatever_its_priority() -> None:
    said = [("urgent", "ticket", "urgent", "open", "2024-01-10"),
            ("solved", "ticket", "urgent", "closed", "2024-06-20"),
            ("complains", "クレーム", "low", "対応中", "2024-02-01"), ("asks", "ticket", "low", "open", "2024-06-20"),
            ("forgotten", "complaint", "low", "open", "2023-06-20")]
    found = held(subscriptions=[contract(name, 100) for name, *_rest in said],
                 interactions=[{"customer_id": name, "kind": kind, "priority": priority, "status": status, "date": day}
                               for name, kind, priority, status, day in said])
    assert {name for name, why in found.items() if why == ["one urgent ticket or complaint"]} == {"urgent", "complains"}
    assert {name for name, why in found.items() if not why} == {"solved", "asks", "forgotten"}


def test_without_a_status_a_complaint_counts_for_a_month() -> None:
    said = [("new", "2024-06-10"), ("before", "2024-05-20")]
    assert held(subscriptions=[contract(name, 100) for name, _day in said],
                interactions=[{"customer_id": name, "kind": "complaint", "date": day} for name, day in said]) == {
        "new": ["one urgent ticket or complaint"], "before": []}


def test_meetings_that_are_planned_are_no_unsolved_tickets() -> None:
    planned = {"customer_id": "meets", "kind": "meeting", "status": "planned", "date": "2024-06-20"}
    assert held(subscriptions=[contract("meets", 100)], interactions=[planned]) == {"meets": []}


def test_who_said_why_it_leaves_is_offered_nothing_and_an_end_alone_may_be_that_of_a_term() -> None:
    rows = [contract("gone soon", 100, end="2024-07-20"), contract("moves on", 100, end="2024-07-20"),
            contract("moves on", 120, "2024-07-20"), contract("by the year", 100, end="2024-07-20")]
    assert held(subscriptions=rows, cancellations=[{"customer_id": "gone soon", "cancelled_on": "2024-07-20",
                                                    "reason": "price"}]) == {
        "gone soon": ["the contract ends in 20 days"], "moves on": [], "by the year": []}


def test_an_end_beside_the_end_of_a_term_was_announced() -> None:
    rows = [contract("leaves", 100, end="2024-07-20", term_end="2024-12-31"),
            contract("stays", 100, term_end="2024-07-20"),
            contract("of one product", 100, end="2024-07-20", term_end="2024-12-31", product="A"),
            contract("of one product", 100, term_end="2024-12-31", product="B")]
    assert held(subscriptions=rows) == {
        "leaves": ["the contract ends in 20 days"], "stays": [], "of one product": []}


def test_reasons_that_the_data_cannot_tell_are_named() -> None:
    said = [str(one) for one in not_told(book(subscriptions=[contract("one", 100, end="2030-01-01")]))]
    assert [one.split(":")[0] for one in said] == ["Red health", "Onboarding overdue", "Detractor", "Open complaint",
                                                   "Unsolved ticket"]
    assert "'Score' (Surveys)" in said[2]


def test_the_base_rate_is_stated_with_its_interval() -> None:
    said = str(base_rate(told(book("2024-02-29", subscriptions=rising()))))
    # 270 of 1380 customer-months, see above
    assert said.startswith("Of all customers 19.6% (95% interval ")
    assert base_rate(told(book(subscriptions=[contract("one", 100, "2024-06-01")]))) is None
