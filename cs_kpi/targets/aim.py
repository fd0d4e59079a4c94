"""What a goal's KPI comes to at its month, as a function of the rates: what a search for the goal moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cs_kpi.kpi.registry import Kpi
from cs_kpi.targets.crossing import Bools
from cs_kpi.targets.forecast import Ground, ahead_of, month_of, reaches
from cs_kpi.targets.levers import Lever, Values, at_level, changed, level
from cs_kpi.targets.projection import Projection, projected, valued
from cs_kpi.targets.rates import Floats, Rates
from cs_kpi.targets.scenario import DriverId, Goal, Scenario


@dataclass(frozen=True)
class Tries:
    """Alternatives of the rates, tries x segments.

    completed : the share of newcomers that complete onboarding in each; None: as the scenario has it
    """

    values: Values
    completed: Floats | None = None


def _together(each: Sequence[Tries]) -> Tries:
    """All alternatives, one after the other."""
    values = {name: np.concatenate([one.values[name] for one in each]) for name in each[0].values}
    completed = [one.completed for one in each if one.completed is not None]
    return Tries(values, np.concatenate(completed) if completed else None)


@dataclass(frozen=True)
class Aim:
    """The goal's KPI at its month as a function of rates, many at once."""

    of: Ground
    now: Rates
    scenario: Scenario
    goal: Goal
    kpi: Kpi

    def value(self, values: Values) -> Floats:
        """The KPI at the goal's month, one value for each alternative of the rates."""
        return self.valued(self.run(Tries(values)))

    def valued(self, run: Projection) -> Floats:
        """The KPI at the goal's month in each path."""
        found = valued(self.kpi, self.of.past, run, self.of.margin, self.of.window)[-1]
        return np.where(np.isnan(found), np.inf, found) if self.kpi.id == "ltv" else found

    def run(self, tries: Tries) -> Projection:
        """One path for each alternative; without renewals, which no goal is about."""
        now = replace(self.now, values=tries.values, renewals=None)
        return projected(now, ahead_of(self.of, now, self.scenario, self.months, tries.completed), self.of.first)

    def moved(self, wanted: Mapping[DriverId, Floats]) -> Projection:
        """One path for each value of each driver, one driver after the other."""
        return self.run(_together([self._tries(driver, values) for driver, values in wanted.items()]))

    def _tries(self, driver: DriverId, wanted: Floats) -> Tries:
        """The rates with one driver at other values."""
        values, completed = self.now.values, None
        if driver != "onboarding":
            values = at_level(self.now, values, Lever(driver), wanted)
        elif not self.scenario.newcomers_only:
            assert self.of.effect is not None
            plain = changed(self.of.base, self.scenario.with_change("onboarding", None, None)).values
            values = self.of.effect.applied(plain, wanted, self.scenario.strength)
        if self.of.effect is not None and self.scenario.newcomers_only:
            completed = wanted if driver == "onboarding" else np.full(len(wanted), self.level("onboarding"))
        return Tries({name: np.broadcast_to(rate, (len(wanted), rate.shape[-1])) for name, rate in values.items()},
                     completed)

    def level(self, driver: DriverId) -> float:
        """The value of a driver in the scenario."""
        if driver != "onboarding":
            return float(level(self.now, self.now.values, Lever(driver)))
        assert self.of.effect is not None
        set_to = self.scenario.value("onboarding")
        return self.of.effect.completed if set_to is None else set_to

    @property
    def months(self) -> int:
        """How many months ahead the goal lies."""
        return self.of.until(month_of(self.goal))

    def is_met(self, value: Floats) -> Bools:
        return reaches(self.kpi, value, self.goal.value)

    def tried(self, wanted: Mapping[DriverId, Floats]) -> dict[DriverId, tuple[Floats, Bools]]:
        """The KPI for each value of each driver, and whether it meets the goal with numbers that were not cut."""
        run = self.moved(wanted)
        value = self.valued(run)
        is_met = self.is_met(value) & ~run.is_cut
        ends = np.cumsum([len(values) for values in wanted.values()]).tolist()
        return {driver: (value[end - len(values):end], is_met[end - len(values):end])
                for (driver, values), end in zip(wanted.items(), ends, strict=True)}
