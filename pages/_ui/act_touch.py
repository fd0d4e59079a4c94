"""The touch model: thresholds and capacity in a draft, the workload, and who moves; saved on a click."""

from __future__ import annotations

import streamlit as st

from cs_kpi.actions.listing import MOVED_LABELS, load_sentence, loads_table, moved_table, tier_counts
from cs_kpi.actions.today import Today
from cs_kpi.actions.touch import (
    MRR,
    Threshold,
    TouchModel,
    above_all,
    first_model,
    moved,
    owners,
    proposed,
    size_fields,
    tiers,
    told_tiers,
    workload,
)
from cs_kpi.book import Book
from pages._ui.act import save, today_of
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.people import people
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, workspace

KEPT, DRAFT, SHOWN = "touch", "touch-draft", "touch-shown"
PERCENT = 100


def saved_model() -> TouchModel | None:
    """The team's touch model; None before one is saved."""
    return workspace().load(TouchModel, KEPT)


def touch_section(book: Book) -> None:
    """The draft, what it gives, what it moves, and the way to keep it."""
    today = today_of(book)
    if not book.has_contracts:
        st.info(say(_("The touch model takes MRR. Load contracts with an amount, on the data page.")),
                icon=":material/upload_file:")
        return
    kept = saved_model()
    draft = _draft(today, kept)
    st.session_state[SHOWN] = draft.model_dump()
    st.caption(say(_("A customer gets the most attention that any threshold gives it. Capacity: how many customers of "
                     "a tier one CSM carries who has no others.")))
    with st.container(border=True, key="touch-draft-box"):
        for place, one in enumerate(draft.thresholds):
            _threshold(place, one)
        _further(today, draft)
        _capacity(draft)
        _people(today, draft)
        _buttons(today, kept, draft)
    _split(today, draft)
    _moves(book, today, kept, draft)


def _draft(today: Today, kept: TouchModel | None) -> TouchModel:
    """What is being edited, else what is saved, else what the team's capacity gives."""
    if draft := st.session_state.get(DRAFT):
        return TouchModel.model_validate(draft)
    return kept or first_model(today)


def _shown() -> TouchModel:
    """What stands on the page, from which every change starts."""
    return TouchModel.model_validate(st.session_state[SHOWN])


def _put(draft: TouchModel) -> None:
    st.session_state[DRAFT] = draft.model_dump()


def _threshold(place: int, one: Threshold) -> None:
    name = "MRR" if one.field == MRR else one.field
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(plain(_("High touch from {field}", field=name)), 0.0, key=held(
            f"touch-high-{one.field}", float(one.high_from)), step=1.0, format="%.6g", width=240, on_change=_limits,
            args=(place, "high_from", f"touch-high-{one.field}"))
        st.number_input(plain(_("Low touch from {field}", field=name)), 0.0, key=held(
            f"touch-low-{one.field}", float(one.low_from)), step=1.0, format="%.6g", width=240, on_change=_limits,
            args=(place, "low_from", f"touch-low-{one.field}"))
        if place:
            st.button(say(_("Remove")), key=f"touch-remove-{place}", icon=":material/close:", on_click=_without,
                      args=(place,))


def _further(today: Today, draft: TouchModel) -> None:
    """Employees, potential, and whatever else of the customer list is a number."""
    left = [one for one in size_fields(today.book) if one not in {each.field for each in draft.thresholds}]
    if left:
        st.selectbox(say(_("Add a threshold by")), left, index=None, key=f"touch-add-{len(draft.thresholds)}",
                     width=300, placeholder=say(_("Employees, potential or another number")), on_change=_with,
                     args=(today, f"touch-add-{len(draft.thresholds)}"))
    else:
        st.caption(say(_("A column of employees or potential in the customer list can be a threshold as well.")))


def _capacity(draft: TouchModel) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for field, label in (("high_capacity", _("High-touch customers per CSM")),
                             ("low_capacity", _("Low-touch customers per CSM"))):
            st.number_input(say(label), 1, 10_000, key=held(f"touch-{field}", getattr(draft, field)), width=240,
                            on_change=_field, args=(field,))
        st.slider(say(_("Time for high touch (%)")), 0, PERCENT, step=5, width=240, on_change=_field,
                  key=held("touch-high_share", round(draft.high_share * PERCENT)), args=("high_share",))


