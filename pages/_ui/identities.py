"""Customers named in different ways, on the data page: what was joined, what may be one, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.identity.joins import Join
from cs_kpi.identity.lists import (
    DECIDED,
    decision_table,
    join_table,
    migration_table,
    moved_by,
    proposal_table,
    unmatched_table,
)
from cs_kpi.identity.migrations import Migration
from cs_kpi.identity.proposals import KINDS, Proposal
from cs_kpi.identity.records import Decision, Identities
from cs_kpi.identity.unmatched import Unmatched
from cs_kpi.locale import Message, shown
from cs_kpi.who_is_who import Findings, findings
from pages._ui.cache import cached
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.loading import LoadedSheet, loaded_book
from pages._ui.words import _, number, plain, say
from pages._ui.work import identities, language, preferences, save_identities

SHOWN = 5
"""So many pairs have buttons of their own; the others are in the table, and follow when these are decided."""
Pairs = Sequence[tuple[str, str]]
"""(the id that would stay, the other one)"""


def who_is_who(book: Book | None, found: list[LoadedSheet]) -> None:
    """Nothing where every sheet names its customers alike and nothing was decided."""
    apart = loaded_book(found, rolls_up=False)
    if book is None or apart is None:
        return
    known = identities()
    open_ = cached(findings, apart, known.declined)
    if open_.is_clear and not (book.notes or known.decisions):
        return
    with st.container(border=True, key="who-is-who"):
        st.subheader(say(_("Customers named in different ways")), anchor=False)
        if preferences().hides_names:
            st.info(say(_("Customer names are hidden. Show them in the settings to decide which customers are one.")))
            return
        for note in book.notes:
            st.markdown(f":material/info: {plain(note)}")
        for one in open_.migrations:
            _migration(one, open_, apart)
        for kind in KINDS:
            if pairs := [one for one in open_.proposals if one.kind == kind]:
                _proposals(pairs, open_, apart)
        if open_.unmatched:
            _unmatched(open_)
        if apart.joins:
            _joins(apart.joins, open_)
        if known.decisions:
            _decisions(known)


def _migration(one: Migration, open_: Findings, book: Book) -> None:
    """A day on which customers probably only got new ids."""
    said = _("Probable migration: on {day}, {n} of {active} customers end, and {started} start on that day or right "
             "after. {pairs} of them are probably the same customers under new IDs.", day=one.day.date(), n=one.ended,
             active=one.active, started=one.started, pairs=len(one.moves))
    st.warning(plain(said), icon=":material/move_up:")
    st.caption(say(_("Until you confirm, each counts as churned and as new. Confirmed customers go on from their old "
                     "start, without churn.")))
    reasons = {(move.old, move.new): moved_by(move) for move in one.moves}
    day = one.day.date()
    _choice(f"move-{day}", list(reasons), lambda pair: _pair_line(*pair, open_, book, reasons[pair]), _continue)
    with st.expander(plain(_("All pairs: {n}", n=len(reasons))), key=f"moves-{day}"):
        table(migration_table(one, open_.lives, language()), "migration", f"moves-{day}", _money(), search=True)


def _proposals(found: list[Proposal], open_: Findings, book: Book) -> None:
    """One kind of likeness: its pairs, to accept or decline one by one or all."""
    kind = found[0].kind
    _head(KINDS[kind], _("pairs that may be one customer: {n}", n=len(found)))
    _choice(f"same-{kind}", [(one.kept, one.other) for one in found], lambda pair: _pair_line(*pair, open_, book),
            _merge)
    if len(found) > SHOWN:
        with st.expander(plain(_("All pairs: {n}", n=len(found))), key=f"pairs-{kind}"):
            table(proposal_table(found, open_.lives, language()), "proposals", f"pairs-{kind}", _money(), search=True)


def _head(title: Message, text: Message) -> None:
    st.markdown(f"**{plain(title)}** — {plain(text)}")


def _choice(key: str, pairs: Pairs, line: Callable[[tuple[str, str]], str], accept: Callable[[Pairs], None]) -> None:
    """The first pairs with buttons for each, and buttons for all."""
    for pair in pairs[:SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(line(pair), width="stretch")
            st.button(say(_("Same customer")), key=f"{key}-yes-{pair}", icon=":material/check:", on_click=accept,
                      args=([pair],))
            st.button(say(_("Keep apart")), key=f"{key}-no-{pair}", type="tertiary", icon=":material/close:",
                      on_click=_decline, args=([pair],))
    if len(pairs) > 1:
        with st.container(horizontal=True):
            st.button(plain(_("All {n} are the same", n=len(pairs))), key=f"{key}-all", icon=":material/done_all:",
                      on_click=accept, args=(list(pairs),))
            st.button(plain(_("Keep all {n} apart", n=len(pairs))), key=f"{key}-none", type="tertiary",
                      on_click=_decline, args=(list(pairs),))


def _pair_line(one: str, other: str, open_: Findings, book: Book, reason: Message | None = None) -> str:
    line = f"{_customer(one, open_, book)}  \n{_customer(other, open_, book)}"
    return f"{line} — {plain(reason)}" if reason else line


def _customer(key: str, open_: Findings, book: Book) -> str:
    """Name, id, MRR and dates: what tells whether two are one."""
    row = open_.lives.loc[key]
    facts = [key] if row["customer_name"] != key else []
    if row["start"] == row["start"]:
        until = shown(row["end"].date(), language()) if row["end"] == row["end"] else ""
        facts += [number(row["last_mrr"], "money", book.currency),
                  f"{shown(row['start'].date(), language())} – {until}".strip()]
    elif not book.obstacle:
        facts.append(say(_("no contract")))
    return f"**{plain(row['customer_name'])}**" + (f" ({plain(' · '.join(facts))})" if facts else "")


def _money() -> dict[str, object]:
    """How the amounts of a table of pairs are shown."""
    names = (_("MRR"), _("Other MRR"))
    return {say(name): st.column_config.NumberColumn(format="localized") for name in names}


def _unmatched(open_: Findings) -> None:
    """Keys of nobody, each to be given to a customer by hand; what is given holds for next month's file too."""
    _head(_("On no list of customers"), _("{n} keys in {rows} rows. They count as customers of their own until you "
                                          "assign them.", n=len(open_.unmatched),
                                          rows=sum(one.rows for one in open_.unmatched)))
    keys = {one.key: one for one in open_.unmatched}
    customers = {key: _option(key, open_) for key in open_.lives.index if key not in keys}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(say(_("Key")), list(keys), key="unmatched-key")
        customer = st.selectbox(say(_("is the customer")), list(customers), None, key="unmatched-customer",
                                format_func=customers.__getitem__, placeholder=say(_("Choose a customer")))
        st.button(say(_("Assign")), key="unmatched-assign", disabled=customer is None or key is None,
                  on_click=_assign, args=(keys.get(key or ""), customer))
    with st.expander(plain(_("All keys: {n}", n=len(keys))), key="unmatched-all"):
        table(unmatched_table(open_.unmatched, language()), "unmatched", "unmatched", search=True)


