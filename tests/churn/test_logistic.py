"""The logistic model is the one that scikit-learn finds, and a sum worked by hand."""

import math

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from cs_kpi.churn.logistic import logistic


@pytest.mark.parametrize("strength", [0.01, 0.1, 1.0, 1e6])
@pytest.mark.parametrize("scale", [0.1, 5.0])
def test_weights_are_those_of_scikit_learn(strength: float, scale: float) -> None:
    draws = np.random.default_rng(3)
    design = np.column_stack([draws.normal(size=(400, 3)) * scale, draws.random(400) < 0.1])
    label = (draws.random(400) < 1 / (1 + np.exp(-design[:, 0] - design[:, 3] + 2))).astype(float)
    weight = draws.uniform(0.05, 0.4, 400)
    known = LogisticRegression(C=strength, max_iter=10_000, tol=1e-10).fit(design, label, sample_weight=weight)
    assert logistic(design, label, weight, strength) == pytest.approx(known.coef_[0], rel=1e-3, abs=1e-5)


def test_one_column_of_words_has_the_difference_of_log_odds() -> None:
    """Hardly held back: 3 of 4 with the word and 1 of 4 without it left, log(3) - log(1/3)."""
    design = np.array([[1.0]] * 4 + [[0.0]] * 4)
    label = np.array([1.0, 1, 1, 0, 1, 0, 0, 0])
    assert logistic(design, label, np.ones(8), 1e9) == pytest.approx([2 * math.log(3)])


@pytest.mark.parametrize("strength", [0.1, 1e4])
def test_what_parts_the_groups_wholly_is_held_back(strength: float) -> None:
    """Without a limit the weight would have no end; a column twice shares it."""
    column = np.repeat([0.0, 1.0], 20)
    once = logistic(column[:, None], column, np.ones(40), strength)
    assert 0 < once[0] < 100
    twice = logistic(np.column_stack([column, column]), column, np.ones(40), strength)
    assert twice[0] == pytest.approx(twice[1], rel=1e-6)
