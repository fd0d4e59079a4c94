"""A list of who cancelled when, beside contracts that never say when they end: whether it ends them is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from cs_kpi.ingest.records import Question, SheetReading
from cs_kpi.locale import Message, _

TOPIC, ENDS, RUNS = "farewells", "ends", "runs"
ANSWERS: dict[str, Message] = {ENDS: _("yes, their contracts end on that day"),
                               RUNS: _("no, their contracts run on")}

Tables = Mapping[str, pd.DataFrame]


def asked(readings: Iterable[SheetReading]) -> list[SheetReading]:
    """The readings, those that list who cancelled with the question whether that ends contracts without an end date."""
    listed = list(readings)
    if not _are_endless(listed):
        return listed
    return [replace(one, questions=(*one.questions, _question(one))) if _is_list(one) else one for one in listed]


def ended(tables: Tables, readings: Iterable[SheetReading]) -> tuple[Tables, list[Message]]:
    """The tables with the contracts of those who cancelled ended on that day, where the user does not say otherwise;
    and sentences about it.

    tables : under one id per customer
    A customer with open contracts for several products, or with one that starts later, is left as it is: nobody says
    what was cancelled.
    """
    listed = list(readings)
    sheets = [one for one in listed if _is_list(one) and _answer(one) == ENDS] if _are_endless(listed) else []
    if not sheets:
        return tables, []
    contracts, told = tables["subscriptions"], tables["cancellations"]
    named = {(one.mapping.file, one.mapping.sheet) for one in sheets}
    told = told[[source in named for source in zip(told["_file"], told["_sheet"], strict=True)]]
    day = contracts["customer_id"].map(told.groupby("customer_id")["cancelled_on"].max())
    clear = ~contracts["customer_id"].isin(_unclear(contracts, day))
    ends = day.where(clear & (contracts["start_date"] <= day))
    notes = _notes(contracts, day, ends, [one.mapping.sheet for one in sheets])
    return {**tables, "subscriptions": contracts.assign(end_date=ends.astype("datetime64[s]"))}, notes


def _unclear(contracts: pd.DataFrame, day: pd.Series) -> pd.Series:
    """Customers of whom nobody says which contract they cancelled."""
    customer = contracts["customer_id"]
    several = contracts.groupby("customer_id")["product"].nunique() > 1 if "product" in contracts else \
        pd.Series(dtype=bool)
    later = contracts["start_date"] > day
    return pd.concat([several[several].index.to_series(), customer[later]])


def _notes(contracts: pd.DataFrame, day: pd.Series, ends: pd.Series, sheets: list[str]) -> list[Message]:
    gone = set(contracts["customer_id"][ends.notna()])
    left = set(contracts["customer_id"][day.notna()]) - gone
    notes = [_("No contract has an end date. Those of customers who cancelled, as {sheets} says, end on that day: "
               "{count} customers.", sheets=sheets, count=len(gone))] if gone else []
    return notes + ([_("Contracts of customers who cancelled, as {sheets} says, run on where they are for several "
                       "products or start later: {count} customers. Fill in their end dates.", sheets=sheets,
                       count=len(left))] if left else [])


def _are_endless(readings: list[SheetReading]) -> bool:
    """Whether there are contracts with dates, and none of them says when it ends."""
    found = [one.tables["subscriptions"] for one in readings
             if one.mapping.is_used and "start_date" in one.tables.get("subscriptions", ())]
    return bool(found) and not any(one.months for one in readings) and not any(
        "end_date" in frame and frame["end_date"].notna().any() for frame in found)


def _is_list(reading: SheetReading) -> bool:
    told = reading.tables.get("cancellations")
    return reading.mapping.is_used and told is not None and len(told) > 0


def _question(reading: SheetReading) -> Question:
    mapping = reading.mapping
    column = mapping.columns.get("cancellations.cancelled_on", mapping.sheet)
    return Question(f"{TOPIC}:{column}", mapping.file, mapping.sheet, column, _(
        "Column '{column}' says when customers cancelled, and no contract has an end date. Did these customers leave "
        "on that day?", column=column), ANSWERS, ENDS)


def _answer(reading: SheetReading) -> str:
    question = _question(reading)
    given = reading.mapping.answers.get(question.id)
    return given if given in ANSWERS else question.assumed
