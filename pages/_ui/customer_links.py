"""The way from a customer's name to its page, without leaving the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cs_kpi.locale.formats import NO_VALUE
from pages._ui.words import _, plain, say

CUSTOMER_PAGE = "pages/customer.py"
GOING = "going-to-customer"
ID = "id"
MOST_COLOURED = 500
"""Rows of which each cell is given its colour in some thirty milliseconds."""


def name_column(ids: Sequence[str], key: str, *, is_coloured: bool) -> Any:
    """A column of names, each of which opens the page of its customer.

    ids : of the rows, in their order; is_coloured : whether `as_links` colours them, else a border says that they can
    be clicked
    """
    clicked = f"{key}-open"
    return st.column_config.ButtonColumn(type="tertiary" if is_coloured else "secondary", alignment="left",
                                         key=clicked, on_click=_go, args=(clicked, ids),
                                         help=say(_("A click on a name opens the customer.")))


def as_links(frame: Any, columns: Sequence[str]) -> Any:
    """The frame with these columns in the colour of links; a long one as it is."""
    if not columns or len(frame) > MOST_COLOURED:
        return frame
    theme = "dark" if st.context.theme.type == "dark" else "light"
    colour = st.get_option(f"theme.{theme}.linkColor")
    styled = frame.reset_index(drop=True).style  # hidden in the table, and of a kind that styles ask for
    return styled.set_properties(subset=list(columns), color=colour).format(na_rep=NO_VALUE)


def _go(key: str, ids: Sequence[str]) -> None:
    """A callback cannot switch the page: what runs next does."""
    if clicked := st.session_state.get(key):
        st.session_state[GOING] = ids[clicked.row]


def follow() -> None:
    """Go to the customer whose name was clicked, if any was."""
    if (id := st.session_state.pop(GOING, None)) is not None:
        st.switch_page(CUSTOMER_PAGE, query_params={ID: id})


def customer_link(id: str, name: str) -> None:
    """A name outside tables that leads to the page of its customer."""
    st.page_link(CUSTOMER_PAGE, label=plain(name), query_params={ID: id}, icon=":material/badge:")
