"""A projection and a goal in sentences: what they rest on, what they take for granted, what would have to change."""

from __future__ import annotations

import math

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import Unit, with_unit
from cs_kpi.measures.segments import NOT_SET_LABEL
from cs_kpi.periods import PeriodName
from cs_kpi.settings import MoneyUnit
from cs_kpi.targets.backtest import Trial
from cs_kpi.targets.forecast import Forecast, Ground, kpi_of, month_of
from cs_kpi.targets.history import LOST, TERMS, WINDOW
from cs_kpi.targets.onboarding_effect import Effect
from cs_kpi.targets.onboarding_groups import GROUPS, GROUPS_FIELD
from cs_kpi.targets.paths import FAST, HALF_LIVES, net_pace
from cs_kpi.targets.rates import Rates
from cs_kpi.targets.scenario import DRIVER_LABELS, DRIVER_UNITS, NOT_SET, Change, DriverId, GoalKpi, Scenario
from cs_kpi.targets.seek import Search, Single

POINTWISE = _("The range from P10 to P90 is pointwise: each month by itself holds eight of ten simulated paths. The "
              "months of P10 belong to different paths.")


MOST_NAMED = 6
"""Changes of a mix that a sentence names; a table holds more."""


class Form:
    """How numbers are written for one reader."""

    def __init__(self, language: Language, currency: str | None, money_unit: MoneyUnit = "one") -> None:
        self.language, self.currency, self.money_unit = language, currency, money_unit

    def number(self, value: float | None, unit: Unit, signed: bool = False) -> str:
        if value is not None and math.isinf(value):
            return "∞"
        return with_unit(value, unit, self.language, currency=self.currency, money_unit=self.money_unit, signed=signed)

    def goal(self, kpi: GoalKpi, value: float) -> str:
        """A goal's value as its field holds it: shares with two decimals, as it may be set to."""
        unit = kpi_of(kpi).unit
        return f"{value * 100:.2f}%" if unit == "share" else self.number(value, unit)

    def driver(self, driver: DriverId, value: float) -> str:
        """A driver's value; monthly shares with the second decimal that they are decided in."""
        unit = DRIVER_UNITS[driver]
        return self.number(value, unit) if unit == "money" or driver == "onboarding" else f"{value * 100:.2f}%"


def segment_label(field: str | None, name: str | None) -> Message | str:
    """A segment of a projection in words; `name` as in changes."""
    if name is None or name == NOT_SET:
        return NOT_SET_LABEL
    if field == GROUPS_FIELD:
        return GROUPS.get(name, name)
    return segment_name(Segment(field, name)) if field else name


def grounds(of: Ground) -> list[Message]:
    """What today's rates rest on."""
    used = of.past.last(WINDOW).months
    span = {"first": PeriodName("", period=used[0]), "last": PeriodName("", period=used[-1]), "n": len(used)}
    said = [_("Rates are pooled over the last {n} complete months, {first} to {last}.", **span)
            if len(used) == WINDOW else
            _("Only {n} complete months are known, {first} to {last}. Rates are pooled over these; with fewer than "
              "twelve they are uncertain, which the fan allows for.", **span)]
    if of.base.is_seasonal:
        said.append(_("New MRR has seasons: calendar months differ more than shuffled ones would (5% test)."))
    return said


def assumptions(of: Ground, scenario: Scenario, found_rates: Rates | None = None) -> list[Message]:
    """What a scenario takes for granted. found_rates : its rates; None: today's"""
    said = [*grounds(of), _("Whatever is not changed goes on at these rates. Customers that leave, come and return "
                            "change in the same proportion as their MRR."), POINTWISE]
    now = found_rates or of.base
    if (pace := net_pace(now, now.values)) > FAST:
        said.append(_("At these rates present customers would pay {percent}% more every month, {times} times as much "
                      "after a year. Such a pace rarely lasts: the line is no forecast. In the fan, half of what is "
                      "beyond {fast}% a month fades within {low} to {high} months. Set expansion lower to see what "
                      "then.", percent=round(100 * pace, 1), times=round((1 + pace) ** 12, 1), fast=round(100 * FAST),
                      low=round(HALF_LIVES[0]), high=round(HALF_LIVES[1])))
    if scenario.growth:
        said.append(_("New MRR grows by {percent}% from month to month.", percent=round(100 * scenario.growth, 2)))
    if scenario.value("onboarding") is not None and of.effect:
        said.append(onboarding_said(of.effect, scenario))
    return said


