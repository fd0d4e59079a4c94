"""Headings between the rows, which are no customers, and lone rows that are some."""

import pytest

from tests.ingest.given import reading, sheet

HEAD = ["Cust. no.", "Customer", "Plan", "MRR", "Start date"]


def rows(*ids: str) -> list[list[object]]:
    return [[one, f"{one} Ltd.", "Pro", 100, "2024-04-01"] for one in ids]


def customers(*given: list[object]) -> list[str]:
    return reading(sheet(*given)).tables["subscriptions"]["customer_id"].tolist()


@pytest.mark.parametrize("given", [
    pytest.param([HEAD, ["Enterprise"], *rows("101", "102"), ["SMB"], *rows("103", "104")], id="above each group"),
    pytest.param([HEAD, ["Enterprise"], *rows("101", "102", "103", "104")], id="one among numbers"),
    pytest.param([HEAD, *rows("101", "102"), ["SMB"], *rows("103", "104"), ["Total SMB", None, None, 200]],
                 id="with a total"),
    pytest.param([HEAD, [None, "East"], *rows("101", "102"), [], [None, "West"], *rows("103", "104")],
                 id="over the names"),
])
def test_headings_of_groups_are_left_out_and_said(given):
    found = reading(sheet(*given))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["101", "102", "103", "104"]
    assert sum("headings of those below" in note.text("en") for note in found.notes) == 1
    assert not found.refusals


def test_headings_among_names_are_no_customers_of_a_table_by_months():
    head = ["顧客名", "業種", "2024年4月", "2024年5月", "2024年6月"]
    found = reading(sheet(head, ["関東"], ["青空社", "製造", 10, 10, 10], ["海野社", "小売", 5, 5, 5], ["関西"],
                          ["山下社", "製造", 7, 7, 7])).tables
    assert found["subscriptions"]["customer_id"].tolist() == ["青空社", "海野社", "山下社"]


def test_a_customer_without_anything_else_is_no_heading():
    head = ["Customer ID", "Customer", "Plan", "Region", "Owner"]
    given = [[f"C{at}", f"Firm {at}", "Pro", "EU", "Kim"] for at in range(1, 7)]
    found = reading(sheet(head, *given[:3], ["C9"], *given[3:])).tables["customers"]
    assert "C9" in found["customer_id"].tolist()
