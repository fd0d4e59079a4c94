"""Tables with a month per column: how they are recognised (handbook 1, shape 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.month_names import FEWEST, measure_of, month_headers, months_of, without_measure
from cs_kpi.ingest.month_years import YearLabel
from cs_kpi.ingest.naming.vocabulary import Place, names, suggests
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import Measure, Sheet
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.durations import minutes
from cs_kpi.tables import TABLES

MONEY_WORDS = ("mrr", "fee", "revenue", "sales", "料", "売上", "金額", "収益", "円", "請求")
NOT_FEES = re.compile("[資無材衣食飲原燃肥]料")
MINUTE_WORDS = ("利用時間", "滞在時間", "接続時間", "ログイン時間", "usage minutes", "minutes", "usage hours")
COUNT_WORDS = ("ログイン", "アクセス", "利用回数", "回数", "利用状況", "アクティブ", "利用者数", "セッション", "login",
               "log in", "session", "active user", "usage count")
SEAT_WORDS = ("id数", "席数", "シート数", "ライセンス数", "アカウント数", "ユーザー数", "ユーザ数", "seat",
              "license count", "licence count")
TOTAL = re.compile(r".{0,12}(?:計|平均|累計|average|totals?|sum|ytd)|(?:totals?|sum|average|ytd)\b.{0,12}"
                   r"|(?:fy)?\s?(?:20\d\d)?\s?年?度?[ /-]?(?:q[1-4]|[1-4]q|h[12]|第[1-4一二三四]四半期|[上下]半?期)"
                   r"(?:[ /-]?20\d\d)?|20\d\d年度?")
NO_MONEY = re.compile(r"\b(?:nps|csat|ces|satisfaction|pulse|sentiment|health scores?|ratings?|scores?|tickets?|cases?"
                      r"|headcount|attendance|escalations?|qbrs?|touchpoints?|meetings?|calls?)\b"
                      r"|満足度|推奨度|ヘルススコア|温度感")
IS_MONEY = re.compile(r"\b(?:mrr|arr|revenue|sales|fees?|billing|invoices?|charges?|spend|income|price)\b"
                      r"|売上|料|金額|収益|請求")
"""Words of names of which the first say that the numbers below are no money, unless the second stand there too."""
CARRIED = frozenset(("customer_id", "product", "plan", "seats", "currency", "charge_kind", "subscription_id"))
"""Fields of a contract that a row by months may have; its start, end and amount come from the months."""
ANY_YEAR = YearLabel(2000)
NOTED = 0.4
"""The share of cells that may be words in a column of amounts."""
SAMPLE = 20_000

MRR, AMOUNT, START = (Place("subscriptions", field) for field in ("mrr", "amount", "start_date"))


def left_out(headers: tuple[str, ...], months: dict[str, str], parts: Mapping[str, tuple[str, ...]] = MappingProxyType(
        {})) -> list[str]:
    """Headers among months that are no data of their own: totals, and months that stand there a second time.

    parts : header -> what each of its levels says
    """
    twice = month_headers(headers, ANY_YEAR)
    return [header for header in headers if header not in months and (
        header in twice or any(map(is_total_of, {header, without_measure(header), *parts.get(header, ())[-1:]})))]


def is_total_of(header: str) -> bool:
    """
    >>> [is_total_of(header) for header in ("上半期計", "合計", "Total", "2024 Q1", "会計", "プラン")]
    [True, True, True, True, True, False]
    """
    return TOTAL.fullmatch(nfkc(header).casefold()) is not None


def wide(sheet: Sheet, table: Area, found: Scores) -> dict[str, str]:
    """The months of a table with a column per month whose cells are MRR; none where it is no such table."""
    months = {} if speaks_of_others(sheet, table.title) else _months(sheet, table, "subscriptions.mrr")
    is_told = len(months) == FEWEST - 1 and all(map(measure_of, months))
    is_of_contracts = has_sure(found, START) and (has_sure(found, MRR) or has_sure(found, AMOUNT))
    if (len(months) < FEWEST and not is_told) or is_of_contracts:
        return {}
    return months if are_amounts(pd.concat([table.body[header] for header in months], ignore_index=True)) else {}


def speaks_of_others(sheet: Sheet, title: str) -> bool:
    """Whether the names of a sheet say that its numbers are ratings, tickets or people, and none says that they are
    money."""
    texts = [nfkc(text).casefold().replace("_", " ") for text in (sheet.name, title, PurePath(sheet.file).stem)]
    return any(NO_MONEY.search(text) for text in texts) and not any(IS_MONEY.search(text) for text in texts)


def of_use(sheet: Sheet, table: Area) -> dict[str, tuple[str, Measure]]:
    """header -> month and measure of the columns of months whose cells are logins, sessions, minutes or other use.

    Fewer columns than make a table by months count where their headers say so themselves.
    """
    found: dict[str, tuple[str, Measure]] = {}
    measures: tuple[Measure, ...] = ("usage.count", "usage.minutes")
    for measure in measures:
        months = _months(sheet, table, measure)
        is_told = all(measure_of(header) for header in months)
        if months and (is_told or len(months) >= FEWEST) and are_amounts(
                minutes(pd.concat([table.body[header] for header in months], ignore_index=True))):
            found |= {header: (month, measure) for header, month in months.items()}
    return found


def of_seats(sheet: Sheet, table: Area, found: Scores) -> dict[str, tuple[str, Measure]]:
    """header -> month and measure of the columns of months that hold seats beside those of MRR."""
    months = _months(sheet, table, "subscriptions.seats")
    if not months or not all(measure_of(header) for header in months) or not wide(sheet, table, found):
        return {}
    cells = pd.concat([table.body[header] for header in months], ignore_index=True)
    return {header: (month, "subscriptions.seats") for header, month in months.items()} if are_amounts(cells) else {}


def named_seats(sheet: Sheet, table: Area) -> list[str]:
    """The columns of months that are called seats, or stand on a sheet that is, in order."""
    months = _months(sheet, table, "subscriptions.seats")
    return sorted(months, key=months.__getitem__)


def _months(sheet: Sheet, table: Area, measure: Measure) -> dict[str, str]:
    """The months whose headers, or else the names of the sheet, say that their cells are `measure`."""
    otherwise = _measure_of_names(sheet, table)
    return {header: month for header, month in months_of(table.headers, table.year_label, otherwise).items()
            if (measure_of(header) or otherwise) == measure}


def are_amounts(cells: pd.Series) -> bool:
    """Whether most cells are amounts, and none a percentage."""
    read = amounts(cells.dropna().head(SAMPLE))
    return bool(np.isfinite(read.values).any() and read.unreadable.mean() <= NOTED and not read.is_percent.any())


def _measure_of_names(sheet: Sheet, table: Area) -> Measure | None:
    """What the numbers of months are, by the nearest name that tells: of the sheet, in the title, of the file; MRR
    where none does, None where they are answers or tickets."""
    others = TABLES["surveys"].titles + TABLES["interactions"].titles
    told: tuple[tuple[Measure | None, tuple[str, ...]], ...] = (
        ("subscriptions.mrr", MONEY_WORDS), ("usage.minutes", MINUTE_WORDS), ("usage.count", COUNT_WORDS),
        ("subscriptions.seats", SEAT_WORDS), (None, others), ("usage.count", TABLES["usage"].titles),
        ("subscriptions.mrr", TABLES["subscriptions"].titles))
    for name in (sheet.name, table.title, PurePath(sheet.file).stem):
        text = NOT_FEES.sub(" ", name)
        for measure, words in told:
            if suggests(text, words):
                return measure
    return "subscriptions.mrr"


def has_sure(found: Scores, place: Place) -> bool:
    return any(rated.get(place, 0) >= SURE for rated in found.values())


def rated_by_months(found: Scores, months: dict[str, str] | tuple[str, str]) -> Scores:
    """The scores of a table by months: what the months say is no field, and a start is the customer's first day."""
    taken = set(months)
    result = {header: _carried(rated) for header, rated in found.items() if header not in taken}
    if isinstance(months, tuple):
        header, money = months
        is_yearly = names(money, AMOUNT_PERIODS["year"])
        result |= {header: {START: 1.0}, money: {AMOUNT if is_yearly else MRR: 1.0}}
    return result


def _carried(rated: dict[Place, float] | object) -> dict[Place, float]:
    assert isinstance(rated, dict)
    kept = {place: score for place, score in rated.items()
            if place.table in ("customers", "surveys") or (place.table == "subscriptions" and place.field in CARRIED)}
    first = Place("customers", "started_on")
    return kept | ({first: max(rated[START], kept.get(first, 0.0))} if START in rated else {})
