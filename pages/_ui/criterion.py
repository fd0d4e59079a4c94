"""The criterion editor: rules added, changed and removed in a draft whose effect is shown until it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.criterion import Criterion
from cs_kpi.kpi.onboarding import start_periods
from cs_kpi.measures.onboarding import STATES, criterion, no_criterion
from cs_kpi.onboarding.editing import (
    JOINED_LABELS,
    KIND_LABELS,
    SINCE_LABELS,
    Joined,
    effect,
    first_guess,
    has_trials,
    in_words,
    rules_offered,
)
from pages._ui.cache import cached
from pages._ui.criterion_draft import (
    DRAFT,
    UNDO,
    add,
    change,
    count_since,
    discard,
    draft_of,
    join,
    names_of,
    remove,
    save,
    take_the_guess,
    undo,
)
from pages._ui.held import held
from pages._ui.view import View
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, settings

Shows = Literal["visible", "collapsed"]
"""Of a widget's label: over the first row alone."""
ANY_FEATURE = _("any feature")


def criterion_editor(book: Book, view: View) -> None:
    """What is in force in one line, the editor folded under it, and what a draft would change."""
    in_force, draft = book.once(criterion), draft_of(book)
    assert draft is not None
    with st.container(border=True, key="criterion"):
        said = in_words(in_force) if in_force else _("not chosen yet")
        st.markdown(say(_("**Onboarded when** {criterion}", criterion=plain(said))))
        if in_force and (reason := no_criterion(book)):
            st.warning(plain(reason), icon=":material/rule:")
        with st.expander(say(_("Change the criterion")), icon=":material/edit:",
                         expanded=in_force is None or DRAFT in st.session_state):
            _rules(book, draft)
            _effect(book, view, in_force, draft)
            _buttons(book, draft)
        _undo()


def _rules(book: Book, draft: Criterion) -> None:
    """A row of widgets for each rule, and how they are joined."""
    known = {rule.kind for rule in (*rules_offered(book), *draft.rules)}
    kinds = [kind for kind in KIND_LABELS if kind in known]
    if kinds == ["completed"]:
        _days(book, draft, 0, "visible")
        st.caption(say(_("The customer list has the day of completion only, so the limit is all there is to set. Load "
                         "milestones or usage for more rules.")))
        return
    for place, rule in enumerate(draft.rules):
        shows: Shows = "visible" if place == 0 else "collapsed"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _kind(book, draft, place, kinds, shows)
            _name(book, draft, place, shows)
            if rule.kind == "uses":
                st.number_input(say(_("Times")), 1, key=held(f"rule-{place}-times", rule.times), width=100,
                                on_change=change, args=(book, place, "times", f"rule-{place}-times"))
            _days(book, draft, place, shows)
            st.button(say(_("Remove")), key=f"rule-{place}-remove", icon=":material/close:", on_click=remove,
                      args=(book, place), disabled=len(draft.rules) == 1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(say(_("Add a rule")), key="rule-add", icon=":material/add:", on_click=add, args=(book,))
        _join(book, draft)


def _kind(book: Book, draft: Criterion, place: int, kinds: Sequence[str], shows: Shows) -> None:
    names = {kind: say(KIND_LABELS[kind]) for kind in kinds}
    key = held(f"rule-{place}-kind-{language()}", draft.rules[place].kind)
    st.selectbox(say(_("Rule")), kinds, key=key, format_func=names.__getitem__, width=200, on_change=change,
                 args=(book, place, "kind", key), label_visibility=shows)


def _name(book: Book, draft: Criterion, place: int, shows: Shows) -> None:
    rule = draft.rules[place]
    if rule.kind == "completed":
        return
    names = {name: name or say(ANY_FEATURE) for name in dict.fromkeys((*names_of(book, rule.kind), rule.name))}
    key = held(f"rule-{place}-name-{rule.kind}-{language()}", rule.name)
    label, width = _("Milestone") if rule.kind == "milestone" else _("Feature"), 160 if rule.kind == "uses" else 230
    st.selectbox(say(label), list(names), key=key, width=width,
                 format_func=names.__getitem__, on_change=change, args=(book, place, "name", key),
                 label_visibility="visible" if rule.kind == "uses" else shows)


def _days(book: Book, draft: Criterion, place: int, shows: Shows) -> None:
    key = held(f"rule-{place}-days", draft.rules[place].days)
    st.number_input(say(_("Within days")), 0, 3_650, key=key, width=130, on_change=change,
                    args=(book, place, "days", key), label_visibility=shows)


def _join(book: Book, draft: Criterion) -> None:
    if len(draft.rules) > 1:
        names = {one: say(JOINED_LABELS[one]) for one in get_args(Joined)}
        key = held(f"rules-joined-{language()}", draft.joined)
        st.segmented_control(say(_("Needed")), list(names), key=key, format_func=names.__getitem__, required=True,
                             on_change=join, args=(book, key))
        if draft.joined == "k_of_n":
            st.number_input(say(_("How many of them")), 1, len(draft.rules), width=150, on_change=join,
                            args=(book, ""), key=held(f"rules-needed-{len(draft.rules)}", draft.rules_needed))
    if has_trials(book):
        starts = {one: say(label) for one, label in SINCE_LABELS.items()}
        key = held(f"rules-since-{language()}", draft.since)
        st.selectbox(say(_("Days count from")), list(starts), key=key, format_func=starts.__getitem__, width=200,
                     on_change=count_since, args=(book, key))


def _effect(book: Book, view: View, in_force: Criterion | None, draft: Criterion) -> None:
    """How many customers are in each state; with a draft, what it would change."""
    rows = cached(effect, book, in_force, draft, start_periods(view.run), view.segment).to_dict("records")
    st.caption(say(_("Customers that started from {first} to {last}, by state", first=view.run[0].label(language()),
                     last=view.run[-1].label(language()))))
    with st.container(horizontal=True):
        for row in rows:
            change = row["after"] - row["before"]
            said = number(change, "count", signed=True) if change and change == change else None
            st.metric(say(STATES[row["state"]]), number(row["after"], "count"), said, delta_color="off",
                      delta_arrow="off", width=135)


def _buttons(book: Book, draft: Criterion) -> None:
    with st.container(horizontal=True):
        differs = draft != settings().onboarding and draft != book.once(criterion)
        st.button(say(_("Save criterion")), key="criterion-save", type="primary", disabled=not differs, on_click=save,
                  args=(book,), icon=":material/check:")
        if differs and DRAFT in st.session_state:
            st.button(say(_("Discard changes")), key="criterion-discard", on_click=discard)
        if settings().onboarding is not None and first_guess(book) is not None:
            st.button(say(_("Back to what the sheets offer")), key="criterion-guess", on_click=take_the_guess)


def _undo() -> None:
    """One click back to the criterion before the last change, as long as this session lasts."""
    if UNDO in st.session_state:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say(_("The criterion was saved; all onboarding numbers follow it.")), width="content")
            st.button(say(_("Undo")), key="criterion-undo", icon=":material/undo:", on_click=undo, type="tertiary")
