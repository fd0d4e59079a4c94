"""Caps in the editor of the health score: who cannot be in a better band, whatever the score."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.health import editing
from cs_kpi.health.sources import label_of
from cs_kpi.health.words import BAND_LABELS, WHEN_LABELS
from cs_kpi.health_rules import Band, Cap, HealthConfiguration
from cs_kpi.locale import Message
from pages._ui.cache import cached
from pages._ui.guards import told
from pages._ui.health import draft, edit, put, segment
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import language

CAPPED: tuple[Band, ...] = ("yellow", "red")


def caps(book: Book, now: HealthConfiguration) -> None:
    rules = editing.rules_of(now, segment(now))
    st.subheader(say(_("Caps")), anchor=False)
    st.caption(say(_("A cap keeps a customer from a better band, whatever the score. The score itself stays as it "
                     "is.")))
    for place, cap in enumerate(rules.caps):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(label_of(book, cap.feature)), width=210)
            words: dict[Any, str] = {one: say(label) for one, label in WHEN_LABELS.items()}
            _option(book, place, "when", _("Condition"), words, cap.when)
            st.number_input(say(_("Limit")), key=held(f"health-cap-{place}-limit", float(cap.limit)), format="%.6g",
                            on_change=_changed, args=(book, place, "limit", f"health-cap-{place}-limit"), width=130,
                            label_visibility="collapsed")
            _option(book, place, "band", _("Band"), {
                one: say(_("at most {band}", band=BAND_LABELS[one])) for one in CAPPED}, cap.band)
            st.button(say(_("Remove")), key=f"health-cap-{place}-out", type="tertiary", on_click=_removed,
                      args=(book, place))
    names = {id: say(label) for id, label in cached(editing.offered, book, now).items()}
    key = held(f"health-cap-add-{language()}", None)
    st.selectbox(say(_("Add a cap")), list(names), None, key=key, format_func=names.__getitem__, width=420,
                 placeholder=say(_("Choose what it looks at")), on_change=_added, args=(book, key))


def _option(book: Book, place: int, field: str, label: Message, names: dict[Any, str], value: str) -> None:
    key = held(f"health-cap-{place}-{field}-{language()}", value)
    st.selectbox(say(label), list(names), key=key, format_func=names.__getitem__, width=150, on_change=_changed,
                 label_visibility="collapsed", args=(book, place, field, key))


@told
def _changed(book: Book, place: int, field: str, key: str) -> None:
    now = draft(book)
    cap = editing.rules_of(now, segment(now)).caps[place]
    changed = Cap.model_validate({**cap.model_dump(), field: st.session_state[key]})
    edit(book, lambda rules: editing.with_cap(rules, place, changed))


@told
def _added(book: Book, key: str) -> None:
    now, chosen = draft(book), st.session_state[key]
    if chosen:
        rules = editing.rules_of(now, segment(now))
        cap = editing.new_cap(book, now, chosen)
        put(editing.with_rules(now, segment(now), editing.with_cap(rules, len(rules.caps), cap)))


@told
def _removed(book: Book, place: int) -> None:
    edit(book, lambda rules: editing.without_cap(rules, place))
