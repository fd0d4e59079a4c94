"""Prices of one unit beside the number of units: 月額単価 x 数量 is what is paid, which is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.ingest import unreadable
from cs_kpi.ingest.columns import NOT_A_NUMBER, Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.locale import Message, _

PAID: dict[str, Message] = {"times": _("the price times the number"), "alone": _("the price alone")}
NUMBERS = re.compile(r"(?:契約|導入|利用|購入|注文|登録)?(?:数量|個数|口数|台数|席数|本数|id数"
                     r"|ライセンス数|ユーザー?数|アカウント数|人数"
                     r"|拠点数|店舗数|端末数|シート数)|(?:no of |number of |contracted |licensed )?"
                     r"(?:quantity|qty|units?|seats?|licen[cs]es?|users?|devices?)(?: count)?")
FIRST = frozenset(("数量", "quantity", "qty"))
MOSTLY = 0.5

Columns = Mapping[str, Column]


def multiplied(columns: Columns, area: Area, out: np.ndarray, log: Log) -> tuple[dict[str, Column], np.ndarray]:
    """The columns of contracts with what is paid instead of the price of one unit, where the user does not say
    otherwise; and the rows whose number of units cannot be read.

    out : rows that are not read, and have no say
    """
    result, wrong = dict(columns), np.zeros(len(out), dtype=bool)
    field = "mrr" if "mrr" in columns else "amount"
    price = columns.get(field)
    is_of_one = price is not None and is_unit_price(price.header) and not log.are_multiplied
    header = numbers(area, columns) if is_of_one else None
    if price is None or header is None:
        return result, wrong
    cells = area.body[header]
    read = amounts(cells)
    if not (read.values[~out & np.isfinite(read.values)] != 1).any():
        return result, wrong
    answer = log.ask("unit_price", price.header, _(
        "Column '{column}' holds prices of one unit, and column '{number}' how many there are. What does a customer "
        "pay?", column=price.header, number=header), PAID, "times")
    if answer == "alone":
        return result, wrong
    log.questions.pop(f"{unreadable.TOPIC}:{header}", None)  # the amount hangs on it: there is nothing to ask
    wrong = read.unreadable & ~out
    log.refuse(cells, wrong, header, NOT_A_NUMBER)
    blank = np.isnan(read.values) & ~read.unreadable & ~out
    if blank.any():
        log.note(_("Rows without a number in column '{column}' are read as one unit: {count} (row {rows}).",
                   column=header, count=int(blank.sum()), rows=first_rows(cells.index[blank].to_numpy())))
    times = pd.Series(np.where(np.isnan(read.values), 1.0, read.values), index=cells.index)
    result[field] = replace(price, values=price.values * times)
    return result, wrong


def numbers(area: Area, columns: Columns) -> str | None:
    """The column that says how many units: one that is called number and no more, then that of the seats."""
    taken = {item.header for field, item in columns.items() if field != "seats"}
    found = [header for header in area.headers if header not in taken
             and NUMBERS.fullmatch(plain(header)) and _are_numbers(area.body[header])]
    seats = [columns["seats"].header] if "seats" in columns else []
    return next(iter([*_first(found), *seats, *found]), None)


def _first(headers: Iterable[str]) -> list[str]:
    return [header for header in headers if plain(nfkc(header)) in FIRST]


def _are_numbers(cells: pd.Series) -> bool:
    read = amounts(cells.dropna().head(300))
    return len(read.values) > 0 and bool(np.isfinite(read.values).mean() >= MOSTLY)
