"""Points of a scatter as they are drawn: one by one, or where there are too many, near ones of a group as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cs_kpi.charts.figure import Figure
from cs_kpi.charts.geometry import places, valid
from cs_kpi.charts.scale import value_axis, x_axis
from cs_kpi.locale import Language, _

MOST = 2_000
GRIDS = ((96, 48), (64, 32), (48, 24), (32, 16), (24, 12), (16, 8), (8, 4))
"""Columns and rows of cells whose points become one, the finest first."""


@dataclass(frozen=True, slots=True)
class Dot:
    """What is drawn at one place.

    series : number of its group
    category : the point's own number, None where several are one
    size : what its area says: the point's size, the sum of several, or else how many they are; None for plain points
    """

    series: int
    x: float
    y: float
    count: int = 1
    category: int | None = None
    size: float | None = None


def dots(figure: Figure) -> list[Dot]:
    """Every point up to 2,000; beyond that the means of near points of the same group, none of them left out."""
    single = points(figure)
    if len(single) <= MOST:
        return single
    for columns, rows in GRIDS:
        found = _merged(figure, single, columns, rows)
        if len(found) <= MOST:
            break
    return found


def points(figure: Figure) -> list[Dot]:
    """Every category that has a value and a place, in the order of the groups."""
    at = places(figure)
    sizes = [valid(size) for size in figure.size.values] if figure.size else [None] * len(at)
    return [Dot(n, x, y, 1, i, sizes[i]) for n, series in enumerate(figure.series)
            for i, (x, y) in enumerate(zip(at, map(valid, series.values), strict=True))
            if x is not None and y is not None]


def _merged(figure: Figure, single: list[Dot], columns: int, rows: int) -> list[Dot]:
    across, upright = x_axis(figure), value_axis(figure)
    x, y = np.array([dot.x for dot in single]), np.array([dot.y for dot in single])
    column = _cell(x, across.low, across.high, columns)
    row = _cell(y, upright.low, upright.high, rows)
    group = np.array([dot.series for dot in single])
    size = np.array([dot.size or 0.0 for dot in single]) if figure.size else np.ones(len(single))
    _cells, first, code, count = np.unique((group * rows + row) * columns + column, return_index=True,
                                           return_inverse=True, return_counts=True)
    means = [np.bincount(code, values) / count for values in (x, y)]
    total = np.bincount(code, size)
    return [Dot(int(group[first[k]]), float(means[0][k]), float(means[1][k]), int(count[k]),
                single[first[k]].category if count[k] == 1 else None, float(total[k])) for k in range(len(count))]


def merged_words(found: list[Dot], language: Language) -> str:
    """That points were put together, where they were; else empty."""
    total = sum(dot.count for dot in found)
    if total == len(found):
        return ""
    return _("{points} points, near ones drawn as one ({dots})", points=total, dots=len(found)).text(language)


def _cell(values: np.ndarray, low: float, high: float, count: int) -> np.ndarray:
    return np.clip(((values - low) / (high - low) * count).astype(np.int64), 0, count - 1)
