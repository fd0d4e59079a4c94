"""The section of the retention page on the terms that run out in the coming year."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.retention import renewal_bars
from cs_kpi.measures.renewals import told_by_month
from cs_kpi.periods import month_name
from cs_kpi.retention.listing import RENEWAL_LABELS, renewal_list
from cs_kpi.retention.renewals import AHEAD_MONTHS
from cs_kpi.tables import CUSTOMERS, SUBSCRIPTIONS
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.guards import lacks_data, takes_dates
from pages._ui.people import people
from pages._ui.picks import pick
from pages._ui.risk import with_risk
from pages._ui.view import NOT_SET, View, past_the_period
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences


def renewal_section(book: Book, view: View) -> None:
    """MRR due by month, and the terms by name; both narrow with the filters."""
    if book.is_snapshot:
        takes_dates()
        return
    if reason := told_by_month(book):
        st.info(plain(reason), icon=":material/calendar_month:")
    if not (book.has("subscriptions.term_end") or book.has("subscriptions.end_date")):
        lacks_data("subscriptions", ("term_end", "notice_days", "auto_renews"))
        return
    past_the_period(_("the {n} months from {day} on", n=AHEAD_MONTHS, day=book.as_of))
    found = cached(renewal_list, book, language(), view.segment)
    if found.empty:
        st.info(say(_("No term of an active contract runs out within 12 months of {day}. Assign '{field}' on the data "
                      "page if the sheet has one.", day=book.as_of, field=SUBSCRIPTIONS.by_name["term_end"].label)))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        found = _of_owner(found)
        shown = _of_month(found)
    show(renewal_bars(book, found, language(), view.segment, preferences().money_unit))
    shown, labels, shares = with_risk(book, shown, RENEWAL_LABELS)
    people(book, shown, "renewals", labels, shares)


def _of_owner(found: Any) -> Any:
    """The terms of the picked owner."""
    if "owner" not in found:
        return found
    owners = found["owner"].fillna(NOT_SET)
    names = {one: say(_("Not set")) if one == NOT_SET else one for one in sorted(set(owners))}
    picked = pick("renewals-owner", CUSTOMERS.by_name["owner"].label, {"": say(_("All owners"))} | names)
    return found[owners == picked] if picked else found


def _of_month(found: Any) -> Any:
    """The terms that run out in the picked month."""
    months = found["term_end"].dt.strftime("%Y-%m")
    names = {one: month_name(day, language()) for one, day in zip(months, found["term_end"], strict=True)}
    picked = pick("renewals-month", _("Month"), {"": say(_("All months"))} | names)
    return found[months == picked] if picked else found
