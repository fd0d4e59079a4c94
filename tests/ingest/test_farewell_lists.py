"""Lists of those who left, with their contracts: which day they left on, and what is said about the reason."""

import pandas as pd

from tests.ingest.given import reading, sheet

HEAD = ["解約受付日", "解約日", "顧客ID", "顧客名", "契約開始日", "MRR(円)", "解約理由", "詳細コメント"]
ROWS = [["2024-06-23", "2024-08-13", "C1", "青空社", "2023-03-25", 38000, "価格", "予算の縮小"],
        ["2024-07-16", "2024-08-15", "C2", "海野社", "2023-03-09", 62000, "競合", None],
        ["2024-07-13", "2024-09-04", "C3", "山下社", "2023-04-05", 23000, "価格", "担当者の退職"]]


def test_the_day_of_leaving_goes_before_that_of_the_notice_beside_contracts_too() -> None:
    told = reading(sheet(HEAD, *ROWS, file="解約一覧.xlsx")).tables
    days = [pd.Timestamp(row[1]) for row in ROWS]
    assert told["cancellations"]["cancelled_on"].tolist() == days
    assert told["subscriptions"]["end_date"].tolist() == told["cancellations"]["cancelled_on"].tolist()


def test_words_beside_a_reason_are_about_it() -> None:
    told = reading(sheet(HEAD, *ROWS, file="解約一覧.xlsx")).tables["cancellations"]
    assert told["comment"].fillna("").tolist() == ["予算の縮小", "", "担当者の退職"]


def test_a_remark_on_customers_who_stay_is_none_on_a_farewell() -> None:
    rows = [["C1", "青空社", "2023-03-25", "2024-08-13", 38000, "価格", None],
            ["C2", "海野社", "2023-03-09", None, 62000, None, "事例掲載"],
            ["C3", "山下社", "2023-04-05", None, 23000, None, None]]
    head = ["顧客ID", "顧客名", "契約開始日", "解約日", "月額", "解約理由", "詳細コメント"]
    columns = reading(sheet(head, *rows)).mapping.columns
    assert columns["cancellations.reason"] == "解約理由"
    assert "cancellations.comment" not in columns


def test_a_bare_remark_is_about_the_reason_on_a_list_of_leavers_alone() -> None:
    head = ["顧客ID", "顧客名", "契約開始日", "解約日", "月額", "解約理由", "備考"]
    left = [["C1", "青空社", "2023-03-25", "2024-08-13", 38000, "価格", "再開の望み"],
            ["C2", "海野社", "2023-03-09", "2024-08-15", 62000, "競合", None]]
    stays = ["C3", "山下社", "2023-04-05", None, 23000, None, None]
    assert reading(sheet(head, *left)).mapping.columns["cancellations.comment"] == "備考"
    assert "cancellations.comment" not in reading(sheet(head, *left, stays)).mapping.columns


def test_what_leavers_paid_and_since_when_makes_contracts_of_them_whatever_the_words() -> None:
    head = ["退会日", "退会申請日", "会員番号", "会員名", "入会日", "月会費", "退会理由", "その他コメント"]
    rows = [["2025-03-31", "2025-02-10", "M1", "青空社", "2023-04-01", 5000, "転居", None],
            ["2025-04-30", "2025-03-11", "M2", "海野社", "2022-04-01", 8000, "価格", "また使いたい"]]
    found = reading(sheet(head, *rows, file="退会者リスト.xlsx"))
    assert found.tables["subscriptions"]["end_date"].tolist() == [pd.Timestamp(row[0]) for row in rows]
    assert found.mapping.columns["cancellations.comment"] == "その他コメント"


def test_a_fee_alone_leaves_interviews_with_leavers_what_they_are() -> None:
    head = ["ヒアリング日", "顧客番号", "会社名", "月額", "解約日", "主な理由", "お客様の声"]
    rows = [["2025-04-02", "A1", "青空社", 30000, "2025-03-31", "価格", "高い"],
            ["2025-05-02", "A2", "海野社", 50000, "2025-04-30", "機能", "足りない"]]
    columns = reading(sheet(head, *rows, file="解約ヒアリングシート.xlsx")).mapping.columns
    assert {place: header for place, header in columns.items() if place.startswith("cancellations")} == {
        "cancellations.customer_id": "顧客番号", "cancellations.cancelled_on": "解約日",
        "cancellations.reason": "主な理由", "cancellations.comment": "お客様の声"}


def test_the_day_on_which_it_happened_is_that_of_leaving_and_lost_deals_are_no_farewells() -> None:
    head = ["区分", "発生日", "顧客名", "月額", "理由", "詳細", "担当"]
    rows = [["解約", "2025-03-31", "青空社", 30000, "価格", "高い", "田中"],
            ["失注", "2025-04-02", "海野社", 50000, "機能", "足りない", "佐藤"],
            ["解約", "2025-04-30", "山下社", 50000, "機能", "足りない", "佐藤"]]
    found = reading(sheet(head, *rows, file="失注・解約リスト.xlsx"))
    assert found.tables["cancellations"]["customer_id"].tolist() == ["青空社", "山下社"]
    assert [question.id for question in found.questions] == ["partings:区分"]
