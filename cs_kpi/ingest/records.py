"""What the rooms of the import hand to each other: a sheet, how it was understood, what was read from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.locale import Message

Shape = Literal["contract_rows", "one_row_per_customer", "monthly_long", "monthly_wide", "snapshot", "rows"]
Month = Annotated[str, Field(pattern=r"^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$")]
Measure = Literal["subscriptions.mrr", "subscriptions.seats", "usage.count", "usage.minutes"]
SurveyKind = Literal["nps", "csat"]


Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, from 0."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What parts the fields of a text file, and how many each line has, where they are not all alike; blank ones at
    its end count."""

    delimiter: str
    counts: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet as the user sees them.

    cells : frame without header; row i of the frame is row i + 1 of the spreadsheet, column j its column j + 1.
        Csv cells are text, and so are the columns of a workbook that hold nothing else (NaN where empty). Its other
        columns are of objects: str, float, bool, datetime, date, time, timedelta or None.
    merges : merged cells, where the format says so; their value stands in the first of them
    is_turned : rows and columns have changed places, since the fields stand down a column in the file
    is_box : it stands beside a table on one sheet of the file and does not look like a table of its own
    above : what is said of units above the first of several tables on one sheet of the file
    fields : how the fields of a text file stand in its lines, row i being line i + 1; None for a workbook
    """

    file: str
    name: str
    cells: pd.DataFrame
    is_hidden: bool = False
    merges: tuple[Merge, ...] = ()
    is_turned: bool = False
    is_box: bool = False
    above: str = ""
    fields: Fields | None = None


class SheetMapping(BaseModel):
    """How one sheet is understood. Guessed by the app, corrected by the user, saved, downloaded and read back.

    header_row : counts from 1 as in the sheet; 0 when the sheet has no header row that we can see
    header_levels : how many rows make the header, `header_row` being the last of them; the names of a column in them
        are joined by a blank: "2024年度 4月"
    columns : "table.field" -> source header (repeated headers carry " (2)", " (3)" ...)
    months : source header -> "2024-01", for a sheet with a column per month
    months_of : source header -> what the cells of such a column are, where they are not MRR
    milestones : source header -> name of the milestone, for a sheet with a column per milestone
    scores : source header -> kind of the answers, for columns of scores beside that of `surveys.score`
    attributes : headers kept as attributes of the main table
    headers : every header of the sheet; those that are nothing above are left out
    confidence : "table.field" -> 0..1, how sure the guess is; 1 where the user said so
    answers : question id -> option, what the user answered to a question of this sheet
    is_used : the user may switch a sheet off
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str
    sheet: str
    header_row: int = 0
    header_levels: int = Field(default=1, ge=1)
    shape: Shape | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    months: dict[str, Month] = Field(default_factory=dict)
    months_of: dict[str, Measure] = Field(default_factory=dict)
    milestones: dict[str, str] = Field(default_factory=dict)
    scores: dict[str, SurveyKind] = Field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    confidence: dict[str, float] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    is_used: bool = True

    @property
    def header_rows(self) -> str:
        """The rows of the header to read: 3, or 2–3."""
        first = self.header_row - self.header_levels + 1
        return f"{first}–{self.header_row}" if self.header_levels > 1 else str(self.header_row)

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.split(".")[0] for place in self.columns))

    def months_with(self, *measures: Measure) -> dict[str, Month]:
        """The columns of months whose cells are one of `measures`."""
        return {header: month for header, month in self.months.items()
                if self.months_of.get(header, "subscriptions.mrr") in measures}

    @property
    def mrr_months(self) -> dict[str, Month]:
        return self.months_with("subscriptions.mrr")

    @property
    def seat_months(self) -> dict[str, Month]:
        return self.months_with("subscriptions.seats")

    @property
    def use_months(self) -> dict[str, Month]:
        return self.months_with("usage.count", "usage.minutes")

    @property
    def wide_tables(self) -> tuple[str, ...]:
        """Tables that columns of months, milestones or further scores feed, whatever else is mapped."""
        fed = {"subscriptions": self.mrr_months, "usage": self.use_months, "milestones": self.milestones,
               "surveys": self.scores}
        return tuple(table for table, columns in fed.items() if columns)

    @property
    def wide_headers(self) -> tuple[str, ...]:
        return (*self.months, *self.milestones, *self.scores)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not read, with the cell that refused it. `row` counts from 1 as in the spreadsheet."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Question:
    """What the data leaves open. `assumed` is the likelier reading, in force until the user answers.

    id : "topic:header", for instance "date_order:契約日"; the key of `SheetMapping.answers`
    options : answer -> its wording
    """

    id: str
    file: str
    sheet: str
    column: str
    text: Message
    options: Mapping[str, Message]
    assumed: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet gave under one mapping.

    tables : canonical table -> frame with canonical columns, then attributes under their own headers, then
        `_file`, `_sheet`, `_row` (source). Dates are datetime64[s] at midnight, ids and texts str or None, money and
        numbers float64, flags boolean, choices canonical words. `subscriptions.mrr` is per month in the sheet's
        currency, before tax and rates are applied.
    headers : every header of the sheet, in order
    samples : header -> up to three values as the user sees them
    notes : what was left out or assumed (total rows, blank rows, units), whole sentences
    blanks : cells that could not be read and were left blank, while their rows were read
    months : the first and the last day of the months that a sheet by months speaks of
    lacks : of the notes those that say what kept contracts, or dates, from being read
    contracts_lack : of these those on contracts alone
    """

    mapping: SheetMapping
    tables: Mapping[str, pd.DataFrame]
    headers: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows_read: int = 0
    refusals: tuple[Refusal, ...] = ()
    blanks: tuple[Refusal, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Message, ...] = ()
    months: tuple[dt.date, dt.date] | None = None
    lacks: tuple[Message, ...] = ()
    contracts_lack: tuple[Message, ...] = ()

    @property
    def rows_refused(self) -> int:
        """Rows of the sheet with at least one refused cell."""
        return len({refusal.row for refusal in self.refusals})
