"""What the sections of the growth page share: today's offers, and what the test says of them."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cs_kpi.actions.queue import Queue
from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.growth.listing import verdict
from cs_kpi.growth.offers import Offers, missing, offers
from pages._ui.act import STANDINGS_KEPT, playbooks, queue_of, today_of
from pages._ui.words import _, plain, say


@dataclass(frozen=True)
class Growth:
    """Today's customers and what may be offered to whom."""

    book: Book
    today: Today
    offers: Offers


def growth_of(book: Book) -> Growth:
    """Candidates by the triggers that the queue holds them against; kept until book, model or playbooks change."""
    today = today_of(book)
    ranked = queue_of(today)
    said = "".join(one.model_dump_json() for one in playbooks().values())
    model = today.risks.model.model_dump_json() if today.risks else ""
    with st.spinner(say(_("Looking through the past 24 months …")), show_time=True):
        return Growth(book, today, _offers(book.fingerprint, model, said, today, ranked))


@st.cache_resource(max_entries=STANDINGS_KEPT, show_spinner=False)
def _offers(fingerprint: str, model: str, said: str, _today: Today, _ranked: Queue) -> Offers:
    found = offers(_today, _ranked.held)
    assert found.upsell_test is not None  # measured once, before anything is shown
    return found


def verdict_boxes(found: Growth) -> None:
    """In words, before any name: whether the lists were better than chance in the past."""
    tests = [found.offers.upsell_test, found.offers.cross_sell_test]
    for one in (each for each in tests if each is not None):
        box, icon = (st.success, ":material/verified:") if one.is_above else (st.warning, ":material/block:")
        box(plain(verdict(one)), icon=icon)
    lacks = missing(found.book)
    if lacks:
        with st.expander(say(_("What would tell more: {n}", n=len(lacks))), icon=":material/add_circle:"):
            for said in lacks:
                st.markdown("- " + plain(said))
