"""The queue: who comes first and why, and what can be done for one customer right there."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.actions.listing import MOST_ROWS, owners_in, queue_labels, queue_table, renewal_months
from cs_kpi.actions.proposals import fitting
from cs_kpi.actions.queue import Filters, Queue, filtered
from cs_kpi.actions.records import TEXT_LENGTH, Action, Playbook, Snooze, snoozed
from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.health.words import banded
from cs_kpi.health_rules import BANDS
from cs_kpi.periods import month_name
from cs_kpi.tables import CUSTOMERS
from pages._ui.act import (
    actions,
    new_key,
    owner_of,
    playbooks,
    proposed,
    queue_of,
    runs,
    save,
    say_done,
    snoozes,
    start,
    today_of,
)
from pages._ui.act_playbooks import cannot_be_told
from pages._ui.customer_links import customer_link
from pages._ui.guards import told
from pages._ui.narrow import segment_pick
from pages._ui.people import people, shown_names
from pages._ui.picks import pick
from pages._ui.words import _, plain, say
from pages._ui.work import language, workspace

STALE_DAYS = 45
"""Data that ends so long ago says little of what is to be done today."""
SNOOZE_DAYS = 14
WIDTHS = {"reason": 270, "playbook": 190, "signals": 330}
"""px: with name and MRR the reason and what to do are seen in a window 1280 wide."""
ANY = ""


def queue_section(book: Book) -> None:
    """The ranked list with its filters, one customer to act on, and who is put off."""
    today = today_of(book)
    ranked = queue_of(today)
    _how_old(book)
    for sentence in ranked.formula:
        st.caption(plain(sentence))
    if ranked.basis == "triggers":
        cannot_be_told(proposed(today).found)
    waiting = snoozes()
    put_off = tuple(snoozed(waiting, dt.date.today()))
    shown = filtered(ranked, _filters(book, ranked, put_off))
    if not len(shown.customer):
        st.info(say(_("Nobody is waiting here. Loosen the filters, or load newer data.")), icon=":material/done_all:")
    else:
        _list(book, shown)
        _one(today, shown)
    _put_off(book, put_off, waiting)


def _how_old(book: Book) -> None:
    if book.as_of and (age := (book.today - book.as_of).days) > STALE_DAYS:
        st.warning(say(_("The data ends on {day}, {age} days ago. The queue is as of that day; load newer files for "
                         "today's.", day=book.as_of, age=age)), icon=":material/history:")


def _filters(book: Book, ranked: Queue, put_off: tuple[str, ...]) -> Filters:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        owner = pick("queue-owner", CUSTOMERS.by_name["owner"].label,
                     {ANY: say(_("All owners"))} | {one: one for one in owners_in(ranked)}) if owners_in(ranked) else ""
        segment = segment_pick(book, "queue")
        bands = {ANY: say(_("All bands"))} | {str(place): say(banded(place)) for place in range(len(BANDS))}
        band = pick("queue-band", _("Band"), bands) if ranked.today.scores is not None else ""
        months = {str(month): month_name(day, language()) for month, day in renewal_months(ranked).items()}
        month = pick("queue-month", _("Renewal in"), {ANY: say(_("Any month"))} | months) if months else ""
    return Filters(owner or None, segment, int(band) if band else None, int(month) if month else None, put_off)


def _list(book: Book, shown: Queue) -> None:
    frame = queue_table(shown, language(), actions().values(), playbooks=_in_use(), runs=runs().values())
    if len(shown.customer) > MOST_ROWS:
        st.caption(say(_("The first {n} of {all}; the filters narrow the list.", n=MOST_ROWS, all=len(shown.customer))))
    labels = queue_labels(shown, frame)
    words = WIDTHS if "reason" in labels else {**WIDTHS, "signals": WIDTHS["reason"]}
    people(book, frame, "queue", labels, [name for name in ("risk", "changeable") if name in labels],
           {name: width for name, width in words.items() if name in labels}, shows_ids=False)


def _in_use() -> dict[str, Playbook]:
    return {key: one for key, one in playbooks().items() if one.is_on}


def _one(today: Today, shown: Queue) -> None:
    """One customer of the list: start a playbook, write an action down, or put it off."""
    named = shown_names(today.book)
    ids = [str(today.book.customer_ids[code]) for code in shown.customer[:MOST_ROWS]]
    with st.container(border=True, key="queue-one"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            picked = pick("queue-customer", _("Customer"), {one: named[one] for one in ids})
            place = ids.index(picked)
            books = _in_use()
            if books:
                key = pick(f"queue-playbook-{picked}", _("Playbook"), {key: one.name for key, one in books.items()},
                           fitting(shown, place, books))
                st.button(say(_("Start the playbook")), key="queue-start", icon=":material/play_arrow:",
                          type="primary", on_click=_start, args=(today, key, picked, say(shown.reason(place) or "")))
            with st.popover(say(_("Write an action down")), icon=":material/add_task:", key="queue-add"):
                new_action(today, picked)
            with st.popover(say(_("Put off")), icon=":material/snooze:", key="queue-snooze"):
                _snooze_form(picked)
        customer_link(picked, named[picked])
        for reason in dict.fromkeys([shown.reason(place), *shown.signals(place)]):
            st.markdown("- " + plain(reason or ""))


@told
def _start(today: Today, key: str, customer_id: str, because: str) -> None:
    start(today, key, customer_id, because)
    say_done(say(_("Started. Its steps are under Playbooks and in the list of actions.")))


def new_action(today: Today, customer_id: str) -> None:
    st.text_input(say(_("What to do")), key=f"new-title-{customer_id}", max_chars=200)
    st.text_input(say(_("Who")), key=f"new-owner-{customer_id}", max_chars=80, value=owner_of(today, customer_id))
    st.date_input(say(_("Due on")), dt.date.today() + dt.timedelta(days=7), key=f"new-due-{customer_id}")
    st.button(say(_("Add the action")), key="new-action", on_click=_add, args=(customer_id,))


@told
def _add(customer_id: str) -> None:
    title, owner, due = (st.session_state[f"new-{field}-{customer_id}"] for field in ("title", "owner", "due"))
    if not title.strip() or due is None:
        raise DataError(_("The action was not added: say what to do, and until when."))
    save({new_key(): Action(customer_id=customer_id, title=title.strip(), owner=owner.strip(), due_on=due,
                            made_on=dt.date.today())})
    st.session_state[f"new-title-{customer_id}"] = ""
    say_done(say(_("Added to the list of actions.")))


def _snooze_form(customer_id: str) -> None:
    """Out of the queue until a day, for a reason."""
    st.date_input(say(_("Until")), dt.date.today() + dt.timedelta(days=SNOOZE_DAYS), key="snooze-until",
                  min_value=dt.date.today())
    st.text_input(say(_("Reason")), key="snooze-reason", max_chars=TEXT_LENGTH)
    st.button(say(_("Put off")), key="snooze", on_click=_snooze, args=(customer_id,))


@told
def _snooze(customer_id: str) -> None:
    until, reason = st.session_state["snooze-until"], st.session_state["snooze-reason"]
    if not reason.strip() or until is None:
        raise DataError(_("The customer was not put off: give a reason, and a day until when."))
    save({customer_id: Snooze(until=until, reason=reason.strip())})
    st.session_state["snooze-reason"] = ""


def _put_off(book: Book, put_off: tuple[str, ...], waiting: dict[str, Snooze]) -> None:
    if not put_off:
        return
    named = shown_names(book)
    with st.expander(say(_("Put off: {n}", n=len(put_off))), icon=":material/snooze:", key="put-off"):
        for key in put_off:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(_("{customer}, until {day}: {reason}", customer=named.get(key, key),
                                    day=waiting[key].until, reason=waiting[key].reason)), width="stretch")
                st.button(say(_("Bring back")), key=f"wake-{key}", on_click=_wake, args=(key,), type="tertiary")


@told
def _wake(key: str) -> None:
    workspace().remove(Snooze, key)
