"""Where bars, layers and steps begin and end, worked out once for the screen, the pictures and the slides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cs_kpi.charts.figure import Figure, Role

MOST_SHARE, LEAST_SHARE = 2.0, -0.5


@dataclass(frozen=True, slots=True)
class Part:
    """One value standing on what is under it; `start` is the end nearer to the base."""

    category: int
    series: int
    value: float
    start: float
    end: float


def valid(value: float | None) -> float | None:
    """The value as a plain float, or None where there is none (None, NaN, infinite)."""
    return float(value) if value is not None and math.isfinite(value) else None


def parts(figure: Figure) -> list[Part]:
    """Every value of a bar, layer or waterfall figure in its place; a missing value has no part."""
    if figure.kind == "grouped_bars":
        return list(_side_by_side(figure))
    if figure.kind == "bullet":
        return [Part(i, n, value, 0.0, value) for i, row in enumerate(bullet_rows(figure))
                for n, value in enumerate(row) if value is not None]
    return list(_steps(figure) if figure.kind == "waterfall" else _stacked(figure))


def _side_by_side(figure: Figure) -> Iterator[Part]:
    for category in range(len(figure.categories)):
        for number, series in enumerate(figure.series):
            value = valid(series.values[category])
            if value is not None:
                yield Part(category, number, value, 0.0, value)


def _stacked(figure: Figure) -> Iterator[Part]:
    for category in range(len(figure.categories)):
        above = below = 0.0
        for number, series in enumerate(figure.series):
            value = valid(series.values[category])
            if value is None:
                continue
            start = above if value >= 0 else below
            above, below = (start + value, below) if value >= 0 else (above, start + value)
            yield Part(category, number, value, start, start + value)


def _steps(figure: Figure) -> Iterator[Part]:
    running = 0.0
    for category, value in enumerate(map(valid, figure.series[0].values if figure.series else ())):
        if value is None:
            continue
        start = 0.0 if step_role(figure, category) == "total" else running
        running = start + value
        yield Part(category, 0, value, start, running)


def places(figure: Figure) -> list[float | None]:
    """Where every category stands on a numeric x axis: as the figure says, else by its number."""
    return [valid(x) for x in (figure.x.values if figure.x else range(len(figure.categories)))]


def first_projected(figure: Figure) -> int | None:
    """The first category of a fan that is ahead of the known past."""
    if len(figure.series) < 2:
        return None
    known = [i for i, value in enumerate(figure.series[0].values) if valid(value) is not None]
    ahead = [i for i, value in enumerate(figure.series[1].values) if valid(value) is not None]
    return next((i for i in ahead if not known or i > known[-1]), None)


def bullet_rows(figure: Figure) -> list[tuple[float | None, float | None]]:
    """Actual and target of every row as they are drawn: as they are, or as shares of the target of their own row.

    Shares are cut at 200 % and -50 %, so that one row does not press the others flat; a target of 0 or below has
    none.
    """
    nothing: list[float | None] = [None] * len(figure.categories)
    given = [[valid(value) for value in series.values] for series in figure.series[:2]]
    actual, target = [*given, nothing, nothing][:2]
    if not is_scaled(figure):
        return list(zip(actual, target, strict=True))
    return [(min(max(a / t, LEAST_SHARE), MOST_SHARE) if a is not None else None, 1.0) if t is not None and t > 0
            else (None, None) for a, t in zip(actual, target, strict=True)]


def is_scaled(figure: Figure) -> bool:
    """Whether the rows of a bullet have units of their own, and stand on an axis of shares of their targets."""
    return any(status.unit for status in figure.statuses)


def step_role(figure: Figure, category: int) -> Role:
    return figure.roles[category] if category < len(figure.roles) else figure.series[0].role


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring categories that all have a value, all complete or all not."""

    categories: tuple[int, ...]
    is_incomplete: bool


def runs(present: Sequence[bool], incomplete: frozenset[int]) -> list[Run]:
    """Runs of categories to join by a line; a stretch that touches an incomplete category is incomplete.

    >>> [(run.categories, run.is_incomplete) for run in runs([True, True, False, True, True], frozenset({4}))]
    [((0, 1), False), ((3, 4), True)]
    """
    found: list[Run] = []
    for category in (i for i, here in enumerate(present) if here):
        last = found[-1] if found and found[-1].categories[-1] == category - 1 else None
        pale = category in incomplete or (last is not None and category - 1 in incomplete)
        if last is None or (last.is_incomplete != pale and len(last.categories) > 1):
            start = (category - 1, category) if last else (category,)
            found.append(Run(start, pale))
        else:
            found[-1] = Run((*last.categories, category), pale if len(last.categories) == 1 else last.is_incomplete)
    return found


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """`places` moved as little as needed to be at least `gap` from each other and inside low..high.

    >>> apart([10, 11, 50], 8, 0, 60)
    [6.5, 14.5, 50.0]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    groups: list[tuple[float, int]] = []  # centre, size: neighbours that touch move together
    for place in (places[i] for i in order):
        groups.append((place, 1))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            (left, n), (right, m) = groups[-2:]
            groups[-2:] = [((left * n + right * m) / (n + m), n + m)]
    spread = [centre + (k - (size - 1) / 2) * gap for centre, size in groups for k in range(size)]
    for k in reversed(range(len(spread))):
        spread[k] = min(spread[k], high - (len(spread) - 1 - k) * gap)
    for k in range(len(spread)):
        spread[k] = max(spread[k], low + k * gap)
    moved = dict(zip(order, spread, strict=True))
    return [moved[i] for i in range(len(places))]


def _touch(left: tuple[float, int], right: tuple[float, int], gap: float) -> bool:
    return right[0] - left[0] < gap * (left[1] + right[1]) / 2
