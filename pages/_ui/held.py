"""Widgets that show what is in force, whoever changed it: this reader, another window, or a mapping file."""

from __future__ import annotations

from typing import Any

import streamlit as st


def held(key: str, value: object) -> str:
    """The key of a widget about to be shown, with the value in force put under it.

    The widget's callback saves what the reader picks before the script runs again, so that nothing is overwritten.
    """
    st.session_state[key] = value
    return key


def settled(key: str, value: float | tuple[float, ...], within: float) -> dict[str, Any]:
    """As `held`, for numbers that are moved fast: a widget that shows them already (within so much) is left alone.

    Who drags on, or holds an arrow key, while the page runs again is not thrown back to where that run began. At first
    the value is given as the widget's own, since one that was put under its key is taken back a run later.
    returns : the arguments `key` and, at first, `value`
    """
    shown = st.session_state.get(key)
    if shown is None:
        return {"key": key, "value": value}
    if any(abs(float(one) - other) > within for one, other in zip(_each(shown), _each(value), strict=True)):
        st.session_state[key] = value
    return {"key": key}


def _each(value: float | tuple[float, ...]) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)
