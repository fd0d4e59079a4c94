"""Logistic regression held back by the size of its weights, solved by Newton's method.

The same sum is made as small as by scikit-learn's LogisticRegression (penalty l2), without the 80 MB that loading it
takes: a deck or a page that only asks who is alike must not pay that.
"""

from __future__ import annotations

import numpy as np

from cs_kpi.churn.events import Floats
from cs_kpi.churn.scorecard import probability

MOST_STEPS, MOST_HALVINGS, NEAR = 50, 30, 1e-8


def logistic(design: np.ndarray, label: Floats, weight: Floats, strength: float) -> Floats:
    """One weight per column; the intercept, which is not held back, is left out.

    design : rows x columns; label : 0 or 1 per row, both there; weight : of the rows
    strength : how little the weights are held back (C of scikit-learn)
    """
    whole = np.column_stack([design, np.ones(len(design))]).astype(float)
    held = np.append(np.full(design.shape[1], 1 / strength), 0.0)
    share = float(np.average(label, weights=weight))
    at = np.append(np.zeros(design.shape[1]), np.log(share / (1 - share)))
    cost = _cost(whole, label, weight, held, at)
    for _step in range(MOST_STEPS):
        risk = probability(whole @ at)
        slope = whole.T @ (weight * (risk - label)) + held * at
        curve = (whole * (weight * risk * (1 - risk))[:, None]).T @ whole + np.diag(held)
        move = np.linalg.lstsq(curve, slope, rcond=None)[0]
        after, lower = _halved(whole, label, weight, held, at, move, cost)
        is_there = float(np.abs(after - at).max()) < NEAR
        at, cost = after, lower
        if is_there:
            break
    return np.asarray(at[:-1])


def _halved(whole: Floats, label: Floats, weight: Floats, held: Floats, at: Floats, move: Floats,
            cost: float) -> tuple[Floats, float]:
    """The step that lowers the cost: a whole one, or where it leads too far a half, a quarter, ... of it."""
    for _halving in range(MOST_HALVINGS):
        if (found := _cost(whole, label, weight, held, at - move)) <= cost:
            return at - move, found
        move = move / 2
    return at, cost


def _cost(whole: Floats, label: Floats, weight: Floats, held: Floats, at: Floats) -> float:
    odds = whole @ at
    return float((weight * (np.logaddexp(0.0, odds) - label * odds)).sum() + (held * at * at).sum() / 2)
