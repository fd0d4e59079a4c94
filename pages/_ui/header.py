"""The head of every page: its title, how far the data speaks, and whose work it is."""

from __future__ import annotations

import streamlit as st

from cs_kpi.locale import LANGUAGES, Message
from pages._ui.guards import told, what_was_said
from pages._ui.menu import menu
from pages._ui.toolbar import own_downloads_only
from pages._ui.words import _, say
from pages._ui.work import begin, has_begun, language, save_preferences

NAMES = {"ja": "日本語", "en": "English"}


def header(title: Message) -> None:
    """The title of a page; the first call of each."""
    if not has_begun():
        _start_from_app()
    own_downloads_only()
    st.title(say(title), anchor=False)
    what_was_said()


def _start_from_app() -> None:
    """Until app.py has called `st.navigation` once, a new server runs a page of a folder named `pages` by itself. A
    link straight to a page may be the first thing it gets: declare the menu here, then begin anew, through app.py."""
    begin()
    menu()
    st.rerun()


def language_switch() -> None:
    """日本語 | English, at the foot of the menu on every page; the choice is saved."""
    st.session_state["language-switch"] = language()
    st.sidebar.segmented_control(say(_("Language")), LANGUAGES, format_func=NAMES.__getitem__, key="language-switch",
                                 required=True, on_change=_switched, label_visibility="collapsed")


@told
def _switched() -> None:
    begin()
    save_preferences(language=st.session_state["language-switch"])
    st.session_state.pop("upload-refused", None)  # sentences in the language before
