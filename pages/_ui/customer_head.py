"""The head of a customer's page: what one wants to know before picking up the phone."""

from __future__ import annotations

import streamlit as st

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.churn.reasons import risk_limit
from cs_kpi.customer.profile import Profile
from cs_kpi.health.score import NO_BAND
from cs_kpi.health.words import banded, score_text
from cs_kpi.locale import Message, shown
from cs_kpi.locale.formats import NO_VALUE
from pages._ui.customer_health import HEALTH_PAGE
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, preferences


def head(book: Book, today: Today, one: Profile, name: str) -> None:
    """Name, facts in one line, and the numbers of today."""
    st.subheader(plain(name), anchor=False)
    st.markdown(" · ".join(plain(fact) for fact in _facts(book, one)))
    with st.container(horizontal=True, key="customer-head"):
        if one.mrr is not None:
            before = say(_("{mrr} before", mrr=number(one.mrr_lost, "money", book.currency))) if one.mrr_lost else None
            st.metric("MRR", number(one.mrr, "money", book.currency), before, delta_color="off", delta_arrow="off",
                      width=180)
        _health(today, one)
        _risk(today, one)
        if one.term:
            _term(book, one)
    if today.scores is None and one.is_there:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(say(_("A health score is shown here once one is set up and saved.")))
            st.page_link(HEALTH_PAGE, label=say(_("Set up the health score")), icon=":material/favorite:")
    if one.attributes:
        with st.expander(say(_("More from the customer list")), icon=":material/badge:"):
            st.table({plain(label): plain(value) for label, value in one.attributes}, border="horizontal")


def _facts(book: Book, one: Profile) -> list[Message | str]:
    found: list[Message | str] = [] if preferences().hides_names else [one.id]
    if not one.is_there or not one.since:
        found.append(_standing(one))
    if one.since:
        found.append(_("customer since before {day}", day=one.since) if one.is_from_before
                     else _("customer since {day}", day=one.since))
    if one.tenure_months is not None and not one.since:
        found.append(_("customer for {months}", months=number(one.tenure_months, "months")))
    if one.products:
        found.append(_("product {names}", names=list(one.products)))
    if one.plans:
        found.append(_("plan {names}", names=list(one.plans)))
    found.append(_("CSM {name}", name=one.owner) if one.owner else _("no CSM named"))
    return found


def _standing(one: Profile) -> Message:
    if one.is_there:
        return _("customer")
    return _("left on {day}", day=one.left_on) if one.left_on else _("not a customer today")


def _health(today: Today, one: Profile) -> None:
    if today.scores is None or today.health is None:
        if one.is_there:
            st.metric(say(_("Health score")), NO_VALUE, say(_("not saved yet")), delta_color="off", delta_arrow="off",
                      width=180)
        return
    if today.band[one.code] == NO_BAND:
        return
    st.metric(say(_("Health score")), score_text(float(today.health[one.code])), say(banded(int(today.band[one.code]))),
              delta_color="off", delta_arrow="off", width=180)


def _risk(today: Today, one: Profile) -> None:
    """Shown where a model is believed; the section on health and risk says why where none is."""
    risks = today.risks
    if risks is None or today.risk is None or today.risk[one.code] != today.risk[one.code]:
        return
    limit = risk_limit(risks, today.book.settings.churn.risk_limit)
    word = _("high") if today.risk[one.code] >= limit else _("not high")
    st.metric(say(_("Churn risk")), number(float(today.risk[one.code]), "share"), say(word), delta_color="off",
              delta_arrow="off", width=180)


def _term(book: Book, one: Profile) -> None:
    assert one.term is not None
    assert book.as_of is not None
    left = (one.term.ends_on - book.as_of).days
    said = _("announced to leave") if one.term.is_leaving else _("in {days} days", days=left)
    st.metric(say(_("Next renewal")), shown(one.term.ends_on, language()), say(said), delta_color="off",
              delta_arrow="off", width=200)
    day = one.term.notice_by
    if day:
        words = (_("in {days} days", days=(day - book.as_of).days) if day > book.as_of
                 else _("today") if day == book.as_of else _("has passed"))
        st.metric(say(_("Notice by")), shown(day, language()), say(words), delta_color="off", delta_arrow="off",
                  width=200)
