"""Tables: searchable, sortable, downloadable as they are shown; never an index column, never a raw field name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import streamlit as st

from cs_kpi.export.tables import csv_bytes, matching, xlsx_bytes
from cs_kpi.locale.formats import NO_VALUE, Unit
from pages._ui.words import _, say

CSV = "text/csv"
SENTENCE_HEIGHT = 68
"""px; streamlit wraps text in rows higher than 64 alone."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
          wraps: bool = False, shares: Collection[str] = ()) -> None:
    """Show a frame whose columns are already named for the reader, with its downloads.

    name : of the downloaded file, without its ending
    columns : streamlit column configuration by column
    search : offer a field that keeps the rows in which any text contains what is typed
    wraps : rows are high enough for a sentence
    shares : columns to show as percent; files have them as they are
    """
    shown = frame
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if search:
            sought = st.text_input(say(_("Search")), key=f"{key}-search", icon=":material/search:",
                                   placeholder=say(_("Name or ID")))
            shown = matching(frame, sought)
        downloads(shown, name, key)
    config = dict(columns or {}) | {head: st.column_config.NumberColumn(format=PERCENT) for head in shares}
    st.dataframe(in_percent(shown, shares), hide_index=True, column_config=config, key=f"{key}-table",
                 placeholder=NO_VALUE, row_height=SENTENCE_HEIGHT if wraps else None)


def downloads(frame: Any, name: str, key: str) -> None:
    """Buttons for csv and xlsx; the files are made when one is clicked."""
    st.download_button("CSV", lambda: csv_bytes(frame), f"{name}.csv", CSV, key=f"{key}-csv",
                       icon=":material/download:", on_click="ignore")
    st.download_button("Excel", lambda: xlsx_bytes(frame, name), f"{name}.xlsx", XLSX, key=f"{key}-xlsx",
                       icon=":material/download:", on_click="ignore")
