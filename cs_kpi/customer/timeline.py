"""Everything that happened with one customer, in one list by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal

import numpy as np
import pandas as pd

from cs_kpi.actions.records import STATUS_LABELS, Action
from cs_kpi.book import Book, date_of
from cs_kpi.churn.quantities import Quantity
from cs_kpi.churn.voice_features import is_urgent
from cs_kpi.customer.money import Movement, changes
from cs_kpi.customer.records import Note
from cs_kpi.customer.rows import Rows
from cs_kpi.exit_reasons import RECORDED
from cs_kpi.ingest.naming.words import plain
from cs_kpi.locale import Language, Message, _, shown
from cs_kpi.tables import TABLES

EventKind = Literal["contract", "onboarding", "use", "answer", "ticket", "contact", "cancellation", "pulse", "note",
                    "action"]
KIND_LABELS: dict[EventKind, Message] = {
    "contract": _("Contract and MRR"), "onboarding": _("Onboarding"), "use": _("First use"), "answer": _("Answer"),
    "ticket": _("Ticket"), "contact": _("Contact"), "cancellation": _("Cancellation reason"), "pulse": _("CSM pulse"),
    "note": _("Note on the customer"), "action": _("Action")}
MOVEMENT_WORDS: dict[Movement, Message] = {
    "new": _("Became a customer with {after} a month"), "reactivation": _("Came back with {after} a month"),
    "expansion": _("MRR rose from {before} to {after}"), "contraction": _("MRR fell from {before} to {after}"),
    "churn": _("Left; paid {before} a month")}
TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. day : None where the sheet gives none
    text : what was said of it, as the sheet has it; file, sheet, row : where it stands, of what a file brought"""

    day: dt.date | None
    kind: EventKind
    what: Message | str
    text: str = ""
    by: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None


def timeline(book: Book, code: int, notes: Iterable[Note] = (), actions: Iterable[Action] = ()) -> list[Event]:
    """The events of a customer, the latest first; notes and actions are those of this customer."""
    found = [*_moves(book, code), *_steps(book, code), *_first_uses(book, code), *_answers(book, code),
             *_contacts(book, code), *_reasons(book, code), *_pulses(book, code)]
    found += [Event(one.at.astimezone().date(), "note", one.text, by=one.by) for one in notes]
    found += [_of_action(one) for one in actions]
    return sorted(found, key=lambda one: one.day or dt.date.min, reverse=True)


def _of_action(one: Action) -> Event:
    what = _("{action} ({status})", action=one.title, status=STATUS_LABELS[one.status])
    return Event(one.done_on or one.due_on, "action", what, one.outcome, one.owner)


def _moves(book: Book, code: int) -> Iterator[Event]:
    for day, before, after, movement in changes(book, code) if not book.is_snapshot else []:
        money = {name: Quantity.of(value, "money", book.currency) for name, value in
                 (("before", before), ("after", after))}
        yield Event(day, "contract", replace(MOVEMENT_WORDS[movement], values=money))


def _steps(book: Book, code: int) -> Iterator[Event]:
    for row in _rows(book, "milestones", code):
        yield _event(row, "completed_on", "onboarding", _("Reached: {step}", step=_text(row.get("milestone"))))
    if book.has("customers.onboarding_completed_on") and not pd.isna(
            day := book.customers["onboarding_completed_on"].iloc[code]):
        yield Event(pd.Timestamp(day).date(), "onboarding", _("Onboarding completed"))


def _first_uses(book: Book, code: int) -> Iterator[Event]:
    """The first use at all, and of every feature."""
    if not book.has("usage.date"):
        return
    log = book.once(Rows).uses(code)
    if not len(log.day):
        return
    if not log.features:
        yield Event(date_of(int(log.day[0])), "use", _("First use"))
        return
    feature, first = np.unique(log.feature, return_index=True)
    for one, place in zip(feature.tolist(), first.tolist(), strict=True):
        if one >= 0:
            name = log.features[one]
            yield Event(date_of(int(log.day[place])), "use", _("First use of {feature}", feature=name))


