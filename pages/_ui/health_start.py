"""The head of the health page: by which score it goes, and the way to begin where none is saved yet."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.health.sources import checked
from cs_kpi.health.words import part_table
from cs_kpi.health_rules import HealthConfiguration
from pages._ui.frames import words_table
from pages._ui.guards import DATA_PAGE, told
from pages._ui.health import ask_for_risk, discard, in_force, save, suggested
from pages._ui.words import _, plain, say
from pages._ui.work import language

SECTION, FIRST = "health", "today"
"""Which section of the page is open."""


def begun_with(book: Book) -> HealthConfiguration:
    """The score in force, said in one line; else the suggestion with a click that begins with it."""
    chosen = in_force()
    if chosen is not None:
        _in_force(book, chosen)
        ask_for_risk(book, chosen)
        return chosen
    try:
        guess = suggested(book)
    except DataError as error:
        st.info(plain(error.message), icon=":material/upload_file:")
        st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
        st.stop()
    if st.session_state.get(SECTION, FIRST) == FIRST:
        _begin(book, guess)
    else:
        st.info(say(_("Nothing is saved yet: this is the score suggested from your data, with your changes. It counts "
                      "on the overview and in the lists as soon as you save it.")), icon=":material/edit_note:")
    return guess


def _in_force(book: Book, chosen: HealthConfiguration) -> None:
    try:
        notes = checked(book, chosen)
    except DataError as error:
        st.warning(plain(error.message), icon=":material/rule:")
        st.button(say(_("Begin anew with what this data has")), key="health-anew", on_click=_anew, args=(book,),
                  icon=":material/restart_alt:")
        st.stop()
    for note in notes:
        st.warning(plain(note), icon=":material/rule:")


def _begin(book: Book, guess: HealthConfiguration) -> None:
    """What a health score is, what this one would look at, and one click to begin."""
    with st.container(border=True, key="health-begin"):
        st.subheader(say(_("A first health score, suggested from your data")), anchor=False)
        st.markdown(say(_("Each part gives 0 at its bad end and 100 at its good end. The score is their weighted mean: "
                          "100 is healthy. Everything below already shows it; nothing is saved until you begin. You "
                          "can change every part at any time, and test it on your past.")))
        words_table(part_table(book, guess.rules, language()), "health_parts", "health-start-parts")
        st.button(say(_("Begin with this score")), key="health-start", type="primary", on_click=_save,
                  args=(book, guess), icon=":material/favorite:")


@told
def _save(book: Book, guess: HealthConfiguration) -> None:
    save(book, guess, guess.name)


@told
def _anew(book: Book) -> None:
    discard()
    guess = suggested(book)
    save(book, guess, guess.name)
