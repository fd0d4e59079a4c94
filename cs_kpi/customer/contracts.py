"""The contract rows of one customer as a table to read, with where each stands in the files."""

from __future__ import annotations

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.customer.rows import Rows
from cs_kpi.customer.timeline import source
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.names import unique
from cs_kpi.tables import SUBSCRIPTIONS, VALUE_LABELS

FIRST = ("start_date", "end_date", "term_end", "mrr")
LEFT_OUT = ("customer_id", "amount", "billing_interval")
CHARGE_LABELS: dict[str, Message] = {
    "recurring": _("Recurring"), "variable": _("Variable"), "one-time": _("One-time"), "trial": _("Trial")}


def contract_table(book: Book, code: int, language: Language) -> pd.DataFrame:
    """The rows of a customer, the latest start first: dates, MRR in the sheet's currency, then what else is known.

    Columns that say nothing of this customer are left out.
    """
    rows = book.once(Rows).of("subscriptions", code)
    if rows.empty:
        return pd.DataFrame()
    if "start_date" in rows:
        rows = rows.sort_values("start_date", ascending=False, kind="stable")
    declared = [name for name in (*FIRST, *(field.name for field in SUBSCRIPTIONS.fields))
                if name in rows and name not in LEFT_OUT]
    others = [str(name) for name in rows if not str(name).startswith("_") and name not in SUBSCRIPTIONS.by_name]
    kept = [name for name in dict.fromkeys((*declared, *others)) if rows[name].notna().any()]
    columns: dict[str, pd.Series] = {name: _cells(rows[name], name, language) for name in kept}
    heads = ["MRR" if name == "mrr" else SUBSCRIPTIONS.by_name[name].label.text(language)
             if name in SUBSCRIPTIONS.by_name else name for name in kept]
    found = pd.DataFrame(columns).reset_index(drop=True).set_axis(unique(heads), axis=1)
    if "_row" in rows:
        found[_("Source").text(language)] = [
            source(str(row.get("_file", "")), str(row.get("_sheet", "")), int(row["_row"]), language)
            for row in rows.to_dict("records")]
    return found


def _cells(values: pd.Series, name: str, language: Language) -> pd.Series:
    words = CHARGE_LABELS if name == "charge_kind" else VALUE_LABELS.get(name, {})
    if words:
        return values.map(lambda one: words[str(one)].text(language) if str(one) in words else one).astype(object)
    return values.dt.date if values.dtype.kind == "M" else values
