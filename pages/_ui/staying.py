"""The section of the retention page on how long customers stay."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.staying import stay_name, survival_curves
from cs_kpi.measures.segments import segment_fields
from cs_kpi.retention.listing import staying_table
from cs_kpi.retention.staying import BESIDE_COHORTS, obstacle, stays
from cs_kpi.tables import CUSTOMERS
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import DATA_PAGE
from pages._ui.picks import pick
from pages._ui.view import View, past_the_period
from pages._ui.words import _, plain, say
from pages._ui.work import language


def staying_section(book: Book, view: View) -> None:
    """Survival curves with their bands, and the medians in words."""
    if reason := cached(obstacle, book):
        st.info(plain(reason), icon=":material/upload_file:")
        st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
        return
    if not book.is_snapshot:
        past_the_period(_("all data up to {day}", day=book.as_of))
    fields = {field.id: field.label for field in cached(segment_fields, book)}
    by = pick("staying-by", _("Curves by"), {"": say(_("Everything")), **{
        name: say(label) for name, label in fields.items()}}) or None
    found = cached(stays, book, by, view.segment)
    if not found:
        st.info(say(_("Nobody's start is known in this segment. Pick another segment, or assign '{field}' in the "
                      "customer list.", field=CUSTOMERS.by_name["started_on"].label)))
        return
    show(cached(survival_curves, book, language(), by, view.segment))
    st.caption(plain(BESIDE_COHORTS))
    head = fields[by] if by else _("Customers")
    frame = staying_table(found, [stay_name(stay, by, view.segment) for stay in found], head, language())
    table(frame, "median_lifetime", "staying",
          {name: st.column_config.NumberColumn(format="localized") for name in frame.columns[1:3]})
