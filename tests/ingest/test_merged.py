"""Labels of merged cells hold for every row they span, amounts count once; a row of units is neither name nor data."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.headers import area
from cs_kpi.ingest.records import Sheet, SheetReading
from tests.ingest.given import csv, reading, sheet

HEAD = ["顧客コード", "顧客名", "製品", "契約開始日", "月額"]


def merged(rows: list[list[Any]], *ranges: str) -> Sheet:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in ranges:
        book.active.merge_cells(cells)
    held = io.BytesIO()
    book.save(held)
    return sheets("given.xlsx", held.getvalue())[0]


def notes(found: SheetReading) -> str:
    return "\n".join(note.text("en") for note in found.notes)


def test_a_customer_merged_over_its_contracts_has_them_all_and_says_so() -> None:
    found = reading(merged([HEAD, ["M1", "山田", "A", "2024/4/1", 10], [None, None, "B", "2024/5/1", 20],
                            ["M2", "佐藤", "A", "2024/4/1", 30]], "A2:A3", "B2:B3"))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["M1", "M1", "M2"]
    assert found.refusals == ()
    assert "column '顧客コード' hold for every row that they span: 1 row filled (row 3)" in notes(found)


def test_an_id_typed_as_a_number_and_a_date_are_filled_down_and_an_amount_is_not() -> None:
    # 月額 30 is one fee for both products: 30 in all, never 60; the second row has no amount of its own.
    found = reading(merged([HEAD, [7890, "山田", "A", "2024/4/1", 30], [None, None, "B", None, None]],
                           "A2:A3", "B2:B3", "D2:D3", "E2:E3"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [30]
    assert [(refusal.row, refusal.column) for refusal in found.refusals] == [(3, "月額")]
    assert "column '月額' count once, in the first of their rows: 1 (row 2)" in notes(found)


def test_rows_that_hold_nothing_but_a_merged_label_stay_blank() -> None:
    found = reading(merged([HEAD, ["M1", "山田", "A", "2024/4/1", 10], [None] * 5, ["M2", "佐藤", "A", "2024/4/1", 30]],
                           "A2:A3", "B2:B3"))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["M1", "M2"]
    assert found.refusals == ()


@pytest.mark.parametrize("given", [
    csv(",".join(HEAD) + "\nM1,山田,A,2024/4/1,10\n,,B,2024/5/1,20\n"),
    merged([HEAD, ["M1", "山田", "A", "2024/4/1", 10], [None, None, "B", "2024/5/1", 20]]),
], ids=["csv", "not merged"])
def test_nothing_is_filled_down_where_no_cells_are_merged(given: Sheet) -> None:
    found = reading(given)
    assert found.tables["subscriptions"]["mrr"].tolist() == [10]
    assert {refusal.row for refusal in found.refusals} == {3}


def test_an_amount_merged_over_months_is_named() -> None:
    head = ["顧客名", "2024年4月", "2024年5月", "2024年6月"]
    found = reading(merged([head, ["山田", 30, None, None], ["佐藤", 1, 1, 1]], "B2:D2"))
    assert "Numbers merged over several columns count in the first of them: 1 (row 2)" in notes(found)


@pytest.mark.parametrize(("units", "factor"), [
    (["", "", "", "(日付)", "(千円)"], 1000), ([None, None, None, None, "千円"], 1000), (["-", "", "", "", "円"], None),
    ([None, None, None, None, "（円）"], 1),
])
def test_a_row_of_units_below_the_header_is_neither_name_nor_data(units: list[Any], factor: int | None) -> None:
    found = reading(sheet(HEAD, units, ["M1", "山田", "A", "2024/4/1", 10], ["M2", "佐藤", "A", "2024/4/1", 30]))
    assert found.headers == tuple(HEAD)
    assert found.tables["subscriptions"]["mrr"].tolist() == [10 * (factor or 1), 30 * (factor or 1)]
    assert bool(found.refusals) == (factor is None)
    assert ("Row 2 was read as the units of its columns" in notes(found)) == (factor is not None)


def test_a_row_of_units_below_two_levels_belongs_to_neither() -> None:
    given = merged([["顧客名", "契約", None, "料金"], [None, "開始日", "終了日", "月額"], [None, None, None, "(万円)"],
                    ["山田", "2024/4/1", None, 1.5], ["佐藤", "2024/4/1", None, 2]], "A1:A2", "B1:C1")
    assert (area(given).header_row, area(given).header_levels) == (2, 2)
    assert reading(given).tables["subscriptions"]["mrr"].tolist() == [15_000, 20_000]


@pytest.mark.parametrize("header", ["契\n約\n日", "契 約 日", "契　約　日", "契\r\n約\r\n日"])
def test_a_header_written_downwards_is_the_same_header(header: str) -> None:
    found = reading(sheet(["顧客名", header, "月\n額\n（税込）"], ["山田", "2024/4/1", 10]))
    assert list(found.tables) == ["customers", "subscriptions"] or list(found.tables) == ["subscriptions"]
    assert found.tables["subscriptions"]["start_date"].dt.year.tolist() == [2024]


def test_totals_are_left_out_of_tables_of_several_levels() -> None:
    found = reading(merged([["顧客名", "契約", None, "料金"], [None, "開始日", "終了日", "月額"],
                            ["山田", "2024/4/1", None, 1], [], ["小計", None, None, 1], ["佐藤", "2024/4/1", None, 2],
                            [None, "開始日", "終了日", "月額"], ["合計", None, None, 3]], "A1:A2", "B1:C1"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [1, 2]
    assert found.refusals == ()
