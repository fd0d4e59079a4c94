"""Where what is tried first reaches a goal: several searches at once, every round of which is one trial for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from cs_kpi.targets.rates import Floats

ROUNDS, CLOSE, NARROW = 12, 1e-8, 1e-12
"""How often an interval is divided at most; how near to the goal, and how near together, it need not be any more."""
STEPS = 4.0 ** -np.arange(1, 10)
"""At these parts of an interval to both sides of where a straight line would cross, it is divided."""

Key = TypeVar("Key")
Bools = npt.NDArray[np.bool_]
Trial = Callable[[Mapping[Key, Floats]], Mapping[Key, tuple[Floats, Bools]]]
"""What comes of the values tried by each search, and which of them reach the goal."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """at : the first value that reaches the goal, in the order tried; None where none does
    end : what comes of the last one tried"""

    at: float | None
    end: float


@dataclass(frozen=True, slots=True)
class _Interval:
    """Two values tried, of which the second reaches the goal and the first does not; what came of them."""

    low: float
    high: float
    at_low: float
    at_high: float

    def is_open(self, goal: float) -> bool:
        return (not abs(self.at_high - goal) <= CLOSE * abs(goal)
                and abs(self.high - self.low) > NARROW * max(abs(self.low), abs(self.high)))

    def divided(self, goal: float) -> Floats:
        """Values after `low`, closest together where a straight line would cross the goal, and `high` at last."""
        crosses = 0.5
        if np.isfinite(self.at_low) and np.isfinite(self.at_high) and self.at_high != self.at_low:
            crosses = float(np.clip((goal - self.at_low) / (self.at_high - self.at_low), 0.0, 1.0))
        parts = np.unique(np.clip(np.concatenate([crosses - STEPS, [crosses, 0.5, 1.0], crosses + STEPS]), 0.0, 1.0))
        tried = self.low + parts[parts > 0] * (self.high - self.low)
        tried[-1] = self.high
        return np.asarray(tried)

    def within(self, tried: Floats, value: Floats, is_met: Bools) -> _Interval:
        """The interval between two neighbours of those tried."""
        place = int(np.flatnonzero(is_met)[0])
        if place == 0:
            return _Interval(self.low, float(tried[0]), self.at_low, float(value[0]))
        return _Interval(float(tried[place - 1]), float(tried[place]), float(value[place - 1]), float(value[place]))


def crossings(trial: Trial[Key], first: Mapping[Key, Floats], goal: float) -> dict[Key, Crossing]:
    """Where each search reaches the goal. first : the values tried at first, of which neighbours are then divided"""
    found = trial(first)
    ends = {key: float(value[-1]) for key, (value, _is_met) in found.items()}
    between: dict[Key, _Interval] = {}
    for key, (value, is_met) in found.items():
        if is_met[0]:
            between[key] = _Interval(float(first[key][0]), float(first[key][0]), float(value[0]), float(value[0]))
        elif is_met.any():
            whole = _Interval(float(first[key][0]), float(first[key][-1]), float(value[0]), ends[key])
            between[key] = whole.within(first[key], value, is_met)
    for _round in range(ROUNDS):
        tried = {key: one.divided(goal) for key, one in between.items() if one.is_open(goal)}
        if not tried:
            break
        between |= {key: between[key].within(tried[key], *each) for key, each in trial(tried).items()}
    return {key: Crossing(between[key].high if key in between else None, ends[key]) for key in first}
