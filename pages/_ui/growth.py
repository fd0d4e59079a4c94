"""What the sections of the growth page share: today's offers, and what the test says of them."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.growth.offers import Offers, missing, offers
from cs_kpi.growth.verdict import verdict
from pages._ui.act import STANDINGS_KEPT, today_of
from pages._ui.words import _, plain, say


@dataclass(frozen=True)
class Growth:
    """Today's customers and what may be offered to whom."""

    book: Book
    today: Today
    offers: Offers


def growth_of(book: Book) -> Growth:
    """Today's candidates; kept until book or model change."""
    today = today_of(book)
    model = today.risks.model.model_dump_json() if today.risks else ""
    with st.spinner(say(_("Looking through the past 24 months …")), show_time=True):
        return Growth(book, today, _offers(book.fingerprint, model, today))


@st.cache_resource(max_entries=STANDINGS_KEPT, show_spinner=False)
def _offers(fingerprint: str, model: str, _today: Today) -> Offers:
    found = offers(_today)
    assert found.upsell_test is not None  # measured once, before anything is shown
    return found


def verdict_boxes(found: Growth) -> None:
    """In words, before any name: whether the lists were better than chance in the past."""
    for one in found.offers.tests:
        box, icon = (st.success, ":material/verified:") if one.is_above else (st.warning, ":material/block:")
        box(plain(verdict(one)), icon=icon)
    lacks = missing(found.book)
    if lacks:
        with st.expander(say(_("What would tell more: {n}", n=len(lacks))), icon=":material/add_circle:"):
            for said in lacks:
                st.markdown("- " + plain(said))
