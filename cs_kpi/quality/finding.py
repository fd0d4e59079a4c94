"""One thing that a reader should look at in the spreadsheets: how often it is there, in which rows, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.ingest.checks import COLUMNS
from cs_kpi.locale import Language, Message, _
from cs_kpi.tables import TABLES

SOURCE = {"_file": COLUMNS["file"], "_sheet": COLUMNS["sheet"], "_row": COLUMNS["row"]}
NAMING = ("customer_id", "customer_name")
EXTRA: Mapping[str, Message] = {
    "table": _("Table"), "column": COLUMNS["column"], "date": _("Date"), "previous_end": _("End before"),
    "next_start": _("Next start"), "gap_days": _("Days between"), "previous_mrr": _("MRR before"),
    "month": _("Month"), "times": _("Times"), "last_end": _("End of the contract"), "values": _("Values")}
"""Columns that a finding adds to those of the canonical tables."""


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """Something odd, with the rows that show it.

    text : whole sentences: what was found, how it counts, and what to do
    rows : `_file`, `_sheet`, `_row` where a row of a sheet shows it, customers, and what is odd, one line each
    """

    id: str
    title: Message
    text: Message
    rows: pd.DataFrame

    @property
    def count(self) -> int:
        return len(self.rows)


def listed(finding: Finding, language: Language, hides_names: bool = False) -> pd.DataFrame:
    """The rows of a finding with columns named for the reader; customers' ids and names left out where hidden."""
    kept = [column for column in finding.rows if not (hides_names and column in (*NAMING, "values"))]
    frame = finding.rows[kept]
    for column in frame.select_dtypes("datetime").columns:
        frame = frame.assign(**{column: frame[column].dt.date})
    for column in frame.columns.intersection(["table", "column"]):
        frame = frame.assign(**{column: [name.text(language) for name in frame[column]]})
    return frame.rename(columns={str(column): label(str(column)).text(language) for column in kept})


def label(column: str) -> Message:
    known = SOURCE.get(column) or EXTRA.get(column)
    if known is not None:
        return known
    return next(table.by_name[column].label for table in TABLES.values() if column in table.by_name)


def named(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the name of their customer behind its id, and where they stand at the beginning."""
    source = [column for column in SOURCE if column in rows]
    rest = [column for column in rows if column not in (*source, *NAMING)]
    names = book.customers["customer_name"].to_numpy()[book.codes(rows["customer_id"])]
    return rows.assign(customer_name=names)[[*source, *NAMING, *rest]].reset_index(drop=True)
