"""Decks kept under a name: saved, opened, deleted; each of these can be undone."""

from __future__ import annotations

import streamlit as st

from cs_kpi.deck.presets import PRESETS
from cs_kpi.deck.records import Deck
from cs_kpi.locale import Message
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import preferences, workspace

KEPT, UNDO, PICKED = "kept:", "deck-before", "deck-preset"
NAME_LENGTH = 80
SAID: dict[str, Message] = {"saved": _("The deck '{name}' was saved."), "opened": _("The deck '{name}' was opened."),
                            "deleted": _("The deck '{name}' was deleted.")}


def saved_decks(chosen: Deck) -> None:
    """Save the deck as it is under a name, and open or delete those that are kept."""
    kept = {key.removeprefix(KEPT): one for key, one in sorted(workspace().all(Deck).items()) if key.startswith(KEPT)}
    with st.popover(say(_("Saved decks: {n}", n=len(kept))), icon=":material/folder_open:"):
        key = held(f"deck-name-{chosen.preset}-{chosen.name}", chosen.name)
        st.text_input(say(_("Name of the deck")), key=key, max_chars=NAME_LENGTH, on_change=_save, args=(chosen, key),
                      placeholder=say(_("Type a name and press Enter to save")))
        for place, (name, one) in enumerate(kept.items()):
            with st.container(horizontal=True, vertical_alignment="center", key=f"deck-kept-{place}"):
                with st.container(width=300):
                    st.markdown(plain(_("{name} ({preset}, items: {n})", name=name, preset=PRESETS[one.preset].label,
                                        n=len(one.slots)) if one.preset in PRESETS else name))
                st.button(say(_("Open")), key=f"deck-open-{place}", on_click=_open, args=(name, one))
                st.button(say(_("Delete")), key=f"deck-delete-{place}", icon=":material/delete:", on_click=_delete,
                          args=(name,))


def open_deck(chosen: Deck) -> None:
    """Which deck is open and whether it was changed since; the last step can be undone."""
    done = st.session_state.get(UNDO)
    if done:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(Message(SAID[done["what"]].template, {"name": done["name"]})))
            st.button(say(_("Undo")), key="deck-undo", icon=":material/undo:", type="tertiary", on_click=_undo)
    if chosen.name and (kept := workspace().load(Deck, KEPT + chosen.name)):
        words = (_("Open: '{name}'.", name=chosen.name) if kept == chosen else
                 _("Open: '{name}', changed since it was saved.", name=chosen.name))
        st.caption(plain(words))


@told
def _save(chosen: Deck, key: str) -> None:
    name = " ".join(st.session_state[key].split())
    if name:
        named = chosen.model_copy(update={"name": name})
        _put("saved", name, {KEPT + name: named, chosen.preset: named})


@told
def _open(name: str, one: Deck) -> None:
    """It takes the place of what was being put together, which the undo brings back."""
    _put("opened", name, {one.preset: one.model_copy(update={"name": name})})
    st.session_state[PICKED] = one.preset


@told
def _delete(name: str) -> None:
    _put("deleted", name, {KEPT + name: None})


@told
def _undo() -> None:
    before = st.session_state.pop(UNDO)["before"]
    _write({key: Deck.model_validate_json(body) if body else None for key, body in before.items()})


def _put(what: str, name: str, changes: dict[str, Deck | None]) -> None:
    before = {key: one.model_dump_json() if (one := workspace().load(Deck, key)) else "" for key in changes}
    _write(changes)
    st.session_state[UNDO] = {"what": what, "name": name, "before": before}


def _write(changes: dict[str, Deck | None]) -> None:
    kept = {key: one for key, one in changes.items() if one is not None}
    if kept:
        workspace().save_all(kept, by=preferences().display_name)
    for key in changes.keys() - kept.keys():
        workspace().remove(Deck, key)
