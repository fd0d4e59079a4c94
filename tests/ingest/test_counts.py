"""Rows that say how many stand above are no customers; customers that are called so are."""

import pytest

from tests.ingest.given import reading, sheet

HEAD = ["Account", "Account no.", "CSM", "Plan", "MRR", "Contract start"]


def rows(*ids: str) -> list[list[object]]:
    return [[f"{one} Ltd.", one, "Bea", "Pro", 100, "2024-04-01"] for one in ids]


@pytest.mark.parametrize("count", [
    ["3 renewals", None, None, None, 300], ["2 open accounts", None, None, None, "$200"], [None, "12社"],
    ["（計 3件）", None, None, None, 300], ["小計：2社", None, None, None, "200円"], ["14 properties"]])
def test_counts_of_the_rows_above_are_left_out_as_totals(count: list[object]) -> None:
    found = reading(sheet(HEAD, *rows("101", "102"), count, *rows("103", "104"), count))
    assert found.tables["subscriptions"]["customer_id"].tolist() == ["101", "102", "103", "104"]
    assert not found.refusals
    assert any("otal rows left out" in note.text("en") for note in found.notes)


def test_a_customer_that_is_called_like_a_count_stays() -> None:
    named = ["3 Sites", "105", "Bea", "Pro", 100, "2024-04-01"]
    found = reading(sheet(HEAD, *rows("101", "102"), named)).tables["customers"]
    assert found["customer_name"].tolist() == ["101 Ltd.", "102 Ltd.", "3 Sites"]
