"""Tables with a month per column or per row: how they are recognised (handbook 1, shapes 3 and 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest import bill_lines
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.month_names import FEWEST, measure_of, month_headers, month_in, months_of, without_measure
from cs_kpi.ingest.month_years import YearLabel
from cs_kpi.ingest.records import Measure, Sheet
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.durations import minutes
from cs_kpi.ingest.values.names import ids
from cs_kpi.ingest.vocabulary import Place, names, suggests
from cs_kpi.ingest.words import nfkc, plain
from cs_kpi.tables import TABLES

MONTH_WORDS = frozenset((
    "month", "months", "year month", "yyyymm", "ym", "billing month", "invoice month", "service month",
    "reporting month", "revenue month", "period", "month start", "month end", "snapshot date", "月", "年月", "対象月",
    "対象年月", "計上月", "計上年月", "請求月", "請求年月", "利用月", "利用年月", "売上月", "売上年月", "課金月",
    "集計月", "該当月", "基準月", "月次", "月初", "月末", "月度", "基準日"))
BILLED_ON = frozenset(("請求日", "計上日", "売上日", "売上日付", "売上計上日", "計上日付", "伝票日付", "請求年月日",
                       "billing date", "billed on"))
"""Days that are months where each customer has one in each of several."""
MONEY_WORDS = ("mrr", "fee", "revenue", "sales", "料", "売上", "金額", "収益", "円", "請求")
NOT_FEES = re.compile("[資無材衣食飲原燃肥]料")
MINUTE_WORDS = ("利用時間", "滞在時間", "接続時間", "ログイン時間", "usage minutes", "minutes", "usage hours")
COUNT_WORDS = ("ログイン", "アクセス", "利用回数", "回数", "利用状況", "アクティブ", "利用者数", "セッション", "login",
               "log in", "session", "active user", "usage count")
SEAT_WORDS = ("id数", "席数", "シート数", "ライセンス数", "アカウント数", "ユーザー数", "ユーザ数", "seat",
              "license count", "licence count")
REVENUE = frozenset(("revenue", "sales", "売上", "売上高", "売上金額", "売上額", "計上額", "計上金額"))
TOTAL = re.compile(r".{0,12}(?:計|平均|累計|average|totals?|sum|ytd)|(?:totals?|sum|average|ytd)\b.{0,12}"
                   r"|(?:fy)?\s?(?:20\d\d)?\s?年?度?[ /-]?(?:q[1-4]|[1-4]q|h[12]|第[1-4一二三四]四半期|[上下]半?期)"
                   r"(?:[ /-]?20\d\d)?|20\d\d年度?")
CARRIED = frozenset(("customer_id", "product", "plan", "seats", "currency", "charge_kind", "subscription_id"))
"""Fields of a contract that a row by months may have; its start, end and amount come from the months."""
ANY_YEAR = YearLabel(2000)
DENSE = 0.6
NOTED = 0.4
"""The share of cells that may be words in a column of amounts."""
SAMPLE = 20_000
MOST_DAYS = 60
ONE_EACH = 0.98

USE_DATE = Place("usage", "date")
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
    months = _months(sheet, table, "subscriptions.mrr")
    is_told = len(months) == FEWEST - 1 and all(map(measure_of, months))
    if (len(months) < FEWEST and not is_told) or (_has(found, START) and (_has(found, MRR) or _has(found, AMOUNT))):
        return {}
    return months if _are_amounts(pd.concat([table.body[header] for header in months], ignore_index=True)) else {}


def of_use(sheet: Sheet, table: Area) -> dict[str, tuple[str, Measure]]:
    """header -> month and measure of the columns of months whose cells are logins, sessions, minutes or other use.

    Fewer columns than make a table by months count where their headers say so themselves.
    """
    found: dict[str, tuple[str, Measure]] = {}
    measures: tuple[Measure, ...] = ("usage.count", "usage.minutes")
    for measure in measures:
        months = _months(sheet, table, measure)
        is_told = all(measure_of(header) for header in months)
        if months and (is_told or len(months) >= FEWEST) and _are_amounts(
                minutes(pd.concat([table.body[header] for header in months], ignore_index=True))):
            found |= {header: (month, measure) for header, month in months.items()}
    return found


def of_seats(sheet: Sheet, table: Area, found: Scores) -> dict[str, tuple[str, Measure]]:
    """header -> month and measure of the columns of months that hold seats beside those of MRR."""
    months = _months(sheet, table, "subscriptions.seats")
    if not months or not all(measure_of(header) for header in months) or not wide(sheet, table, found):
        return {}
    cells = pd.concat([table.body[header] for header in months], ignore_index=True)
    return {header: (month, "subscriptions.seats") for header, month in months.items()} if _are_amounts(cells) else {}


def with_months_of_use(found: Scores, table: Area) -> Scores:
    """The scores in which a column called month may be the date of use."""
    days = {header for header in table.headers if plain(header) in MONTH_WORDS and len(table.body)
            and (~np.isnat(dates(table.body[header].head(SAMPLE)).days)).mean() >= DENSE}
    return {header: {USE_DATE: 0.9} | dict(found.get(header, {})) if header in days else found[header]
            for header in table.headers if header in days or header in found}


def named_seats(sheet: Sheet, table: Area) -> list[str]:
    """The columns of months that are called seats, or stand on a sheet that is, in order."""
    months = _months(sheet, table, "subscriptions.seats")
    return sorted(months, key=months.__getitem__)


def _months(sheet: Sheet, table: Area, measure: Measure) -> dict[str, str]:
    """The months whose headers, or else the names of the sheet, say that their cells are `measure`."""
    otherwise = _measure_of_names(sheet, table)
    return {header: month for header, month in months_of(table.headers, table.year_label, otherwise).items()
            if (measure_of(header) or otherwise) == measure}


def _are_amounts(cells: pd.Series) -> bool:
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


def _has(found: Scores, place: Place) -> bool:
    return any(rated.get(place, 0) >= SURE for rated in found.values())


def long(sheet: Sheet, table: Area, found: Scores, key: str) -> tuple[str, str] | None:
    """The headers of month and money of a table with a row per customer and month; None where it is no such table."""
    money = _money(table, found)
    if money is None or _has(found, Place("subscriptions", "end_date")):
        return None
    others = [header for header in table.headers if header not in (key, money)]
    words = [header for header in others if plain(header) in MONTH_WORDS]
    words += [header for header in others[:MOST_DAYS] if header not in words and is_of_months(table.body[header])]
    billed = [header for header in others if plain(header) in BILLED_ON]
    dated = [header for header in others if any(TABLES[place.table].by_name[place.field].kind == "date"
                                                for place in found.get(header, ()))]
    is_cut = len(sheet.cells) > table.header_row + len(table.body) + 100
    for header in dict.fromkeys(words + billed + dated):
        if _is_month_per_row(table, found, key, header, is_cut and header in words, header in words):
            return header, money
    for header in dict.fromkeys(words + billed):
        if line := bill_lines.of_lines(table, key, header, money):
            return header, line
    alone = (header for header in words if not _has(found, START) and _is_one_month(table, found, key, header))
    return next(((header, money) for header in alone), None)


def is_of_months(cells: pd.Series) -> bool:
    """Whether all cells are months without a day, such as 2025年4月 or Apr-25, whatever their header says."""
    sample = cells.dropna().head(300)
    if not len(sample) or not sample.map(lambda cell: isinstance(cell, str)).all():
        return False
    first, last = dates(sample, numbers=False).days, dates(sample, is_end=True, numbers=False).days
    return bool((~np.isnat(first)).all() and (~np.isnat(last)).all() and (first < last).all())


def _is_one_month(table: Area, found: Scores, key: str, header: str) -> bool:
    """Whether a column called month says the same month in every row, and each customer (and its product or plan)
    stands there once: one of the sheets that a team keeps month by month."""
    months = dates(table.body[header]).days.astype("datetime64[M]")
    if not len(months) or np.isnat(months).any() or len(np.unique(months)) > 1:
        return False
    rows = pd.DataFrame({"key": ids(table.body[key])}).assign(**_parts(table, found, key))
    return not rows.duplicated().any()


def _parts(table: Area, found: Scores, key: str) -> dict[str, pd.Series]:
    """The columns that tell several contracts of one customer apart."""
    parts = [other for other, rated in found.items() if other != key and any(
        place.table == "subscriptions" and place.field in CARRIED - {"customer_id", "seats"} and score >= ENOUGH
        for place, score in rated.items())]
    return {f"part {place}": table.body[part].astype(str) for place, part in enumerate(parts)}


def of_name(sheet: Sheet, table: Area, found: Scores, key: str) -> dict[str, str]:
    """The fees of a sheet that is called by its month, or whose title or file is, with a row per customer and no day:
    a column of that month."""
    names_ = (sheet.name, table.title, PurePath(sheet.file).stem)
    month = next((month for name in names_ if (month := month_in(name))), "")
    dated = any(score >= SURE and TABLES[place.table].by_name[place.field].kind == "date"
                for rated in found.values() for place, score in rated.items())
    money = _money(table, found) if month and not dated else None
    if money is None or money == key:
        return {}
    keys = ids(table.body[key]).dropna()
    return {money: month} if len(keys) and keys.nunique() >= ONE_EACH * len(keys) else {}


def _money(table: Area, found: Scores) -> str | None:
    def worth(header: str) -> float:
        rated = found.get(header, {})
        own = max(rated.get(MRR, 0.0) + 0.01, rated.get(AMOUNT, 0.0))
        return own if own >= SURE else 0.5 if plain(header) in REVENUE else 0.0

    best = max(table.headers, key=worth, default=None)
    if best is None or not worth(best):
        return None
    return best if _are_amounts(pd.Series(table.body[best])) else None


def _is_month_per_row(table: Area, found: Scores, key: str, header: str, is_cut: bool, is_named: bool) -> bool:
    """Whether a column holds months, and a customer (and its product or plan) stands there once in each of several."""
    read = dates(table.body[header])
    days = read.days.astype("datetime64[D]")
    if not len(days) or (np.isnat(days)).mean() > 0.1:
        return False
    next_day, month = days + np.timedelta64(1, "D"), days.astype("datetime64[M]")
    known = ~np.isnat(days)
    is_edge = (days == month)[known].all() or (next_day == next_day.astype("datetime64[M]"))[known].all()
    is_one_day = len(np.unique((days - month)[known])) == 1
    rows = pd.DataFrame({"key": ids(table.body[key]), "month": month.astype(np.int64)}).assign(
        **_parts(table, found, key))[known]
    is_once = not rows.duplicated().mean() > 1 - ONE_EACH
    several = rows["key"].nunique() < len(rows.drop_duplicates(["key", "month"]))
    is_regular = several and is_once and _is_dense(rows)
    return bool((is_edge and (is_cut or (several and is_named))) or ((is_edge or is_one_day) and is_regular))


def _is_dense(rows: pd.DataFrame) -> bool:
    """Whether most rows follow the month before of the same customer, as in no list of price changes."""
    steps = rows.drop_duplicates(["key", "month"]).sort_values(["key", "month"]).groupby("key")["month"].diff().dropna()
    return bool((steps == 1).mean() >= DENSE)


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
