"""What the import makes of a case, held against what was wanted."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cs_kpi.binding import book_of
from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from tests.ingest.corpus.cases import TODAY, Case, Row, Wanted

DERIVED_FROM = {"subscriptions.mrr": ("amount", "billing_interval"), "subscriptions.end_date": ("term_end",)}
"""Fields whose values may come from the columns of others: what an amount covers is asked of its column."""


@dataclass
class Verdict:
    """Counts of one case, and every fault as a sentence.

    columns : right decisions of all that were to be made; a column that is mapped and should not be counts as one
    rows : canonical rows that came back as wanted, of all wanted
    silent : rows with a wrong value, or that should not be, of which neither a refusal nor a question nor a note says
        anything
    lacking : rows that are missing or lack a field, and nothing else is wrong, of which as little is said; the page
        lists their columns as attributes
    asked : questions
    """

    case: Case
    columns_right: int = 0
    columns: int = 0
    rows_right: int = 0
    rows: int = 0
    silent: int = 0
    lacking: int = 0
    asked: int = 0
    faults: list[str] = field(default_factory=list)


def verdict(case: Case) -> Verdict:
    """A case read under the untouched guess, and judged."""
    result = Verdict(case)
    files, book = case.files()
    readings = []
    for file in files:
        try:
            found = sheets(file.name, file.data)
        except DataError as error:
            result.faults.append(f"{file.name} was refused: {error.message.text('en')}")
            result.columns += sum(len(wanted.columns) for wanted in file.sheets.values())
            result.rows += sum(len(rows) for wanted in file.sheets.values() for rows in wanted.tables.values())
            continue
        given = {sheet.name: read(sheet, mapping, TODAY)
                 for sheet, mapping in zip(found, applied([], found), strict=True)}
        readings += list(given.values())
        for name in file.sheets.keys() | given.keys():
            if name not in given:
                result.faults.append(f"there is no sheet '{name}', but {sorted(given)}")
            _judge(file.sheets.get(name, Wanted(is_used=False)), given.get(name), name, result)
    if book:
        _judge_book(book, readings, result)
    return result


def _judge(wanted: Wanted, reading: SheetReading | None, name: str, result: Verdict) -> None:
    if not wanted.is_used:
        if reading and reading.mapping.is_used and reading.tables:
            result.columns += len(reading.mapping.columns)
            result.faults.append(f"'{name}' should not be used, but gave {sorted(reading.tables)}")
        return
    for fault in _decisions(wanted, reading, result):
        result.faults.append(f"'{name}': {fault}")
    for table, rows in wanted.tables.items():
        frame = reading.tables.get(table) if reading else None
        for fault in _rows(table, rows, frame, reading, wanted, result):
            result.faults.append(f"'{name}': {fault}")
    if reading:
        refused = {(one.row, plain(one.column)) for one in reading.refusals}
        expected = {(row, plain(column)) for row, column in wanted.refused}
        if refused != expected:
            result.faults.append(f"'{name}': refused {sorted(refused - expected)[:5]} beside what was wanted, and not "
                                 f"{sorted(expected - refused)[:5]}")
        topics = {question.id.split(":")[0] for question in reading.questions}
        result.asked += len(reading.questions)
        if wanted.asked - topics:
            result.faults.append(f"'{name}': did not ask {sorted(wanted.asked - topics)}, but {sorted(topics)}")


def plain(header: str) -> str:
    """A header without blanks and line breaks, in half width."""
    return "".join(unicodedata.normalize("NFKC", header).split())


def _decisions(wanted: Wanted, reading: SheetReading | None, result: Verdict) -> Iterable[str]:
    """Faults of the mapping, by what it means: months are MRR where it says nothing else of them, and a lone column of
    scores is that of surveys, whose rows say of which kind they are."""
    mapping = reading.mapping if reading else None
    got = {place: plain(header) for place, header in mapping.columns.items()} if mapping else {}
    result.columns += len(wanted.columns)
    for place, header in wanted.columns.items():
        if got.get(place) == plain(header):
            result.columns_right += 1
        else:
            yield f"{place} is {got.get(place)!r}, wanted {plain(header)!r}"
    allowed = {plain(header) for header in wanted.may}
    for place, header in got.items():
        if place not in wanted.columns and header not in allowed:
            result.columns += 1
            yield f"{place} is {header!r}, which is no such thing"
    for what in ("months", "milestones", "scores"):
        expected = {plain(header): value for header, value in getattr(wanted, what).items()}
        taken = {plain(header): value for header, value in (getattr(mapping, what, None) or {}).items()}
        if what == "scores" and (alone := got.get("surveys.score")) in expected:
            taken |= {alone: expected[alone]}
        result.columns += len(expected)
        result.columns_right += sum(taken.get(header) == value for header, value in expected.items())
        if expected != taken:
            yield f"{what}: {taken}, wanted {expected}"
    measures = {mapping.months_of.get(header, "subscriptions.mrr") for header in mapping.months} if mapping else set()
    if wanted.months_of and measures != {wanted.months_of}:
        yield f"months_of is {measures}, wanted {wanted.months_of!r} for every month"
    for what in ("shape", "header_row", "header_levels"):
        expected = getattr(wanted, what)
        taken = getattr(mapping, what, None)
        taken = next(iter(set(taken.values())), None) if isinstance(taken, dict) and len(set(taken.values())) < 2 else taken
        if expected is not None and taken != expected:
            yield f"{what} is {taken!r}, wanted {expected!r}"


def canonical(value: Any) -> Any:
    """A value to compare: days as text, numbers rounded to a millionth, None where there is none."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return bool(value)
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        return round(float(value), 6)
    return str(value)


