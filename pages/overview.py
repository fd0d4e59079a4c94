"""Overview: every KPI of the picked period and segment as a card that opens its passport."""

from __future__ import annotations

import streamlit as st

from pages._ui.cards import kpi_cards
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.segments import segments_compared
from pages._ui.view import pickers
from pages._ui.words import _, say

header(_("Overview"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    with_intervals = st.toggle(say(_("Show 95% intervals")), key="intervals", persist_state="session")
    kpi_cards(book, view.period, view.segment, with_intervals)
    if book.is_snapshot:
        segments_compared(book, view.period, ["customer_churn_rate", "gross_revenue_churn_rate", "churned_customers"],
                          view.segment.field if view.segment else "")
