"""Customers by name in tables, or hidden everywhere by one switch."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.formula import terms, words
from cs_kpi.kpi.registry import Kpi
from pages._ui.words import _, say
from pages._ui.work import language, preferences


def customer_columns(book: Book, frame: Any, kpi: Kpi) -> tuple[Any, dict[str, Any]]:
    """The customers behind a KPI with columns named for the reader, and how streamlit is to show them."""
    named = {"customer_id": say(_("Customer ID")), "customer_name": say(_("Customer name")),
             "numerator": _heading(kpi.numerator)}
    if kpi.denominator:
        named["denominator"] = _heading(kpi.denominator)
        if named["denominator"] == named["numerator"]:
            named["denominator"] += f" ({say(_('Denominator'))})"
    kept = frame if not preferences().hides_names else frame.assign(customer_name=hidden(book, frame))
    if preferences().hides_names:
        named.pop("customer_id")
    numbers = {named[part]: st.column_config.NumberColumn(format="localized") for part in ("numerator", "denominator")
               if part in named}
    return kept[[*named]].rename(columns=named), numbers


def hidden(book: Book, frame: Any) -> list[str]:
    """A number for each customer in the place of its name, the same everywhere."""
    return [say(_("Customer {number}", number=f"{code + 1:04d}")) for code in book.codes(frame["customer_id"])]


def _heading(expression: str) -> str:
    unit = say(_("customers")) if terms(expression)[0].measure.unit == "count" else ""
    text = words(expression, language())
    return text[:1].upper() + text[1:] if not unit else text
