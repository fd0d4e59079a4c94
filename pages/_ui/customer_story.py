"""The section of a customer's page on what happened: onboarding, open actions, notes and pulse, and the timeline."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.actions.records import Action
from cs_kpi.book import Book
from cs_kpi.customer.onboarding import onboarding_state, open_words, step_words
from cs_kpi.customer.timeline import KIND_LABELS, Event, timeline, timeline_table
from cs_kpi.measures.onboarding import STATES
from pages._ui.act import actions, runs, save, signed
from pages._ui.customer_notes import note_form, notes_of, pulse_form, what_was_removed, written
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.people import DATES
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, workspace

ACTIONS_PAGE = "pages/actions.py"
KINDS = "customer-kinds"


def story_section(book: Book, code: int) -> None:
    id = str(book.customer_ids[code])
    mine = {key: one for key, one in actions().items() if one.customer_id == id}
    left, right = st.columns(2)
    with left:
        _actions(id, mine)
        _onboarding(book, code)
    with right, st.container(border=True, key="customer-notes"):
        what_was_removed()
        with st.container(horizontal=True, gap="small"):
            note_form(id)
            pulse_form(book, id)
        written(id)
    _timeline(timeline(book, code, notes_of(id).values(), mine.values()))


def _actions(id: str, mine: dict[str, Action]) -> None:
    """What is to be done for the customer, to be ticked here, and the playbooks that run."""
    waiting = {key: one for key, one in mine.items() if one.status == "open"}
    with st.container(border=True, key="customer-actions", gap="small"):
        title = _("Open actions: {n}", n=len(waiting))
        st.markdown(f"**{say(title)}**")
        running = [one.name for one in runs().values() if one.customer_id == id and one.state == "running"]
        if running:
            st.caption(plain(_("Playbooks under way: {names}", names=running)))
        signatures = workspace().signatures(Action) if waiting else {}
        for key, one in sorted(waiting.items(), key=lambda pair: (pair[1].due_on, pair[0])):
            due = _("due {day}", day=one.due_on) if not one.is_overdue(dt.date.today()) else _(
                "overdue since {day}", day=one.due_on)
            facts = [plain(one.title), plain(due), *([plain(one.owner)] if one.owner else [])]
            st.checkbox(" · ".join(facts), key=held(f"customer-do-{key}", value=False), on_change=_done, args=(key,),
                        help=plain(signed(signatures, key)))
        st.page_link(ACTIONS_PAGE, label=say(_("Go to the actions")), icon=":material/checklist:")


@told
def _done(key: str) -> None:
    if one := workspace().load(Action, key):
        save({key: one.becoming("done", dt.date.today())})


def _onboarding(book: Book, code: int) -> None:
    found = onboarding_state(book, code)
    if found is None or book.as_of is None:
        return
    with st.container(border=True, key="customer-onboarding", gap="xsmall"):
        said = _("start not known") if found.state is None else STATES[found.state]
        over = "" if found.open_days is None else f" · {say(open_words(found.open_days))}"
        title = _("Onboarding: {state}", state=said)
        st.markdown(f"**{say(title)}**{plain(over)}")
        for one in found.steps:
            icon = ":material/check_circle:" if one.met_on else ":material/radio_button_unchecked:"
            st.markdown(f"{icon} {plain(step_words(one, book.as_of))}")


def _timeline(events: list[Event]) -> None:
    st.subheader(say(_("What happened: {n}", n=len(events))), anchor=False)
    if not events:
        st.caption(say(_("Nothing with a date is known of this customer.")))
        return
    there = [kind for kind in KIND_LABELS if any(one.kind == kind for one in events)]
    names = {kind: f"{say(KIND_LABELS[kind])} ({sum(one.kind == kind for one in events)})" for kind in there}
    key = held(f"{KINDS}-{language()}", [kind for kind in st.session_state.get(KINDS, []) if kind in there])
    st.pills(say(_("Kind")), there, selection_mode="multi", key=key, format_func=names.__getitem__,
             label_visibility="collapsed", on_change=_remember, args=(key,))
    kinds = st.session_state[key] or there
    frame = timeline_table([one for one in events if one.kind in kinds], language(), preferences().hides_names)
    wide = {frame.columns[2]: st.column_config.TextColumn(width="large"),
            frame.columns[0]: st.column_config.DateColumn(format=DATES[language()])}
    table(frame, "timeline", "customer-timeline", wide, search=len(events) > 10, hint=_("Any word"))


def _remember(key: str) -> None:
    st.session_state[KINDS] = st.session_state[key]
