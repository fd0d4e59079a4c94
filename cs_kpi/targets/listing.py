"""Scenarios side by side, and the months of one of them, as tables."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import _, shown
from cs_kpi.locale.formats import Unit
from cs_kpi.targets.forecast import SHOWN, Forecast, kpi_of
from cs_kpi.targets.levers import MOVING, Lever, level, segment_keys
from cs_kpi.targets.scenario import DRIVER_LABELS, DriverId
from cs_kpi.targets.seek import Search
from cs_kpi.targets.tree import Node
from cs_kpi.targets.words import Form, chance_said, segment_label

INDENT = "\u2003"


def compared(found: Sequence[Forecast], months: int, form: Form) -> pd.DataFrame:
    """One row a KPI and driver, one column a scenario, in words; KPIs after `months` months, or as far as one looks."""
    rows = [[KPIS[name].label.text(form.language), *(_ahead(one, name, months, form) for one in found)]
            for name in SHOWN]
    rows += [[DRIVER_LABELS[driver].text(form.language), *(_driver(one, driver, form) for one in found)]
             for driver in (*MOVING, "onboarding")]
    rows.append([_("Chance of the goal").text(form.language), *(
        chance_said(one.chance(one.scenario.goal)) if one.scenario.goal else "—" for one in found)])
    heads = [_("After {n} months", n=months).text(form.language), *_names(found)]
    return pd.DataFrame(rows, columns=heads)


def _names(found: Sequence[Forecast]) -> list[str]:
    """Names as heads, numbered where two are the same."""
    names = [one.scenario.name for one in found]
    return [name if names.count(name) == 1 else f"{name} ({place + 1})" for place, name in enumerate(names)]


def _ahead(one: Forecast, name: str, months: int, form: Form) -> str:
    course, place = one.course(name), min(months, len(one.months)) - 1
    unit = kpi_of(name).unit
    expected, low, high = (form.number(None if math.isnan(value) else value, unit) for value in (
        course.expected[place], course.p10[place], course.p90[place]))
    return f"{expected} ({low} – {high})"


def _driver(one: Forecast, driver: DriverId, form: Form) -> str:
    if driver == "onboarding":
        set_to = one.scenario.value("onboarding")
        now = set_to if set_to is not None else one.ground.effect.completed if one.ground.effect else None
        return "—" if now is None else form.driver(driver, now)
    return form.driver(driver, float(level(one.rates, one.rates.values, Lever(driver))))


def mix_table(found: Search, of: Forecast, form: Form) -> pd.DataFrame:
    """The mix of least change: every driver and segment that moves, from what to what."""
    keys = segment_keys(of.rates.names)
    rows = []
    for one in found.mix:
        place = None if one.segment is None else keys.index(one.segment)
        now = float(level(of.rates, of.rates.values, Lever(one.driver, place)))
        segment = "" if place is None else shown(segment_label(of.ground.past.field, one.segment), form.language)
        rows.append([DRIVER_LABELS[one.driver].text(form.language), segment, form.driver(one.driver, now),
                     form.driver(one.driver, one.value), f"{(one.value / now - 1) * 100:+.0f}%" if now else "—"])
    heads = [_("Driver"), _("Segment"), _("Scenario"), _("Needed value"), _("Change")]
    frame = pd.DataFrame(rows, columns=[head.text(form.language) for head in heads])
    return frame if any(row[1] for row in rows) else frame.drop(columns=heads[1].text(form.language))


def tree_table(nodes: Sequence[Node], form: Form) -> pd.DataFrame:
    """The KPI tree, one row a node, indented by its depth."""
    rows = [[INDENT * node.depth + shown(node.label, form.language), _value(node, node.today, form),
             _value(node, node.scenario, form), form.number(node.share, "share"),
             "" if node.worth is None else _worth(nodes[0].unit, node.worth, form)] for node in nodes]
    heads = [_("KPI and drivers"), _("Today"), _("Scenario"), _("Part of the whole"), _("A tenth better is worth")]
    return pd.DataFrame(rows, columns=[head.text(form.language) for head in heads])


def _value(node: Node, value: float | None, form: Form) -> str:
    if value is None or math.isnan(value):
        return "—"
    return form.driver(node.driver, value) if node.driver else (
        f"{value * 100:.2f}%" if node.unit == "share" else form.number(value, node.unit))


def _worth(unit: Unit, worth: float, form: Form) -> str:
    return f"{worth * 100:+.2f} pt" if unit == "share" else form.number(worth, unit, signed=True)


def months_table(found: Forecast, form: Form) -> pd.DataFrame:
    """The months to come of one scenario: every KPI at the rates, as numbers."""
    courses = {KPIS[name].label.text(form.language): found.line(name).tolist() for name in SHOWN}
    months = [month.label(form.language) for month in found.months]
    return pd.DataFrame({_("Month").text(form.language): months, **courses})
