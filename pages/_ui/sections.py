"""The sections of a long page as tabs; only the open one is computed, and it is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from cs_kpi.locale import Message
from pages._ui.words import say
from pages._ui.work import language


def sections(name: str, named: Mapping[str, tuple[Message, Callable[[], None]]]) -> None:
    """Show the open section. name : under which the session remembers it; named : label and content of each

    The section to begin with is part of what tabs are: another one while they stand would make them new tabs, which a
    quick second click would be lost on.
    """
    labels = {say(label): section for section, (label, _content) in named.items()}
    remembered = st.session_state.get(name)
    first = next((label for label, section in labels.items() if section == remembered), None)
    key = f"{name}-sections-{language()}"
    at = f"{key}-first"
    if not {key, at} <= set(st.session_state):
        st.session_state[at] = first
    tabs = st.tabs(list(labels), default=st.session_state[at], key=key, on_change=_remember, args=(name, key, labels))
    for tab, (_label, content) in zip(tabs, named.values(), strict=True):
        if tab.open:
            with tab:
                content()


def open_section(name: str, section: str) -> None:
    """In a button's callback: the next run opens another section."""
    st.session_state[name] = section
    st.session_state.pop(f"{name}-sections-{language()}-first", None)


def _remember(name: str, key: str, labels: Mapping[str, str]) -> None:
    st.session_state[name] = labels.get(st.session_state[key])
