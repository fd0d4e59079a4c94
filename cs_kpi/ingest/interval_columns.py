"""Columns told by cells that can be nothing else: how often is billed (支払 with 月払い), in which currency (USD)."""

from __future__ import annotations

import re

import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place, choice_words
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.values.amounts import currency_of
from cs_kpi.ingest.values.intervals import interval_of
from cs_kpi.ingest.values.uniques import Uniques, is_nothing

CURRENCY = Place("subscriptions", "currency")
CODES = frozenset(("USD", "JPY", "EUR", "GBP", "AUD", "CAD", "CHF", "CNY", "KRW", "SGD", "TWD", "INR", "HKD", "THB",
                   "VND", "NZD", "SEK", "NOK", "DKK", "MYR", "IDR", "PHP", "BRL", "MXN", "PLN", "CZK"))
"""Those that people sell in; other words of three letters are plans and countries."""
PLACE, KIND = Place("subscriptions", "billing_interval"), Place("subscriptions", "charge_kind")
OF_BILLS = re.compile(r"支払|請求|課金|決済|契約(?:形態|区分|タイプ|種別|種類)|料金(?:形態|体系|区分|タイプ|種別)"
                      r"|\b(?:bill|bills|billed|billing|pay|payment|payments|invoice|invoicing|invoiced)\b"
                      r"|^(?:frequency|cycle|interval|頻度|サイクル|周期)$")
"""Only such headers: how often somebody is visited says nothing of fees."""
OF_THE_YEAR = re.compile(r"\s*\d+\s*月?\s*")
SAMPLE = 3000


def with_codes(found: Scores, table: Area) -> Scores:
    """The scores with the columns whose every cell is a billing interval or a currency, where no header says so."""
    found = _with_interval(found, table)
    if any(rated.get(CURRENCY, 0.0) >= ENOUGH for rated in found.values()):
        return found
    header = next((header for header in table.headers if _is_free(header, found)
                   and _are_currencies(table.body[header].head(SAMPLE))), None)
    return found if header is None else {**found, header: {CURRENCY: SURE}}


def _are_currencies(cells: pd.Series) -> bool:
    values = [value for value in Uniques.of(cells).values if not is_nothing(value)]
    return bool(values) and all(isinstance(value, str) and currency_of(value) in CODES for value in values)


def _with_interval(found: Scores, table: Area) -> Scores:
    if any(rated.get(PLACE, 0.0) >= ENOUGH for rated in found.values()):
        return found
    header = next((header for header in table.headers if OF_BILLS.search(plain(header)) and _is_free(header, found)
                   and _are_intervals(table.body[header].head(SAMPLE), KIND in found.get(header, {}))), None)
    return found if header is None else {**found, header: {PLACE: SURE}}


def _is_free(header: str, found: Scores) -> bool:
    return all(score < SURE or place == KIND for place, score in found.get(header, {}).items())


def _are_intervals(cells: pd.Series, may_be_kinds: bool) -> bool:
    """Whether all cells are intervals in words, and not months of the year (4月); where they may be kinds of charges,
    more than one interval."""
    words = choice_words(PLACE.table, PLACE.field)
    values = [value for value in Uniques.of(cells).values if not is_nothing(value)]
    read = {interval_of(value, words) if isinstance(value, str) and not OF_THE_YEAR.fullmatch(nfkc(value)) else None
            for value in values}
    return bool(read) and None not in read and len(read) > may_be_kinds
