"""Of bills with a row a line, the line's own amount counts, and not the bill's on each of its rows."""

from tests.ingest.given import reading, sheet

HEAD = ["請求日", "顧客コード", "請求額", "明細額", "明細"]


def test_lines_are_added_up_and_the_bill_counts_once() -> None:
    read = reading(sheet(HEAD, *(row for month in (1, 2, 3) for row in (
        [f"2025/{month}/1", "C1", 300, 200, "基本"], [f"2025/{month}/1", "C1", 300, 100, "追加"],
        [f"2025/{month}/1", "C2", 80, 80, "基本"]))))
    frame = read.tables["subscriptions"]
    assert dict(zip(frame["customer_id"], frame["mrr"], strict=True)) == {"C1": 300, "C2": 80}
    assert read.mapping.columns["subscriptions.mrr"] == "明細額"


def test_amounts_that_do_not_add_up_to_the_bill_are_no_lines_of_it() -> None:
    read = reading(sheet(HEAD, *(row for month in (1, 2, 3) for row in (
        [f"2025/{month}/1", "C1", 300, 250, "基本"], [f"2025/{month}/1", "C1", 300, 100, "追加"],
        [f"2025/{month}/1", "C2", 80, 70, "基本"]))))
    assert read.mapping.columns.get("subscriptions.mrr") != "明細額"
