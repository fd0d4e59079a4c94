"""What leavers paid where their list calls it lost: the fee of contracts that ended there, a movement elsewhere."""

import pandas as pd
import pytest

from tests.ingest.given import reading, sheet

HEAD = ["Acct", "Customer name", "Band", "Managed by", "Customer since", "Last day", "Lost MRR", "Main reason",
        "Second reason", "Exit call notes", "Win back?"]
ROWS = [["C-101", "Acorn Ltd", "SMB", "Ann Lee", "2022-04-01", "2025-05-31", 1200, "Price", "Cuts", "Too dear", "Yes"],
        ["C-102", "Birch Inc", "Mid", "Bob Ray", "2021-07-01", "2025-06-30", 2400, "Features", None, "No API", "No"],
        ["C-103", "Cedar Co", "SMB", "Ann Lee", "2023-01-01", "2025-08-31", 800, "Price", None, "Cheaper", "No"]]
STARTS = [pd.Timestamp(row[4]) for row in ROWS]
ENDS = [pd.Timestamp(row[5]) for row in ROWS]


def test_what_was_lost_with_leavers_is_what_they_paid_and_notes_of_their_exit_call_are_about_the_reason() -> None:
    found = reading(sheet(["Lost customers, FY25"], HEAD, *ROWS)).tables
    contracts = found["subscriptions"]
    assert contracts["mrr"].tolist() == [1200, 2400, 800]
    assert contracts["start_date"].tolist() == STARTS
    assert contracts["end_date"].tolist() == ENDS == found["cancellations"]["cancelled_on"].tolist()
    assert found["cancellations"]["reason"].tolist() == ["Price", "Features", "Price"]
    assert found["cancellations"]["comment"].tolist() == ["Too dear", "No API", "Cheaper"]


@pytest.mark.parametrize(("fee", "times", "notes"), [
    ("MRR lost", 1, "Exit interview notes"), ("Churned MRR", 1, "What we heard"), ("Churned ARR", 12, "Exit notes"),
    ("ARR lost", 12, "What they told us"), ("MRR at time of churn", 1, "What we heard"), ("解約MRR", 1, "Churn notes")])
def test_whatever_the_words(fee: str, times: int, notes: str) -> None:
    rows = [[row[1], row[4], row[5], row[6] * times, row[7], row[9]] for row in ROWS]
    found = reading(sheet(["Client", "Start", "Left on", fee, "Why they left", notes], *rows, name="Churn log")).tables
    assert found["subscriptions"]["mrr"].tolist() == [1200, 2400, 800]
    assert found["subscriptions"]["start_date"].tolist() == STARTS
    assert found["subscriptions"]["end_date"].tolist() == ENDS
    assert found["cancellations"]["comment"].tolist() == ["Too dear", "No API", "Cheaper"]


def fees(*rows: list, name: str = "Sheet1") -> list[str]:
    columns = reading(sheet(*rows, name=name)).mapping.columns
    return [header for place, header in columns.items() if place in ("subscriptions.mrr", "subscriptions.amount")]


def test_beside_a_fee_among_stayers_or_below_zero_what_was_lost_is_a_movement() -> None:
    head = ["Client", "Start date", "Churn date", "Lost MRR", "Churn reason"]
    rows = [[row[1], row[4], row[5], row[6], row[7]] for row in ROWS]
    assert fees(head, *rows) == ["Lost MRR"]
    assert fees([*head, "MRR"], *[[*row, 3000] for row in rows]) == ["MRR"]
    assert fees(head, *rows, ["Dune LLC", "2020-02-01", None, None, None]) == []
    assert fees(head, *[[*row[:3], -row[3], row[4]] for row in rows]) == []


def test_where_some_rows_only_pay_less_what_was_lost_is_a_movement() -> None:
    head = ["Client", "Start date", "Churn date", "Lost MRR", "Churn reason", "Type"]
    rows = [[row[1], row[4], row[5], row[6], row[7], kind] for row, kind in zip(
        ROWS, ["Churn", "Downgrade", "Churn"], strict=True)]
    assert fees(head, *rows, name="Churn log") == []


def test_a_table_of_movements_has_no_fee() -> None:
    rows = [["2025-04-01", 5000, 1200, 3800], ["2025-05-01", 4000, 900, 3100], ["2025-06-01", 2500, 700, 1800]]
    assert fees(["Month", "New MRR", "Lost MRR", "Net new MRR"], *rows, name="Churn") == []
