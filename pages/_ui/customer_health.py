"""The section of a customer's page on health and risk: points, history, reasons, and what would change the risk."""

from __future__ import annotations

import streamlit as st

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.charts.health_past import life_lines, points_of
from cs_kpi.charts.risk import contributions
from cs_kpi.churn.listing import LOWERS, RAISES
from cs_kpi.churn.reasons import reasons, risk_limit, way_out
from cs_kpi.churn.risk import Risks
from cs_kpi.health.score import NO_BAND
from cs_kpi.health.words import because
from cs_kpi.standing.course import life, version_changes
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.health import versions_or
from pages._ui.health_life import life_rows
from pages._ui.risk import RISK_PAGE, outlook_of
from pages._ui.words import _, counts_seconds, number, plain, say
from pages._ui.work import language

HEALTH_PAGE = "pages/health.py"


def health_section(book: Book, today: Today, code: int, name: str) -> None:
    _score(book, today, code, name)
    _risk(book, today, code, name)


def _score(book: Book, today: Today, code: int, name: str) -> None:
    """The points of today and the history; where there is none, why."""
    chosen, scores = book.settings.health, today.scores
    if chosen is None or scores is None:
        st.caption(say(_("The health score is not set up yet.")))
        st.page_link(HEALTH_PAGE, label=say(_("Set up the health score")), icon=":material/favorite:")
        return
    places = (scores.customer == code).nonzero()[0]
    if not len(places):
        st.caption(say(_("It is not a customer today, so it has no score of today.")))
    elif scores.band[places[0]] == NO_BAND:
        st.caption(say(_("Nothing that the score looks at is known of this customer.")))
    else:
        show(points_of(book, scores, int(places[0]), name, language()))
        for word in because(book, scores, int(places[0])):
            st.markdown("- " + plain(word))
    if not book.is_snapshot:
        saved = versions_or(chosen)
        with st.spinner(say(_("Scoring customers …")), show_time=counts_seconds()):
            lived = cached(life, book, saved, chosen, code)
        if len(lived.days):
            show(life_lines(book, lived, name, version_changes(book, saved), language()))
            life_rows(lived, len(saved) > 1)


def _risk(book: Book, today: Today, code: int, name: str) -> None:
    st.subheader(say(_("Churn risk")), anchor=False)
    risks = today.risks
    places = (risks.customer == code).nonzero()[0] if risks is not None else []
    if risks is None:
        _why_none(book)
    elif not len(places):
        st.caption(say(_("It is not a customer today, so it has no risk of leaving.")))
    else:
        _reasons(book, risks, int(places[0]), name)


def _why_none(book: Book) -> None:
    found = outlook_of(book)
    st.caption(say(found.verdict.words if found else _("No model of churn risk has been trained yet.")))
    st.page_link(RISK_PAGE, label=say(_("Go to the churn risk")), icon=":material/crisis_alert:")


def _reasons(book: Book, risks: Risks, place: int, name: str) -> None:
    """In words first, with what would change it; the exact bars beneath."""
    limit, risk = risk_limit(risks, book.settings.churn.risk_limit), float(risks.risk[place])
    st.markdown(plain(_("Risk of leaving: {risk}. From {limit} on it is called high.", risk=number(risk, "share"),
                        limit=number(limit, "share"))))
    for one in reasons(risks, place):
        st.markdown(f"- {RAISES if one.raises else LOWERS} {plain(one.words)}")
    if risk >= limit:
        out = way_out(risks, place, limit)
        for step in out.changes:
            st.markdown("- " + plain(_("{before} → {after}: the risk would be {risk}", before=step.before,
                                       after=step.after, risk=number(step.risk, "share"))))
        if not out.is_enough:
            st.caption(say(_("What a team can act on does not bring this risk below {limit}.",
                             limit=number(limit, "share"))))
    st.caption(say(_("A model knows what goes together, not causes.")))
    show(contributions(risks, place, name, language()))
