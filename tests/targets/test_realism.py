"""How realistic a target is: by own history, by noise; hand-worked."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.book import Book
from cs_kpi.shares import wilson
from cs_kpi.targets.goals import Benchmark, Wanted
from cs_kpi.targets.realism import complete_periods, guess, realism
from cs_kpi.targets.review_words import benchmark_said, realism_said
from cs_kpi.targets.words import Form
from tests import tables
from tests.books import examples
from tests.targets.months import book_of_months

FORM = Form("en", None)


def eight() -> Book:
    """1, 2, ... 8 new customers in January to August 2024; 20 at the opening, nobody leaves: 21, 23, 26, ... 56."""
    return book_of_months(20, [1, 2, 3, 4, 5, 6, 7, 8], [0] * 8)


def wanted(kpi: str, value: float, first: dt.date = dt.date(2024, 9, 1), count: int = 1) -> Wanted:
    return Wanted(kpi=kpi, first=first, values=(value,) * count)


@pytest.mark.parametrize(("value", "k", "word"), [
    (2.5, 6, "easy"), (3, 6, "easy"), (3.5, 5, "realistic"), (6.5, 2, "realistic"), (7.5, 1, "stretch"),
    (11.5, 0, "stretch"), (11.6, 0, "out_of_reach")])
def test_the_word_follows_how_often_history_reached_it(value: float, k: int, word: str) -> None:
    """Median 4.5, best 8: what was never reached is a stretch up to 8 + 3.5."""
    found = realism(eight(), wanted("new_customers", value))
    assert (found.levels.k, found.levels.n, found.word) == (k, 8, word)
    assert (found.levels.best, found.levels.median) == (8, 4.5)


def test_a_target_is_held_against_what_was_known_before_it_begins() -> None:
    found = realism(eight(), wanted("new_customers", 3, dt.date(2024, 8, 1)))
    assert (found.levels.k, found.levels.n) == (5, 7)


def test_fewer_than_six_periods_say_nothing() -> None:
    assert realism(book_of_months(20, [1] * 5, [0] * 5), wanted("new_customers", 1)).word == "unknown"


def test_a_standing_number_is_judged_by_how_fast_it_moved() -> None:
    """56 customers in August. 70 in September asks for 1.25 in one month. From the closing of January on it moved by
    23/21 = 1.095, 26/23 = 1.130, 30/26 = 1.154, 35/30 = 1.167, 41/35 = 1.171, 48/41 = 1.171, 56/48 = 1.167: never."""
    found = realism(eight(), wanted("customers", 70))
    assert found.moves is not None
    assert (found.distance, found.steps, found.moves.k, found.moves.n, found.word) == (1, 1, 0, 7, "out_of_reach")
    assert (realism(eight(), wanted("customers", 65)).moves or found.moves).k == 4  # 65 / 56 = 1.161
    assert found.levels.k == 0


def test_a_far_target_is_held_against_moves_of_a_third_of_the_history() -> None:
    """Eight months carry moves over two; six months ahead, 56 x 1.3 ^ 3 = 123 asks for 1.3 in two months each."""
    found = realism(eight(), Wanted(kpi="customers", first=dt.date(2025, 2, 1), values=(123.0,)))
    assert found.moves is not None
    assert (found.distance, found.steps, found.moves.n) == (6, 2, 6)
    assert found.moves.k == 5  # 26/21 = 1.24; 30/23, 35/26, 41/30, 48/35, 56/41 are 1.30 and more; asked is 1.2999


def test_a_target_inside_the_noise_says_how_many_customers_it_would_take() -> None:
    """5 of 100 left: 5 %. Wilson ends at 4 % where 0.01 is 1.96 times the root of 0.04 x 0.96 / n: n = 1,475.1, as many
    as fifteen such months have together."""
    found = realism(book_of_months(100, [0], [5]), wanted("customer_churn_rate", 0.04, dt.date(2024, 2, 1)))
    assert (found.is_testable, found.customers_needed, found.periods_needed) == (False, 1476, 15)
    low_before, low_after = wilson(0.05 * 1475, 1475)[0], wilson(0.05 * 1476, 1476)[0]
    assert low_before < 0.04 < low_after
    said = [str(one) for one in realism_said(found, wanted("customer_churn_rate", 0.04), FORM)]
    assert "cannot be tested with this many customers. About 1,476" in said[-1]


def test_of_money_the_interval_narrows_by_the_root_of_the_customers() -> None:
    """Two of four pay 100, two 300: ARPA 200 +- 1.96 x 200 / 4 x root of 4/3 x 4 = 226.3 / 2 = 113.2. For 150 it takes
    (113.2 / 50) squared = 5.12 times the customers, 21 of them."""
    book = tables.book([("A", "2023-12-01", None, 100), ("B", "2023-12-01", None, 100), ("C", "2023-12-01", None, 300),
                        ("D", "2023-12-01", None, 300)], as_of="2024-01-31")
    found = realism(book, wanted("arpa", 150, dt.date(2024, 2, 1)))
    assert found.latest is not None
    assert found.latest.low == pytest.approx(200 - 113.158, abs=0.01)
    assert (found.customers_needed, found.periods_needed) == (21, 6)


def test_a_target_outside_the_noise_can_be_tested_and_one_of_today_never() -> None:
    book = book_of_months(100, [0], [5])
    far, same = (realism(book, wanted("customer_churn_rate", value, dt.date(2024, 2, 1))) for value in (0.02, 0.05))
    assert (far.is_testable, far.customers_needed) == (True, None)
    assert (same.is_testable, same.customers_needed) == (False, None)


def test_totals_have_no_noise_and_no_history_is_said() -> None:
    assert realism(eight(), wanted("new_customers", 3)).is_testable is True
    none = realism(book_of_months(20, [1], [0]), wanted("new_customers", 3, dt.date(2024, 1, 1)))
    assert (none.levels.n, none.latest, none.is_testable) == (0, None, None)


def test_trailing_periods_before_a_trailing_target_end_before_it() -> None:
    book = book_of_months(20, [1] * 20, [0] * 20)
    first = Wanted(kpi="nrr", kind="ttm", first=dt.date(2024, 7, 1), values=(1.0,)).periods[0]
    run = complete_periods(book, "ttm", first)
    assert (run[0].id, run[-1].id) == ("TTM-2024-12", "TTM-2025-05")


def test_trailing_periods_overlap_and_do_not_add_up() -> None:
    """Twenty customers at 100, of whom one left in a year: how many more years it takes is not said of such years."""
    book = book_of_months(20, [0] * 14, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    found = realism(book, Wanted(kpi="nrr", kind="ttm", first=dt.date(2024, 4, 1), values=(0.97,)))
    assert (found.is_testable, found.periods_needed) == (False, None)
    assert found.customers_needed is not None
    said = list(realism_said(found, Wanted(kpi="nrr", kind="ttm", first=dt.date(2024, 4, 1), values=(0.97,)),
                             Form("en", None)))
    assert str(said[-1]).endswith(f"About {found.customers_needed} in the denominator would be needed.")


def test_a_first_guess_is_what_a_quarter_of_the_history_reached() -> None:
    assert guess(eight(), wanted("new_customers", 0)) == 6.0  # 6.25, and customers are whole
    assert guess(eight(), wanted("new_mrr", 0)) == 625.0
    assert guess(book_of_months(20, [1], [0]), wanted("new_customers", 0, dt.date(2024, 1, 1))) == 0.0


@pytest.mark.parametrize(("kpi", "value", "word"), [
    ("customer_churn_rate", 0.005, "better"), ("customer_churn_rate", 0.02, "within"),
    ("customer_churn_rate", 0.05, "worse"), ("nrr", 0.005, "worse"), ("nrr", 1.2, "better")])
def test_a_benchmark_is_held_against_the_target_with_its_source(kpi: str, value: float, word: str) -> None:
    report = Benchmark(kpi=kpi, low=0.01, high=0.03, source="A report, p. 3", about="SMB")
    said = str(benchmark_said(report, wanted(kpi, value), FORM))
    assert word in said
    assert "1.0% – 3.0% (A report, p. 3; SMB)" in said


@given(st.lists(st.integers(0, 5), min_size=7, max_size=12), st.floats(0, 8), st.floats(0, 8))
@examples(25)
def test_a_harder_target_is_never_called_easier(came: list[int], one: float, other: float) -> None:
    book, first = book_of_months(5, came, [0] * len(came)), dt.date(2025, 6, 1)
    easier, harder = (realism(book, wanted("new_customers", value, first)) for value in sorted((one, other)))
    words = ["easy", "realistic", "stretch", "out_of_reach"]
    assert words.index(easier.word) <= words.index(harder.word)
    assert easier.levels.k >= harder.levels.k
    assert not math.isnan(easier.levels.best)
