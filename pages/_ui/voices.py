"""The sections of the voice page."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.revenue import trend
from cs_kpi.charts.voice import after_answers, distribution, shares
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import missing
from cs_kpi.periods import period_of
from cs_kpi.voice.answers import GROUP_LABELS, GROUPS, Survey, given, last_answered, response_share, silent
from cs_kpi.voice.later import followed
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.people import people
from pages._ui.segments import segments_compared
from pages._ui.view import View, turn_to
from pages._ui.words import _, number, plain, say
from pages._ui.work import language

SURVEYS: tuple[Survey, ...] = ("nps", "csat")
HORIZONS = (3, 6, 12)


def survey_picker(book: Book) -> Survey | None:
    """The survey to look at; of those that the data has."""
    there = [name for name in SURVEYS if not missing(book, KPIS[name])]
    if not there:
        st.info(plain(missing(book, KPIS["nps"]) or ""), icon=":material/upload_file:")
        return None
    names = {name: say(KPIS[name].label) for name in there}
    return st.segmented_control(say(_("Survey")), there, default=there[0], format_func=names.__getitem__, required=True,
                                key=f"survey-{language()}")


def trend_section(book: Book, view: View, survey: Survey) -> None:
    """The score over time with its interval, and who answers how."""
    show(cached(trend, book, [survey], view.run, language(), view.segment))
    show(cached(shares, book, survey, view.run, language(), view.segment))


def answers_section(book: Book, view: View, survey: Survey) -> None:
    """The answers of the period by score and by name, and the customers that gave none."""
    if not cached(response_share, book, survey, view.period, view.segment)[0]:
        return
    show(cached(distribution, book, survey, view.period, language(), view.segment))
    found = cached(given, book, survey, view.period, view.segment)
    quiet = cached(silent, book, survey, view.period, view.segment)
    titles = [f"{say(GROUP_LABELS[group])}: {number((found['group'] == group).sum(), 'count')}"
              for group in reversed(GROUPS[survey])]
    tabs = st.tabs([*titles, say(_("No answer: {n}", n=len(quiet)))])
    labels = {"score": _("Score"), "answered_on": _("Answered on"), "respondent": _("Respondent"),
              "comment": _("Comment")}
    for place, group in zip(tabs, reversed(GROUPS[survey]), strict=False):
        with place:
            people(book, found[found["group"] == group], f"{survey}_{group}", labels)
    with tabs[-1]:
        st.caption(say(_("Customers at the closing without an answer in the period, the largest MRR first.")))
        people(book, quiet, f"{survey}_no_answer", {"last_answer": _("Last answer")})


def where_answers_are(book: Book, view: View, survey: Survey) -> None:
    """In a period between two surveys: when the last one was, and a button that leads to it."""
    if cached(response_share, book, survey, view.period, view.segment)[0]:
        return
    last = cached(last_answered, book, survey, view.period)
    if last is None:
        st.info(say(_("Nobody has answered up to this period.")))
        return
    st.info(say(_("Nobody answered in {period}; the last answer is of {day}.", period=view.period.label(language()),
                  day=last)), icon=":material/event_busy:")
    there = period_of(view.period.kind, last, book.settings.fiscal_year_start)
    if there.id != view.period.id:
        st.button(say(_("Show {period}", period=there.label(language()))), key="to-last-answers",
                  icon=":material/arrow_back:", on_click=turn_to, args=(there,))


def cut_section(book: Book, view: View, survey: Survey) -> None:
    """The score by segment, with intervals; nothing where nobody answered."""
    if cached(response_share, book, survey, view.period, view.segment)[0]:
        segments_compared(book, view.period, [survey], view.segment.field if view.segment else "")


def after_section(book: Book, view: View, survey: Survey) -> None:
    """What became of those who answered, and who they are."""
    if not book.has_contracts:
        return
    st.subheader(say(_("What became of them")), anchor=False)
    months = st.segmented_control(say(_("Months after the answer")), HORIZONS, default=6, required=True,
                                  key="after-months", persist_state="session") or 6
    show(cached(after_answers, book, survey, months, language(), view.segment))
    found = cached(followed, book, survey, months, view.segment)
    if found.empty:
        return
    with st.expander(say(_("Customers behind it: {n}", n=len(found))), icon=":material/groups:"):
        words = {group: say(GROUP_LABELS[group]) for group in GROUPS[survey]}
        people(book, found.assign(group=[words[one] for one in found["group"]]), f"{survey}_after",
               {"group": _("Answer"), "score": _("Score"), "answered_on": _("Answered on"), "left_on": _("Left on")})
