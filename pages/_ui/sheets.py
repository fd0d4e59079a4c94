"""What the app understood of each sheet, and every guess to change; a change is saved and its effect shown at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_kpi.ingest.checks import refusal_table
from cs_kpi.ingest.header_levels import MOST_LEVELS
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.records import Question
from cs_kpi.tables import TABLES
from pages._ui.columns import columns_editor
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.loading import LoadedSheet, sheet_of
from pages._ui.meanings import field_meanings
from pages._ui.origin import say_like, way_back
from pages._ui.saved import in_force, save_mapping
from pages._ui.words import _, plain, say
from pages._ui.work import language

Asked = tuple[LoadedSheet, Question]


def sheet_title(one: LoadedSheet) -> str:
    return f"{one.mapping.file} › {one.mapping.sheet}"


def understood(one: LoadedSheet) -> str:
    """In one line: the tables, the header row, how many rows were read and refused."""
    tables = [say(TABLES[name].label) for name in one.reading.tables]
    if not one.mapping.is_used:
        return say(_("Not used"))
    if not tables:
        return say(_("No table found"))
    if not one.mapping.header_row:
        return say(_("{tables} · no header row · {read} rows read · {refused} refused", tables=tables,
                     read=one.reading.rows_read, refused=one.reading.rows_refused))
    return say(_("{tables} · header in row {row} · {read} rows read · {refused} refused", tables=tables,
                 row=one.mapping.header_rows, read=one.reading.rows_read, refused=one.reading.rows_refused))


def sheet_detail(one: LoadedSheet) -> None:
    """Everything about one sheet."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.toggle(say(_("Use this sheet")), key=held(f"use-{one.key}", one.mapping.is_used), on_change=_save_use,
                  args=(one,))
        st.number_input(say(_("Header row")), 0, max(len(sheet_of(one).cells), one.mapping.header_row, 1),
                        key=held(f"header-{one.key}", one.mapping.header_row), on_change=_save_header, args=(one,),
                        width=160, help=say(_("The last row of the header, counted from 1 as in the sheet.")))
        st.number_input(say(_("Header levels")), 1, MOST_LEVELS, width=160,
                        key=held(f"levels-{one.key}", one.mapping.header_levels), on_change=_save_levels, args=(one,),
                        help=say(_("How many rows make the header: 2 where 2024 stands above the months.")))
        way_back(one)
    say_like(one)
    if one.reading.notes:
        st.caption("  \n".join(f":material/info: {plain(note)}" for note in one.reading.notes))
    if one.mapping.is_used:
        for asked in one.reading.questions:
            if asked.id in one.mapping.answers:
                question(one, asked)
        columns_editor(one)
        field_meanings(one)
    refusals(one)


@told
def _save_use(one: LoadedSheet) -> None:
    save_mapping(one, in_force(one).model_copy(update={"is_used": st.session_state[f"use-{one.key}"]}))


@told
def _save_header(one: LoadedSheet) -> None:
    """Another header row means other headers: they are matched anew."""
    save_mapping(one, guess(sheet_of(one), st.session_state[f"header-{one.key}"]))


@told
def _save_levels(one: LoadedSheet) -> None:
    """More or fewer rows of the header join other names: they are matched anew."""
    row, levels = in_force(one).header_row, st.session_state[f"levels-{one.key}"]
    save_mapping(one, guess(sheet_of(one), max(row, levels), levels))


def question(one: LoadedSheet, asked: Question, alike: Sequence[Asked] = ()) -> None:
    """What the sheet leaves open: the likelier reading is in force, and stays so until the user says otherwise.

    alike : the same question of other sheets, which the answer settles too
    """
    options = {option: say(wording) for option, wording in asked.options.items()}
    now = one.mapping.answers.get(asked.id, asked.assumed)
    st.markdown(f"**{plain(sheet_title(one))}** — {plain(asked.text)}")
    if alike:
        st.caption(plain(_("The same is open in {n} more sheets, and the answer holds for all of them: {sheets}.",
                           n=len(alike), sheets=[sheet_title(other) for other, _asked in alike])))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.radio(plain(asked.text), list(options), horizontal=True, label_visibility="collapsed",
                 key=held(f"ask-{one.key}-{asked.id}", now if now in options else asked.assumed),
                 format_func=options.__getitem__, on_change=_save_answer, args=(one, asked, alike))
        if asked.id not in one.mapping.answers:
            st.button(say(_("Confirm")), key=f"confirm-{one.key}-{asked.id}", on_click=_save_answer,
                      args=(one, asked, alike))


@told
def _save_answer(one: LoadedSheet, asked: Question, alike: Sequence[Asked]) -> None:
    answer = st.session_state[f"ask-{one.key}-{asked.id}"]
    for sheet, same in ((one, asked), *alike):
        now = in_force(sheet)
        save_mapping(sheet, now.model_copy(update={"answers": {**now.answers, same.id: answer}}))


def refusals(one: LoadedSheet) -> None:
    """The rows that were not read, each with the cell that refused it, and the cells that were left blank."""
    parts = (("refused", _("Rows that were not read"), one.reading.refusals),
             ("blanks", _("Cells that were left blank"), one.reading.blanks))
    for name, title, cells in parts:
        if cells:
            st.markdown("**" + say(title) + "**")
            frame = refusal_table(cells, language())
            known = dict.fromkeys(frame.columns[:2])  # file and sheet stand above; the download keeps them
            table(frame, name, f"{name}-{one.key}", columns=known, wraps=True)

