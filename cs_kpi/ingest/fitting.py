"""A mapping made for one sheet, fitted to another with the same headers or nearly so: what was corrected stays so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from cs_kpi.ingest.by_months.month_questions import YEAR_TOPIC
from cs_kpi.ingest.headers import Area, area, header_of
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.month_names import months_of
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.same_headers import BY_HEADER, differ_little, have_same_name, lasting, own_headers
from cs_kpi.ingest.together import again, known_fields
from cs_kpi.ingest.wide_columns import months_following
from cs_kpi.tables import TABLES

HEAD_ROWS = 5000
"""As many rows as a guess looks at."""
Rows = tuple[int, int]
"""The last row of a header, counted from 1, and how many rows make it."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A mapping fitted to a sheet. `new` headers are guessed, `gone` ones were in `source` only; `at`, the user
    corrected it (UTC)."""

    mapping: SheetMapping
    source: SheetMapping
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A mapping that the user corrected, and when (UTC)."""

    mapping: SheetMapping
    at: dt.datetime


class KeptGuess(BaseModel):
    """That the user wants the app's own guess for a sheet, whatever was corrected in others like it."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def applied(saved: Sequence[SheetMapping], sheets: Iterable[Sheet]) -> list[SheetMapping]:
    """A mapping for every sheet: the saved one of the same file and sheet, else the one of a sheet with the same
    headers or nearly so, else a guess."""
    listed = list(sheets)
    first = [(fitted(saved, sheet), sheet) for sheet in listed]
    found = [one or guess(sheet) for one, sheet in first]
    known = known_fields([*saved, *found])
    return [mapping if one else again(sheet, mapping, known)
            for (one, sheet), mapping in zip(first, found, strict=True)]


def fitted(saved: Sequence[SheetMapping], sheet: Sheet, *, is_strict: bool = False) -> SheetMapping | None:
    """The saved mapping that fits a sheet; None where none does.

    is_strict : one of this very file and sheet fits, too, only where the sheet has its headers; else the reading says
        which are missing
    """
    heads = _Heads(sheet)
    for mapping in saved:
        if (mapping.file, mapping.sheet) == (sheet.file, sheet.name):
            row = heads.row_with(_wanted(mapping), _rows(mapping))
            if row is None and mapping.columns and is_strict:
                continue
            return _moved(mapping, sheet, heads, row or _rows(mapping))
    found = alike(saved, sheet)
    return found.mapping if found else None


def remembered(corrections: Sequence[Correction], sheet: Sheet, added_at: dt.datetime, *,
               is_alone: bool) -> Fitted | None:
    """How a sheet that the user never touched is mapped, by what was corrected in sheets like it; the newest counts.

    added_at : when its file came (UTC); is_alone : whether the file has no other sheet
    That a sheet was switched off is remembered for a later file with several sheets: index and notes come again every
    month, while a table that stands alone in its file was switched off for what stood in it.
    """
    ordered = sorted(corrections, key=lambda one: one.at, reverse=True)
    found = alike([one.mapping for one in ordered], sheet)
    if found is None:
        return None
    at = next(one.at for one in ordered if one.mapping is found.source)
    keeps_switch = at <= added_at and not is_alone
    is_used = found.mapping.is_used if keeps_switch else not sheet.is_hidden
    return replace(found, mapping=found.mapping.model_copy(update={"is_used": is_used}), at=at)


def alike(saved: Sequence[SheetMapping], sheet: Sheet) -> Fitted | None:
    """The first mapping made for a sheet with the same headers, else with nearly the same; None where there is none.

    Among equals a sheet of the same name (but for its numbers) comes first.
    """
    heads = _Heads(sheet)
    ordered = sorted(saved, key=lambda mapping: not have_same_name(mapping.sheet, sheet.name))
    for fit in (_exact, _near):
        for mapping in ordered:
            if found := fit(mapping, sheet, heads):
                return found
    return None


class _Heads:
    """The headers of a sheet by the rows that are taken for its header, each looked up once."""

    def __init__(self, sheet: Sheet) -> None:
        self._head = replace(sheet, cells=sheet.cells.head(HEAD_ROWS))
        self._guessed = header_of(self._head)
        self._known: dict[Rows, Area] = {}

    def area(self, rows: Rows) -> Area:
        if rows not in self._known:
            self._known[rows] = area(self._head, *rows)
        return self._known[rows]

    def of(self, rows: Rows) -> tuple[str, ...]:
        return self.area(rows).headers

    def rows(self, first: Rows) -> list[Rows]:
        return [rows for rows in dict.fromkeys((first, self._guessed)) if rows[0] <= len(self._head.cells)]

    def row_with(self, wanted: set[str], first: Rows) -> Rows | None:
        return next((rows for rows in self.rows(first) if wanted <= set(self.of(rows))), None)


def _rows(mapping: SheetMapping) -> Rows:
    return mapping.header_row, mapping.header_levels


def _wanted(mapping: SheetMapping) -> set[str]:
    return set(mapping.columns.values())


def _exact(mapping: SheetMapping, sheet: Sheet, heads: _Heads) -> Fitted | None:
    """The same headers; of a mapping that does not say what was left out, all that it names."""
    own = lasting(own_headers(mapping), mapping)
    for row in heads.rows(_rows(mapping)):
        found = lasting(heads.of(row), mapping)
        if own == found or (mapping.columns and not mapping.headers and own <= found):
            return Fitted(_moved(mapping, sheet, heads, row), mapping)
    return None


def _near(mapping: SheetMapping, sheet: Sheet, heads: _Heads) -> Fitted | None:
    """A few headers more or less, as long as no table loses what it cannot do without."""
    own = lasting(own_headers(mapping), mapping)
    for row in heads.rows(_rows(mapping)):
        found = lasting(heads.of(row), mapping)
        if mapping.columns and differ_little(own, found):
            new = tuple(header for header in heads.of(row) if header in found - own)
            moved = _moved(mapping, sheet, heads, row)
            changed = _extended(_pruned(moved, set(heads.of(row))), guess(sheet, *row), new)
            if _still_reads(mapping, changed):
                return Fitted(changed, mapping, new, tuple(sorted(own - found)))
    return None


def _moved(mapping: SheetMapping, sheet: Sheet, heads: _Heads, row: Rows) -> SheetMapping:
    """The mapping for this sheet, with the columns of months that follow those of the sheet it was made for."""
    months, answers, told = dict(mapping.months), dict(mapping.answers), dict(mapping.months_of)
    table = heads.area(row) if row[0] <= len(sheet.cells) else None
    if months and table:
        found = months_of(table.headers, table.year_label)
        if (mapping.file, mapping.sheet) != (sheet.file, sheet.name) and (undated := set(found) - set(months_of(
                table.headers))):
            months |= {header: found[header] for header in undated & set(months)}
            answers = {asked: answer for asked, answer in answers.items() if not asked.startswith(YEAR_TOPIC)}
        newer, newer_of = months_following(mapping.model_copy(update={"months": months}), table, own_headers(mapping))
        months, told = months | newer, told | newer_of
    is_used = mapping.is_used if have_same_name(mapping.sheet, sheet.name) else not sheet.is_hidden
    return mapping.model_copy(update={
        "file": sheet.file, "sheet": sheet.name, "header_row": row[0], "header_levels": row[1], "months": months,
        "months_of": told, "answers": answers, "headers": table.headers if table else (), "is_used": is_used})


def _pruned(mapping: SheetMapping, headers: set[str]) -> SheetMapping:
    """The mapping without what it says of headers that the sheet does not have."""
    by_header: dict[str, object] = {
        name: {header: word for header, word in getattr(mapping, name).items() if header in headers}
        for name in BY_HEADER}
    columns = {place: header for place, header in mapping.columns.items() if header in headers}
    return mapping.model_copy(update={
        **by_header, "columns": columns, "attributes": tuple(name for name in mapping.attributes if name in headers)})


def _extended(mapping: SheetMapping, guessed: SheetMapping, new: Sequence[str]) -> SheetMapping:
    """The mapping with new headers taken as guessed, where their field is free; else kept as attributes."""
    columns, confidence = dict(mapping.columns), dict(mapping.confidence)
    for place, header in guessed.columns.items():
        if header in new and place not in columns and place.split(".")[0] in mapping.tables:
            columns[place], confidence[place] = header, guessed.confidence.get(place, 0.0)
    by_header: dict[str, dict[str, str]] = {
        name: {**getattr(mapping, name), **{header: word for header, word in getattr(guessed, name).items()
                                            if header in new}} for name in BY_HEADER}
    wide = mapping.model_copy(update=by_header).wide_tables
    columns |= {place: header for place, header in guessed.columns.items() if place.endswith(".customer_id")
                and place.split(".")[0] in wide and place not in columns}
    seen = {*guessed.attributes, *guessed.columns.values()}
    extra = tuple(header for header in new if header in seen and header not in columns.values())
    return mapping.model_copy(update={**by_header, "columns": columns, "confidence": confidence,
                                      "attributes": (*mapping.attributes, *extra)})


def _still_reads(before: SheetMapping, after: SheetMapping) -> bool:
    """Whether each table still has the fields it cannot do without, of those it had."""
    return all(set(_needed(table, before.columns)) <= set(after.columns)
               and bool(_one_of(table, before.columns)) == bool(_one_of(table, after.columns))
               for table in before.tables)


def _needed(table: str, columns: Mapping[str, str]) -> list[str]:
    return [f"{table}.{field}" for field in TABLES[table].required if f"{table}.{field}" in columns]


def _one_of(table: str, columns: Mapping[str, str]) -> list[str]:
    return [f"{table}.{field}" for field in TABLES[table].one_of if f"{table}.{field}" in columns]
