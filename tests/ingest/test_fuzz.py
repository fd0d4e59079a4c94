"""Whatever stands in a sheet or a file: it is read or gets a sentence; nothing else comes out of it."""

from __future__ import annotations

import datetime as dt
import io
import random
import time
import zipfile
from functools import cache

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.naming.vocabulary import synonyms
from cs_kpi.ingest.parsing import guard, text_files
from cs_kpi.ingest.parsing.even_text import DELIMITERS, even_table
from cs_kpi.ingest.reading import read
from cs_kpi.kpi.readings import readings
from cs_kpi.locale import LANGUAGES, Message
from cs_kpi.periods import periods
from tests.ingest.corpus import CASES
from tests.ingest.corpus.cases import TODAY
from tests.ingest.corpus.writing import table, workbook

WORDS = sorted(synonyms())
NOISE = ["2024年度", "4月", "2024/05", "Jun-24", "合計", "単位:千円", "※注", "契約\n日", "MRR (USD)", "Total", "",
         "NPS", "No."]
CORE = [["顧客ID", "契約開始日", "解約日", "月額"], ["Customer ID", "Month", "MRR"],
        ["顧客ID", "2024年4月", "2024年5月", "2024年6月"],
        ["Customer ID", "Answered on", "NPS"], ["顧客名", "ログイン日", "ユーザーID"]]
HEADERS = st.one_of(st.sampled_from(WORDS), st.sampled_from(NOISE), st.text(max_size=6), st.none())
TEXTS = ["2024/4/1", "令和6年4月1日", "R元.5.1", "4/1/2024", "1.4.24", "Apr-24", "20240401", "45383", "¥1,200",
         "△5", "(3)",
         "1.234,5", "3.5 %", "1.2万", "合計", "小計", "なし", "―", "解約済", "契約中", "Yes",
         "満足", "9", "USD", "年払い", "月額",
         "=1+1", "<b>x</b>", "株式会社A", "㈱A", "A", "B", "0012", "ＡＢ", "1e400", "-1e308",
         "99999999999999999999", "9999-12-31",
         "0001-01-01", "1899-12-31"]
HEADER_ROWS = st.one_of(st.lists(HEADERS, min_size=1, max_size=8),
                        st.builds(list.__add__, st.sampled_from(CORE), st.lists(HEADERS, max_size=4)))
CELLS = st.one_of(st.none(), st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.integers(-10**6, 10**9), st.booleans(),
                  st.floats(allow_nan=False, allow_infinity=False),
                  st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)),
                  st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2199, 1, 1)), st.text(max_size=8))
NO_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def speaks(message: Message) -> None:
    assert all(message.text(language) for language in LANGUAGES)


def made(files: dict[str, bytes]) -> Book | None:
    """Files from their bytes to a Book, as an upload goes; every sentence on the way in both languages."""
    found = []
    for name, data in files.items():
        try:
            found += sheets(name, data)
        except DataError as error:
            speaks(error.message)
    given = [read(sheet, mapping, TODAY) for sheet, mapping in zip(found, applied([], found), strict=True)]
    for reading in given:
        for said in (*reading.notes, *(one.reason for one in reading.refusals),
                     *(one.text for one in reading.questions)):
            speaks(said)
    return book_of([one for one in given if one.tables], today=TODAY)


def computed(book: Book) -> None:
    """A few KPIs of a year; a DataError says what the data lacks."""
    try:
        for reading in readings(book, periods("quarter", dt.date(2024, 1, 1), dt.date(2024, 12, 31))):
            assert reading.status
    except DataError as error:
        speaks(error.message)


def clean(cell: object) -> object:
    """What a workbook can hold."""
    return cell.translate(NO_CONTROLS).encode("utf-8", "ignore").decode() if isinstance(cell, str) else cell


def area(corners: tuple[int, int, int, int]) -> str:
    top, left, height, width = corners
    return f"{chr(65 + left)}{top}:{chr(65 + left + width)}{top + height}"


@QUICK
@given(st.lists(st.tuples(HEADER_ROWS, st.lists(st.lists(CELLS, max_size=8), max_size=9)),
                min_size=1, max_size=2),
       st.tuples(st.integers(1, 4), st.integers(0, 5), st.integers(0, 2), st.integers(0, 3)), st.booleans())
