"""What the fields of a sheet's tables mean, beside the choice of fields."""

from __future__ import annotations

import streamlit as st

from cs_kpi.locale import shown
from cs_kpi.meanings import descriptions
from cs_kpi.tables import TABLES
from pages._ui.frames import csv_button
from pages._ui.loading import LoadedSheet
from pages._ui.words import _, say
from pages._ui.work import language


def field_meanings(one: LoadedSheet) -> None:
    """A folded table: every field of the tables that the sheet feeds, of all tables where it feeds none."""
    tables = [TABLES[name] for name in one.mapping.tables] or list(TABLES.values())
    with st.expander(say(_("What the fields mean")), icon=":material/menu_book:", key=f"meanings-{one.key}"):
        rows = [row for table in tables for row in descriptions(table, language())]
        columns = {header: [shown(row[header], language()) for row in rows] for header in rows[0]}
        st.dataframe(columns, hide_index=True, key=f"meanings-table-{one.key}")
        csv_button(columns, "fields", f"meanings-{one.key}")