def _option(key: str, open_: Findings) -> str:
    name = open_.name(key)
    return key if name == key else f"{name} ({key})"


def _joins(joins: tuple[Join, ...], open_: Findings) -> None:
    """What was beyond doubt, and a way to say that it was not."""
    pairs = {(one.key, one.customer_id): f"{one.key} → {_option(one.customer_id, open_)}" for one in joins}
    with st.expander(plain(_("Given to customers by their exact name: {n}", n=len(pairs))), key="joins"):
        names = open_.lives["customer_name"].to_dict()
        table(join_table(joins, names, language()), "joins", "joins", search=True)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            picked = st.selectbox(say(_("Not the same customer?")), list(pairs), None, key="join-picked",
                                  format_func=pairs.__getitem__, placeholder=say(_("Choose one")))
            st.button(say(_("Keep apart")), key="join-apart", disabled=picked is None, on_click=_decline,
                      args=([picked],))


def _decisions(known: Identities) -> None:
    """Everything that was decided, to undo and to download."""
    made = known.decisions
    names = {at: f"{say(DECIDED[one.kind])}: {one.first} · {one.second}" for at, one in enumerate(made)}
    with st.expander(plain(_("Decided so far: {n}", n=len(made))), icon=":material/history:", key="decisions"):
        table(decision_table(made, language()), "decisions", "decisions", search=True)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            picked = st.selectbox(say(_("Decision")), list(names), None, key=f"decision-{len(made)}",
                                  format_func=names.__getitem__, placeholder=say(_("Choose one")))
            st.button(say(_("Undo")), key="decision-undo", icon=":material/undo:", disabled=picked is None,
                      on_click=_undo, args=([made[picked]] if picked is not None else [],))
            st.button(say(_("Undo all")), key="decision-undo-all", type="tertiary", on_click=_undo, args=(made,))
        st.download_button(say(_("Download the decisions")), known.model_dump_json(indent=2), "identities.json",
                           "application/json", key="decisions-down", on_click="ignore", icon=":material/download:",
                           help=say(_("For the command line: --identities identities.json")))


@told
def _merge(pairs: Pairs) -> None:
    save_identities(identities().with_merges({other: kept for kept, other in pairs}))


@told
def _continue(pairs: Pairs) -> None:
    save_identities(identities().with_migrations({new: old for old, new in pairs}))


@told
def _decline(pairs: Pairs) -> None:
    save_identities(identities().with_declined(pairs))


@told
def _assign(one: Unmatched, customer: str) -> None:
    save_identities(identities().with_aliases({one.key: customer}, one.tables))


@told
def _undo(decisions: list[Decision]) -> None:
    save_identities(identities().without(decisions))
