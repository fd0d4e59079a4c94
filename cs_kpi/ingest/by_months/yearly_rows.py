"""Rows that pay for a year among those that pay for a month, as words beside the amount say: 年間利用料 among items."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest.charge_words import ITEMS
from cs_kpi.ingest.columns import SAYS_NOTHING, Column
from cs_kpi.ingest.contracts import AMOUNT_IS
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import says
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import _

HEADS = re.compile(r"(?:料金|課金|請求|費用)(?:種別|区分|種類)|\b(?:fee|charge|billing|revenue) (?:type|kind)\b")
YEARLY = re.compile(r"年間|年額|年払|年一括|年会費|(?:^|\D)(?:12|十二)[かヶケカヵ箇]月"
                    r"|(?:^|\D)[1一]年(?:分|契約|払|間|プラン|ライセンス)"
                    r"|\b(?:annual(?:ly)?|yearly|per year|12 ?months?|1 ?year)\b")
MONTHLY = re.compile(r"月額|月次|月間|月払|月分|毎月|\b(?:monthly|per month|1 ?month)\b")
LONGEST, SHOWN_WORDS, YEAR = 40, 3, 12
AS_MUCH = 4.0
"""So many times what the other rows pay, rows that speak of a year are paid for one."""
TOPIC = "yearly_words"

Columns = dict[str, Column]


def with_intervals(columns: Columns, area: Area, log: Log) -> Columns:
    """The columns of contracts with the interval of each amount, where only the words of another column tell it; asked.

    Amounts that are monthly or yearly by their header, or have an interval, keep it.
    """
    if "billing_interval" in columns or "mrr" in columns or "amount" not in columns:
        return columns
    money = columns["amount"]
    found = _said(money, area)
    if found is None or not _is_yearly(*found, money, area, log):
        return columns
    header, rows = found
    monthly = _saying(area.body[header], lambda word: MONTHLY.search(word) is not None) & ~rows
    given = pd.Series(None, index=area.body.index, dtype="str").mask(rows, str(YEAR)).mask(monthly, "1")
    told = Column(header, area.body[header], given, np.zeros(len(given), dtype=bool), SAYS_NOTHING)
    return {**columns, "billing_interval": told}


def months_covered(columns: Columns, area: Area, month: np.ndarray, log: Log) -> np.ndarray:
    """How many months each row by months pays for: 12 where words beside its amount say so, and its customer has
    no other such row within that year, else 1.

    month : since 1970, per row
    """
    money = columns.get("mrr") or columns["amount"]
    usual = np.ones(len(month), dtype=np.int64)
    found = _said(money, area)
    if found is None:
        return usual
    header, rows = found
    said = pd.DataFrame({"key": columns["customer_id"].values, "month": month})[rows].sort_values(["key", "month"])
    nearest = said.groupby("key")["month"].diff().groupby(said["key"]).transform("min")
    is_one_bill = pd.Series(False, index=area.body.index)
    is_one_bill[said.index[~(nearest < YEAR)]] = True
    alone = is_one_bill.to_numpy()
    if not alone.any() or not _is_yearly(header, alone, money, area, log):
        return usual
    return np.where(alone, YEAR, usual)


def spread(entries: pd.DataFrame, covered: pd.Series, last: int) -> pd.DataFrame:
    """The entries with each amount shared among the months that it covers, up to the last one of the sheet.

    entries : series, month, row, value; covered : months, by row of the sheet
    """
    times = covered.loc[entries["row"]].to_numpy()
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    longer = entries.loc[entries.index.repeat(times)]
    longer = longer.assign(month=longer["month"] + step, value=longer["value"] / np.repeat(times, times))
    return longer[longer["month"] <= last].reset_index(drop=True)


def _said(money: Column, area: Area) -> tuple[str, np.ndarray] | None:
    """The first column of items in which rows with an amount speak of a year, and these rows."""
    if any(says(money.header, AMOUNT_PERIODS[kind]) for kind in ("month", "year")):
        return None
    for header in area.headers:
        if header != money.header and (ITEMS.search(plain(header)) or HEADS.search(plain(header))):
            rows = _saying(area.body[header], lambda word: YEARLY.search(word) is not None)
            rows &= money.values.notna().to_numpy()
            if rows.any():
                return header, rows
    return None


def _saying(cells: pd.Series, claim: Callable[[str], bool]) -> np.ndarray:
    uniques = Uniques.of(cells)
    said = [isinstance(value, str) and len(value) <= LONGEST and claim(plain(value)) for value in uniques.values]
    return uniques.spread(np.array(said, dtype=bool), False)


def _is_yearly(header: str, rows: np.ndarray, money: Column, area: Area, log: Log) -> bool:
    """Whether the amounts of these rows are for a year, as the user says; likely, unless they are no more than those
    of the other rows."""
    cells = area.body[header][rows]
    paid, others = (money.values.to_numpy(dtype=float)[chosen] for chosen in (rows, ~rows))
    others = others[np.isfinite(others) & (others > 0)]
    assumed = "year" if not len(others) or np.nanmedian(paid) >= AS_MUCH * np.median(others) else "month"
    words = [_("'{word}'", word=word) for word in dict.fromkeys(map(shown, cells))][:SHOWN_WORDS]
    text = _("Rows that say {words} in column '{column}': {count} (row {rows}). What does their amount cover?",
             words=words, column=header, count=len(cells), rows=first_rows(cells.index.to_numpy()))
    return log.ask(TOPIC, header, text, {kind: AMOUNT_IS[kind] for kind in ("year", "month")}, assumed) == "year"
