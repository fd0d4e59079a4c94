"""95 % intervals of a reading (handbook 4): Wilson for shares of customers, linearised for the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from cs_kpi.shares import Interval, Z
from cs_kpi.shares import wilson as wilson

BOOTSTRAP_DRAWS = 1_000
BOOTSTRAP_BELOW = 1_000
"""Customers below which the bootstrap replaces the linearised interval when a passport is opened."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def linearised(numerator: np.ndarray, denominator: np.ndarray, code: Ints | None = None,
               segments: int = 1) -> tuple[Floats, Floats]:
    """Interval of sum(numerator) / sum(denominator) in every segment, by the linearised variance of a ratio.

    numerator, denominator : one number per customer; who is 0 in both is not in the sample
    code : the segment of each customer; None: all are in one
    returns : lower and upper limits, NaN with fewer than two customers or nothing to divide by
    Source: Cochran, Sampling Techniques, 3rd ed., 2.11 and 6.3.
    """
    size = by_segment((numerator != 0) | (denominator != 0), code, segments)
    whole = by_segment(denominator, code, segments).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = by_segment(numerator, code, segments) / whole
        residual = numerator - (value[0] if code is None else value[code]) * denominator
        error = np.sqrt(size / (size - 1) * by_segment(np.square(residual, out=residual), code, segments)) / abs(whole)
    error = np.where(size >= 2, error, np.nan)
    return value - Z * error, value + Z * error


def unseen(weight: np.ndarray, code: Ints | None = None, segments: int = 1) -> Floats:
    """The upper limit of a share of `weight` in every segment where nobody was seen to have a part in it.

    A linearised interval has no width there, as if nothing could ever happen. This is Wilson's limit of 0 of as many
    customers as count: a few large ones among many small ones are as good as few.
    Source: Kish, Survey Sampling, 8.2 and 11.7 (effective number); Wilson's interval as in `shares.wilson`.
    """
    whole = by_segment(weight, code, segments).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        number = whole * whole / by_segment(np.square(weight.astype(float)), code, segments)
    return np.asarray(Z * Z / (number + Z * Z))


def by_segment(values: np.ndarray, code: Ints | None, segments: int) -> np.ndarray:
    """The sum of `values` in every segment, integers exactly."""
    if code is None:
        return np.array([values.sum()])
    added = values.astype(np.int64) if values.dtype == bool else values
    total = np.zeros(segments, dtype=added.dtype)
    np.add.at(total, code, added)
    return total


def bootstrapped(numerator: np.ndarray, denominator: np.ndarray, seed: int = 0) -> Interval:
    """Percentile interval of the ratio from 1,000 seeded draws of customers with replacement; NaN below two."""
    return resampled([numerator, denominator], lambda top, whole: top / whole, seed)


def resampled(vectors: Sequence[np.ndarray], value: Callable[..., Floats], seed: int = 0) -> Interval:
    """Percentile interval of a value of sums over customers, from draws of them; draws without a value are left out."""
    size = len(vectors[0])
    if size < 2:
        return math.nan, math.nan
    draw = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), BOOTSTRAP_DRAWS)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = value(*((draw @ vector).astype(float) for vector in vectors))
    values = values[np.isfinite(values)]
    if not len(values):
        return math.nan, math.nan
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def linearised_influence(vectors: Sequence[np.ndarray], codes: Sequence[Ints | None], segments: int,
                         powers: Sequence[int]) -> tuple[Floats, Floats]:
    """A product of powers of sums over customers in every segment, and its linearised standard error.

    vectors, codes : of each sum, a number and a segment per customer; a customer may stand in two segments
    returns : value and error, NaN where a sum that is divided by is 0, or of fewer than two customers
    Source: Taylor linearisation; Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 5.5.
    """
    totals = [by_segment(vector, code, segments).astype(float) for vector, code in zip(vectors, codes, strict=True)]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.prod([total ** power for total, power in zip(totals, powers, strict=True)], axis=0)
        weights = [power * value / total for total, power in zip(totals, powers, strict=True)]
    error = np.full(segments, np.nan)
    for place in range(segments):
        parts = [vector if code is None else np.where(code == place, vector, 0)
                 for vector, code in zip(vectors, codes, strict=True)]
        is_in = np.logical_or.reduce([part != 0 for part in parts])
        size = int(is_in.sum())
        if size >= 2 and np.isfinite(value[place]) and all(np.isfinite(weight[place]) for weight in weights):
            influence = sum(weight[place] * part[is_in] for weight, part in zip(weights, parts, strict=True))
            error[place] = math.sqrt(size / (size - 1) * float(np.square(influence).sum()))
    return value, error
