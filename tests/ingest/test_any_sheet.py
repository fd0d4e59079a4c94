"""Whatever stands in a sheet or a file: a reading or one sentence, never a traceback."""

import datetime as dt
import io

import openpyxl
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_kpi.errors import DataError
from cs_kpi.ingest.corrections import column_options, corrected
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.naming.vocabulary import synonyms
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.understanding import document_text, mappings
from cs_kpi.locale import LANGUAGES

MONTHS = ["2024年1月", "2024/02", "Mar-24", "202404", "month", "対象月", "合計"]
HEADERS = st.one_of(st.sampled_from(sorted(synonyms())), st.sampled_from(MONTHS), st.text(max_size=8), st.none())
CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(days=9)),
    st.sampled_from(
        [
            "2024/4/1",
            "令和6年4月1日",
            "1/4/24",
            "13.2.24",
            "¥1,200",
            "▲3",
            "合計",
            "なし",
            "-",
            "1.234,5",
            "A",
            "B",
            "yes",
            "9",
            "満足",
        ]
    ),
)


def spoken(error: DataError, name: str) -> None:
    assert all(name in error.message.text(language) for language in LANGUAGES)


def laid_out(headers: list[object], rows: list[list[object]]) -> Sheet:
    width = max([len(headers), *(len(row) for row in rows)])
    return Sheet(
        "any.xlsx",
        "any",
        pd.DataFrame([[*row, *[None] * (width - len(row))] for row in (headers, *rows)], dtype=object),
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HEADERS, min_size=1, max_size=9), st.lists(st.lists(CELLS, max_size=9), max_size=8), st.data())
def test_any_sheet_is_read_under_its_guess_and_under_any_correction(headers, rows, data):
    sheet = laid_out(headers, rows)
    mapping = guess(sheet)
    reading = read(sheet, mapping)
    assert mappings(document_text([reading])) == [reading.mapping]
    for frame in reading.tables.values():
        assert frame.columns.is_unique
        assert frame["_row"].isin(range(1, len(sheet.cells) + 1)).all()
    if reading.headers:
        place = data.draw(st.sampled_from([*column_options(), None]))
        moved = corrected(mapping, data.draw(st.sampled_from(reading.headers)), place, "2024-04")
        for note in read(sheet, moved).notes:
            assert all(note.text(language) for language in LANGUAGES)


def given_workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Customer ID", "Start date", "MRR"], ["A", dt.date(2024, 1, 1), 10]):
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


WORKBOOK = given_workbook()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=6), st.integers(0, 3))
def test_a_damaged_workbook_is_read_or_gets_a_sentence(at, noise, how):
    damaged = (WORKBOOK[:at] + noise + WORKBOOK[at + len(noise) * (how % 2) :]) if how < 3 else WORKBOOK[:at]
    try:
        found = sheets("damaged.xlsx", damaged)
    except DataError as error:
        found = []
        spoken(error, "damaged.xlsx")
    for sheet in found:
        read(sheet, guess(sheet))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_get_a_sentence(data):
    try:
        found = sheets("any.csv", data)
    except DataError as error:
        found = []
        spoken(error, "any.csv")
    for sheet in found:
        read(sheet, guess(sheet))
