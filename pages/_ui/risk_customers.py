"""The section of the risk page on today's customers: the ranking, and one customer's reasons."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.risk import contributions
from cs_kpi.churn.listing import RISK_LABELS
from cs_kpi.churn.reasons import risk_limit, way_out
from cs_kpi.churn.risk import Outlook, Risks
from cs_kpi.retention.listing import with_values
from pages._ui.customer_links import customer_link
from pages._ui.figures import show
from pages._ui.people import people, shown_names
from pages._ui.picks import pick
from pages._ui.risk import listed
from pages._ui.words import _, number, plain, say
from pages._ui.work import language


def customers_section(book: Book, found: Outlook) -> None:
    """Who may leave, why, and what would change it; hidden until insisted on where it cannot be believed."""
    risks = found.risks
    if risks is None:
        st.info(say(_("There is no model, so there are no risks to list.")), icon=":material/block:")
        return
    if not found.verdict.is_good and not _is_wanted():
        return
    limit = risk_limit(risks, book.settings.churn.risk_limit)
    frame = listed(book)
    high = int((risks.risk >= limit).sum())
    counts = {"high": high, "n": len(risks.customer), "limit": number(limit, "share")}
    st.markdown(plain(_("{high} of {n} customers have a high risk: {limit} or more within {months} months.",
                        months=found.settings.horizon_months, **counts) if found.evaluation.is_dated else
                      _("{high} of {n} customers have a high risk: {limit} or more.", **counts)))
    st.caption(say(_("↑ raises the risk, ↓ lowers it. What would change it: values that many of today's customers "
                     "have, and the risk that the model gives then. A model knows what goes together, not causes.")))
    sentences = [name for name in ("why", "change") if name in frame]
    people(book, frame, "churn_risk", with_values(frame, RISK_LABELS), ["risk"], sentences)
    _one_customer(book, risks, frame, limit)


def _is_wanted() -> bool:
    is_wanted = st.toggle(say(_("List customers by this risk nevertheless")), key="list-nevertheless",
                          persist_state="session")
    if not is_wanted:
        st.caption(say(_("The customers are not listed, since this risk is not to be believed.")))
    return is_wanted


def _one_customer(book: Book, risks: Risks, frame: Any, limit: float) -> None:
    """What moves one customer's risk, as bars that sum to the model's log-odds, and its way out step by step."""
    st.subheader(say(_("Why this customer?")), anchor=False)
    named = shown_names(book)
    names = {id: f"{named[id]} ({number(risk, 'share')})"
             for id, risk in zip(frame["customer_id"], frame["risk"], strict=True)}
    picked = pick("risk-customer", _("Customer"), names)
    customer_link(picked, named[picked])
    place = int((book.customer_ids[risks.customer] == picked).argmax())
    show(contributions(risks, place, named[picked], language()))
    out = way_out(risks, place, limit)
    if risks.risk[place] < limit:
        st.caption(say(_("This risk is below the limit of {limit}.", limit=number(limit, "share"))))
        return
    for step in out.changes:
        st.markdown("- " + plain(_("{before} → {after}: the risk would be {risk}", before=step.before,
                                   after=step.after, risk=number(step.risk, "share"))))
    if not out.is_enough:
        st.caption(say(_("What a team can act on does not bring this risk below {limit}.",
                         limit=number(limit, "share"))))
