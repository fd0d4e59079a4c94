"""A column that is called ID and no more is the contract's only where nothing else is likely."""

import pytest

from tests.ingest.given import csv, reading

ROWS = "{0}1,Alder Foods,2025-01-05,10\n{0}2,Birch Press,2025-02-05,20\n{0}7,{1},2025-03-05,30\n"


def given(name: str, first: str, number: str = "70", last: str = "Cedar Labs") -> list[str] | None:
    rows = reading(csv(f"{first},Customer,Start date,Monthly fee\n{ROWS.format(number, last)}", name)
                   ).tables["subscriptions"]
    return rows["subscription_id"].tolist() if "subscription_id" in rows else None


@pytest.mark.parametrize("first", ["ID", "No.", "id"])
def test_on_a_sheet_of_contracts_it_is_the_contract_s(first: str) -> None:
    assert given("subscriptions.csv", first) == ["701", "702", "707"]


def test_where_a_customer_has_several_it_is_the_contract_s_whatever_the_sheet_is_called() -> None:
    assert given("2025.csv", "ID", last="Alder Foods") == ["701", "702", "707"]


@pytest.mark.parametrize(("name", "first", "number"), [
    ("list.csv", "ID", "70"),  # each customer stands once: it may be the customer's
    ("subscriptions.csv", "ID", "C-"),  # numbered as customers are
    ("subscriptions.csv", "Region", "70")])
def test_else_it_stays_an_attribute(name: str, first: str, number: str) -> None:
    assert given(name, first, number) is None


def test_numbers_of_rows_are_no_contracts() -> None:
    found = reading(csv("No.,Customer,Start date,MRR\n1,A b,2025-01-05,1\n2,C d,2025-01-05,1\n3,A b,2025-02-05,1\n",
                        "contracts.csv"))
    assert "subscription_id" not in found.tables["subscriptions"]


def test_a_column_called_subscription_holds_its_numbers_where_each_row_has_one() -> None:
    assert given("2025.csv", "Subscription", "S-") == ["S-1", "S-2", "S-7"]
    assert given("2025.csv", "Subscription", "Plan ") is None
