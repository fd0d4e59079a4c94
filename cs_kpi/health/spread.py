"""How the values of a part lie between bad and good, for the customers of today."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cs_kpi.book import Book
from cs_kpi.churn.events import Floats
from cs_kpi.health.history import last_day
from cs_kpi.health.score import customers_at, values_at
from cs_kpi.health_rules import Component, HealthConfiguration
from cs_kpi.ledger import Ints

STEPS = 10
"""Columns between bad and good."""
TAIL = 5
"""Most columns beyond each of them; the last one holds everything further out."""
FEW = 12
"""Up to so many different values stand one by one."""


@dataclass(frozen=True, eq=False)
class Spread:
    """Customers by the value of a feature, from the lowest.

    low, high : of each column, the same where it holds one value; infinite where it is open
    zone : 0 where the part scores 0, 1 between, 2 where it scores 100
    counts : customers; unknown : of how many nothing is known
    bad, good : before which column the thresholds stand
    """

    low: Floats
    high: Floats
    zone: Ints
    counts: Ints
    unknown: int
    bad: int
    good: int


def spread(book: Book, configuration: HealthConfiguration, part: Component) -> Spread:
    """The spread of a part over today's customers, whichever rules hold for them."""
    day = last_day(book)
    return spread_of(values_at(book, configuration, part.feature, day)[customers_at(book, day)], part)


def spread_of(value: Floats, part: Component) -> Spread:
    """The spread of some values, NaN where nothing is known."""
    known = value[~np.isnan(value)]
    first, last = sorted((part.bad, part.good))
    different = np.unique(known)
    low, high, zone, counts = (_one_by_one(known, different, first, last) if len(different) <= FEW
                               else _in_columns(known, first, last))
    below, above = int((zone == 0).sum()), int((zone < 2).sum())
    is_up = part.good > part.bad
    return Spread(low, high, zone if is_up else 2 - zone, counts, len(value) - len(known),
                  below if is_up else above, above if is_up else below)


def _one_by_one(known: Floats, different: Floats, first: float, last: float) -> tuple[Floats, Floats, Ints, Ints]:
    counts = (known[:, None] == different).sum(axis=0).astype(np.int64)
    return different, different, _zone(different, first, last), counts


def _zone(value: Floats, first: float, last: float) -> Ints:
    """0 up to the lower threshold, 2 from the upper one on."""
    return np.where(value <= first, 0, np.where(value >= last, 2, 1)).astype(np.int64)


def _in_columns(known: Floats, first: float, last: float) -> tuple[Floats, Floats, Ints, Ints]:
    """Columns of equal width whose edges meet the thresholds."""
    width, zone = (last - first) / STEPS, _zone(known, first, last)
    below = min(TAIL, max(1, math.ceil((first - known.min()) / width))) if (zone == 0).any() else 0
    above = min(TAIL, max(1, math.ceil((known.max() - last) / width))) if (zone == 2).any() else 0
    edges = first + width * np.arange(-below, STEPS + above + 1)
    edges[below], edges[below + STEPS] = first, last
    low, high = edges[:-1].copy(), edges[1:].copy()
    place = np.select(
        [zone == 0, zone == 2],
        [below - 1 - np.floor((first - known) / width), below + STEPS + np.floor((known - last) / width)],
        below + np.clip(np.floor((known - first) / width), 0, STEPS - 1))
    place = np.clip(place, 0, len(low) - 1).astype(np.int64)
    if below:
        low[0] = -math.inf if known.min() < low[0] else known.min()
    if above:
        high[-1] = math.inf if known.max() > high[-1] else known.max()
    columns = np.repeat([0, 1, 2], [below, STEPS, above]).astype(np.int64)
    return low, high, columns, np.bincount(place, minlength=len(low)).astype(np.int64)
