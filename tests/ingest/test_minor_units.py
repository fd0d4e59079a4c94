"""Amounts in cents under headers that do not say so."""

from __future__ import annotations

from tests.ingest.given import csv, reading

HEAD = "subscription.id,customer.id,customer.name,price.unit_amount,price.recurring.interval,currency,start_date\n"
ROWS = "s1,c1,Alder,1000,month,usd,2024-01-05\ns2,c2,Birch,12000,year,usd,2024-02-01\n"


def fees(text: str, **answers: str) -> list[float]:
    return reading(csv(text), **answers).tables["subscriptions"]["mrr"].tolist()


def test_whole_numbers_under_the_name_of_an_interface_are_cents_which_is_asked() -> None:
    assert fees(HEAD + ROWS) == [10, 10]  # 1000 / 100; 12000 / 100 / 12
    assert fees(HEAD + ROWS, minor_units="whole") == [1000, 1000]
    assert [question.column for question in reading(csv(HEAD + ROWS)).questions] == ["price.unit_amount"]


def test_yen_decimals_and_small_numbers_are_no_cents() -> None:
    assert fees(HEAD + ROWS.replace("usd", "jpy")) == [1000, 1000]
    assert fees(HEAD + ROWS.replace("1000,", "1000.50,").replace("12000,", "12000.00,")) == [1000.5, 1000]
    assert fees(HEAD + ROWS.replace("12000,", "24,").replace("1000,", "10,")) == [10, 2]


def test_amounts_under_other_names_stay_as_they_are() -> None:
    found = reading(csv((HEAD + ROWS).replace("price.unit_amount", "amount")))
    assert found.tables["subscriptions"]["mrr"].tolist() == [1000, 1000]
    assert found.questions == ()
