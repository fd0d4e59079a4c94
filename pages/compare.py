"""Compare definitions: why a KPI does not match another tool's. Two definitions, or its figures against all of them."""

from __future__ import annotations

import streamlit as st

from pages._ui.compared import compared_kpi, two_definitions
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.outside import outside_figures
from pages._ui.view import pickers
from pages._ui.words import _, say

header(_("Compare definitions"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    kpi = compared_kpi(book)
    if kpi is None:
        st.info(say(_("No KPI can be computed from this data yet. Load more tables on the data page.")))
        st.stop()
    definitions, figures = st.tabs([say(_("Two definitions")), say(_("Figures of another tool"))])
    with definitions:
        two_definitions(book, view, kpi)
    with figures, errors_in_words():
        outside_figures(book, view, kpi)