def _people(today: Today, draft: TouchModel) -> None:
    """Each CSM's time, 100 % unless somebody says otherwise."""
    names = owners(today)
    if not names:
        st.caption(say(_("The customer list names no CSM. With the column 'CSM' the workload can be told, and "
                         "thresholds by capacity.")))
        return
    with st.expander(say(_("Time of each CSM")), icon=":material/groups:"), st.container(horizontal=True):
        for place, name in enumerate(names):
            st.number_input(plain(f"{name} (%)"), 0, 200, step=10, width=180, on_change=_time, args=(name, place),
                            key=held(f"touch-time-{place}", round(draft.time_of(name) * PERCENT)))


def _buttons(today: Today, kept: TouchModel | None, draft: TouchModel) -> None:
    with st.container(horizontal=True):
        st.button(say(_("Save the touch model")), key="touch-save", type="primary", icon=":material/check:",
                  disabled=draft == kept, on_click=_save, args=(draft,))
        st.button(say(_("Thresholds by capacity")), key="touch-propose", icon=":material/balance:",
                  on_click=_propose, args=(today, draft), disabled=not owners(today))
        if DRAFT in st.session_state:
            st.button(say(_("Discard changes")), key="touch-discard", on_click=_discard)


def _split(today: Today, draft: TouchModel) -> None:
    """How many and how much in each tier, and what each CSM carries."""
    tier = tiers(today, draft)
    with st.container(horizontal=True):
        for label, count, mrr in tier_counts(tier, today.mrr[today.customer]):
            st.metric(say(label), number(count, "count"), number(mrr, "money", today.book.currency),
                      delta_color="off", delta_arrow="off", width=220)
    loads = workload(today, draft)
    if owners(today):
        st.subheader(say(_("Workload")), anchor=False)
        if sentence := load_sentence(loads):
            st.warning(plain(sentence), icon=":material/groups:")
        frame = loads_table(loads, language(), today.book.currency)
        numbers = {name: st.column_config.NumberColumn(format="localized") for name in frame.columns[1:]}
        table(frame, "workload", "workload", numbers, shares=[frame.columns[-1]])


def _moves(book: Book, today: Today, kept: TouchModel | None, draft: TouchModel) -> None:
    """Who changes tier against what is saved, else against the customer list."""
    before = tiers(today, kept) if kept else told_tiers(today)
    if before is None:
        return
    against = _("Against the saved model") if kept else _("Against the customer list")
    found = moved(today, before, tiers(today, draft))
    st.subheader(say(_("{against}: {n} customers move", against=against, n=len(found))), anchor=False)
    if len(found):
        people(book, moved_table(found, language()), "touch-moves", MOVED_LABELS)


@told
def _limits(place: int, field: str, widget: str) -> None:
    """One threshold; the other follows where they would cross."""
    draft = _shown()
    one, value = draft.thresholds[place], float(st.session_state[widget] or 0.0)
    changed = {"high_from": value, "low_from": min(one.low_from, value)} if field == "high_from" else {
        "low_from": value, "high_from": max(one.high_from, value)}
    parts = list(draft.thresholds)
    parts[place] = Threshold(field=one.field, **changed)
    _put(draft.model_copy(update={"thresholds": tuple(parts)}))


@told
def _without(place: int) -> None:
    draft = _shown()
    _put(draft.model_copy(update={"thresholds": tuple(
        one for number, one in enumerate(draft.thresholds) if number != place)}))


@told
def _with(today: Today, widget: str) -> None:
    """A further threshold begins where it gives nobody anything."""
    if name := st.session_state[widget]:
        draft, top = _shown(), above_all(today, name)
        _put(draft.model_copy(update={"thresholds": (*draft.thresholds, Threshold(
            field=name, high_from=top, low_from=top))}))


@told
def _field(field: str) -> None:
    value = st.session_state[f"touch-{field}"]
    if value is not None:
        _put(_shown().model_copy(update={field: value / PERCENT if field == "high_share" else value}))


@told
def _time(name: str, place: int) -> None:
    value = st.session_state[f"touch-time-{place}"]
    if value is not None:
        _put(_shown().model_copy(update={"time": {**_shown().time, name: value / PERCENT}}))


@told
def _save(draft: TouchModel) -> None:
    save({KEPT: draft})
    st.session_state.pop(DRAFT, None)


@told
def _propose(today: Today, draft: TouchModel) -> None:
    _put(proposed(today, draft))


def _discard() -> None:
    st.session_state.pop(DRAFT, None)
