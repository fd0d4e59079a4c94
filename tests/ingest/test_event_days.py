"""The day of events under another table's name for it, or under none; and what rows of several tables mainly are."""

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading

TODAY = dt.date(2025, 7, 1)
DAYS: list[object] = [f"2025-03-{day:02d}" for day in range(3, 15)]
LATER: list[object] = [f"2025-0{4 + row % 2}-{28 - 2 * row:02d}" for row in range(12)]
COMPANIES: list[object] = ["青葉商事", "山田製作所", "北海フーズ", "丸山運輸"] * 3
BRANCHES: list[object] = ["東京", "大阪"] * 6
STEPS: list[object] = ["キックオフ", "データ移行", "管理者研修"] * 4


def reading(name: str, columns: dict[str, list[object]]) -> SheetReading:
    headers = list(columns)
    cells = pd.DataFrame([headers, *zip(*columns.values(), strict=True)], dtype=object)
    sheet = Sheet("book.xlsx", name, cells)
    return read(sheet, applied([], [sheet])[0], TODAY)


@pytest.mark.parametrize(("columns", "day"), [
    ({"会社名": COMPANIES, "実施項目": STEPS, "記録日": DAYS, "担当CSM": ["佐藤", "鈴木"] * 6},
     "milestones.completed_on"),
    ({"会社名": COMPANIES, "解約理由": ["価格", "機能不足"] * 6, "発生日時": DAYS, "リマインド日": LATER},
     "cancellations.cancelled_on"),
    ({"会社名": COMPANIES, "イベント名": ["CSV出力", "通知"] * 6, "記録日時": DAYS}, "usage.date"),
    ({"会社名": COMPANIES, "満足度": [5, 4, 3] * 4, "ほげ": DAYS, "締切日": LATER, "次回訪問予定日": LATER},
     "surveys.answered_on"),
    ({"Client": COMPANIES, "CSM gut feeling (1-5)": [5, 4, 3] * 4, "event ts": DAYS, "Due date": LATER}, "pulse.date"),
])
def test_a_day_of_another_table_or_of_no_name_is_that_of_the_rows(columns: dict[str, list[object]], day: str) -> None:
    read_ = reading("Sheet1", columns)
    table = day.split(".")[0]
    assert read_.mapping.columns[day] == next(header for header, cells in columns.items() if cells is DAYS)
    assert len(read_.tables[table]) == 12


def test_rows_of_customers_who_stand_there_several_times_are_no_list_of_them() -> None:
    read_ = reading("一覧", {"企業名": COMPANIES, "完了ステップ": STEPS, "到達日": DAYS,
                             "顧客担当CSM": ["佐藤", "鈴木"] * 6})
    assert len(read_.tables["milestones"]) == 12


def test_tickets_and_meetings_as_teams_write_them_are_read_whole() -> None:
    tickets = reading("Sheet1", {
        "受信日": DAYS, "お客様": COMPANIES, "件名": ["CSVが出ない", "宛名の変更", "権限の設定"] * 4,
        "重要度": ["高", "中", "低"] * 4,
        "ステータス": ["対応中", "完了"] * 6, "サポート担当": ["佐藤", "鈴木"] * 6, "クローズ日": LATER})
    assert {at: header for at, header in tickets.mapping.columns.items() if at.startswith("interactions.")} == {
        "interactions.customer_id": "お客様", "interactions.date": "受信日", "interactions.note": "件名",
        "interactions.priority": "重要度", "interactions.status": "ステータス", "interactions.by": "サポート担当"}
    meetings = reading("Log", {
        "Met on": DAYS, "Customer": ["Acme Ltd", "Cedar Health", "Delta Logistics"] * 4,
        "Call type": ["QBR", "Check-in"] * 6, "Who from us": ["Anna", "Tom"] * 6,
        "Key points": ["Rollout in the second team", "Asked about more seats"] * 6,
        "CSM gut feeling (1-5)": [4, 3, 5] * 4})
    assert {"interactions.date": "Met on", "interactions.kind": "Call type", "interactions.by": "Who from us",
            "interactions.note": "Key points", "pulse.value": "CSM gut feeling (1-5)"}.items() <= \
        meetings.mapping.columns.items()
    assert len(meetings.tables["pulse"]) == len(meetings.tables["interactions"]) == 12


@pytest.mark.parametrize(("columns", "place"), [
    ({"会社名": COMPANIES, "回答日": DAYS, "ほげ": ["非常に満足", "普通", "不満"] * 4, "支店": BRANCHES},
     "surveys.score"),
    ({"会社名": COMPANIES, "到達日": DAYS, "ほげ": STEPS, "支店": BRANCHES}, "milestones.milestone")])
def test_answers_in_words_and_names_of_steps_tell_what_rows_are(columns: dict[str, list[object]], place: str) -> None:
    read_ = reading("Sheet1", columns)
    assert read_.mapping.columns[place] == "ほげ"
    assert len(read_.tables[place.split(".")[0]]) == 12
    assert any("'ほげ'" in note.text("en") for note in read_.notes)


def test_numbers_are_answers_where_the_title_says_so() -> None:
    columns: dict[str, list[object]] = {"会社名": COMPANIES, "回答日": DAYS, "ほげ": [9, 10, 3, 7] * 3,
                                        "支店": BRANCHES}
    assert len(reading("NPS", columns).tables["surveys"]) == 12
    assert "surveys" not in reading("Sheet1", columns).tables


def test_customers_in_several_rows_with_days_of_nothing_known_are_told() -> None:
    read_ = reading("Sheet1", {"会社名": COMPANIES, "ほげ": DAYS, "支店": BRANCHES, "ムニャ": ["甲", "乙", "丙"] * 4})
    assert set(read_.tables) == {"customers"}
    assert "may be use, contacts, answers or steps" in " ".join(note.text("en") for note in read_.notes)
