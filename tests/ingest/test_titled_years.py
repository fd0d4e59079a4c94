"""Days without a year: of the year that a title names, and left alone where none does."""

import pytest

from tests.ingest.given import reading, sheet

HEAD = ["顧客ID", "顧客名", "月額", "契約開始日"]


def starts(*given: list[object], **names: str) -> list[str]:
    found = reading(sheet(*given, **names)).tables["subscriptions"]
    return found["start_date"].dt.strftime("%Y-%m-%d").tolist()


def rows(*days: str) -> list[list[object]]:
    return [[f"A{at}", f"会社{at}", 1000, day] for at, day in enumerate(days)]


@pytest.mark.parametrize(("title", "days", "wanted"), [
    ("2025年　新規導入先一覧", ["4月1日", "5月20日", "12月3日"], ["2025-04-01", "2025-05-20", "2025-12-03"]),
    ("令和6年度 新規契約", ["4月1日", "12月20日", "1月7日"], ["2024-04-01", "2024-12-20", "2025-01-07"]),
    ("2025年4月 新規契約", ["4/1", "4/20", "4/30"], ["2025-04-01", "2025-04-20", "2025-04-30"]),
    ("2025年 新規 最終更新：2026/1/5", ["4月1日(火)", "5月2日(金)"], ["2025-04-01", "2025-05-02"]),
])
def test_the_year_of_the_title_is_that_of_its_days(title, days, wanted):
    assert starts([title], HEAD, *rows(*days)) == wanted


def test_the_name_of_the_sheet_tells_the_year_too():
    assert starts(HEAD, *rows("4月1日", "5月2日"), name="2025年契約") == ["2025-04-01", "2025-05-02"]


def test_names_of_months_are_read_so_as_well():
    head = ["Customer ID", "Customer", "MRR", "Start date"]
    assert starts(["New customers 2025"], head, *rows("Apr 1", "20 May")) == ["2025-04-01", "2025-05-20"]


def test_a_later_step_is_not_before_the_first_day_of_its_row():
    head = [*HEAD, "初期設定", "本番稼働"]
    given = [[*row, "12月22日", "1月15日"] for row in rows("12月1日", "12月8日", "12月15日")]
    found = reading(sheet(["2025年 導入状況"], head, *given)).tables["milestones"]
    assert found["completed_on"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2025-12-22", "2026-01-15"]


@pytest.mark.parametrize("title", ["新規導入先一覧", "2024年〜2025年 新規契約", "作成日：2025/6/30"])
def test_days_stay_without_a_year_where_no_single_one_is_named(title):
    found = reading(sheet([title], HEAD, *rows("4月1日", "5月2日")))
    assert "subscriptions" not in found.tables
    assert "without a year" in " ".join(note.text("en") for note in found.notes)


def test_scores_of_five_are_no_days():
    head = ["顧客ID", "顧客名", "満足度", "回答日"]
    given = [["A1", "青空社", "4/5", "4月1日"], ["A2", "海野社", "3/5", "4月2日"]]
    found = reading(sheet(["2025年 アンケート"], head, *given)).tables["surveys"]
    assert found["score"].tolist() == [4.0, 3.0]
    assert found["answered_on"].dt.year.unique().tolist() == [2025]
