"""What would have to change for a goal: each driver alone, and the mix that asks for the least relative change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cs_kpi.ledger import MICRO
from cs_kpi.targets.aim import Aim
from cs_kpi.targets.forecast import Forecast, forecast, kpi_of, month_of
from cs_kpi.targets.levers import MOVING, Lever, level
from cs_kpi.targets.mix import GRID, ROUNDS, at_best, mix
from cs_kpi.targets.ranges import limits
from cs_kpi.targets.rates import Floats
from cs_kpi.targets.scenario import LESS_IS_BETTER, Change, DriverId, Goal, Scenario

FARTHEST = 1e4
"""Up to how many times the best month of the past new MRR is tried alone."""


@dataclass(frozen=True, slots=True)
class Single:
    """One driver alone.

    needed : the value that reaches the goal; None where none does
    now, best : its value in the scenario, and the best month of the book's history (0 for losses)
    nearest : what the KPI comes to at the driver's limit, where the goal is not reached
    is_beyond : better than any month on record
    customers : how many customers more (new) or fewer (leaving) until the goal's month; None for other drivers
    of : how many would come or leave as it is
    """

    driver: DriverId
    now: float
    best: float
    needed: float | None
    nearest: float
    is_beyond: bool
    customers: float | None = None
    of: float | None = None


@dataclass(frozen=True)
class Search:
    """What was found for a goal.

    expected, chance : what the KPI comes to as it is, and the share of paths that reach the goal
    mix : the changes with the least sum of squared relative changes; empty where the goal is reached as it is, or
        cannot be reached
    furthest : what it comes to with no losses at all and every gain as in its best month; the goal is out of reach
        where that falls short of it
    """

    goal: Goal
    expected: float
    chance: float
    is_reached: bool
    is_possible: bool
    furthest: float
    singles: tuple[Single, ...]
    mix: tuple[Change, ...]
    kept: float = 0.0
    leaving: float = 0.0


def seek(found: Forecast, goal: Goal) -> Search:
    """What a scenario would need besides for a goal. `found` : the scenario's forecast, which reaches to the goal."""
    aim = Aim(found.ground, found.rates, found.scenario, goal, kpi_of(goal.kpi))
    place = found.ground.until(month_of(goal)) - 1
    expected = float(found.values(goal.kpi)[0][place])
    is_reached = bool(aim.is_met(np.asarray(expected)))
    singles = () if is_reached else tuple(_single(aim, driver) for driver in _drivers(aim))
    best = at_best(aim)
    furthest = float(aim.value(best)[0])
    is_possible = is_reached or bool(aim.is_met(np.asarray(furthest)))
    found_mix = mix(aim) if is_possible and not is_reached else ()
    kept, leaving = _kept(found, found_mix, goal) if found_mix else (0.0, 0.0)
    return Search(goal, expected, found.chance(goal), is_reached, is_possible, furthest, singles, found_mix, kept,
                  leaving)


def _drivers(aim: Aim) -> list[DriverId]:
    return [*MOVING, *(["onboarding"] if aim.of.effect is not None else [])]  # type: ignore[list-item]


def _single(aim: Aim, driver: DriverId) -> Single:
    """One driver moved until the goal is met."""
    lever = None if driver == "onboarding" else Lever(driver)
    now = _level(aim, driver)
    best = _best(aim, driver)
    end = {"new": max(best, now, 1.0) * FARTHEST, "onboarding": 1.0}.get(
        driver, 0.0 if driver in LESS_IS_BETTER else 1.0)
    needed, nearest = _crossing(aim, lever, now, end)
    counted = _counted(aim, driver, now, needed) if needed is not None else (None, None)
    is_beyond = needed is not None and driver not in LESS_IS_BETTER and needed > best
    return Single(driver, now, best, needed, nearest, is_beyond, *counted)


def _level(aim: Aim, driver: DriverId) -> float:
    if driver != "onboarding":
        return float(level(aim.now, aim.now.values, Lever(driver)))
    assert aim.of.effect is not None
    set_to = aim.scenario.value("onboarding")
    return aim.of.effect.completed if set_to is None else set_to


def _best(aim: Aim, driver: DriverId) -> float:
    return 1.0 if driver == "onboarding" else limits(aim.of.past, driver)


def _crossing(aim: Aim, lever: Lever | None, begin: float, end: float) -> tuple[float | None, float]:
    """The value nearest to `begin` that reaches the goal, and what the KPI is at `end`."""
    low, high, last = begin, end, np.nan
    for round in range(ROUNDS):
        far = lever is not None and lever.driver == "new" and round == 0
        tried = _far(low, high) if far else np.linspace(low, high, GRID)
        value, is_met = aim.tried(aim.moved(lever, tried))
        last = float(value[-1]) if round == 0 else last
        met = np.flatnonzero(is_met)
        if not len(met):
            return None, last
        if met[0] == 0:
            return float(tried[0]), last
        low, high = float(tried[met[0] - 1]), float(tried[met[0]])
    return high, last


def _far(low: float, high: float) -> Floats:
    """Values that grow by ratios, for a driver without an upper limit."""
    return low + np.concatenate([[0.0], np.geomspace(high * 1e-8, high - low, GRID - 1)])


def _counted(aim: Aim, driver: DriverId, now: float, needed: float) -> tuple[float | None, float | None]:
    """How many customers more come or fewer leave until the goal's month, and how many as it is."""
    measure = {"new": "is_new", "churn": "left", "onboarding": "left", "reactivation": "is_reactivated"}.get(driver)
    if measure is None:
        return None, None
    lever = None if driver == "onboarding" else Lever(driver)
    run = aim.moved(lever, np.array([now, needed]))
    before, after = (run.whole[measure].sum(axis=0) / MICRO).tolist()
    return abs(after - before), before


def with_changes(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    """A scenario with further changes put into it."""
    for one in changes:
        scenario = scenario.with_change(one.driver, one.segment, one.value)
    return scenario


def _kept(found: Forecast, mix: Sequence[Change], goal: Goal) -> tuple[float, float]:
    """How many customers more are kept by a mix until the goal's month, and how many would leave as it is."""
    months = found.ground.until(month_of(goal))
    after = forecast(found.ground, with_changes(found.scenario, mix)).expected.whole["left"][:months].sum() / MICRO
    before = found.expected.whole["left"][:months].sum() / MICRO
    return max(0.0, float(before - after)), float(before)
