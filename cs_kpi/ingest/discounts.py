"""What an amount is less its discount: a share, a percentage or an amount of money, row by row."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.naming.vocabulary import names
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.locale import Message, _

SHARE_WORDS = ("率", "%", "％", "rate", "percent", "pct", "percentage")
NET_WORDS = ("mrr", "月次経常収益", "割引後", "値引後", "net")
KINDS: dict[str, Message] = {"share": _("a share of the amount"), "percent": _("a percentage of the amount"),
                             "amount": _("an amount of money")}
MOSTLY, LOOKED_AT, ROUNDED = 0.8, 300, 1e-4
SMALLEST_LARGE = 1000.0
"""From amounts like this on, a discount of less than 100 is no money: they are not reckoned in coins."""


def not_yet_taken(columns: Mapping[str, Column], area: Area, out: np.ndarray, log: Log) -> dict[str, Column]:
    """The columns of contracts without their discount, where another column (定価, list price) less the discount is
    what the fee already says.

    out : rows that are not read, and have no say
    """
    fee, off = columns.get("mrr") or columns["amount"], columns.get("discount")
    taken = {one.header for one in columns.values()}
    list_price = None if off is None else _list_price(fee, off, area, out, taken)
    if off is None or list_price is None:
        return dict(columns)
    log.note(_("Column '{column}' is not taken off column '{amount}', which is already column '{price}' less the "
               "discount.", column=off.header, amount=fee.header, price=list_price))
    return {field: item for field, item in columns.items() if field != "discount"}


def _list_price(fee: Column, off: Column, area: Area, out: np.ndarray, taken: set[str]) -> str | None:
    """The column that less the discount gives the fee in every row that has one."""
    paid, discount = fee.values.to_numpy(dtype=float), off.values.abs().to_numpy(dtype=float)
    rows = (discount > 0) & np.isfinite(paid) & (paid != 0) & ~out
    if not rows.any():
        return None
    for header in area.headers:
        if header in taken or looks(area.body[header].head(LOOKED_AT)).numbers < MOSTLY:
            continue
        price = amounts(area.body[header]).values[rows] * area.units[header].multiplier
        left = (price * (1 - discount[rows]), price * (1 - discount[rows] / 100), price - discount[rows])
        if any(np.isclose(one, paid[rows], rtol=ROUNDED, atol=1).all() for one in left):
            return header
    return None


def discounted(amount: pd.Series, column: Column | None, header: str, log: Log) -> pd.Series:
    """The amount of column `header` less the discount of its row; a cell with a percent sign says itself what it is."""
    if column is None or not column.values.notna().any():
        return amount
    if names(header, NET_WORDS):
        log.note(_("Column '{column}' is not taken off column '{amount}', which is net already.", column=column.header,
                   amount=header))
        return amount
    discount = column.values.abs().fillna(0.0)
    is_percent = column.amounts.is_percent if column.amounts else np.zeros(len(discount), dtype=bool)
    kinds = _kinds(column, discount, is_percent, amount, log)
    share = np.where(kinds == "percent", discount / 100, discount)
    return amount - np.where(kinds == "amount", discount, amount * share)


def _kinds(column: Column, discount: pd.Series, is_percent: np.ndarray, amount: pd.Series, log: Log) -> np.ndarray:
    """share, percent or amount per row; what is said of the column."""
    plain = ~is_percent & (discount > 0).to_numpy()
    kind = _kind(column, discount[plain], bool(is_percent.any()), amount, log)
    kinds = np.where(is_percent, "share", kind)
    if plain.any() or not is_percent.any():
        log.note(_("The discount in column '{column}' is taken off as {meaning}.", column=column.header,
                   meaning=KINDS[kind]))
    if is_percent.any() and (kind == "amount" or not plain.any()):
        log.note(_("Cells of column '{column}' with a percent sign are taken off as a percentage of the amount: "
                   "{count}.", column=column.header, count=int(is_percent.sum())))
    small = plain & (discount < 1).to_numpy()
    if kind == "share" or not small.any() or (kind == "percent" and "%" in column.header.replace("％", "%")):
        return kinds
    return np.where(small, _of_small(column, discount, small, kind, log), kinds)


def _of_small(column: Column, discount: pd.Series, small: np.ndarray, kind: str, log: Log) -> str:
    """What 0.1 is in a column of other discounts."""
    example, larger = float(discount[small].iloc[0]), float(discount.max())
    options = {"share": _("{percent} percent of the amount", percent=round(example * 100, 6)), kind: KINDS[kind]}
    taken = log.ask("small_discount", column.header, _(
        "Column '{column}' has discounts below 1, such as {example}, beside {larger}: {count} (row {rows}). What are "
        "they?", column=column.header, example=example, larger=larger, count=int(small.sum()),
        rows=first_rows(discount.index[small].to_numpy())), options, "share")
    return taken


def _kind(column: Column, discount: pd.Series, has_percent: bool, amount: pd.Series, log: Log) -> str:
    """What discounts without a percent sign are; asked where they may be percentages as well as small amounts."""
    highest = float(discount.max()) if len(discount) else 0.0
    if highest <= 1:
        return "share"
    says_share = any(word in column.header.casefold() for word in SHARE_WORDS)
    if highest > 100 or (highest == 100 and not says_share):
        return "amount"
    usual = float(amount[amount > 0].median()) if (amount > 0).any() else 0.0
    if says_share or usual >= SMALLEST_LARGE:
        return "percent"
    return log.ask("discount_is", column.header, _(
        "Column '{column}' has discounts up to {highest}. What are they?", column=column.header, highest=highest),
        {"percent": KINDS["percent"], "amount": KINDS["amount"]}, "amount" if has_percent else "percent")
