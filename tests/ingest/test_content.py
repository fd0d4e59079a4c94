"""What no header tells is told by content: taken where one column stands out, asked where several compete."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from tests.ingest.given import reading, sheet

D = dt.date
TERMS = [(D(2023, 4, 1), D(2024, 3, 31)), (D(2023, 6, 1), None), (D(2024, 1, 1), None), (D(2024, 2, 1), D(2024, 9, 30))]
STARTS, ENDS = [one for one, _end in TERMS], [end for _one, end in TERMS]
CODES = ["A1", "A2", "A3", "A4"]
FEES = [12000, 8000, 15000, 9000]
PLACES = ["青葉水族館", "北斗水族館", "川端水族館", "瀬戸内水族館"]
CHIEFS = ["佐藤 健", "鈴木 花子", "高橋 一郎", "田中 実"]


def ledger(head: list[str], *columns: list[Any], name: str = "Sheet1") -> Sheet:
    return sheet(head, *(list(row) for row in zip(*columns, strict=True)), name=name)


def notes(found: SheetReading) -> list[str]:
    return [note.text("en") for note in found.notes if "by its content" in note.text("en")]


def test_a_name_under_a_trades_own_word_beside_a_known_key_is_taken_shown_as_unsure_and_said() -> None:
    head = ["館コード", "水族館", "館長", "契約開始日", "解約日", "月額"]
    given = ledger(head, CODES, PLACES, CHIEFS, STARTS, ENDS, FEES)
    found = reading(given)
    assert found.mapping.columns["customers.customer_name"] == "水族館"
    assert found.mapping.confidence["customers.customer_name"] == 0.5
    assert found.mapping.confidence["subscriptions.customer_id"] > 0.8
    assert notes(found) == ["Column '水族館' was taken for Customer name by its content, since no header says so. If "
                            "that is wrong, choose another column on the data page."]
    assert found.tables["customers"]["customer_name"].tolist() == PLACES
    assert found.questions == ()


def test_a_name_without_any_key_is_key_and_name() -> None:
    halls = ["Kelp Hall", "Reef House", "Tide Rooms", "Cove"]
    found = reading(ledger(["Aquarium", "Contract start", "Monthly fee"], halls, STARTS, FEES, name="Contracts"))
    assert found.mapping.columns["subscriptions.customer_id"] == "Aquarium"
    assert found.mapping.columns["customers.customer_name"] == "Aquarium"
    assert found.tables["subscriptions"]["customer_id"].tolist() == halls


def test_of_two_likely_names_the_first_is_taken_and_it_is_asked() -> None:
    given = ledger(["ID", "Kennel", "Brandline", "Contract start", "MRR"], ["K1", "K2", "K3", "K4"],
                   ["Paws", "Tails", "Barks", "Muzzle"], ["Red", "Green", "Blue", "Grey"],
                   STARTS, FEES)
    found = reading(given)
    [asked] = found.questions
    assert asked.id == "by_content:Kennel"
    assert list(asked.options) == ["Kennel", "Brandline", "none"]
    assert found.tables["customers"]["customer_name"].tolist() == ["Paws", "Tails", "Barks", "Muzzle"]
    other = reading(given, by_content="Brandline")
    assert other.tables["customers"]["customer_name"].tolist() == ["Red", "Green", "Blue", "Grey"]
    assert "customer_name" not in reading(given, by_content="none").tables.get("customers", {})


def test_a_sheet_whose_words_are_all_unknown_is_read_by_its_content_and_asked_about_as_a_whole() -> None:
    given = ledger(["ばんごう", "なまえ", "はじめ", "おわり", "おかね"], ["Q1", "Q2", "Q3", "Q4"], PLACES,
                   STARTS, ENDS, FEES)
    found = reading(given)
    assert found.mapping.columns == {
        "customers.customer_id": "ばんごう", "customers.customer_name": "なまえ",
        "subscriptions.customer_id": "ばんごう",
        "subscriptions.start_date": "はじめ", "subscriptions.end_date": "おわり", "subscriptions.mrr": "おかね"}
    [asked] = found.questions
    assert "ばんごう: Customer ID" in asked.text.text("en")
    assert found.tables["subscriptions"]["mrr"].tolist() == FEES
    assert reading(given, by_content="no").tables == {}


def test_what_the_user_chose_is_neither_said_nor_asked() -> None:
    given = ledger(["館コード", "水族館", "契約開始日", "月額"], CODES, PLACES, STARTS,
                   FEES)
    chosen = corrected(guess(given), "水族館", "customers.customer_name")
    assert notes(read(given, chosen)) == []


def test_an_end_under_an_unknown_word_is_asked_since_it_decides_who_left() -> None:
    given = ledger(["Customer", "Start date", "Moored off", "MRR"], ["Kelp", "Reef", "Tide", "Cove"],
                   STARTS, ENDS, FEES)
    found = reading(given)
    assert found.mapping.columns["subscriptions.end_date"] == "Moored off"
    assert [asked.id for asked in found.questions] == ["by_content:Moored off"]
    assert found.tables["subscriptions"]["end_date"].notna().tolist() == [True, False, False, True]
    kept = reading(given, by_content="none").tables["subscriptions"]
    assert "end_date" not in kept or kept["end_date"].isna().all()


def test_customers_by_months_under_an_unknown_word() -> None:
    long = ledger(["酒蔵", "対象月", "請求額"], ["青葉酒造", "北斗酒造", "川端酒造"] * 2,
                  ["2025/01"] * 3 + ["2025/02"] * 3, [10000, 20000, 30000] * 2)
    assert reading(long).mapping.shape == "monthly_long"
    assert reading(long).mapping.columns["subscriptions.customer_id"] == "酒蔵"
    wide = sheet(["酒蔵", "2025年1月", "2025年2月", "2025年3月"], ["青葉酒造", 10, 10, 10], ["北斗酒造", 20, 20, None],
                 ["川端酒造", None, 30, 30], name="月別請求")
    assert reading(wide).mapping.shape == "monthly_wide"
    assert reading(wide).tables["subscriptions"]["customer_id"].tolist() == ["青葉酒造", "北斗酒造", "川端酒造"]


def test_seats_are_what_gives_the_fee_when_multiplied_by_the_price_of_one() -> None:
    head = ["顧客ID", "センサー台数", "単価", "月額", "契約開始日"]
    found = reading(ledger(head, CODES, [2, 3, 5, 4], [1500] * 4, [3000, 4500, 7500, 6000], STARTS))
    assert found.tables["subscriptions"]["seats"].tolist() == [2, 3, 5, 4]


def test_the_only_column_of_days_is_the_day_of_an_answer() -> None:
    found = reading(ledger(["Lodge", "Handed in", "NPS"], ["Elm", "Oak", "Ash", "Fir"], STARTS,
                           [9, 10, 3, 7], name="NPS"))
    assert found.mapping.columns["surveys.answered_on"] == "Handed in"
    assert found.tables["surveys"]["customer_id"].tolist() == ["Elm", "Oak", "Ash", "Fir"]


@pytest.mark.parametrize(("head", "columns"), [
    (["部品番号", "部品名", "単価", "入荷日"], [["P1", "P2", "P3", "P4"], PLACES, FEES, STARTS]),
    (["社員番号", "氏名", "入社日", "退職日", "基本給"],
     [["S1", "S2", "S3", "S4"], CHIEFS, STARTS, ENDS, FEES]),
    (["Title", "Released", "Withdrawn", "Price"],
     [PLACES, STARTS, ENDS, FEES]),
    (["支店", "2025年1月", "2025年2月", "2025年3月"], [PLACES, FEES, FEES, FEES]),
], ids=["parts", "staff", "films", "branches"])
def test_lists_of_other_things_stay_unread(head: list[str], columns: list[list[Any]]) -> None:
    assert "subscriptions" not in reading(ledger(head, *columns)).tables


def test_dates_and_numbers_of_other_things_are_no_contract() -> None:
    found = reading(ledger(["顧客ID", "顧客名", "設立日", "従業員数", "最終面談日"], CODES, PLACES,
                           STARTS, FEES, STARTS, name="顧客"))
    assert "subscriptions" not in found.tables


def test_the_month_of_a_renewal_is_neither_a_month_of_rows_nor_the_day_of_an_answer() -> None:
    head = ["顧客ID", "会社名", "担当", "更新月", "MRR", "NPS"]
    rows = [[f"K{place}", f"{place}社", "田中", "2024/10", 30000, place] for place in range(3, 9)]
    found = reading(sheet(head, *rows))
    assert not [header for header in found.mapping.columns.values() if header == "更新月"]
    assert "subscriptions" not in found.tables
    assert found.tables["surveys"]["score"].tolist() == [3, 4, 5, 6, 7, 8]
