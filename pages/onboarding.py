"""Onboarding: the criterion, the five states by name, steps and pace, goals, and use before and after."""

from __future__ import annotations

import streamlit as st

from cs_kpi.onboarding.editing import first_guess
from pages._ui.criterion import criterion_editor
from pages._ui.goals import goals
from pages._ui.guards import errors_in_words, require_book, takes_dates
from pages._ui.header import header
from pages._ui.held import held
from pages._ui.onboarding import lacks, states, steps, use
from pages._ui.view import pickers
from pages._ui.words import _, say
from pages._ui.work import language

PARTS = {"states": (_("States"), states), "steps": (_("Steps and days"), steps), "goals": (_("Goal design"), goals),
         "use": (_("Use before and after"), use)}
PART = "onboarding-part"


def _remember(key: str) -> None:
    st.session_state[PART] = st.session_state[key]


header(_("Onboarding"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    if book.is_snapshot:
        takes_dates()
        st.stop()
    if first_guess(book) is None:
        lacks(_("Onboarding takes one of these: milestones ('Customer ID', 'Milestone', 'Completed on'), 'Onboarding "
                "completed on' in the customer list, or usage ('Customer ID', 'Date'). Load a sheet that has them."))
        st.stop()
    criterion_editor(book, view)
    names = {part: say(label) for part, (label, _show) in PARTS.items()}
    key = held(f"{PART}-{language()}", st.session_state.get(PART, "states"))
    part = st.segmented_control(say(_("Part")), list(names), key=key, format_func=names.__getitem__, required=True,
                                label_visibility="collapsed", on_change=_remember, args=(key,))
    PARTS[part or "states"][1](book, view)
