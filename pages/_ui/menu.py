"""The map of the app: its pages in their sections."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._ui.words import _, say


def menu() -> Any:
    """Declare the navigation and return the page that was asked for."""
    return st.navigation({
        say(_("Data")): [st.Page("pages/data.py", title=say(_("Data import")), icon=":material/upload_file:",
                                 url_path="data", default=True)],
        say(_("Now")): [
            st.Page("pages/overview.py", title=say(_("Overview")), icon=":material/dashboard:", url_path="overview"),
            st.Page("pages/revenue.py", title=say(_("Revenue")), icon=":material/payments:", url_path="revenue")],
        say(_("Share")): [
            st.Page("pages/settings.py", title=say(_("Settings")), icon=":material/settings:", url_path="settings")],
    })
