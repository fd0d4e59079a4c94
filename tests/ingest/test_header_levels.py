"""Headers in two or three levels, with merged cells and without, and months whose year stands above or in a name."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import applied, fitted
from cs_kpi.ingest.headers import area
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.understanding import document_text, mappings
from tests.ingest.given import csv, reading, sheet

FISCAL = [*(f"{month}月" for month in range(4, 13)), "1月", "2月", "3月"]
TODAY = dt.date(2025, 8, 20)


def merged(rows: list[list[Any]], *ranges: str, name: str = "Sheet1", file: str = "given.xlsx") -> Sheet:
    """A sheet that went through a workbook with merged cells."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for cells in ranges:
        book.active.merge_cells(cells)
    held = io.BytesIO()
    book.save(held)
    return sheets(file, held.getvalue())[0]


def notes(found: SheetReading) -> str:
    return "\n".join(note.text("en") for note in found.notes)


def asked(found: SheetReading) -> dict[str, str]:
    return {question.id: question.assumed for question in found.questions}


TWO = [["顧客名", "契約", None, "料金", None],
       [None, "開始日", "終了日", "月額", "備考"],
       ["山田", "2024/4/1", "2025/3/31", 100, "x"],
       ["佐藤", "2024/5/1", None, 200, None]]
NAMES = ("顧客名", "契約 開始日", "契約 終了日", "料金 月額", "料金 備考")


def test_merged_cells_of_a_workbook_arrive_with_their_places() -> None:
    assert tuple(sorted(merged(TWO, "A1:A2", "B1:C1", "D1:E1").merges)) == ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))


@pytest.mark.parametrize("given", [
    merged(TWO, "A1:A2", "B1:C1", "D1:E1"), merged(TWO, "B1:C1", "D1:E1"), merged(TWO),
    csv("顧客名,契約,,料金,\n,開始日,終了日,月額,備考\n山田,2024/4/1,2025/3/31,100,x\n佐藤,2024/5/1,,200,\n"),
    merged([["契約一覧", None, None, None, "単位：円"], *TWO], "B2:C2", "D2:E2"),
    merged([["契約一覧"], [], *TWO], "A1:E1", "A3:A4", "B3:C3", "D3:E3"),
], ids=["merged", "merged sideways", "not merged", "csv", "below title and unit", "below a merged title"])
def test_two_levels_are_joined_and_read_however_they_are_merged(given: Sheet) -> None:
    found = reading(given)
    assert area(given).headers == NAMES
    assert found.mapping.header_levels == 2
    assert {place: found.mapping.columns[f"subscriptions.{place}"] for place in ("start_date", "end_date", "mrr")} == {
        "start_date": "契約 開始日", "end_date": "契約 終了日", "mrr": "料金 月額"}
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 200]
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["山田", "佐藤"]
    assert not found.refusals


def test_a_level_above_does_not_lend_its_word_to_another_table() -> None:
    rows = [["顧客名", "導入支援", None, "契約", None, "月額"], [None, "開始日", "完了日", "開始日", "終了日", None],
            ["山田", "2023/1/1", "2023/2/1", "2024/4/1", None, 10]]
    found = reading(merged(rows, "A1:A2", "B1:C1", "D1:E1", "F1:F2"))
    assert found.mapping.columns["subscriptions.start_date"] == "契約 開始日"
    assert found.mapping.columns["subscriptions.end_date"] == "契約 終了日"


def test_a_group_called_information_on_something_names_that_thing() -> None:
    found = reading(merged([["顧客情報", None, "契約情報", None], ["ID", "名称", "開始日", "月額"],
                            ["C1", "山田", "2024/4/1", 1]], "A1:B1", "C1:D1"))
    assert found.mapping.columns["customers.customer_id"] == "顧客情報 ID"
    assert found.mapping.columns["customers.customer_name"] == "顧客情報 名称"


def test_three_levels_are_joined_and_a_repeated_part_counts_once() -> None:
    rows = [["顧客名", "2024年度", None, None, None, "2024年度"], [None, "上期", None, "下期", None, "2024年度"],
            [None, "4月", "5月", "10月", "11月", "合計"], ["山田", 1, 1, 2, 2, 6]]
    found = reading(merged(rows, "A1:A3", "B1:E1", "B2:C2", "D2:E2"))
    assert found.mapping.header_levels == 3
    assert found.mapping.headers == ("顧客名", "2024年度 上期 4月", "2024年度 上期 5月", "2024年度 下期 10月",
                                     "2024年度 下期 11月", "2024年度 合計")
    assert found.mapping.months["2024年度 下期 11月"] == "2024-11"
    assert "left out, so that nothing counts twice: 2024年度 合計" in notes(found)


