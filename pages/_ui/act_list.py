"""The list of actions: filtered, edited, given out as csv, Excel and calendar, and read back."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.actions.records import NAME_LENGTH, STATUS_LABELS, TEXT_LENGTH, Action
from cs_kpi.book import Book
from cs_kpi.export.action_list import COLUMNS, action_table, names_of, ordered
from cs_kpi.export.calendar import ics_bytes
from pages._ui.act import actions, runs, save, set_status, signed
from pages._ui.act_file import read_back_form
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.people import DATES
from pages._ui.picks import pick
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, workspace

ICS = "text/calendar"
TITLE_WIDTH = 330
ALL = ""


def list_section(book: Book) -> None:
    """Every action in a table with its downloads; one of them to edit; a file that comes back."""
    known = actions()
    if not known:
        st.info(say(_("There are no actions yet. Start a playbook, or write one down in the queue.")),
                icon=":material/checklist:")
        read_back_form(book)
        return
    states: dict[str, str] = {ALL: say(_("All")), "late": say(_("Overdue"))}
    states |= {name: say(label) for name, label in STATUS_LABELS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        state = pick("list-status", _("Status"), states)
        people = sorted({one.owner for one in known.values()} - {""})
        owner = pick("list-owner", _("Who"), {ALL: say(_("Everybody"))} | {one: one for one in people})
    shown = {key: one for key, one in known.items() if _is_meant(one, state) and (not owner or one.owner == owner)}
    _table(book, shown)
    if shown:
        _edit(book, shown)
    read_back_form(book)


def _is_meant(one: Action, state: str) -> bool:
    return not state or (one.is_overdue(dt.date.today()) if state == "late" else one.status == state)


def _table(book: Book, shown: dict[str, Action]) -> None:
    hides = preferences().hides_names
    frame = action_table(book, shown, runs(), language(), hides)
    ids = sorted({one.customer_id for one in shown.values()})
    names = dict(zip(ids, names_of(book, ids, language(), hides), strict=True))
    hidden = {say(COLUMNS[name]): None for name in ("key", "version", "customer_id")}
    columns = hidden | {say(COLUMNS["due_on"]): st.column_config.DateColumn(format=DATES[language()]),
                        say(COLUMNS["title"]): st.column_config.TextColumn(width=TITLE_WIDTH)}
    table(frame, "actions", "actions", columns, search=True, wraps=True,
          customers=[one.customer_id for _key, one in ordered(shown)])
    st.download_button(say(_("Calendar (.ics)")), lambda: ics_bytes(shown, names, language()), "actions.ics", ICS,
                       key="actions-ics", on_click="ignore", icon=":material/calendar_add_on:")


def _edit(book: Book, shown: dict[str, Action]) -> None:
    """One action, saved as it is changed."""
    keys = sorted(shown, key=lambda key: (shown[key].due_on, shown[key].customer_id, key))
    names = names_of(book, [shown[key].customer_id for key in keys], language(), preferences().hides_names)
    labels = {key: f"{name}: {shown[key].title}" for key, name in zip(keys, names, strict=True)}
    with st.container(border=True, key="action-edit"):
        key = pick("list-action", _("Edit an action"), labels, width=520)
        one = shown[key]
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(say(_("What to do")), key=held(f"edit-title-{key}", one.title), max_chars=200, width=320,
                          on_change=_changed, args=(key, "title"))
            st.text_input(say(_("Who")), key=held(f"edit-owner-{key}", one.owner), max_chars=NAME_LENGTH, width=180,
                          on_change=_changed, args=(key, "owner"))
            st.date_input(say(_("Due on")), key=held(f"edit-due_on-{key}", one.due_on), width=150,
                          on_change=_changed, args=(key, "due_on"))
            states = {name: say(label) for name, label in STATUS_LABELS.items()}
            st.selectbox(say(_("Status")), list(states), key=held(f"edit-status-{key}", one.status), width=150,
                         format_func=states.__getitem__, on_change=_changed, args=(key, "status"))
            st.text_input(say(_("Outcome")), key=held(f"edit-outcome-{key}", one.outcome), max_chars=TEXT_LENGTH,
                          width=320, on_change=_changed, args=(key, "outcome"))
        st.caption(plain(_("Last changed: {signature}", signature=signed(workspace().signatures(Action), key))))


@told
def _changed(key: str, field: str) -> None:
    """One field of an action; a title or a day that was emptied stays as it was."""
    one, value = workspace().load(Action, key), st.session_state[f"edit-{field}-{key}"]
    if one is None or value is None or (field == "title" and not value.strip()):
        return
    if field == "status":
        set_status(key, value)
    else:
        save({key: one.model_copy(update={field: value.strip() if isinstance(value, str) else value})})
