"""Figures beside what was read are named, so that nobody takes them for read."""

import pytest

from cs_kpi.ingest.records import Sheet, SheetReading
from tests.ingest.given import reading, sheet


def notes(read: SheetReading) -> str:
    return "\n".join(note.text("en") for note in read.notes)


@pytest.mark.parametrize("given", [
    sheet(["顧客名", "業種", "2022年度", "2023年度"], ["A社", "IT", 1200, 1300], ["B社", "小売", 500, 0]),
    sheet(["顧客名", "契約日", "2022年度売上", "2023年度売上"], ["A社", "2020/4/1", 1200, 1300],
          ["B社", "2021/4/1", 500, 0]),
    sheet(["Customer", "FY2022", "FY2023"], ["A", 1200, 1300], ["B", 500, 0])], ids=["fiscal", "sales", "English"])
def test_amounts_per_year_are_no_contracts_which_is_said_with_what_would_do(given: Sheet) -> None:
    read = reading(given)
    assert "subscriptions" not in read.tables
    assert "hold figures per year" in notes(read)
    assert "load a column per month, or a row per contract" in notes(read)


def test_beside_contracts_amounts_per_year_are_named_as_attributes() -> None:
    read = reading(sheet(["顧客名", "契約日", "月額", "2022年度", "2023年度"], ["A社", "2020/4/1", 100, 1200, 1300]))
    assert read.tables["subscriptions"]["mrr"].tolist() == [100.0]
    assert "Columns 2022年度, 2023年度 hold figures per year. They are kept as attributes" in notes(read)


def test_another_measure_of_the_same_months_is_named() -> None:
    read = reading(sheet(["顧客名", "11月", None, "12月", None, "1月", None],
                         [None, "売上", "粗利", "売上", "粗利", "売上", "粗利"],
                         ["A社", 100, 40, 100, 40, 100, 40], ["B社", 50, 20, 50, 20, 50, 20], name="2023年度"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [100.0, 50.0]
    assert "further figures for its months: 粗利." in notes(read)


def test_a_table_by_months_with_one_measure_says_nothing_of_others() -> None:
    read = reading(sheet(["顧客名", "社員数", "2024-01", "2024-02", "2024-03"], ["A社", 20, 100, 100, 100]))
    assert "further figures" not in notes(read)
    assert "per year" not in notes(read)
