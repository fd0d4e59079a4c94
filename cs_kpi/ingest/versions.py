"""Several exports of one table: which is the newer one, and what is left of the older. Decided before the Book."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from cs_kpi.ingest import twins
from cs_kpi.ingest.overlaps import Choice, Overlap, key_fields, overlap
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.row_hashes import hashes
from cs_kpi.ingest.same_headers import have_same_headers
from cs_kpi.locale import Message, _

ONE_DAY = dt.timedelta(days=1)
NAMED_DAY = re.compile(r"(?<!\d)(20\d\d)[-_. 年/]?(0[1-9]|1[0-2]|[1-9](?=月))(?:[-_. 月/]?([0-2]\d|3[01]))?(?!\d)")
"""A month or day in the name of a file: ledger_2024-04, 台帳2024年4月, export 20240430."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A sheet that is in use. `key` names it, `file` its file; both tell files of the same name apart."""

    key: str
    file: str
    reading: SheetReading

    @property
    def title(self) -> str:
        mapping = self.reading.mapping
        return mapping.file if mapping.sheet == PurePath(mapping.file).stem else f"{mapping.file} › {mapping.sheet}"


class VersionChoice(BaseModel):
    """What the user said of two sheets, by their keys; without a choice only which of them is the newer one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    older: str
    newer: str
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """Two exports of one table, how they overlap, and what is in force."""

    older: Loaded
    newer: Loaded
    overlap: Overlap
    choice: Choice
    is_answered: bool

    @property
    def key(self) -> str:
        return pair_key(self.older.key, self.newer.key)


@dataclass(frozen=True, slots=True)
class Versions:
    """The sheets that count, pruned, in the order given, and every pair that was found."""

    sheets: tuple[Loaded, ...]
    found: tuple[Version, ...] = ()

    @property
    def readings(self) -> list[SheetReading]:
        return [one.reading for one in self.sheets]

    @property
    def set_aside(self) -> dict[str, Loaded]:
        """Key of a sheet that does not count -> the newer one that replaced it."""
        return {pair.older.key: pair.newer for pair in self.found if pair.choice == "replace"}


def pair_key(one: str, other: str) -> str:
    """Under which the choice for two sheets is saved, whichever of them is the newer one."""
    return " ".join(sorted((one, other)))


def versions(loaded: Iterable[Loaded], choices: Mapping[str, VersionChoice] | None = None, *,
             always: Choice | None = None) -> Versions:
    """Every sheet that counts, in the order given, which is that of loading.

    choices : pair_key -> what the user said; where nothing was said, the likelier reading is in force
    always : what the user said of every pair
    """
    live: dict[str, Loaded] = {}
    found: list[Version] = []
    for one in loaded:
        live[one.key] = one
        for other in list(live.values()):
            if one.key in live and other.key in live and other.file != one.file and (
                    pair := _version(other, live[one.key], choices or {}, always)):
                found.append(pair)
                _settle(pair, live)
    return Versions(tuple(live.values()), tuple(found))


def _version(first: Loaded, second: Loaded, choices: Mapping[str, VersionChoice],
             always: Choice | None) -> Version | None:
    said = choices.get(pair_key(first.key, second.key))
    is_second_newer = said.newer == second.key if said else is_newer(second, first)
    older, newer = (first, second) if is_second_newer else (second, first)
    common = overlap(older.reading, newer.reading)
    if common is None:
        return None
    chosen = said.choice if said and said.choice else always
    return Version(older, newer, common, chosen or common.likelier, chosen is not None)


def _settle(pair: Version, live: dict[str, Loaded]) -> None:
    if pair.choice == "replace":
        del live[pair.older.key]
    elif pair.choice == "merge":
        live[pair.older.key] = replace(pair.older, reading=without(pair.older.reading, pair.newer.reading))


def is_newer(one: Loaded, other: Loaded) -> bool:
    """Whether a sheet loaded after another is the newer export: by the day in the files' names, else by the last
    month or contract start in them, else because it came later."""
    for day in (_named_day, _last_day):
        ours, theirs = day(one), day(other)
        if ours and theirs and ours != theirs:
            return ours > theirs
    return True


def _named_day(one: Loaded) -> str | None:
    """The month or day in a file's name, as text that sorts.

    >>> [found.groups() for found in NAMED_DAY.finditer("台帳_20240430 2024年5月 v2")]
    [('2024', '04', '30'), ('2024', '5', None)]
    """
    named = NAMED_DAY.findall(one.reading.mapping.file)
    return max((f"{year}{int(month):02}{day}" for year, month, day in named), default=None)


def _last_day(one: Loaded) -> str | None:
    """The last day of its months, else the last contract start up to today."""
    if one.reading.months:
        return str(one.reading.months[1])
    starts = one.reading.tables.get("subscriptions", pd.DataFrame({"start_date": []})).get("start_date")
    past = starts[starts <= pd.Timestamp.today()] if starts is not None and len(starts) else None
    return str(past.max().date()) if past is not None and len(past) else None


def without(older: SheetReading, newer: SheetReading) -> SheetReading:
    """What is left of an older sheet where the rows of a newer one win; all others are kept."""
    if older.months and newer.months and "subscriptions" in older.tables and "subscriptions" in newer.tables:
        return _without_months(older, newer)
    both = [name for name in older.tables if name in newer.tables]
    have_others = not have_same_headers(older.mapping, newer.mapping)
    if have_others:
        both = [name for name in both if name == "subscriptions" or twins.shared_rows(name, older, newer)]
    tables = dict(older.tables)
    for name in both:
        key = twins.key_of(name) if have_others and name in twins.DAYS else key_fields(name, older, newer)
        frame = tables[name]
        tables[name] = frame[~np.isin(hashes(frame, key), hashes(newer.tables[name], key))].reset_index(drop=True)
    return replace(older, tables=tables)


def _without_months(older: SheetReading, newer: SheetReading) -> SheetReading:
    """Of customers that a newer table by months knows, only the months that it does not speak of.

    An amount that ran on to the older table's last month ends there where the newer one goes on without the customer.
    """
    assert older.months
    assert newer.months
    (first, last), (begin, end) = older.months, (newer.months[0], newer.months[1] + ONE_DAY)
    rows = older.tables["subscriptions"]
    is_known = rows["customer_id"].isin(newer.tables["subscriptions"]["customer_id"])
    goes_on = newer.months[1] > last
    rest = rows[~is_known]
    if goes_on:
        rest = rest.assign(end_date=rest["end_date"].fillna(pd.Timestamp(last + ONE_DAY)))
    kept = [rest, _between(rows[is_known], dt.date.min, begin)]
    if not goes_on:
        kept.append(_between(rows[is_known], end, dt.date.max))
    frame = pd.concat(kept).sort_index(kind="stable").reset_index(drop=True)
    has_head, has_tail = first < begin, end <= last
    months = (end if has_tail and not has_head else first, begin - ONE_DAY if has_head and not has_tail else last)
    return replace(older, tables={**older.tables, "subscriptions": frame}, months=months)


def _between(rows: pd.DataFrame, begin: dt.date, end: dt.date) -> pd.DataFrame:
    """Runs cut to the days from `begin` up to the day before `end`."""
    if begin > dt.date.min:
        rows = rows[rows["end_date"].isna() | (rows["end_date"] > pd.Timestamp(begin))]
        return rows.assign(start_date=rows["start_date"].clip(lower=pd.Timestamp(begin)))
    rows = rows[rows["start_date"] < pd.Timestamp(end)]
    return rows.assign(end_date=rows["end_date"].fillna(pd.Timestamp(end)).clip(upper=pd.Timestamp(end)))


def wording(pair: Version) -> Message:
    """What was found, in one sentence."""
    common = pair.overlap
    values = {"newer": pair.newer.title, "older": pair.older.title, "shared": common.shared, "all": common.older}
    if common.unit == "customers":
        return _("'{newer}' speaks of the same months as '{older}', and {shared} of its {all} customers stand in both.",
                 **values)
    if common.unit == "days":
        return _("'{newer}' says the same as '{older}' under other headers, perhaps in another language: {shared} of "
                 "its {all} rows have the same customer, day and numbers.", **values)
    return _("'{newer}' looks like a newer export of '{older}': {shared} of its {all} rows stand in both.", **values)


def answers(pair: Version) -> dict[Choice, Message]:
    """The three answers, each with what it does to how many rows."""
    common = pair.overlap
    values = {"newer": pair.newer.title, "older": pair.older.title, "shared": common.shared,
              "only": common.older - common.shared, "all": common.older}
    if common.unit == "customers":
        return {"replace": _("Replace: only the newer counts (customers that only the older has: {only})", **values),
                "merge": _("Merge: in its own months the newer counts for its customers ({shared} of the older); all "
                           "else of the older is kept", **values),
                "append": _("Append: both count (customers who count twice in the months of both: {shared})", **values)}
    return {"replace": _("Replace: only the newer counts (rows that only the older has: {only})", **values),
            "merge": _("Merge: the newer counts for rows in both ({shared}); rows that only the older has are kept "
                       "({only})", **values),
            "append": _("Append: both count (rows that count twice: {shared})", **values)}
