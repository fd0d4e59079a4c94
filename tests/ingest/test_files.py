"""The door: true type by content, encodings, and one helpful sentence for every file that is none of ours."""

import io
import zipfile

import pandas as pd
import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest import files
from cs_kpi.ingest.files import sheets
from tests.ingest.given import shared, workbook

CSV = "顧客ID,顧客名,契約日\nC1,㈱山田①,2024/4/1\nC2,髙橋商店,2024/5/1\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def with_part(data: bytes, path: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, content if item.filename == path else old.read(item))
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_are_decided_over_the_whole_file(encoding):
    cells = sheets("a.csv", CSV.encode(encoding))[0].cells
    assert cells.iloc[2].tolist() == ["C2", "髙橋商店", "2024/5/1"]


def test_euc_jp_is_read_where_nothing_else_fits():
    text = "顧客ID,顧客名\n" + "C1,株式会社ひらがなカタカナ漢字表記\n" * 3
    assert sheets("a.csv", text.encode("euc_jp"))[0].cells.iloc[1, 1] == "株式会社ひらがなカタカナ漢字表記"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters(delimiter):
    assert sheets("a.csv", f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n".encode())[0].cells.shape == (2, 3)


def test_short_title_rows_blank_lines_and_missing_fields_keep_their_place():
    cells = sheets("a.csv", '台帳\n\nid,name,"a\nb"\n1,x\n2,"y, z",3\n'.encode())[0].cells
    assert cells.iloc[2].tolist() == ["id", "name", "a\nb"]
    assert cells.iloc[3, :2].tolist() == ["1", "x"]
    assert cells.iloc[3].isna()[2]
    assert cells.iloc[4].tolist() == ["2", "y, z", "3"]


def test_text_stays_text():
    assert sheets("a.csv", b"id,x\n007,NA\n")[0].cells.iloc[1].tolist() == ["007", "NA"]


def test_a_text_table_named_xlsx_is_read_all_the_same():
    assert sheets("a.xlsx", CSV.encode())[0].cells.shape == (3, 3)


def test_a_workbook_named_csv_is_read_all_the_same():
    assert sheets("a.csv", workbook(["a", "b"], [1, None]))[0].cells.iloc[1].dropna().tolist() == [1.0]


def test_a_workbooks_column_of_texts_is_as_that_of_a_text_table_and_others_hold_what_their_cells_are():
    cells = sheets("a.xlsx", workbook(["id", "n"], ["007", 1], [None, None], ["C1", True]))[0].cells
    pd.testing.assert_series_equal(cells[0], pd.Series(["id", "007", None, "C1"], dtype="str", name=0))
    assert cells[1].tolist() == ["n", 1.0, None, True]


def test_a_workbook_with_more_text_than_memory_holds_once_every_cell_has_its_own_is_refused(monkeypatch):
    """The text itself is there once, and as many cells as you like may name it."""
    monkeypatch.setattr(files, "MOST_SIGNS", 9_999)
    notes = [["n"], *([["x" * 100]] * 100)]
    with pytest.raises(DataError, match="more memory than"):
        sheets("notes.xlsx", workbook(*notes))
    assert sheets("notes.xlsx", workbook(*notes[:90]))[0].cells.shape == (90, 1)


def test_workbook_cells_keep_their_row_and_column():
    held = workbook([None, None], [None, "a"], [None, 1])
    assert sheets("a.xlsx", held)[0].cells.iloc[2, 1] == 1.0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo.xlsx", PNG, "is a picture"),
        ("photo.xlsx", b"\xff\xd8\xff\xe0" + bytes(100), "is a picture"),
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b" \r\n\r\n", "is empty"),
        ("report.xls", b"<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        ("report.xls", b"<?xml version='1.0'?><Workbook/>", "is an XML file"),
        ("paper.xlsx", b"%PDF-1.7 ...", "is a PDF"),
        ("cut.xlsx", workbook(["a", "b"])[:-200], "damaged or incomplete"),
        ("letters.xlsx", zipped(word__document=b"x"), "document or a presentation"),
        ("photos.xlsx", zipped(photo=b"x"), "is an archive"),
        ("hollow.xlsx", zipped(xl__nothing=b"x"), "damaged or incomplete"),
        ("noise.csv", bytes(range(1, 256)) * 3, "no text that can be read"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read|not a spreadsheet"),
        ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + bytes(600), "damaged"),
        ("lfs.xlsx", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "pointer"),
        ("quote.csv", b'a,b\n1,"x\n2,y\n', "quotation mark"),
    ],
)
def test_a_wrong_file_gets_one_helpful_sentence(name, data, words):
    with pytest.raises(DataError, match=words) as refused:
        sheets(name, data)
    assert name in str(refused.value)


def test_a_zip_bomb_is_not_opened():
    sheet = b"<worksheet><sheetData>" + b" " * (150 << 20)
    bomb = with_part(workbook(["a"]), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(DataError, match="not safe to open"):
        sheets("bomb.xlsx", bomb)


def test_xml_entities_are_not_opened():
    part = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    with pytest.raises(DataError, match="XML definitions"):
        sheets("entities.xlsx", with_part(workbook(["a"]), "xl/worksheets/sheet1.xml", part))


def test_cells_at_the_far_corner_are_not_opened():
    part = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(DataError, match="so far apart"):
        sheets("far.xlsx", with_part(workbook(["a"]), "xl/worksheets/sheet1.xml", part))


@pytest.mark.parametrize(
    ("path", "words"),
    [("hostile/poc-xmlbomb.xlsx", "XML definitions"), ("hostile/protected_passtika.xlsx", "password")],
)
def test_hostile_files_are_refused(path, words):
    with pytest.raises(DataError, match=words):
        shared(path)


def test_hidden_sheets_are_flagged():
    assert [sheet.is_hidden for sheet in shared("hostile/TwoSheetsOneHidden.xlsx")] == [True, False]