def renewals_said(of: Ground) -> Message:
    """What the renewal rate counts, and how it follows from churn."""
    pooled = of.past.last(WINDOW).whole
    ended, renewed, lost = (int(pooled[name].sum()) // MICRO for name in (*TERMS, LOST))
    return _("In the last {n} complete months {ended} contract terms ran out and {renewed} were renewed; {lost} of the "
             "others ended with a customer that left. Ahead, these change in the same proportion as the customers that "
             "leave, and the rate is always that of twelve months.", n=of.base.months, ended=ended, renewed=renewed,
             lost=lost)


def onboarding_said(effect: Effect, scenario: Scenario) -> Message:
    """By what onboarding moves churn."""
    done, not_done = effect.churn["left"]
    strength = round(100 * scenario.strength)
    said = _("Customers that completed onboarding leave at {done} a month, those that did not at {not_done} (active "
             "at their limit, last twelve months). {percent}% of this difference is taken to be caused by onboarding; "
             "what is right nobody can tell from the data.", done=_percent(done), not_done=_percent(not_done),
             percent=strength)
    return said if not scenario.newcomers_only else _("{said} It reaches only customers that come from now on, after "
                                                      "their limit.", said=said)


def strength_said(strength: float) -> Message:
    """How much of the difference between the onboarding groups is taken to be caused, for the wall."""
    return _("Taken for granted: {percent}% of the difference in churn is caused by onboarding.",
             percent=round(100 * strength))


def _percent(value: float) -> str:
    return f"{value * 100:.2f}%"


def goal_said(of: Forecast, form: Form) -> Message:
    """The goal and the chance of reaching it."""
    goal = of.scenario.goal
    assert goal is not None
    kpi = kpi_of(goal.kpi)
    return _("{kpi} {goal} by {month}: the chance is {chance}.", kpi=KPIS[goal.kpi].label,
             goal=form.number(goal.value, kpi.unit), month=PeriodName("", period=month_of(goal)),
             chance=chance_said(of.chance(goal)))


def chance_said(chance: float) -> str:
    """To the whole percent, and no certainty that a thousand paths cannot give."""
    return "< 1%" if chance < 0.01 else "> 99%" if chance > 0.99 else f"{chance * 100:.0f}%"


def verdict(found: Search, form: Form) -> Message:
    """Whether the goal is reached as it is, can be reached, or is impossible, and then what is nearest."""
    unit = kpi_of(found.goal.kpi).unit
    values = {"kpi": KPIS[found.goal.kpi].label, "goal": form.number(found.goal.value, unit),
              "expected": form.number(found.expected, unit), "furthest": form.number(found.furthest, unit),
              "month": PeriodName("", period=month_of(found.goal))}
    if found.is_reached:
        return _("At these rates {kpi} comes to {expected} by {month}: the goal of {goal} is reached.", **values)
    if not found.is_possible:
        return _("The goal is impossible by all that this book has shown: without any losses, and with every gain as "
                 "in its best month, {kpi} comes to {furthest} by {month}. That is the nearest to {goal} that can be "
                 "reached.", **values)
    return _("At these rates {kpi} comes to {expected} by {month}; the goal is {goal}.", **values)


def single_said(one: Single, found: Search, form: Form) -> Message:
    """What one driver alone would have to be."""
    unit = kpi_of(found.goal.kpi).unit
    values = {"driver": DRIVER_LABELS[one.driver], "now": form.driver(one.driver, one.now),
              "nearest": form.number(one.nearest, unit)}
    if one.needed is None:
        return _("{driver}: cannot reach it alone; at its limit it comes to {nearest}.", **values)
    if one.is_beyond:
        return _("{driver}: not by this alone. It would have to be better than in any month on record: {best} in the "
                 "best month, {now} now.", best=form.driver(one.driver, one.best), **values)
    said = _("{driver}: {now} → {needed}", needed=form.driver(one.driver, one.needed), **values)
    words = counted(one, form)
    return said if words is None else _("{said} ({words})", said=said, words=words)


def counted(one: Single, form: Form) -> Message | None:
    """The same as a number of customers."""
    if one.customers is None or one.of is None:
        return None
    n = math.ceil(round(one.customers, 6))
    more = {"n": n, "of": round(one.of)}
    if one.driver in ("churn", "onboarding"):
        return _("keep {n} more of the {of} that would leave", n=n, of=max(n, round(one.of)))
    if one.driver == "new":
        return _("win {n} customers more than the {of} that would come", **more)
    return _("win back {n} customers more than the {of} that would return", **more)


def mix_said(found: Search, of: Ground, form: Form) -> Message | None:
    """The mix that changes least."""
    if not found.mix:
        return None
    parts = [change_said(one, of, form) for one in found.mix]
    said = (_("Least change in all: {parts}.", parts=parts) if len(parts) <= MOST_NAMED else
            _("Least change in all: {n} drivers and segments move a little each.", n=len(parts)))
    n = math.ceil(round(found.kept, 6))
    return said if not n else _("{said} That keeps {n} more of the {of} customers that would leave.", said=said, n=n,
                                of=max(n, round(found.leaving)))


def change_said(change: Change, of: Ground, form: Form) -> Message:
    named: Message | str = DRIVER_LABELS[change.driver]
    if change.segment is not None:
        named = _("{driver} ({segment})", driver=named, segment=segment_label(of.past.field, change.segment))
    return _("{driver} {value}", driver=named, value=form.driver(change.driver, change.value))


def trials_said(found: list[Trial]) -> list[Message]:
    """How fans of the past held."""
    return [_("Tried on the past, {horizon} months ahead: {inside} of {trials} outcomes were inside the fan "
              "({percent}%; 80% are wanted; the trials overlap).", horizon=one.horizon, inside=one.inside,
              trials=one.trials, percent=round(100 * one.inside / one.trials)) for one in found if one.trials] or [
        _("The fan cannot be tried on this book's past yet: that takes at least fifteen complete months.")]
