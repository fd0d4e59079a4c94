"""Targets set and changed: the list, the form with what is realistic, the history of changes, and the way back."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.cards import lacking
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.periods import period_of
from cs_kpi.targets.forecast import kpi_of, month_of
from cs_kpi.targets.goals import TEXT_LENGTH, DatedKind, Target, Wanted
from cs_kpi.targets.review_listing import history
from cs_kpi.targets.review_words import agreed, asked, named, span, titled
from cs_kpi.targets.scenario import Goal, Scenario
from pages._ui.act import say_done, signed, what_was_done
from pages._ui.cache import cached
from pages._ui.frames import table
from pages._ui.goals_draft import WHY, begin, draft, drop, edit, keep, show_in_address
from pages._ui.goals_form import target_form
from pages._ui.goals_realism import realism_panel
from pages._ui.goals_shared import shared_form
from pages._ui.goals_work import form_of, save, targets
from pages._ui.guards import takes_dates, told
from pages._ui.picks import pick
from pages._ui.words import _, plain, say
from pages._ui.work import workspace

DELETED = "deleted-target"
WIDE = 480
FIRST_KPI = "customer_churn_rate"


def targets_section(book: Book) -> None:
    """What is edited, or the list with the ways to edit it."""
    what_was_done()
    if book.is_snapshot:
        takes_dates()
        return
    found = draft()
    if found is not None:
        _editor(book, *found)
    else:
        _list(book)
    show_in_address()


def target_name(book: Book, wanted: Wanted) -> str:
    """A target in one line: KPI, value, periods."""
    return f"{say(titled(wanted))} {asked(wanted, form_of(book))} · {say(span(wanted))}"


def _list(book: Book) -> None:
    known = targets()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if known:
            key = pick("target", _("Which target"), {one: target_name(book, each.now) for one, each in known.items()},
                       width=WIDE)
            st.button(say(_("Change this target")), key="target-edit", icon=":material/edit:", on_click=told(edit),
                      args=(key,))
            st.button(say(_("Delete")), key="target-delete", icon=":material/delete:", on_click=_delete, args=(key,))
        st.button(say(_("Add a target")), key="target-add", icon=":material/add:", on_click=_begin, args=(book,),
                  type="secondary" if known else "primary")
        _from_scenarios(book)
        if DELETED in st.session_state:
            st.button(say(_("Undo")), key="target-undo", icon=":material/undo:", type="tertiary", on_click=_put_back)
    if not known:
        st.info(say(_("There is no target yet. Add one: a KPI, its periods and a value. How realistic it is is shown "
                      "while you write.")), icon=":material/flag:")
        return
    _told(book, key, known[key])


@told
def _begin(book: Book) -> None:
    """A new target: of churn, or of the first KPI that the data can tell."""
    lacks = cached(lacking, book, tuple(KPIS))
    begin(book, next((one for one in (FIRST_KPI, *KPIS) if one not in lacks), FIRST_KPI))


def _from_scenarios(book: Book) -> None:
    """The goals of saved what-ifs, each a click away from being a target."""
    goals = {one.name: one.goal for one in workspace().all(Scenario).values() if one.goal}
    if goals:
        with st.popover(say(_("Take a goal from a scenario")), icon=":material/alt_route:"):
            for place, (name, goal) in enumerate(goals.items()):
                kpi = kpi_of(goal.kpi)
                value = form_of(book).number(goal.value, kpi.unit)
                label = _("{name}: {kpi} {value} by {month}", name=name, kpi=kpi.label, value=value,
                          month=named(month_of(goal)))
                st.button(plain(label), key=f"target-scenario-{place}", on_click=_take, args=(book, name, goal))


@told
def _take(book: Book, name: str, goal: Goal) -> None:
    """NRR is projected, and so becomes a target, over twelve months by the convention that multiplies them."""
    kind: DatedKind = "ttm" if goal.kpi == "nrr" else "month"
    begin(book, goal.kpi, kind, convention=kpi_of(goal.kpi).convention, values=(goal.value,), scenario=name,
          first=period_of(kind, month_of(goal).end).start)


def _told(book: Book, key: str, one: Target) -> None:
    """Whose it is, who agreed to it and when, why it was set, how realistic it is, and everything that was changed."""
    wanted = one.now
    facts = [_("Owner: {name}", name=wanted.owner)] if wanted.owner else []
    facts += [_("Shared with: {departments}", departments=[agreed(each) for each in wanted.shared_with])
              ] if wanted.shared_with else []
    facts += [_("Rationale: {text}", text=wanted.rationale)] if wanted.rationale else []
    facts += [_("From the scenario '{name}'", name=wanted.scenario)] if wanted.scenario else []
    said = " · ".join(plain(each) for each in facts)
    by = signed(workspace().signatures(Target), key)
    st.caption(" · ".join(part for part in (said, plain(_("Last saved: {who}", who=by))) if part))
    realism_panel(book, wanted)
    st.subheader(say(_("History of changes")), anchor=False)
    if one.changes:
        table(history(one, form_of(book)), f"target-history-{wanted.kpi}", f"target-history-{key}")
    else:
        st.caption(say(_("It is as it was first set.")))


def _editor(book: Book, key: str, wanted: Wanted) -> None:
    title = _("Change the target") if key else _("New target")
    st.subheader(say(title), anchor=False)
    target_form(book, wanted)
    shared_form(wanted)
    if key:
        st.text_input(say(_("Why it is changed")), key=WHY, max_chars=TEXT_LENGTH, width=640)
    with st.container(horizontal=True, gap="small"):
        st.button(say(_("Save the target")), key="target-save", type="primary", icon=":material/check:", on_click=_keep)
        st.button(say(_("Cancel")), key="target-cancel", on_click=drop)
    realism_panel(book, wanted)


@told
def _keep() -> None:
    st.session_state["target"] = keep()
    say_done(say(_("The target was saved.")))


@told
def _delete(key: str) -> None:
    gone = workspace().load(Target, key)
    if gone is not None:
        st.session_state[DELETED] = (key, gone.model_dump())
        workspace().remove(Target, key)


@told
def _put_back() -> None:
    key, gone = st.session_state.pop(DELETED)
    save({key: Target.model_validate(gone)})
    st.session_state["target"] = key



