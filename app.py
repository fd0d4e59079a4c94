"""The CS KPI workbench: page config and navigation, nothing else."""

from __future__ import annotations

import streamlit as st

from pages._ui.guards import errors_in_words
from pages._ui.header import language_switch
from pages._ui.menu import menu
from pages._ui.work import begin

st.set_page_config(page_title="CS KPI", page_icon="pages/_ui/icon.svg", layout="wide")
with errors_in_words():
    begin()
    page = menu()
    language_switch()
    page.run()
