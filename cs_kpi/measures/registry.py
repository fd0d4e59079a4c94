"""What a measure declares beside its function: its name in words, unit, the moment of its segment, what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cs_kpi.locale import Message
from cs_kpi.measures.moments import Moment

Undated = Literal["told", "silent"] | None
At = Literal["opening", "closing", "movement"]
"""When a customer's segment is read: at opening, at closing, or at opening for who was there and else at closing.
A measure of a movement is 0 for whoever pays the same at both."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number per customer of a period.

    needs : "table" or "table.field" without which it is not available
    splits : contract fields whose split the function reads, where they are mapped
    undated : what a list without dates says of it: `told`; `silent`, when it would be 0 there for want of dates, which
        may stand beside others in a formula; or None, when it takes dates
    """

    name: str
    label: Message
    unit: Literal["money", "count"]
    vector: Callable[[Moment], np.ndarray]
    at: At
    needs: tuple[str, ...]
    splits: tuple[str, ...]
    undated: Undated = None


MEASURES: dict[str, Measure] = {}


def measure(label: Message, unit: Literal["money", "count"], *, at: At = "movement", needs: tuple[str, ...] = (),
            splits: tuple[str, ...] = (), undated: Undated = None
            ) -> Callable[[Callable[[Moment], np.ndarray]], Callable[[Moment], np.ndarray]]:
    """Declare a function of a Moment as a measure under its own name."""
    def declare(function: Callable[[Moment], np.ndarray]) -> Callable[[Moment], np.ndarray]:
        name = function.__name__
        MEASURES[name] = Measure(name, label, unit, function, at, ("subscriptions", *needs), splits, undated)
        return function
    return declare
