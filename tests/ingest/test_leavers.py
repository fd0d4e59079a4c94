"""Lists of those who left: with the whole contract they are contracts that ended, without they tell of leaving only."""

from tests.ingest.given import reading, sheet

ROWS = [["A1", "青空社", "R2.4.1", "R6.4.4", 62, "価格"], ["A2", "海野社", "R3.7.1", "R6.5.7", 95, "機能不足"],
        ["A3", "山下社", "R4.9.1", "R6.7.7", 37, "価格"]]


def test_leavers_with_their_whole_contract_are_contracts_that_ended():
    head = ["得意先コード", "得意先名", "契約開始日", "解約日", "解約時月額", "解約理由"]
    found = reading(sheet(["令和6年度 解約企業一覧（単位：千円）"], head, *ROWS, name="解約")).tables
    contracts = found["subscriptions"]
    assert contracts["mrr"].tolist() == [62000, 95000, 37000]
    assert contracts["start_date"].dt.strftime("%Y-%m-%d").tolist() == ["2020-04-01", "2021-07-01", "2022-09-01"]
    assert contracts["end_date"].dt.strftime("%Y-%m-%d").tolist() == ["2024-04-04", "2024-05-07", "2024-07-07"]
    assert found["cancellations"]["reason"].tolist() == ["価格", "機能不足", "価格"]


def test_leavers_without_a_start_tell_of_leaving_only():
    rows = [[key, name, end, fee, why] for key, name, _start, end, fee, why in ROWS]
    found = reading(sheet(["得意先コード", "得意先名", "解約日", "解約時月額", "解約理由"], *rows, name="解約")).tables
    assert "subscriptions" not in found
    assert found["cancellations"]["customer_id"].tolist() == ["A1", "A2", "A3"]
