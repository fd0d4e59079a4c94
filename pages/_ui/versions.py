"""Newer exports of a table that is loaded already: what is assumed, the other readings, and what they changed."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.ingest.versions import Version, VersionChoice, answers, wording
from cs_kpi.kpi.changes import ADDED, GONE, OTHER, Changes, changes, listed_changes
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.loading import LoadedSheet, loaded_book, loaded_versions
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, workspace

CHANGES_KEPT = 16


def versions_section(book: Book | None, found: list[LoadedSheet]) -> None:
    """Nothing where no two sheets say the same; what the user answered is folded away."""
    pairs = loaded_versions(found).found
    if not pairs:
        return
    with st.container(border=True):
        st.subheader(say(_("Several exports of one table")), anchor=False)
        open_ = [pair for pair in pairs if not pair.is_answered]
        for pair in open_:
            _ask(pair)
        if len(open_) > 1:
            st.button(say(_("Confirm all")), key="confirm-versions", on_click=_confirm, args=(open_,))
        answered = [pair for pair in pairs if pair.is_answered]
        if answered:
            with st.expander(say(_("Answered: {n}", n=len(answered))), icon=":material/check:", key="answered"):
                for pair in answered:
                    _ask(pair)
        if book is not None:
            _what_changed(book, found, pairs)


def _ask(pair: Version) -> None:
    """The likelier reading is in force, and stays so until the user says otherwise."""
    labels = {option: say(text) for option, text in answers(pair).items()}
    st.markdown(plain(wording(pair)))
    key = held(f"version-{pair.key}", pair.choice)
    st.radio(plain(wording(pair)), list(labels), key=key, format_func=labels.__getitem__,
             label_visibility="collapsed", on_change=_save, args=(pair, key))
    with st.container(horizontal=True):
        if not pair.is_answered:
            st.button(say(_("Confirm")), key=f"confirm-{key}", on_click=_confirm, args=([pair],))
        st.button(plain(_("'{older}' is the newer one", older=pair.older.title)), key=f"turn-{key}", type="tertiary",
                  icon=":material/swap_vert:", on_click=_turn, args=(pair,))


@told
def _save(pair: Version, key: str) -> None:
    _keep(VersionChoice(older=pair.older.key, newer=pair.newer.key, choice=st.session_state[key]), pair)


@told
def _confirm(pairs: list[Version]) -> None:
    for pair in pairs:
        _keep(VersionChoice(older=pair.older.key, newer=pair.newer.key, choice=pair.choice), pair)


@told
def _turn(pair: Version) -> None:
    """Which is newer is turned round, and what that means is read and asked anew."""
    _keep(VersionChoice(older=pair.newer.key, newer=pair.older.key), pair)


def _keep(said: VersionChoice, pair: Version) -> None:
    workspace().save(said, pair.key, by=preferences().display_name)


@st.cache_resource(max_entries=CHANGES_KEPT, show_spinner=False)
def _changes(before_key: str, after_key: str, _before: Book, _after: Book) -> Changes:
    return changes(_before, _after)


def _what_changed(book: Book, found: list[LoadedSheet], pairs: tuple[Version, ...]) -> None:
    """What the newest of the files changed, against the book as it would be without that file."""
    newest = next((pair.newer for pair in reversed(pairs) if pair.choice != "append"), None)
    before = newest and loaded_book([one for one in found if one.file.sha != newest.file])
    if not newest or not before:
        return
    what = _changes(before.fingerprint, book.fingerprint, before, book)
    name = next(one.file.name for one in found if one.file.sha == newest.file)
    title = _("What {name} changed: customers added: {added}, no longer in the data: {gone}, with another MRR: {other}",
              name=name, added=what.count(ADDED), gone=what.count(GONE), other=what.count(OTHER))
    with st.expander(plain(title), icon=":material/difference:", key="what-changed"):
        chosen = preferences()
        rows = listed_changes(what, book, language(), chosen.hides_names, chosen.money_unit)
        numbers = {column: st.column_config.NumberColumn(format="localized")
                   for column in rows.select_dtypes("number").columns}
        table(rows, "changes", "what-changed", numbers, search=True, customers=what.rows["customer_id"].tolist())
