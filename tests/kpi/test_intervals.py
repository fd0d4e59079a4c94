"""95 % intervals: against published values, against sums by hand, and against plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.kpi.intervals import Z, bootstrapped, by_segment, linearised, unseen, wilson
from tests import books

pairs = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=20)


def test_wilson_is_as_its_formula_gives() -> None:
    # handbook 8 prints 4.4 for the first, which is 4.3476 % and rounds to 4.3
    limits = [round(100 * limit, 4) for part, whole in ((5, 50), (0, 20), (1, 12)) for limit in wilson(part, whole)]
    assert limits == [4.3476, 21.3602, 0.0, 16.1125, 1.4865, 35.388]


def test_none_and_all_have_a_limit_of_exactly_zero_and_one() -> None:
    assert wilson(0, 3)[0] == 0
    assert wilson(3, 3)[1] == 1


def test_a_ratio_without_spread_has_no_width() -> None:
    # each customer kept 90 of 100
    low, high = linearised(np.array([90, 90, 90]), np.array([100, 100, 100]))
    assert (low[0], high[0]) == (0.9, 0.9)


def test_two_customers_by_hand() -> None:
    # kept 100 of 100 and 50 of 100: ratio 0.75, residuals 25 and -25, error sqrt(2 / 1 * 1250) / 200 = 0.25
    low, high = linearised(np.array([100, 50]), np.array([100, 100]))
    assert low[0] == pytest.approx(0.75 - Z * 0.25)
    assert high[0] == pytest.approx(0.75 + Z * 0.25)


def test_one_customer_has_no_interval() -> None:
    low, high = linearised(np.array([0, 50, 0]), np.array([0, 100, 0]))
    assert np.isnan([low[0], high[0]]).all()
    assert math.isnan(bootstrapped(np.array([50]), np.array([100]))[0])


@books.examples(100)
@given(pairs)
def test_the_linearised_interval_is_as_a_loop_gives(given_: list[tuple[int, int]]) -> None:
    inside = [(y, x) for y, x in given_ if y or x]
    low, high = linearised(np.array([y for y, _ in given_]), np.array([x for _, x in given_]))
    n, whole = len(inside), sum(x for _, x in inside)
    if n < 2 or whole == 0:
        assert np.isnan([low[0], high[0]]).all()
        return
    ratio = sum(y for y, _ in inside) / whole
    error = math.sqrt(n / (n - 1) * sum((y - ratio * x) ** 2 for y, x in inside)) / whole
    assert low[0] == pytest.approx(ratio - Z * error, abs=1e-9)
    assert high[0] == pytest.approx(ratio + Z * error, abs=1e-9)


@books.examples(60)
@given(pairs, st.randoms())
def test_a_segment_has_the_interval_that_it_would_have_alone(given_: list[tuple[int, int]], random) -> None:
    code = np.array([random.randrange(3) for _ in given_])
    top, whole = np.array([y for y, _ in given_]), np.array([x for _, x in given_])
    low, high = linearised(top, whole, code, 3)
    for segment in range(3):
        alone = linearised(top[code == segment], whole[code == segment])
        assert [low[segment], high[segment]] == pytest.approx([alone[0][0], alone[1][0]], nan_ok=True)


def test_sums_by_segment_stay_whole_numbers_beyond_what_a_float_holds() -> None:
    large = 2 ** 53 + 1
    assert by_segment(np.array([large, 1, 2]), np.array([1, 0, 0]), 2).tolist() == [3, large]
    assert by_segment(np.array([True, True, False]), np.array([1, 1, 0]), 2).tolist() == [0, 2]


def test_the_bootstrap_is_seeded_and_holds_the_ratio() -> None:
    top, whole = np.array([100, 50, 80, 0, 120]), np.array([100, 100, 100, 100, 100])
    low, high = bootstrapped(top, whole)
    assert (low, high) == bootstrapped(top, whole)
    assert low < 0.7 < high


def test_what_nobody_was_seen_to_lose_is_as_wilson_gives_for_alike_customers() -> None:
    assert unseen(np.array([100] * 20))[0] == pytest.approx(wilson(0, 20)[1])
    # 100 and three of 10: 130^2 / (10,000 + 300) = 1.64 customers that count
    assert unseen(np.array([100, 10, 10, 10]))[0] == pytest.approx(Z ** 2 / (1.640777 + Z ** 2), abs=1e-6)
    assert unseen(np.array([5, 7, 7]), np.array([1, 0, 0]), 2)[0] == pytest.approx(wilson(0, 2)[1])
