"""The criterion that is being edited: kept in the session until it is saved or discarded, one change at a time."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.measures.onboarding import criterion
from cs_kpi.measures.use import use_log
from cs_kpi.onboarding.editing import (
    first_guess,
    milestones,
    rules_offered,
    with_change,
    with_join,
    with_rule,
    without_rule,
)
from pages._ui.guards import told
from pages._ui.work import save_settings, settings

DRAFT, UNDO = "criterion-draft", "criterion-before"


def draft_of(book: Book) -> Criterion | None:
    """What is being edited, else what is in force, else the first guess."""
    if kept := st.session_state.get(DRAFT):
        return Criterion.model_validate(kept)
    return book.once(criterion) or first_guess(book)


def names_of(book: Book, kind: str) -> list[str]:
    if kind == "milestone":
        return milestones(book)
    features = list(book.once(use_log).features) if book.has("usage") else []
    return ["", *features] if kind == "uses" else features


def _put(draft: Criterion) -> None:
    st.session_state[DRAFT] = draft.model_dump()


@told
def change(book: Book, place: int, field: str, key: str) -> None:
    """One field of a rule; another kind of rule begins with its first name."""
    draft = draft_of(book)
    assert draft is not None
    rule, value = draft.rules[place], st.session_state[key]
    if field == "kind":
        changed = Rule(kind=value, name=next(iter(names_of(book, value)), "") if value != "completed" else "",
                       days=rule.days)
    else:
        changed = Rule.model_validate({**rule.model_dump(), field: value})
    _put(with_change(draft, place, changed))


@told
def add(book: Book) -> None:
    """The first rule that is not there yet, else the first once more."""
    draft, offered = draft_of(book), rules_offered(book)
    assert draft is not None
    there = {(rule.kind, rule.name) for rule in draft.rules}
    new = next((rule for rule in offered if (rule.kind, rule.name) not in there), offered[0])
    _put(with_rule(draft, new.model_copy(update={"days": draft.limit_days})))


@told
def remove(book: Book, place: int) -> None:
    draft = draft_of(book)
    assert draft is not None
    _put(without_rule(draft, place))


@told
def join(book: Book, key: str) -> None:
    """Joined otherwise (the widget's key), or another k."""
    draft = draft_of(book)
    assert draft is not None
    needed = None if key else st.session_state[f"rules-needed-{len(draft.rules)}"]
    _put(with_join(draft, st.session_state[key] if key else draft.joined, needed))


@told
def count_since(book: Book, key: str) -> None:
    draft = draft_of(book)
    assert draft is not None
    _put(draft.model_copy(update={"since": st.session_state[key]}))


@told
def save(book: Book) -> None:
    draft = draft_of(book)
    assert draft is not None
    take_over(draft)


def take_over(chosen: Criterion | None) -> None:
    """Save a criterion (None: what the sheets offer), and keep the one before for one click back."""
    before = settings().onboarding
    save_settings(onboarding=None if chosen is None else chosen.model_dump())
    st.session_state[UNDO] = {"before": None if before is None else before.model_dump()}
    st.session_state.pop(DRAFT, None)


@told
def discard() -> None:
    st.session_state.pop(DRAFT, None)


@told
def take_the_guess() -> None:
    take_over(None)


@told
def undo() -> None:
    before = st.session_state.pop(UNDO)["before"]
    save_settings(onboarding=before)
    st.session_state.pop(DRAFT, None)
