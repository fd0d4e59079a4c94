"""Every style of value that spreadsheets hold, in one table each, read the way a sheet is read."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.parsing.error_cells import error_cells
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.values.uniques import are_plain_keys, may_hold, plain_keys
from tests.ingest.given import csv, reading, sheet, workbook

APRIL = "2024-04-01"
DATES = {
    "2024/4/1": APRIL, "2024-04-01": APRIL, "2024.4.1": APRIL, "20240401": APRIL, "2024年4月1日": APRIL,
    "2024年4月": APRIL, "令和6年4月1日": APRIL, "R6.4.1": APRIL, "令和元年5月1日": "2019-05-01",
    "R元.5.1": "2019-05-01",
    "45383": APRIL, "2024-04-01 09:30:00": APRIL, "2024-04-01T09:30:00+09:00": APRIL, "2024-04-01 00:00:00 UTC": APRIL,
    "2024/04/01 9:15:00 午後 GMT+9": APRIL, "Apr-24": APRIL, "24/4/1": APRIL, "24年4月1日": APRIL, "6年4月1日": APRIL,
    "２０２４／４／１": APRIL, " 2024/4/1　": APRIL, "2024/4/1(月)": APRIL, "1-Apr-24": APRIL,
}
BLANKS = ("－", "―", "なし", "未定", "継続中", "N/A", "NULL", "#N/A", "nan", "-", "", "　", "ー", "n/a", "None", "TBD")
AMOUNTS = {
    "¥12,000": 12000, "￥１２，０００": 12000, "12,000円": 12000, "\\12,000": 12000, "1.2万": 12000, "3百万円": 3e6,
    "(1,200)": -1200, "△500": -500, "▲500": -500, "▲¥500": -500, "1 234,56": 1234.56, "1\u202f234,56": 1234.56,
    "12,000 yen": 12000, "CHF 1'200.50": 1200.5, "A$100": 100, "12,000円（税込）": 12000, "1.2万円/月": 12000,
}
HEAD = ["顧客ID", "契約開始日", "解約日", "月額"]


def contract(start: object = "2023/4/1", end: object = None, mrr: object = 100.0, key: object = "C1") -> SheetReading:
    return reading(sheet(HEAD, [key, start, end, mrr]))


@pytest.mark.parametrize("cell", DATES)
def test_a_start_in_every_style(cell: str) -> None:
    found = contract(start=cell)
    assert [str(day.date()) for day in found.tables["subscriptions"]["start_date"]] == [DATES[cell]]


@pytest.mark.parametrize("cell", BLANKS, ids=repr)
def test_words_for_nothing_are_a_blank_end(cell: str) -> None:
    found = contract(end=cell)
    assert found.tables["subscriptions"].get("end_date", pd.Series([pd.NaT])).isna().all()
    assert found.refusals == ()


@pytest.mark.parametrize("cell", AMOUNTS)
def test_a_fee_in_every_style(cell: str) -> None:
    assert contract(mrr=cell).tables["subscriptions"]["mrr"].tolist() == [AMOUNTS[cell]]


@pytest.mark.parametrize(("cell", "share"), [("3.5 %", 0.035), ("３．５％", 0.035), ("10%", 0.1), (0.1, 0.1)])
def test_a_share_is_never_taken_a_hundred_times(cell: object, share: float) -> None:
    found = reading(sheet([*HEAD, "割引率"], ["C1", "2024/4/1", None, 1000.0, cell]))
    assert found.tables["subscriptions"]["mrr"].tolist() == [pytest.approx(1000 * (1 - share))]


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!"])
def test_a_failed_formula_is_refused_and_never_taken_for_a_running_contract(cell: str) -> None:
    for field, found in {"解約日": contract(end=cell), "月額": contract(mrr=cell)}.items():
        assert [(refusal.column, refusal.value) for refusal in found.refusals] == [(field, cell)]


def test_a_failed_formula_among_names_is_told() -> None:
    rows = [["C1", "2024/4/1", None, 1.0, "#REF!"], ["C2", "2024/4/1", None, 1.0, "Pro"]]
    found = reading(sheet([*HEAD, "プラン"], *rows))
    assert found.tables["subscriptions"]["plan"].isna().tolist() == [True, False]
    assert "'プラン' whose formula failed ('#REF!') are read as blank: 1 (row 2)" in notes(found)


def test_failed_formulas_are_found_in_workbooks_whose_reader_drops_them() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("契約")
    for row in (HEAD, ["C1", dt.date(2024, 4, 1), None, 100], ["C2", dt.date(2024, 4, 1), None, 100]):
        book["契約"].append(row)
    for place, text in {"C3": "#REF!", "D2": "#N/A"}.items():
        book["契約"][place].value = text
        book["契約"][place].data_type = "e"
    held = io.BytesIO()
    book.save(held)
    assert error_cells(held.getvalue()) == [{}, {(2, 2): "#REF!"}]
    found = reading(sheets("a.xlsx", held.getvalue())[1])
    assert {(refusal.row, refusal.column, refusal.value) for refusal in found.refusals} == {
        (3, "解約日", "#REF!"), (2, "月額", "")}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", workbook(["a"])[:-40]])
def test_what_is_no_workbook_has_no_failed_formulas(data: bytes) -> None:
    assert error_cells(data) == []


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_dates_and_percentages_of_workbooks_of_either_calendar(epoch: dt.datetime | None) -> None:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    book.active.append([*HEAD, "割引率"])
    book.active.append(["C1", dt.date(2024, 4, 1), dt.datetime(2025, 3, 31, 9, 30), 1000, 0.035])
    book.active["E2"].number_format = "0.0%"
    held = io.BytesIO()
    book.save(held)
    (row,) = reading(sheets("a.xlsx", held.getvalue())[0]).tables["subscriptions"].to_dict("records")
    assert (str(row["start_date"].date()), str(row["end_date"].date())) == (APRIL, "2025-03-31")
    assert row["mrr"] == pytest.approx(965)


@pytest.mark.parametrize(("cell", "key"), [
    ("007", "007"), (7890.0, "7890"), ("7890.0", "7890"), ("Ｃ００１", "C001"), (" C001　", "C001"), ("C 1", "C 1")])
def test_ids_compare_equal_however_they_are_typed(cell: object, key: str) -> None:
    assert contract(key=cell).tables["subscriptions"]["customer_id"].tolist() == [key]


def test_words_for_nothing_among_ids_are_told() -> None:
    found = reading(csv("顧客ID,契約番号,契約開始日,月額\nNULL,K1,2024/4/1,1\nC2,NULL,2024/4/1,1\nN/A,K3,2024/4/1,1\n"))
    assert found.tables["subscriptions"]["subscription_id"].fillna("").tolist() == ["K1", ""]
    assert "'顧客ID' that say 'NULL' are read as the name of a customer: 1 (row 2)" in notes(found)
    assert "'契約番号' that say 'NULL' are read as blank, not as an ID: 1 (row 3)" in notes(found)
    assert [(refusal.row, refusal.value) for refusal in found.refusals] == [(4, "N/A")]


def test_decimal_commas_and_points_are_decided_by_the_column() -> None:
    assert fees("1.234,56", "12,5") == [1234.56, 12.5]
    assert fees("1,234.56", "1,200") == [1234.56, 1200]


def fees(*cells: object) -> list[float]:
    rows = [[f"C{place}", "2024/4/1", None, cell] for place, cell in enumerate(cells)]
    return reading(sheet(HEAD, *rows)).tables["subscriptions"]["mrr"].tolist()


ORDERED = "Customer ID,Start date,MRR\n"


@pytest.mark.parametrize(("cells", "first", "stated"), [
    (("1/4/2024", "25/4/2024"), "2024-04-01", "day, month, year"),
    (("4/1/2024", "4/25/2024"), "2024-04-01", "month, day, year"),
    (("24/4/1", "98/4/25"), "2024-04-01", "year, month, day"),
    (("24年4月1日", "25年4月1日"), "2024-04-01", "year, month, day"),
])
def test_an_order_that_a_column_proves_is_stated(cells: tuple[str, ...], first: str, stated: str) -> None:
    found = reading(csv(ORDERED + "".join(f"C{n},{cell},1\n" for n, cell in enumerate(cells))))
    assert str(found.tables["subscriptions"]["start_date"][0].date()) == first
    assert found.questions == ()
    assert f"read as {stated}" in notes(found)


@pytest.mark.parametrize(("cells", "assumed", "options"), [
    (("2/4/2024", "3/5/2024"), "mdy", ["dmy", "mdy"]),
    (("6/4/1", "5/10/12"), "era", ["ymd", "dmy", "mdy", "era"]),
    (("6年4月1日", "5年10月12日"), "era", ["ymd", "era"]),
    (("3/4/24", "5/6/23"), "mdy", ["ymd", "dmy", "mdy", "era"]),
])
def test_an_order_that_a_column_cannot_tell_is_asked(cells: tuple[str, ...], assumed: str, options: list[str]) -> None:
    (question,) = reading(csv(ORDERED + "".join(f"C{n},{cell},1\n" for n, cell in enumerate(cells)))).questions
    assert (question.assumed, list(question.options)) == (assumed, options)


def test_reiwa_decides_the_end_as_well_as_the_start_and_can_be_corrected() -> None:
    text = "顧客ID,契約開始日,解約日,月額\nC1,6/4/1,7/3/31,100\nC2,5/10/1,6/9/30,100\n"
    (question,) = reading(csv(text)).questions
    assert question.assumed == "era"
    frame = reading(csv(text)).tables["subscriptions"]
    assert [str(day.date()) for day in frame["start_date"]] == ["2024-04-01", "2023-10-01"]
    assert [str(day.date()) for day in frame["end_date"]] == ["2025-03-31", "2024-09-30"]
    assert str(reading(csv(text), date_order="ymd").tables["subscriptions"]["start_date"][0].date()) == "2006-04-01"


def notes(found: SheetReading) -> str:
    return "\n".join(note.text("en") for note in found.notes)


@pytest.mark.parametrize(("words", "may"), [(("計",), True), (("総計",), False), (("顧客",), False), (("b",), True)])
def test_a_word_in_some_cell_is_found_and_no_cell_above_counts(words: tuple[str, ...], may: bool) -> None:
    column = pd.Series(["顧客", "山田", None, "小計", "abc"], dtype="str").iloc[1:]
    assert may_hold(column, words) is may


CELLS = st.lists(st.none() | st.text(st.sampled_from("c19.- é ¹７\n~"), max_size=3), min_size=1, max_size=6)


@given(CELLS, st.integers(0, 2))
@example(["c1", None, "", "c2"], 0)
@example([None, None], 1)
@example([".", "c1", "c"], 1)
def test_a_column_of_plain_ids_is_told_from_all_its_bytes_as_cell_by_cell(cells: list[str | None], top: int) -> None:
    column = pd.Series(cells, dtype="str").iloc[top:]
    assert are_plain_keys(column) is all(plain_keys([cell for cell in cells[top:] if cell is not None]))


def test_repeated_headers_and_totals_of_a_text_file_are_still_left_out() -> None:
    read = reading(csv("顧客ID,契約開始日,月額\nC1,2024/4/1,100\n顧客ID,契約開始日,月額\nC2,2024/4/1,200\n合計,,300\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [100, 200]
    assert len(read.notes) == 2