@pytest.mark.parametrize(("rows", "row"), [
    ([["契約台帳", None, None, None, "株式会社サンプル"], ["顧客名", "担当", "開始日", "終了日", "月額"],
      ["山田", "a", "2024/4/1", None, 1]], 2),
    ([[None, None, None, None, "（単位：千円）"], ["顧客名", "担当", "開始日", "終了日", "月額"],
      ["山田", "a", "2024/4/1", None, 1]], 2),
    ([["2024年4月1日現在", None, "作成：佐藤"], ["顧客名", "開始日", "月額"], ["山田", "2024/4/1", 1]], 2),
    ([["顧客名", "担当", "担当", None], ["山田", "a", "b", "c"], ["鈴木", "a", "b", None]], 1),
    ([["顧客名", "開始日", "終了日", "月額", None], ["山田", "2024/4/1", None, 10, "要確認"],
      ["鈴木", "2024/4/1", None, 10, None]], 1),
    ([["No", "顧客名", "解約日", "担当", None], [None, "山田", None, "佐藤", "済"],
      [2, "鈴木", "2024/4/1", "佐藤", None]], 1),
], ids=["title and company", "unit", "date and author", "no name", "remark without name", "blanks in the first row"])
def test_titles_units_and_first_rows_are_no_level(rows: list[list[Any]], row: int) -> None:
    assert (area(merged(rows)).header_row, area(merged(rows)).header_levels) == (row, 1)


def test_a_merged_name_over_two_columns_of_data_is_a_header_of_one_level() -> None:
    rows = [["顧客", None, "開始日", "月額"], ["C1", "山田", "2024/4/1", 1], ["C2", "鈴木", "2024/4/1", 2]]
    assert area(merged(rows, "A1:B1")).header_levels == 1


def test_levels_can_be_set_by_hand_and_are_kept_in_the_saved_mapping() -> None:
    given = merged(TWO, "B1:C1", "D1:E1")
    by_hand = guess(given, 2, 1)
    assert (by_hand.header_row, by_hand.header_levels) == (2, 1)
    assert read(given, by_hand).headers == ("A", "開始日", "終了日", "月額", "備考")
    saved = mappings(document_text([read(given, by_hand)]))
    assert saved == [by_hand]
    assert fitted(saved, given) == by_hand


def test_a_mapping_of_two_levels_fits_a_later_file_further_down() -> None:
    saved = [guess(merged(TWO, "B1:C1", "D1:E1"))]
    moved = merged([["契約一覧"], [], *TWO], "B3:C3", "D3:E3", name="Sheet2", file="later.xlsx")
    found = applied(saved, [moved])[0]
    assert (found.header_row, found.header_levels) == (4, 2)
    assert found.columns == saved[0].columns


def by_year(label: str, months: list[str], amounts: list[int]) -> list[list[Any]]:
    return [["顧客名", label, *[None] * (len(months) - 1)], [None, *months], ["山田", *amounts], ["佐藤", *amounts]]


@pytest.mark.parametrize(("label", "months", "expected"), [
    ("2024年度", FISCAL, ["2024-04", "2025-03"]),
    ("2024年", [f"{month}月" for month in range(1, 13)], ["2024-01", "2024-12"]),
    ("2024年", FISCAL, ["2024-04", "2025-03"]),
    ("令和6年度", FISCAL, ["2024-04", "2025-03"]),
    ("FY2024", ["Apr", "May", "Jun", "Jul", "Jan", "Feb"], ["2024-04", "2025-02"]),
    ("FY24", ["July", "August", "June"], ["2024-07", "2025-06"]),
    ("2024", ["Jan", "Feb", "Mar", "Apr"], ["2024-01", "2024-04"]),
    ("2024年度実績", FISCAL[:3], ["2024-04", "2024-06"]),
])
@pytest.mark.parametrize("is_merged", [True, False])
def test_a_year_over_its_months_dates_them(label: str, months: list[str], expected: list[str], is_merged: bool) -> None:
    rows = by_year(label, months, list(range(1, len(months) + 1)))
    last = openpyxl.utils.get_column_letter(len(months) + 1)
    found = reading(merged(rows, *([f"B1:{last}1", "A1:A2"] if is_merged else [])))
    assert [found.mapping.months[f"{label} {month}"] for month in (months[0], months[-1])] == expected
    assert len(found.mapping.months) == len(months)
    assert not [question for question in asked(found) if question.startswith("year")]


def test_the_latest_month_may_stand_first() -> None:
    rows = by_year("2024年度", FISCAL[::-1], list(range(12)))
    months = reading(merged(rows, "B1:M1")).mapping.months
    assert (months["2024年度 4月"], months["2024年度 3月"]) == ("2024-04", "2025-03")


