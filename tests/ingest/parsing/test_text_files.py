"""Csv as programs and people write it: encodings, delimiters, quotes, and what stands around the table."""

from __future__ import annotations

import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.parsing.encodings import AT_ONCE, CONTROLS, decoded
from cs_kpi.ingest.parsing.even_text import LONGEST_CELL
from tests.ingest.given import csv, reading

TABLE = "顧客ID,顧客名,契約日\nC1,㈱山田①,2024/4/1\nC2,髙橋商店,2024/5/1\n"
PLAIN = "顧客ID,顧客名,契約日\nC1,山田商店,2024/4/1\nC2,高橋商店,2024/5/1\n"
ROWS = [["顧客ID", "顧客名", "契約日"], ["C1", "㈱山田①", "2024/4/1"], ["C2", "髙橋商店", "2024/5/1"]]


def cells(data: bytes, name: str = "a.csv") -> list[list[object]]:
    frame = sheets(name, data)[0].cells
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize("data", [
    TABLE.encode("utf-8"), TABLE.encode("utf-8-sig"), TABLE.encode("utf-16"), TABLE.encode("cp932"),
    b"\xfe\xff" + TABLE.encode("utf-16-be"), TABLE.encode("utf-16-le"), TABLE.encode("utf-16-be"),
], ids=["utf-8", "utf-8 with mark", "utf-16", "cp932", "utf-16 be with mark", "utf-16 le bare", "utf-16 be bare"])
def test_every_encoding_of_a_table_gives_the_same_cells(data: bytes) -> None:
    assert cells(data) == ROWS


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp", "cp932", "shift_jis"])
def test_older_japanese_encodings(encoding: str) -> None:
    assert cells(PLAIN.encode(encoding))[2] == ["C2", "高橋商店", "2024/5/1"]


def test_euc_jp_with_the_signs_that_programs_add() -> None:
    assert cells(TABLE.replace("髙", "高").encode("euc_jis_2004"))[1] == ["C1", "㈱山田①", "2024/4/1"]


@pytest.mark.parametrize("text", ["id,name\n1,Müller\n2,Straße 5\n", "id,name\n1,Hélène\n2,Zoë\n",
                                  "id;name;mrr\n1;Café;€ 5\n2;Señor;7\n"])
def test_western_text_is_not_taken_for_japanese(text: str) -> None:
    assert ",".join(map(str, cells(text.encode("cp1252"))[1])) in text.replace(";", ",")


@pytest.mark.parametrize("text", ["id,カナ\n1,ﾔﾏﾀﾞ\n2,ｽｽﾞｷ\n", "id,flag\n1,有\n2,無\n", "id,name\n1,A社\n2,B社\n",
                                  "id,mrr\n1,12円\n2,13円\n"])
def test_little_japanese_is_not_taken_for_western(text: str) -> None:
    assert cells(text.encode("cp932")) == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same_cells(delimiter: str) -> None:
    assert cells(TABLE.replace(",", delimiter).encode()) == ROWS


@pytest.mark.parametrize(("first", "delimiter"), [("sep=;\n", ";"), ("sep=;\r\n", ";"), ('"sep=|"\n', "|"),
                                                  ("sep=,,,\n", ","), ("sep=\t\n", "\t")])
def test_a_line_that_names_the_delimiter_is_obeyed_and_is_no_row(first: str, delimiter: str) -> None:
    assert cells((first + TABLE.replace(",", delimiter)).encode()) == ROWS


@pytest.mark.parametrize(("text", "expected"), [
    ('id,name,note\n1,"a\nb","x, y"\n2,"c ""d""",z\n', [["1", "a\nb", "x, y"], ["2", 'c "d"', "z"]]),
    ("id,name,note\n1,a\n2,b,x\n", [["1", "a", None], ["2", "b", "x"]]),
    ("id,name,,,\n1,a,,,\n2,b,,,\n", [["1", "a"], ["2", "b"]]),
    ("id,name\n1,a,\n2,b,\n", [["1", "a"], ["2", "b"]]),
    ('id,name,note\n1,a,"x; y; z"\n2,b,"p; q; r"\n', [["1", "a", "x; y; z"], ["2", "b", "p; q; r"]]),
    ("id|name|mrr\n1|a|1,5\n2|b|2,5\n", [["1", "a", "1,5"], ["2", "b", "2,5"]]),
    ("id,name\r1,a\r2,b\r", [["1", "a"], ["2", "b"]]),
    ("id,name\r\n1,a\r\n2,b\r\n", [["1", "a"], ["2", "b"]]),
    ("id,name\n1,a\x00b\n2,c\n", [["1", "ab"], ["2", "c"]]),
    ("id,name\n1,a\n2,c\n" + "\x00" * 512, [["1", "a"], ["2", "c"]]),
    ('id,name\n1,5" pipe\n2,b\n', [["1", '5" pipe'], ["2", "b"]]),
], ids=["quoted breaks", "missing last field", "trailing commas", "trailing commas in rows only", "semicolons in text",
        "decimal commas between bars", "cr", "crlf", "a NUL inside", "NULs behind", "a quotation mark inside"])
