"""What a case is: files as bytes, and what must be understood and read of each sheet."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Part = Literal["first", "held out", "held out later", "held out by trades", "held out by a stranger", "held out last",
               "held out after all", "held out by template", "held out by template later", "held out in practice",
               "held out in practice, kept", "held out in practice, last"]
Row = dict[str, Any]
TODAY = dt.date(2025, 7, 1)
"""The day of every reading, so that no case depends on when it is run."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be understood of one sheet. What is None is not looked at.

    columns : "table.field" -> header; blanks in headers do not matter
    may : headers that may be mapped or not, either is right; every other mapping that is not wanted is wrong
    tables : canonical table -> every row of it, with the fields that matter
    refused : (row as in the spreadsheet, header) of every cell that must be refused, and no other row
    asked : topics of the questions that must be asked
    is_used : False for a sheet that must be off by default, or give no table
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    shape: str | None = None
    header_row: int | None = None
    header_levels: int | None = None
    months: Mapping[str, str] = field(default_factory=dict)
    months_of: str | None = None
    milestones: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)
    may: tuple[str, ...] = ()
    refused: frozenset[tuple[int, str]] = frozenset()
    asked: frozenset[str] = frozenset()
    is_used: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A file and what its sheets must give, by name of the sheet; a csv's only sheet bears the file's name."""

    name: str
    data: bytes
    sheets: Mapping[str, Wanted]


@dataclass(frozen=True, slots=True)
class Case:
    """A declared case. `files` writes its files anew, always the same, and the rows that the Book of all must have."""

    name: str
    part: Part
    module: str
    covers: str
    page: str | None
    files: Callable[[], tuple[tuple[File, ...], Mapping[str, Sequence[Row]]]]


CASES: dict[str, Case] = {}
Written = File | tuple[File, ...] | tuple[tuple[File, ...], Mapping[str, Sequence[Row]]]


def case(covers: str, part: Part = "first", page: str | None = None
         ) -> Callable[[Callable[[random.Random], Written]], Callable[[random.Random], Written]]:
    """Declare a case under its function's name.

    page : where the headers of a product's export are published, or from where they are known
    The function takes a random generator of its own and returns a File, several, or several with rows of the Book.
    """
    def declared(write: Callable[[random.Random], Written]) -> Callable[[random.Random], Written]:
        name = write.__name__
        module = write.__module__.rsplit(".", 1)[-1]
        same = CASES.get(name)
        assert not same or same.module == module, f"two cases are called {name}"

        def files() -> tuple[tuple[File, ...], Mapping[str, Sequence[Row]]]:
            given = write(random.Random(name))
            if isinstance(given, File):
                return (given,), {}
            if isinstance(given[0], File):
                return given, {}  # type: ignore[return-value]
            return given  # type: ignore[return-value]

        CASES[name] = Case(name, part, module, covers, page, files)
        return write
    return declared


def keyed(customer: str, **tables: Mapping[str, str]) -> dict[str, str]:
    """The columns of tables that all have their customer in one column: keyed("ID", usage={"date": "Day"})."""
    return {f"{table}.{name}": header for table, fields in tables.items()
            for name, header in {"customer_id": customer, **fields}.items()}
