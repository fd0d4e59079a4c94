"""From what was read of every sheet to one Book: tables appended, use given to the customers of its subscriptions,
and everything to the customers that are the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.exit_reasons import ExitReason, with_reasons
from cs_kpi.identity.merging import merged
from cs_kpi.identity.records import Identities
from cs_kpi.ingest import farewells, runs_joined, snapshots, twice, unnamed
from cs_kpi.ingest.descriptions import without_pivots
from cs_kpi.ingest.records import Refusal, SheetReading
from cs_kpi.locale import Message, _
from cs_kpi.pulse_notes import PulseNote, with_pulses
from cs_kpi.settings import Settings
from cs_kpi.tables import TABLES


def book_of(readings: Iterable[SheetReading], settings: Settings | None = None, today: dt.date | None = None,
            identities: Identities | None = None, reasons: Iterable[ExitReason] = (),
            pulses: Iterable[PulseNote] = ()) -> Book:
    """One Book from what was read of every sheet; the same table from several sheets is appended.

    reasons, pulses : for leaving and of how customers feel, as the team wrote them down in the app

    Usage that names only a subscription gets its customer; a row whose subscription is in no contract is refused.
    Keys that are the very name of a listed customer are given to it; further customers are one where `identities`,
    what the user said about who is who, says so.
    """
    settings = settings or Settings()
    pieces: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    counted_in, pivots = without_pivots(list(unnamed.counted_in(readings, settings.unnamed_currency)))
    found, remarks = without_snapshots(counted_in)
    remarks += pivots
    for reading in found:
        for name, frame in reading.tables.items():
            pieces[name].append(_continued(frame, reading, found) if name == "subscriptions" else frame)
    tables = {name: pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
              for name, parts in pieces.items() if parts}
    if "subscriptions" in tables:
        tables["subscriptions"] = runs_joined.joined(tables["subscriptions"], found)
    refused = tuple(refusal for reading in found for refusal in reading.refusals)
    if "subscription_id" in tables.get("usage", ()) and "subscription_id" in tables.get("subscriptions", ()):
        usage = _with_customers(tables["usage"], tables["subscriptions"])
        refused += tuple(_unresolved(usage[usage["customer_id"].isna()], found))
        tables["usage"] = usage[usage["customer_id"].notna()].reset_index(drop=True)
    elif "usage" in tables and "customer_id" not in tables["usage"]:
        nobody = pd.Series(None, index=tables["usage"].index, dtype="str")
        tables["usage"] = tables["usage"].assign(customer_id=nobody)
        remarks.append(_("Usage names contracts by their ID, and no contract with an ID was loaded, so it belongs to "
                         "no customer. Load the contracts it names."))
    tables, counted, doubled = twice.counted_once(tables, found, today or dt.date.today())
    remarks += doubled
    same = merged(tables, identities or Identities(), settings.rolls_up_to_parent)
    ended, notes = farewells.ended(same.tables, found)
    made = Book(ended, settings, today or dt.date.today(), refused, _months(found, counted),
                same.joins, same.notes, (*remarks, *notes))
    return written_down(made, reasons, pulses)


def written_down(book: Book, reasons: Iterable[ExitReason], pulses: Iterable[PulseNote]) -> Book:
    """The Book with what the team wrote down in the app, as far as it is about its customers."""
    reasons, pulses = list(reasons), list(pulses)
    if not reasons and not pulses:
        return book
    known = set(book.customer_ids)
    return book.beside(with_pulses(with_reasons(book.tables, reasons, known), pulses, known))


DAYS_OF_LIFE = ("usage", "milestones", "surveys")
"""Tables that a book may start from without contracts (handbook 1)."""


def without_snapshots(readings: list[SheetReading]) -> tuple[list[SheetReading], list[Message]]:
    """Readings in which lists without dates give way to contracts with dates, where there are both, and lists with the
    first day alone to what else has days: they stay as lists of customers, and notes say so."""
    dated = next((one for one in readings if _has_dates(one)), None)
    result, notes = [], []
    for one in readings:
        before = (dated or _with_days(readings, one)) if _is_list(one) else None
        result.append(_as_attributes(one) if before else one)
        if before:
            notes.append(_gives_way(one.mapping.sheet, before.mapping.sheet, before is dated))
    return result, notes


def _gives_way(one: str, sheet: str, is_of_contracts: bool) -> Message:
    if is_of_contracts:
        return _("Sheet '{list}' tells who has left, but not when; sheet '{sheet}' has contracts with dates, and the "
                 "numbers come from those. The columns of '{list}' are attributes of its customers.",
                 list=one, sheet=sheet)
    return _("Sheet '{list}' tells who has left, but not when; sheet '{sheet}' has days on which customers did "
             "something, and the numbers come from those. The columns of '{list}' are attributes of its customers.",
             list=one, sheet=sheet)


def _with_days(readings: list[SheetReading], one: SheetReading) -> SheetReading | None:
    """Another reading that tells what customers did and when, beside a list that tells since when they are there."""
    if "started_on" not in one.tables["customers"]:
        return None
    return next((other for other in readings if other is not one and set(DAYS_OF_LIFE) & set(other.tables)), None)


def _has_dates(reading: SheetReading) -> bool:
    contracts = reading.tables.get("subscriptions")
    return contracts is not None and "start_date" in contracts and bool(contracts["start_date"].notna().any())


def _is_list(reading: SheetReading) -> bool:
    return snapshots.is_snapshot(reading.mapping) and "has_left" in reading.tables.get("customers", ())


def _as_attributes(reading: SheetReading) -> SheetReading:
    kept = {name: frame for name, frame in reading.tables.items() if name != "subscriptions"}
    return replace(reading, tables={**kept, "customers": snapshots.as_attributes(reading.tables["customers"])})


def _months(readings: list[SheetReading], counted: list[SheetReading]) -> tuple[dt.date, dt.date] | None:
    """The first and the last of all months; where contracts count in their place, the first is the one before these."""
    last = max((reading.months[1] for reading in readings if reading.months), default=None)
    if last is None:
        return None
    first = [reading.months[0] for reading in counted if reading.months]
    starts = [day for one in counted if "start_date" in one.tables.get("subscriptions", ())
              if (day := one.tables["subscriptions"]["start_date"].min()) is not pd.NaT]
    before = (min(starts).replace(day=1) - pd.Timedelta(days=1)).date().replace(day=1) if starts else last
    return min(first) if first else before, last


def _continued(contracts: pd.DataFrame, reading: SheetReading, readings: list[SheetReading]) -> pd.DataFrame:
    """Contracts of a sheet by months, whose open runs end where the months of a later sheet go on."""
    if reading.months is None:
        return contracts
    later = [other.months[0] for other in readings if other.months and other.months[0] > reading.months[1]]
    return contracts.assign(end_date=contracts["end_date"].fillna(pd.Timestamp(min(later)))) if later else contracts


def _with_customers(usage: pd.DataFrame, contracts: pd.DataFrame) -> pd.DataFrame:
    """Usage with the customer of its subscription where it names no customer itself."""
    owners = contracts.dropna(subset=["subscription_id"]).drop_duplicates("subscription_id")
    resolved = usage["subscription_id"].map(owners.set_index("subscription_id")["customer_id"])
    own = usage.get("customer_id", resolved)
    return usage.assign(customer_id=own.where(own.notna(), resolved))


def _unresolved(rows: pd.DataFrame, readings: list[SheetReading]) -> Iterator[Refusal]:
    reason = _("No contract has this subscription ID. Correct the cell, or load the contracts that are missing.")
    headers = {(one.mapping.file, one.mapping.sheet): one.mapping.columns.get("usage.subscription_id", "")
               for one in readings}
    for file, sheet, row, value in rows[["_file", "_sheet", "_row", "subscription_id"]].itertuples(index=False):
        yield Refusal(str(file), str(sheet), int(row), headers.get((file, sheet), ""), str(value), reason)