def test_rows(text: str, expected: list[list[object]]) -> None:
    assert cells(text.encode())[1:] == expected


@pytest.mark.parametrize("title", ["台帳（単位：千円）\n\n", "台帳（単位：千円）,,,\n,,,\n", "\n台帳（単位：千円）\n"])
def test_a_title_above_the_header_is_no_header_and_gives_its_unit(title: str) -> None:
    found = reading(csv(title + "顧客ID,契約開始日,月額,プラン\nC1,2024/4/1,12,Pro\nC2,2024/5/1,8,Pro\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [12_000, 8_000]
    assert found.mapping.header_row == title.count("\n") + 1


def test_a_decimal_comma() -> None:
    found = reading(csv("Customer ID;Start date;MRR\nA;2024-04-01;1.234,56\nB;2024-04-01;12,5\nC;2024-04-01;7\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [1234.56, 12.5, 7]


def test_very_long_fields_arrive_whole() -> None:
    long, quoted = "x" * 300_000, "y, " * 50_000
    assert cells(f'id,note\n1,{long}\n2,"{quoted}"\n'.encode())[1:] == [["1", long], ["2", quoted]]


@pytest.mark.parametrize("data", [
    bytes(range(256)) * 3, b"\x00" * 40 + b"a,b\n1,2\n", TABLE.encode("cp932")[:-9] + b"\x81"])
def test_what_is_no_text_is_said(data: bytes) -> None:
    with pytest.raises(DataError, match="no text that can be read"):
        sheets("a.csv", data)


@pytest.mark.parametrize(("text", "expected"), [
    ('a,"b\nb",c\n1,"2\n2",3\n', [["a", "b\nb", "c"], ["1", "2\n2", "3"]]),
    ('t\n"a\na","b\nb",c\n1,"2\n2",3\n4,"5","6\n"\n',
     [["t", None, None], ["a\na", "b\nb", "c"], ["1", "2\n2", "3"], ["4", "5", "6\n"]]),
    ('1"\n2,"3\n",4\n', [['1"', None, None], ["2", "3\n", "4"]]),
    ('sep=、\n"a\na"、"b\nb"\n1、2\n', [["a\na", "b\nb"], ["1", "2"]]),
])
def test_no_column_is_lost_where_every_row_has_a_line_break_inside(text: str, expected: list[list[object]]) -> None:
    assert cells(text.encode()) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_sign_of_control_far_down_is_found_and_only_such(encoding: str) -> None:
    above = "é,2\n" * (AT_ONCE // 4)
    for sign in map(chr, range(1, 34)):
        text = f"{above}{sign}1,2\n"
        if ord(sign) in CONTROLS:
            with pytest.raises(DataError, match="no text that can be read"):
                decoded("a.csv", text.encode(encoding))
        else:
            assert decoded("a.csv", text.encode(encoding)) == text


def test_a_cell_longer_than_any_is_refused_and_many_long_ones_are_not() -> None:
    lines = ["id,note", *(f"{row},{'é' * 900}" for row in range(2500))]
    assert len(cells("\n".join(lines).encode())) == 2501
    most, more = (f"9,{'é' * length}" for length in (LONGEST_CELL, LONGEST_CELL + 1))
    assert cells("\n".join([*lines[:3], most]).encode())[3][1] == "é" * LONGEST_CELL
    with pytest.raises(DataError, match="more characters than any"):
        sheets("a.csv", "\n".join([*lines[:1500], more, *lines[1500:]]).encode())
