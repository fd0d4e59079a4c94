"""Exports of known products: which one a sheet is, what its headers name, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.export_formats import GOOD_OR_BAD, NOT_ANSWERED, KnownExport
from cs_kpi.ingest.further_exports import ALL
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.intervals import TERM
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques, is_nothing
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

WITHOUT_CENTS = frozenset(("JPY", "KRW", "VND", "CLP", "XOF", "XAF", "PYG", "UGX", "RWF"))
"""Currencies whose smallest coin is one: https://docs.stripe.com/currencies#zero-decimal"""
CENTS = 100.0
EVERY = "interval count", "plan interval count"
MOST_STAGES, MOST_EXAMPLES = 8, 3
EVERY_ROW = "*"


def recognised(headers: Iterable[str]) -> KnownExport | None:
    """The export that writes these headers, the first that fits; None for a sheet of one's own."""
    words = {plain(header) for header in headers}
    return next((export for export in ALL if all(words & set(group) for group in export.signature)), None)


def rated(export: KnownExport, headers: Iterable[str], found: Mapping[str, Mapping[Place, float]]
          ) -> dict[str, Mapping[Place, float]]:
    """How well each header names each field (see matching.scores), corrected by what is known of the export."""
    header_of = {plain(header): header for header in reversed(tuple(headers))}
    known: dict[str, dict[Place, float]] = {header_of[word]: {} for word in export.aside if word in header_of}
    for at, words in export.fields.items():
        header = next((header_of[word] for word in words if word in header_of), None)
        if header is not None:
            known.setdefault(header, {}).update(dict.fromkeys(_places(at), 1.0))
    return {**found, **known}


def _places(at: str) -> list[Place]:
    table, name = at.split(".")
    return [Place(each.name, name) for each in TABLES.values() if name in each.by_name] if table == "*" else [
        Place(table, name)]


def column_of(headers: Iterable[str], words: Iterable[str]) -> str | None:
    """The header that is called by the first of these words that is there."""
    header_of = {plain(header): header for header in headers}
    return next((header_of[word] for word in words if word in header_of), None)


def note_on_export(export: KnownExport | None, mapping: SheetMapping, log: Log) -> None:
    """Names the export and what follows from it; of bills that no month tells apart, that they are no contracts."""
    if export is None:
        return
    log.note(_("This looks like {export}.", export=export.name))
    if export.lacks and not mapping.columns:
        log.note(export.lacks)
        return
    is_about = export.tables and (not mapping.columns or set(export.tables) & set(mapping.tables))
    for sentence in export.follows if is_about else ():
        log.note(sentence)
    if not export.tables and not mapping.columns:
        log.note(_("It says what was billed, and not what is under contract from when to when, and no column gives one "
                   "month to each bill of a customer. Needed are a start date and a monthly amount, or one row per "
                   "customer and month; choose such columns on the data page, if it has them."))


def counted_rows(export: KnownExport | None, table: Area, mapping: SheetMapping, log: Log) -> Area:
    """The table with the rows that are contracts: deals that were won, subscriptions that ever began."""
    header = column_of(table.headers, export.only.headers) if export and export.only else None
    if export is None or export.only is None or header is None or "subscriptions" not in mapping.tables:
        return table
    uniques = Uniques.of(table.body[header])
    words = [plain(shown(value)) for value in uniques.values]
    is_said = np.array([word in export.only.words for word in words], dtype=bool)
    if export.only.are_kept and not is_said.any():
        is_said = np.array([shown(value) in _stages(header, uniques, log) for value in uniques.values], dtype=bool)
    kept = uniques.spread(is_said, False) == export.only.are_kept
    if kept.all():
        return table
    others = [shown(value) for value, is_one in zip(uniques.values, is_said, strict=True)
              if is_one != export.only.are_kept]
    log.note(_("Rows that are no contract, as column '{column}' says, were left out: {count} ({examples}).",
               column=header, count=int((~kept).sum()), examples=others[:MOST_EXAMPLES]))
    return replace(table, body=table.body[kept])


def _stages(header: str, uniques: Uniques, log: Log) -> set[str]:
    """The stages that mean that a deal was won; asked, since no word of the column says so."""
    stages = [shown(value) for value in uniques.values][:MOST_STAGES]
    options = {stage: Message("{stage}", {"stage": stage}) for stage in stages}
    answer = log.ask("won_stage", header,
                     _("Which value of column '{column}' says that a deal was won and is a contract?",
                                            column=header), {EVERY_ROW: _("every row is a contract"), **options},
                                            EVERY_ROW)
    return {shown(value) for value in uniques.values} if answer == EVERY_ROW else {answer}


def adapted(export: KnownExport | None, name: str, columns: dict[str, Column], table: Area) -> dict[str, Column]:
    """The columns of a table, with numbers as the export means them; answers of good and bad in any sheet."""
    if export is None:
        is_asked = name == "surveys" and "score" in columns and _says_good_or_bad(table.body[columns["score"].header])
        return _with_score_words(GOOD_OR_BAD, columns, table) if is_asked else columns
    if name == "surveys" and "score" in columns and export.score_words:
        return _with_score_words(export.score_words, columns, table)
    money = columns.get("amount")
    if name != "subscriptions" or money is None or "mrr" in columns:
        return columns
    factor = pd.Series(1.0, index=money.values.index)
    if export.is_per_unit and "seats" in columns:
        factor = factor * columns["seats"].values.fillna(1.0)
    if export.is_per_term and "billing_interval" not in columns:
        term = pd.Series(TERM, index=factor.index, dtype="str")
        no_cell = np.zeros(len(term), dtype=bool)
        columns = {**columns, "billing_interval": replace(money, values=term, unreadable=no_cell)}
    if export.in_cents:
        codes = columns["currency"].values if "currency" in columns else pd.Series("", index=factor.index)
        factor = factor / np.where(codes.isin(WITHOUT_CENTS), 1.0, CENTS)
    every = column_of(table.headers, EVERY)
    if every is not None and "billing_interval" in columns:
        factor = factor / pd.to_numeric(table.body[every], errors="coerce").fillna(1.0)
    return {**columns, "amount": replace(money, values=money.values * factor)}


def _says_good_or_bad(cells: pd.Series) -> bool:
    """Whether cells are answers of two words, and words for none."""
    words = {plain(shown(value)) for value in Uniques.of(cells).values if not is_nothing(value)}
    return bool(words & set(GOOD_OR_BAD)) and words <= {*GOOD_OR_BAD, *NOT_ANSWERED}


def _with_score_words(score_words: Mapping[str, float], columns: dict[str, Column], table: Area) -> dict[str, Column]:
    """Answers in such words; all other words (offered, not offered) say that there is none."""
    score = columns["score"]
    uniques = Uniques.of(table.body[score.header])
    read = np.array([score_words.get(plain(shown(value)), np.nan) for value in uniques.values], dtype=float)
    if not np.isfinite(read).any():
        return columns
    values = pd.Series(uniques.spread(read, np.nan), index=score.cells.index)
    none = np.zeros(len(values), dtype=bool)
    scale = replace(score, values=pd.Series(1.0, index=values.index), unreadable=none)
    return {**columns, "score": replace(score, values=values, unreadable=none), "scale": scale}
