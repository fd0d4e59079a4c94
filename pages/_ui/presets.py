"""Which KPIs the overview shows: the stage presets, and sets of the team's own to make, name, order and delete."""

from __future__ import annotations

import uuid

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.cards import lacking
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.presets import PRESETS, OwnSet, Preset, kpis_of
from pages._ui.address import recalled, remember, write
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, save_preferences, workspace

SET, DELETED, EDITED = "set", "deleted-set", "edited-set"
NAME_LENGTH = 80
PICKER_WIDTH = 220


def set_picker(book: Book) -> Preset | OwnSet:
    """Show the picker, in the row it stands in, with what can be done to a set, and return the set."""
    own = workspace().all(OwnSet)
    names = {key: say(preset.label) for key, preset in PRESETS.items()} | {key: one.name for key, one in own.items()}
    saved = preferences().overview
    picked = recalled(SET, names, saved if saved in names else "all")
    write(SET, picked)
    chosen = own.get(picked) or PRESETS[picked]
    key = held(f"set-picker-{language()}-{'-'.join(names)}", picked)
    st.selectbox(say(_("KPIs shown")), list(names), key=key, format_func=names.__getitem__, width=PICKER_WIDTH,
                 on_change=_pick, args=(key,))
    if isinstance(chosen, OwnSet):
        is_open = st.session_state.get(EDITED) == picked
        st.button(say(_("Done") if is_open else _("Edit")), key="edit-set", on_click=_edit, args=(picked, is_open),
                  icon=":material/check:" if is_open else ":material/edit:")
        st.button(say(_("Delete")), key="delete-set", icon=":material/delete:", on_click=_delete,
                  args=(picked,))
    label = _("Copy") if isinstance(chosen, OwnSet) else _("Make my own")
    st.button(say(label), key="make-set", icon=":material/add:", on_click=_make, args=(book, picked))
    if DELETED in st.session_state:
        _key, gone = st.session_state[DELETED]
        st.button(plain(_("Put {name} back", name=gone["name"])), key="undo-delete-set", icon=":material/undo:",
                  on_click=_put_back)
    return chosen


def set_editor(chosen: Preset | OwnSet) -> None:
    """What is in the team's own set that is picked, where it is being edited."""
    key = st.session_state.get(EDITED)
    if isinstance(chosen, OwnSet) and key and key == st.session_state.get(f"{SET}-written"):
        _editor(key, chosen)


@told
def _pick(key: str) -> None:
    _choose(st.session_state[key])


def _choose(picked: str) -> None:
    remember(SET, picked)
    save_preferences(overview=picked)


@told
def _make(book: Book, picked: str) -> None:
    """A set of its own that begins as the one on the screen, open to be changed."""
    own = workspace().all(OwnSet)
    begins = own.get(picked) or PRESETS[picked]
    lacks = lacking(book, kpis_of(begins))
    available = [name for name in kpis_of(begins) if name not in lacks]
    taken = {one.name for one in own.values()}
    name = next(text for number in range(1, len(taken) + 2)
                if (text := say(_("My set {number}", number=number))) not in taken)
    key = uuid.uuid4().hex[:8]
    kpis = tuple(available or kpis_of(begins) or KPIS)
    _save(key, OwnSet(name=name, kpis=kpis, names=begins.names if isinstance(begins, OwnSet) else {}))
    st.session_state[EDITED] = key
    _choose(key)


@told
def _edit(key: str, is_open: bool) -> None:
    st.session_state[EDITED] = None if is_open else key


@told
def _delete(key: str) -> None:
    """Take a set out; it can be put back until the next one goes."""
    gone = workspace().load(OwnSet, key)
    if gone is not None:
        st.session_state[DELETED] = (key, gone.model_dump())
        workspace().remove(OwnSet, key)
    _choose("all")


@told
def _put_back() -> None:
    key, gone = st.session_state.pop(DELETED)
    _save(key, OwnSet.model_validate(gone))
    _choose(key)


def _save(key: str, changed: OwnSet) -> None:
    workspace().save(changed, key, by=preferences().display_name)


def _editor(key: str, chosen: OwnSet) -> None:
    """The set's name, its KPIs, and a line for each to name and move it; everything is saved as it is changed."""
    with st.container(border=True):
        st.text_input(say(_("Name of the set")), key=held(f"set-name-{key}", chosen.name), max_chars=NAME_LENGTH,
                      width=320, on_change=_rename, args=(key,))
        labels = {name: say(kpi.label) for name, kpi in KPIS.items()}
        shown = kpis_of(chosen)
        picked = held(f"set-kpis-{key}-{language()}", shown)
        st.multiselect(say(_("KPIs")), list(labels), key=picked, format_func=labels.__getitem__,
                       on_change=_choose_kpis, args=(key, picked), placeholder=say(_("Pick KPIs")))
        for place, name in enumerate(shown):
            _line(key, chosen, shown, place, labels[name])


def _line(key: str, chosen: OwnSet, shown: list[str], place: int, label: str) -> None:
    name = shown[place]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(say(_("Up")), key=f"up-{key}-{name}", icon=":material/arrow_upward:", on_click=_move,
                  args=(key, name, -1), disabled=place == 0, help=plain(_("Move {kpi} up", kpi=label)))
        st.button(say(_("Down")), key=f"down-{key}-{name}", icon=":material/arrow_downward:", on_click=_move,
                  args=(key, name, 1), disabled=place == len(shown) - 1, help=plain(_("Move {kpi} down", kpi=label)))
        st.text_input(say(_("Own name of {kpi}", kpi=label)), label_visibility="collapsed", placeholder=label,
                      key=held(f"own-name-{key}-{name}", chosen.names.get(name, "")), max_chars=NAME_LENGTH,
                      on_change=_rename_kpi, args=(key, name), width=360)


def _in_force(key: str) -> OwnSet | None:
    """The set as it is now, which another window may have changed or deleted."""
    return workspace().load(OwnSet, key)


@told
def _rename(key: str) -> None:
    text, known = st.session_state[f"set-name-{key}"].strip(), _in_force(key)
    if known and text:
        _save(key, known.model_copy(update={"name": text}))


@told
def _choose_kpis(key: str, picked: str) -> None:
    """An empty set keeps what it had."""
    known = _in_force(key)
    if known and st.session_state[picked]:
        _save(key, known.model_copy(update={"kpis": tuple(st.session_state[picked])}))


@told
def _move(key: str, name: str, step: int) -> None:
    known = _in_force(key)
    if known is None or name not in known.kpis:
        return
    order = kpis_of(known)
    place = order.index(name)
    order.insert(max(0, place + step), order.pop(place))
    _save(key, known.model_copy(update={"kpis": tuple(order)}))


@told
def _rename_kpi(key: str, name: str) -> None:
    known = _in_force(key)
    if known:
        text = st.session_state[f"own-name-{key}-{name}"].strip()
        others = {one: called for one, called in known.names.items() if one != name}
        _save(key, known.model_copy(update={"names": {**others, name: text} if text else others}))
