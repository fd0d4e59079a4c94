"""What an amount covers whose header does not say so: told by prices beside it and by terms, and asked."""

import pytest

from tests.ingest.given import csv, reading


def asked(text: str) -> tuple[str, list[float]]:
    """The assumed reading of the amount, and MRR under it."""
    found = reading(csv(text))
    assumed = {one.id.split(":")[0]: one.assumed for one in found.questions}
    return assumed["amount_is"], found.tables["subscriptions"]["mrr"].tolist()


TERMS = [("2024-01-01", "2024-12-31"), ("2024-02-15", "2025-02-14"), ("2023-04-01", "2026-03-31")]


def contracts(header: str, *amounts: float, terms: list[tuple[str, str]] = TERMS) -> str:
    rows = [f"C{amount},{start},{end},{amount}" for (start, end), amount in zip(terms, amounts, strict=True)]
    return "\n".join([f"Client ID,Start date,End date,{header}", *rows])


@pytest.mark.parametrize("header", ["Amount", "金額"])
def test_beside_terms_of_whole_years_a_bare_amount_is_for_the_term(header: str) -> None:
    assert asked(contracts(header, 1200, 2400, 3600)) == ("term", [100, 200, 100])


@pytest.mark.parametrize("header", ["Fee", "料金", "利用料"])
def test_a_bare_fee_is_that_of_a_month_whatever_the_terms(header: str) -> None:
    assert asked(contracts(header, 1200, 2400, 3600)) == ("month", [1200, 2400, 3600])


def test_where_some_contracts_run_on_or_end_at_any_time_a_bare_amount_is_that_of_a_month() -> None:
    for end in ("", "2025-01-19"):
        assert asked(contracts("Amount", 10, 20, 30, terms=[*TERMS[:2], ("2024-01-01", end)]))[0] == "month"


def test_lengths_of_terms_in_a_column_count_as_terms() -> None:
    rows = "A,2024-01-01,12,1200\nB,2024-02-01,24,4800\nC,2024-03-01,12,600\n"
    assert asked(f"Client ID,Start date,Term (months),Amount\n{rows}") == ("term", [100, 200, 50])


HEAD = "Client ID,Start date,Price,Quantity,Amount\n"


def test_price_times_number_times_twelve_is_the_amount_of_a_year() -> None:
    rows = "A,2024-01-01,10,5,600\nB,2024-02-01,20,3,720\nC,2024-03-01,10,1,120\n"  # 10 x 5 x 12, 20 x 3 x 12, 10 x 12
    assert asked(HEAD.replace("Price", "Item price") + rows) == ("year", [50, 60, 10])


def test_price_times_the_months_of_each_term_is_the_amount_of_the_term() -> None:
    rows = "A,2024-01-01,2024-06-30,10,5,300\nB,2024-02-01,2025-01-31,20,3,720\nC,2024-03-01,2024-05-31,10,1,30\n"
    head = "Client ID,Start date,End date,Item price,Quantity,Amount\n"
    assert asked(head + rows) == ("term", [50, 60, 10])


def test_price_times_number_that_is_the_amount_tells_by_the_header_of_the_price() -> None:
    rows = "A,2024-01-01,120,5,600\nB,2024-02-01,240,3,720\nC,2024-03-01,120,1,120\n"
    assert asked(HEAD.replace("Price", "Item price per year") + rows) == ("year", [50, 60, 10])
    assert asked(HEAD.replace("Price", "Item price") + rows) == ("month", [600, 720, 120])


def test_among_deals_that_were_won_a_bare_amount_is_for_the_term_or_a_year() -> None:
    rows = "A,2024-01-01,{0},Closed Won,1200\nB,2024-02-01,{1},Closed Won,600\n"
    head = "Client ID,Start date,End date,Stage,Amount\n"
    assert asked(head + rows.format("2024-06-30", "2025-01-31")) == ("term", [200, 50])
    assert asked(head + rows.format("", "")) == ("year", [100, 50])