def test_any_workbook_is_read_and_computed_on(given_sheets, corners, is_1904):
    pages = {f"S{at}": [[clean(cell) for cell in row] for row in (headers, *rows)]
             for at, (headers, rows) in enumerate(given_sheets)}
    for rows in pages.values():
        for row in rows:
            row[:] = [None if isinstance(cell, str) and cell.startswith("=") else cell for cell in row]
    data = workbook(pages, merged={"S0": [area(corners)]}, is_1904=is_1904)
    if book := made({"any.xlsx": data}):
        computed(book)


@QUICK
@given(HEADER_ROWS, st.lists(st.lists(CELLS, max_size=9), max_size=12),
       st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"]))
def test_any_text_table_is_read_and_computed_on(headers, rows, delimiter, encoding):
    held = table([headers, *rows], delimiter).decode("utf-8", "replace").encode(encoding, "ignore")
    if book := made({"any.csv": held}):
        computed(book)


@cache
def real(kind: str) -> bytes:
    """A real file of each kind that a program wrote."""
    if kind == "ods":
        return opendocument()
    name = {"xlsx": "one_row_per_customer_en", "csv": "ledger_with_terms", "cp932": "cp932_extras",
            "utf-16": "utf16_with_commas"}[kind]
    [file] = CASES[name].files()[0]
    return file.data


def opendocument() -> bytes:
    """The smallest ods that is one."""
    rows = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + "</table:table-row>" for row in (["顧客ID", "契約開始日", "月額"], ["C1", "2024/4/1", "1000"]))
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                      for name in ("office", "table", "text"))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<office:document-content {spaces}><office:body><office:spreadsheet>'
                         f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
                         "</office:document-content>")
    return held.getvalue()


def damaged(data: bytes, other: bytes, random_: random.Random) -> bytes:
    """Bytes changed, cut off, cut out, doubled, or spliced with another file."""
    at, end = sorted((random_.randrange(len(data)), random_.randrange(len(data))))
    noise = random_.randbytes(random_.randint(1, 40))
    return random_.choice((
        lambda: data[:at] + noise + data[at + len(noise):], lambda: data[:at], lambda: data[at:],
        lambda: data[:at] + data[end:], lambda: data[:end] + data[at:], lambda: data[:at] + other[at:],
        lambda: data[:at] + noise + data[at:], lambda: inside(data, random_)))()


def inside(data: bytes, random_: random.Random) -> bytes:
    """A workbook whose container is whole, and one part of it damaged."""
    if not data.startswith(b"PK"):
        return data[::-1]
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        struck = random_.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            at = random_.randrange(len(part) + 1)
            new.writestr(name, part[:at] + random_.randbytes(3) + part[at + random_.randint(0, 30):]
                         if name == struck else part)
    return held.getvalue()


def in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


TEXTS = st.text("ab1,é ;'\t　\u2028\x85#", max_size=4)
WELL_QUOTED = TEXTS | st.text('a1 ",;\n\r', max_size=4).map(in_quotes)
ODDLY_QUOTED = WELL_QUOTED | st.text('a ",\n', max_size=4)


@QUICK
@given(st.sampled_from([TEXTS, WELL_QUOTED, ODDLY_QUOTED]).flatmap(lambda cells: st.lists(
    st.lists(cells, min_size=2, max_size=3), min_size=1, max_size=6)),
       st.sampled_from(DELIMITERS), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_an_even_table_reads_the_same_the_quick_way_and_the_other(rows, delimiter, end, is_ended):
    text = end.join(delimiter.join(row[:2]) for row in rows) + (end if is_ended else "")
    quick = even_table("any.csv", text.encode(), delimiter)
    try:
        other, _fields = text_files.uneven_cells("any.csv", text.encode(), delimiter)
    except DataError:
        assert quick is None
        return
    if quick is not None and quick.num_columns:
        pd.testing.assert_frame_equal(quick.to_pandas().set_axis(range(quick.num_columns), axis=1), other,
                                      check_column_type=False)
    assert quick is None or quick.num_columns == other.shape[1]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "cp932", "utf-16"])
def test_a_damaged_file_is_read_or_gets_a_sentence_within_its_time(kind: str) -> None:
    data, other = real(kind), real("csv" if kind == "ods" else "ods")
    for seed in range(30):
        hurt = damaged(data, other, random.Random(f"{kind}{seed}"))
        began = time.monotonic()
        made({f"hurt {seed}.{kind}": hurt})
        assert time.monotonic() - began < guard.limits(len(hurt)).seconds + 10
