"""Data import: files in, what the app understood of them, and every guess to change."""

from __future__ import annotations

import streamlit as st

from pages._ui.guards import errors_in_words
from pages._ui.header import header
from pages._ui.identities import who_is_who
from pages._ui.loading import loaded_book, loaded_sheets
from pages._ui.progress import under_way
from pages._ui.quality import quality_report
from pages._ui.sheets import sheet_detail, sheet_title
from pages._ui.understood import (
    first_with_a_table,
    mapping_file,
    questions,
    sheet_table,
    summary,
    what_is_open,
    what_the_mapping_did,
)
from pages._ui.uploads import file_list, first_start, refused_uploads, undo_removal, uploader, what_cannot_be_read
from pages._ui.versions import versions_section
from pages._ui.words import _, say
from pages._ui.work import workspace

header(_("Data import"))
with errors_in_words():
    under_way()
    refused_uploads()
    what_the_mapping_did()
    if not workspace().files():
        undo_removal()
        first_start()
        st.stop()
    found = loaded_sheets()
    what_cannot_be_read()
    book = loaded_book(found)
    what_is_open(book, found)
    summary(book, found)
    versions_section(book, found)
    questions(book, found)
    who_is_who(book, found)
    if book is not None:
        quality_report(book, found)
    st.subheader(say(_("Files")), anchor=False)
    file_list(found)
    with st.expander(say(_("Add files")), icon=":material/add:"):
        uploader()
    sheet_table(found)
    titles = [sheet_title(one) for one in found]
    picked = st.selectbox(say(_("Look at a sheet")), range(len(found)), first_with_a_table(found), key="sheet",
                          format_func=titles.__getitem__, persist_state="session")
    if picked is not None:
        sheet_detail(found[picked])
    with st.expander(say(_("Mapping as a file")), icon=":material/rule:", key="mapping-file"):
        mapping_file(found)
