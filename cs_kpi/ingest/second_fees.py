"""The fee in two currencies side by side, 月額(USD) and 月額(円): which one counts is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column, column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

TOPIC, EACH, AT = "which_fee", "each", "at:"
MRR = Place("subscriptions", "mrr")
FEW = 0.1
"""Where no more rows than these have both, each row has the fee of its own currency."""
MOSTLY = 0.8

Columns = Mapping[str, Column]


def chosen(columns: Columns, area: Area, out: np.ndarray, log: Log) -> dict[str, Column]:
    """The columns of contracts with the fee in the currency that the user names, of two that stand side by side.

    out : rows that are not read, and have no say
    """
    fee = columns.get("mrr")
    other = _other(fee.header, area, {item.header for item in columns.values()}) if fee is not None else None
    if fee is None or other is None or "currency" in columns:
        return dict(columns)
    beside = column(area, other, "subscriptions", TABLES["subscriptions"].by_name["mrr"], log)
    has = [item.values.notna().to_numpy() & ~out for item in (fee, beside)]
    options: dict[str, Message] = {f"{AT}{item.header}": _("column '{column}'", column=item.header)
                                   for item in (fee, beside)}
    options[EACH] = _("in each row the one that is filled, '{column}' first", column=fee.header)
    is_apart = has[0].any() and has[1].any() and (has[0] & has[1]).sum() <= FEW * (has[0] | has[1]).sum()
    answer = log.ask(TOPIC, fee.header, _(
        "Columns '{column}' and '{other}' hold the monthly fee in different currencies. Which one counts?",
        column=fee.header, other=other), options, EACH if is_apart else _likelier(fee, beside, area))
    if answer == EACH:
        return {**columns, **_each(fee, beside, area)}
    return {**columns, "mrr": fee if answer == f"{AT}{fee.header}" else beside}


def _other(header: str, area: Area, taken: set[str]) -> str | None:
    own = area.units[header].currency
    return next((other for other in area.headers if own and other not in taken
                 and area.units[other].currency not in ("", own) and places(other).get(MRR, 0.0) >= SURE
                 and is_unit_price(other) == is_unit_price(header) and looks(area.body[other]).numbers >= MOSTLY), None)


def _likelier(fee: Column, beside: Column, area: Area) -> str:
    """The fuller one; of two alike that in yen under Japanese headers."""
    filled = [int(item.values.notna().sum()) for item in (fee, beside)]
    is_yen = [area.units[item.header].currency == "JPY" and not item.header.isascii() for item in (fee, beside)]
    return f"{AT}{beside.header if (filled[1], is_yen[1]) > (filled[0], is_yen[0]) else fee.header}"


def _each(fee: Column, beside: Column, area: Area) -> dict[str, Column]:
    """The fee that each row has, and its currency."""
    is_own = fee.values.notna()
    codes = np.where(is_own, area.units[fee.header].currency, area.units[beside.header].currency)
    money = replace(fee, values=fee.values.fillna(beside.values), cells=fee.cells.where(is_own, beside.cells))
    currency = replace(fee, values=pd.Series(codes, index=fee.values.index, dtype="str"),
                       unreadable=np.zeros(len(codes), dtype=bool))
    return {"mrr": money, "currency": currency}
