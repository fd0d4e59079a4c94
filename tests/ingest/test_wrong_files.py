"""What people choose by mistake gets one sentence in their language: an error of the file, or a note of the sheet."""

import io
import re
import zipfile

import openpyxl
import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.locale import LANGUAGES, Message
from tests.ingest.given import SHARED, workbook

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8
HTML = b"<html><head><meta charset=utf-8></head><body><table><tr><td>1</td></tr></table></body></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
HOLIDAYS_JA = "国民の祝日・休日月日,国民の祝日・休日名称\n1955/1/1,元日\n1955/3/21,春分の日\n".encode("cp932")
HOLIDAYS_EN = b"date,holiday,type\n2024-01-01,New Year,public\n2024-07-04,Independence Day,public\n"
KEPT = {"JSON", "CSV", "Excel", "OpenDocument", "Web", "xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv"}
"""Names that Japanese writes in Latin letters too."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES = {
    "a photo renamed": ("photo.xlsx", PHOTO),
    "an empty file": ("empty.xlsx", b""),
    "an empty sheet": ("blank.xlsx", workbook()),
    "a text of blanks": ("blank.csv", b",,\n,,\n"),
    "holidays": ("holidays.csv", HOLIDAYS_EN),
    "祝日": ("syukujitsu.csv", HOLIDAYS_JA),
    "a protected workbook": ("secret.xlsx", OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)),
    "a workbook cut off": ("cut.xlsx", workbook(["顧客ID", "契約開始日"], ["C1", "2024/4/1"])[:-300]),
    "half a workbook": ("half.xlsx", workbook(["顧客ID", "契約開始日"], ["C1", "2024/4/1"])[:2000]),
    "a web page as xls": ("export.xls", HTML),
    "a pointer": ("lfs.csv", POINTER),
    "JSON as csv": ("export.csv", b'\xef\xbb\xbf[ {"customer_id": "C1", "mrr": 100} ]'),
    "a cell without end": ("long.csv", "顧客名,月額\n".encode() + b"x" * 1_000_001 + b",1\n"),
    "a quoted cell without end": ("note.csv", "顧客名,月額\n".encode() + b'"' + b"x\n" * 500_001 + b'",1\n'),
    "nothing but the delimiter said": ("sep.csv", b"sep=,\r\n"),
    "one text cell": ("note.xlsx", workbook(["来週の会議は火曜日です"])),
    "a letter": ("letter.txt", "お世話になっております。\n添付をご確認ください。\n".encode()),
}


def protected_ods() -> bytes:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="99">'
        '<manifest:encryption-data manifest:checksum-type="SHA256" manifest:checksum="x"/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bytes(range(256)) * 4)
        archive.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()


def chart_and_no_cells() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("図")
    book.remove(book.worksheets[0])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def protected_xlsx() -> bytes:
    file = SHARED / "hostile" / "protected_passtika.xlsx"
    if not file.exists():
        pytest.skip(f"the shared data folder is absent: {file}")
    return file.read_bytes()


def told(name: str, data: bytes) -> list[Message]:
    """The one error, or the notes of sheets that gave no table."""
    try:
        found = sheets(name, data)
    except DataError as error:
        return [error.message]
    readings = [read(sheet, guess(sheet)) for sheet in found]
    assert all(not reading.tables for reading in readings)
    assert all(reading.notes for reading in readings)
    return [note for reading in readings for note in reading.notes]


def in_both_languages(messages: list[Message], names: tuple[str, ...]) -> None:
    """A next step in English, and Japanese without a sentence left in English."""
    for message in messages:
        assert all(message.text(language) for language in LANGUAGES)
        japanese = message.text("ja")
        assert re.search("[ぁ-ん]", japanese)
        for name in names:
            japanese = japanese.replace(name, "")
        left = set(re.findall("[A-Za-z]{2,}", japanese))
        assert left <= KEPT


@pytest.mark.parametrize("what", FILES)
def test_a_file_chosen_by_mistake_gets_a_sentence(what: str) -> None:
    name, data = FILES[what]
    in_both_languages(told(name, data), (name, name.rsplit(".", 1)[0], "Sheet1"))


def test_a_protected_ods_is_said_to_be_protected_and_blank_text_to_be_empty() -> None:
    assert "password" in told("secret.ods", protected_ods())[0].text("en")
    assert [note.text("en")[:25] for note in told(*FILES["a text of blanks"])] == ["Sheet 'blank' is empty. I"]


@pytest.mark.parametrize("make", [protected_ods, protected_xlsx, chart_and_no_cells])
def test_so_does_a_workbook_that_cannot_be_opened_or_has_no_cells(make) -> None:
    in_both_languages(told("given.xlsx", make()), ("given.xlsx", "Sheet"))


@pytest.mark.parametrize("data", [b'{"customers": []}', b'[\n  {"id": 1}\n]', b'{"id": 1}\n{"id": 2}\n'])
def test_json_is_told_as_json_whatever_its_name(data: bytes) -> None:
    with pytest.raises(DataError) as told:
        sheets("export.csv", data)
    assert told.value.message.text("en") == (
        "The file 'export.csv' is JSON, not a table. Export the data as CSV or as an Excel workbook, and choose that "
        "file.")


@pytest.mark.parametrize("data", [b"[id],[mrr]\nC1,100\n", b"{id},name\nC1,x\n"])
def test_a_table_that_begins_with_a_bracket_is_none(data: bytes) -> None:
    assert len(sheets("given.csv", data)) == 1


def test_a_cell_of_a_workbook_that_no_program_keeps_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["顧客名", "short"]))) as given, \
            zipfile.ZipFile(held, "w") as made:
        for part in given.namelist():
            made.writestr(part, given.read(part).replace(b"short", b"x" * 1_000_001))
    assert "more characters" in told("long.xlsx", held.getvalue())[0].text("en")
