"""What the sections of the actions page share: today's standing and queue, and the team's saved work."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_kpi.actions.proposals import Proposals, begun, proposals
from cs_kpi.actions.queue import Queue, queue
from cs_kpi.actions.records import Action, Playbook, Run, Snooze, Status
from cs_kpi.actions.shipped import in_force
from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.churn.risk import Risks
from cs_kpi.errors import DataError
from cs_kpi.exit_reasons import ExitReason
from cs_kpi.workspace.store import Signature
from pages._ui.risk import outlook_of
from pages._ui.words import _, counts_seconds, say
from pages._ui.work import language, preferences, workspace

STANDINGS_KEPT = 8
DONE = "actions-said"


def today_of(book: Book) -> Today:
    """Where customers stand on the last day of the data; with the churn risk where it is believed."""
    found = outlook_of(book)
    risks = found.risks if found and found.verdict.is_fed else None
    with st.spinner(say(_("Scoring customers …")), show_time=counts_seconds()):
        return _today(book.fingerprint, risks.model.model_dump_json() if risks else "", book, risks)


@st.cache_resource(max_entries=STANDINGS_KEPT, show_spinner=False)
def _today(fingerprint: str, model: str, _book: Book, _risks: Risks | None) -> Today:
    return Today(_book, _risks)


def queue_of(today: Today) -> Queue:
    """Everybody, ranked by the thresholds of the team's playbooks."""
    known = playbooks()
    said = "".join(one.model_dump_json() for one in known.values())
    model = today.risks.model.model_dump_json() if today.risks else ""
    with st.spinner(say(_("Scoring customers …")), show_time=counts_seconds()):
        return _queue(today.book.fingerprint, model, said, today, list(known.values()))


@st.cache_resource(max_entries=STANDINGS_KEPT, show_spinner=False)
def _queue(fingerprint: str, model: str, said: str, _today: Today, _playbooks: list[Playbook]) -> Queue:
    return queue(_today, _playbooks)


def proposed(today: Today) -> Proposals:
    """What may be started; what was over and holds no more may be proposed again from now on."""
    known = runs()
    found = proposals(today, playbooks(), known, queue_of(today))
    if found.lapsed:
        workspace().save_all({key: known[key].model_copy(update={"lapsed_on": dt.date.today()})
                              for key in found.lapsed}, by=preferences().display_name)
    return found


def playbooks() -> dict[str, Playbook]:
    """Those in force: shipped, changed, and the team's own."""
    return in_force(workspace().all(Playbook), language())


def runs() -> dict[str, Run]:
    return workspace().all(Run)


def actions() -> dict[str, Action]:
    return workspace().all(Action)


def snoozes() -> dict[str, Snooze]:
    return workspace().all(Snooze)


def save(records: Mapping[str, Any]) -> None:
    """Keep records of one kind under their keys, signed."""
    workspace().save_all(records, by=preferences().display_name)


def start(today: Today, key: str, customer_id: str, because: str) -> None:
    """Begin a playbook for a customer: its run, and an action for each step."""
    run_key, chosen = new_key(), playbooks().get(key)
    if chosen is None:
        raise DataError(_("This playbook was deleted in the meantime, so nothing was started. Choose another one."))
    run, steps = begun(key, chosen, customer_id, owner_of(today, customer_id), dt.date.today(), because,
                       run_key)
    save({run_key: run})
    save({new_key(): one for one in steps})


def set_status(key: str, status: Status) -> None:
    """Save an action in another state; an exit interview that is to do again takes its reason back out of the Book."""
    one = workspace().load(Action, key)
    if one is None:
        return
    save({key: one.becoming(status, dt.date.today())})
    if one.asks_reason and status == "open":
        workspace().remove(ExitReason, key)


def owner_of(today: Today, customer_id: str) -> str:
    """The customer's CSM; blank where none is known, or the customer is in no file any more."""
    at = today.book.customer_ids.searchsorted(customer_id)
    is_known = at < len(today.book.customer_ids) and today.book.customer_ids[at] == customer_id
    return today.owner[at] if is_known else ""


def new_key() -> str:
    return uuid.uuid4().hex[:12]


def signed(found: Mapping[str, Signature], key: str) -> str:
    """By whom and when a record was saved, in words: Sato, 2024-07-01 14:05."""
    one = found.get(key)
    if one is None:
        return ""
    at = one.at.astimezone().strftime("%Y/%m/%d %H:%M" if language() == "ja" else "%Y-%m-%d %H:%M")
    return ", ".join(part for part in (one.by, at) if part)


def say_done(text: str) -> None:
    """A word on what a click did, shown once on the page that follows."""
    st.session_state[DONE] = text


def what_was_done() -> None:
    if text := st.session_state.pop(DONE, None):
        st.toast(text, icon=":material/check:")
