"""Rules of their own for some customers, in the editor of the health score."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.health import editing
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.measures.segments import segment_field, segment_fields, segment_values
from pages._ui.cache import cached
from pages._ui.guards import told
from pages._ui.health import WHOSE, draft, put, segment
from pages._ui.held import held
from pages._ui.words import _, say
from pages._ui.work import language

EVERYBODY = ""


def whose_rules(book: Book, now: HealthConfiguration) -> None:
    """By which field customers are told apart, which values have rules of their own, and whose are edited."""
    fields = {EVERYBODY: say(_("The same for everybody"))} | {
        one.id: say(one.label) for one in cached(segment_fields, book)}
    if now.field and now.field not in fields:
        fields[now.field] = now.field
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = held(f"health-field-{language()}", now.field or EVERYBODY)
        st.selectbox(say(_("Rules")), list(fields), key=key, format_func=fields.__getitem__, width=260,
                     on_change=_by, args=(book, key))
        if now.field:
            _values(book, now)
    if now.segments:
        names = {EVERYBODY: say(_("Everybody else"))} | {one: _named(now, one) for one in now.segments}
        key = held(f"health-whose-{language()}", segment(now) or EVERYBODY)
        st.segmented_control(say(_("Whose rules are shown below")), list(names), key=key, required=True,
                             format_func=names.__getitem__, on_change=_whose, args=(key,))


def _values(book: Book, now: HealthConfiguration) -> None:
    assert now.field
    is_known = any(one.id == now.field for one in cached(segment_fields, book))
    found = cached(segment_values, book, segment_field(book, now.field)) if is_known else []
    names = {one: _named(now, one) for one in dict.fromkeys((*found, *now.segments)) if one is not None}
    key = held(f"health-values-{now.field}-{language()}", list(now.segments))
    st.multiselect(say(_("Values with rules of their own")), list(names), key=key, format_func=names.__getitem__,
                   width=420, on_change=_of, args=(book, key), placeholder=say(_("Choose values")))


def _named(now: HealthConfiguration, value: str) -> str:
    return say(segment_name(Segment(now.field or "", value)))


@told
def _by(book: Book, key: str) -> None:
    put(editing.by_field(draft(book), st.session_state[key] or None))


@told
def _of(book: Book, key: str) -> None:
    put(editing.with_segments(draft(book), st.session_state[key]))


@told
def _whose(key: str) -> None:
    st.session_state[WHOSE] = st.session_state[key]
