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


def twin(key: str, value: float | str | None, within: float = 0.0) -> dict[str, Any]:
    """As `settled`, for one of several widgets that show the same value: one that is moved stays as it is, the others
    begin anew.

    A browser that is behind sends, with what is moved, the values that it still shows in the others. A widget whose
    value was put under its key would take such an echo for an entry, and throw back what is moved. One that has begun
    anew has another key; what still comes from the one before is left aside by `entered`.
    returns : the arguments `key` and `value`
    """
    shown = shown_by(key)
    if shown is not None and not _same(shown, value, within):
        st.session_state[f"{key}-turn"] = st.session_state.get(f"{key}-turn", 0) + 1
    return {"key": _of_turn(key), "value": value}


def shown_by(key: str) -> Any:
    """What a `twin` shows as it stands; None where it is not on the page."""
    return st.session_state.get(_of_turn(key))


def entered(key: str, widget: str) -> Any:
    """In a `twin`'s callback: what was entered; None for an echo of a widget that is no longer there.

    widget : the key that `twin` gave to it
    """
    return st.session_state[widget] if widget == _of_turn(key) else None


def _of_turn(key: str) -> str:
    turn = st.session_state.get(f"{key}-turn", 0)
    return f"{key}-{turn}" if turn else key


def _same(one: object, other: object, within: float) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= within
    return one == other


def _each(value: float | tuple[float, ...]) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)
