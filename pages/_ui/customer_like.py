"""The section of a customer's page with cases to tell: healthy customers like it, and what they did differently."""

from __future__ import annotations

import streamlit as st

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.customer.cases import contrast_table, contrasts, steps_apart
from cs_kpi.customer.likeness import HEALTHY_WORDS, MOST_APART, Likeness, age_of, case_table, likeness
from cs_kpi.locale import Message
from pages._ui.cache import cached
from pages._ui.frames import table
from pages._ui.people import people
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, preferences

WIDTHS = {"shared": 240, "near": 190}
"""px: they wrap, and the health beside them is seen in a window 1280 wide."""
LABELS: dict[str, Message] = {"likeness": _("Alike"), "shared": _("In common"), "near": _("Near in")}


def like_section(book: Book, today: Today, code: int) -> None:
    """Who is like it, how they were chosen, and what they had done by the same age."""
    found = likeness(today, code)
    if found.reason is not None:
        st.info(plain(found.reason), icon=":material/group_off:")
        if found.nearest is not None:
            st.caption(plain(_("The nearest of them is {apart} apart; up to {limit} counts as like it.",
                               apart=number(found.nearest, "share"), limit=number(MOST_APART, "share"))))
        _how(found)
        return
    n = len(found.cases)
    st.markdown(plain(_("{n} healthy customers are most like this one, of {candidates} who were here longer than "
                        "{days} days.", n=n, candidates=found.candidates, days=found.age_days)
                      if found.age_days is not None else
                      _("{n} healthy customers are most like this one, of {candidates}.", n=n,
                        candidates=found.candidates)))
    people(book, case_table(today, found, language()), "cases", LABELS, ["likeness"], WIDTHS, shows_ids=False)
    _how(found)
    _contrasts(book, code, found)


def _how(found: Likeness) -> None:
    """By what they were compared, and what counts as healthy."""
    if found.compared_by:
        st.caption(plain(_("Compared by {traits}. {healthy}. Alike is 100% less Gower's distance.",
                           traits=list(found.compared_by), healthy=HEALTHY_WORDS[found.healthy])))


def _contrasts(book: Book, code: int, found: Likeness) -> None:
    if found.age_days is None:
        st.caption(say(_("What they did at the same age takes dates, which this list does not have.")))
        return
    st.subheader(say(_("What they had done after {days} days as a customer", days=found.age_days)), anchor=False)
    st.caption(say(_("These are cases to tell, not causes: a few customers alike in what is known, who may differ in "
                     "much else.")))
    if found.age_days != age_of(book, code):
        st.caption(say(_("This customer has been here longer; nobody like it has, so both are told at this earlier "
                         "age.")))
    told = cached(contrasts, book, code, found)
    if told:
        table(contrast_table(book, told, language(), preferences().money_unit), "cases-contrasts", "cases-contrasts")
    else:
        st.caption(say(_("Nothing that they did is known of enough of them: use, onboarding steps, contacts or seats "
                         "would tell.")))
    for name, n in steps_apart(book, code, found):
        st.markdown("- " + plain(_("{n} of {all} had reached '{step}' by then; this customer had not.", n=n,
                                   all=len(found.cases), step=name)))
