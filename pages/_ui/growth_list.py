"""Candidates and who is held back: two lists with the same filters, and a talk started at a click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_kpi.growth.backtest import Kind
from cs_kpi.growth.barred import not_told
from cs_kpi.growth.listing import (
    FORMULA,
    KIND_LABELS,
    MOST_ROWS,
    UNKNOWN_CHANCE,
    Place,
    base_rate,
    candidates_table,
    code_of,
    labels_of,
    offer_of,
    ranked,
    reasons_of,
    wanted,
)
from cs_kpi.locale import shown
from cs_kpi.tables import CUSTOMERS
from pages._ui.act import playbooks, say_done, start
from pages._ui.act_queue import new_action
from pages._ui.customer_links import customer_link
from pages._ui.growth import Growth
from pages._ui.guards import told
from pages._ui.narrow import segment_pick
from pages._ui.people import people, shown_names
from pages._ui.picks import pick
from pages._ui.words import _, plain, say
from pages._ui.work import language

ANY = ""
WIDTHS = {"reasons": 390, "told_from": 330}
HELD_WIDTHS = {"why_not": 240, "reasons": 370, "told_from": 330}
"""px: the longest reasons take three lines, and all of them fit beside the name on a small screen."""
TALK = "seats_full"
"""The playbook of the expansion talk."""


def candidate_section(found: Growth) -> None:
    """Who may be talked to, the most promising first, and one of them to begin with."""
    for sentence in (FORMULA, base_rate(found.offers) or UNKNOWN_CHANCE):
        st.caption(plain(sentence))
    places = _filtered(found, is_barred=False)
    if not places:
        st.info(say(_("Nobody is a candidate here. Loosen the filters, or change when a sign holds.")),
                icon=":material/done_all:")
        return
    _list(found, places, "growth")
    _one(found, places[:MOST_ROWS])


def held_section(found: Growth) -> None:
    """Who shows the signs and is offered nothing, with the reason."""
    st.caption(say(_("These customers show the signs as well, but an offer now would cost their trust. See to the "
                     "reason first.")))
    if lacks := not_told(found.book):
        with st.expander(say(_("Reasons that this data cannot tell: {n}", n=len(lacks))), expanded=True,
                         icon=":material/visibility_off:"):
            for said in lacks:
                st.markdown("- " + plain(said))
    places = _filtered(found, is_barred=True)
    if not places:
        st.info(say(_("Nobody is held back.")), icon=":material/done_all:")
        return
    _list(found, places, "growth-held")


def _filtered(found: Growth, is_barred: bool) -> list[Place]:
    owners = sorted(set(found.today.owner) - {""})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        kinds: Sequence[Kind] = ("upsell", "cross_sell")
        if found.offers.cross_sell is not None:
            names = {ANY: say(_("Both kinds"))} | {kind: say(label) for kind, label in KIND_LABELS.items()}
            picked = pick("growth-kind", _("Kind of offer"), names)
            kinds = [kind for kind in kinds if picked in (ANY, kind)]
        owner = pick("growth-owner", CUSTOMERS.by_name["owner"].label,
                     {ANY: say(_("All owners"))} | {one: one for one in owners}) if owners else ANY
        segment = segment_pick(found.book, "growth")
    who = wanted(found.today, owner or None, segment) & (found.offers.bars.is_barred == is_barred)
    return ranked(found.offers, who, kinds)


def _list(found: Growth, places: Sequence[Place], name: str) -> None:
    if len(places) > MOST_ROWS:
        st.caption(say(_("The first {n} of {all}; the filters narrow the list.", n=MOST_ROWS, all=len(places))))
    frame = candidates_table(found.offers, found.today, places, language())
    labels = labels_of(frame)
    people(found.book, frame, name, labels, [one for one in ("chance",) if one in labels],
           {one: width for one, width in (HELD_WIDTHS if "why_not" in labels else WIDTHS).items() if one in labels},
           shows_ids=False)


def _one(found: Growth, places: Sequence[Place]) -> None:
    """One candidate: why, and a playbook or an action begun."""
    named, ids = shown_names(found.book), found.book.customer_ids
    options = {str(number): _("{customer}: {offer}", customer=named[str(ids[code_of(found.offers, one)])],
                              offer=offer_of(found.offers, one)) for number, one in enumerate(places)}
    with st.container(border=True, key="growth-one"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            picked = places[int(pick("growth-candidate", _("Candidate"),
                                     {key: say(label) for key, label in options.items()}, width=380))]
            customer_id, reasons = str(ids[code_of(found.offers, picked)]), reasons_of(found.offers, picked)
            books = {key: one.name for key, one in playbooks().items() if one.is_on}
            if books:
                key = pick("growth-playbook", _("Playbook"), books, TALK)
                st.button(say(_("Start the playbook")), key="growth-start", icon=":material/play_arrow:",
                          type="primary", on_click=_start, args=(found, key, customer_id, shown(reasons, language())))
            with st.popover(say(_("Write an action down")), icon=":material/add_task:", key="growth-add"):
                new_action(found.today, customer_id)
        customer_link(customer_id, named[customer_id])
        for reason in reasons:
            st.markdown("- " + plain(reason))


@told
def _start(found: Growth, key: str, customer_id: str, because: str) -> None:
    start(found.today, key, customer_id, because)
    say_done(say(_("Started. Its steps are on the actions page, under Playbooks and in the list of actions.")))
