"""The head of every page: its title, how far the data speaks, and whose work it is."""

from __future__ import annotations

import streamlit as st

from cs_kpi.locale import LANGUAGES, Message
from pages._ui.words import _, say
from pages._ui.work import begin, language, save_preferences

NAMES = {"ja": "日本語", "en": "English"}


def header(title: Message) -> None:
    st.title(say(title), anchor=False)


def language_switch() -> None:
    """日本語 | English, at the foot of the menu on every page; the choice is saved."""
    st.session_state["language-switch"] = language()
    st.sidebar.segmented_control(say(_("Language")), LANGUAGES, format_func=NAMES.__getitem__, key="language-switch",
                                 required=True, on_change=_switched, label_visibility="collapsed")


def _switched() -> None:
    begin()
    save_preferences(language=st.session_state["language-switch"])
