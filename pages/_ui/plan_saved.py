"""Saved scenarios: save, open, duplicate, forget, make one the plan, and see several side by side."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.plan import MOST_COMPARED, compared_figure
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import shown
from cs_kpi.targets.forecast import SHOWN
from cs_kpi.targets.listing import compared
from cs_kpi.targets.scenario import LONGEST, Scenario, named
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.picks import pick
from pages._ui.plan import (
    draft,
    fitted,
    form,
    is_saved,
    key_of,
    make_plan,
    note_bar,
    plan_key,
    played,
    put,
    remove,
    save,
    scenarios,
)
from pages._ui.plan_meeting import meeting_switch
from pages._ui.sections import open_section
from pages._ui.words import _, plain, say
from pages._ui.work import language, workspace

NAME = "plan-name"
PLAN = _("the plan")


def scenario_bar(book: Book) -> None:
    """The name of what is tried out, with save; and the saved ones to open."""
    now, saved = draft(book), scenarios()
    note_bar(now)
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan-bar"):
        st.text_input(say(_("Name of the scenario")), key=held(NAME, now.name), max_chars=80, width=260,
                      on_change=_rename, args=(book,))
        st.button(say(_("Save")), key="plan-save", icon=":material/save:", type="primary", on_click=_save,
                  args=(book,), disabled=is_saved(now))
        if saved:
            _open(now, saved)
        meeting_switch()


def _open(now: Scenario, saved: dict[str, Scenario]) -> None:
    chosen = plan_key()
    names = {"": say(_("Open a saved scenario")), **{
        key: say(_("{name} (the plan)", name=one.name)) if key == chosen else one.name for key, one in saved.items()}}
    key = held(f"plan-open-{language()}", key_of(now.name) if key_of(now.name) in saved else "")
    st.selectbox(say(_("Saved scenarios")), list(names), key=key, format_func=names.__getitem__, width=260,
                 on_change=_opened, args=(key,))


@told
def _rename(book: Book) -> None:
    """Under another name it is another scenario; the saved one stays."""
    put(named(draft(book), st.session_state[NAME]))


@told
def _save(book: Book) -> None:
    now = draft(book)
    put(now)
    save(now)


@told
def _opened(key: str) -> None:
    if one := scenarios().get(st.session_state[key]):
        put(one)


def scenarios_section(book: Book) -> None:
    """All saved scenarios by name, then side by side."""
    saved = scenarios()
    if not saved:
        st.info(say(_("No scenario is saved yet. Change a driver under What-if, give the scenario a name, and save "
                      "it.")),
                icon=":material/bookmark:")
        return
    chosen, signed = plan_key(), workspace().signatures(Scenario)
    for key, one in saved.items():
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"plan-row-{abs(hash(key))}"):
            mark = f" :material/star: {say(PLAN)}" if key == chosen else ""
            st.markdown(f"**{plain(one.name)}**{mark}  \n{plain(_saved_on(signed[key].at, signed[key].by))}")
            _buttons(key, one, is_plan=key == chosen)
    _side_by_side(book, saved)


def _saved_on(at: object, by: str) -> str:
    day = shown(at.date(), language())  # type: ignore[attr-defined]
    return say(_("saved {day} by {name}", day=day, name=by)) if by else say(_("saved {day}", day=day))


def _buttons(key: str, one: Scenario, *, is_plan: bool) -> None:
    for name, label, icon, callback, is_off in (
            ("open", _("Open it"), "edit", _put, False), ("copy", _("Duplicate"), "content_copy", _copy, False),
            ("plan", _("Make it the plan"), "star", _plan, is_plan), ("out", _("Delete"), "delete", _remove, False)):
        st.button(say(label), key=f"plan-{name}-{key}", icon=f":material/{icon}:", on_click=callback, args=(key, one),
                  disabled=is_off)


@told
def _put(_key: str, one: Scenario) -> None:
    put(one)
    open_section("targets", "whatif")


@told
def _copy(_key: str, one: Scenario) -> None:
    """The same under a name that is not taken."""
    taken, number = scenarios(), 2
    while key_of(name := say(_("{name} ({number})", name=one.name[:72], number=number))) in taken:
        number += 1
    save(named(one, name))


@told
def _plan(key: str, _one: Scenario) -> None:
    make_plan(key)


@told
def _remove(key: str, one: Scenario) -> None:
    """It can be taken back from the message."""
    remove(key)
    st.session_state["plan-removed"] = one.model_dump_json()


def undo_bar() -> None:
    """The way back after a scenario was deleted."""
    if body := st.session_state.get("plan-removed"):
        one = Scenario.model_validate_json(body)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_("Deleted: {name}", name=one.name)))
            st.button(say(_("Undo")), key="plan-undo", icon=":material/undo:", on_click=_restore, args=(one,))


@told
def _restore(one: Scenario) -> None:
    save(one)
    st.session_state.pop("plan-removed", None)


def _side_by_side(book: Book, saved: dict[str, Scenario]) -> None:
    st.subheader(say(_("Side by side")), anchor=False)
    names = {key: one.name for key, one in saved.items()}
    remembered = [key for key in st.session_state.get("plan-beside", list(saved)[:3]) if key in saved]
    key = held(f"plan-compared-{language()}", remembered)
    picked = st.multiselect(say(_("Scenarios")), list(saved), key=key, format_func=names.__getitem__,
                            max_selections=MOST_COMPARED - 2, on_change=_remember, args=(key,))
    plain_rates = Scenario(name=say(_("As it is")), months=max([saved[one].months for one in picked], default=12))
    found = [played(book, one) for one in (plain_rates, *(fitted(book, saved[key]) for key in picked))]
    kpis = {name: say(KPIS[name].label) for name in SHOWN}
    kpi = pick("plan-compared-kpi", _("Chart of"), kpis, first="arr", as_buttons=True)
    show(compared_figure(found, kpi, form(book)))
    months = st.slider(say(_("Compared after so many months")), 1, LONGEST,
                       key="plan-compared-months", value=12, persist_state="session")
    table(compared(found, months, form(book)), "scenarios", "plan-compared-table")


def _remember(key: str) -> None:
    st.session_state["plan-beside"] = st.session_state[key]
