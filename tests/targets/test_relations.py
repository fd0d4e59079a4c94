"""Which KPIs move together: what is shown, what is held back, and what is so by definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.targets.correlation import FEWEST, correlations, held_back, independent
from cs_kpi.targets.relations import contradictions, counts, relations
from cs_kpi.targets.review_listing import related
from cs_kpi.targets.words import Form
from tests.books import examples
from tests.targets.independent import DRIVERS
from tests.targets.independent import independent as independent_book
from tests.targets.months import book_of_months


def noise(seed: int, length: int = 40) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=length)


def test_the_same_changes_correlate_fully_and_opposite_ones_fully_against() -> None:
    run = noise(1)
    assert correlations(run, run, (0,))[0].r == pytest.approx(1, abs=1e-5)
    assert correlations(run, -run, (0,))[0].r == pytest.approx(-1, abs=1e-5)


def test_a_driver_is_found_at_its_lag() -> None:
    run = noise(2)
    later = np.concatenate([[0.0, 0.0], run[:-2]]) + 0.2 * noise(3)
    found = {one.lag: one for one in correlations(run, later)}
    assert max(found.values(), key=lambda one: abs(one.r)).lag == 2
    assert found[2].low > 0.5


def test_two_numbers_that_both_grow_are_not_related_by_that() -> None:
    growing, too = np.arange(60) * 5 + noise(4, 60), np.arange(60) * 3 + noise(5, 60)
    assert np.corrcoef(growing, too)[0, 1] > 0.99
    assert min(one.p for one in correlations(growing, too)) > 0.01


def test_too_few_pairs_constants_and_gaps_say_nothing() -> None:
    run = noise(6, FEWEST)  # one change fewer than values
    assert correlations(run, run, (0,)) == []
    assert correlations([*run, 0.0], [*run, 0.0], (0,))[0].pairs == FEWEST
    assert correlations(noise(7), np.ones(40), (0,)) == []
    with_gap = [None if place == 20 else value for place, value in enumerate(noise(8).tolist())]
    assert correlations(with_gap, noise(9), (0,))[0].pairs == 37  # 39 changes, two of them touch the gap


def test_habits_make_pairs_worth_less_and_never_more() -> None:
    """Both series repeat every value once: n pairs are worth about half of them."""
    x, y = (np.repeat(noise(seed, 50), 2) for seed in (10, 11))
    x, y = ((run - run.mean()) / run.std() for run in (x, y))
    assert 50 < independent(x, y) < 85  # 1 + 2 x 0.5 x 0.5 = 1.5 at the first step alone: 67 of 100
    assert independent(*((run - run.mean()) / run.std() for run in (noise(12), noise(13)))) <= 40


def test_of_many_comparisons_those_stand_that_chance_does_not_bring() -> None:
    """Benjamini and Hochberg at 5 % of four: limits 0.0125, 0.025, 0.0375, 0.05."""
    assert held_back([0.012, 0.2, 0.024, 0.04]) == [True, False, True, False]
    assert held_back([0.03, 0.03, 0.03, 0.03]) == [True] * 4
    assert held_back([0.0126, 0.9, 0.9, 0.9]) == [False] * 4
    assert held_back([]) == []


@given(st.lists(st.floats(0, 1), max_size=30))
@examples(50)
def test_what_stands_is_never_weaker_than_what_does_not(ps: list[float]) -> None:
    stands = held_back(ps)
    assert max([p for p, kept in zip(ps, stands, strict=True) if kept], default=0) <= min(
        [p for p, kept in zip(ps, stands, strict=True) if not kept], default=1)
    assert all(p <= 0.05 for p, kept in zip(ps, stands, strict=True) if kept)


@given(st.integers(0, 10_000), st.floats(0.1, 100), st.floats(-100, 100))
@examples(30)
def test_units_and_rows_of_months_do_not_matter_and_limits_hold_the_value(seed: int, times: float, plus: float
                                                                          ) -> None:
    one, other = noise(seed, 36), noise(seed + 1, 36)
    plain, scaled = correlations(one, other, (0,))[0], correlations(one * times + plus, other, (0,))[0]
    assert scaled.r == pytest.approx(plain.r, abs=1e-6)
    assert -1 <= plain.low <= plain.r <= plain.high <= 1


def test_kpis_that_count_the_same_movements_are_told_apart_from_findings() -> None:
    assert counts(KPIS["nrr"]) == {"expansion", "contraction", "churn"}
    assert counts(KPIS["quick_ratio"]) == {"new", "reactivation", "expansion", "contraction", "churn"}
    assert counts(KPIS["csat"]).isdisjoint(counts(KPIS["customer_churn_rate"]))
    left = [3, 1, 4, 1, 5, 2, 6, 5, 3, 5] * 4
    found = {one.kpi: one.verdict for one in relations(book_of_months(500, [2] * 40, left), "customer_churn_rate")}
    assert (found["grr"], found["churned_customers"], "csat" in found) == ("same", "same", False)


def test_targets_that_pull_against_each_other_are_named() -> None:
    """As many come as leave, in every month another number: more newcomers is better, more leavers is worse."""
    moved = [int(value) for value in np.random.default_rng(14).integers(0, 12, 36)]
    [one] = contradictions(book_of_months(500, moved, moved), ["new_customers", "churned_customers"])
    assert (one.verdict, {one.kpi, one.kgi}) == ("against", {"new_customers", "churned_customers"})
    assert one.found is not None
    assert one.found.r == pytest.approx(-1, abs=0.01)


def test_a_short_history_says_that_it_is_short() -> None:
    found = relations(book_of_months(100, [1, 2] * 5, [2, 1] * 5), "customer_churn_rate", ["new_customers"])
    assert [(one.verdict, one.found) for one in found] == [("short", None)]


def test_a_kpi_that_never_changes_is_not_said_to_be_known_for_too_short() -> None:
    book = book_of_months(500, [2] * 40, [3, 1] * 20)
    found = relations(book, "customer_churn_rate", ["new_customers"])
    assert [(one.verdict, one.found) for one in found] == [("still", None)]
    assert related(found, Form("en", None))["Verdict"].tolist() == ["Has never changed"]


def test_books_in_which_nothing_drives_anything_show_at_most_five_percent_of_pairs() -> None:
    """Forty books (bench/relations.py tries two hundred)."""
    found = [one for seed in range(40) for one in relations(independent_book(seed, 30), "customer_churn_rate", DRIVERS)]
    assert len([one for one in found if one.found]) == 200
    assert sum(one.verdict in ("with", "against") for one in found) <= 0.05 * 200
