"""Overview: the KPIs of the picked set, period and segment as cards that open their passport, or segments compared."""

from __future__ import annotations

import streamlit as st

from cs_kpi.kpi.presets import kpis_of
from pages._ui.address import recalled, remember, write
from pages._ui.cards import kpi_cards
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.held import held
from pages._ui.presets import set_editor, set_picker
from pages._ui.report import report_section
from pages._ui.segments import segments_compared
from pages._ui.side_by_side import segments_side_by_side
from pages._ui.view import pickers
from pages._ui.words import _, say
from pages._ui.work import language

SHOWS = {"cards": _("Cards"), "segments": _("Segments side by side")}


def shows() -> str:
    """Cards, or segments next to each other."""
    picked = recalled("show", SHOWS, "cards")
    write("show", "" if picked == "cards" else picked)
    names = {name: say(label) for name, label in SHOWS.items()}
    key = held(f"show-{language()}", picked)
    st.segmented_control(say(_("View")), list(SHOWS), key=key, format_func=names.__getitem__, required=True,
                         on_change=lambda: remember("show", st.session_state[key]))
    return picked


header(_("Overview"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = shows()
        chosen = set_picker(book)
    set_editor(chosen)
    if picked == "segments":
        segments_side_by_side(book, view, chosen)
        st.stop()
    with_intervals = st.toggle(say(_("Show 95% intervals")), key="intervals", persist_state="session")
    kpi_cards(book, view.period, view.segment, with_intervals, chosen)
    if book.is_snapshot:
        segments_compared(book, view.period, ["customer_churn_rate", "gross_revenue_churn_rate", "churned_customers"],
                          view.segment.field if view.segment else "")
    report_section(book, view.run, view.segment, kpis_of(chosen))
