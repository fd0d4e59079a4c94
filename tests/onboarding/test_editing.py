"""Changes of a criterion, and what they do to customers."""

from __future__ import annotations

import math

import pytest

from cs_kpi.criterion import Criterion, Rule
from cs_kpi.onboarding import editing
from cs_kpi.onboarding.listing import customers, owners
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from tests.tables import book

KICKOFF, SETUP = Rule(name="Kickoff", days=14), Rule(name="Setup", days=30)
API = Rule(kind="feature", name="API", days=7)
BOTH = Criterion(rules=(KICKOFF, SETUP))
JUNE = [parse("2024-06")]
CONTRACTS = [("a", "2024-06-01", None, 100), ("b", "2024-06-01", None, 200), ("c", "2024-06-01", "2024-06-20", 300)]
STEPS = [("a", "Kickoff", "2024-06-02"), ("a", "Setup", "2024-06-20"), ("b", "Kickoff", "2024-06-02")]


def test_rules_come_and_go_and_the_last_one_stays() -> None:
    more = editing.with_rule(BOTH, API)
    assert more.rules == (KICKOFF, SETUP, API)
    assert editing.without_rule(more, 1).rules == (KICKOFF, API)
    one = Criterion(rules=(KICKOFF,))
    assert editing.without_rule(one, 0) == one
    assert editing.with_change(BOTH, 1, API).rules == (KICKOFF, API)


def test_k_of_n_never_asks_for_more_than_there_is() -> None:
    two_of_three = editing.with_join(editing.with_rule(BOTH, API), "k_of_n")
    assert two_of_three.needed == 2
    three = editing.with_join(two_of_three, "k_of_n", 9)
    assert three.needed == 3
    assert editing.without_rule(three, 0).needed == 2
    assert editing.with_join(three, "or").needed is None


def test_other_changes_keep_from_when_the_days_count() -> None:
    trial = BOTH.model_copy(update={"since": "trial_start"})
    for changed in (editing.with_rule(trial, API), editing.without_rule(trial, 0), editing.with_join(trial, "or")):
        assert changed.since == "trial_start"


def test_the_effect_counts_each_state_before_and_after() -> None:
    whole = book(CONTRACTS, milestones=STEPS)
    found = editing.effect(whole, BOTH, Criterion(rules=(KICKOFF,)), JUNE)
    # Both: a completes on day 19, b is overdue, c left. Kickoff alone: a and b complete, c left.
    assert found["state"].tolist() == ["completed", "late", "left", "overdue", "in_progress"]
    assert found["before"].tolist() == [1, 0, 1, 1, 0]
    assert found["after"].tolist() == [2, 0, 1, 0, 0]


def test_a_rule_that_the_sheets_do_not_know_has_no_numbers() -> None:
    found = editing.effect(book(CONTRACTS, milestones=STEPS), Criterion(rules=(API,)), BOTH, JUNE)
    assert all(map(math.isnan, found["before"]))
    assert found["after"].sum() == 3


def test_rules_offered_are_what_the_sheets_can_tell() -> None:
    whole = book(CONTRACTS, milestones=STEPS, usage=[("a", "2024-06-02", "u", "API")], onboarding_days=45,
                 customers=[("a", None, "2024-06-20")])
    offered = [(rule.kind, rule.name) for rule in editing.rules_offered(whole)]
    assert offered == [("completed", ""), ("milestone", "Kickoff"), ("milestone", "Setup"), ("feature", "API"),
                       ("uses", "")]
    assert {rule.days for rule in editing.rules_offered(whole)} == {45}


@pytest.mark.parametrize(("tables", "kinds"), [
    ({"milestones": STEPS}, ["milestone", "milestone"]), ({"usage": [("a", "2024-06-02")]}, ["uses"]),
    ({"customers": [("a", None, "2024-06-20")], "milestones": STEPS}, ["completed"])])
def test_the_first_guess_comes_from_what_is_there(tables: dict, kinds: list[str]) -> None:
    guess = editing.first_guess(book(CONTRACTS, **tables))
    assert guess is not None
    assert [rule.kind for rule in guess.rules] == kinds


def test_contracts_alone_offer_nothing() -> None:
    assert editing.first_guess(book(CONTRACTS)) is None
    assert editing.rules_offered(book(CONTRACTS)) == []


@pytest.mark.parametrize(("criterion", "english", "japanese"), [
    (Criterion(rules=(KICKOFF,)), "Kickoff within 14 days", "Kickoff（14日以内）"),
    (BOTH, "all of: Kickoff within 14 days, Setup within 30 days",
     "次のすべて：Kickoff（14日以内）、Setup（30日以内）"),
    (Criterion(rules=(KICKOFF, API), joined="or"), "any of: Kickoff within 14 days, first use of API within 7 days",
     "次のいずれか：Kickoff（14日以内）、APIの初回利用（7日以内）")])
def test_a_criterion_is_a_sentence(criterion: Criterion, english: str, japanese: str) -> None:
    assert (editing.in_words(criterion).text("en"), editing.in_words(criterion).text("ja")) == (english, japanese)


def test_customers_are_listed_by_name_with_what_is_left_to_do() -> None:
    whole = book(CONTRACTS, milestones=STEPS, onboarding=BOTH)
    whole = whole.under(Settings.model_validate({**whole.settings.model_dump(), "onboarding": BOTH}))
    named = whole.tables | {"customers": whole.customers.assign(
        customer_name=["Alpha", "Beta", "Gamma"], owner=["Sato", "Suzuki", None])}
    whole = type(whole)(named, whole.settings, whole.today)
    found = customers(whole, JUNE, None, "en")
    # The overdue one first; its 30 days were over on 1 July, 183 days before the end of the data.
    assert found["Customer name"].tolist() == ["Beta", "Gamma", "Alpha"]
    assert found["Steps not done"].tolist() == ["Setup", "Kickoff, Setup", ""]
    assert found["Days left (negative: overdue)"].tolist()[0] == -183
    assert found["Days left (negative: overdue)"].isna().tolist() == [False, True, True]
    assert found["MRR"].tolist() == [200, 0, 100]
    assert owners(whole, JUNE) == ["Sato", "Suzuki"]
    assert customers(whole, JUNE, None, "en", ("completed",))["Customer name"].tolist() == ["Alpha"]
    assert customers(whole, JUNE, None, "en", owned_by=("Suzuki",))["Customer name"].tolist() == ["Beta"]


def test_hidden_names_are_nowhere_in_the_list() -> None:
    whole = book([("Secret", "2024-06-01", None, 100)], milestones=[("Secret", "Kickoff", "2024-06-02")])
    found = customers(whole, JUNE, None, "ja", hides_names=True)
    assert "顧客ID" not in found
    assert found["顧客名"].tolist() == ["顧客0001"]
    assert "Secret" not in found.to_string()