def listed(frame: pd.DataFrame | None, fields: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of a frame with these fields, None for a field that it does not have."""
    if frame is None:
        return []
    held = [frame[name].tolist() if name in frame else [None] * len(frame) for name in fields]
    return [tuple(canonical(value) for value in row) for row in zip(*held, strict=True)]


def _rows(table: str, rows: Sequence[Row], frame: pd.DataFrame | None, reading: SheetReading | None, wanted: Wanted,
          result: Verdict) -> Iterable[str]:
    fields = list(dict.fromkeys(name for row in rows for name in row))
    expected = [tuple(canonical(row.get(name)) for name in fields) for row in rows]
    got = listed(frame, fields)
    result.rows += len(expected)
    missing, surplus = _less(expected, got), _less(got, expected)
    result.rows_right += len(expected) - len(missing)
    if not missing and not surplus:
        return
    silent, lacking = _silently(table, fields, missing, surplus, reading, wanted)
    result.silent += silent
    result.lacking += lacking
    yield (f"{table}: {len(missing)} of {len(expected)} rows are not as wanted, {len(surplus)} are there instead; "
           f"{dict(zip(fields, missing[0], strict=True)) if missing else 'nothing'} was wanted, "
           f"{dict(zip(fields, surplus[0], strict=True)) if surplus else 'nothing'} came")


def _less(rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """`rows` without those that `others` has, each as often as it has them."""
    left = list(others)
    rest = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            rest.append(row)
    return rest


def _silently(table: str, fields: Sequence[str], missing: list[tuple[Any, ...]], surplus: list[tuple[Any, ...]],
              reading: SheetReading | None, wanted: Wanted) -> tuple[int, int]:
    """Rows with something wrong, and rows that lack something, of which nothing is said.

    A row that came out wrong is told when a question or a note names the column of a field in which it is wrong, or
    from which that field was made; a row that is missing, when a cell was refused that should not have been, or the
    table was not read and a note says so.
    """
    if reading is None:
        return 0, 0
    unexpected = {one.row for one in reading.refusals} - {row for row, _column in wanted.refused}
    if table not in reading.tables:
        return 0, 0 if reading.notes or unexpected else len(missing)
    said = " ".join([*(plain(note.text("en")) for note in reading.notes),
                     *(plain(question.column) for question in reading.questions)])
    silent = lacking = 0
    for row in surplus:
        near = max(missing, key=lambda other: sum(map(_same, row, other)), default=None)
        differs = {name: value for name, value, is_same in zip(fields, row, map(_same, row, near or row), strict=True)
                   if not is_same}
        headers = [plain(reading.mapping.columns.get(f"{table}.{source}", "\0"))
                   for name in differs for source in (name, *DERIVED_FROM.get(f"{table}.{name}", ()))]
        if not any(header in said for header in headers):
            is_lacking = bool(differs) and all(value is None for value in differs.values())
            silent, lacking = silent + (not is_lacking), lacking + is_lacking
    return silent, lacking + max(len(missing) - len(surplus) - len(unexpected), 0)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other)


def _judge_book(book: Mapping[str, Sequence[Row]], readings: list[SheetReading], result: Verdict) -> None:
    used = [reading for reading in readings if reading.mapping.is_used and reading.tables]
    book_ = book_of(used, today=TODAY)
    tables = {**book_.tables, "customers": book_.customers}
    for table, rows in book.items():
        fields = list(dict.fromkeys(name for row in rows for name in row))
        expected = [tuple(canonical(row.get(name)) for name in fields) for row in rows]
        got = listed(tables.get(table), fields)
        result.rows += len(expected)
        missing, surplus = _less(expected, got), _less(got, expected)
        result.rows_right += len(expected) - len(missing)
        if missing or surplus:
            result.faults.append(f"Book, {table}: {len(missing)} of {len(expected)} rows are not as wanted; "
                                 f"{dict(zip(fields, (missing or surplus)[0], strict=True))}")
