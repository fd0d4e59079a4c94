"""Activity goals: set, held against what was recorded, per CSM, and who was not met."""

from __future__ import annotations

import streamlit as st

from cs_kpi.actions.effects import contact_kinds
from cs_kpi.actions.goals import EVERY_LABELS, ActivityGoal, by_owner, held, missing, not_met
from cs_kpi.actions.listing import NOT_MET_LABELS, TIER_LABELS, owners_table
from cs_kpi.actions.touch import TIERS
from cs_kpi.book import Book
from cs_kpi.periods import PeriodKind, periods
from cs_kpi.tables import INTERACTIONS
from pages._ui.act import new_key, save, today_of
from pages._ui.act_touch import saved_model
from pages._ui.cache import cached
from pages._ui.frames import table
from pages._ui.guards import lacks_data, told
from pages._ui.held import held as in_force
from pages._ui.people import people
from pages._ui.picks import pick
from pages._ui.words import _, number, say
from pages._ui.work import language, workspace

DELETED, LATEST = "deleted-goal", 12
EVERYBODY = ""
MEETINGS = dict(INTERACTIONS.by_name["kind"].choices)["meeting"]
"""What meetings are called in a sheet."""


def goals_section(book: Book) -> None:
    """One goal in one period; goals are added and changed in place."""
    if missing(book) or book.is_snapshot:
        lacks_data("interactions", ("customer_id", "date", "kind"))
        return
    goals = workspace().all(ActivityGoal)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if goals:
            key = pick("goal", _("Goal"), {one: each.name for one, each in goals.items()})
        st.button(say(_("Add a goal")), key="goal-add", icon=":material/add:", on_click=_add, args=(book,))
        if goals:
            st.button(say(_("Delete")), key="goal-delete", icon=":material/delete:", on_click=_delete, args=(key,))
        if DELETED in st.session_state:
            st.button(say(_("Undo")), key="goal-undo", icon=":material/undo:", type="tertiary", on_click=_put_back)
    if not goals:
        st.info(say(_("There is no goal yet. Add one, for instance two meetings a month with every high-touch "
                      "customer.")), icon=":material/flag:")
        return
    _form(book, key, goals[key])
    _result(book, goals[key])


def _form(book: Book, key: str, one: ActivityGoal) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", border=True, key="goal-form"):
        st.text_input(say(_("Name")), key=in_force(f"goal-name-{key}", one.name), max_chars=80, width=260,
                      on_change=_changed, args=(key, "name"))
        st.number_input(say(_("Times")), 1, 100, key=in_force(f"goal-times-{key}", one.times), width=110,
                        on_change=_changed, args=(key, "times"))
        every = {name: say(label) for name, label in EVERY_LABELS.items()}
        st.selectbox(say(_("Every")), list(every), key=in_force(f"goal-every-{key}", one.every), width=140,
                     format_func=every.__getitem__, on_change=_changed, args=(key, "every"))
        kinds = list(dict.fromkeys([*cached(contact_kinds, book), *one.kinds]))
        st.multiselect(say(_("Kinds of contact")), kinds, key=in_force(f"goal-kinds-{key}", list(one.kinds)), width=300,
                       placeholder=say(_("All")), on_change=_changed, args=(key, "kinds"))
        tiers = {EVERYBODY: say(_("every customer"))} | {
            tier: say(label) for tier, label in zip(TIERS, TIER_LABELS, strict=True)}
        st.selectbox(say(_("With")), list(tiers), key=in_force(f"goal-tier-{key}", one.tier or EVERYBODY), width=180,
                     format_func=tiers.__getitem__, on_change=_changed, args=(key, "tier"))


def _result(book: Book, one: ActivityGoal) -> None:
    today = today_of(book)
    kind: PeriodKind = one.every
    assert book.first_day is not None
    assert book.as_of is not None
    every = list(reversed(periods(kind, min(book.first_day, book.as_of), book.as_of,
                                  book.settings.fiscal_year_start)))[:LATEST]
    complete = next((period.id for period in every if period.end <= book.as_of), every[0].id)
    labels = {period.id: period.label(language()) if period.end <= book.as_of else say(
        _("{period} (incomplete)", period=period.label(language()))) for period in every}
    picked = pick(f"goal-period-{kind}", _("Period"), labels, complete)
    found = held(today, one, next(period for period in every if period.id == picked), saved_model())
    if not len(found.customer):
        st.info(say(_("The goal is about nobody in this period. Who is high touch is said by the touch model, or by "
                      "the column 'Touch model' of the customer list.")), icon=":material/group_off:")
        return
    met = int(found.met.sum())
    st.markdown(say(_("**{met} of {n}** customers were met often enough ({share}).", met=met, n=len(found.customer),
                      share=number(found.share, "share"))))
    st.subheader(say(_("By CSM")), anchor=False)
    frame = owners_table(by_owner(today, found), language())
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in frame.columns[1:]}
    table(frame, "goal-csm", "goal-csm", numbers, shares=[frame.columns[3]])
    st.subheader(say(_("Not met: {n}", n=len(found.customer) - met)), anchor=False)
    people(book, not_met(today, found), "not-met", NOT_MET_LABELS)


@told
def _add(book: Book) -> None:
    """Two contacts a month of the kind that looks like a meeting, with high touch where there is one."""
    kinds = [kind for kind in contact_kinds(book) if kind.casefold() in MEETINGS]
    has_tiers = saved_model() is not None or book.has("customers.touch_model")
    key = new_key()
    save({key: ActivityGoal(name=say(_("Meetings with high touch") if has_tiers else _("Contacts with every customer")),
                            times=2 if has_tiers else 1, kinds=tuple(kinds[:1]),
                            tier="high" if has_tiers else None)})
    st.session_state["goal"] = key


@told
def _changed(key: str, field: str) -> None:
    one, value = workspace().load(ActivityGoal, key), st.session_state[f"goal-{field}-{key}"]
    if one is None or value is None or (field == "name" and not value.strip()):
        return
    given = {"tier": value or None, "kinds": tuple(value)}.get(field, value) if field in ("tier", "kinds") else value
    save({key: ActivityGoal.model_validate({**one.model_dump(), field: given})})


@told
def _delete(key: str) -> None:
    gone = workspace().load(ActivityGoal, key)
    if gone is not None:
        st.session_state[DELETED] = (key, gone.model_dump())
        workspace().remove(ActivityGoal, key)


@told
def _put_back() -> None:
    key, gone = st.session_state.pop(DELETED)
    save({key: ActivityGoal.model_validate(gone)})
    st.session_state["goal"] = key
