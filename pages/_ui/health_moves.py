"""The section of the health page on who moved within the period, up or down, and why."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book, date_of
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.standing.movers import FEWEST_POINTS, LABELS, listed, moves, summary
from pages._ui.cache import cached
from pages._ui.guards import takes_dates
from pages._ui.health import versions_or
from pages._ui.people import people
from pages._ui.view import View
from pages._ui.words import _, plain, say
from pages._ui.work import language


def moves_section(book: Book, view: View, chosen: HealthConfiguration) -> None:
    """What moved in a sentence, then both lists."""
    if book.is_snapshot:
        takes_dates()
        return
    found = cached(moves, book, versions_or(chosen), view.period, view.segment)
    before, after = map(date_of, found.days)
    st.caption(say(_("From the closing of {before} to that of {after}. A customer is listed whose band changed, or "
                     "whose score moved by {points} points and more; a changed band comes first.", before=before,
                     after=after, points=FEWEST_POINTS)))
    if not len(found.now):
        st.info(say(_("No customer had a score at both closings. Pick a later period.")))
        return
    st.markdown(plain(summary(found)))
    worse, better = (listed(found, sign, language()) for sign in (-1, 1))
    for frame, name, title in ((worse, "worse", _("Worse: {n}", n=len(worse))),
                               (better, "better", _("Better: {n}", n=len(better)))):
        st.subheader(say(title), anchor=False)
        people(book, frame, f"health_{name}", {one: label for one, label in LABELS.items() if one in frame})
