"""The state of the whole import: what there is, what is open, and the mapping as a file."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.ingest.alike_questions import alike
from cs_kpi.ingest.fitting import fitted
from cs_kpi.ingest.understanding import document_text, mappings
from cs_kpi.locale import shown
from cs_kpi.tables import TABLES
from pages._ui.dropzone import dropzone
from pages._ui.frames import csv_button
from pages._ui.guards import NO_CONTRACT, told
from pages._ui.hidden import hidden_sheets, is_off_as_hidden
from pages._ui.loading import LoadedSheet, loaded_versions, sheet_of
from pages._ui.origin import like_title
from pages._ui.saved import save_mapping
from pages._ui.sheets import question, sheet_title, understood
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, save_settings

QUESTIONS, SHEETS = "questions", "sheets"
"""Where the page says what is open, and what was understood of each sheet: parts of its address."""

LAST_DAY_IS_OPEN = _("Up to which day the data speaks is open")


def summary(book: Book | None, found: list[LoadedSheet]) -> None:
    """What the Book holds, in one line a reader can check against the sheets, and the way on."""
    for sentence in _files_without_a_table(found):
        st.warning(sentence, icon=":material/help:")
    if book is None or "subscriptions" not in book.tables:
        for sentence in _without_contracts(found):
            st.warning(sentence, icon=":material/help:")
    if book is None:
        st.warning(say(_("No sheet has a table this product knows. Open a sheet below and assign its columns.")))
        return
    with st.container(border=True, horizontal=True, gap="medium"):
        st.metric(say(_("Customers")), number(len(book.customer_ids), "count"), width="content")
        if book.snapshot:
            st.metric(say(_("Churned customers")), number(int(book.snapshot.event.sum()), "count"), width="content")
        for name, frame in book.tables.items():
            is_there = len(frame) > 0 or book.rows_refused > 0
            if name != "customers" and is_there and not (book.is_snapshot and name == "subscriptions"):
                st.metric(say(TABLES[name].label), number(len(frame), "count"), width="content")
        st.metric(say(_("Refused rows")), number(book.rows_refused, "count"), width="content")
        day = _("no date") if book.is_snapshot else book.as_of or "—"
        st.metric(say(_("Data up to")), shown(day, language()), width="content")
    for remark in book.remarks:
        st.info(plain(remark), icon=":material/info:")
    if book.obstacle:
        st.warning(plain(book.obstacle))
        st.page_link("pages/settings.py", label=say(_("Go to the settings")), icon=":material/arrow_forward:")
    elif book.first_day is None and not book.is_snapshot:
        st.info(say(NO_CONTRACT))
    elif st.button(say(_("See the KPIs")), key="to-overview", type="primary", icon=":material/arrow_forward:"):
        st.switch_page("pages/overview.py")


def what_is_open(book: Book | None, found: list[LoadedSheet]) -> None:
    """How many questions are open and how many notes there are, at the head, with the way to them."""
    aside = loaded_versions(found).set_aside
    counted = [one for one in found if one.key not in aside and one.mapping.is_used]
    asked = [len(one.open_questions) for one in counted if one.open_questions]
    noted = [len(one.reading.notes) for one in counted if one.reading.notes]
    open_ = say(_("{n} questions are open in {sheets} sheets", n=sum(asked), sheets=len(asked)))
    notes = say(_("{n} notes on {sheets} sheets", n=sum(noted), sheets=len(noted)))
    ways = [f":material/help: [{open_}](#{QUESTIONS})"] if asked else []
    if book and book.dates.asks_for_as_of:
        ways.append(f":material/help: [{say(LAST_DAY_IS_OPEN)}](#{QUESTIONS})")
    ways += [f":material/info: [{notes}](#{SHEETS})"] if noted else []
    if ways:
        st.markdown(" · ".join(ways))


def _files_without_a_table(found: list[LoadedSheet]) -> list[str]:
    """Why a file gave nothing, where no sheet of it did; the last note of a sheet says what was missing."""
    gave = {one.file.sha for one in found if one.reading.tables}
    silent = [one for one in found if one.file.sha not in gave and one.mapping.is_used and one.reading.notes]
    return [f"{plain(one.file.name)} — {plain(one.reading.notes[-1])}" for one in silent]


def _without_contracts(found: list[LoadedSheet]) -> list[str]:
    """What kept contracts from being read out of files that gave another table."""
    return [f"{plain(one.file.name)} — {plain(lack)}" for one in found if one.mapping.is_used and one.reading.tables
            for lack in one.reading.lacks]


def questions(book: Book | None, found: list[LoadedSheet]) -> None:
    """Everything the data leaves open, in one place."""
    aside = loaded_versions(found).set_aside
    asked = [(one, item) for one in found if one.key not in aside for item in one.open_questions]
    if not asked and not (book and book.dates.asks_for_as_of):
        return
    with st.container(border=True):
        st.subheader(say(_("Please confirm")), anchor=QUESTIONS)
        for first, *others in alike([item for _one, item in asked]):
            question(*asked[first], [asked[other] for other in others])
        if book and book.dates.asks_for_as_of and book.dates.latest:
            _ask_as_of(book, book.dates.latest)


def _ask_as_of(book: Book, latest: date) -> None:
    """Contracts alone do not say until when they are complete; nor does a date that the data has outgrown."""
    asked = _("The data now goes up to {day}, and the numbers stop at {old}. Up to which day does the data speak?",
              day=latest, old=book.settings.as_of) if book.settings.as_of else _(
        "Up to which day does the data speak? From the contracts alone it looks like {day}.", day=latest)
    key = f"confirm-as_of-{latest}"
    st.markdown(say(asked))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(say(_("Data up to")), latest, key=key, width=200)
        st.button(say(_("Confirm")), key="confirm-as_of-button", on_click=_save_as_of, args=(key, latest))


@told
def _save_as_of(key: str, latest: date) -> None:
    save_settings(as_of=st.session_state[key], as_of_confirmed_at=latest)


def sheet_table(found: list[LoadedSheet]) -> None:
    """Every sheet and what it was taken for, as a table to read down."""
    st.subheader(say(_("What the app understood")), anchor=SHEETS)
    name, state, open_, notes = say(_("Sheet")), say(_("Understood as")), say(_("Questions")), say(_("Import notes"))
    how = say(_("Mapping"))
    aside = loaded_versions(found).set_aside
    states = [say(_("Set aside for {newer}", newer=aside[one.key].title)) if one.key in aside else
              say(_("Hidden, not used")) if is_off_as_hidden(one) else understood(one) for one in found]
    columns: dict[str, list[object]] = {
        name: [sheet_title(one) for one in found], open_: [len(one.open_questions) for one in found],
        notes: [len(one.reading.notes) for one in found], state: list(states), how: [like_title(one) for one in found]}
    st.dataframe(columns, hide_index=True, key="sheets")
    csv_button(columns, "sheets", "sheets")
    hidden_sheets(found)


def first_with_a_table(found: list[LoadedSheet]) -> int:
    """The sheet to look at first."""
    return next((place for place, one in enumerate(found) if one.reading.tables), 0)


def mapping_file(found: list[LoadedSheet]) -> None:
    """The mapping as a file, and one that was saved before used again."""
    text = document_text([one.reading for one in found], language())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(say(_("Download the mapping")), text, "mapping.json", "application/json", key="mapping-down",
                           on_click="ignore", icon=":material/download:")
        turn = st.session_state.setdefault("mapping-turn", 0)
        given = dropzone(say(_("Use a mapping that was downloaded before")), ["json"], f"mapping-{turn}")
    if given:
        st.session_state["mapping-turn"] = turn + 1
        _use(given.getvalue(), found)
        st.rerun()


def what_the_mapping_did() -> None:
    """What became of an uploaded mapping; once, at the head, since it may change what stands below."""
    if message := st.session_state.pop("mapping-message", None):
        st.info(message, icon=":material/rule:")


def _use(data: bytes, found: list[LoadedSheet]) -> None:
    """Apply a downloaded mapping to the sheets it fits, and say to how many."""
    try:
        saved = mappings(data.decode("utf-8", errors="replace"))
    except DataError as error:
        st.session_state["mapping-message"] = plain(error.message)
        return
    fitting = [(one, mapping) for one in found if (mapping := fitted(saved, sheet_of(one), is_strict=True))]
    for one, mapping in fitting:
        save_mapping(one, mapping)
    st.session_state["mapping-message"] = say(_("The mapping fits {n} of {all} sheets and was applied to them; the "
                                                "others stay as they are.", n=len(fitting), all=len(found)))


