"""The command line: the same core without a browser, for monthly jobs and for checks.

Tables for people, JSON with `--format json`. Exit 0, or 2 with a sentence on stderr that says what to do.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from cs_kpi import cli_deck, cli_health, cli_plan, cli_report, cli_risk
from cs_kpi.cli_input import book, chosen_period, chosen_periods, sheet_readings
from cs_kpi.cli_map import understood
from cs_kpi.cli_readings import as_json, customer_table, period_table, record
from cs_kpi.errors import DataError
from cs_kpi.ingest.overlaps import Choice
from cs_kpi.ingest.understanding import understanding
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.readings import readings, selected
from cs_kpi.locale import LANGUAGES, _
from cs_kpi.periods import PERIOD_KINDS, SNAPSHOT

HERE = ((_("data page"), _("What is assigned on the data page of the app is given with --mapping here; 'map --format "
                           "json' prints it.")),
        (_("in the settings"), _("What the app keeps in its settings is given with --settings here.")))
"""Words of a sentence that names a place in the app, and where that is on the command line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 where it could be done, 2 where the user has to change something first."""
    _speak_utf8()
    options = parser().parse_args(arguments)
    try:
        printed, code = options.command(options), 0
        print(printed)
    except DataError as error:
        printed, code = error.message.text(options.language), 2
        print(printed, file=sys.stderr)
    for words, hint in HERE:
        if words.text(options.language) in printed:
            print(hint.text(options.language), file=sys.stderr)
    return code


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="cs_kpi", description="KPIs of customer success from the team's own files.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "map", map_, "what was understood of the files, and which rows were refused")
    compute_ = _command(commands, "compute", compute, "KPI readings")
    compute_.add_argument("--period", choices=(*PERIOD_KINDS, SNAPSHOT.id), default="month",
                          help="kind of period (default: month); a list without dates has 'snapshot' alone")
    compute_.add_argument("--from", dest="first", metavar="PERIOD", help="first period or day, as 2024-01, FY2024-Q1 "
                          "or 2024-01-31 (default: that of the first active customer)")
    compute_.add_argument("--to", dest="last", metavar="PERIOD", help="last period or day (default: the data date's)")
    compute_.add_argument("--by", metavar="FIELD", help="cut by a field: plan, product, any attribute, start_year, ... "
                          "or its name in the app, in either language")
    compute_.add_argument("--kpi", action="append", metavar="ID", help="only this KPI; may be repeated (default: all)")
    _convention(compute_)
    customers_ = _command(commands, "customers", customers, "the customers behind a KPI's numerator and denominator")
    _convention(customers_)
    customers_.add_argument("--kpi", required=True, metavar="ID", help="the KPI, for instance churn_mrr")
    customers_.add_argument("--period", required=True, metavar="PERIOD",
                            help="2024-12, 2024-Q4, 2024-H2, 2024, TTM-2024-12, FY2024-Q3, FY2024-H1, FY2024 or "
                                 "snapshot")
    risk_ = _command(commands, "risk", risk, "who may leave: how well a model foresaw it, then risk and reasons")
    cli_risk.add_options(risk_)
    health_ = _command(commands, "health", health, "every customer's health score, and how well it foresaw who left")
    cli_health.add_options(health_)
    plan_ = _command(commands, "plan", plan, "what comes of today's rates or of others, and what a goal would take")
    cli_plan.add_options(plan_)
    deck_ = _command(commands, "deck", deck, "slides of the KPIs, as a PowerPoint file", verb="Write")
    cli_deck.add_options(deck_)
    report_ = _command(commands, "report", report, "the KPIs as an Excel workbook or as one HTML page",
                       verb="Write")
    cli_report.add_options(report_)
    return whole


def _convention(command: argparse.ArgumentParser) -> None:
    command.add_argument("--convention", metavar="NAME", help="by whose definitions: " + ", ".join(CONVENTIONS)
                         + " (default: as the settings say)")


def _command(commands: Any, name: str, action: Callable[[argparse.Namespace], str],
             says: str, verb: str = "Print") -> argparse.ArgumentParser:
    """A command with the options that all of them have."""
    found: argparse.ArgumentParser = commands.add_parser(name, help=says, description=f"{verb} {says}.")
    found.set_defaults(command=action)
    found.add_argument("files", nargs="+", type=Path, metavar="FILE", help="xlsx, xls, ods, csv or tsv")
    found.add_argument("--format", choices=("text", "json"), default="text", help="tables for people (default) or JSON")
    found.add_argument("--mapping", type=Path, metavar="M.json",
                       help="what `map --format json` printed, corrected by hand")
    found.add_argument("--settings", type=Path, metavar="S.json", help="fiscal year, grace, currency rates, ...")
    found.add_argument("--newer", choices=get_args(Choice), help="what a newer export of the same table does to the "
                       "older one (default: the likelier, named on stderr)")
    found.add_argument("--identities", type=Path, metavar="I.json",
                       help="who is who, as the data page downloads it: spellings that are one customer, new ids, ...")
    found.add_argument("--as-of", type=_day, metavar="DATE", help="the last day that the data speaks of, as 2024-12-31")
    found.add_argument("--language", choices=LANGUAGES, default="en", help="language of messages and tables")
    return found


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day such as 2024-12-31") from None


def map_(options: argparse.Namespace) -> str:
    """What was understood of every sheet."""
    found = sheet_readings(options)
    if options.format == "json":
        return as_json(understanding(found, options.language))
    return "\n\n".join(understood(reading, options.language) for reading in found)


def compute(options: argparse.Namespace) -> str:
    """KPI readings of every chosen period."""
    data = book(options)
    found = readings(data, chosen_periods(data, options), options.kpi, options.by, convention=options.convention)
    if options.format == "json":
        return as_json([record(reading, options.language) for reading in found])
    return "\n\n".join(period_table(list(group), data, options.language)
                       for _period, group in groupby(found, key=lambda reading: reading.period))


def customers(options: argparse.Namespace) -> str:
    """The customers behind one KPI in one period."""
    data = book(options)
    frame = behind(data, options.kpi, chosen_period(data, options), convention=options.convention)
    if options.format == "json":
        return as_json(frame.to_dict("records"))
    [kpi] = selected(data, [options.kpi], options.convention)
    return customer_table(frame, kpi, data, options.language)


def risk(options: argparse.Namespace) -> str:
    """The test of the churn model on the past, and the risk of today's customers."""
    found = cli_risk.found(book(options), options)
    return as_json(cli_risk.document(found, options)) if options.format == "json" else cli_risk.text(found, options)


def health(options: argparse.Namespace) -> str:
    """The health score of today's customers, and its test on the past where it is asked for."""
    data = book(options)
    return as_json(cli_health.document(data, options)) if options.format == "json" else cli_health.text(data, options)


def plan(options: argparse.Namespace) -> str:
    """The projection of a scenario with its fan, and what a goal would take."""
    data = book(options)
    return as_json(cli_plan.document(data, options)) if options.format == "json" else cli_plan.text(data, options)


def deck(options: argparse.Namespace) -> str:
    """Write slides; what was left out is named on stderr."""
    found = cli_deck.written(book(options), options)
    if options.format == "json":
        return as_json(cli_deck.document(found, options))
    print(*cli_deck.told(found, options), sep="\n", end="\n" * bool(found.left_out or found.missing), file=sys.stderr)
    return cli_deck.text(found, options)


def report(options: argparse.Namespace) -> str:
    """Where the report was written."""
    cli_report.checked(options)
    size = cli_report.written(book(options), options)
    if options.format == "json":
        return as_json({"file": str(options.out), "bytes": size})
    return cli_report.text(size, options)


def _speak_utf8() -> None:
    """Customer names and JSON come out the same wherever they are sent to."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
