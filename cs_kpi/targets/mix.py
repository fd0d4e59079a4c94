"""The mix of all drivers that reaches a goal with the least sum of squared relative changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cs_kpi.targets.aim import Aim
from cs_kpi.targets.crossing import Bools, crossings
from cs_kpi.targets.levers import MOVING, Lever, Values, at_level, level, segment_keys
from cs_kpi.targets.ranges import limits
from cs_kpi.targets.rates import Floats
from cs_kpi.targets.scenario import LESS_IS_BETTER, Change

FARTHEST = 30
"""Up to 2 to the power of this times a lever's unit is tried; whatever moves then is at its limit."""
DISTANCES = np.concatenate([np.linspace(0, 1, 17), 2.0 ** np.arange(1, FARTHEST + 1)])
"""How far in a direction is tried at first."""
NEAR = np.concatenate([1 - 4.0 ** -np.arange(1, 8), 1 + 4.0 ** -np.arange(7, 0, -1)])
"""How far is tried beside, in parts of what it took in the direction before."""
MIX_ROUNDS, STEP = 12, 1e-4
"""How often the direction is taken anew; the relative change by which slopes are measured."""


def _units(aim: Aim) -> dict[Lever, float]:
    """What a mix may move: every driver, of every segment, that moves at all today, and its value today.

    A driver that does not move at all has no value to be changed by a share of: its best month stands for it.
    """
    places: Sequence[int | None] = [None] if len(aim.now.names) == 1 else range(len(aim.now.names))
    found: dict[Lever, float] = {}
    for driver in MOVING:
        best = 0.0 if driver in LESS_IS_BETTER else limits(aim.of.past, driver)
        if not level(aim.now, aim.now.values, Lever(driver)):
            found |= {Lever(driver, place): best / (len(places) if driver == "new" else 1) for place in places}
        else:
            found |= {Lever(driver, place): _level(aim, Lever(driver, place)) for place in places}
    return {lever: unit for lever, unit in found.items() if unit > 0}


def _level(aim: Aim, lever: Lever) -> float:
    return float(level(aim.now, aim.now.values, lever))


def at_best(aim: Aim) -> Values:
    """Rates without losses, and with every gain as in its best month."""
    values: Values = aim.now.values
    for driver in MOVING:
        now = level(aim.now, values, Lever(driver))
        best = 0.0 if driver in LESS_IS_BETTER else max(limits(aim.of.past, driver), float(now))
        values = at_level(aim.now, values, Lever(driver), np.array([best]))
    return {name: np.atleast_2d(rate) for name, rate in values.items()}


def _bounds(aim: Aim, levers: Sequence[Lever]) -> tuple[Floats, Floats]:
    """By how much each lever may change, as a share of its unit."""
    whole = {driver: _level(aim, Lever(driver)) for driver in MOVING}
    room = {driver: max(0.0, limits(aim.of.past, driver) / now - 1) if now > 0 else 1.0
            for driver, now in whole.items()}
    low = np.array([-1.0 if lever.driver in LESS_IS_BETTER else 0.0 for lever in levers])
    high = np.array([0.0 if lever.driver in LESS_IS_BETTER else room[lever.driver] for lever in levers])
    return low, high


def mix(aim: Aim) -> tuple[Change, ...]:
    """Least sum of squares: every lever moves as it pays, up to its limit, and all together just as far as it takes.

    At the least sum each lever's change is in proportion to what the KPI gains by it (Lagrange), or at its limit.
    """
    units = _units(aim)
    levers = list(units)
    low, high = _bounds(aim, levers)
    x, far = np.zeros(len(levers)), 0.0
    sign = 1.0 if aim.kpi.better == "up" else -1.0
    for _round in range(MIX_ROUNDS):
        slope = sign * _slope(aim, units, x)
        pays = slope / (np.abs(slope).max() or 1.0)
        far = _along(aim, units, pays, low, high, far)
        before, x = x, np.clip(far * pays, low, high)
        if np.abs(x - before).max() <= STEP * np.abs(x).max():
            break
    keys = segment_keys(aim.now.names)
    least = STEP * np.abs(x).max()
    found = [(lever, _level(aim, lever) + unit * part)
             for (lever, unit), part in zip(units.items(), x.tolist(), strict=True) if abs(part) > least]
    return tuple(Change(driver=lever.driver, segment=None if lever.place is None else keys[lever.place], value=value)
                 for lever, value in found)


def _slope(aim: Aim, units: Mapping[Lever, float], x: Floats) -> Floats:
    """What the KPI gains by each lever at a mix."""
    tried = np.array([x + STEP * np.eye(len(x))[place] for place in range(len(x))] + [x])
    value = aim.value(_moved(aim, units, tried))
    return (value[:-1] - value[-1]) / STEP


def _along(aim: Aim, units: Mapping[Lever, float], slope: Floats, low: Floats, high: Floats, before: float) -> float:
    """How far the first mix in a direction is that reaches the goal. before : how far it was in the one before"""
    def trial(tried: Mapping[str, Floats]) -> dict[str, tuple[Floats, Bools]]:
        value = aim.value(_moved(aim, units, np.clip(tried["mix"][:, None] * slope, low, high)))
        return {"mix": (value, aim.is_met(value))}
    if not slope.any():
        return 0.0
    far = crossings(trial, {"mix": np.unique(np.concatenate([DISTANCES, before * NEAR]))}, aim.goal.value)["mix"].at
    return float(DISTANCES[-1]) if far is None else far


def _moved(aim: Aim, units: Mapping[Lever, float], x: Floats) -> Values:
    """Rates of several mixes, one a row of `x`."""
    values: Values = {name: np.broadcast_to(rate, (len(x), rate.shape[-1])) for name, rate in aim.now.values.items()}
    for place, (lever, unit) in enumerate(units.items()):
        wanted = _level(aim, lever) + unit * x[:, place]
        values = at_level(aim.now, values, lever, wanted)
    return values
