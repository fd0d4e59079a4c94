"""The start of the term that runs now beside the start of the contract."""

import pytest

from tests.ingest.given import csv, reading

ROWS = "C1,Alder,2022-03-01,2025-03-01,2026-02-28,{0}\nC2,Birch,2023-05-01,2025-05-01,2026-04-30,{0}\n"


def start(first: str, second: str, money: str = "MRR") -> str:
    head = f"Account ID,Account name,{first},{second},Renewal date,{money}\n"
    return reading(csv(head + ROWS.format(120))).mapping.columns["subscriptions.start_date"]


@pytest.mark.parametrize(("first", "second"), [
    ("Contract start", "Current term start"), ("started_at", "current_period_start"),
    ("Start date", "Current contract period start")])
def test_the_contract_starts_when_it_began_and_not_with_the_term_that_runs_now(first: str, second: str) -> None:
    assert start(first, second) == first


def test_the_current_contract_starts_anew_beside_the_first_contract_of_its_customer() -> None:
    assert start("Original contract date", "Current contract start") == "Current contract start"


def test_a_total_for_the_term_is_of_the_term_that_runs_now() -> None:
    assert start("Contract start", "Current term start", "Total contract value") == "Current term start"
