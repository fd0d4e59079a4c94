"""The departments that share the target that is edited, and who agreed for each, when."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.targets.goals import NAME_LENGTH, Agreement, Wanted
from pages._ui.goals_draft import changed, draft
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, say

NEW = "target-department"


def shared_form(wanted: Wanted) -> None:
    """A line per department, and a field for one more."""
    for place, one in enumerate(wanted.shared_with):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            for field, label, width in (("department", _("Shared with"), 200), ("by", _("Agreed by"), 180)):
                widget = held(f"target-shared-{place}-{field}", getattr(one, field))
                st.text_input(say(label), key=widget, max_chars=NAME_LENGTH, width=width, on_change=_entered,
                              args=(place, field, widget))
            widget = held(f"target-shared-{place}-on", one.on)
            st.date_input(say(_("Agreed on")), value=None, key=widget, width=160, on_change=_entered,
                          args=(place, "on", widget), format="YYYY-MM-DD")
            st.button(say(_("Remove")), key=f"target-shared-{place}-remove", icon=":material/close:",
                      on_click=_removed, args=(place,))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(say(_("A department that shares it")), key=NEW, max_chars=NAME_LENGTH, width=260)
        st.button(say(_("Add")), key="target-shared-add", icon=":material/add:", on_click=_added)


@told
def _added() -> None:
    found, name = draft(), str(st.session_state.get(NEW, "")).strip()
    assert found is not None
    if name:
        changed(shared_with=[*found[1].shared_with, Agreement(department=name)])
        st.session_state[NEW] = ""


@told
def _entered(place: int, field: str, widget: str) -> None:
    """An agreement is of the day on which its name was entered, until another day is."""
    found, value = draft(), st.session_state[widget]
    assert found is not None
    known = list(found[1].shared_with)
    if field == "department" and not str(value).strip():
        return
    one = known[place].model_copy(update={field: value.strip() if isinstance(value, str) else value})
    if field == "by" and one.by and one.on is None:
        one = one.model_copy(update={"on": dt.date.today()})
    known[place] = one
    changed(shared_with=[each.model_dump() for each in known])


@told
def _removed(place: int) -> None:
    found = draft()
    assert found is not None
    changed(shared_with=[one for number, one in enumerate(found[1].shared_with) if number != place])
