"""The command `plan`: what comes of the rates as they are or as they are set, and what a goal would take."""

from __future__ import annotations

import argparse
import math

from cs_kpi.book import Book
from cs_kpi.cli_scenario import add_options, found
from cs_kpi.console import table
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.movement_table import MOVEMENTS
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import Unit
from cs_kpi.targets.backtest import backtest
from cs_kpi.targets.forecast import SHOWN, Forecast, Ground, kpi_of, past_course
from cs_kpi.targets.history import AT_CLOSING, AT_OPENING, COUNTS
from cs_kpi.targets.levers import MOVING, Lever, level, segment_keys
from cs_kpi.targets.ranges import realistic
from cs_kpi.targets.scenario import DRIVER_LABELS
from cs_kpi.targets.seek import Search, seek
from cs_kpi.targets.tree import KGIS, Node, tree
from cs_kpi.targets.words import (
    Form,
    assumptions,
    goal_said,
    mix_said,
    segment_label,
    single_said,
    trials_said,
    verdict,
)

__all__ = ["add_options", "document", "text"]
TEXT_KPIS = ("mrr", "arr", "customers", "nrr", "ltv")


def document(book: Book, options: argparse.Namespace) -> dict[str, object]:
    """Everything as JSON holds it."""
    forecast_ = found(book, options)
    of, language = forecast_.ground, options.language
    goal = forecast_.scenario.goal
    sought = seek(forecast_, goal) if goal else None
    form = Form(language, book.currency)
    return {"scenario": forecast_.scenario.model_dump(mode="json"), "currency": book.currency,
            "months_pooled": of.base.months, "is_seasonal": of.base.is_seasonal,
            "seasons": of.base.season.tolist() if of.base.is_seasonal else None,
            "notes": [one.text(language) for one in assumptions(of, forecast_.scenario, forecast_.rates)],
            "drivers": list(_drivers(forecast_)), "kpis": {name: _course(forecast_, name) for name in SHOWN},
            "movements": _movements(forecast_),
            "tree": {kgi: [_node(node, language) for node in tree(forecast_, kgi)] for kgi in KGIS},
            "goal": _goal_record(sought, of, form) if sought else None,
            "backtest": [{"horizon": one.horizon, "trials": one.trials, "inside": one.inside, "below": one.below,
                          "above": one.above} for one in backtest(of.past, KPIS["mrr"])]}


def _drivers(found: Forecast) -> list[dict[str, object]]:
    of = found.ground
    rows: list[dict[str, object]] = []
    keys = segment_keys(of.base.names)
    for driver in MOVING:
        for place, key in [(None, None), *enumerate(keys)]:
            lever, band = Lever(driver, place), realistic(of.past, driver, place)
            rows.append({"driver": driver, "segment": key, "now": float(level(of.base, of.base.values, lever)),
                         "scenario": float(level(found.rates, found.rates.values, lever)),
                         "low": band.low, "high": band.high})
    if of.effect:
        set_to = found.scenario.value("onboarding")
        rows.append({"driver": "onboarding", "segment": None, "now": of.effect.completed,
                     "scenario": of.effect.completed if set_to is None else set_to, "low": None, "high": None})
    return rows


def _course(found: Forecast, name: str) -> list[dict[str, object]]:
    course = found.course(name)
    return [{"month": month.id, "expected": course.expected[place], "p10": course.p10[place], "p50": course.p50[place],
             "p90": course.p90[place]} for place, month in enumerate(found.months)]


def _movements(found: Forecast) -> list[dict[str, object]]:
    """Opening, movements and closing of every month at the rates, money in currency units."""
    whole = found.expected.whole
    names = (*AT_OPENING, *MOVEMENTS, *COUNTS, *AT_CLOSING)
    return [{"month": month.id, **{name: whole[name][place, 0] / MICRO for name in names}}
            for place, month in enumerate(found.months)]


