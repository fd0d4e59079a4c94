"""Sheets, files and shared data for the tests of the import."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def sheet(*rows: list[Any], name: str = "Sheet1", file: str = "given.xlsx") -> Sheet:
    width = max(map(len, rows), default=0)
    return Sheet(file, name, pd.DataFrame([row + [None] * (width - len(row)) for row in rows], dtype=object))


def csv(text: str, name: str = "given.csv") -> Sheet:
    return sheets(name, text.encode())[0]


def workbook(*rows: list[Any], title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def reading(given: Sheet, **answers: str) -> SheetReading:
    """What is read under the untouched guess; answers as topic="option" for the column it was asked of."""
    mapping = guess(given)
    topics = {question.id.split(":")[0]: question.id for question in read(given, mapping).questions}
    return read(given, mapping.model_copy(update={"answers": {topics[t]: answer for t, answer in answers.items()}}))


def shared(path: str) -> list[Sheet]:
    """The sheets of a file of the shared data, or a skip that says what is missing."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"the shared data folder is absent: {file}")
    return sheets(file.name, file.read_bytes())
