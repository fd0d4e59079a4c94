"""An edited list of actions that comes back: what it would change, conflicts to choose in, and one click to take it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.export.action_list import Conflict, Kept, ReadBack, names_of, read_back
from pages._ui.act import actions, new_key, save, say_done
from pages._ui.guards import told
from pages._ui.picks import pick
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences

MOST_TOLD = 10
TURN = "actions-file-turn"


def read_back_form(book: Book) -> None:
    """The uploader, and under it what the file asks for."""
    with st.expander(say(_("Load an edited list")), icon=":material/upload:", key="actions-file"):
        turn = st.session_state.setdefault(TURN, 0)
        given = st.file_uploader(say(_("CSV or Excel file that was exported here")), ["csv", "xlsx"],
                                 key=f"actions-file-{turn}")
        if given is None:
            return
        try:
            found = read_back(given.name, given.getvalue(), actions(), book, dt.date.today())
        except DataError as error:
            st.error(plain(error.message), icon=":material/error:")
            return
        _what(book, found)


def _what(book: Book, found: ReadBack) -> None:
    st.markdown(say(_("Changed: {changed} · new: {new} · conflicts: {conflicts} · as before: {same} · cannot be read: "
                      "{refused} · not in the file, kept: {kept}", changed=len(found.changed), new=len(found.new),
                      conflicts=len(found.conflicts), same=found.same, refused=len(found.refused),
                      kept=found.not_in_file)))
    for message in found.refused[:MOST_TOLD]:
        st.warning(plain(message), icon=":material/rule:")
    if len(found.refused) > MOST_TOLD:
        st.caption(say(_("and {n} more", n=len(found.refused) - MOST_TOLD)))
    choices = {one.key: _choice(book, one) for one in found.conflicts}
    count = len(found.taken(choices)) + len(found.new)
    st.button(say(_("Take over {n}", n=count)), key="actions-take", type="primary", disabled=not count,
              icon=":material/check:", on_click=_take, args=(found, choices))


def _choice(book: Book, one: Conflict) -> Kept:
    """What changed in the file and in the app too: both, side by side."""
    [name] = names_of(book, [one.in_app.customer_id], language(), preferences().hides_names)
    said = {"app": one.in_app, "file": one.in_file}
    words = {"app": _("Keep the app's"), "file": _("Take the file's")}
    st.markdown(plain(_("Row {row}, {customer}, '{title}' changed in both: {fields}", row=one.row, customer=name,
                        title=one.in_app.title, fields=one.differs)))
    labels: dict[Kept, str] = {}
    for side in ("app", "file"):
        it = said[side]
        facts = [it.title, it.owner, it.due_on, it.outcome]
        labels[side] = f"{say(words[side])}: " + " · ".join(str(fact) for fact in facts if fact)
    return pick(f"conflict-{one.key}", _("Which counts?"), labels)


@told
def _take(found: ReadBack, choices: dict[str, Kept]) -> None:
    taken = found.taken(choices) | {new_key(): one for one in found.new}
    save(taken)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    say_done(say(_("Taken over from the file: {n}", n=len(taken))))
