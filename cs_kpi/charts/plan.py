"""The figures of what-if: one scenario with its fan and goal, and several side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cs_kpi.charts.figure import Figure, Marker, Role, Series, Values
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import Language, Message, _
from cs_kpi.periods import PeriodName
from cs_kpi.targets.forecast import Forecast, kpi_of, month_of, past_course
from cs_kpi.targets.words import POINTWISE, Form, goal_said

SHOWN_PAST = 12
"""Months of the past before the projection."""
LINES: tuple[Role, ...] = ("accent", "second", "expansion", "contraction", "new", "neutral")
MOST_COMPARED = len(LINES)


def fan_figure(found: Forecast, kpi: str, form: Form, beside: Forecast | None = None) -> Figure:
    """A KPI of a scenario: the past, what the rates say with its fan, the goal, and the projection without changes.

    beside : the forecast of today's rates, drawn as a thin line where the scenario differs from it
    """
    past = past_course(found.ground, kpi)[-SHOWN_PAST:]
    months = (*found.ground.past.months[-len(past):], *found.months)
    series = [_past(past, len(found.months)), _ahead(found, kpi, past)]
    if beside is not None:
        series.append(Series(_("As it is"), _after(past, beside.course(kpi).expected), "neutral"))
    return Figure("plan", "fan", _title(found, kpi, form.language), tuple(one.label(form.language) for one in months),
                  tuple(series), kpi_of(kpi).unit, POINTWISE, _subtitle(found, kpi, form), "", form.currency,
                  references=_goal(found, kpi, form))


def _title(found: Forecast, kpi: str, language: Language) -> Message:
    return _("{kpi}: {scenario}, until {month}", kpi=KPIS[kpi].label, scenario=found.scenario.name,
             month=found.months[-1].label(language))


def _subtitle(found: Forecast, kpi: str, form: Form) -> Message:
    """The goal's chance where the goal is this KPI's, else where it comes to."""
    if found.scenario.goal and found.scenario.goal.kpi == kpi:
        return goal_said(found, form)
    course, unit = found.course(kpi), kpi_of(kpi).unit
    return _("{expected} by {month}; eight of ten paths end between {low} and {high}",
             expected=form.number(course.expected[-1], unit), low=form.number(course.p10[-1], unit),
             high=form.number(course.p90[-1], unit), month=PeriodName("", period=found.months[-1]))


def _past(past: np.ndarray, ahead: int) -> Series:
    return Series(_("Actual"), (*_known(past.tolist()), *[None] * ahead), "accent")


def _ahead(found: Forecast, kpi: str, past: np.ndarray) -> Series:
    """Opens from the last known value."""
    course = found.course(kpi)
    low, high, inner_low, inner_high = (_after(past, part) for part in (course.p10, course.p90, course.p25, course.p75))
    return Series(_("Projection"), _after(past, course.expected), "second", low, high, inner_low, inner_high)


def _after(past: np.ndarray, ahead: Sequence[float]) -> Values:
    """Values of the months to come, with the last known one before them."""
    return (*[None] * (len(past) - 1), *_known([float(past[-1]), *ahead]))


def _known(values: Sequence[float]) -> Values:
    return tuple(None if np.isnan(value) else value for value in values)


def _goal(found: Forecast, kpi: str, form: Form) -> tuple[Marker, ...]:
    goal = found.scenario.goal
    if goal is None or goal.kpi != kpi:
        return ()
    return (Marker(goal.value, _("Goal {goal} by {month}", goal=form.number(goal.value, kpi_of(kpi).unit),
                                 month=month_of(goal).label(form.language))),)


def compared_figure(found: Sequence[Forecast], kpi: str, form: Form) -> Figure:
    """A KPI of several scenarios on the same grounds or others, as far as the longest looks."""
    past = past_course(found[0].ground, kpi)[-SHOWN_PAST:]
    longest = max(found, key=lambda one: len(one.months))
    months = (*found[0].ground.past.months[-len(past):], *longest.months)
    lines = [_past(past, len(longest.months))]
    for role, one in zip(LINES[1:], found, strict=False):
        values = _after(past, one.course(kpi).expected)
        lines.append(Series(one.scenario.name, (*values, *[None] * (len(months) - len(values))), role))
    return Figure("plans", "line", _("Scenarios side by side: {kpi}", kpi=KPIS[kpi].label),
                  tuple(one.label(form.language) for one in months), tuple(lines), kpi_of(kpi).unit,
                  _("At the rates of each scenario, without the fan."), None, "", form.currency)
