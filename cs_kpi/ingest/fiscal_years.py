"""Fiscal year and month in columns of their own (年度 and 月): the month that they make, and where the year begins."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from cs_kpi.ingest.log import Log
from cs_kpi.ingest.month_years import APRIL, year_label
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.date_styles import MONTHS
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import Message, _

FISCAL = frozenset(("年度", "会計年度", "事業年度", "請求年度", "計上年度", "売上年度", "対象年度", "利用年度",
                    "fiscal year", "financial year", "fy"))
TOPIC = "fiscal_start"
JANUARY = 1
MONTH = re.compile(r"(\d{1,2})(?:\.0)?(?:月(?:分|度)?)?")
EACH = range(1, 13)


def months(cells: pd.DataFrame, first: int | None = None) -> pd.Series:
    """The month of each row as text (2025年1月), None where the cells are no fiscal year and month.

    cells : the year and the month; first : the first month of the fiscal year, by default as `first_month` tells
    """
    year, month = _read(cells)
    first = first or first_month(cells)[0]
    return pd.Series([f"{int(one + (number < first))}年{int(number)}月" if one and number else None
                      for one, number in zip(year, month, strict=True)], index=cells.index, dtype=object)


def first_month(cells: pd.DataFrame, customers: pd.Series | None = None) -> tuple[int, bool]:
    """The month with which the fiscal years likely begin, and whether the order of the rows proves it: where December
    goes on to January in one year of one customer, the year begins with the only month to which none goes on."""
    year, month = _read(cells)
    who = np.zeros(len(year)) if customers is None else pd.factorize(customers)[0]
    goes_on = (year[1:] == year[:-1]) & (year[1:] > 0) & (month[1:] == month[:-1] % 12 + 1) & (who[1:] == who[:-1])
    reached = set(month[1:][goes_on].tolist())
    usual = JANUARY if str(cells.columns[0]).isascii() else APRIL
    if JANUARY not in reached:
        return usual, False
    free = [one for one in EACH if one not in reached]
    return (usual if usual in free or not free else free[0]), len(free) == 1


def asked(body: pd.DataFrame, mapping: SheetMapping, parts: tuple[str, str, str] | None, log: Log) -> pd.DataFrame:
    """The rows with the months of fiscal years as the user says that these begin, where the mapping uses them.

    parts : the headers of year, month, and the column that they make
    """
    key = next((header for place, header in mapping.columns.items() if place.endswith(".customer_id")), None)
    if parts is None or key is None or parts[2] not in mapping.columns.values():
        return body
    cells = body[[*parts[:2]]]
    first, is_proven = first_month(cells, body[key])
    if is_proven:
        log.note(_("The years of column '{column}' begin in month {month}, as the order of its rows shows.",
                   column=parts[0], month=first))
    else:
        first = _asked(parts[0], first, log)
    return body if first == first_month(cells)[0] else body.assign(**{parts[2]: months(cells, first)})


def _asked(column: str, likely: int, log: Log) -> int:
    options = {str(month): Message(str(month)) for month in EACH}
    text = _("In which month do the fiscal years of column '{column}' begin? January to the month before it are read "
             "as those of the next calendar year.", column=column)
    return int(log.ask(TOPIC, column, text, options, str(likely)))


def _read(cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Year and month of each row; 0 where a cell is none."""
    found = []
    for place, read in enumerate((_year, _month)):
        codes, values = pd.factorize(cells.iloc[:, place].map(shown), use_na_sentinel=False)
        found.append(np.array([read(str(value)) for value in values], dtype=np.int64)[codes])
    return found[0], found[1]


def _year(text: str) -> int:
    word = nfkc(text).casefold().removesuffix(".0")
    label = year_label(word if "年" in word or word.startswith("fy") else f"{word}年度") if word else None
    return label.year if label else 0


def _month(text: str) -> int:
    word = nfkc(text).casefold()
    found = MONTH.fullmatch(word)
    number = int(found[1]) if found else MONTHS.get(word.rstrip("."), 0)
    return number if number in EACH else 0
