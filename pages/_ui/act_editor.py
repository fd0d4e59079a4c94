"""The playbook editor: trigger, thresholds and steps, saved as they are changed; shipped ones can be restored."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from cs_kpi.actions.records import MOST_STEPS, NAME_LENGTH, PARAMETERS, TRIGGERS, Parameter, Playbook, Step, Trigger
from cs_kpi.actions.shipped import shipped
from cs_kpi.actions.triggers import KINDS
from cs_kpi.book import Book
from pages._ui.act import new_key, playbooks, save, today_of
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import language, workspace

PICKED, DELETED = "edited-playbook", "deleted-playbook"
Shows = Literal["visible", "collapsed"]


def editor_section(book: Book) -> None:
    """One playbook to edit, and how it would be proposed today."""
    known = playbooks()
    chosen = st.session_state.get(PICKED)
    key = chosen if chosen in known else next(iter(known))
    labels = {one: each.name if each.is_on else say(_("{name} (off)", name=each.name)) for one, each in known.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        widget = held(f"{PICKED}-{language()}-{len(known)}", key)
        st.selectbox(say(_("Playbook")), list(labels), key=widget, format_func=labels.__getitem__, width=420,
                     on_change=_pick, args=(widget,))
        st.button(say(_("Copy")), key="playbook-copy", icon=":material/content_copy:", on_click=_copy, args=(key,))
        _ways_back(key)
    _head(key, known[key])
    _trigger(book, key, known[key])
    _steps(key, known[key])


def _ways_back(key: str) -> None:
    """A shipped one that was changed can be as it was; an own one can go, and come back."""
    usual = shipped(language())
    if key in usual and key in workspace().all(Playbook):
        st.button(say(_("Restore as shipped")), key="playbook-restore", icon=":material/restart_alt:",
                  on_click=_remove, args=(key,))
    elif key not in usual:
        st.button(say(_("Delete")), key="playbook-delete", icon=":material/delete:", on_click=_remove, args=(key,))
    if DELETED in st.session_state:
        st.button(say(_("Undo")), key="playbook-undo", icon=":material/undo:", type="tertiary", on_click=_put_back)


def _head(key: str, one: Playbook) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(say(_("Name")), key=held(f"playbook-name-{key}", one.name), max_chars=NAME_LENGTH, width=420,
                      on_change=_changed, args=(key, "name"))
        st.toggle(say(_("Is proposed")), key=held(f"playbook-is_on-{key}", one.is_on), on_change=_changed,
                  args=(key, "is_on"))


def _trigger(book: Book, key: str, one: Playbook) -> None:
    """When it is proposed, and for how many it would be today."""
    with st.container(border=True, key="playbook-trigger"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            names = {kind: say(KINDS[kind].label) for kind in TRIGGERS}
            widget = held(f"playbook-kind-{key}-{language()}", one.trigger.kind)
            st.selectbox(say(_("Proposed when")), list(names), key=widget, format_func=names.__getitem__, width=280,
                         on_change=_kind, args=(key, widget))
            for parameter in PARAMETERS[one.trigger.kind]:
                _threshold(key, one.trigger, parameter)
        today = today_of(book)
        if missing := KINDS[one.trigger.kind].missing(today):
            st.caption(plain(missing))
        else:
            value = KINDS[one.trigger.kind].held(today, one.trigger)
            st.caption(say(_("Holds for {n} customers today.", n=int((value == value).sum()))))


def _threshold(key: str, trigger: Trigger, one: Parameter) -> None:
    """A share is shown in percent."""
    scale = 100 if one.unit == "share" else 1
    label = f"{say(one.label)} (%)" if one.unit == "share" else say(one.label)
    widget = held(f"playbook-{key}-{trigger.kind}-{one.name}", round(trigger.threshold(one.name) * scale))
    st.number_input(label, round(one.low * scale), round(one.high * scale), key=widget, width=190,
                    on_change=_thresholds, args=(key, one.name, scale, widget))


def _steps(key: str, one: Playbook) -> None:
    st.subheader(say(_("Steps")), anchor=False)
    for place, step in enumerate(one.steps):
        shows: Shows = "visible" if place == 0 else "collapsed"
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            base = f"playbook-step-{key}-{place}"
            st.text_input(say(_("What to do")), key=held(f"{base}-title", step.title), max_chars=200, width=460,
                          on_change=_step, args=(key, place, "title"), label_visibility=shows)
            st.text_input(say(_("Who")), key=held(f"{base}-owner", step.owner), max_chars=NAME_LENGTH, width=150,
                          placeholder=say(_("The customer's CSM")), on_change=_step, args=(key, place, "owner"),
                          label_visibility=shows)
            st.number_input(say(_("Days after start")), 0, 730, key=held(f"{base}-due_days", step.due_days), width=130,
                            on_change=_step, args=(key, place, "due_days"), label_visibility=shows)
            st.checkbox(say(_("Asks why they leave")), key=held(f"{base}-asks_reason", step.asks_reason),
                        on_change=_step, args=(key, place, "asks_reason"))
            st.button(say(_("Up")), key=f"{base}-up", icon=":material/arrow_upward:", disabled=place == 0,
                      on_click=_moved, args=(key, place))
            st.button(say(_("Remove")), key=f"{base}-remove", icon=":material/close:", disabled=len(one.steps) == 1,
                      on_click=_removed, args=(key, place))
    st.button(say(_("Add a step")), key="playbook-add-step", icon=":material/add:", on_click=_added, args=(key,),
              disabled=len(one.steps) >= MOST_STEPS)
    st.caption(say(_("Runs that were started keep their steps; changes count for the next ones.")))


def _pick(widget: str) -> None:
    st.session_state[PICKED] = st.session_state[widget]


def _put(key: str, **changes: object) -> None:
    """Save a playbook with some fields changed."""
    before = playbooks().get(key)
    if before is not None:
        save({key: Playbook.model_validate({**before.model_dump(), **changes})})


@told
def _changed(key: str, field: str) -> None:
    value = st.session_state[f"playbook-{field}-{key}"]
    if not isinstance(value, str) or value.strip():
        _put(key, **{field: value.strip() if isinstance(value, str) else value})


@told
def _kind(key: str, widget: str) -> None:
    _put(key, trigger={"kind": st.session_state[widget]})


@told
def _thresholds(key: str, name: str, scale: int, widget: str) -> None:
    trigger, value = playbooks()[key].trigger, st.session_state[widget]
    if value is not None:
        _put(key, trigger={"kind": trigger.kind, "thresholds": {**trigger.thresholds, name: value / scale}})


@told
def _step(key: str, place: int, field: str) -> None:
    """One field of a step; an emptied title stays as it was."""
    value = st.session_state[f"playbook-step-{key}-{place}-{field}"]
    steps = [one.model_dump() for one in playbooks()[key].steps]
    if place < len(steps) and value is not None and not (field == "title" and not value.strip()):
        steps[place][field] = value.strip() if isinstance(value, str) else value
        _put(key, steps=steps)


@told
def _added(key: str) -> None:
    steps = playbooks()[key].steps
    last = steps[-1].due_days
    _put(key, steps=[*steps, Step(title=say(_("New step")), due_days=min(last + 7, 730))])


@told
def _removed(key: str, place: int) -> None:
    steps = [one for number, one in enumerate(playbooks()[key].steps) if number != place]
    if steps:
        _put(key, steps=steps)


@told
def _moved(key: str, place: int) -> None:
    steps = list(playbooks()[key].steps)
    steps.insert(place - 1, steps.pop(place))
    _put(key, steps=steps)


@told
def _copy(key: str) -> None:
    made, one = new_key(), playbooks()[key]
    name = say(_("{name} (copy)", name=one.name))[:NAME_LENGTH]
    save({made: one.model_copy(update={"name": name})})
    st.session_state[PICKED] = made


@told
def _remove(key: str) -> None:
    """An own playbook goes, a shipped one is as it was; the change can be had back until the next one."""
    gone = workspace().load(Playbook, key)
    if gone is not None:
        st.session_state[DELETED] = (key, gone.model_dump())
        workspace().remove(Playbook, key)


@told
def _put_back() -> None:
    key, gone = st.session_state.pop(DELETED)
    save({key: Playbook.model_validate(gone)})
    st.session_state[PICKED] = key
