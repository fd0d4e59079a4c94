"""Playbooks at work: what is proposed and why, what runs with its steps, and how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from cs_kpi.actions.proposals import Proposed
from cs_kpi.actions.records import OUTCOME_LABELS, TEXT_LENGTH, Action, Run
from cs_kpi.actions.today import Today
from cs_kpi.actions.triggers import in_words
from cs_kpi.book import Book
from cs_kpi.locale import shown as date_text
from pages._ui.act import actions, new_key, proposed, runs, save, set_status, signed, start, today_of
from pages._ui.act_exit import exit_form
from pages._ui.customer_links import customer_link
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.people import shown_names
from pages._ui.picks import pick
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, workspace

MOST_SHOWN = 15
DISMISSING = "dismissing"


def playbook_section(book: Book) -> None:
    """Proposals by playbook, the runs under way, those that are over."""
    today = today_of(book)
    names = shown_names(book)
    found = proposed(today).found
    st.subheader(say(_("Proposed")), anchor=False)
    _proposals(today, [one for one in found if len(one.customer)], names)
    cannot_be_told(found)
    known, doing = runs(), actions()
    running = {key: one for key, one in known.items() if one.state == "running"}
    st.subheader(say(_("Running: {n}", n=len(running))), anchor=False)
    _running(book, running, doing, names)
    _over({key: one for key, one in known.items() if one.state != "running"}, names)


def _proposals(today: Today, found: Sequence[Proposed], names: dict[str, str]) -> None:
    if not found:
        st.info(say(_("Nothing is proposed: no trigger holds for anybody who is not in hand already.")),
                icon=":material/done_all:")
        return
    labels = {one.key: f"{one.playbook.name} ({len(one.customer)})" for one in found}
    key = pick("proposed-playbook", _("Playbook"), labels)
    one = next(each for each in found if each.key == key)
    st.caption(plain(_("{trigger}: {n} steps", trigger=in_words(one.playbook.trigger), n=len(one.playbook.steps))))
    with st.container(border=True, key="proposals"):
        for place in range(min(len(one.customer), MOST_SHOWN)):
            _proposal(today, one, place, names)
        if len(one.customer) > MOST_SHOWN:
            st.caption(say(_("and {n} more, who come up as these are started or dismissed",
                             n=len(one.customer) - MOST_SHOWN)))


def _proposal(today: Today, one: Proposed, place: int, names: dict[str, str]) -> None:
    code = int(one.customer[place])
    id = str(today.book.customer_ids[code])
    because, token = say(one.words(place)), f"{one.key}-{id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        paid = number(float(today.mrr[code]), "money", today.book.currency) if today.mrr[code] > 0 else ""
        facts = " · ".join(part for part in (because, paid, today.owner[code]) if part)
        customer_link(id, names[id])
        st.markdown(plain(facts), width="stretch")
        if st.session_state.get(DISMISSING) == token:
            st.text_input(say(_("Reason")), key="dismiss-reason", max_chars=TEXT_LENGTH, width=260,
                          label_visibility="collapsed", placeholder=say(_("Why not?")))
            st.button(say(_("Dismiss")), key=f"dismiss-sure-{token}", on_click=_dismiss, args=(one, id, because))
        else:
            st.button(say(_("Start it")), key=f"start-{token}", icon=":material/play_arrow:", on_click=_start,
                      args=(today, one.key, id, because))
            st.button(say(_("Dismiss")), key=f"dismiss-{token}", type="tertiary", on_click=_ask_why, args=(token,))


@told
def _start(today: Today, key: str, customer_id: str, because: str) -> None:
    start(today, key, customer_id, because)


def _ask_why(token: str) -> None:
    st.session_state[DISMISSING] = token
    st.session_state["dismiss-reason"] = ""


@told
def _dismiss(one: Proposed, customer_id: str, because: str) -> None:
    """Not proposed again until its trigger has lapsed."""
    st.session_state.pop(DISMISSING, None)
    reason = st.session_state.get("dismiss-reason", "")
    save({new_key(): Run(playbook=one.key, name=one.playbook.name, customer_id=customer_id, state="dismissed",
                         begun_on=dt.date.today(), because=because, ended_on=dt.date.today(), reason=reason.strip())})


def cannot_be_told(found: Sequence[Proposed]) -> None:
    """What the data cannot tell, and what would bring it."""
    missing = [one for one in found if one.missing is not None]
    if missing:
        with st.expander(say(_("Cannot be told from this data: {n}", n=len(missing))), icon=":material/upload_file:"):
            for one in missing:
                st.markdown(f"- {plain(one.playbook.name)}: {plain(one.missing or '')}")


def _running(book: Book, running: dict[str, Run], doing: dict[str, Action], names: dict[str, str]) -> None:
    if not running:
        st.caption(say(_("Nothing runs yet. Start a playbook above, or from the queue.")))
        return
    steps: dict[str, list[tuple[str, Action]]] = {key: [] for key in running}
    for key, one in doing.items():
        if one.run in steps:
            steps[one.run].append((key, one))
    signatures = workspace().signatures(Run)
    due = {key: min((one.due_on for _key, one in mine if one.status == "open"), default=dt.date.max)
           for key, mine in steps.items()}
    for key in sorted(running, key=lambda one: (due[one], one))[:MOST_SHOWN]:
        with st.container(border=True, key=f"run-{key}"):
            _run(book, key, running[key], sorted(steps[key], key=lambda pair: pair[1].step or 0), names,
                 signed(signatures, key))
    if len(running) > MOST_SHOWN:
        st.caption(say(_("and {n} more with later steps; all steps are in the list of actions",
                         n=len(running) - MOST_SHOWN)))


def _run(book: Book, key: str, one: Run, steps: list[tuple[str, Action]], names: dict[str, str], by: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        customer_link(one.customer_id, names.get(one.customer_id, one.customer_id))
        st.markdown(plain(one.name), width="stretch")
    st.caption(plain(" · ".join(part for part in (one.because, by) if part)))
    for action_key, action in steps:
        _step(book, action_key, action)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        labels = {name: say(label) for name, label in OUTCOME_LABELS.items()}
        is_done = all(action.status != "open" for _key, action in steps)
        outcome = pick(f"outcome-{key}", _("Outcome"), labels, None if is_done else "stopped")
        st.text_input(say(_("Note")), key=f"outcome-note-{key}", max_chars=TEXT_LENGTH, width=320)
        st.button(say(_("End the playbook")), key=f"end-{key}", icon=":material/flag:", on_click=_end,
                  args=(key, outcome))


def _step(book: Book, key: str, action: Action) -> None:
    """A step to tick; the exit interview asks for the reason instead."""
    today = dt.date.today()
    late = f" :material/warning: {say(_('overdue'))}" if action.is_overdue(today) else ""
    facts = " · ".join(part for part in (plain(action.owner), date_text(action.due_on, language())) if part)
    label = f"{plain(action.title)} ({facts}){late}"
    if action.asks_reason and action.status == "open":
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(label, width="content")
            exit_form(book, key, action)
        return
    st.checkbox(label, key=held(f"step-{key}", action.status == "done"), on_change=_ticked, args=(key,),
                disabled=action.status == "dropped")


@told
def _ticked(key: str) -> None:
    set_status(key, "done" if st.session_state[f"step-{key}"] else "open")


@told
def _end(key: str, outcome: str) -> None:
    """The run is over; steps that are still open are not needed any more."""
    one = workspace().load(Run, key)
    if one is None:
        return
    ended = {"state": "ended", "outcome": outcome, "reason": st.session_state.get(f"outcome-note-{key}", "").strip(),
             "ended_on": dt.date.today()}
    save({key: one.model_copy(update=ended)})
    save({name: each.becoming("dropped", dt.date.today()) for name, each in actions().items()
          if each.run == key and each.status == "open"})


def _over(ended: dict[str, Run], names: dict[str, str]) -> None:
    """What ended or was dismissed, the latest first, each with one click back."""
    if not ended:
        return
    signatures = workspace().signatures(Run)
    with st.expander(say(_("Ended and dismissed: {n}", n=len(ended))), icon=":material/inventory_2:", key="over"):
        latest = sorted(ended, key=lambda key: (ended[key].ended_on or ended[key].begun_on, key), reverse=True)
        for key in latest[:MOST_SHOWN]:
            one = ended[key]
            what = say(OUTCOME_LABELS[one.outcome]) if one.outcome else say(_("Dismissed"))
            told_ = " · ".join(part for part in (one.name, what, one.reason, signed(signatures, key)) if part)
            with st.container(horizontal=True, vertical_alignment="center"):
                customer_link(one.customer_id, names.get(one.customer_id, one.customer_id))
                st.markdown(plain(told_), width="stretch")
                st.button(say(_("Undo")), key=f"again-{key}", icon=":material/undo:", type="tertiary",
                          on_click=_undo, args=(key,))


@told
def _undo(key: str) -> None:
    """A dismissal is forgotten, so that it is proposed again; a run goes on."""
    one = workspace().load(Run, key)
    if one is None:
        return
    if one.state == "dismissed":
        workspace().remove(Run, key)
        return
    back = {"state": "running", "outcome": None, "ended_on": None, "lapsed_on": None}
    save({key: one.model_copy(update=back)})
    save({name: each.becoming("open", dt.date.today()) for name, each in actions().items()
          if each.run == key and each.status == "dropped"})
