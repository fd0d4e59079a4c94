"""Several tables on one sheet are several sheets; one table stays one, whatever blanks it holds."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.headers import area
from cs_kpi.ingest.layout import tables_of
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet
from tests.ingest.given import reading, sheet, workbook

LEDGER = [["顧客ID", "契約開始日", "解約日", "月額"], ["A", "2024/4/1", None, 10], ["B", "2024/5/1", "2024/9/1", 20],
          ["C", "2024/6/1", None, 30]]
ANSWERS = [["顧客ID", "回答日", "NPS"], ["A", "2024/7/1", 9], ["B", "2024/7/2", 3]]


def beside(left: list[list[Any]], right: list[list[Any]], gap: int = 1) -> list[list[Any]]:
    width = max(map(len, left))
    height = max(len(left), len(right))
    rows = [*left, *[[]] * (height - len(left))]
    return [[*row, *[None] * (width - len(row) + gap), *(right[at] if at < len(right) else [])]
            for at, row in enumerate(rows)]


def names(found: list[Sheet]) -> list[str]:
    return [one.name for one in found]


def facts(one: Sheet) -> dict[str, Any]:
    """What is read of a sheet, apart from where it stands."""
    found = read(one, guess(one))
    return {name: frame.drop(columns=["_sheet", "_row", "_file"]).to_dict("list")
            for name, frame in found.tables.items()}


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return str(one) == str(other) and one != {}


def test_two_tables_side_by_side_are_two_sheets_with_their_cells_in_place() -> None:
    found = tables_of(sheet(["契約", *[None] * 4, "アンケート"], *beside(LEDGER, ANSWERS), name="管理"))
    assert names(found) == ["管理", "管理 (2)"]
    assert [list(guess(one).tables) for one in found] == [["subscriptions"], ["surveys"]]
    assert facts(found[0])["subscriptions"]["mrr"] == [10, 20, 30]
    assert facts(found[1])["surveys"]["score"] == [9, 3]
    assert read(found[1], guess(found[1])).tables["surveys"]["_row"].tolist() == [3, 4]
    assert found[1].cells.iat[1, 5] == "顧客ID"
    assert found[1].cells.iloc[:, :5].isna().all(axis=None)


@pytest.mark.parametrize("title", [[], [["■ アンケート"]], [["■ アンケート"], []]])
def test_two_tables_one_under_the_other_are_two_sheets_with_their_rows(title: list[list[Any]]) -> None:
    found = tables_of(sheet(["■ 契約"], *LEDGER, ["※ 税抜"], [], [], *title, *ANSWERS, name="管理"))
    assert [list(guess(one).tables) for one in found] == [["subscriptions"], ["surveys"]]
    assert read(found[1], guess(found[1])).tables["surveys"]["_row"].tolist() == [10 + len(title), 11 + len(title)]
    assert [note.text("en") for note in reading(found[0]).notes] == ["Row 6 was left out as a note: '※ 税抜'."]
    assert area(found[1]).title == ("■ アンケート" if title else "")


def test_tables_one_under_the_other_and_side_by_side_are_all_found() -> None:
    usage = [["顧客名", "利用日", "利用回数"], ["A", "2024/8/1", 3]]
    found = tables_of(sheet(*beside(LEDGER, ANSWERS), [], *usage))
    assert [list(guess(one).tables) for one in found] == [["subscriptions"], ["surveys"], ["usage"]]


def test_no_further_table_takes_the_name_of_another_sheet() -> None:
    book = openpyxl.Workbook()
    book.active.title = "管理"
    for row in beside(LEDGER, ANSWERS):
        book.active.append(row)
    for row in LEDGER:
        book.create_sheet("管理 (2)").append(row) if "管理 (2)" not in book.sheetnames else book["管理 (2)"].append(row)
    held = io.BytesIO()
    book.save(held)
    assert names(sheets("a.xlsx", held.getvalue())) == ["管理", "管理 (3)", "管理 (2)"]


def test_a_csv_with_two_tables_is_two_sheets() -> None:
    text = "顧客ID,契約開始日,月額\nA,2024/4/1,10\n,,\n顧客ID,解約日,解約理由\nA,2024/9/1,価格\n"
    found = sheets("given.csv", text.encode())
    assert [list(guess(one).tables) for one in found] == [["subscriptions"], ["cancellations"]]


@pytest.mark.parametrize("rows", [
    [*LEDGER[:3], [], [], LEDGER[3]],
    [LEDGER[0], LEDGER[1], [], LEDGER[0], LEDGER[2], [], ["■ 西日本"], LEDGER[0], LEDGER[3]],
    [[row[0], None, *row[1:3], None, row[3]] for row in LEDGER],
    [["契約台帳"], [], ["作成", "佐藤"], [], *LEDGER],
    [*LEDGER, [], ["合計", None, None, 60]],
    [*LEDGER, [], ["※ 税抜です"], [], ["※ 月額"]],
    [["顧客ID", "契約開始日", "解約日", "月額", None, "請求先", "備考"],
     *([*row, None, "x", "y"] for row in LEDGER[1:])],
    [["顧客ID", "契約開始日", "解約日", "月額", None, "備考", "メモ"],
     *([*row, None, "x", None] for row in LEDGER[1:])],
    [[*row, None, note] for row, note in zip(LEDGER, (None, "解約予定", None, None), strict=True)],
    [*LEDGER, [], ["D", "契約", "月額", 10], ["E", "2024/4/1", None, 20]],
], ids=["blank rows", "repeated headers", "blank columns", "label above", "total", "notes", "more columns",
        "sparse columns", "remark beside", "known words as data"])
def test_one_table_stays_one(rows: list[list[Any]]) -> None:
    given_ = sheet(*rows)
    assert tables_of(given_) == [given_]


MANY = [LEDGER[0], *([f"C{at}", "2024/4/1", None, at] for at in range(1, 13))]


@pytest.mark.parametrize("rows", [
    beside(MANY, [[], ["凡例"], ["黄", "確認中"], ["赤", "解約予定"]]),
    beside(MANY, [["区分", "件数"], ["継続", 10], ["解約", 2]], 2),
    [*MANY, [], ["プラン", "社数"], ["Basic", 7], ["Pro", 5]],
    [*MANY, [], ["■ 集計"], ["プラン", "社数"], ["Basic", 7], ["Pro", 5]],
], ids=["legend", "summary", "list below", "list below a title"])
def test_a_box_beside_or_below_is_a_sheet_without_a_table_and_leaves_the_ledger_whole(rows: list[list[Any]]) -> None:
    ledger, box = tables_of(sheet(*rows, name="台帳"))
    assert (ledger.name, box.name) == ("台帳", "台帳 (2)")
    assert same(facts(ledger), facts(sheet(*MANY)))
    assert reading(ledger).refusals == ()
    assert reading(box).tables == {}
    assert not guess(box).is_used


def test_a_box_that_stands_first_leaves_the_sheets_name_to_the_ledger() -> None:
    ledger, _box = tables_of(sheet(*beside([["凡例", None], ["黄", "確認中"], ["赤", "解約予定"]], MANY), name="台帳"))
    assert (ledger.name, guess(ledger).tables) == ("台帳", ("subscriptions",))


def test_years_one_under_the_other_keep_their_own_months() -> None:
    months = ["顧客名", "4月", "5月", "6月"]
    found = tables_of(sheet(["2023年度"], months, ["A", 1, 1, 1], [], ["2024年度"], months, ["A", 2, 2, 2]))
    assert [list(guess(one).months.values()) for one in found] == [
        ["2023-04", "2023-05", "2023-06"], ["2024-04", "2024-05", "2024-06"]]


def test_two_tables_of_two_levels_keep_their_merged_cells() -> None:
    rows = beside([["顧客ID", "契約", None, "月額"], [None, "開始日", "終了日", None], ["A", "2024/4/1", None, 1]],
                  [["顧客ID", "アンケート", None], [None, "回答日", "NPS"], ["A", "2024/7/1", 9]])
    book = openpyxl.load_workbook(io.BytesIO(workbook(*rows)))
    for cells in ("A1:A2", "B1:C1", "D1:D2", "F1:F2", "G1:H1"):
        book.active.merge_cells(cells)
    held = io.BytesIO()
    book.save(held)
    first, second = sheets("a.xlsx", held.getvalue())
    assert guess(first).columns["subscriptions.start_date"] == "契約 開始日"
    assert guess(second).columns["surveys.score"] == "アンケート NPS"
    assert guess(second).header_levels == 2


CARDS = [["顧客名", "山田", "佐藤", "鈴木"], ["契約開始日", "2024/4/1", "2024/5/1", "2024/6/1"],
         ["解約日", None, "2024/9/1", None], ["月額", 10, 20, 30], ["備考", "x", None, None]]


def test_fields_down_the_first_column_are_read_column_by_column_and_said() -> None:
    found, = tables_of(sheet(*CARDS))
    assert found.is_turned
    assert facts(found)["subscriptions"]["mrr"] == [10, 20, 30]
    assert any("column by column" in note.text("en") for note in reading(found).notes)


def test_a_card_of_one_customer_is_read_too() -> None:
    found, = tables_of(sheet(["顧客カルテ"], *(row[:2] for row in CARDS)))
    assert facts(found)["subscriptions"]["mrr"] == [10]


@pytest.mark.parametrize("rows", [CARDS[1:], [CARDS[0], ["業種", "IT", "小売", "IT"], ["担当者", "a", "b", "c"],
                                              ["プラン", "x", "y", "z"]]], ids=["nobody", "nothing to tell them by"])
def test_fields_down_the_first_column_that_are_not_plain_are_told(rows: list[list[Any]]) -> None:
    found, = tables_of(sheet(*rows))
    assert not found.is_turned
    assert reading(found).tables == {}
    assert any("down its first column" in note.text("en") for note in reading(found).notes)


def test_a_ledger_with_names_of_fields_in_a_column_is_no_dictionary() -> None:
    kinds = ("月額", "年額", "利用料") * 3
    rows = [["費目", "顧客ID", "契約開始日", "金額"], *([kind, "A", "2024/4/1", 10] for kind in kinds)]
    assert guess(sheet(*rows)).tables == ("subscriptions",)


DICTIONARY = [["項目名", "説明", "型"], ["顧客ID", "CRMの取引先ID", "文字"], ["契約開始日", "利用を始めた日", "日付"],
              ["解約日", "解約した日。契約中は空欄", "日付"], ["月額", "税抜の月額", "数値"]]


@pytest.mark.parametrize(("rows", "name"), [
    (DICTIONARY, "Sheet1"), (DICTIONARY[1:], "項目説明"),
    ([["No", "シート名", "内容"], [1, "契約台帳", "契約の一覧"]], "目次"),
    ([["黄", "確認中"], ["赤", "解約予定"]], "凡例"),
    ([["Sheet", "What it holds"], ["Contracts", "all of them"]], "Index"),
    ([["Read me first"], ["Contracts are in the next sheet"]], "README"),
])
def test_a_dictionary_or_an_index_is_off_and_says_what_it_is(rows: list[list[Any]], name: str) -> None:
    given_, = tables_of(sheet(*rows, name=name))
    assert not guess(given_).is_used
    assert reading(given_).tables == {}
    assert any("describes" in note.text("en") for note in reading(given_).notes)


def test_a_ledger_on_a_sheet_called_index_is_read() -> None:
    assert guess(sheet(*LEDGER, name="目次")).is_used


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31))
PLANS = st.sampled_from([None, "Basic", "Pro"])
ROWS = st.lists(st.tuples(DAYS, st.integers(1, 10**6), PLANS), min_size=1, max_size=12)


def ledger_of(rows: list[tuple[dt.date, int, str | None]]) -> list[list[Any]]:
    return [["顧客ID", "契約開始日", "月額", "プラン"], *([f"C{at}", day, amount, plan]
                                              for at, (day, amount, plan) in enumerate(rows))]


def answers_of(rows: list[tuple[dt.date, int, str | None]]) -> list[list[Any]]:
    return [["顧客ID", "回答日", "NPSスコア"],
            *([f"C{at}", day, amount % 11] for at, (day, amount, _plan) in enumerate(rows))]


@settings(max_examples=30, deadline=None)
@given(ROWS, st.integers(0, 6), st.integers(0, 4), st.lists(st.integers(1, 12), max_size=3), st.integers(0, 4))
def test_a_single_table_at_any_place_with_blank_rows_and_a_blank_column_reads_as_before(
        rows: list[Any], down: int, right: int, blanks: list[int], column: int) -> None:
    plain = ledger_of(rows)
    given_ = [[*row[:column], None, *row[column:]] for row in plain] if column else [*plain]
    for at in sorted(set(blanks), reverse=True):
        if at < len(given_):
            given_.insert(at, [])
    placed = sheet(*[[]] * down, *([*[None] * right, *row] for row in given_))
    found, = tables_of(placed)
    assert same(facts(found), facts(sheet(*plain)))


@settings(max_examples=30, deadline=None)
@given(ROWS, ROWS, st.integers(1, 3), st.booleans())
def test_two_tables_read_as_each_alone(first: list[Any], second: list[Any], gap: int, is_beside: bool) -> None:
    left, right = ledger_of(first), answers_of(second)
    rows = beside(left, right, gap) if is_beside else [*left, *[[]] * gap, *right]
    one, other = tables_of(sheet(*rows))
    assert same(facts(one), facts(sheet(*left)))
    assert same(facts(other), facts(sheet(*right)))