def _goal_record(sought: Search, of: Ground, form: Form) -> dict[str, object]:
    mix = mix_said(sought, of, form)
    return {**sought.goal.model_dump(mode="json"), "expected": sought.expected, "chance": sought.chance,
            "is_reached": sought.is_reached, "is_possible": sought.is_possible, "furthest": _finite(sought.furthest),
            "verdict": verdict(sought, form).text(form.language),
            "singles": [{"driver": one.driver, "now": one.now, "needed": one.needed, "nearest": _finite(one.nearest),
                         "best_month": one.best, "is_beyond_history": one.is_beyond, "customers": one.customers,
                         "of_customers": one.of, "words": single_said(one, sought, form).text(form.language)}
                        for one in sought.singles],
            "mix": [one.model_dump(mode="json") for one in sought.mix],
            "mix_words": mix.text(form.language) if mix else None,
            "customers_kept": sought.kept, "customers_leaving": sought.leaving}


def _node(node: Node, language: Language) -> dict[str, object]:
    return {"depth": node.depth, "label": shown(node.label, language), "driver": node.driver, "today": node.today,
            "scenario": node.scenario, "share": node.share, "worth_of_a_tenth": node.worth}


def _finite(value: float) -> float | None:
    """JSON knows no infinity."""
    return value if math.isfinite(value) else None


def text(book: Book, options: argparse.Namespace) -> str:
    """For people: drivers, the months to come, the goal, and what it all rests on."""
    forecast_ = found(book, options)
    language: Language = options.language
    form = Form(language, book.currency)
    parts = [_driver_table(forecast_, form), _month_table(forecast_, form)]
    if goal := forecast_.scenario.goal:
        sought = seek(forecast_, goal)
        said = [goal_said(forecast_, form), verdict(sought, form),
                *(single_said(one, sought, form) for one in sought.singles)]
        mix = mix_said(sought, forecast_.ground, form)
        parts.append("\n".join(one.text(language) for one in [*said, *([mix] if mix else [])]))
    notes = [*assumptions(forecast_.ground, forecast_.scenario, forecast_.rates),
             *trials_said(backtest(forecast_.ground.past, KPIS["mrr"]))]
    return "\n\n".join([*parts, "\n".join(f"- {one.text(language)}" for one in notes)])


def _driver_table(found: Forecast, form: Form) -> str:
    header = [_("Driver"), _("Segment"), _("Today"), _("Scenario"), _("Usual range (P10 to P90)")]
    rows = [[shown(DRIVER_LABELS[row["driver"]], form.language),  # type: ignore[index]
             "" if row["segment"] is None else shown(segment_label(found.ground.past.field, str(row["segment"])),
                                                     form.language),
             *(form.driver(row["driver"], float(str(row[name]))) for name in ("now", "scenario")),  # type: ignore[arg-type]
             "" if row["low"] is None else " – ".join(
                 form.driver(row["driver"], float(str(row[name]))) for name in ("low", "high"))]  # type: ignore[arg-type]
            for row in _drivers(found)]
    return table([word.text(form.language) for word in header], rows, right=range(2, 5))


def _month_table(found: Forecast, form: Form) -> str:
    """The months to come: expected, with the fan in brackets."""
    courses = [(kpi_of(name).unit, found.course(name)) for name in TEXT_KPIS]
    header = [_("Month").text(form.language), *(KPIS[name].label.text(form.language) for name in TEXT_KPIS)]
    past = [[found.ground.past.months[-1].label(form.language),
             *(form.number(float(past_course(found.ground, name)[-1]), kpi_of(name).unit) for name in TEXT_KPIS)]]
    rows = [[month.label(form.language), *(_with_fan(form, unit, course.expected[place], course.p10[place],
                                                     course.p90[place]) for unit, course in courses)]
            for place, month in enumerate(found.months)]
    return table(header, past + rows, right=range(1, 6))


def _with_fan(form: Form, unit: Unit, expected: float, low: float, high: float) -> str:
    said = [form.number(None if math.isnan(value) else value, unit) for value in (expected, low, high)]
    return f"{said[0]} ({said[1]} – {said[2]})"
