"""Lists of customers as a reader sees them: columns named and ordered, names hidden where the team wants it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.locale.names import unique
from cs_kpi.settings import MoneyUnit
from cs_kpi.tables import CUSTOMERS, SUBSCRIPTIONS, Table

NAMING = ("customer_id", "customer_name")
MONEY = frozenset({"mrr", "mrr_lost", "at_stake"})
SHORT = {"mrr": "MRR"}
"""Heads of narrow columns: in a list nobody needs the term written out."""


def customer_table(book: Book, frame: pd.DataFrame, labels: Mapping[str, Message], language: Language,
                   hides_names: bool = False, money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """The columns of `frame` that have a name: id and name first, then `labels` in their order, then owner and MRR.

    labels : column -> its name; declared fields of customers and contracts may be left to their own labels
    Two labels that are alike in a language are told apart by a number: a table shows every head once.
    Where names are hidden, ids go, and each customer has a number instead of its name, the same in every list.
    """
    wanted = [*NAMING, *labels, "owner", "mrr"]
    kept = [column for column in dict.fromkeys(wanted) if column in frame]
    shown = frame[kept]
    if hides_names:
        numbers = [hidden_name(code).text(language) for code in book.codes(frame["customer_id"])]
        shown = shown.assign(customer_name=numbers).drop(columns="customer_id")
    heads = {}
    for column in shown.columns:
        heads[column] = SHORT.get(column) or (labels.get(column) or _declared(column)).text(language)
        if column in MONEY and money_unit != "one":
            shown = shown.assign(**{column: shown[column] / MONEY_SCALE[money_unit]})
            heads[column] += f" ({money_suffix(language, book.currency, money_unit).strip()})"
        if shown[column].dtype.kind == "M":
            shown = shown.assign(**{column: shown[column].dt.date})
    return shown.set_axis(unique(list(heads.values())), axis=1)


def hidden_name(code: int) -> Message:
    """What a customer is called where names are hidden, the same in every list."""
    return _("Customer {number}", number=f"{code + 1:04d}")


def _declared(column: str) -> Message:
    tables: tuple[Table, ...] = (CUSTOMERS, SUBSCRIPTIONS)
    return next(table.by_name[column].label for table in tables if column in table.by_name)
