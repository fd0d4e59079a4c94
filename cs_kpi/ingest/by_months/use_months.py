"""Use that is told by months, in a column or a row for each of them, as use on the last day of its month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cs_kpi.ingest.by_months.month_rows import MONTH_WORDS
from cs_kpi.ingest.columns import NOT_A_DATE, NOT_A_NUMBER, Column
from cs_kpi.ingest.decimal_marks import read_amounts
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Measure, SheetMapping
from cs_kpi.ingest.units import note_on_minutes
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.durations import minutes
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

COUNT_OF: dict[Measure, Message] = {"usage.count": _("the count of use"), "usage.minutes": _("the minutes of use")}

Columns = Mapping[str, Column]
ONE_DAY, ONE_MONTH = np.timedelta64(1, "D"), np.timedelta64(1, "M")
SEEN = 1000
"""Of so many days one in the middle of its month is looked for, before all of them are."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What one column, or the columns of one month, say of each row of the sheet.

    columns : fields of the long table; is_silent : rows that say nothing, and give no row
    """

    columns: dict[str, Column]
    is_silent: np.ndarray


def use_by_months(carried: Columns, table: Area, mapping: SheetMapping, log: Log) -> Iterator[Rows]:
    """The use of each month, dated its last day, or today while it runs; none of months to come."""
    this_month = str(_this_month(log))
    read = {measure: _amounts(measure, mapping.months_with(measure), table, log) for measure in COUNT_OF}
    ahead = {header for header, month in mapping.use_months.items() if month > this_month}
    _note_plans(sum(int(_says_use(item).sum()) for columns in read.values() for header, item in columns.items()
                    if header in ahead), log)
    months: dict[str, dict[str, Column]] = {}
    for measure, columns in read.items():
        for header, item in columns.items():
            if header not in ahead:
                months.setdefault(mapping.months[header], {})[measure.split(".")[1]] = item
    for month in sorted(months):
        yield Rows({**carried, "date": _dated(month, table, log), **months[month]}, _is_silent(months[month]))


def _amounts(measure: Measure, months: Mapping[str, str], table: Area, log: Log) -> dict[str, Column]:
    """Each column of months as numbers; one decimal mark for all of them."""
    if not months:
        return {}
    headers, count = sorted(months, key=lambda header: months[header]), len(table.body)
    log.note(_("Column '{column}' is read as {measure} in {month}, dated its last day.", column=headers[0],
               measure=COUNT_OF[measure], month=months[headers[0]]) if len(headers) == 1 else
             _("{count} columns are read as {measure} in their months, from {first} to {last}, each dated the last day "
               "of its month.", count=len(headers), measure=COUNT_OF[measure], first=months[headers[0]],
               last=months[headers[-1]]))
    cells = pd.concat([table.body[header] for header in headers], ignore_index=True).astype(object)
    read = read_amounts(minutes(cells) if measure == "usage.minutes" else cells, headers[0],
                        TABLES["usage"].by_name[measure.split(".")[1]], table, log)
    units = [table.units[header].minutes if measure == "usage.minutes" else 1.0 for header in headers]
    if set(units) != {1.0}:
        log.note(note_on_minutes(headers[0], max(units) if max(units) > 1 else min(units)))
    values = read.values.reshape(len(headers), count) * np.array(units)[:, None]
    unreadable = read.unreadable.reshape(len(headers), count)
    return {header: Column(header, table.body[header], pd.Series(values[place], index=table.body.index),
                           unreadable[place], NOT_A_NUMBER) for place, header in enumerate(headers)}


def _dated(month: str, table: Area, log: Log) -> Column:
    days = _last_days(np.full(len(table.body), np.datetime64(month, "M")), log)
    return constant(month, pd.Series(days, index=table.body.index))


def constant(label: str, values: pd.Series) -> Column:
    """A field that is the same in every row, or as if a column of the sheet said it."""
    return Column(label, pd.Series(label, index=values.index), values, np.zeros(len(values), dtype=bool), NOT_A_DATE)


def use_in_rows(columns: Columns, log: Log) -> Rows | None:
    """The use of a table with a row per customer and month; None where its dates are days."""
    date = columns["date"]
    month = _months(date)
    if month is None:
        return None
    log.note(_("Column '{column}' holds months: their use is dated the last day of each.", column=date.header))
    ahead = month > _this_month(log)
    counted = {field: item for field, item in columns.items() if f"usage.{field}" in COUNT_OF}
    silent = _is_silent(counted) if counted else np.zeros(len(month), dtype=bool)
    _note_plans(int((ahead & ~silent).sum()), log)
    days = pd.Series(_last_days(month, log), index=date.values.index)
    return Rows({**columns, "date": replace(date, values=days)}, silent & ~np.isnat(month) | ahead)


def _months(date: Column) -> np.ndarray | None:
    """The month of each row, where every cell is a month without a day, or stands for one as its header says."""
    if not any(_edges(date.values.to_numpy()[:SEEN])):
        return None
    days = date.values.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(days)
    is_first, is_last = _edges(days)
    is_bare = is_first and (_ends(date.cells) > days)[known].all()
    is_named = plain(date.header) in MONTH_WORDS and (is_first or is_last)
    return days.astype("datetime64[M]") if known.any() and (is_bare or is_named) else None


def _edges(days: np.ndarray) -> tuple[bool, bool]:
    """Whether all days are first days of their months, and whether all are last ones."""
    known = days[~np.isnat(days)].astype("datetime64[D]")
    months = known.astype("datetime64[M]")
    return bool((known == months).all()), bool((known + ONE_DAY == months + ONE_MONTH).all())


def _ends(cells: pd.Series) -> np.ndarray:
    return dates(cells, is_end=True).days.astype("datetime64[D]")


def _this_month(log: Log) -> np.datetime64:
    return np.datetime64(log.today, "M")


def _last_days(months: np.ndarray, log: Log) -> np.ndarray:
    """The last day of each month, or today of the one that still runs."""
    last = (months + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.where(months == _this_month(log), np.datetime64(log.today, "D"), last).astype("datetime64[s]")


def _says_use(item: Column) -> np.ndarray:
    return np.nan_to_num(item.values.to_numpy(dtype=float)) != 0


def _is_silent(counted: Columns) -> np.ndarray:
    """Rows without any use in a month: 0 or blank."""
    return ~np.logical_or.reduce([_says_use(item) | item.unreadable for item in counted.values()])


def _note_plans(count: int, log: Log) -> None:
    if count:
        log.note(_("Months after {month} lie in the future and were left out: {count} cells.",
                   month=str(_this_month(log)), count=count))
