"""What a goal's KPI comes to at its month, as a function of the rates: what a search for the goal moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cs_kpi.kpi.registry import Kpi
from cs_kpi.targets.forecast import Ground, ahead_of, month_of, reaches
from cs_kpi.targets.levers import Lever, Values, at_level, changed
from cs_kpi.targets.projection import projected, valued
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

    def value(self, values: Values) -> Floats:
        """One value for each alternative of the rates."""
        now = replace(self.now, values=values)
        run = projected(now, ahead_of(self.of, now, self.scenario, self.months), self.of.first)
        found = valued(self.kpi, self.of.past, run, self.of.margin, self.of.window)[-1]
        return np.where(np.isnan(found), np.inf, found) if self.kpi.id == "ltv" else found

    def with_level(self, lever: Lever | None, wanted: Floats) -> Values:
        """The rates with a driver at other values; of onboarding where there is no lever."""
        if lever is not None:
            return at_level(self.now, self.now.values, lever, wanted)
        assert self.of.effect is not None
        plain = changed(self.of.base, self.scenario.with_change("onboarding", None, None))
        return self.of.effect.applied(plain.values, wanted, self.scenario.strength)

    @property
    def months(self) -> int:
        """How many months ahead the goal lies."""
        return self.of.until(month_of(self.goal))

    def is_met(self, value: Floats) -> np.ndarray:
        return reaches(self.kpi, value, self.goal.value)
