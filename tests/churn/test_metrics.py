"""Scores of scores, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.churn.metrics import Draws, Ranking, brier

ONE = np.ones(6)
# Scores 9 8 8 5 3 1, leavers at 9, one of the two 8s, and 3.
SCORE, LABEL = np.array([9.0, 8, 8, 5, 3, 1]), np.array([1.0, 1, 0, 0, 1, 0])


def test_roc_auc_counts_pairs_and_ties_by_half() -> None:
    # 9 beats 8, 5, 1; 8 ties with 8, beats 5, 1; 3 beats 1: 3 + 2.5 + 1 of 9 pairs
    assert Ranking(SCORE, LABEL).roc_auc(ONE) == pytest.approx(6.5 / 9)


def test_average_precision() -> None:
    # 1 of 1 at the first; 2 of 3 at the second; 3 of 5 at the third
    assert Ranking(SCORE, LABEL).pr_auc(ONE) == pytest.approx((1 + 2 / 3 + 3 / 5) / 3)


def test_lift_takes_a_part_of_a_tie() -> None:
    # The upper third is 2 of 6 rows: the first, and one of two with one leaver between them: 1.5 of 2; of all 1 of 2
    assert Ranking(SCORE, LABEL).lift(ONE, 1 / 3) == pytest.approx(0.75 / 0.5)


def test_brier_score() -> None:
    assert brier(np.array([0.9, 0.2]), np.array([1.0, 0.0]), np.ones(2)) == pytest.approx((0.01 + 0.04) / 2)


def test_what_cannot_be_ranked_is_undefined() -> None:
    nobody = Ranking(SCORE, np.zeros(6))
    assert all(math.isnan(value) for value in (nobody.roc_auc(ONE), nobody.pr_auc(ONE), nobody.lift(ONE)))


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 3)), min_size=2, max_size=12))
@settings(max_examples=80, deadline=None)
def test_a_weight_is_as_many_rows(given_rows: list[tuple[int, bool, int]]) -> None:
    score, label, weight = (np.array(column, dtype=float) for column in zip(*given_rows, strict=True))
    times = weight.astype(int)
    if not times.sum():
        return
    weighted, repeated = Ranking(score, label), Ranking(np.repeat(score, times), np.repeat(label, times))
    one = np.ones(int(times.sum()))
    for measure in ("roc_auc", "pr_auc", "lift"):
        assert getattr(weighted, measure)(weight) == pytest.approx(getattr(repeated, measure)(one), nan_ok=True)


def test_customers_are_drawn_not_rows() -> None:
    """Twenty months of the same ten customers say no more than one: the interval is as wide."""
    label = np.array([1.0] * 3 + [0.0] * 7)
    once = Draws(np.arange(10), 0).estimates(lambda weight: float((weight * label).sum() / weight.sum()))[0]
    many = np.tile(label, 20)
    often = Draws(np.tile(np.arange(10), 20), 0).estimates(
        lambda weight: float((weight * many).sum() / weight.sum()))[0]
    assert (once.low, once.high) == pytest.approx((often.low, often.high))
    assert once.low < 0.15
    assert once.high > 0.45


def test_the_curves_go_through_the_counts() -> None:
    """Rows in order: one leaver; one of two; a stayer; a leaver; a stayer. At shares of twentieths."""
    values = Ranking(SCORE, LABEL).curves(ONE)
    found, precision, lift = values[:21], values[21:41], values[41:]
    assert found[0] == pytest.approx(1 / 3)  # the first leaver is above every stayer
    assert found[4] == pytest.approx(1.6 / 3)  # 0.6 stayers: 0.6 of the way through the tie
    assert (found[7], found[14], found[20]) == pytest.approx((2 / 3, 1, 1))
    assert precision[3] == pytest.approx(1)  # 0.6 leavers, all within the first row
    assert precision[9] == pytest.approx(1.5 / 2)  # 1.5 leavers: the first row and half of the tie
    assert precision[13] == pytest.approx(2.1 / 4.1)  # behind the stayer a tenth of the row of the third leaver
    assert precision[19] == pytest.approx(3 / 5)
    assert (lift[4], lift[9], lift[19]) == pytest.approx((1.25 / 0.75, 2 / 1.5, 1))


def test_curves_without_leavers_are_undefined() -> None:
    assert np.isnan(Ranking(SCORE, np.zeros(6)).curves(ONE)).all()


def test_a_constant_score_is_the_diagonal() -> None:
    values = Ranking(np.ones(6), LABEL).curves(ONE)
    assert values[:21] == pytest.approx(np.arange(21) / 20)
    assert values[21:41] == pytest.approx(np.full(20, 0.5))
    assert values[41:] == pytest.approx(np.ones(20))
