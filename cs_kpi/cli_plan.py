"""The command `plan`: what comes of the rates as they are or as they are set, and what a goal would take."""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Sequence
from typing import get_args

from pydantic import ValidationError

from cs_kpi.book import Book
from cs_kpi.console import table
from cs_kpi.errors import DataError
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.movement_table import MOVEMENTS
from cs_kpi.ledger import MICRO
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import Unit
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.targets.backtest import backtest
from cs_kpi.targets.forecast import SHOWN, Forecast, Ground, forecast, ground, kpi_of, past_course
from cs_kpi.targets.history import AT_CLOSING, AT_OPENING, COUNTS
from cs_kpi.targets.levers import MOVING, Lever, level, place_of, segment_keys
from cs_kpi.targets.onboarding_groups import GROUPS, GROUPS_FIELD
from cs_kpi.targets.ranges import realistic
from cs_kpi.targets.scenario import DRIVER_LABELS, LONGEST, NOT_SET, DriverId, Goal, GoalKpi, Scenario
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

MONTHS = 12
TEXT_KPIS = ("mrr", "arr", "customers", "nrr", "ltv")
_PART = r"([\d,_]*\.?\d+)(%|k|m|千|万|億|百万)?"
_NUMBER = re.compile(rf"(?P<times>\*)?(?:{_PART})+", re.IGNORECASE)
UNITS = {"": 1.0, "%": 0.01, "k": 1e3, "m": 1e6, "千": 1e3, "万": 1e4, "百万": 1e6, "億": 1e8}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", action="append", default=[], dest="changes", metavar="DRIVER[.SEGMENT]=VALUE",
                        help="a driver at another value: churn=1.2%%, churn.Pro=0.008, new=2m, churn.Pro=*0.5 (half of "
                        f"today's); drivers: {', '.join(get_args(DriverId))}; may be repeated")
    parser.add_argument("--by", metavar="FIELD", help="rates by the values of a field, or by 'onboarding' (default: "
                        "the field that has the segments of --set, else none)")
    parser.add_argument("--goal", metavar="KPI=VALUE@MONTH", help="what has to be reached by the end of a month: "
                        f"arr=120000000@2027-03; KPIs: {', '.join(get_args(GoalKpi))}")
    parser.add_argument("--months", type=int, default=MONTHS, choices=range(1, LONGEST + 1), metavar="N",
                        help=f"how far to look, 1 to {LONGEST} (default: {MONTHS})")
    parser.add_argument("--growth", default="0", metavar="SHARE", help="by how much new MRR grows from month to month, "
                        "as 1%% (default: 0)")
    parser.add_argument("--strength", default="50%", metavar="SHARE", help="how much of the difference in churn is "
                        "caused by onboarding (default: 50%%)")
    parser.add_argument("--newcomers-only", action="store_true", help="more onboarding reaches only who comes later")


def found(book: Book, options: argparse.Namespace) -> Forecast:
    """The forecast that the options ask for. Raises DataError for what cannot be read or is not there."""
    written = [_written(text) for text in options.changes]
    field = _field(book, options, [segment for _driver, segment, _value in written if segment])
    of = ground(book, field)
    try:
        scenario = Scenario(name="plan", field=field, months=options.months, growth=_number(options.growth)[1],
                            strength=_number(options.strength)[1], newcomers_only=options.newcomers_only,
                            goal=_goal(options.goal) if options.goal else None)
        for driver, segment, text in written:
            scenario = scenario.with_change(driver, segment, _value(of, scenario, driver, segment, text))
        return forecast(of, Scenario.model_validate(scenario.model_dump()))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(_("'{place}' cannot be used: {problem}. Correct it, then try again.", problem=first["msg"],
                          place=".".join(map(str, first["loc"])))) from error


def _written(text: str) -> tuple[DriverId, str | None, str]:
    """Driver, segment and value of one --set."""
    name, is_set, value = text.rpartition("=")
    driver, _dot, segment = name.partition(".")
    if not is_set or driver not in get_args(DriverId):
        raise DataError(_("'{text}' sets no driver. Write for instance churn=1.2% or churn.Pro=0.008. The drivers are "
                          "{drivers}.", text=text, drivers=list(get_args(DriverId))))
    return driver, segment or None, value  # type: ignore[return-value]


def _number(text: str) -> tuple[bool, float]:
    """Whether a value is a factor of today's, and the number."""
    read = _NUMBER.fullmatch(text.strip())
    if not read:
        raise DataError(_("'{text}' is not a number. Write for instance 0.008, 0.8%, 1,200,000, 1.2m, 120万 or *0.5.",
                          text=text))
    parts = re.findall(_PART, text, re.IGNORECASE)
    return bool(read["times"]), sum(float(re.sub("[,_]", "", number)) * UNITS[unit.lower()] for number, unit in parts)


def _value(of: Ground, scenario: Scenario, driver: DriverId, segment: str | None, text: str) -> float:
    is_factor, value = _number(text)
    return value * today(of, driver, segment) if is_factor else value


def today(of: Ground, driver: DriverId, segment: str | None = None) -> float:
    """A driver's value as it is."""
    if driver == "onboarding":
        return of.effect.completed if of.effect else math.nan
    return float(level(of.base, of.base.values, Lever(driver, place_of(of.base, segment))))


def _goal(text: str) -> Goal:
    name, _equals, rest = text.partition("=")
    value, _at, month = rest.partition("@")
    try:
        return Goal(kpi=name, value=_number(value)[1], month=month)  # type: ignore[arg-type]
    except ValidationError:
        raise DataError(_("'{text}' is not a goal. Write for instance arr=120000000@2027-03; the KPIs are {kpis}.",
                          text=text, kpis=list(get_args(GoalKpi)))) from None


def _field(book: Book, options: argparse.Namespace, segments: Sequence[str]) -> str | None:
    """The field of --by, else the first that has all segments of --set; named on stderr."""
    if options.by or not segments:
        return str(options.by) if options.by else None
    if set(segments) <= set(GROUPS):
        return GROUPS_FIELD
    for field in segment_fields(book):
        if set(segments) <= {NOT_SET if value is None else value for value in segment_values(book, field)}:
            print(_("The segments of --set are values of '{field}'; --by decides otherwise.", field=field.label)
                  .text(options.language), file=sys.stderr)
            return field.id
    raise DataError(_("No field has the segments {segments}. Name the field with --by, and its values as 'compute --by "
                      "FIELD' prints them.", segments=list(segments)))


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
