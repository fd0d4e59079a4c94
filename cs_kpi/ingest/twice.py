"""The same money in two sheets: a list of customers with today's fee beside their contracts, or beside their months.

Decided by what stands in both, customer by customer; the sheet that says less gives way, which is asked about. Newer
exports of the same contracts under the same keys are `versions`' to tell apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Question, SheetMapping, SheetReading
from cs_kpi.locale import Message, _

TOPIC, ONCE, BOTH = "twice", "once", "both"
FEWEST, ALIKE, DIFFERENT = 3, 0.8, 3
"""So many customers must pay the same in both, such a share of those in both, so many different amounts."""
TAXES = (1.0, 1.1, 1.08, 1 / 1.1, 1 / 1.08)
"""With tax in one of them and without in the other, the money is the same."""
NEAR = 0.005


@dataclass(frozen=True, slots=True)
class Repeated:
    """`less` says of `count` customers what `more` says as well."""

    less: SheetReading
    more: SheetReading
    count: int

    @property
    def question(self) -> Question:
        mapping = self.less.mapping
        options: dict[str, Message] = {
            ONCE: _("once, as '{sheet}' has them", sheet=self.more.mapping.sheet),
            BOTH: _("both: these are further contracts of the same customers")}
        return Question(f"{TOPIC}:{self.more.mapping.sheet}", mapping.file, mapping.sheet, _money(mapping), _(
            "Sheets '{list}' and '{sheet}' have the same amounts for {count} customers. Do these count once, or are "
            "they amounts that add up?", list=mapping.sheet, sheet=self.more.mapping.sheet, count=self.count),
            options, ONCE)

    @property
    def answer(self) -> str:
        given = self.less.mapping.answers.get(self.question.id)
        return given if given in (ONCE, BOTH) else ONCE


def asked(readings: Iterable[SheetReading], today: dt.date | None = None) -> list[SheetReading]:
    """The readings, those whose money stands elsewhere as well with the question whether it counts."""
    listed = list(readings)
    used = [one for one in listed if one.mapping.is_used]
    found = {id(pair.less): pair for pair in repeated(used, today or dt.date.today())}
    return [replace(one, questions=(*one.questions, found[id(one)].question)) if id(one) in found else one
            for one in listed]


def counted_once(tables: Mapping[str, pd.DataFrame], readings: Iterable[SheetReading], today: dt.date
                 ) -> tuple[dict[str, pd.DataFrame], list[SheetReading], list[Message]]:
    """The tables without the contracts that another sheet has as well, the readings whose contracts still count, and
    sentences about it.

    A list's start of a contract stays as the first day of its customer, where another sheet says less of it.
    """
    listed, done = list(readings), dict(tables)
    notes: list[Message] = []
    gone: set[int] = set()
    pairs = [pair for pair in repeated(listed, today) if pair.answer == ONCE]
    names = _names(listed) if pairs else {}
    for pair in pairs:
        contracts = done["subscriptions"]
        known = set(_named(_paying(pair.more)["customer_id"], names))
        is_less = (contracts["_file"] == pair.less.mapping.file) & (contracts["_sheet"] == pair.less.mapping.sheet)
        drop = is_less & _named(contracts["customer_id"], names).isin(known)
        if "customers" in done and not pair.less.months:
            done["customers"] = _with_first_days(done["customers"], contracts[drop])
        done["subscriptions"] = contracts[~drop].reset_index(drop=True)
        if not (is_less & ~drop).any():
            gone.add(id(pair.less))
        notes.append(_("Sheets '{list}' and '{sheet}' have the same amounts for {count} customers, which count once, "
                       "as '{sheet}' has them. If they are further contracts, say so on the data page.",
                       list=pair.less.mapping.sheet, sheet=pair.more.mapping.sheet, count=pair.count))
    return done, [one for one in listed if id(one) not in gone], notes


def repeated(readings: list[SheetReading], today: dt.date) -> list[Repeated]:
    """Every pair of sheets with the same money; each gives way once."""
    paying = [one for one in readings if len(_paying(one))]
    found: list[Repeated] = []
    names = _names(readings) if len(paying) > 1 else {}
    for one, other in combinations(paying, 2):
        if any(pair.less is one or pair.less is other for pair in found) or not _may_repeat(one, other, names):
            continue
        if count := _count(one, other, names, today):
            less, more = sorted((one, other), key=_worth)
            found.append(Repeated(less, more, count))
    return found


def _may_repeat(one: SheetReading, other: SheetReading, names: Mapping[str, str]) -> bool:
    """Whether they may, and nobody else compares them: versions do with sheets of two files under the same keys or
    names, and months follow months; sheets of different products add up."""
    titles = [(each.mapping.file, each.mapping.sheet) for each in (one, other)]
    if (one.months and other.months) or titles[0] == titles[1]:
        return False
    ours, theirs = (_paying(each) for each in (one, other))
    if all("product" in each for each in (ours, theirs)) and not _share(ours, theirs, "product"):
        return False
    if _share(ours, theirs, "customer_id"):
        return one.mapping.file == other.mapping.file or bool(one.months) != bool(other.months)
    return not all(_has_ids(each, names) for each in (ours, theirs))


def _has_ids(rows: pd.DataFrame, names: Mapping[str, str]) -> bool:
    """Whether customers go by ids beside their names: those of two sheets are then the same where the ids are."""
    keys = rows["customer_id"].drop_duplicates()
    return bool((_named(keys, names) != keys).mean() >= ALIKE)


def _share(ours: pd.DataFrame, theirs: pd.DataFrame, field: str) -> bool:
    return not set(ours[field].dropna()).isdisjoint(theirs[field].dropna())


def _count(one: SheetReading, other: SheetReading, names: Mapping[str, str], today: dt.date) -> int:
    """How many customers pay the same by both on the last day that both speak of; 0 where these are too few."""
    months = one.months or other.months
    day = pd.Timestamp(min(months[1], today) if months else today)
    ours, theirs = (_at(_paying(each), names, day) for each in (one, other))
    both = ours.index.intersection(theirs.index)
    if len(both) < FEWEST:
        return 0
    ratios = (ours[both] / theirs[both]).to_numpy()
    shares = [np.isclose(ratios, tax, rtol=NEAR) for tax in TAXES]
    same = max(shares, key=lambda share: int(share.sum()))
    told = ours[both].to_numpy()[same]
    return int(same.sum()) if same.mean() >= ALIKE and len(np.unique(told)) >= DIFFERENT else 0


def _paying(reading: SheetReading) -> pd.DataFrame:
    """The recurring rows with an amount."""
    rows = reading.tables.get("subscriptions")
    if rows is None or not {"mrr", "customer_id", "start_date"} <= set(rows):
        return pd.DataFrame(columns=["customer_id"])
    kind = rows["charge_kind"] if "charge_kind" in rows else pd.Series("recurring", index=rows.index)
    return rows[(rows["mrr"] > 0) & (kind == "recurring") & rows["customer_id"].notna()]


def _at(rows: pd.DataFrame, names: Mapping[str, str], day: pd.Timestamp) -> pd.Series:
    """What each customer, by its name where one is known, pays on a day."""
    end = rows["end_date"] if "end_date" in rows else pd.Series(pd.NaT, index=rows.index)
    running = rows[(rows["start_date"] <= day) & (end.isna() | (end > day))]
    return running["mrr"].groupby(_named(running["customer_id"], names)).sum()


def _named(keys: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return keys.map(names).fillna(keys) if names else keys


def _names(readings: Iterable[SheetReading]) -> dict[str, str]:
    """id -> name, as one list or another has it, so that sheets by id and by name can be compared."""
    found: dict[str, str] = {}
    for one in readings:
        listed = one.tables.get("customers")
        if listed is not None and "customer_name" in listed:
            pairs = listed[["customer_id", "customer_name"]].dropna()
            for key, name in zip(pairs["customer_id"].tolist(), pairs["customer_name"].tolist(), strict=True):
                found.setdefault(str(key), " ".join(nfkc(str(name)).split()))
    return found


def _worth(reading: SheetReading) -> tuple[int, int, bool, bool]:
    """How much a sheet says of contracts: of how many customers, in how many rows, whether it knows ends, by months."""
    rows = _paying(reading)
    ends = any(field in rows and rows[field].notna().any() for field in ("end_date", "term_end"))
    return rows["customer_id"].nunique(), len(rows), ends, bool(reading.months)


def _with_first_days(customers: pd.DataFrame, gone: pd.DataFrame) -> pd.DataFrame:
    """The list of customers with the first start of contracts that do not count, where it has no first day."""
    first = gone.groupby("customer_id")["start_date"].min()
    told = customers["customer_id"].map(first).astype("datetime64[s]")
    return customers.assign(started_on=customers.get("started_on", told).fillna(told))


def _money(mapping: SheetMapping) -> str:
    return mapping.columns.get("subscriptions.mrr") or mapping.columns.get("subscriptions.amount") or mapping.sheet
