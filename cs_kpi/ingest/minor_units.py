"""Amounts as interfaces of products give them: whole numbers of cents, of which their headers say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.known_exports import CENTS, WITHOUT_CENTS
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.locale import Message, _

PATH = re.compile(r"(?:^|[._ ])unit[._ ]amount$|\b(?:plan|price|unit_price|recurring)\.amount$")
"""Where the interfaces of Stripe and Paddle have their amounts: unit_amount, plan.amount, unit_price.amount."""
LEAST = 100
"""Smaller numbers are no prices in cents."""
MEANINGS: dict[str, Message] = {"cents": _("cents: 1000 is 10.00"), "whole": _("whole units: 1000 is 1,000.00")}


def divided(columns: Mapping[str, Column], log: Log) -> dict[str, Column]:
    """The columns of contracts with amounts of such a header in units of their currency, which is asked; numbers with
    decimals, small ones and currencies without cents stay as they are."""
    money = columns.get("amount")
    if money is None or not PATH.search(nfkc(money.header).casefold()):
        return dict(columns)
    filled = money.values.dropna()
    paid = filled[filled != 0].abs()
    codes = columns["currency"].values.isin(WITHOUT_CENTS) if "currency" in columns else filled.isna()
    if not len(paid) or (paid % 1 != 0).any() or (paid < LEAST).any() or codes.any():
        return dict(columns)
    answer = log.ask("minor_units", money.header, _(
        "Column '{column}' is called as products call amounts in cents, and has whole numbers only. What are its "
        "numbers?", column=money.header), MEANINGS, "cents")
    return {**columns, "amount": replace(money, values=money.values / CENTS)} if answer == "cents" else dict(columns)
