"""Matching worked by hand, and on generated books: a known effect, and none."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest

from cs_kpi.actions import matching
from cs_kpi.actions.effects import contact_kinds, effect, foreseen, landmarks, of_contacts, of_starts, of_steps
from cs_kpi.actions.matching import matched
from cs_kpi.actions.records import Action, Run
from cs_kpi.book import Book
from cs_kpi.churn.events import events
from tests.actions.given import book
from tests.actions.treated import called


def rows(treated: list[float], untreated: list[float], at: float = 0.0) -> tuple[np.ndarray, ...]:
    """Outcomes of rows that are all alike, each of another customer."""
    outcome = np.array([*treated, *untreated])
    is_treated = np.arange(len(outcome)) < len(treated)
    size = len(outcome)
    return outcome, is_treated, np.full((size, 1), at), np.zeros(size, dtype=int), np.arange(size)


def test_alike_rows_give_the_difference_of_rates() -> None:
    found = matched(*rows([1.0] * 10 + [0.0] * 30, [1.0] * 3 + [0.0] * 2))
    assert (found.rate, found.expected) == (0.25, pytest.approx(0.6))  # five matches each: all five, 3 of them left
    assert found.difference == pytest.approx(-0.35)
    assert (found.treated, found.customers, found.untreated, found.left_out, found.events) == (40, 40, 5, 0, 13)
    # by hand: 40 treated parts (y - 0.25) and 5 untreated ones -8 (y - 0.6), each its own cluster of 45
    squares = 10 * 0.75**2 + 30 * 0.25**2 + 64 * (3 * 0.4**2 + 2 * 0.6**2)
    reach = 1.959963984540054 * math.sqrt(squares * 45 / 44) / 40
    assert (found.low, found.high) == (pytest.approx(-0.35 - reach), pytest.approx(-0.35 + reach))


def test_rows_of_one_customer_count_less_than_as_many_customers() -> None:
    outcome, is_treated, covariates, group, _each = rows([1.0] * 15 + [0.0] * 25, [1.0] * 20 + [0.0] * 60)
    apart = matched(outcome, is_treated, covariates, group, np.arange(120))
    together = matched(outcome, is_treated, covariates, group, np.repeat(np.arange(24), 5))
    assert together.high - together.low > apart.high - apart.low
    assert together.difference == pytest.approx(apart.difference)


def test_matches_are_of_the_same_month() -> None:
    outcome, is_treated, covariates, _group, each = rows([1.0] * 20 + [0.0] * 20, [0.0] * 20 + [1.0] * 20)
    month = np.array([0] * 20 + [1] * 20 + [0] * 20 + [1] * 20)
    found = matched(outcome, is_treated, covariates, month, each)
    # month 0: all treated left and nobody else; month 1 the other way round
    assert found.difference == pytest.approx(0.0)


def test_who_nobody_is_like_is_left_out_and_counted() -> None:
    outcome, is_treated, covariates, group, each = rows([1.0] * 12 + [0.0] * 18, [1.0] * 10 + [0.0] * 90)
    covariates[:5] = 50.0
    found = matched(outcome, is_treated, covariates, group, each)
    assert (found.treated, found.left_out) == (25, 5)
    assert found.rate == pytest.approx(7 / 25)


def test_what_distance_is_left_is_taken_off() -> None:
    """Treated rows stand a little riskier than their matches, and leave just so much more often: no effect."""
    random = np.random.default_rng(0)
    risk = np.concatenate([random.uniform(0.3, 0.7, 4_000), random.uniform(0.0, 1.0, 4_000) ** 1.5])
    is_treated = np.arange(8_000) < 4_000
    outcome = (random.random(8_000) < risk).astype(float)
    found = matched(outcome, is_treated, risk[:, None], np.zeros(8_000, dtype=int), np.arange(8_000))
    assert abs(found.balance[0].after) < 0.05 < abs(found.balance[0].before)
    assert found.low < 0 < found.high


@pytest.mark.parametrize(("treated", "left"), [(matching.FEWEST_TREATED - 1, 10), (40, 2)])
def test_too_few_are_not_told(treated: int, left: int) -> None:
    found = matched(*rows([1.0] * left + [0.0] * (treated - left), [0.0] * 50))
    assert not found.is_told
    assert math.isnan(found.difference)
    assert not found.excludes_zero


def test_nobody_is_treated() -> None:
    assert matched(*rows([], [0.0, 1.0])).treated == 0


def test_a_known_effect_lies_within_its_interval() -> None:
    """95 % each; fewer than eight of ten in one of ninety runs."""
    pairs = [(of_contacts(landmarks(truth.book), "call").found, truth.effect)
             for truth in (called(seed, strength=1.0) for seed in range(10))]
    assert sum(found is not None and found.low <= effect <= found.high for found, effect in pairs) >= 8
    assert sum(found is not None and found.high < 0 for found, _effect in pairs) >= 7  # and it is mostly seen


def test_books_without_an_effect_hardly_ever_show_one() -> None:
    wrong = [seed for seed in range(10)
             if (found := of_contacts(landmarks(called(seed).book), "call").found) is None or found.excludes_zero]
    assert len(wrong) <= 2  # of ten, by chance 0.5; more than two in one of a hundred runs


@pytest.fixture(scope="module")
def whole() -> Book:
    return called(0).book


def test_a_landmark_is_there_at_both_closings(whole: Book) -> None:
    found = landmarks(whole)
    opening, closing = (np.column_stack(list(whole.ledger.closings(np.unique(day)))) for day in (
        found.opening, found.closing))
    at = np.searchsorted(np.unique(found.opening), found.opening)
    assert (opening[found.customer, at] > 0).all()
    assert (closing[found.customer, np.searchsorted(np.unique(found.closing), found.closing)] > 0).all()
    assert found.mrr == pytest.approx(opening[found.customer, at] / 1e6)


def test_the_risk_says_nothing_of_the_treated_and_nothing_of_the_customer_itself(whole: Book) -> None:
    found = landmarks(whole)
    is_treated = np.arange(len(found.customer)) % 7 == 0
    one = int(found.customer[0])
    changed = found.left.copy()
    changed[is_treated] = 1 - changed[is_treated]
    changed[found.customer == one] = 1 - changed[found.customer == one]
    before, after = foreseen(found, is_treated), foreseen(replace(found, left=changed), is_treated)
    assert before is not None
    assert after is not None
    assert after[found.customer == one] == pytest.approx(before[found.customer == one])


def test_kinds_of_contacts_are_told_by_how_many_there_are(whole: Book) -> None:
    assert contact_kinds(whole) == ["mail", "call"]


def test_playbooks_and_their_steps_are_judged_like_contacts(whole: Book) -> None:
    found = landmarks(whole)
    rows = whole.tables["interactions"]
    calls = rows[rows["kind"] == "call"]
    runs = [Run(playbook="p", name="P", customer_id=str(customer), begun_on=day.date(), state="ended")
            for customer, day in zip(calls["customer_id"], calls["date"], strict=True)]
    done = [Action(customer_id=one.customer_id, title="t", due_on=one.begun_on, made_on=one.begun_on, status="done",
                   done_on=one.begun_on) for one in runs]
    started = of_starts(found, "P", runs).found
    assert started is not None
    assert of_steps(found, "P", done).found == started
    assert of_starts(found, "P", [one.model_copy(update={"state": "dismissed"}) for one in runs]).found is None


def test_treatments_before_the_table_begins_are_not_taken_for_none(whole: Book) -> None:
    """Quiet months have to be known to be quiet."""
    found = landmarks(whole)
    one = int(found.customer[0])
    treatment = events(np.array([one]), np.array([int(found.closing[0])]), np.ones(1), None, len(whole.customer_ids))
    late = effect("x", found, treatment, first=int(found.closing[0]))
    assert late.found is None
    assert "could tell" in str(late.reason)


def test_too_few_leavers_are_told() -> None:
    contracts = [(f"C{number}", "2023-01-01", 10) for number in range(30)]
    calls = [(f"C{number}", "2024-02-10", "call") for number in range(25)]
    small = book(subscriptions=contracts, interactions=[("C0", "2023-01-05", "mail"), *calls])
    assert "too few" in str(of_contacts(landmarks(small), "call").reason)
    assert of_starts(landmarks(small), "P", [Run(
        playbook="p", name="P", customer_id="C1", begun_on=dt.date(2030, 1, 1))]).found is None
