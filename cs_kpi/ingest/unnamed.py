"""Contracts that name no currency: they take the one that the rest of their column names, which is said; where that is
several, or only other sheets name one, it is asked per sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import Question, SheetReading
from cs_kpi.ingest.rows import first_rows
from cs_kpi.locale import Message, _

TOPIC, OPEN = "unnamed_currency", "open"
USUAL = ("JPY", "USD", "EUR")
CODE = re.compile(r"[A-Z]{3}")
NOT_KNOWN = _("Not known yet: add nothing up until it is")


def currencies(columns: Mapping[str, Column], area: Area, log: Log) -> pd.Series | None:
    """The currency of each row: its own column, the sign in the cell, or the unit of the header or title; None where
    nothing in the sheet names one.

    Rows that name none take the one that all others name, and stay blank where others name several.
    """
    found = _named(columns, area)
    if found is None or not found.notna().any():
        return found
    money = columns.get("mrr") or columns.get("amount")
    named, blank = found.dropna().unique(), found.isna()
    if len(named) > 1 or not blank.any():
        return found
    counted = blank & money.values.notna() if money is not None and money.values.notna().any() else blank
    if counted.any():
        told = columns["currency"].header if "currency" in columns else money.header if money else log.sheet.name
        log.note(_("Rows that name no currency are read in {currency}, the only one that column '{column}' names: "
                   "{count} (row {rows}).", currency=str(named[0]), column=told, count=int(counted.sum()),
                   rows=first_rows(found.index[counted].to_numpy())))
    return found.fillna(str(named[0])).astype("str")


def _named(columns: Mapping[str, Column], area: Area) -> pd.Series | None:
    money = columns.get("mrr") or columns.get("amount")
    of_cells = None
    if money is not None and money.amounts is not None:
        general = area.units[money.header].currency
        codes = pd.Series(money.amounts.currency, index=money.values.index, dtype=object)
        if general or (codes != "").any():
            of_cells = codes.replace("", general or None).astype("str")
    if "currency" not in columns:
        return of_cells
    own = columns["currency"].values
    return own if of_cells is None else own.fillna(of_cells)


def asked(readings: Iterable[SheetReading], usual: str | None = None) -> list[SheetReading]:
    """The readings, those with contracts in no named currency with the question in which they are.

    usual : the currency of contracts that name none, as the settings say; the likelier answer where they do
    """
    listed = list(readings)
    questions = _questions(listed, usual)
    return [replace(one, questions=(*(item for item in one.questions if item.id != question.id), question))
            if question else one for one, question in zip(listed, questions, strict=True)]


def counted_in(readings: Iterable[SheetReading], usual: str | None = None) -> list[SheetReading]:
    """The readings with those contracts in the currency that the user answered, else in the likelier one; blank still
    where it is not known."""
    listed = list(readings)
    return [_filled(one, question) if question else one
            for one, question in zip(listed, _questions(listed, usual), strict=True)]


def _questions(readings: list[SheetReading], usual: str | None) -> list[Question | None]:
    codes = [_codes(one) for one in readings]
    own = [tuple(sorted(one.dropna().str.upper().unique())) for one in codes]
    named = tuple(sorted(set().union(*own)))
    return [_question(one, int(code.isna().sum()), (*mine, *named), usual) if named and code.isna().any() else None
            for one, code, mine in zip(readings, codes, own, strict=True)]


def _codes(reading: SheetReading) -> pd.Series:
    """What each contract that is paid for names as its currency; none of a sheet that is not in use."""
    contracts = reading.tables.get("subscriptions")
    if contracts is None or "mrr" not in contracts or not reading.mapping.is_used:
        return pd.Series(dtype="str")
    is_paid = contracts["mrr"].notna() & (contracts["mrr"] != 0)
    if "currency" not in contracts:
        return pd.Series(np.nan, index=contracts.index, dtype="str")[is_paid]
    return contracts["currency"][is_paid]


def _question(reading: SheetReading, blank: int, named: tuple[str, ...], usual: str | None) -> Question:
    mapping = reading.mapping
    column = mapping.columns.get("subscriptions.mrr") or mapping.columns.get("subscriptions.amount") or mapping.sheet
    given = mapping.answers.get(f"{TOPIC}:{column}", "")
    codes = dict.fromkeys(code for code in (*named, usual, *USUAL, given) if code and CODE.fullmatch(code))
    options = {code: Message(code) for code in codes} | {OPEN: NOT_KNOWN}
    several = list(dict.fromkeys(named))
    return Question(f"{TOPIC}:{column}", mapping.file, mapping.sheet, column, _(
        "{count} contracts of this sheet name no currency, and others are in {currencies}. In which currency are they?",
        count=blank, currencies=several), options, usual or (several[0] if len(several) == 1 else OPEN))


def _filled(reading: SheetReading, question: Question) -> SheetReading:
    given = reading.mapping.answers.get(question.id, "")
    code = given if given in question.options else question.assumed
    if code == OPEN:
        return reading
    contracts = reading.tables["subscriptions"]
    filled = contracts["currency"].fillna(code) if "currency" in contracts else pd.Series(
        code, index=contracts.index, dtype="str")
    return replace(reading, tables={**reading.tables, "subscriptions": contracts.assign(currency=filled)})
