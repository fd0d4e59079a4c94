"""The monthly review sheet: the deck of that preset as it is saved, built at a click."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.export.deck_file import built
from pages._ui.slides import deck, scene_of, template_bytes

PRESET = "review"


def sheet(book: Book) -> bytes:
    """A presentation: all targets, what three periods running propose, and each target with its notes."""
    chosen = deck(PRESET)
    return built(scene_of(book, chosen), chosen, template_bytes(chosen)).data
