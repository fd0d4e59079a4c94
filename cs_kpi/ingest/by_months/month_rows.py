"""Tables with a row per customer and month, or of one month: how they are recognised (handbook 1, shape 3)."""

from __future__ import annotations

from pathlib import PurePath

import numpy as np
import pandas as pd

from cs_kpi.ingest import bill_lines
from cs_kpi.ingest.by_months.month_columns import AMOUNT, CARRIED, MRR, SAMPLE, START, are_amounts, has_sure
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.month_names import month_in
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

MONTH_WORDS = frozenset((
    "month", "months", "year month", "yyyymm", "ym", "billing month", "invoice month", "service month",
    "reporting month", "revenue month", "period", "month start", "month end", "snapshot date", "月", "年月", "対象月",
    "対象年月", "計上月", "計上年月", "請求月", "請求年月", "利用月", "利用年月", "売上月", "売上年月", "課金月",
    "集計月", "該当月", "基準月", "月次", "月初", "月末", "月度", "基準日"))
BILLED_ON = frozenset(("請求日", "計上日", "売上日", "売上日付", "売上計上日", "計上日付", "伝票日付", "請求年月日",
                       "billing date", "billed on", "invoice date", "invoiced on", "date of invoice"))
"""Days that are months where each customer has one in each of several."""
REVENUE = frozenset(("revenue", "sales", "売上", "売上高", "売上金額", "売上額", "計上額", "計上金額"))
DENSE = 0.6
MOST_DAYS = 60
ONE_EACH = 0.98
USE_DATE = Place("usage", "date")
OF_ONE_DAY = (Place("subscriptions", "term_end"), Place("subscriptions", "end_date"),
              Place("customers", "started_on"), Place("cancellations", "cancelled_on"))
"""Fields that say something once of a customer, although a month is enough for it: 更新月, 解約月."""


def with_months_of_use(found: Scores, table: Area) -> Scores:
    """The scores in which a column called month may be the date of use."""
    days = {header for header in table.headers if plain(header) in MONTH_WORDS and len(table.body)
            and (~np.isnat(dates(table.body[header].head(SAMPLE)).days)).mean() >= DENSE}
    return {header: {USE_DATE: 0.9} | dict(found.get(header, {})) if header in days else found[header]
            for header in table.headers if header in days or header in found}


def long(sheet: Sheet, table: Area, found: Scores, key: str) -> tuple[str, str] | None:
    """The headers of month and money of a table with a row per customer and month; None where it is no such table."""
    money = _money(table, found)
    if money is None or has_sure(found, Place("subscriptions", "end_date")):
        return None
    others = [header for header in table.headers if header not in (key, money)]
    words = [header for header in others if plain(header) in MONTH_WORDS]
    words += [header for header in others[:MOST_DAYS] if header not in words and not any(
        has_sure({header: found.get(header, {})}, place) for place in OF_ONE_DAY) and is_of_months(table.body[header])]
    billed = [header for header in others if {plain(header), spelt(header)} & BILLED_ON]
    dated = [header for header in others if any(TABLES[place.table].by_name[place.field].kind == "date"
                                                for place in found.get(header, ()))]
    is_cut = len(sheet.cells) > table.header_row + len(table.body) + 100
    for header in dict.fromkeys(words + billed + dated):
        if _is_month_per_row(table, found, key, header, is_cut and header in words, header in words):
            return header, money
    for header in dict.fromkeys(words + billed):
        if line := bill_lines.of_lines(table, key, header, money):
            return header, line
    alone = (header for header in words if not has_sure(found, START) and _is_one_month(table, found, key, header))
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
    return best if are_amounts(pd.Series(table.body[best])) else None


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
