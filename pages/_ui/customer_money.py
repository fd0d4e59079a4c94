"""The section of a customer's page on money: MRR over time with its movements, and the contract rows."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.customer import paid
from cs_kpi.customer.contracts import contract_table
from cs_kpi.customer.money import steps
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.people import DATES
from pages._ui.words import _, say
from pages._ui.work import language, preferences


def money_section(book: Book, code: int, name: str) -> None:
    found = [] if book.is_snapshot else steps(book, code)
    if found:
        show(paid(book, found, name, language(), preferences().money_unit))
    elif book.is_snapshot:
        st.caption(say(_("MRR over time takes contracts with dates, which this list does not have.")))
    frame = contract_table(book, code, language())
    if frame.empty:
        st.caption(say(_("No contract of this customer is in the data.")))
        return
    st.subheader(say(_("Contract rows: {n}", n=len(frame))), anchor=False)
    st.caption(say(_("As the sheets have them, with MRR in the sheet's own currency.")))
    columns = {head: st.column_config.NumberColumn(format="localized") for head in frame.columns
               if frame[head].dtype.kind in "iuf"}
    dates = (say(_("Start date")), say(_("End date")), say(_("Term end")))
    columns |= {head: st.column_config.DateColumn(format=DATES[language()]) for head in frame.columns if head in dates}
    table(frame, "contracts", "customer-contracts", columns)
