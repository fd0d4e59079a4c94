"""Hidden sheets: listed, off until the user wants one, which takes one click."""

from __future__ import annotations

import streamlit as st

from cs_kpi.tables import TABLES
from pages._ui.guards import told
from pages._ui.loading import LoadedSheet, sheet_of
from pages._ui.saved import in_force, save_mapping
from pages._ui.sheets import sheet_title
from pages._ui.words import _, plain, say


def is_off_as_hidden(one: LoadedSheet) -> bool:
    """Whether a sheet does not count because its workbook hides it, and not because the user switched it off."""
    return not one.mapping.is_used and not one.is_corrected and sheet_of(one).is_hidden


def hidden_sheets(found: list[LoadedSheet]) -> None:
    """A line with a button for every hidden sheet on which there is a table."""
    for one in found:
        if one.mapping.tables and is_off_as_hidden(one):
            tables = [TABLES[name].label for name in one.mapping.tables]
            said = _("The hidden sheet {sheet} holds {tables}. It does not count until you use it.",
                     sheet=sheet_title(one), tables=tables)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":material/visibility_off: {plain(said)}", width="stretch")
                st.button(say(_("Use it")), key=f"use-hidden-{one.key}", on_click=_use, args=(one,))


@told
def _use(one: LoadedSheet) -> None:
    save_mapping(one, in_force(one).model_copy(update={"is_used": True}))
