"""What is picked on a page beside the common pickers: remembered in the session, and in the URL."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st


def recalled(name: str, options: Collection[str] | None, otherwise: str) -> str:
    """The picked value: of a URL that we did not write ourselves, else the remembered one, else `otherwise`.

    options : the values that there are; None: any
    """
    given = st.query_params.get(name)
    if given is not None and (options is None or given in options) and given != st.session_state.get(f"{name}-written"):
        st.session_state[f"{name}-picked"] = given
    picked = st.session_state.get(f"{name}-picked")
    return picked if picked is not None and (options is None or picked in options) else otherwise


def remember(name: str, value: str) -> None:
    """Keep a picked value for the session."""
    st.session_state[f"{name}-picked"] = value


def write(name: str, value: str) -> None:
    """Put a value into the address, so that a link shows the same; nothing where it is empty."""
    st.session_state[f"{name}-written"] = value
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]
