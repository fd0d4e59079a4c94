"""The CS KPI workbench: page config and navigation, nothing else."""

from __future__ import annotations

import streamlit as st

from pages._ui.header import language_switch
from pages._ui.words import _, say
from pages._ui.work import begin

st.set_page_config(page_title="CS KPI", page_icon=":material/monitoring:", layout="wide")
begin()
page = st.navigation({
    say(_("Data")): [st.Page("pages/data.py", title=say(_("Data import")), icon=":material/upload_file:",
                             url_path="data", default=True)],
    say(_("Now")): [
        st.Page("pages/overview.py", title=say(_("Overview")), icon=":material/dashboard:", url_path="overview"),
        st.Page("pages/revenue.py", title=say(_("Revenue")), icon=":material/payments:", url_path="revenue")],
    say(_("Share")): [
        st.Page("pages/settings.py", title=say(_("Settings")), icon=":material/settings:", url_path="settings")],
})
language_switch()
page.run()
