"""The customers on whom two conventions differ, as a table to read."""

from __future__ import annotations

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.kpi.compare import SIDES, Difference
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.formula import terms
from cs_kpi.kpi.registry import declared
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.settings import MoneyUnit

SIDE_LABELS: dict[str, Message] = {
    "numerator": _("Numerator"), "denominator": _("Denominator"), "over_numerator": _("Numerator of the churn"),
    "over_denominator": _("Denominator of the churn")}


def listed_difference(book: Book, found: Difference, language: Language, hides_names: bool = False,
                      money_unit: MoneyUnit = "one") -> pd.DataFrame:
    """What each of two conventions counts of every customer on whom they differ, columns named for the reader; a side
    that both count alike is left out."""
    rows = found.customers
    names = rows["customer_name"]
    columns: dict[str, object] = {_("Customer ID").text(language): rows["customer_id"]}
    if hides_names:
        columns = {}
        names = [_("Customer {number}", number=f"{code + 1:04d}").text(language)
                 for code in book.codes(rows["customer_id"])]
    columns[_("Customer name").text(language)] = names
    for side in SIDES:
        if {f"{side}_one", f"{side}_other"} <= set(rows) and (rows[f"{side}_one"] == rows[f"{side}_other"]).all():
            continue
        for suffix, reading in (("one", found.one), ("other", found.other)):
            formula = declared(reading.kpi, reading.convention).sides.get(side)
            if formula and f"{side}_{suffix}" in rows:
                head = _("{side}: {convention}", side=SIDE_LABELS[side], convention=CONVENTIONS[reading.convention])
                is_money = terms(formula)[0].measure.unit == "money" and money_unit != "one"
                unit = f" ({money_suffix(language, book.currency, money_unit).strip()})" if is_money else ""
                columns[head.text(language) + unit] = rows[f"{side}_{suffix}"] / (
                    MONEY_SCALE[money_unit] if is_money else 1)
    return pd.DataFrame(columns)
