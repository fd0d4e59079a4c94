"""Whether new MRR has seasons, and how strong: factors of the calendar months, where a test finds them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cs_kpi.periods import Period

FEWEST_MONTHS, DRAWS, LEVEL = 24, 999, 0.05
"""Two whole years; shuffles of the test; above which chance alone explains the difference between months."""
Floats = npt.NDArray[np.float64]


def seasons(months: Sequence[Period], new: npt.NDArray[np.int64]) -> Floats | None:
    """The factor of each calendar month, January first, with mean 1; None where no season is shown.

    Of the whole years up to the last month, each year's months are taken as shares of the year's mean. The variance of
    the twelve means over the years is compared with what it is after shuffling the months within each year: seasons
    are believed when fewer than 5 % of 999 seeded shuffles reach it. Factors are drawn towards 1 by the part of that
    variance which shuffling also gives.
    """
    years = len(months) // 12
    if len(months) < FEWEST_MONTHS:
        return None
    amounts = new[-12 * years:].reshape(years, 12).astype(float)
    if (amounts.sum(axis=1) <= 0).any():
        return None
    shares = amounts / amounts.mean(axis=1, keepdims=True)
    found = float(shares.mean(axis=0).var())
    drawn = np.random.default_rng(0).permuted(np.broadcast_to(shares, (DRAWS, years, 12)), axis=2)
    by_chance = drawn.mean(axis=1).var(axis=1)
    if (1 + int((by_chance >= found).sum())) / (DRAWS + 1) >= LEVEL:
        return None
    kept = max(0.0, 1 - float(by_chance.mean()) / found)
    factors = 1 + kept * (shares.mean(axis=0) - 1)
    return np.roll(factors, months[-12].start.month - 1)