def _answers(book: Book, code: int) -> Iterator[Event]:
    given = book.tables.get("surveys")
    is_dated = given is not None and "answered_on" in given
    for row in _rows(book, "surveys", code):
        kind = _text(row.get("kind")).upper()
        score, scale = _number(row.get("score")), _number(row.get("scale"))
        what = (_("{kind}: {score} of {scale}", kind=kind, score=score, scale=scale) if scale
                else _("{kind}: {score}", kind=kind, score=score))
        found = _event(row, "answered_on", "answer", what, "comment", "respondent")
        yield found if is_dated else replace(found, day=None)


def _contacts(book: Book, code: int) -> Iterator[Event]:
    rows = book.once(Rows).of("interactions", code)
    if rows.empty:
        return
    urgent = is_urgent(rows).to_numpy(dtype=bool, na_value=False) if "priority" in rows else np.zeros(len(rows), bool)
    for row, presses in zip(rows.to_dict("records"), urgent, strict=True):
        kind = _text(row.get("kind"))
        facts = [part for part in (kind, _text(row.get("priority")), _text(row.get("status"))) if part]
        is_ticket = contact_kind(kind) == TICKET or (not kind and bool(_text(row.get("priority"))))
        what = _("Urgent: {facts}", facts=facts) if presses and facts else _("{facts}", facts=facts)
        yield _event(row, "date", "ticket" if is_ticket else "contact", what, "note", "by")


CONTACT_KINDS = {plain(word): kind for kind, words in TABLES["interactions"].by_name["kind"].choices
                 for word in (kind, *words)}
"""Words of a cell that say which kind of contact it was, as the import reads headers and choices."""


def contact_kind(kind: str) -> str:
    """`ticket` or `meeting`, where a cell says so; empty for other kinds."""
    return CONTACT_KINDS.get(plain(kind), "")


def _reasons(book: Book, code: int) -> Iterator[Event]:
    for row in _rows(book, "cancellations", code):
        reason = _text(row.get("reason"))
        what = _("Reason for leaving: {reason}", reason=reason) if reason else _("Cancelled")
        yield _event(row, "cancelled_on", "cancellation", what, "comment")


def _pulses(book: Book, code: int) -> Iterator[Event]:
    for row in _rows(book, "pulse", code):
        what = _("Pulse {value} of 5", value=_number(row.get("value")))
        yield _event(row, "date", "pulse", what, "note", "by")


def _rows(book: Book, table: str, code: int) -> list[dict[Any, Any]]:
    return book.once(Rows).of(table, code).to_dict("records")


def _event(row: Mapping[Any, Any], day: str, kind: EventKind, what: Message | str, text: str = "", by: str = ""
           ) -> Event:
    on, place = row.get(day), row.get("_row")
    is_from_file = not row.get(RECORDED) and place is not None and not pd.isna(place)
    number = int(place) if place is not None and is_from_file else None
    return Event(None if on is None or pd.isna(on) else pd.Timestamp(on).date(), kind, what, _text(row.get(text)),
                 _text(row.get(by)), _text(row.get("_file")) if is_from_file else "",
                 _text(row.get("_sheet")) if is_from_file else "", number)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _number(value: object) -> str:
    return "" if value is None or pd.isna(value) else f"{float(value):g}"  # type: ignore[call-overload, arg-type]


def timeline_table(found: Iterable[Event], language: Language, hides_names: bool = False) -> pd.DataFrame:
    """The events as a table with its columns named for the reader; columns that say nothing are left out.

    hides_names : who answered is left out too, since it is a person at the customer
    """
    events = list(found)
    by = [None if hides_names and one.kind == "answer" else one.by or None for one in events]
    columns = {
        _("Date"): [one.day for one in events], _("Kind"): [KIND_LABELS[one.kind].text(language) for one in events],
        _("What happened"): [shown(one.what, language) for one in events],
        _("Comment"): [one.text or None for one in events], _("By"): by,
        _("Source"): [source(one.file, one.sheet, one.row, language) for one in events]}
    frame = pd.DataFrame({head.text(language): pd.Series(values, dtype=object) for head, values in columns.items()})
    return frame[[head for head in frame if head in frame.columns[:3] or frame[head].notna().any()]]


def source(file: str, sheet: str, row: int | None, language: Language) -> str | None:
    """Where a row stands: contracts.xlsx › 契約, row 12; None where it stands in no file."""
    if row is None:
        return None
    place = file if sheet in ("", file, PurePath(file).stem) else f"{file} › {sheet}"
    return _("{place}, row {row}", place=place, row=row).text(language)


