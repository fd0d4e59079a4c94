"""Choices inside a section: what is picked is remembered for other pages and languages, as long as it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

import streamlit as st

from cs_kpi.locale import Message
from pages._ui.held import held
from pages._ui.words import say
from pages._ui.work import language

Value = TypeVar("Value", bound=str)
PICK_WIDTH = 260


def pick(name: str, label: Message, options: Mapping[Value, str], first: Value | None = None,
         as_buttons: bool = False, width: int = PICK_WIDTH) -> Value:
    """The picked one of `options` (value -> what the reader sees; at least one); `first` until something is picked."""
    remembered = st.session_state.get(name)
    value = remembered if remembered in options else first if first in options else next(iter(options))
    key = held(f"{name}-{language()}", value)
    if as_buttons:
        st.segmented_control(say(label), list(options), format_func=options.__getitem__, key=key, required=True,
                             on_change=_remember, args=(name, key))
    else:
        st.selectbox(say(label), list(options), format_func=options.__getitem__, key=key, width=width,
                     on_change=_remember, args=(name, key))
    return cast(Value, st.session_state[key])


def _remember(name: str, key: str) -> None:
    st.session_state[name] = st.session_state[key]
