"""What a goal's KPI comes to at its month, as a function of the rates: what a search for the goal moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cs_kpi.kpi.registry import Kpi
from cs_kpi.targets.forecast import Ground, ahead_of, month_of, reaches
from cs_kpi.targets.levers import Lever, Values, at_level, changed
from cs_kpi.targets.projection import Projection, projected, valued
from cs_kpi.targets.rates import Floats, Rates
from cs_kpi.targets.scenario import Goal, Scenario


@dataclass(frozen=True)
class Aim:
    """The goal's KPI at its month as a function of rates, many at once."""

    of: Ground
    now: Rates
    scenario: Scenario
    goal: Goal
    kpi: Kpi

    def value(self, values: Values, completed: Floats | None = None) -> Floats:
        """One value for each alternative of the rates. completed : of newcomers' onboarding, as in `run`"""
        return self.valued(self.run(values, completed))

    def valued(self, run: Projection) -> Floats:
        """The KPI at the goal's month in each path."""
        found = valued(self.kpi, self.of.past, run, self.of.margin, self.of.window)[-1]
        return np.where(np.isnan(found), np.inf, found) if self.kpi.id == "ltv" else found

    def run(self, values: Values, completed: Floats | None = None) -> Projection:
        """One path for each alternative of the rates, and of the share of newcomers that complete onboarding."""
        now = replace(self.now, values=values)
        return projected(now, ahead_of(self.of, now, self.scenario, self.months, completed), self.of.first)

    def moved(self, lever: Lever | None, wanted: Floats) -> Projection:
        """One path for each value of a driver; of onboarding where there is no lever."""
        if lever is not None:
            return self.run(at_level(self.now, self.now.values, lever, wanted))
        assert self.of.effect is not None
        plain = changed(self.of.base, self.scenario.with_change("onboarding", None, None)).values
        if not self.scenario.newcomers_only:
            return self.run(self.of.effect.applied(plain, wanted, self.scenario.strength))
        each = {name: np.broadcast_to(rate, (len(wanted), rate.shape[-1])) for name, rate in plain.items()}
        return self.run(each, wanted)

    @property
    def months(self) -> int:
        """How many months ahead the goal lies."""
        return self.of.until(month_of(self.goal))

    def is_met(self, value: Floats) -> np.ndarray:
        return reaches(self.kpi, value, self.goal.value)

    def tried(self, run: Projection) -> tuple[Floats, np.ndarray]:
        """The KPI of each path, and whether it meets the goal with numbers that were not cut."""
        value = self.valued(run)
        return value, self.is_met(value) & ~run.is_cut
