"""Layouts made to be printed: a customer in the first row of its group, rows that compare, months in names."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, reading, sheet

D = dt.date
HEAD = ["顧客名", "プラン", "契約開始日", "月額"]


def test_a_customer_in_the_first_row_of_its_group_holds_for_the_rows_below() -> None:
    found = reading(sheet(HEAD, ["A社", "基本", D(2024, 4, 1), 1000], [None, "追加", D(2024, 4, 1), 500],
                          [None, "保守", D(2024, 6, 1), 300], ["B社", "基本", D(2024, 4, 1), 1000],
                          [None, "追加", D(2024, 8, 1), 400], ["C社", "基本", D(2024, 4, 1), 1000]))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["A社", "A社", "A社", "B社", "B社", "C社"]
    assert found.refusals == ()
    assert "filled down: 3 rows (row 3, 4, 6)" in " ".join(note.text("en") for note in found.notes)


def test_a_key_and_a_name_that_lack_together_are_filled_together() -> None:
    found = reading(sheet(["顧客ID", *HEAD], ["1", "A社", "基本", D(2024, 4, 1), 1000],
                          [None, None, "追加", D(2024, 4, 1), 5], ["2", "B社", "基本", D(2024, 4, 1), 1000],
                          [None, None, "追加", D(2024, 8, 1), 400]))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["1", "1", "2", "2"]


@pytest.mark.parametrize("names", [
    ["A社", "B社", "C社", "D社", None, "E社", "F社", "G社"], ["A社", "A社", None, "B社", "B社", None, "C社", None],
    [None, "A社", None, "B社", None, "C社", None, "D社"]], ids=["one forgotten", "names repeated", "first lacks"])
def test_names_that_were_forgotten_are_refused_and_not_made_up(names: list[str | None]) -> None:
    rows = [[name, "基本", D(2024, 4, 1 + place), 1000 + place] for place, name in enumerate(names)]
    found = reading(sheet(HEAD, *rows))
    assert len(found.tables["subscriptions"]) == len([name for name in names if name])
    assert {one.row for one in found.refusals} == {place + 2 for place, name in enumerate(names) if name is None}


def test_rows_that_compare_are_no_customers_and_do_not_spoil_the_months() -> None:
    found = reading(sheet(["顧客名", "2024年4月", "2024年5月", "2024年6月"], ["A社", 10, 10, 10], ["B社", 10, 20, 20],
                          ["今月計", 20, 30, 30], ["前年比", "98%", "101%", "99%"], ["前月比", 1, 1.5, 1],
                          ["累計", 20, 50, 80], name="MRR"))
    assert found.mapping.shape == "monthly_wide"
    assert set(found.tables["subscriptions"]["customer_id"]) == {"A社", "B社"}
    assert "left out: 4 (row 4, 5, 6, 7)" in " ".join(note.text("en") for note in found.notes)


def test_a_customer_called_like_a_comparison_with_an_id_of_its_own_stays() -> None:
    found = reading(sheet(["顧客ID", "顧客名", "契約開始日", "月額"], ["C1", "累計", D(2024, 4, 1), 10],
                          ["C2", "B社", D(2024, 4, 1), 10]))
    assert found.tables["customers"]["customer_name"].tolist() == ["累計", "B社"]


def test_files_named_by_their_months_make_one_book_of_months() -> None:
    april = csv("顧客ID,金額\nA1,1000\nA2,2000\nA3,3000\n", name="MRR_202404.csv")
    may = csv("顧客ID,金額\nA1,1000\nA3,3500\n", name="MRR_202405.csv")
    found = [read(one, guess(one)) for one in (april, may)]
    assert [one.mapping.months for one in found] == [{"金額": "2024-04"}, {"金額": "2024-05"}]
    assert "the MRR of 2024-04, the month in the name" in " ".join(note.text("en") for note in found[0].notes)
    rows = book_of(found, today=D(2024, 6, 10)).tables["subscriptions"]
    told = rows.sort_values(["customer_id", "start_date"])
    assert told["customer_id"].tolist() == ["A1", "A2", "A3", "A3"]  # A1 pays the same in both: one run (handbook 1)
    assert told["mrr"].tolist() == [1000, 2000, 3000, 3500]
    assert told["start_date"].dt.month.tolist() == [4, 4, 4, 5]
    may_first = pd.Timestamp("2024-05-01")
    assert told["end_date"].tolist() == [pd.NaT, may_first, may_first, pd.NaT]


def test_the_month_of_a_name_can_be_changed() -> None:
    given = sheet(["顧客名", "売上"], ["A社", 1000], ["B社", 2000], file="売上_2024年4月.xlsx")
    moved = corrected(guess(given), "売上", "months.mrr", "2024-05")
    assert read(given, moved).tables["subscriptions"]["start_date"].dt.month.unique().tolist() == [5]


def test_of_columns_with_the_same_header_the_first_is_taken_the_other_kept_and_it_is_asked() -> None:
    given = sheet(["顧客ID", "契約開始日", "担当", "月額", "担当", "月額"],
                  ["1", D(2024, 4, 1), "佐藤", 10, "田中", 15], ["2", D(2024, 5, 1), "鈴木", 20, "田中", 25])
    found = reading(given)
    assert sorted(asked.id for asked in found.questions) == ["repeated_header:担当", "repeated_header:月額"]
    assert found.tables["subscriptions"]["mrr"].tolist() == [10, 20]
    assert found.tables["customers"]["担当 (2)"].tolist() == ["田中", "田中"]
    other = read(given, guess(given).model_copy(update={"answers": {"repeated_header:月額": "月額 (2)"}}))
    assert other.tables["subscriptions"]["mrr"].tolist() == [15, 25]
