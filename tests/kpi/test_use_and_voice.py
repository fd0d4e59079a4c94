"""Use, NPS, CSAT and onboarding: golden numbers and published examples."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_kpi.criterion import Criterion, Rule
from cs_kpi.errors import DataError
from cs_kpi.kpi.adoption import adoption_by_feature
from cs_kpi.kpi.onboarding import standings
from cs_kpi.kpi.passport import passport
from cs_kpi.locale.formats import rounded
from cs_kpi.periods import parse
from tests.tables import book, reading, value

THREE = [("a", "2024-01-01", None, 10, None, 5), ("b", "2024-01-01", None, 10, None, 2),
         ("c", "2024-01-01", "2024-06-20", 10, None, 3)]


def answers(kind: str, scale: int, **counts: int) -> list[tuple[object, ...]]:
    """So many answers of each score: `answers("nps", 10, s9=2)`."""
    return [(f"{score}-{n}", "2024-06-10", kind, int(score[1:]), scale) for score, times in counts.items()
            for n in range(times)]


# 360pulse
def test_nps_of_two_hundred_answers() -> None:
    found = reading(book(surveys=answers("nps", 10, s10=100, s7=60, s3=40)), "nps")
    assert (found.value, found.numerator, found.denominator, found.n) == (30, 60, 200, 200)
    assert round(found.high - 30, 1) == round(30 - found.low, 1) == 10.8


# calculator.city, corrected: one page prints 46.16
def test_nps_is_rounded_for_display_only() -> None:
    found = value(book(surveys=answers("nps", 10, s9=120, s8=45, s6=30)), "nps")
    assert round(found, 2) == 46.15
    assert rounded(found, 0) == 46


# Delighted help
def test_csat_counts_four_and_five() -> None:
    found = value(book(surveys=answers("csat", 5, s5=42, s4=32, s3=10, s2=9, s1=14)), "csat")
    assert round(100 * found, 2) == 69.16
    assert rounded(100 * found, 0) == 69


def test_of_each_respondent_the_latest_answer_counts_and_of_a_day_the_lower_one() -> None:
    given = [("a", "2024-06-01", "nps", 10, 10, "Mori"), ("a", "2024-06-20", "nps", 3, 10, "Mori"),
             ("a", "2024-06-20", "nps", 9, 10, "Mori"), ("a", "2024-06-02", "nps", 9, 10, "Sato"),
             ("b", "2024-06-02", "nps", 9, 10, "Sato"), ("b", "2024-06-02", "nps", 9, 10),
             ("b", "2024-06-02", "nps", 9, 10)]
    # Mori 3; Sato of a and Sato of b 9; two without a name 9 each
    found = reading(book(surveys=given), "nps")
    assert (found.numerator, found.n) == (4 - 1, 5)


def test_a_scale_of_ten_has_its_satisfied_answers_at_eight() -> None:
    given = answers("csat", 10, s8=1, s7=1, s9=1)
    assert value(book(surveys=given), "csat") == pytest.approx(2 / 3)
    assert value(book(surveys=given), "csat", convention="top_two_of_ten") == pytest.approx(1 / 3)
    assert value(book(surveys=given), "csat", convention="mean_score") == 8


def test_answers_of_one_kind_do_not_make_the_other_available() -> None:
    found = reading(book(surveys=answers("nps", 10, s9=1)), "csat")
    assert found.status == "not_available"
    assert "CSAT" in str(found.reason)


# --- use


def test_active_is_who_is_there_at_closing_and_has_used_enough() -> None:
    usage = [("a", "2024-06-01", "u", "API", 2), ("b", "2024-06-03", "u", "API", 3), ("b", "2024-05-30", "u", "API", 9),
             ("c", "2024-06-03", "u", "API", 9)]
    # c is gone at closing
    assert value(book(THREE, usage=usage), "active_customer_rate") == 1
    assert value(book(THREE, usage=usage, active_min_count=3), "active_customer_rate") == 1 / 2


def test_active_users_are_distinct_and_stand_by_the_seats() -> None:
    usage = [("a", "2024-06-01", "u1"), ("a", "2024-06-02", "u1"), ("a", "2024-06-02", "u2"), ("b", "2024-06-02", "u1"),
             ("c", "2024-06-02", "u3"), ("b", "2024-05-02", "u9")]
    # u1 and u2 of a, u1 of b, by 5 + 2 seats
    found = reading(book(THREE, usage=usage), "active_user_rate")
    assert (found.numerator, found.denominator, found.n) == (3, 7, 2)


def test_adoption_takes_every_key_feature() -> None:
    usage = [("a", "2024-06-01", "u", "API"), ("a", "2024-06-01", "u", "Reports"), ("b", "2024-06-01", "u", "API")]
    whole = book(THREE, usage=usage, key_features=("API", "Reports"))
    assert value(whole, "feature_adoption_rate") == 1 / 2
    found = {one.segment.value: one.value for one in adoption_by_feature(whole, [parse("2024-06")])}
    assert found == {"API": 1, "Reports": 1 / 2}


@pytest.mark.parametrize(("chosen", "says"), [((), "settings"), (("Maps",), "'Maps'")])
def test_adoption_is_not_available_without_key_features(chosen: tuple[str, ...], says: str) -> None:
    found = reading(book(THREE, usage=[("a", "2024-06-01", "u", "API")], key_features=chosen), "feature_adoption_rate")
    assert found.status == "not_available"
    assert says in str(found.reason)


def test_minutes_are_by_row_that_has_some() -> None:
    usage = [("a", "2024-06-01", None, None, 1, 10), ("a", "2024-06-01", None, None, 1, 0.5),
             ("b", "2024-06-01", None, None, 1, None)]
    found = reading(book(THREE, usage=usage), "session_minutes")
    assert (found.value, found.numerator, found.denominator) == (5.25, 10.5, 2)


def test_a_month_without_any_row_of_usage_is_undefined_and_not_zero() -> None:
    found = reading(book(THREE, usage=[("a", "2024-05-01", "u")]), "active_customer_rate")
    assert (found.status, found.value) == ("undefined", None)


# --- onboarding


# petavue
def test_onboarding_of_four_hundred() -> None:
    contracts = [(f"c{n}", "2024-06-03", None, 1) for n in range(400)]
    done = [(f"c{n}", None, "2024-07-01") for n in range(260)]
    found = reading(book(contracts, customers=done), "onboarding_completion_rate")
    assert (found.value, found.n, found.status) == (0.65, 400, "ok")


STARTED = [("done", "2024-06-01", None, 1), ("slow", "2024-06-01", None, 1), ("gone", "2024-06-01", "2024-06-10", 1),
           ("stuck", "2024-06-01", None, 1), ("fresh", "2024-06-20", None, 1),
           ("gone later", "2024-06-01", "2024-07-02", 1)]
STEPS = [("done", "Kickoff", "2024-06-03"), ("done", "Setup", "2024-06-15"), ("slow", "Kickoff", "2024-06-03"),
         ("slow", "Setup", "2024-06-16"), ("stuck", "Kickoff", "2024-06-03"), ("gone later", "Kickoff", "2024-06-02"),
         ("gone later", "Setup", "2024-06-03"), ("fresh", "Setup", "2024-07-20")]
BOTH = Criterion(rules=(Rule(name="Kickoff", days=14), Rule(name="Setup", days=14)))


def test_every_customer_is_in_exactly_one_state() -> None:
    table = standings(book(STARTED, milestones=STEPS, as_of="2024-07-02", onboarding=BOTH)).set_index("customer_id")
    assert table["state"].to_dict() == {"done": "completed", "gone later": "completed", "slow": "late", "gone": "left",
                                        "stuck": "overdue", "fresh": "in_progress"}
    assert table["completed_on"].dropna().to_dict() == {
        "done": dt.date(2024, 6, 15), "gone later": dt.date(2024, 6, 3), "slow": dt.date(2024, 6, 16)}
    # 14 days from 1 June are over on the 15th, 17 days before 2 July; from 20 June on 4 July, in 2 days
    assert table["days_left"].dropna().to_dict() == {"gone": -17, "stuck": -17, "fresh": 2}
    assert table["missing"].to_dict() == {"done": [], "gone later": [], "slow": [], "gone": ["Kickoff", "Setup"],
                                          "stuck": ["Setup"], "fresh": ["Kickoff", "Setup"]}


def test_the_rate_counts_those_whose_limit_has_passed() -> None:
    whole = book(STARTED, milestones=STEPS, as_of="2024-07-02", onboarding=BOTH)
    found = reading(whole, "onboarding_completion_rate")
    # done and gone later of the five that started on 1 June; fresh is still on its way
    assert (found.value, found.n, found.status) == (2 / 5, 5, "incomplete")


@pytest.mark.parametrize(("criterion", "expected"), [
    (Criterion(rules=BOTH.rules, joined="or"), "2024-06-03"),
    (Criterion(rules=(*BOTH.rules, Rule(kind="feature", name="API", days=30)), joined="k_of_n", needed=2),
     "2024-06-10"),
    (Criterion(rules=(Rule(kind="uses", times=3, days=30),)), "2024-06-12"),
    (Criterion(rules=(Rule(kind="uses", name="API", times=2, days=30),)), "2024-06-12"),
    (Criterion(rules=(Rule(kind="completed", days=30),)), "2024-06-25")])
def test_the_day_of_the_last_rule_needed_is_the_day_of_completion(criterion: Criterion, expected: str) -> None:
    usage = [("a", "2024-06-09", "u", "Maps"), ("a", "2024-06-10", "u", "API"), ("a", "2024-06-12", "u", "API")]
    steps = [("a", "Kickoff", "2024-06-03"), ("a", "Setup", "2024-06-14")]
    whole = book([("a", "2024-06-01", None, 1)], usage=usage, milestones=steps, onboarding=criterion,
                 customers=[("a", None, "2024-06-25")])
    [row] = standings(whole).to_dict("records")
    assert (row["state"], row["completed_on"]) == ("completed", dt.date.fromisoformat(expected))


def test_the_limit_may_run_from_the_trial() -> None:
    rows = [("a", "2024-05-01", "2024-05-31", 0, None, None, None, "trial"),
            ("a", "2024-06-01", None, 10, None, None, None, "recurring")]
    steps = [("a", "Kickoff", "2024-06-03")]
    rule = (Rule(name="Kickoff", days=14),)
    for since, state in (("first_active_day", "completed"), ("trial_start", "late")):
        whole = book(rows, milestones=steps, onboarding=Criterion(rules=rule, since=since))
        assert standings(whole)["state"].tolist() == [state]


def test_standings_of_a_period_hold_who_started_in_it() -> None:
    whole = book([*STARTED, ("earlier", "2024-05-01", None, 1)], milestones=STEPS, onboarding=BOTH)
    assert "earlier" in set(standings(whole)["customer_id"])
    assert "earlier" not in set(standings(whole, parse("2024-06"))["customer_id"])


def test_a_criterion_that_the_sheets_cannot_tell_says_what_is_missing() -> None:
    whole = book(STARTED, milestones=STEPS, onboarding=Criterion(rules=(Rule(kind="feature", name="API", days=3),)))
    with pytest.raises(DataError, match="first use of API"):
        standings(whole)


@pytest.mark.parametrize("wrong", [
    {"rules": []}, {"rules": [{"days": 3}]}, {"rules": [{"name": "A", "days": 3}], "joined": "k_of_n"},
    {"rules": [{"name": "A", "days": 3}], "joined": "k_of_n", "needed": 2},
    {"rules": [{"name": "A", "days": 3}], "needed": 1}, {"rules": [{"name": "A", "days": -1}]}])
def test_a_criterion_that_nobody_could_meet_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Criterion.model_validate(wrong)


MONTHLY = [("a", "2024-05-31", None, None, 1, 120), ("b", "2024-05-31", None, None, 1, 60),
           ("a", "2024-06-30", None, None, 1, 90)]


def test_minutes_in_totals_by_month_are_said_to_be_no_sessions() -> None:
    whole = book(THREE, usage=MONTHLY)
    assert value(whole, "session_minutes", "2024-05") == 90
    assert "per customer and month" in str(passport(whole, "session_minutes", parse("2024-05")).remark)


@pytest.mark.parametrize("more", [("a", "2024-06-12", None, None, 1, 5), ("b", "2024-05-31", None, None, 1, 30)])
def test_minutes_of_single_sessions_have_no_such_remark(more: tuple[object, ...]) -> None:
    assert passport(book(THREE, usage=[*MONTHLY, more]), "session_minutes", parse("2024-05")).remark is None
