"""The KPI tree on the page: a goal indicator, what drives it, and what a tenth of each driver is worth."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.targets.forecast import Forecast, ground
from cs_kpi.targets.listing import tree_table
from cs_kpi.targets.tree import KGIS, kgis, tree
from cs_kpi.targets.words import grounds, onboarding_said, renewals_said
from pages._ui.cache import cached
from pages._ui.frames import downloads
from pages._ui.picks import pick
from pages._ui.plan import draft, form, played
from pages._ui.words import _, plain, say
from pages._ui.work import language


def tree_section(book: Book) -> None:
    """Of the scenario that is being tried out."""
    found = played(book, draft(book))
    names = {kgi: say(KGIS[kgi]) for kgi in kgis(found.ground)}
    kgi = pick("plan-kgi", _("Goal indicator"), names, as_buttons=True)
    st.markdown(plain(_said(found)))
    frame = tree_table(tree(found, kgi), form(book))
    with st.container(horizontal=True):
        downloads(frame, "kpi_tree", "plan-tree")
    st.table({plain(head): [plain(cell) for cell in frame[head]] for head in frame}, border="horizontal")
    for one in grounds(cached(ground, book, found.scenario.field)):
        st.caption(plain(one))
    if kgi == "renewal_rate":
        st.caption(plain(renewals_said(found.ground)))
    if found.ground.effect:
        st.caption(plain(onboarding_said(found.ground.effect, found.scenario)))


def _said(found: Forecast) -> str:
    return say(_("'{scenario}': the goal indicator today and at the end of {month}, its drivers, and by how much it "
                 "changes by then when a driver is a tenth better and all else stays.", scenario=found.scenario.name,
                 month=found.months[-1].label(language())))
