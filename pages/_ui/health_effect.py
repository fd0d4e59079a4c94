"""What the edited score does to today's customers, seen while it is edited; saving and discarding it."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.health.history import Effect, effect
from cs_kpi.health.versions import differences
from cs_kpi.health.words import banded, score_text
from cs_kpi.health_rules import BANDS, HealthConfiguration
from cs_kpi.standing.listing import MOVED_LABELS, moved
from pages._ui.cache import cached
from pages._ui.frames import words_table
from pages._ui.guards import told
from pages._ui.health import discard, draft, in_force, is_edited, save, suggested
from pages._ui.people import people
from pages._ui.words import _, number, plain, say
from pages._ui.work import language

NAME, SAVED = "health-name", "health-saved"


def effect_shown(book: Book, now: HealthConfiguration) -> None:
    """The bands under the draft against the score in force, from which band to which, and who."""
    if st.session_state.pop(SAVED, False):
        st.rerun()  # every number of the page goes by the saved score, not those of the editor alone
    before = in_force() or suggested(book)
    found = cached(effect, book, before, now)
    with st.container(border=True, key="health-effect"):
        _counts(found)
        if is_edited(book):
            st.markdown(say(_("Compared with '{name}', {n} customers change their band.", name=plain(before.name),
                              n=len(found.moved))))
            for line in differences(book, before, now):
                st.markdown("- " + plain(line))
            if len(found.moved):
                with st.expander(say(_("From which band to which, and who")), icon=":material/swap_vert:"):
                    words_table(_from_to(found), "health_from_to", "health-from-to")
                    people(book, moved(book, found, language()), "health_moved", MOVED_LABELS)
        else:
            st.caption(say(_("Change a part below, and see here at once how many customers change their band.")))
        _saving(book, now)


def _counts(found: Effect) -> None:
    """Customers in each band today, with the change, and the mean score."""
    with st.container(horizontal=True):
        for place in reversed(range(len(BANDS))):
            now, then = (int((side.band == place).sum()) for side in (found.after, found.before))
            change = number(now - then, "count", signed=True) if now != then else None
            st.metric(say(banded(place)), number(now, "count"), change, delta_color="off", delta_arrow="off",
                      width=150)
        after, before = (score_text(side.mean) for side in (found.after, found.before))
        st.metric(say(_("Mean score")), after, None if after == before else say(_("before: {score}", score=before)),
                  delta_color="off", delta_arrow="off", width=150)


def _from_to(found: Effect) -> dict[str, list[str]]:
    columns = {say(_("Before ↓ after →")): [say(banded(place)) for place in reversed(range(len(BANDS)))]}
    for after in reversed(range(len(BANDS))):
        columns[say(banded(after))] = [number(found.counts[before, after], "count")
                                       for before in reversed(range(len(BANDS)))]
    return columns


def _saving(book: Book, now: HealthConfiguration) -> None:
    """A name and the button; nothing counts before it is clicked."""
    can = is_edited(book) or in_force() is None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(say(_("Name of this version")), now.name, max_chars=80, key=NAME, width=280, disabled=not can)
        st.button(say(_("Save and go by it")), key="health-save", type="primary", icon=":material/check:",
                  disabled=not can, on_click=_save, args=(book,))
        if is_edited(book):
            st.button(say(_("Discard changes")), key="health-discard", on_click=_discard)


@told
def _save(book: Book) -> None:
    save(book, draft(book), st.session_state[NAME])
    st.session_state[SAVED] = True


@told
def _discard() -> None:
    discard()
