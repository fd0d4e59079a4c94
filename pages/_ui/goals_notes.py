"""Notes on a target's period: what was tried, what came of it, what comes next; signed, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_kpi.periods import period_name
from cs_kpi.targets.goals import TEXT_LENGTH, ReviewNote
from cs_kpi.targets.review import Judged, latest
from cs_kpi.targets.review_listing import NOTE_LABELS
from pages._ui.act import signed
from pages._ui.goals_work import new_key, notes, save
from pages._ui.guards import told
from pages._ui.picks import pick
from pages._ui.words import _, plain, say
from pages._ui.work import language, workspace

DELETED = "deleted-review-note"


def notes_of(key: str, found: Sequence[Judged]) -> None:
    """The notes of a target, and a form for one more."""
    st.subheader(say(_("Notes")), anchor=False)
    signatures = workspace().signatures(ReviewNote)
    for name, one in notes(key).items():
        period = period_name(one.period)
        with st.container(border=True, gap="xsmall", key=f"note-{name}"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**{plain(period or one.period)}** :gray[{plain(signed(signatures, name))}]")
                st.button(say(_("Delete")), key=f"note-delete-{name}", icon=":material/delete:", type="tertiary",
                          on_click=_delete, args=(name,))
            for line in said(one):
                st.markdown(plain(line))
    if DELETED in st.session_state:
        st.button(say(_("Undo")), key="note-undo", icon=":material/undo:", type="tertiary", on_click=_put_back)
    _new(key, found)


def said(one: ReviewNote) -> list[str]:
    """The parts of a note that were written, with their heads."""
    return [say(_("{head}: {text}", head=label, text=getattr(one, field)))
            for field, label in NOTE_LABELS.items() if getattr(one, field)]


def _new(key: str, found: Sequence[Judged]) -> None:
    names = {one.period.id: one.period.label(language()) for one in found}
    with st.container(border=True, key="note-new"):
        period = pick(f"note-period-{key}", _("Period"), names, latest(found).period.id)
        with st.container(horizontal=True, gap="small"):
            for field, label in NOTE_LABELS.items():
                st.text_area(say(label), key=f"note-{field}", max_chars=TEXT_LENGTH, width=330, height=90)
        st.button(say(_("Save the note")), key="note-save", icon=":material/check:", on_click=_keep, args=(key, period))


@told
def _keep(key: str, period: str) -> None:
    texts = {field: str(st.session_state[f"note-{field}"]).strip() for field in NOTE_LABELS}
    if any(texts.values()):
        save({new_key(): ReviewNote(target=key, period=period, **texts)})
        for field in NOTE_LABELS:
            st.session_state[f"note-{field}"] = ""


@told
def _delete(key: str) -> None:
    gone = workspace().load(ReviewNote, key)
    if gone is not None:
        st.session_state[DELETED] = (key, gone.model_dump())
        workspace().remove(ReviewNote, key)


@told
def _put_back() -> None:
    key, gone = st.session_state.pop(DELETED)
    save({key: ReviewNote.model_validate(gone)})
