"""The deck that is being put together: saved with the work under the preset that it began with, and changed here."""

from __future__ import annotations

import base64

from cs_kpi.book import Book
from cs_kpi.deck.presets import PRESETS, deck_of, known
from cs_kpi.deck.records import Deck, Template
from cs_kpi.deck.scene import Scene, scene
from cs_kpi.export.template_check import taken_in
from pages._ui.address import recalled, remember, write
from pages._ui.kept import kept
from pages._ui.picks import pick
from pages._ui.words import _, say
from pages._ui.work import language, preferences, workspace

ADDRESS = "deck"
TEMPLATE_KEY = "company"


def preset_picker() -> str:
    """Which deck is shown; in the address, so that a page that is loaded anew shows it again."""
    named = {id: say(preset.label) for id, preset in PRESETS.items()}
    picked = pick("deck-preset", _("Deck"), named, recalled(ADDRESS, PRESETS, "monthly"), as_buttons=True)
    remember(ADDRESS, picked)
    write(ADDRESS, "" if picked == "monthly" else picked)
    return picked


def deck(preset: str) -> Deck:
    """The saved deck of a preset, else as the preset has it; without items that this version does not have."""
    found = workspace().load(Deck, preset) or deck_of(preset, hides_names=preferences().hides_names)
    return found.with_items(known(found.items))


def save(changed: Deck) -> None:
    workspace().save(changed, changed.preset, by=preferences().display_name)


def forget(preset: str) -> None:
    """The deck is again as its preset has it."""
    workspace().remove(Deck, preset)


def template() -> Template | None:
    return workspace().load(Template, TEMPLATE_KEY)


def template_bytes(chosen: Deck) -> tuple[str, bytes] | None:
    """Name and bytes of the company's template, where the deck is to be in it."""
    found = template() if chosen.template else None
    return (found.name, base64.b64decode(found.data)) if found else None


def keep_template(name: str, data: bytes) -> None:
    """Take a template in and keep it with the work. Raises DataError where it is refused."""
    clean = taken_in(name, data)
    record = Template(name=name[:200], data=base64.b64encode(clean).decode())
    workspace().save(record, TEMPLATE_KEY, by=preferences().display_name)


def drop_template() -> None:
    workspace().remove(Template, TEMPLATE_KEY)


def scene_of(book: Book, chosen: Deck) -> Scene:
    """What the deck is made from: the book, and what other pages keep. Raises DataError for an unknown period."""
    return scene(book, chosen, language(), preferences().money_unit, kept(book))
