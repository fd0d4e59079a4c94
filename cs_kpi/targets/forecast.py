"""A scenario played forward: what the rates say, what simulated paths say around it, and the chance of a goal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.registry import Kpi, declared
from cs_kpi.locale import _
from cs_kpi.periods import Period, parse
from cs_kpi.targets.history import History, history
from cs_kpi.targets.levers import changed
from cs_kpi.targets.onboarding_effect import Effect, effect
from cs_kpi.targets.paths import Futures, first_ahead, futures, simulated
from cs_kpi.targets.projection import Ahead, Projection, past_values, projected, steady, valued
from cs_kpi.targets.rates import Floats, Rates, over, rates
from cs_kpi.targets.scenario import LONGEST, Goal, Scenario

SHOWN = ("mrr", "arr", "customers", "nrr", "ltv", "net_new_mrr", "customer_churn_rate")
NRR_CONVENTION = "monthly_product"
"""NRR over twelve months is the product of the months' (handbook 7): whom a projection loses has no name, so that a
closed cohort cannot be followed."""


def kpi_of(name: str) -> Kpi:
    """The declaration by which a KPI is projected."""
    return declared("nrr", NRR_CONVENTION) if name == "nrr" else KPIS[name]


@dataclass(frozen=True)
class Ground:
    """What every scenario of a book under one cut stands on."""

    past: History
    base: Rates
    effect: Effect | None
    margin: float
    window: int

    @property
    def first(self) -> Period:
        """The first month to come."""
        return first_ahead(self.past)

    @cached_property
    def futures(self) -> Futures:
        """Drawn once for the longest horizon; every scenario takes its months from it."""
        return futures(self.past, self.base, LONGEST)

    def until(self, month: Period) -> int:
        """How many months ahead a month lies."""
        return (month.start.year - self.first.start.year) * 12 + month.start.month - self.first.start.month + 1


def ground(book: Book, field: str | None = None) -> Ground:
    """Raises DataError where MRR is not known by months, and for a field that cannot cut it."""
    past = history(book, field)
    return Ground(past, rates(past), effect(book), float(book.settings.gross_margin or 1), book.settings.ltv_window)


@dataclass(frozen=True, slots=True)
class Course:
    """One KPI ahead. expected : at the rates; the others are pointwise percentiles of the paths, month by month"""

    kpi: str
    expected: tuple[float, ...]
    p10: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p90: tuple[float, ...]


@dataclass(frozen=True)
class Forecast:
    """A scenario's months to come: one path at the rates, and many drawn ones."""

    ground: Ground
    scenario: Scenario
    rates: Rates
    expected: Projection
    paths: Projection

    @property
    def months(self) -> tuple[Period, ...]:
        return self.expected.months

    def values(self, kpi: str) -> tuple[Floats, Floats]:
        """A KPI in every month at the rates, and in every month and path."""
        return self.line(kpi), self._of(kpi, self.paths)

    def line(self, kpi: str) -> Floats:
        """A KPI in every month at the rates alone, without the paths, which take most of the time."""
        return self._of(kpi, self.expected)[:, 0]

    def _of(self, kpi: str, run: Projection) -> Floats:
        return valued(kpi_of(kpi), self.ground.past, run, self.ground.margin, self.ground.window)

    def course(self, kpi: str) -> Course:
        expected, drawn = self.values(kpi)
        return Course(kpi, tuple(expected.tolist()), *(
            tuple(row) for row in np.percentile(drawn, [10, 25, 50, 75, 90], axis=1).tolist()))

    def chance(self, goal: Goal) -> float:
        """The share of paths that have reached a goal at the end of its month."""
        drawn = self._of(goal.kpi, self.paths)[self.ground.until(month_of(goal)) - 1]
        return float(reaches(kpi_of(goal.kpi), drawn, goal.value).mean())


def reaches(kpi: Kpi, value: Floats, goal: float) -> np.ndarray:
    """Whether a value is as good as the goal; LTV without any churn is above every goal."""
    if kpi.id == "ltv":
        value = np.where(np.isnan(value), np.inf, value)
    return np.asarray(value >= goal if kpi.better == "up" else value <= goal)


def month_of(goal: Goal) -> Period:
    return parse(goal.month)


def checked(of: Ground, scenario: Scenario) -> None:
    """Raises DataError for a goal whose month is over, or beyond what is projected."""
    if scenario.goal and not 1 <= of.until(month_of(scenario.goal)) <= LONGEST:
        raise DataError(_("The goal's month {month} cannot be projected. Choose one from {first} to {last}.",
                          month=scenario.goal.month, first=of.first.id, last=of.first.shifted(LONGEST - 1).id))


def forecast(of: Ground, scenario: Scenario) -> Forecast:
    """A scenario played forward, as far as it looks and as its goal lies."""
    checked(of, scenario)
    months = max(scenario.months, of.until(month_of(scenario.goal)) if scenario.goal else 1)
    now = changed(of.base, scenario, of.effect)
    ahead = ahead_of(of, now, scenario, months)
    return Forecast(of, scenario, now, projected(now, ahead, of.first),
                    projected(now, simulated(of.base, ahead, of.futures.first(months)), of.first))


def expected(of: Ground, scenario: Scenario, months: int) -> Projection:
    """A scenario's months to come at its rates alone, without the paths around them."""
    now = changed(of.base, scenario, of.effect)
    return projected(now, ahead_of(of, now, scenario, months), of.first)


def ahead_of(of: Ground, now: Rates, scenario: Scenario, months: int, completed: Floats | None = None) -> Ahead:
    """The rates of every month; where onboarding reaches newcomers alone, churn falls as they become more.

    now : the scenario's rates, or alternatives to them
    completed : the share of newcomers that complete, one for each alternative; None: what the scenario has it set to
    """
    ahead = steady(now, months, of.first, scenario.growth)
    wanted = completed if completed is not None else scenario.value("onboarding")
    if wanted is None or not scenario.newcomers_only or of.effect is None:
        return ahead
    part = reached(of, now, ahead)
    values = dict(ahead.values)
    for movement in ("churn", "left"):
        relief = 1 - of.effect.factor(movement, np.asarray(wanted), scenario.strength)
        values[movement] = values[movement] * (1 - relief * part)[..., None]
    return replace(ahead, values=values)


def reached(of: Ground, now: Rates, ahead: Ahead) -> Floats:
    """The part of every month's opening that came from now on and is past its limit, months x paths.

    New MRR is followed month by month with the losses of the whole book.
    """
    assert of.effect is not None
    run = projected(now, ahead, of.first).whole
    kept = 1 - over(run["churn"], run["opening_mrr"])
    pools = np.zeros(kept.shape)
    for begin in range(len(kept)):
        left = run["new"][begin].astype(float)
        for month in range(begin + 1, len(kept)):
            if month > begin + of.effect.limit_months:
                pools[month] += left
            left = left * kept[month]
    return np.minimum(over(pools, run["opening_mrr"]), 1.0)


def past_course(of: Ground, kpi: str) -> Floats:
    """A KPI in the months that were, by the declaration by which it is projected."""
    return past_values(kpi_of(kpi), of.past, of.margin, of.window)
