"""The quality report: what was refused, changed, assumed and is odd, and what more data would bring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.ingest.checks import COLUMNS
from cs_kpi.ingest.records import SheetReading
from cs_kpi.kpi import undated
from cs_kpi.kpi.readings import absent, missing, selected
from cs_kpi.locale import Language, Message, _
from cs_kpi.quality.contracts import of_contracts
from cs_kpi.quality.customers import of_customers
from cs_kpi.quality.days import of_days
from cs_kpi.quality.finding import Finding
from cs_kpi.tables import TABLES


@dataclass(frozen=True, slots=True)
class Lack:
    """A table or field that no sheet has, and the KPIs that it would bring."""

    table: Message
    field: Message | None
    kpis: tuple[Message, ...]


def findings(book: Book) -> list[Finding]:
    """Everything odd in a Book, contracts first; what is not there is not listed."""
    found = [*of_contracts(book), *of_days(book), *of_customers(book)]
    return [finding for finding in found if finding.count]


def lacks(book: Book) -> list[Lack]:
    """What the Book lacks for KPIs that are not available, what would bring most of them first."""
    if book.obstacle:
        return []
    wanted: dict[str, list[Message]] = {}
    for kpi in selected(book, None):
        if missing(book, kpi) and (need := undated.lacking(book, kpi) if book.is_snapshot else absent(book, kpi)):
            wanted.setdefault(need, []).append(kpi.label)
    ordered = sorted(wanted.items(), key=lambda item: -len(item[1]))
    return [_lack(need, tuple(labels)) for need, labels in ordered]


def _lack(need: str, kpis: tuple[Message, ...]) -> Lack:
    name, _dot, field = need.partition(".")
    table = TABLES[name]
    return Lack(table.label, table.by_name[field].label if field else None, kpis)


def remarks(readings: Iterable[SheetReading], language: Language) -> pd.DataFrame:
    """What was changed or assumed while the sheets were read: file, sheet, sentence; one line each."""
    rows = [(reading.mapping.file, reading.mapping.sheet, note.text(language))
            for reading in readings for note in [*reading.notes, *_assumptions(reading)]]
    headers = [COLUMNS["file"], COLUMNS["sheet"], _("What was done")]
    return pd.DataFrame(rows, columns=[header.text(language) for header in headers])


def _assumptions(reading: SheetReading) -> list[Message]:
    """Open questions with the answer that counts until somebody gives another."""
    said = []
    for question in reading.questions:
        answer = reading.mapping.answers.get(question.id)
        is_given = answer in question.options
        wording = question.options[answer if is_given and answer else question.assumed]
        said.append(_("{question} Answered: {answer}", question=question.text, answer=wording) if is_given else
                    _("{question} Assumed: {answer}", question=question.text, answer=wording))
    return said
