"""What is to be told about a sheet while it is read: refused cells, open questions, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from cs_kpi.ingest.records import Question, Refusal, Sheet
from cs_kpi.ingest.values.names import shown
from cs_kpi.locale import Message


@dataclass
class Log:
    """Collects while one sheet is read; the same cell is refused once, however many tables wanted it.

    answers : question id -> option, as the user answered
    today : the day of the reading, by which a term has passed or not
    months : the first and the last day of the months that a sheet by months speaks of
    usual_amount : what an amount most likely covers where nothing says so: a month, or a year in reports on deals
    are_multiplied : amounts of a known export, which are for one unit, were multiplied by the number of units
    are_deals : the rows are deals of a list of one's own that were won
    rows_of_months : its rows that were read, also those that are no contract of their own
    lacks : of the notes those that say what kept contracts, or dates, from being read
    contracts_lack : of these those on contracts alone
    """

    sheet: Sheet
    answers: Mapping[str, str]
    today: dt.date
    refusals: dict[tuple[int, str], Refusal] = field(default_factory=dict)
    blanks: dict[tuple[int, str], Refusal] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    notes: dict[Message, None] = field(default_factory=dict)
    lacks: list[Message] = field(default_factory=list)
    contracts_lack: list[Message] = field(default_factory=list)
    months: tuple[dt.date, dt.date] | None = None
    usual_amount: Literal["month", "year"] = "month"
    are_multiplied: bool = False
    are_deals: bool = False
    rows_of_months: pd.Index = field(default_factory=lambda: pd.Index([], dtype="int64"))

    def refuse(self, cells: pd.Series, rows: np.ndarray, column: str, reason: Message) -> None:
        """Refuse the cells of a column at the places where `rows` is true."""
        for row, cell in cells[rows].items():
            self.refuse_one(int(str(row)), column, cell, reason)

    def refuse_one(self, row: int, column: str, cell: Any, reason: Message) -> None:
        self.refusals.setdefault((row, column), Refusal(
            self.sheet.file, self.sheet.name, row, column, shown(cell)[:200], reason))

    def blank(self, cells: pd.Series, rows: np.ndarray, column: str, reason: Message) -> None:
        """Leave cells blank that cannot be read, while their rows are read."""
        for row, cell in cells[rows].items():
            self.blanks.setdefault((int(str(row)), column), Refusal(
                self.sheet.file, self.sheet.name, int(str(row)), column, shown(cell)[:200], reason))

    def ask(self, topic: str, column: str, text: Message, options: Mapping[str, Message], assumed: str) -> str:
        """Ask a question and give the answer in force: the user's, else the likelier one."""
        asked = Question(f"{topic}:{column}", self.sheet.file, self.sheet.name, column, text, options, assumed)
        self.questions[asked.id] = asked
        return self.answer(topic, column, options) or assumed

    def answer(self, topic: str, column: str, options: Mapping[str, Message]) -> str | None:
        """What the user answered, where it is one of the options."""
        given = self.answers.get(f"{topic}:{column}")
        return given if given in options else None

    def note(self, message: Message) -> None:
        self.notes[message] = None

    def lack(self, message: Message, *, is_of_contracts: bool = True) -> None:
        """A note on what the sheet would need, so that more of it could be read.

        is_of_contracts : it needs nothing where another sheet has the contracts
        """
        self.note(message)
        self.lacks.append(message)
        if is_of_contracts:
            self.contracts_lack.append(message)
