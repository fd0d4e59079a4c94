"""Columns of months, milestones and further answers, turned into the rows of a long table, a column at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from cs_kpi.ingest import milestone_columns, score_columns, score_periods
from cs_kpi.ingest.by_months.use_months import Columns, Rows, constant, use_by_months
from cs_kpi.ingest.columns import Column, column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping, SurveyKind
from cs_kpi.ingest.steps import Steps, steps
from cs_kpi.ingest.values.dates import Order, dates
from cs_kpi.ingest.wide_columns import CARRIED
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

NOT_A_STEP = _("This is neither a date nor a mark that the step is done. Correct the cell in the spreadsheet and load "
               "it again.")
LEFT_OUT = "left_out"
CSAT_ASKED: dict[str, Message] = {"overall": _("only the overall question"), "all": _("every question")}

def rows(name: str, columns: Columns, table: Area, mapping: SheetMapping, orders: Mapping[str, Order], log: Log
         ) -> Iterator[Rows]:
    """The rows of a table that stand sideways in a sheet, one piece after the other."""
    carried = {field: item for field, item in columns.items() if field in CARRIED.get(name, ())}
    if name == "usage" and mapping.use_months:
        yield from use_by_months(carried, table, mapping, log)
    if name == "milestones" and mapping.milestones:
        yield from _milestones(carried, table, mapping, orders, log)
    if name == "surveys" and mapping.scores:
        yield from _answers(carried, table, mapping, log)


def _milestones(carried: dict[str, Column], table: Area, mapping: SheetMapping, orders: Mapping[str, Order], log: Log
                ) -> Iterator[Rows]:
    log.note(_("Columns read as one milestone each, completed on the day in the cell: {columns}.",
               columns=list(mapping.milestones)))
    read = {header: steps(table.body[header], orders.get(header)) for header in mapping.milestones}
    given = _day_of_ticks(read, table, mapping, orders, log)
    for header, step in read.items():
        days = step.days if given is None else step.days.mask(step.is_tick, given)
        milestone = pd.Series(mapping.milestones[header], index=table.body.index, dtype="str")
        done = Column(header, table.body[header], days, step.unreadable, NOT_A_STEP)
        yield Rows({**carried, "milestone": constant(header, milestone), "completed_on": done},
                   days.isna().to_numpy() & ~step.unreadable)


def _day_of_ticks(read: Mapping[str, Steps], table: Area, mapping: SheetMapping, orders: Mapping[str, Order], log: Log
                  ) -> pd.Series | None:
    """The day of steps that are ticked off without one: as the user says, else unknown, and they are left out."""
    ticks = {header: int(step.is_tick.sum()) for header, step in read.items() if step.is_tick.any()}
    if not ticks:
        return None
    known = milestone_columns.days_of_ticks(table, mapping.columns, mapping.attributes, mapping.milestones)
    options = {LEFT_OUT: _("not known, leave them out"),
               **{header: _("the day in column '{column}'", column=header) for header in known}}
    first = next(iter(ticks))
    taken = LEFT_OUT if not known else log.ask("tick_day", first, _(
        "{count} cells say that a milestone is completed, but not when (such as in column '{column}'). On which day?",
        count=sum(ticks.values()), column=first), options, LEFT_OUT)
    if taken == LEFT_OUT:
        log.note(_("Cells that say that a milestone is completed, but not when, were not read: {count} (columns "
                   "{columns}). Fill in the days, or keep these columns as attributes.", count=sum(ticks.values()),
                   columns=list(ticks)))
        return None
    return pd.Series(dates(table.body[taken], orders.get(taken)).days, index=table.body.index)


def _answers(carried: dict[str, Column], table: Area, mapping: SheetMapping, log: Log) -> Iterator[Rows]:
    for header in _counted(mapping, log):
        kind: SurveyKind = mapping.scores[header]
        day = score_periods.day_of(header, log.sheet, table.title)
        dated = _dated(header, min(day, log.today), table) if day else {}
        log.note(_("Column '{column}' is read as an answer of its own: {kind}, dated {day}.", column=header,
                   kind=kind.upper(), day=min(day, log.today).isoformat()) if day else
                 _("Column '{column}' is read as an answer of its own: {kind}.", column=header, kind=kind.upper()))
        score = column(table, header, "surveys", TABLES["surveys"].by_name["score"], log)
        kinds = pd.Series(kind, index=table.body.index, dtype="str")
        yield Rows({**carried, **dated, "score": score, "kind": constant(header, kinds)},
                   score.values.isna().to_numpy() & ~score.unreadable)


def _dated(header: str, day: dt.date, table: Area) -> dict[str, Column]:
    """The day of all answers of a column."""
    return {"answered_on": constant(header, pd.Series(np.datetime64(day, "s"), index=table.body.index))}


def _counted(mapping: SheetMapping, log: Log) -> list[str]:
    """The columns of answers that count; of several on satisfaction perhaps only the one for all of it."""
    first = mapping.columns.get("surveys.score", "")
    csat = [header for header, kind in mapping.scores.items() if kind == "csat"]
    asked = [*csat, *([first] if score_columns.kind_of(first) == "csat" else [])]
    overall = [header for header in asked if score_columns.is_overall(header)]
    if len(overall) != 1 or len(asked) < 2 or (first in asked and first not in overall):
        return list(mapping.scores)
    text = _("{count} questions ask how satisfied somebody is, '{column}' about the whole. Which of them count for "
             "CSAT?", count=len(asked), column=overall[0])
    counts_all = log.ask("csat_questions", overall[0], text, CSAT_ASKED, "overall") == "all"
    return [header for header in mapping.scores if counts_all or header not in csat or header in overall]
