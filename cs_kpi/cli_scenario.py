"""What the command `plan` is asked: its options, read as a scenario with its goal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import get_args

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.locale import _
from cs_kpi.measures.onboarding import no_criterion
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.targets.entries import goal, number, value
from cs_kpi.targets.forecast import Forecast, forecast, ground
from cs_kpi.targets.history import MOST_SEGMENTS
from cs_kpi.targets.onboarding_groups import GROUPS, GROUPS_FIELD
from cs_kpi.targets.scenario import LONGEST, MOST_GROWTH, NOT_SET, DriverId, GoalKpi, Scenario

MONTHS, MOST_EXAMPLES = 12, 12


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
    scenario = Scenario(name="plan", field=field, months=options.months, newcomers_only=options.newcomers_only,
                        growth=_growth(options.growth), strength=_share("--strength", options.strength, 1.0),
                        goal=goal(options.goal) if options.goal else None)
    for driver, segment, text in written:
        scenario = scenario.with_change(driver, segment, value(of, driver, segment, text))
    return forecast(of, scenario)


def _share(option: str, text: str, most: float) -> float:
    """The value of an option that is a share."""
    found = number(text)[1]
    if found > most:
        raise DataError(_("'{option}={text}' is too much: {most}% is the most. Write for instance {option}=1%.",
                          option=option, text=text, most=round(100 * most)))
    return found


def _growth(text: str) -> float:
    """New MRR may fall as well: --growth=-2%."""
    falls = text.strip().startswith("-")
    found = _share("--growth", text.strip().removeprefix("-"), MOST_GROWTH)
    return -found if falls else found


def _written(text: str) -> tuple[DriverId, str | None, str]:
    """Driver, segment and value of one --set."""
    name, is_set, value = text.rpartition("=")
    driver, _dot, segment = name.partition(".")
    if not is_set or driver not in get_args(DriverId):
        raise DataError(_("'{text}' sets no driver. Write for instance churn=1.2% or churn.Pro=0.008. The drivers are "
                          "{drivers}.", text=text, drivers=list(get_args(DriverId))))
    return driver, segment or None, value  # type: ignore[return-value]


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
    raise DataError(_("No field has the segments {segments}. There are for instance: {known}. Name the field with "
                      "--by, and its values as 'compute --by FIELD' prints them.", segments=list(segments),
                      known=_examples(book)))


def _examples(book: Book) -> list[str]:
    """Segments of the first fields that cut the book into a few, as far as they tell by their names what they are."""
    found = [] if no_criterion(book) else list(GROUPS)
    for field in segment_fields(book):
        values = [value for value in segment_values(book, field) if value and value[0].isalpha()
                  and value not in ("True", "False")]
        if 1 < len(values) <= MOST_SEGMENTS:
            found += values
    return list(dict.fromkeys(found))[:MOST_EXAMPLES]
