"""What Streamlit's own tools on a table offer beside ours."""

from __future__ import annotations

import streamlit as st

STYLE = """<style>
[data-testid="stElementToolbarButton"]:has(button[aria-label^="Download as CSV"]) { display: none; }
</style>"""


def own_downloads_only() -> None:
    """Hides Streamlit's csv of a table: it lets text run as a formula in a spreadsheet, has no column of names that can
    be clicked, and percents in place of shares. Ours stands above every table."""
    st.html(STYLE)
