"""A question of the meeting answered at once: picked from a list that can be typed into, put into the scenario."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.targets.forecast import ground
from cs_kpi.targets.questions import Question, asked, questions
from cs_kpi.targets.scenario import named
from pages._ui.cache import cached
from pages._ui.guards import told
from pages._ui.held import entered, twin
from pages._ui.plan import draft, is_changed, put
from pages._ui.words import _, say
from pages._ui.work import language

LONGEST_NAME = 80


def ask(book: Book) -> None:
    """The list of questions; the answer is the page, with the sliders of the segment that was asked about."""
    offered = {one.id: one for one in cached(questions, book)}
    names = {key: say(one.text) for key, one in offered.items()}
    name = f"plan-ask-{language()}"
    widget = twin(name, None)["key"]
    st.selectbox(say(_("What if …")), list(names), None, key=widget, format_func=names.__getitem__,
                 placeholder=say(_("Pick a question, or type a word of it")), on_change=_asked,
                 args=(book, offered, name, widget))


@told
def _asked(book: Book, offered: dict[str, Question], name: str, widget: str) -> None:
    picked = entered(name, widget)
    if picked is None:
        return
    one, now = offered[picked], draft(book)
    then = asked(now, one, cached(ground, book, one.field or now.field))
    if not is_changed(now):
        then = named(then, say(one.text)[:LONGEST_NAME])
    st.session_state[f"plan-segment-{then.field}"] = one.segment or ""
    put(then)
