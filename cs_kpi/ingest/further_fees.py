"""Fees beside the fee that recur with it, オプション料金 beside 基本料金: whether they are part of it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from cs_kpi.header_words import CHARGE_WORDS, NO_CHARGE_WORDS
from cs_kpi.ingest.columns import Column, column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.vocabulary import names
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

FURTHER = re.compile(r"オプション|追加|付帯|保守|サポート|ストレージ"
                     r"|\b(?:add ?-?ons?|options?|optional|extras?|support|maintenance)\b")
MONEY = re.compile(r"料|費|金額|月額|円|\b(?:fees?|price|charges?|amount|mrr)\b")
OF_ANOTHER = re.compile(r"初期|初回|一時|累計|計|税|見込|予定|上限|予算|前月|先月"
                        r"|\b(?:total|tax|initial|once|planned|potential|expected|budget|last|previous)\b")
TOTALS = re.compile(r"合計|総額|請求|支払|計|\b(?:total|billed|invoiced?|sum)\b")
BASE = re.compile(r"基本|固定|本体|\b(?:base|basic|core|platform)\b")
ADDED: dict[str, Message] = {"add": _("yes, they are paid with each of its fees: add them"),
                             "apart": _("no, or they are in it already: keep them as an attribute")}
MOSTLY = 0.8

Columns = Mapping[str, Column]


def added(columns: Columns, area: Area, out: np.ndarray, log: Log) -> dict[str, Column]:
    """The columns of contracts with what is paid for options added to the fee, where the user says so, or where a
    column of totals shows it or the fee is called the basic one and the user does not say otherwise.

    out : rows that are not read, and have no say
    """
    field = "mrr" if "mrr" in columns else "amount"
    fee = columns[field]
    taken = {item.header for item in columns.values()}
    further = {header: _money(header, area, log) for header in area.headers if header not in taken
               and _is_further(header, area)}
    further = {header: item for header, item in further.items() if item.values[~out].fillna(0).any()}
    if not further or is_unit_price(fee.header):
        return dict(columns)
    is_shown = _is_shown_by_total(fee, further, area, taken, out)
    values = fee.values
    for header, item in further.items():
        assumed = "add" if is_shown or BASE.search(nfkc(fee.header).casefold()) else "apart"
        if log.ask("further_fee", header, _(
                "Column '{other}' holds amounts beside '{column}'. Do they belong to the same recurring fee?",
                other=header, column=fee.header), ADDED, assumed) == "add":
            values = values + item.values.fillna(0.0)
    return {**columns, field: replace(fee, values=values)}


def _is_further(header: str, area: Area) -> bool:
    text = nfkc(header).casefold().replace("_", " ")
    is_other = any(names(header, words) for words in (*CHARGE_WORDS.values(), NO_CHARGE_WORDS))
    is_fee = FURTHER.search(text) and MONEY.search(text) and not OF_ANOTHER.search(text)
    return bool(is_fee) and not is_other and not is_unit_price(header) \
        and _holds_numbers(header, area)


def _holds_numbers(header: str, area: Area) -> bool:
    seen = looks(area.body[header])
    return seen.filled > 0 and seen.numbers >= MOSTLY and seen.dates < MOSTLY


def _money(header: str, area: Area, log: Log) -> Column:
    return column(area, header, "subscriptions", TABLES["subscriptions"].by_name["amount"], log)


def _is_shown_by_total(fee: Column, further: Columns, area: Area, taken: set[str], out: np.ndarray) -> bool:
    """Whether a column of totals is the fee and all of these together, in every row."""
    paid = fee.values.to_numpy(dtype=float) + sum(item.values.fillna(0.0).to_numpy() for item in further.values())
    rows = np.isfinite(paid) & ~out
    return bool(rows.any()) and any(
        np.isclose(amounts(area.body[header]).values[rows] * area.units[header].multiplier, paid[rows]).all()
        for header in area.headers if header not in taken and header not in further
        and TOTALS.search(nfkc(header).casefold()) and _holds_numbers(header, area))
