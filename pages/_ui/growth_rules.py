"""What customers who have one thing took next, as rules with their test."""

from __future__ import annotations

import streamlit as st

from cs_kpi.growth.listing import CHANCE, CONFIDENCE, LIFT, SUPPORT, rules_table
from pages._ui.frames import number_column, table
from pages._ui.growth import Growth
from pages._ui.guards import lacks_data
from pages._ui.words import _, say
from pages._ui.work import language


def rules_section(found: Growth) -> None:
    other = found.offers.cross_sell
    if other is None:
        lacks_data("subscriptions", ["product"])
        return
    st.caption(say(_("A rule is shown where at least 5 customers took the one after the other, more often than "
                     "customers as old with as many products, and where it holds among all pairs that were tested at "
                     "once (exact test, at most 5% false rules by Benjamini and Hochberg).")))
    st.caption(say(_("Support: those who took the other, of all customers with a product. Confidence: of those who had "
                     "it alone. Lift: against as many as there would be by chance.")))
    if not other.rules:
        st.info(say(_("There is no rule: what customers took next cannot be told from chance. Beside a second product "
                      "it takes time and numbers.")), icon=":material/shuffle:")
        return
    frame = rules_table(other, language(), found.book.currency)
    shares = [say(label) for label in (SUPPORT, CONFIDENCE, CHANCE)]
    table(frame, "growth-rules", "growth-rules", {say(LIFT): number_column("ratio")}, shares=shares)
