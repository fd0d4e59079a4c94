"""The section of the health page on time: the mean score with its versions, and the versions to go back to."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.health_past import bands_over_time, mean_over_time
from cs_kpi.health_rules import HealthConfiguration, HealthVersion
from cs_kpi.locale import shown
from cs_kpi.standing.course import past, version_table
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.health import draft, is_edited, save, versions, versions_or
from pages._ui.picks import pick
from pages._ui.view import View, past_the_pickers
from pages._ui.words import _, counts_seconds, say
from pages._ui.work import language, workspace


def versions_section(book: Book, view: View, chosen: HealthConfiguration) -> None:
    if view.segment is not None:
        past_the_pickers(_("all customers"))
    if not book.is_snapshot:
        with st.spinner(say(_("Scoring the past …")), show_time=counts_seconds()):
            found = cached(past, book, versions_or(chosen), draft(book))
        show(mean_over_time(book, found, language(), is_edited(book)))
        show(bands_over_time(book, found, language()))
    saved = versions()
    if not saved:
        return
    st.subheader(say(_("Versions of the score")), anchor=False)
    signed = workspace().signatures(HealthVersion)
    when = [(f"{shown(signed[one.key].at.date(), language())} {signed[one.key].at:%H:%M} UTC", signed[one.key].by)
            if one.key in signed else ("", "") for one in saved]
    table(version_table(book, saved, when, language()), "health_versions", "health-versions", wraps=True)
    if len(saved) > 1:
        _going_back(book, saved)


def _going_back(book: Book, saved: tuple[HealthVersion, ...]) -> None:
    """One click makes an older version count again; it becomes the newest one, and none is lost."""
    names = {one.key: say(_("No. {number}: {name}", number=one.number, name=one.configuration.name))
             for one in reversed(saved[:-1])}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = pick("health-version", _("Older version"), names)
        one = next(one for one in saved if one.key == key)
        st.button(say(_("Go by it again")), key="health-restore", icon=":material/restore:", on_click=_restore,
                  args=(book, one.configuration))
    st.caption(say(_("It is saved as the newest version; the others stay.")))


@told
def _restore(book: Book, older: HealthConfiguration) -> None:
    save(book, older, older.name)
