"""Headers that share their first words are read without these where they are not known as they stand."""

import pytest

from cs_kpi.ingest.headers import area
from cs_kpi.ingest.matching import scores
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.prefixes import common, titled
from tests.ingest.given import csv, reading

ROWS = "acc-1,3,500,2025-01-10,,USD\nacc-2,1,900,2025-02-10,2025-06-10,USD\n"
HEAD = ["account_code", "quantity", "unit_amount_in_cents", "created_at", "deleted_at", "currency"]


@pytest.mark.parametrize(("prefix", "blank"), [("contract_line_", "_"), ("Contract line ", " ")])
def test_a_prefix_of_most_headers_is_left_out_in_both_ways_of_writing(prefix: str, blank: str) -> None:
    head = [HEAD[0], *(prefix + name.replace("_", blank) for name in HEAD[1:])]
    read = reading(csv(f"{','.join(head)}\n{ROWS}"))
    rows = read.tables["subscriptions"]
    assert read.mapping.columns["subscriptions.start_date"] == f"{prefix}created{blank}at"
    assert rows["mrr"].tolist() == [15, 9]  # 3 x 5.00 and 1 x 9.00
    assert rows["end_date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == ["", "2025-06-10"]


def test_a_header_that_is_known_as_it_stands_keeps_its_meaning() -> None:
    found = scores(area(csv("customer_id,customer_since,customer_kind,customer_email\nA,2024-01-01,x,a@b.c\n")))
    assert found["customer_since"][Place("customers", "started_on")] >= 0.8
    assert max(found["customer_kind"].values(), default=0) < 0.8  # the kind of a customer is not that of a contact


def test_the_prefix_says_what_the_table_is_about() -> None:
    given = csv("customer_id,ticket_created_at,ticket_severity,ticket_text\nA,2025-01-10,high,x\nB,2025-01-11,low,y\n")
    assert titled(area(given)).title == "ticket"
    assert list(reading(given).tables) == ["interactions"]


def test_two_headers_that_begin_alike_have_no_prefix() -> None:
    assert common(("zone_quantity", "zone_created_at", "date", "month")) == {}
    assert common(("zone_quantity", "zone_created_at", "zone_name", "date"))["zone_name"] == ("zone",)


def test_cents_are_said_as_cents() -> None:
    notes = [note.text("en") for note in reading(csv(
        "Customer ID,Start date,Amount in cents\nA,2024-01-01,1250\n")).notes]
    assert "The amounts of column 'Amount in cents' are given in cents and were divided by 100." in notes
