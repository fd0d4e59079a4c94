"""Days that stand in two columns or two in one, fees in two currencies, headers of a short list."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading


def rows(found: SheetReading, *names: str) -> list[list[object]]:
    frame = found.tables["subscriptions"]
    shown = [frame[name].dt.strftime("%Y-%m-%d").astype(object).where(frame[name].notna(), None)
             if frame[name].dtype.kind == "M" else frame[name] for name in names]
    return [list(row) for row in zip(*shown, strict=True)]


@pytest.mark.parametrize(("cells", "start", "end"), [
    ("2024/4/1～2025/3/31", "2024-04-01", "2025-03-31"), ("2024/4/1〜2025/3/31", "2024-04-01", "2025-03-31"),
    ("2024/4/1-2025/3/31", "2024-04-01", "2025-03-31"), ("2024-04-01 - 2025-03-31", "2024-04-01", "2025-03-31"),
    ("2024/4/1 ~ 3/31", "2024-04-01", "2025-03-31"), ("2024年4月1日から2025年3月31日まで", "2024-04-01", "2025-03-31"),
    ("R6.4.1～R7.3.31", "2024-04-01", "2025-03-31"), ("2024年4月～2025年3月", "2024-04-01", "2025-03-31"),
    ("自2024/4/1 至2025/3/31", "2024-04-01", "2025-03-31"), ("2024/4/1～", "2024-04-01", None),
    ("2024-04-01 to 2025-03-31", "2024-04-01", "2025-03-31"),
    ("Apr 1, 2024 – Mar 31, 2025", "2024-04-01", "2025-03-31")])
def test_a_term_in_one_cell_is_its_start_and_its_end(cells: str, start: str, end: str | None) -> None:
    found = reading(csv(f'会社名,契約期間,月額\n甲,"{cells}",1000\n乙,2024/5/1～2026/4/30,2000\n'))
    assert found.mapping.shape == "one_row_per_customer"
    assert rows(found, "start_date", "term_end")[0] == [start, end]
    assert any(note.text("en").startswith("Column '契約期間' holds the first and the last day") for note in found.notes)


def test_a_term_in_english_too() -> None:
    found = reading(csv("Company,Contract period,MRR\nA,2024-04-01 - 2025-03-31,10\nB,2024-05-01 to 2026-04-30,20\n"))
    assert rows(found, "start_date", "term_end", "mrr") == [
        ["2024-04-01", "2025-03-31", 10.0], ["2024-05-01", "2026-04-30", 20.0]]


def test_a_term_beside_a_day_of_leaving_is_no_such_day() -> None:
    found = reading(csv("会社名,契約期間,解約日,月額\n甲,2024/4/1～2098/3/31,,10\n"
                        "乙,2024/5/1～2098/4/30,2024/9/1,20\n"))
    assert rows(found, "start_date", "term_end", "end_date") == [
        ["2024-04-01", "2098-03-31", None], ["2024-05-01", "2098-04-30", "2024-09-01"]]


def test_a_cell_of_terms_that_is_none_refuses_its_row() -> None:
    text = "会社名,契約期間,月額\n" + "".join(f"会社{n},2024/4/1～2098/3/31,10\n" for n in range(5)) + "己,要確認,10\n"
    assert [(one.row, one.value) for one in reading(csv(text)).refusals] == [(7, "要確認")]


def test_a_length_of_term_stays_one_column() -> None:
    found = reading(csv("会社名,契約開始日,契約期間,月額\n甲,2024/4/1,12ヶ月,10\n乙,2024/4/1,24ヶ月,10\n"))
    assert found.headers == ("会社名", "契約開始日", "契約期間", "月額")


@pytest.mark.parametrize(("head", "first"), [
    ("年,月", "2024,1"), ("対象年,対象月", "2024年,1月"), ("Year,Month", "2024,1"), ("西暦,月", "2024,1"),
    ("年,月", "令和6,1")])
def test_a_year_and_a_month_apart_are_a_month(head: str, first: str) -> None:
    year = first.split(",")[0]
    text = f"顧客名,{head},MRR\n" + "".join(f"{name},{year},{month},{mrr}\n" for name, month, mrr in (
        ("甲", first.split(",")[1], 100), ("甲", 2, 100), ("甲", 3, 200), ("乙", 1, 50), ("乙", 2, 50)))
    found = reading(csv(text))
    assert found.mapping.shape == "monthly_long"
    assert rows(found, "customer_id", "start_date", "end_date", "mrr") == [
        ["甲", "2024-01-01", "2024-03-01", 100.0], ["甲", "2024-03-01", None, 200.0],
        ["乙", "2024-01-01", "2024-03-01", 50.0]]


def test_a_year_a_month_and_a_day_apart_are_a_day() -> None:
    found = reading(csv("顧客ID,年,月,日,機能\nC1,2024,4,1,検索\nC1,2024,4,30,検索\nC2,2024,5,2,出力\n"))
    days = found.tables["usage"]["date"]
    assert days.tolist() == [pd.Timestamp(day) for day in ("2024-04-01", "2024-04-30", "2024-05-02")]


def test_numbers_that_are_no_years_are_not_joined() -> None:
    found = reading(csv("顧客ID,契約開始日,月額,年,月\nC1,2024/4/1,10,3,40\nC2,2024/4/1,10,1,12\n"))
    assert found.headers == ("顧客ID", "契約開始日", "月額", "年", "月")


TWO = "会社名,契約開始日,月額(USD),月額(円)\n甲,2024/4/1,{},{}\n乙,2024/4/1,{},{}\n"


def test_of_fees_in_two_currencies_it_is_asked_which_counts() -> None:
    text = TWO.format(10, 1500, 20, 3000)
    found = reading(csv(text))
    (question,) = found.questions
    assert (question.id, question.assumed) == ("which_fee:月額(USD)", "at:月額(円)")
    assert rows(found, "mrr", "currency") == [[1500.0, "JPY"], [3000.0, "JPY"]]
    assert rows(reading(csv(text), which_fee="at:月額(USD)"), "mrr", "currency") == [[10.0, "USD"], [20.0, "USD"]]
    assert found.notes == ()


def test_where_each_row_has_one_of_two_currencies_each_keeps_its_own() -> None:
    found = reading(csv(TWO.format(10, "", "", 3000)))
    assert [one.assumed for one in found.questions] == ["each"]
    assert rows(found, "mrr", "currency") == [[10.0, "USD"], [3000.0, "JPY"]]
    assert found.refusals == ()


def test_headers_of_a_short_english_list() -> None:
    found = reading(csv("Company,Go-live,Churned on,Monthly ($)\nA,2024-04-01,,100\nB,2024-05-01,2024-09-01,200\n"
                        "C,2024-05-01,2024-10-01,200\n"))
    assert rows(found, "start_date", "end_date", "mrr", "currency") == [
        ["2024-04-01", None, 100.0, "USD"], ["2024-05-01", "2024-09-01", 200.0, "USD"],
        ["2024-05-01", "2024-10-01", 200.0, "USD"]]


@pytest.mark.parametrize("fee", ["プラン料金（月）", "プラン料金（月払い）", "プラン料金(毎月)"])
def test_headers_of_a_short_japanese_list(fee: str) -> None:
    found = reading(csv(f"会社名,利用開始,利用終了,{fee}\n甲,2024/4/1,,1000\n乙,2024/4/1,2024/9/20,2000\n"))
    assert found.questions == ()
    assert rows(found, "start_date", "end_date", "mrr") == [["2024-04-01", None, 1000.0],
                                                            ["2024-04-01", "2024-09-20", 2000.0]]
