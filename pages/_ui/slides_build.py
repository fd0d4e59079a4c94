"""The deck as pictures, and as a file: built with how far it is, kept until something that it shows changes."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cs_kpi.deck.making import Made, made
from cs_kpi.deck.presets import title_of
from cs_kpi.deck.records import Deck, Slot
from cs_kpi.deck.scene import Scene
from cs_kpi.export.deck_file import Built, built
from cs_kpi.export.preview import preview
from pages._ui.figures import PPTX
from pages._ui.slides import template_bytes
from pages._ui.words import _, plain, say
from pages._ui.work import preferences

ASKED, SHOWN = "deck-asked", "deck-preview"
KEPT, KEPT_ITEMS = 6, 200
PICTURES_IN_A_ROW = 3


@st.cache_resource(show_spinner=False)
def _kept() -> dict[str, Any]:
    """The decks of all sessions, by everything that they show; a cached function could not tell how far it is."""
    return {}


@st.cache_resource(show_spinner=False)
def _kept_items() -> dict[str, Made]:
    """What single items show, by everything that they show."""
    return {}


def build_section(chosen: Deck, scene: Scene) -> DeltaGenerator:
    """Build, download, and what was left out; returns the place for the pictures. Any click ends a build under way."""
    key = _key(chosen, scene)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say(_("Build the slides")), key="deck-build", type="primary", icon=":material/slideshow:",
                  on_click=_ask)
        if key in _kept():
            _download(chosen, scene, _kept()[key])
        st.download_button(say(_("Deck for the command line (JSON)")), chosen.model_dump_json(indent=2),
                           f"{chosen.preset}.json", "application/json", key="deck-json", on_click="ignore",
                           icon=":material/terminal:", type="tertiary")
    if st.session_state.pop(ASKED, False) and key not in _kept():
        _build(chosen, scene, key)
        st.rerun()
    if key in _kept():
        _said(_kept()[key])
    st.toggle(say(_("Preview")), key=SHOWN, persist_state="session")
    return st.container()


def preview_section(place: DeltaGenerator, chosen: Deck, scene: Scene) -> None:
    """The pictures, where they are wanted; drawn last, so that nobody waits for them to move an item."""
    if st.session_state[SHOWN]:
        with place:
            _pictures(chosen, scene)


def _key(chosen: Deck, scene: Scene) -> str:
    """Everything that a deck shows, as one word."""
    template = template_bytes(chosen)
    kept = scene.kept
    parts = [chosen.model_dump_json(), scene.book.fingerprint, scene.language, scene.money_unit,
             hashlib.sha256(template[1]).hexdigest() if template else "", *(one.model_dump_json() for one in (
                 *kept.versions, *kept.actions.values(), *kept.targets, *kept.scenarios, kept.rules,
                 *(note for of_target in kept.notes for note in of_target))),
             kept.plan.model_dump_json() if kept.plan else "",
             kept_model.trained.model.model_dump_json() if (kept_model := scene.outlook) and kept_model.trained else ""]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _ask() -> None:
    """Build whatever the deck is in the next run: a note that is typed right before changes it."""
    st.session_state[ASKED] = True


def _build(chosen: Deck, scene: Scene, key: str) -> None:
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, say(_("Building the slides …")))
        st.button(say(_("Cancel")), key="deck-cancel")
    _keep(key, built(scene, chosen, template_bytes(chosen), lambda share: bar.progress(
        min(share, 1.0), say(_("Building the slides …")))))
    place.empty()


def _keep(key: str, found: Any) -> None:
    kept = _kept()
    kept[key] = found
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)), None)


def _download(chosen: Deck, scene: Scene, found: Built) -> None:
    name = "".join(letter if letter.isalnum() else "_" for letter in say(title_of(chosen)))[:60]
    st.download_button(say(_("Download ({n} slides)", n=found.slides)), found.data,
                       f"{name}_{scene.period.id}.pptx", PPTX, key="deck-download", on_click="ignore",
                       icon=":material/download:")


def _said(found: Built) -> None:
    """What is not in the deck and why, and what the template lacks."""
    if lines := [*(one.said for one in found.left_out), *found.missing]:
        with st.container(border=True, key="deck-said"):
            for line in lines:
                st.markdown("- " + plain(line))


def _pictures(chosen: Deck, scene: Scene) -> None:
    """Every item's first slides, each shown as soon as it is drawn; only what changed is made and drawn anew."""
    st.caption(say(_("In our own look; a company template brings its own. Long lists show their first slide.")))
    bar, shown = st.empty(), 0
    around = _key(chosen.model_copy(update={"slots": (), "title": "", "name": ""}), scene)
    for place, slot in enumerate(chosen.slots):
        bar.progress(place / len(chosen.slots), say(_("Drawing the slides …")))
        for page in _made(f"{around}-{slot.model_dump_json()}", chosen, scene, slot).pages:
            if shown % PICTURES_IN_A_ROW == 0:
                row = st.columns(PICTURES_IN_A_ROW)
            picture = _picture(page.content, page.note, scene.language, preferences().money_unit, page)
            row[shown % PICTURES_IN_A_ROW].image(picture, caption=plain(page.content.title))
            shown += 1
    bar.empty()


def _made(key: str, chosen: Deck, scene: Scene, slot: Slot) -> Made:
    """The contents of one item, kept for as long as nothing that it shows changes."""
    kept = _kept_items()
    if key not in kept:
        kept[key] = made(scene, chosen.model_copy(update={"slots": (slot,)}))
        while len(kept) > KEPT_ITEMS:
            kept.pop(next(iter(kept)), None)
    return kept[key]


@st.cache_data(max_entries=200, show_spinner=False,
               hash_funcs={"cs_kpi.charts.figure.Figure": hash, "cs_kpi.deck.content.Grid": repr})
def _picture(content: Any, note: str, shown_in: Any, unit: Any, _page: Any) -> bytes:
    return preview(_page, shown_in, unit)
