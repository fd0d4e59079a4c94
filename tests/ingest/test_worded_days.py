"""Days with words beside them are read and said; discounts as they are spoken."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.values.dates import dates
from tests.ingest.given import csv, reading


def ends(found: SheetReading) -> list[str | None]:
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in found.tables["subscriptions"]["end_date"]]


@pytest.mark.parametrize(("cell", "as_start", "as_end"), [
    ("2024年3月末", "2024-03-31", "2024-03-31"), ("2024/3末", "2024-03-31", "2024-03-31"),
    ("2024/2末日", "2024-02-29", "2024-02-29"), ("令和6年3月末", "2024-03-31", "2024-03-31"),
    ("R6.3末", "2024-03-31", "2024-03-31"), ("2024年3月末まで", "2024-03-31", "2024-03-31"),
    ("2024年6月末頃", "2024-06-30", "2024-06-30"), ("2024/3/31まで", "2024-03-31", "2024-03-31"),
    ("2024/4月頃", "2024-04-01", "2024-04-30"), ("2024年4月上旬", "2024-04-01", "2024-04-01"),
    ("2024年4月初", "2024-04-01", "2024-04-01"), ("2024年4月中旬", "2024-04-15", "2024-04-15"),
    ("2024年4月下旬", "2024-04-30", "2024-04-30"), ("2024/5/31 予定", "2024-05-31", "2024-05-31"),
    ("2024/5/31(申出済)", "2024-05-31", "2024-05-31"), ("２０２４／５／３１（予定）", "2024-05-31", "2024-05-31"),
    ("2024/5/31付", "2024-05-31", "2024-05-31"), ("2024-05-31 (planned)", "2024-05-31", "2024-05-31"),
    ("31 May 2024 (est.)", "2024-05-31", "2024-05-31"), ("2024/5/31(5/1申出)", "2024-05-31", "2024-05-31"),
    ("2024年5月31日 更新せず", "2024-05-31", "2024-05-31")])
def test_the_day_counts_and_the_words_are_left_out(cell: str, as_start: str, as_end: str) -> None:
    for is_end, day in ((False, as_start), (True, as_end)):
        read = dates(pd.Series([cell]), is_end=is_end, words="any")
        assert (str(read.days[0])[:10], read.unreadable.tolist()) == (day, [False])


@pytest.mark.parametrize("cell", ["2024/5/31 取消", "2024/5/31→2024/6/30", "2024/5/31 or 6/30", "2024/5/31?", "来春",
                                  "2024/5/31に延期", "4月", "2024/5/31 2024/6/30", "2024/13/45 予定"])
def test_where_the_words_say_otherwise_or_nothing_is_a_day_it_is_none(cell: str) -> None:
    assert dates(pd.Series([cell]), is_end=True, words="any").unreadable.tolist() == [True]


LEDGER = ("顧客名,契約開始日,解約日,月額\n甲,2022/4/1,2024年3月末,1\n乙,2022/4/1,2024/5/31 予定,1\n"
          "丙,2022/4/1,2024/5/31(申出済),1\n丁,2022/4/1,未,1\n戊,2022/4/1,,1\n")


def test_a_column_of_ends_with_words_is_one_of_ends_and_says_so() -> None:
    found = reading(csv(LEDGER))
    assert ends(found) == ["2024-03-31", "2024-05-31", "2024-05-31", None, None]
    assert [note.text("en") for note in found.notes] == [
        "Cells of column '解約日' with words beside the day ('2024/5/31 予定', '2024/5/31(申出済)'): 2 (row 3, 4). The "
        "day counts, and the words were left out."]


def test_an_end_that_was_taken_back_refuses_its_row_rather_than_end_it() -> None:
    found = reading(csv(LEDGER + "己,2022/4/1,2024/5/31 取消,1\n"))
    assert [(one.row, one.column) for one in found.refusals] == [(7, "解約日")]


def test_notes_that_begin_with_a_day_are_no_column_of_days() -> None:
    rows = (f"会社{n},2024/4/1,1,2024/5/{n} 訪問して状況を確認した\n" for n in range(1, 6))
    text = "会社名,契約開始日,月額,備考\n" + "".join(rows)
    found = reading(csv(text))
    assert found.tables["customers"]["備考"].tolist()[0] == "2024/5/1 訪問して状況を確認した"


@pytest.mark.parametrize(("cell", "mrr"), [("2割", 800), ("3割引", 700), ("2割5分", 750), ("半額", 500),
                                           ("10%OFF", 900), ("１割", 900), ("10％引き", 900), ("15%", 850)])
def test_discounts_as_they_are_spoken(cell: str, mrr: float) -> None:
    head = "顧客名,契約開始日,月額,割引率\n"
    found = reading(csv(f"{head}甲,2024/4/1,1000,{cell}\n乙,2024/4/1,1000,5%\n丙,2024/4/1,1000,\n"))
    assert found.tables["subscriptions"]["mrr"].round(6).tolist() == [mrr, 950, 1000]
