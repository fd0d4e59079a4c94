"""When customers left whose flag or status says so, while no date does: asked, with the likelier day in force."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cs_kpi.header_words import DEADLINE_WORDS, LEAVING_WORDS, RENEWING_WORDS, STATUS_WORDS
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.leaving import MEANS
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.naming.vocabulary import names, says
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.statuses import left_words, open_words
from cs_kpi.ingest.values.dates import NAT, dates
from cs_kpi.locale import Message, _

RUNNING, LAST_DAY, AT = "running", "last_day", "at:"
STILL_THERE = _("not at all, they are still customers")
MOSTLY, MOST_COLUMNS, MOST_ASKED = 0.8, 6, 12
SHOWN_WORDS = 3
PLANNED_WORDS = ("予定", "見込", "期限", "次回", "planned", "expected", "due", "next")
LIKELY_LEFT = ("停止", "失効", "期限切れ", "無効", "suspended", "lapsed", "expired", "active", "disabled")
"""Parts of a status between being there and having left that more likely mean that the customer pays no more."""


def with_departures(frame: pd.DataFrame, columns: Mapping[str, Column], area: Area, out: np.ndarray, log: Log
                    ) -> pd.DataFrame:
    """The rows with `end_date` also where only a flag or status says that the customer has left.

    frame : the fields of `subscriptions`, one row per row of `area.body`
    out : rows that are not read, and have no say
    """
    ends = frame["end_date"].copy() if "end_date" in frame else pd.Series(NAT, index=frame.index)
    known = ends.notna().to_numpy() | out
    days: dict[str, pd.Series] | None = None
    opened = open_words(area.body)
    for header, words in left_words(area.body).items():
        means = _means(header, opened.get(header), ~known, log)
        gone = ((words != "") | means) & ~known
        if not gone.any():
            continue
        days = _days(area, log) if days is None else days
        rows = frame.index[gone]
        shown = [*dict.fromkeys(area.body[header].loc[rows].astype(str))][:SHOWN_WORDS]
        given = _asked(header, shown, rows, frame["start_date"], columns, days, log)
        if given is not None:
            ends[gone] = given
            known |= gone
    return frame if ends.isna().all() else frame.assign(end_date=ends.astype("datetime64[s]"))


def _means(header: str, words: np.ndarray | None, possible: np.ndarray, log: Log) -> np.ndarray:
    """Rows whose status is between being there and having left, and which the user counts as having left."""
    if words is None:
        return np.zeros(len(possible), dtype=bool)
    found = [word for word in dict.fromkeys(words[possible]) if word][:MOST_ASKED]
    gone = [word for word in found if log.ask(
        f"left_when_{word}", header, _("In column '{column}', what does '{word}' say?", column=header, word=word),
        MEANS,
        "left" if any(part in word.casefold() for part in LIKELY_LEFT) else "stayed") == "left"]
    return np.isin(words, gone)


def _days(area: Area, log: Log) -> dict[str, pd.Series]:
    """Column of days -> the days up to today, for columns that may say when somebody left."""
    found = {}
    for header in map(str, area.headers):
        if names(header, STATUS_WORDS) or looks(area.body[header]).dates < MOSTLY:
            continue
        read = pd.Series(dates(area.body[header]).days, index=area.body.index)
        found[header] = read.where(read <= pd.Timestamp(log.today))
    return found


def _last_day(start: pd.Series, columns: Mapping[str, Column], days: Mapping[str, pd.Series], log: Log
              ) -> pd.Timestamp:
    """The last day up to today of which the sheet speaks; when terms run out was known long before."""
    planned = {item.header for field, item in columns.items() if field == "term_end"}
    happened = [of.max() for name, of in days.items()
                if name not in planned and not says(name, (*RENEWING_WORDS, *DEADLINE_WORDS, *PLANNED_WORDS))]
    return pd.Series([start[start <= pd.Timestamp(log.today)].max(), *happened]).max()


def _asked(header: str, words: list[str], rows: pd.Index, start: pd.Series, columns: Mapping[str, Column],
           days: Mapping[str, pd.Series], log: Log) -> pd.Series | None:
    """The day on which each of these rows ended, as the user says; None where they run on."""
    begun = {item.header for field, item in columns.items() if field == "start_date"}
    fitting = {name: of for name, of in days.items() if name not in begun
               and (of.loc[rows] >= start.loc[rows]).mean() >= MOSTLY}
    offered = dict(list(fitting.items())[:MOST_COLUMNS])
    last = _last_day(start, columns, days, log)
    last = start.loc[rows].max() if pd.isna(last) else last
    options: dict[str, Message] = {
        LAST_DAY: _("on {day}, the last day that this sheet speaks of", day=last.date()),
        **{f"{AT}{name}": _("the day in column '{column}'", column=name) for name in offered}, RUNNING: STILL_THERE}
    term = columns.get("term_end")
    likely = next((name for name in offered if says(name, LEAVING_WORDS) and not says(name, DEADLINE_WORDS)), None) or (
        term.header if term is not None and term.header in offered else None)
    text = _("Rows that say {words} in column '{column}', but have no end date: {count} (row {rows}). When did these "
             "customers leave?", words=[_("'{word}'", word=word) for word in words], column=header, count=len(rows),
             rows=first_rows(rows.to_numpy()))
    answer = log.ask("left_on", header, text, options, f"{AT}{likely}" if likely else LAST_DAY)
    if answer == RUNNING:
        return None
    latest = pd.Series(last, index=rows).where(start.loc[rows] <= last, start.loc[rows])
    if answer == LAST_DAY:
        return latest
    given = offered[answer.removeprefix(AT)].loc[rows]
    return given.where(given >= start.loc[rows], latest)
