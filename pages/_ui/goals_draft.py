"""A target while it is edited: kept in the session until it is saved with a reason, or dropped."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.registry import chosen
from cs_kpi.periods import Period, period_of
from cs_kpi.targets.goal_drafts import Draft, drafted
from cs_kpi.targets.goals import DatedKind, Target, Wanted, revised
from pages._ui.goals_work import guess_of, new_key, now, save
from pages._ui.sections import open_section
from pages._ui.work import preferences, workspace

DRAFT, WHY = "target-draft", "target-why"
ADDRESS, READ = "target", "target-draft-read"
FIRST_COUNT: dict[DatedKind, int] = {"month": 3, "quarter": 1, "half": 1, "year": 1, "ttm": 1}


def draft() -> tuple[str, Wanted] | None:
    """The key of the target that is edited (empty: a new one) and what it asks for; None: nothing is edited."""
    found = st.session_state.get(DRAFT)
    return (found[0], Wanted.model_validate(found[1])) if found else None


def put(key: str, wanted: Wanted) -> None:
    st.session_state[DRAFT] = (key, wanted.model_dump())


def resume(page: str) -> None:
    """A target that was edited when the browser was closed or loaded anew is edited still: the address carries it.

    page : whose section of targets is opened for it
    """
    said = st.query_params.get(ADDRESS)
    if READ in st.session_state:
        return
    st.session_state[READ] = True
    kept = drafted(said) if said else None
    if kept is None:
        st.query_params.pop(ADDRESS, None)
        return
    put(kept.key, kept.wanted)
    st.session_state[WHY] = kept.why
    open_section(page, "targets")


def show_in_address() -> None:
    """What is edited goes into the address, so that nothing is lost with the session."""
    found = draft()
    if found is None:
        st.query_params.pop(ADDRESS, None)
        return
    said = Draft(key=found[0], wanted=found[1], why=str(st.session_state.get(WHY, ""))).model_dump_json()
    if st.query_params.get(ADDRESS) != said:
        st.query_params[ADDRESS] = said


def begin(book: Book, kpi: str, kind: DatedKind = "month", **known: Any) -> None:
    """Begin a new target, with what is known of it: by the settings' convention, from the first period that is not
    over, at a level that a quarter of the history reached where `values` does not say another."""
    assert book.as_of is not None
    start = period_of(kind, book.as_of, book.settings.fiscal_year_start)
    first = start.shifted(1) if start.end <= book.as_of else start
    of = {"kpi": kpi, "convention": chosen(kpi, book.settings).convention, "kind": kind, "first": first.start,
          "first_month": book.settings.fiscal_year_start, "values": (0.0,) * FIRST_COUNT[kind], **known}
    wanted = Wanted.model_validate(of)
    if "values" not in known:
        wanted = wanted.model_copy(update={"values": (guess_of(book, wanted),) * len(wanted.values)})
    put("", wanted)
    st.session_state.pop(WHY, None)


def edit(key: str) -> None:
    """Begin to change a saved target."""
    known = workspace().load(Target, key)
    if known is not None:
        put(key, known.now)
        st.session_state.pop(WHY, None)


def changed(**fields: Any) -> None:
    """Change what is edited. Raises DataError for an entry that makes no target, which is not taken over."""
    found = draft()
    if found is None:
        return
    put(found[0], revised(found[1], **fields))


def of_other_kind(wanted: Wanted, kind: DatedKind, fiscal_year_start: int) -> dict[str, Any]:
    """The fields of the same target over another kind of period: from the one that holds its first day, at its last
    value."""
    day = wanted.periods[0].end if kind == "ttm" else wanted.first
    first: Period = period_of(kind, day, fiscal_year_start)
    return {"kind": kind, "first": first.start, "first_month": fiscal_year_start,
            "values": (wanted.values[-1],) * FIRST_COUNT[kind]}


def keep() -> str:
    """Save what is edited, a change with its reason; the key under which it is kept. Raises DataError without one."""
    found = draft()
    assert found is not None
    key, wanted = found
    by, at = preferences().display_name, now()
    before = workspace().load(Target, key) if key else None
    why = str(st.session_state.get(WHY, ""))
    made = before.becoming(wanted, by, at, why) if before else Target(now=wanted, made_at=at, made_by=by)
    kept = key or new_key()
    save({kept: made})
    drop()
    return kept


def drop() -> None:
    st.session_state.pop(DRAFT, None)
    st.session_state.pop(WHY, None)
