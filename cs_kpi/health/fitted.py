"""Weights fitted to the data: a logistic model of who left, with no weight below 0; offered, never imposed."""

from __future__ import annotations

import numpy as np

from cs_kpi.churn.events import Floats

ROUNDS = 200
HELD = 1.0
"""How strongly weights are held back, in customers: of two parts that say the same, both keep some."""
NEARLY = 1e-7


def weights(scored: Floats, left: Floats, customers: int) -> Floats:
    """How much each component foretells staying, summing to 100; all 0 where none does.

    scored : rows x components, 0..100, NaN where missing (taken as the mean of those that are known)
    left : 1 where the customer left
    customers : how many different ones: the rows of one weigh together as one
    """
    if not 0 < left.sum() < len(left):
        return np.zeros(scored.shape[1])
    is_there = ~np.isnan(scored)
    counted = np.maximum(is_there.sum(axis=0), 1)
    mean = np.where(is_there, scored, 0.0).sum(axis=0) / counted
    x = np.where(is_there, scored - mean, 0.0) / 100
    found = _descended(x, left, customers / len(left))
    whole = found.sum()
    return 100 * found / whole if whole > NEARLY else np.zeros(len(found))


def _descended(x: Floats, left: Floats, row_weight: float) -> Floats:
    """Newton's steps one weight at a time, cut at 0: the log-odds of leaving are a constant less the weighted parts."""
    share = float(left.mean())
    base, found = float(np.log(share / (1 - share))), np.zeros(x.shape[1])
    odds = np.full(len(left), base)
    for _round in range(ROUNDS):
        largest = 0.0
        for place in (None, *range(x.shape[1])):
            column = np.ones(len(left)) if place is None else -x[:, place]
            risk = 1 / (1 + np.exp(-odds))
            slope = row_weight * float(((left - risk) * column).sum())
            bend = row_weight * float((risk * (1 - risk) * column**2).sum())
            if place is None:
                move = float(np.clip(slope / max(bend, 1e-12), -1, 1))
            else:
                step = (slope - HELD * found[place]) / (bend + HELD)
                move = max(float(np.clip(step, -1, 1)), -float(found[place]))
                found[place] += move
            odds = odds + move * column
            largest = max(largest, abs(move))
        if largest < NEARLY:
            break
    return found
