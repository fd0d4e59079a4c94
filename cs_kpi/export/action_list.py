"""The list of actions as a table that people edit in a spreadsheet, and what such a file says when it comes back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from cs_kpi.actions.records import NAME_LENGTH, STATUS_LABELS, TEXT_LENGTH, Action, Run, Status
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.export.tables import without_apostrophe
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.values.dates import dates
from cs_kpi.kpi.behind import numbered
from cs_kpi.locale import LANGUAGES, Language, Message, _

COLUMNS: dict[str, Message] = {
    "key": _("Action ID"), "customer_id": _("Customer ID"), "customer_name": _("Customer name"),
    "title": _("What to do"), "owner": _("Who"), "due_on": _("Due on"), "status": _("Status"),
    "outcome": _("Outcome"), "playbook": _("Playbook"), "version": _("Version (leave as it is)")}
EDITED = ("title", "owner", "due_on", "status", "outcome")
"""What may be changed in a file; the rest says what a row is."""
LENGTHS = {"title": 200, "owner": NAME_LENGTH, "outcome": TEXT_LENGTH}
HEADER_ROWS = 20
FURTHER_WORDS: dict[str, Status] = {"済": "done", "対応済": "done", "対応済み": "done", "closed": "done",
                                    "complete": "done", "completed": "done", "open": "open", "対応中": "open",
                                    "in progress": "open", "中止": "dropped", "cancelled": "dropped"}
Kept = Literal["file", "app"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """An action that changed in the file and in the app since the file was made."""

    key: str
    row: int
    in_app: Action
    in_file: Action

    @property
    def differs(self) -> list[Message]:
        """The names of what is not the same."""
        return [COLUMNS[name] for name in EDITED if getattr(self.in_app, name) != getattr(self.in_file, name)]


@dataclass(frozen=True)
class ReadBack:
    """What an edited file asks for.

    changed : actions by key, as the file has them; new : rows without an ID
    refused : rows that cannot be taken, each a sentence; same : rows in which nothing changed
    not_in_file : actions that no row speaks of; they stay as they are
    """

    changed: dict[str, Action] = field(default_factory=dict)
    new: tuple[Action, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Message, ...] = ()
    same: int = 0
    not_in_file: int = 0

    def taken(self, choices: Mapping[str, Kept]) -> dict[str, Action]:
        """What is to be saved: every change, and of the conflicts those in which the file is to count."""
        return self.changed | {one.key: one.in_file for one in self.conflicts if choices.get(one.key) == "file"}


def action_table(book: Book, actions: Mapping[str, Action], runs: Mapping[str, Run], language: Language,
                 hides_names: bool = False) -> pd.DataFrame:
    """One row per action, named for the reader, the earliest due first."""
    rows = ordered(actions)
    ids = [one.customer_id for _key, one in rows]
    columns: dict[str, list[object]] = {
        "key": [key for key, _one in rows], "customer_id": list(ids),
        "customer_name": list(names_of(book, ids, language, hides_names)),
        "title": [one.title for _key, one in rows], "owner": [one.owner for _key, one in rows],
        "due_on": [one.due_on for _key, one in rows],
        "status": [STATUS_LABELS[one.status].text(language) for _key, one in rows],
        "outcome": [one.outcome for _key, one in rows],
        "playbook": [runs[one.run].name if one.run and one.run in runs else "" for _key, one in rows],
        "version": [version(one) for _key, one in rows]}
    if hides_names:
        del columns["customer_id"]
    return pd.DataFrame({COLUMNS[name].text(language): pd.Series(values, dtype=object)
                         for name, values in columns.items()})


def ordered(actions: Mapping[str, Action]) -> list[tuple[str, Action]]:
    """Actions with their keys, the earliest due first."""
    return sorted(actions.items(), key=lambda pair: (pair[1].due_on, pair[1].customer_id, pair[0]))


def names_of(book: Book, ids: Sequence[str], language: Language, hides_names: bool = False) -> list[str]:
    """The names of customers, or what stands for them; the id itself of who is in no file any more."""
    code = book.codes(pd.Series(list(ids), dtype=object))
    named = book.customers["customer_name"].astype(str).to_numpy()
    if hides_names:
        return numbered(book, pd.Series(list(ids), dtype=object), language)
    return [str(named[place]) if place >= 0 else one for place, one in zip(code, ids, strict=True)]


def version(one: Action) -> str:
    """A word that changes with what may be edited; it begins with a letter, so that no spreadsheet takes it for a
    number."""
    said = "\x1f".join(_plain(str(getattr(one, name))) for name in EDITED)
    return "v" + hashlib.sha256(said.encode()).hexdigest()[:12]


def read_back(name: str, data: bytes, actions: Mapping[str, Action], book: Book, today: dt.date) -> ReadBack:
    """What an edited export asks for, held against the actions as they are now.

    Raises DataError where the file is no spreadsheet, or holds no list of actions.
    """
    rows = _rows(name, data)
    due = dates(pd.Series([row["due_on"] for _place, row in rows], dtype=object))
    reader = _Reader(actions, book, today)
    for (place, row), day, is_bad in zip(rows, due.days, due.unreadable, strict=True):
        reader.take(place, row, None if pd.isna(day) else pd.Timestamp(day).date(), bool(is_bad))
    return reader.found()


def _rows(name: str, data: bytes) -> list[tuple[int, dict[str, Any]]]:
    """The filled rows under the header, each with its place in the spreadsheet and its cells by column."""
    for sheet in sheets(name, data):
        cells = sheet.cells
        for place in range(min(HEADER_ROWS, len(cells))):
            columns = _columns(cells.iloc[place].tolist())
            if {"key", "title", "due_on", "status"} <= set(columns):
                taken = [(number + 1, {one: cells.iat[number, at] for one, at in columns.items()})
                         for number in range(place + 1, len(cells))]
                return [(number, row) for number, row in taken if any(_text(one) for one in row.values())]
    raise DataError(_("{name} holds no list of actions. It needs the columns {columns}. Export the list again, edit "
                      "that file and load it.", name=name,
                      columns=[COLUMNS[one] for one in ("key", "title", "due_on", "status")]))


def _columns(header: Iterable[object]) -> dict[str, int]:
    """Where each column stands, by its name in either language."""
    known = {_plain(label.text(one)).casefold(): name for name, label in COLUMNS.items() for one in LANGUAGES}
    found = {}
    for place, cell in enumerate(header):
        if (column := known.get(_text(cell).casefold())) and column not in found:
            found[column] = place
    return found


class _Reader:
    """Takes rows one by one and sorts them."""

    def __init__(self, actions: Mapping[str, Action], book: Book, today: dt.date) -> None:
        self._actions, self._book, self._today = actions, book, today
        self._seen: set[str] = set()
        self._changed: dict[str, Action] = {}
        self._new: list[Action] = []
        self._conflicts: list[Conflict] = []
        self._refused: list[Message] = []
        self._same = 0

    def found(self) -> ReadBack:
        return ReadBack(self._changed, tuple(self._new), tuple(self._conflicts), tuple(self._refused), self._same,
                        len(set(self._actions) - self._seen))

    def take(self, place: int, row: Mapping[str, Any], due_on: dt.date | None, is_bad_day: bool) -> None:
        key = _text(row["key"])
        before = self._actions.get(key)
        if key in self._seen:
            return self._refuse(place, "key", key, _("stands in another row already. Leave one of them."))
        if key and before is None:
            return self._refuse(place, "key", key, _("is no action that is here. Clear the cell, so that the row "
                                                     "becomes a new one."))
        self._seen |= {key} - {""}
        if due_on is None:
            return self._refuse(place, "due_on", _text(row["due_on"]), _("is no date.") if is_bad_day else _(
                "is blank; an action needs a day."))
        status = _status(_text(row["status"])) if _text(row["status"]) else "open"
        if status is None:
            words = list(STATUS_LABELS.values())
            return self._refuse(place, "status", _text(row["status"]), _("is none of {words}.", words=words))
        customer = before.customer_id if before else self._customer(row)
        if customer is None:
            return self._refuse(place, "customer_id", _text(row.get("customer_id")) or _text(row.get("customer_name")),
                                _("is no customer of the loaded files."))
        texts = {name: _text(row.get(name)) for name in LENGTHS}
        long = next((name for name, most in LENGTHS.items() if len(texts[name]) > most), None)
        if long is not None:
            return self._refuse(place, long, texts[long][:40], _("is longer than {n} letters.", n=LENGTHS[long]))
        if not without_apostrophe(texts["title"]):
            return self._refuse(place, "title", "", _("is blank; an action needs to say what to do."))
        return self._sort(place, key, before, customer, texts, due_on, status, _text(row.get("version")))

    def _sort(self, place: int, key: str, before: Action | None, customer: str, texts: dict[str, str],
              due_on: dt.date, status: Status, exported: str) -> None:
        base = before or Action(customer_id=customer, title="-", due_on=due_on, made_on=self._today)
        verbatim = base.model_copy(update={**texts, "due_on": due_on}).becoming(status, self._today)
        plain = verbatim.model_copy(update={name: without_apostrophe(text) for name, text in texts.items()})
        mine = verbatim if exported and version(verbatim) == exported else plain
        if before is None:
            self._new.append(mine)
        elif version(mine) in (version(before), exported):
            self._same += 1
        elif exported == version(before):
            self._changed[key] = mine
        else:
            self._conflicts.append(Conflict(key, place, before, mine))

    def _customer(self, row: Mapping[str, Any]) -> str | None:
        """By ID, else by a name that one customer alone has."""
        id, name = (without_apostrophe(_text(row.get(one))) for one in ("customer_id", "customer_name"))
        if id:
            return id if id in set(self._book.customer_ids) else None
        same = self._book.customers.loc[self._book.customers["customer_name"].astype(str) == name, "customer_id"]
        return str(same.iloc[0]) if len(same) == 1 else None

    def _refuse(self, place: int, column: str, value: str, why: Message) -> None:
        self._refused.append(_("Row {row}, column '{column}': '{value}' {why}", row=place, column=COLUMNS[column],
                               value=value, why=why))


def _status(text: str) -> Status | None:
    known = {label.text(one).casefold(): status for status, label in STATUS_LABELS.items() for one in LANGUAGES}
    return {**FURTHER_WORDS, **known}.get(text.casefold())


def _text(value: object) -> str:
    """A cell as it is read: numbers without a needless decimal, blanks empty."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    return _plain(f"{value:.15g}" if isinstance(value, float) else str(value))


def _plain(text: str) -> str:
    """Without what a spreadsheet changes by itself: blanks at the ends, kinds of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
