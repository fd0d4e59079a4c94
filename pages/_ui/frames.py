"""Tables: searchable, sortable, downloadable as they are shown; never an index column, never a raw field name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from cs_kpi.export.tables import csv_bytes, frame_of, matching, xlsx_bytes
from cs_kpi.locale import Message
from cs_kpi.locale.formats import NO_VALUE, Unit
from cs_kpi.tables import CUSTOMERS
from pages._ui.customer_links import MOST_COLOURED, as_links, follow, name_column
from pages._ui.words import _, plain, say

CSV = "text/csv"
SENTENCE_HEIGHT = 68
"""px; streamlit wraps text in rows higher than 64 alone."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


NAME_OR_ID = _("Name or ID")
PERCENT = "%.1f%%"
"""Of shares that were multiplied by a hundred: Streamlit's own percent shows two decimals or none."""


FORMATS: dict[Unit, str] = {"share": PERCENT, "ratio": "%.2f", "points": "%.0f", "months": "%.1f", "minutes": "%.1f"}


def number_column(unit: Unit | None) -> Any:
    """How a column of numbers is shown; of shares after `in_percent`."""
    return st.column_config.NumberColumn(format=FORMATS.get(unit, "localized") if unit else "localized")


def in_percent(frame: Any, heads: Iterable[str]) -> Any:
    """The frame with these columns of shares as numbers of percent, to be shown with PERCENT."""
    return frame.assign(**{head: frame[head].astype(float) * 100 for head in heads if head in frame})


def table(frame: Any, name: str, key: str, columns: Mapping[str, Any] | None = None, search: bool = False,
          wraps: bool = False, shares: Collection[str] = (), customers: Sequence[str] | None = None,
          hint: Message = NAME_OR_ID) -> None:
    """Show a frame whose columns are already named for the reader, with its downloads.

    name : of the downloaded file, without its ending
    columns : streamlit column configuration by column
    search : offer a field that keeps the rows in which any text contains what is typed
    wraps : rows are high enough for a sentence
    shares : columns to show as percent; files have them as they are
    customers : the ids behind the rows, in their order; a click on a name then opens the customer's page. Where a
        column shows them, they need not be given
    hint : what can be searched for
    """
    shown = frame
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if search:
            sought = st.text_input(say(_("Search")), key=f"{key}-search", icon=":material/search:",
                                   placeholder=say(hint))
            shown = matching(frame, sought)
        downloads(shown, name, key)
    config = dict(columns or {}) | {head: st.column_config.NumberColumn(format=PERCENT) for head in shares}
    names = _names(frame, shown, key, customers)
    config |= names
    st.dataframe(as_links(in_percent(shown, shares), list(names)), hide_index=True, column_config=config,
                 key=f"{key}-table", placeholder=NO_VALUE, row_height=SENTENCE_HEIGHT if wraps else None)


def _names(frame: Any, shown: Any, key: str, customers: Sequence[str] | None) -> dict[str, Any]:
    """The column of customers' names as one to click, where there is one and it is known whose they are."""
    follow()
    name, id = (say(CUSTOMERS.by_name[field].label) for field in ("customer_name", "customer_id"))
    ids = customers if customers is not None else frame[id].tolist() if id in frame else None
    if ids is None or name not in frame:
        return {}
    places = frame.index.get_indexer(shown.index)
    return {name: name_column([str(ids[place]) for place in places], key, is_coloured=len(shown) <= MOST_COLOURED)}


def words_table(columns: Mapping[str, Sequence[str]], name: str, key: str) -> None:
    """A short table of finished words, all of it in view, with its csv."""
    st.table({plain(head): [plain(cell) for cell in cells] for head, cells in columns.items()}, border="horizontal")
    csv_button(columns, name, key)


def csv_button(columns: Mapping[str, Sequence[object]], name: str, key: str) -> None:
    """The csv of a table that is shown from columns."""
    st.download_button("CSV", lambda: csv_bytes(frame_of(columns)), f"{name}.csv", CSV, key=f"{key}-csv",
                       icon=":material/download:", on_click="ignore", type="tertiary")


def downloads(frame: Any, name: str, key: str) -> None:
    """Buttons for csv and xlsx; the files are made when one is clicked."""
    st.download_button("CSV", lambda: csv_bytes(frame), f"{name}.csv", CSV, key=f"{key}-csv",
                       icon=":material/download:", on_click="ignore")
    st.download_button("Excel", lambda: xlsx_bytes(frame, name), f"{name}.xlsx", XLSX, key=f"{key}-xlsx",
                       icon=":material/download:", on_click="ignore")