def test_two_years_side_by_side_end_where_the_next_begins() -> None:
    rows = [["顧客名", "2023年度", None, None, "2024年度", None, None],
            [None, "1月", "2月", "3月", "4月", "5月", "6月"], ["山田", 1, 1, 1, 2, 2, 2]]
    found = reading(merged(rows, "B1:D1", "E1:G1"))
    assert list(found.mapping.months.values()) == ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]


def test_months_over_their_measures_are_the_months_of_the_money() -> None:
    rows = [["顧客名", "2024年4月", None, "2024年5月", None, "2024年6月", None],
            [None, "MRR", "解約予兆", "MRR", "解約予兆", "MRR", "解約予兆"], ["山田", 10, 1, 10, 2, 20, 3]]
    found = reading(merged(rows, "A1:A2", "B1:C1", "D1:E1", "F1:G1"))
    assert found.mapping.months == {"2024年4月 MRR": "2024-04", "2024年5月 MRR": "2024-05", "2024年6月 MRR": "2024-06"}
    assert found.tables["subscriptions"]["mrr"].tolist() == [10, 20]


WITHOUT = [["顧客名", *FISCAL], ["山田", *range(1, 13)], ["佐藤", *range(1, 13)]]


@pytest.mark.parametrize(("given", "first", "source"), [
    (sheet(["2024年度 MRR推移"], *WITHOUT), "2024-04", "2024年度 MRR推移"),
    (sheet(*WITHOUT, name="2023年度"), "2023-04", "2023年度"),
    (sheet(*WITHOUT, file="MRR_2022年度.xlsx"), "2022-04", "MRR_2022年度"),
    (sheet(["MRR推移（2024年4月～2025年3月）"], *WITHOUT), "2024-04", "MRR推移（2024年4月～2025年3月）"),
])
def test_a_title_or_a_name_tells_the_year_and_is_named(given: Sheet, first: str, source: str) -> None:
    found = read(given, guess(given), TODAY)
    assert found.mapping.months["4月"] == first
    assert found.mapping.months["3月"] == f"{int(first[:4]) + 1}-03"
    assert asked(found) == {}
    assert f"by '{source}'" in notes(found)


@pytest.mark.parametrize("name", ["MRR", "MRR 2025-06-30", "MRR_20250630", "2025/6/30現在", "2027年度"])
def test_a_year_that_nothing_tells_is_asked_and_the_answer_moves_all_months(name: str) -> None:
    given = sheet([name], *WITHOUT)
    mapping = guess(given)
    found = read(given, mapping, TODAY)
    begin = int(found.mapping.months["4月"][:4])
    assert asked(found) == {"year_of_months:4月": str(begin)}
    assert begin == (dt.date.today().year - (1 if dt.date.today().month >= 3 else 2))
    answered = mapping.model_copy(update={"answers": {"year_of_months:4月": str(begin - 1)}})
    moved = read(given, answered, TODAY).mapping
    assert (moved.months["4月"], moved.months["3月"]) == (f"{begin - 1}-04", f"{begin}-03")
    assert read(given, moved, TODAY).mapping.months == moved.months


def test_the_likelier_year_puts_no_amount_into_the_future() -> None:
    months = area(sheet(["顧客名", "4月", "5月", "6月", "7月"], ["山田", 1, 1, None, None]), today=dt.date(2025, 5, 2))
    assert months.year_label.year == 2025
    months = area(sheet(["顧客名", "4月", "5月", "6月", "7月"], ["山田", 1, 1, 1, None]), today=dt.date(2025, 5, 2))
    assert months.year_label.year == 2024


def test_a_fiscal_year_cut_down_to_january_to_march_is_asked() -> None:
    found = reading(merged(by_year("2024年度", ["1月", "2月", "3月"], [1, 2, 3]), "B1:D1"))
    assert list(found.mapping.months.values()) == ["2025-01", "2025-02", "2025-03"]
    assert asked(found) == {"year_of_months:2024年度 1月": "2025"}


def test_the_file_of_the_next_year_has_the_months_of_its_own_year() -> None:
    first, second = sheet(["2023年度"], *WITHOUT, file="a.xlsx"), sheet(["2024年度"], *WITHOUT, file="b.xlsx")
    assert applied([guess(first)], [second])[0].months["4月"] == "2024-04"
    assert applied([guess(first)], [first])[0].months["4月"] == "2023-04"


def test_totals_among_months_of_levels_are_left_out_and_named() -> None:
    months = [*FISCAL[:6], "上半期計", *FISCAL[6:], "Q4計", "合計"]
    found = reading(merged(by_year("2024年度", months, list(range(15))), "B1:P1", "A1:A2"))
    assert len(found.mapping.months) == 12
    assert "2024年度 上半期計, 2024年度 Q4計, 2024年度 合計" in notes(found)
