"""The section of a customer's page on use: by month, by feature, by user."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.customer import used
from cs_kpi.customer.use import CHANGE, By, monthly_uses, use_table
from cs_kpi.locale import Message
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.people import DATES
from pages._ui.words import _, say
from pages._ui.work import language, preferences

TITLES: dict[By, Message] = {"feature": _("By feature"), "user": _("By user")}


def use_section(book: Book, code: int, name: str) -> None:
    found = monthly_uses(book, code)
    if found is None:
        st.caption(say(_("No use by this customer is recorded.") if book.has("usage.date") else _(
            "Use takes the table 'Usage', which is not in the data.")))
        return
    show(used(book, found, name, language()))
    for by, title in TITLES.items():
        frame = use_table(book, code, by, language(), preferences().hides_names)
        if frame.empty:
            continue
        st.subheader(say(title), anchor=False)
        numbers = {head: st.column_config.NumberColumn(format="localized") for head in frame.columns
                   if frame[head].dtype.kind in "iuf"}
        last = {frame.columns[-1]: st.column_config.DateColumn(format=DATES[language()])}
        table(frame, f"use-{by}", f"customer-use-{by}", numbers | last, search=len(frame) > 10, hint=title,
              shares=[say(CHANGE)])
