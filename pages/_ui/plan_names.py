"""Whom to keep for a goal: the customers at risk by name, where a churn model can be believed."""

from __future__ import annotations

import math

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.churn.listing import RISK_LABELS
from cs_kpi.churn.reasons import risk_limit
from cs_kpi.retention.listing import with_values
from cs_kpi.targets.seek import Search
from pages._ui.people import people
from pages._ui.risk import listed, outlook_of, to_risk_page
from pages._ui.words import _, plain, say
from pages._ui.work import language


def whom_to_keep(book: Book, sought: Search) -> None:
    """The customers at high risk, as many as the goal asks to keep at least; nothing where it asks for none, or for
    less churn than in any month on record."""
    kept = max((one.customers or 0.0 for one in sought.singles if one.driver == "churn" and not one.is_beyond),
               default=0.0)
    if not kept:
        return
    key = f"plan-whom-{language()}"
    with st.expander(say(_("Whom to keep, by name")), icon=":material/groups:", key=key, on_change="rerun") as opened:
        if opened.open:
            _by_name(book, math.ceil(round(kept, 6)))


def _by_name(book: Book, kept: int) -> None:
    found = outlook_of(book)
    if found is None or found.risks is None or not found.verdict.is_fed:
        st.markdown(say(_("Names take a churn model that can be believed; there is none yet.")))
        to_risk_page()
        return
    high = int((found.risks.risk >= risk_limit(found.risks, book.settings.churn.risk_limit)).sum())
    said = _("By churn alone: keep {n} more. {high} customers are at high risk today; those with the highest risk are "
             "listed first. Who leaves later is not among them yet.", n=kept, high=high)
    st.markdown(plain(said))
    frame = listed(book).head(max(high, kept))
    sentences = [name for name in ("why", "change") if name in frame]
    people(book, frame, "plan-at-risk", with_values(frame, RISK_LABELS), ["risk"], sentences)
