"""What would have to change for a goal: each driver alone, and the mix that asks for the least relative change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cs_kpi.ledger import MICRO
from cs_kpi.targets.aim import Aim
from cs_kpi.targets.crossing import crossings
from cs_kpi.targets.forecast import Forecast, expected, kpi_of, month_of
from cs_kpi.targets.levers import MOVING
from cs_kpi.targets.mix import at_best, mix
from cs_kpi.targets.ranges import best_month
from cs_kpi.targets.rates import Floats
from cs_kpi.targets.scenario import LESS_IS_BETTER, Change, DriverId, Goal, Scenario

FARTHEST = 1e4
"""Up to how many times the best month of the past new MRR is tried alone."""
GRID = 65
"""How many values of a driver are tried at first."""
COUNTED: dict[DriverId, str] = {"new": "is_new", "churn": "left", "onboarding": "left",
                                "reactivation": "is_reactivated"}
"""The measure by which a driver is counted in customers."""


@dataclass(frozen=True, slots=True)
class Single:
    """One driver alone.

    needed : the value that reaches the goal; None where none does
    now, best : its value in the scenario, and in the best month on record, the lowest one of losses
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
    as_it_is = float(found.line(goal.kpi)[place])
    is_reached = bool(aim.is_met(np.asarray(as_it_is)))
    singles = () if is_reached else _singles(aim)
    best = at_best(aim)
    furthest = float(aim.value(best)[0])
    is_possible = is_reached or bool(aim.is_met(np.asarray(furthest)))
    found_mix = mix(aim) if is_possible and not is_reached else ()
    kept, leaving = _kept(found, found_mix, goal) if found_mix else (0.0, 0.0)
    return Search(goal, as_it_is, found.chance(goal), is_reached, is_possible, furthest, singles, found_mix, kept,
                  leaving)


def _singles(aim: Aim) -> tuple[Single, ...]:
    """Each driver moved alone until the goal is met; all of them are tried together."""
    drivers: list[DriverId] = [*MOVING, "onboarding"] if aim.of.effect is not None else list(MOVING)
    now, best = ({driver: of(aim, driver) for driver in drivers} for of in (Aim.level, _best))
    found = crossings(aim.tried, {driver: _first_tried(driver, now[driver], best[driver]) for driver in drivers},
                      aim.goal.value)
    counted = _counted(aim, now, {driver: one.at for driver, one in found.items() if one.at is not None})
    return tuple(Single(driver, now[driver], best[driver], one.at, one.end, _is_beyond(driver, one.at, best[driver]),
                        *counted.get(driver, (None, None))) for driver, one in found.items())


def _best(aim: Aim, driver: DriverId) -> float:
    return 1.0 if driver == "onboarding" else best_month(aim.of.past, driver)


def _is_beyond(driver: DriverId, needed: float | None, best: float) -> bool:
    return needed is not None and (needed < best if driver in LESS_IS_BETTER else needed > best)


def _first_tried(driver: DriverId, now: float, best: float) -> Floats:
    """From the value as it is to the driver's limit; by ratios for new MRR, which has none."""
    if driver == "new":
        far = max(best, now, 1.0) * FARTHEST
        return now + np.concatenate([[0.0], np.geomspace(far * 1e-8, far - now, GRID - 1)])
    return np.linspace(now, 0.0 if driver in LESS_IS_BETTER else 1.0, GRID)


def _counted(aim: Aim, now: Mapping[DriverId, float],
             needed: Mapping[DriverId, float]) -> dict[DriverId, tuple[float, float]]:
    """How many customers more come or fewer leave until the goal's month, and how many as it is."""
    wanted = {driver: np.array([now[driver], value]) for driver, value in needed.items() if driver in COUNTED}
    if not wanted:
        return {}
    whole = aim.moved(wanted).whole
    pairs = {driver: whole[COUNTED[driver]][:, 2 * place:2 * place + 2].sum(axis=0) / MICRO
             for place, driver in enumerate(wanted)}
    return {driver: (abs(float(after - before)), float(before)) for driver, (before, after) in pairs.items()}


def with_changes(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    """A scenario with further changes put into it."""
    for one in changes:
        scenario = scenario.with_change(one.driver, one.segment, one.value)
    return scenario


def _kept(found: Forecast, mix: Sequence[Change], goal: Goal) -> tuple[float, float]:
    """How many customers more are kept by a mix until the goal's month, and how many would leave as it is."""
    months = found.ground.until(month_of(goal))
    after = expected(found.ground, with_changes(found.scenario, mix), months).whole["left"].sum() / MICRO
    before = found.expected.whole["left"][:months].sum() / MICRO
    return max(0.0, float(before - after)), float(before)
