"""What a sheet says beside its fields: a status against the dates, months in columns, two fees."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, reading, sheet


def notes(text: str) -> list[str]:
    return [note.text("en") for note in reading(csv(text)).notes]


STATUS = ("会社名,契約開始日,解約日,月額,{}\n山田,2024/4/1,,100,契約中\n"
          "佐藤,2024/5/1,,100,{word}\n鈴木,2024/5/1,2024/9/30,100,{word}\n")


@pytest.mark.parametrize("header", ["ステータス", "契約状況", "状態", "Status", "Deal stage", "契約ステータス"])
@pytest.mark.parametrize("word", ["解約済", "解約済み", "解約", "退会", "退会済み", "Cancelled", "canceled", "Churned",
                                  "closed lost", "Closed-Lost"])
def test_a_status_that_says_left_without_an_end_date_is_asked_about(header: str, word: str) -> None:
    text = STATUS.format(header, word=word)
    (question,) = reading(csv(text)).questions
    assert (question.id, question.assumed) == (f"left_on:{header}", "last_day")
    kept = reading(csv(text), left_on="running")
    assert (f"Rows that say '{word}' in column '{header}', but have no end date: 1 (row 3). They count as running. "
            "Fill in the dates.") in [note.text("en") for note in kept.notes]
    assert kept.tables["subscriptions"]["end_date"].isna().tolist() == [True, True, False]


def test_a_status_with_its_date_tells_nothing() -> None:
    head = "会社名,契約開始日,解約日,月額,状態\n"
    assert notes(head + "山田,2024/4/1,2024/9/30,100,解約\n鈴木,2024/4/1,,100,解約なし\n") == []


def test_another_column_may_say_so_without_a_note() -> None:
    assert notes("会社名,契約開始日,解約日,月額,備考\n山田,2024/4/1,,100,解約\n") == []


def test_a_passed_end_whose_status_says_left_has_not_renewed_itself() -> None:
    text = ("会社名,月額料金,契約開始日,契約終了日,自動更新,契約状況\nA社,100,2023/4/1,2024/3/31,あり,解約済\n"
            "B社,200,2023/4/1,2024/3/31,あり,契約中\n")
    found = reading(csv(text))
    assert [question.text.values["count"] for question in found.questions] == [1]
    assert found.tables["subscriptions"]["end_date"].tolist() == [pd.Timestamp("2024-03-31"), pd.NaT]
    assert found.notes == ()


def test_months_without_a_year_are_read_and_their_year_is_asked() -> None:
    found = reading(csv("会社名,4月,5月,6月\n山田,100,100,100\n佐藤,,200,200\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 200]
    assert [question.id for question in found.questions] == ["year_of_months:4月"]
    assert not any("look like values per month" in note.text("en") for note in found.notes)


def test_months_without_a_year_that_are_not_read_are_told() -> None:
    found = reading(sheet(["プラン", "4月", "5月", "6月"], ["ライト", 1, 2, 3], ["基本", 1, 2, 3]))
    note = next(note.text("en") for note in found.notes if "look like values per month" in note.text("en"))
    assert note.startswith("The columns from '4月' to '6月' (3) look like values per month, and were not read")
    assert "months with their year" in note


def test_months_in_columns_of_a_sheet_that_is_not_recognised_are_told() -> None:
    found = reading(sheet(["プラン", "2024年4月", "2024年5月", "2024年6月"], ["ライト", 1, 2, 3], ["基本", 1, 2, 3]))
    assert not found.tables
    assert any("look like values per month" in note.text("en") for note in found.notes)


def test_two_months_or_months_without_numbers_are_not_told() -> None:
    assert notes("会社名,担当,2024年4月,2024年5月\n山田,a,1,1\n佐藤,b,2,2\n") == []
    assert notes("会社名,担当,2024年4月,2024年5月,2024年6月\n山田,a,済,済,済\n佐藤,b,済,未,済\n") == []


def test_months_beside_contracts_that_are_read_are_not_told() -> None:
    assert notes("会社名,契約開始日,月額,2024年4月,2024年5月,2024年6月\n山田,2024/4/1,1,1,1,1\n") == []


@pytest.mark.parametrize(("taken", "other"), [
    ("月額", "月額料金"), ("Monthly fee", "Monthly price"), ("月額", "月額 (2)")])
def test_of_two_fees_it_is_said_which_was_taken(taken: str, other: str) -> None:
    assert notes(f"会社名,契約開始日,{taken},{other.removesuffix(' (2)')}\n山田,2024/4/1,1,2\n佐藤,2024/5/1,1,2\n") == [
        f"Columns '{taken}' and '{other}' both look like MRR: '{taken}' was taken, and '{other}' is kept as an "
        "attribute. If it is the other one, choose it on the data page."]


def test_one_fee_says_nothing() -> None:
    assert notes("会社名,契約開始日,月額,月額メモ\n山田,2024/4/1,1,税込\n") == []


def test_a_list_that_says_who_left_but_holds_no_fee_says_how_to_count_them() -> None:
    given = csv("顧客ID,顧客名,契約開始日,解約フラグ\n1,甲,2023/4/1,0\n2,乙,2023/5/1,1\n3,丙,2023/6/1,0\n")
    found = reading(given)
    assert [note.text("en").split(",")[0] for note in found.notes] == ["Column '解約フラグ' says who has left"]
    chosen = read(given, corrected(found.mapping, "解約フラグ", "customers.has_left"))
    assert chosen.tables["customers"]["has_left"].tolist() == [False, True, False]
