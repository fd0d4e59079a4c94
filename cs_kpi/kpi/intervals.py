"""95 % intervals of a reading (handbook 4): Wilson for shares of customers, linearised for the rest."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Z = 1.959963984540054
"""The normal quantile of 95 %, two-sided."""
BOOTSTRAP_DRAWS = 1_000
BOOTSTRAP_BELOW = 1_000
"""Customers below which the bootstrap replaces the linearised interval when a passport is opened."""

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]


def wilson(part: int, whole: int) -> Interval:
    """Wilson's score interval of part / whole.

    >>> [round(100 * x, 1) for x in wilson(5, 50) + wilson(0, 20) + wilson(1, 12)]
    [4.3, 21.4, 0.0, 16.1, 1.5, 35.4]
    """
    share = part / whole
    centre = share + Z * Z / (2 * whole)
    reach = Z * math.sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    scale = 1 + Z * Z / whole
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)


def linearised(numerator: Floats, denominator: Floats) -> Interval | None:
    """Interval of sum(numerator) / sum(denominator) over customers, by the linearised variance of a ratio.

    numerator, denominator : one number per customer that is in either. None for fewer than two customers.
    Source: Cochran, Sampling Techniques, 3rd ed., 2.11 and 6.3.
    """
    size, whole = len(numerator), float(denominator.sum())
    if size < 2 or whole == 0:
        return None
    value = float(numerator.sum()) / whole
    residual = numerator - value * denominator
    error = math.sqrt(size / (size - 1) * float(residual @ residual)) / abs(whole)
    return value - Z * error, value + Z * error


def bootstrapped(numerator: Floats, denominator: Floats, seed: int = 0) -> Interval | None:
    """Percentile interval of the ratio from 1,000 seeded draws of customers with replacement."""
    size = len(numerator)
    if size < 2:
        return None
    draw = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), BOOTSTRAP_DRAWS)
    whole = draw @ denominator
    ratios = (draw @ numerator)[whole != 0] / whole[whole != 0]
    if not len(ratios):
        return None
    low, high = np.quantile(ratios, [0.025, 0.975])
    return float(low), float(high)
