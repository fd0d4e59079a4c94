"""Without a header row the columns are called A, B, C, fields are guessed by content, and the guess is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, reading, sheet

ROWS = ["C001,山田商事,2023/4/1,2024/3/31,12000,月払い", "C002,佐藤製作所,2023/6/1,,8000,年払い",
        "C003,鈴木物産,2024/1/1,,15000,月払い", "C004,高橋工業,2024/2/1,2024/9/30,9000,月払い"]
LEDGER = csv("\n".join(ROWS) + "\n")


def test_fields_are_guessed_by_content_at_low_confidence_and_asked() -> None:
    found = reading(LEDGER)
    assert found.mapping.header_row == 0
    assert found.mapping.columns == {
        "customers.customer_id": "A", "customers.customer_name": "B", "subscriptions.customer_id": "A",
        "subscriptions.mrr": "E", "subscriptions.start_date": "C", "subscriptions.end_date": "D",
        "subscriptions.billing_interval": "F"}
    assert set(found.mapping.confidence.values()) == {0.5}
    [asked] = found.questions
    assert asked.id == "no_header:given"
    assert "A: Customer ID, B: Customer name, C: Start date, D: End date, E: MRR" in asked.text.text("en")
    assert found.tables["subscriptions"]["mrr"].tolist() == [12000, 8000, 15000, 9000]
    assert found.tables["subscriptions"]["_row"].tolist() == [1, 2, 3, 4]


def test_the_answer_no_leaves_out_what_was_guessed_and_keeps_what_the_user_chose() -> None:
    refused = guess(LEDGER).model_copy(update={"answers": {"no_header:given": "no"}})
    assert read(LEDGER, refused).tables == {}
    chosen = corrected(refused, "B", "customers.customer_name")
    assert read(LEDGER, chosen).mapping.columns == {"customers.customer_name": "B"}


def test_nothing_is_asked_once_every_field_was_chosen_by_hand() -> None:
    mapping = guess(LEDGER)
    sure = mapping.model_copy(update={"confidence": dict.fromkeys(mapping.columns, 1.0)})
    assert read(LEDGER, sure).questions == ()


@pytest.mark.parametrize("swap", [lambda row: [row[3], row[2], *row[:2], *row[4:]], lambda row: row[::-1]])
def test_the_order_of_columns_does_not_matter(swap: Any) -> None:
    rows = [swap(row.split(",")) for row in ROWS]
    found = reading(csv("\n".join(map(",".join, rows)) + "\n"))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["C001", "C002", "C003", "C004"]
    assert found.tables["subscriptions"]["start_date"].dt.month.tolist() == [4, 6, 1, 2]
    assert found.tables["subscriptions"]["end_date"].dt.month.tolist()[::3] == [3, 9]


@pytest.mark.parametrize("text", [
    "C001,2024/4/1,3\nC001,2024/4/2,5\nC002,2024/4/2,1\nC001,2024/4/3,2\n",
    "C001,2024/4/1,2024/9/1\nC002,2024/4/2,2024/5/1\nC003,2024/4/3,2024/6/1\n",
    "C001,2024/4/1,5,7\nC002,2024/4/2,6,8\nC003,2024/4/3,4,9\n",
    "1,5\n2,6\n3,7\n",
    "C001,2024/9/1,2024/4/1,10\nC002,2024/1/1,2024/4/1,20\nC003,2024/9/1,2024/4/1,30\nC004,2024/1/1,2024/4/1,1\n",
], ids=["days of use", "no amount", "two numbers alike", "numbers alone", "dates in no order"])
def test_what_content_does_not_support_is_not_proposed(text: str) -> None:
    found = reading(csv(text))
    assert found.tables == {}
    assert any("no row with the names of its columns" in note.text("en") for note in found.notes)


def test_a_sheet_with_a_header_is_never_guessed_by_content() -> None:
    rows = [row.split(",") for row in ROWS]
    found = reading(sheet(["顧客ID", "顧客名", "契約開始日", "解約日", "月額", "支払方法"], *rows))
    assert found.mapping.header_row == 1
    assert not [asked for asked in found.questions if asked.id.startswith("no_header")]
