"""Why does this not match? One KPI under two conventions, and which convention explains another tool's figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.conventions import conventions_of
from cs_kpi.kpi.readings import Reading, Segment, selected, series
from cs_kpi.locale import _
from cs_kpi.periods import Period

FEWEST_PERIODS = 3
"""Periods in which a definition has to have a value to be held against one that has more."""
SIDES = ("numerator", "denominator", "over_numerator", "over_denominator")


@dataclass(frozen=True)
class Difference:
    """A KPI in one period under two conventions.

    customers : customer_id, customer_name and, of both conventions, what the customer adds to the numerator and the
        denominator (`numerator_one`, `numerator_other`, ...); those alone who add something else
    """

    one: Reading
    other: Reading
    customers: pd.DataFrame

    @property
    def value(self) -> float | None:
        """The other's value less the one's; None where either has none."""
        if self.one.value is None or self.other.value is None:
            return None
        return self.other.value - self.one.value


def difference(book: Book, kpi_id: str, period: Period, one: str, other: str,
               segment: Segment | None = None) -> Difference:
    """A KPI under two conventions, and the customers who make the difference, those with the largest one first.

    Raises DataError where the KPI is not available, and for an unknown KPI or convention.
    """
    first, second = (series(book, [period], [kpi_id], segment, convention)[kpi_id][0] for convention in (one, other))
    keys = ["customer_id", "customer_name"]
    tables = [behind(book, kpi_id, period, segment, convention) for convention in (one, other)]
    both = tables[0].merge(tables[1], on=keys, how="outer", suffixes=("_one", "_other"))
    sides = [side for side in SIDES if f"{side}_one" in both and f"{side}_other" in both]
    for side in SIDES:
        if side in both:
            both = both.rename(columns={side: f"{side}_{'one' if side in tables[0] else 'other'}"})
    numbers = [column for column in both if column not in keys]
    both[numbers] = both[numbers].astype(float).fillna(0.0)
    gaps = [(both[f"{side}_other"] - both[f"{side}_one"]).abs() for side in sides]
    differs = np.logical_or.reduce([gap > 0 for gap in gaps])
    order = np.lexsort((both["customer_name"].astype(str), *(-gap for gap in reversed(gaps))))
    return Difference(first, second, both.iloc[[place for place in order if differs[place]]].reset_index(drop=True))


@dataclass(frozen=True, slots=True)
class Explanation:
    """How well a convention gives another tool's figures.

    error : root of the mean squared difference over the periods that it has a value for; infinite where it has none
    differences : period -> our value less theirs; None where ours has none
    """

    convention: str
    error: float
    differences: Mapping[Period, float | None]


def explanations(book: Book, kpi_id: str, figures: Mapping[Period, float],
                 segment: Segment | None = None) -> list[Explanation]:
    """Every convention of a KPI against another tool's figures, the closest first; of equally close ones that with more
    periods, then the default.

    figures : in the KPI's own unit: shares as 0..1, money in the book's currency
    A convention need not have a value in every period (one that looks back six months has none in the first): with
    FEWEST_PERIODS, or half of what another has, it can be told to be closer.
    Raises DataError for an unknown KPI and where no figure is given.
    """
    if not figures:
        raise DataError(_("No figures are given to compare with. Enter the other tool's value of at least one period."))
    selected(book, [kpi_id])
    found = [_explanation(book, kpi_id, kpi.convention, figures, segment) for kpi in conventions_of(kpi_id)]
    told = {one.convention: sum(gap is not None for gap in one.differences.values()) for one in found}
    enough = min(max(told.values()) / 2, FEWEST_PERIODS)
    return sorted(found, key=lambda one: (told[one.convention] < enough, round(one.error, 12), -told[one.convention]))


def _explanation(book: Book, kpi_id: str, convention: str, figures: Mapping[Period, float],
                 segment: Segment | None) -> Explanation:
    readings = series(book, list(figures), [kpi_id], segment, convention)[kpi_id]
    gaps = {period: None if reading.value is None else reading.value - figures[period]
            for period, reading in zip(figures, readings, strict=True)}
    squares = [gap * gap for gap in gaps.values() if gap is not None]
    return Explanation(convention, math.sqrt(sum(squares) / len(squares)) if squares else math.inf, gaps)
