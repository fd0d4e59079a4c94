"""Slides: a deck put together from the charts, tables and lists of all pages, previewed, built and downloaded."""

from __future__ import annotations

import streamlit as st

from cs_kpi.kpi.registry import KPIS
from pages._ui.guards import errors_in_words, require_book
from pages._ui.header import header
from pages._ui.report import report_section
from pages._ui.slides import deck, preset_picker, scene_of
from pages._ui.slides_build import build_section, preview_section
from pages._ui.slides_form import form, template_form
from pages._ui.slides_items import items_section
from pages._ui.slides_saved import open_deck, saved_decks
from pages._ui.words import _

header(_("Slides"))
with errors_in_words():
    book = require_book()
    chosen = deck(preset_picker())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        template_form(chosen)
        saved_decks(chosen)
    open_deck(chosen)
    form(book, chosen)
    scene = scene_of(book, chosen)
    pictures = build_section(chosen, scene)
    items_section(book, chosen, scene)
    report_section(book, scene.run, scene.segment, list(KPIS), scene.hides_names)
    preview_section(pictures, chosen, scene)
