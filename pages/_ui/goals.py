"""Goal design: retention by step and limit, and the smallest goal that reaches a target, judged on later customers."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.onboarding import retention_by_step
from cs_kpi.criterion import Criterion
from cs_kpi.measures.onboarding import criterion
from cs_kpi.onboarding import listing
from cs_kpi.onboarding.choice import TAKEN, Goal, candidates, goal, target_guess
from cs_kpi.onboarding.goals import HORIZONS, obstacle
from cs_kpi.onboarding.verdicts import CAUTION, HEADS, explained, found
from pages._ui.cache import cached
from pages._ui.criterion_draft import take_over
from pages._ui.figures import show
from pages._ui.frames import table, words_table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.onboarding import lacks
from pages._ui.view import View, past_the_period
from pages._ui.words import _, plain, say
from pages._ui.work import language

TARGET = "goal-target-picked"
TARGETS = (30, 99)
ICONS = {"holds": ":material/check_circle:", "below": ":material/info:"}


def goals(book: Book, view: View) -> None:
    """What goes with staying, and what to make of it."""
    if reason := obstacle(book):
        lacks(reason)
        return
    past_the_period(_("all customers observed long enough by {day}", day=book.as_of))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        months = {one: say(_("{months} months", months=one)) for one in HORIZONS}
        horizon = st.segmented_control(say(_("Retention after")), HORIZONS, key=f"goal-months-{language()}",
                                       format_func=months.__getitem__, required=True, default=HORIZONS[-1])
        among = cached(candidates, book, horizon or HORIZONS[-1], view.segment)
        usual = min(max(target_guess(among), TARGETS[0]), TARGETS[1])
        key = held("goal-target", st.session_state.get(TARGET, usual))
        target = st.slider(say(_("Target retention (%)")), *TARGETS, key=key, width=420, on_change=_aim)
    _verdict(book, goal(among, target / 100))
    show(retention_by_step(among.trial, language()))
    frame = listing.tried(among.trial, language())
    if len(frame):
        with st.expander(say(_("Every step and limit, with intervals")), icon=":material/table:"):
            table(frame, "onboarding-goals", "goals-tried")


def _aim() -> None:
    """Keep the target when the reader comes back."""
    st.session_state[TARGET] = st.session_state["goal-target"]


def _verdict(book: Book, one: Goal) -> None:
    """The goal in words, how sure it is, and one click that makes it the criterion."""
    with st.container(border=True, key="goal"):
        st.subheader(f"{ICONS.get(one.verdict, ':material/help:')} {say(HEADS[one.verdict])}", anchor=False)
        if words := found(one):
            said = say(words)
            st.markdown(f"**{plain(said[:1].upper() + said[1:])}**")
        st.markdown(plain(explained(one, language())))
        rows = listing.judged(one, language())
        if len(rows):
            words_table({head: list(rows[head]) for head in rows}, "onboarding_goal", "goal-rows")
            st.caption(say(_("Later customers started on {split} or after: {later} of {all} that have been observed "
                             "long enough.", split=one.split, later=one.later_customers, all=one.customers)))
        if one.verdict in TAKEN and one.criterion is not None:
            st.caption(say(CAUTION))
            st.button(say(_("Make it the criterion")), key="goal-take", icon=":material/flag:", on_click=_take,
                      type="primary", args=(one.criterion,), disabled=one.criterion == book.once(criterion))


@told
def _take(chosen: Criterion) -> None:
    take_over(chosen)
