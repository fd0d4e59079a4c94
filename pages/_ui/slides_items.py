"""What stands in a deck: its items in order with their notes, and all others by page to be put in."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.deck.items import GROUP_LABELS, ITEMS, Item, by_group, lacking
from cs_kpi.deck.records import NOTE_LENGTH, Deck
from cs_kpi.deck.scene import Scene
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.slides import forget, save
from pages._ui.words import _, plain, say
from pages._ui.work import language


def items_section(book: Book, chosen: Deck, scene: Scene) -> None:
    st.subheader(say(_("Items of the deck: {n}", n=len(chosen.slots))), anchor=False)
    for place in range(len(chosen.slots)):
        _row(chosen, scene, place)
    with st.container(horizontal=True):
        _further(chosen, scene)
        st.button(say(_("As the preset has it")), key="deck-reset", icon=":material/restart_alt:", on_click=forget,
                  args=(chosen.preset,))


def _row(chosen: Deck, scene: Scene, place: int) -> None:
    """One item: up, down, its name with what it lacks, its note, and out of the deck."""
    slot, one = chosen.slots[place], ITEMS[chosen.slots[place].item]
    reason = lacking(one, scene)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"deck-row-{place}"):
        st.button("↑", key=f"deck-up-{slot.item}", help=say(_("Further up")), disabled=place == 0, on_click=_move,
                  args=(chosen, place, -1))
        st.button("↓", key=f"deck-down-{slot.item}", help=say(_("Further down")),
                  disabled=place == len(chosen.slots) - 1, on_click=_move, args=(chosen, place, 1))
        with st.container(width=300):
            st.markdown(f"{place + 1}. {plain(one.label)}")
            if reason:
                st.caption(plain(_("Is left out: {reason}", reason=reason)))
        key = held(f"deck-note-{chosen.preset}-{slot.item}", slot.note)
        st.text_input(say(_("Note")), key=key, max_chars=NOTE_LENGTH, label_visibility="collapsed",
                      placeholder=say(_("A note for the slide")), on_change=_note, args=(chosen, place, key))
        st.button(say(_("Remove")), key=f"deck-out-{slot.item}", icon=":material/close:", on_click=_remove,
                  args=(chosen, place))


def _further(chosen: Deck, scene: Scene) -> None:
    """Every item by its page; those that this data cannot show say so."""
    with st.popover(say(_("Put items in")), icon=":material/add:", width=300):
        for group, members in by_group().items():
            names = {one.id: _named(one, scene) for one in members}
            key = held(f"deck-group-{group}-{chosen.preset}-{language()}", [id for id in names if id in chosen.items])
            st.multiselect(say(GROUP_LABELS[group]), list(names), key=key, format_func=names.__getitem__,
                           on_change=_put, args=(chosen, tuple(names), key), placeholder=say(_("Choose items")))


def _named(one: Item, scene: Scene) -> str:
    return say(_("{item} (not with this data)", item=one.label)) if lacking(one, scene) else say(one.label)


@told
def _move(chosen: Deck, place: int, by: int) -> None:
    save(chosen.moved(place, by))


@told
def _note(chosen: Deck, place: int, key: str) -> None:
    save(chosen.noted(place, st.session_state[key]))


@told
def _remove(chosen: Deck, place: int) -> None:
    save(chosen.with_items([id for n, id in enumerate(chosen.items) if n != place]))


@told
def _put(chosen: Deck, offered: tuple[str, ...], key: str) -> None:
    """What is picked of a group goes to the end; what is no longer picked goes out; the rest keeps its place."""
    picked = st.session_state[key]
    kept = [id for id in chosen.items if id not in offered or id in picked]
    save(chosen.with_items([*kept, *(id for id in picked if id not in kept)]))
