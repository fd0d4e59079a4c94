"""Widgets that show what is in force, whoever changed it: this reader, another window, or a mapping file."""

from __future__ import annotations

import streamlit as st


def held(key: str, value: object) -> str:
    """The key of a widget about to be shown, with the value in force put under it.

    The widget's callback saves what the reader picks before the script runs again, so that nothing is overwritten.
    """
    st.session_state[key] = value
    return key
