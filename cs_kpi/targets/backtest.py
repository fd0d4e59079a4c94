"""The fan tried on the past: would outcomes that are known now have been between P10 and P90 of what was known then?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.kpi.registry import Kpi
from cs_kpi.targets.history import WINDOW, History
from cs_kpi.targets.paths import first_ahead, futures, simulated
from cs_kpi.targets.projection import past_values, projected, steady, valued
from cs_kpi.targets.rates import rates

Where = Literal["below", "inside", "above"]
HORIZONS, PATHS = (3, 12), 400


@dataclass(frozen=True, slots=True)
class Trial:
    """How past fans held for one horizon; months overlap, so that trials are not independent of each other."""

    horizon: int
    trials: int
    inside: int
    below: int
    above: int


def backtest(past: History, kpi: Kpi, margin: float = 1.0, window: int = 12) -> list[Trial]:
    """One trial a horizon, of every month from which a year and the horizon's end are known."""
    found = []
    for horizon in HORIZONS:
        where = [outcome(past, known, horizon, kpi, margin, window)
                 for known in range(WINDOW, len(past.months) - horizon + 1)]
        found.append(Trial(horizon, len(where), *(where.count(side) for side in ("inside", "below", "above"))))
    return found


def outcome(past: History, known: int, horizon: int, kpi: Kpi, margin: float = 1.0, window: int = 12) -> Where:
    """Where the value `horizon` months after the first `known` ones lay in the fan that these give."""
    then = past.until(known)
    base = rates(then)
    first = first_ahead(then)
    path = simulated(base, steady(base, horizon, first), futures(then, base, horizon, PATHS))
    drawn = valued(kpi, then, projected(base, path, first), margin, window)[-1]
    low, high = np.nanpercentile(drawn, [10, 90])
    actual = past_values(kpi, past, margin, window)[known + horizon - 1]
    return "below" if actual < low else "above" if actual > high else "inside"
