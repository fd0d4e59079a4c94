"""By whose definitions the KPIs are computed: one choice for the whole book, one for each KPI, and the word of it."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.conventions import CONVENTIONS, conventions_of
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, KPIS, declared
from cs_kpi.settings import Settings
from pages._ui.guards import SETTINGS_PAGE, told
from pages._ui.held import held
from pages._ui.words import _, say
from pages._ui.work import language, save_settings, settings

AS_THE_BOOK = ""
AGAIN = "passport-again"
"""The KPI whose passport opens anew, because its convention was changed in it."""


def conventions_form() -> None:
    """The convention of the book, and under it the KPIs that are to follow another."""
    known = settings()
    names = {name: say(label) for name, label in CONVENTIONS.items()}
    key = held(f"set-convention-{language()}", known.convention)
    st.selectbox(say(_("Convention")), list(names), key=key, format_func=names.__getitem__, on_change=_save_convention,
                 args=(key,), help=say(_("By whose definitions the KPIs are computed. KPIs of which a convention says "
                                         "nothing keep the default.")))
    kept = sum(name in KPIS for name in known.kpi_conventions)
    title = say(_("Conventions of single KPIs: {n}", n=kept) if kept else _("Conventions of single KPIs"))
    with st.expander(title, icon=":material/rule:"), st.container(horizontal=True):
        for name in KPIS:
            kpi_convention(name, "set", 300)


def kpi_convention(kpi_id: str, place: str, width: int) -> None:
    """The choice for one KPI; nothing where every tool defines it alike."""
    variants = conventions_of(kpi_id)
    if len(variants) == 1:
        return
    known = settings()
    as_book = CONVENTIONS[declared(kpi_id, known.convention).convention]
    names = {AS_THE_BOOK: say(_("As the book: {name}", name=as_book)),
             **{kpi.convention: say(CONVENTIONS[kpi.convention]) for kpi in variants}}
    picked = known.kpi_conventions.get(kpi_id, AS_THE_BOOK)
    key = held(f"{place}-convention-{kpi_id}-{language()}-{known.convention}",
               picked if picked in names else AS_THE_BOOK)
    label = KPIS[kpi_id].label if place == "set" else _("Convention of this KPI")
    st.selectbox(say(label), list(names), key=key, format_func=names.__getitem__, width=width,
                 on_change=_save_kpi_convention, args=(kpi_id, key, place))


@told
def _save_convention(key: str) -> None:
    save_settings(convention=st.session_state[key])


@told
def _save_kpi_convention(kpi_id: str, key: str, place: str) -> None:
    others = {name: one for name, one in settings().kpi_conventions.items() if name != kpi_id}
    picked = st.session_state[key]
    save_settings(kpi_conventions=others if picked == AS_THE_BOOK else {**others, kpi_id: picked})
    if place == "passport":
        st.session_state[AGAIN] = kpi_id


def convention_chip(book: Book) -> None:
    """Which convention the book is on, where that is not the default; it leads to the settings."""
    if words := _in_force(book.settings):
        st.page_link(SETTINGS_PAGE, label=words, icon=":material/rule:",
                     help=say(_("Numbers follow other definitions than the default. Change them in the settings.")))


def _in_force(chosen: Settings) -> str:
    kept = sum(name in KPIS for name in chosen.kpi_conventions)
    if chosen.convention == DEFAULT_CONVENTION:
        return say(_("KPIs with a convention of their own: {n}", n=kept)) if kept else ""
    name = CONVENTIONS.get(chosen.convention)
    if name is None:
        return ""
    return say(_("Convention: {name}; KPIs with their own: {n}", name=name, n=kept) if kept
               else _("Convention: {name}", name=name))
