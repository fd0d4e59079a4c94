"""What makes a Book: its currencies, its fingerprint, its refusals, and how far it speaks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Refusal
from cs_kpi.kpi.passport import passport
from cs_kpi.kpi.readings import readings
from cs_kpi.locale import _
from cs_kpi.periods import parse
from cs_kpi.settings import Settings

JUNE = parse("2024-06")
TODAY = dt.date(2024, 7, 15)


def contracts(*rows: tuple[str, float, str | None]) -> pd.DataFrame:
    """Contracts that run since January: customer, MRR, currency."""
    return pd.DataFrame({
        "customer_id": [row[0] for row in rows], "mrr": [row[1] for row in rows],
        "start_date": pd.to_datetime(["2024-01-01"] * len(rows)), "currency": [row[2] for row in rows]})


def mrr(frame: pd.DataFrame, **settings: object) -> float | None:
    chosen = Settings(as_of=dt.date(2024, 6, 30), **settings)  # type: ignore[arg-type]
    return readings(Book({"subscriptions": frame}, chosen, TODAY), [JUNE], ["mrr"])[0].value


def test_the_shown_currency_is_worth_one_whatever_rate_was_typed_before() -> None:
    both = contracts(("A", 100, "USD"), ("B", 100, "JPY"))
    rates = {"USD": Decimal(150), "JPY": Decimal("0.01")}
    assert mrr(both, currency="JPY", currency_rates=rates) == 100 * 150 + 100
    assert mrr(both, currency="USD", currency_rates=rates) == 100 + 100 * 0.01


@pytest.mark.parametrize("named", [("USD",), ("USD", "JPY")])
def test_nothing_is_summed_while_a_blank_currency_stands_beside_named_ones(named: tuple[str, ...]) -> None:
    rows = [(f"{code} customer", 1.0, code) for code in named]
    book = Book({"subscriptions": contracts(*rows, ("C", 1, None))},
                Settings(currency="JPY", currency_rates={"USD": Decimal(150)}), TODAY)
    assert "1 row names no currency. Say on the data page" in str(book.obstacle)


def test_a_free_contract_needs_no_currency() -> None:
    assert mrr(contracts(("A", 100, "USD"), ("B", 0, None)), currency="JPY",
               currency_rates={"USD": Decimal(150)}) == 15_000


def test_the_fingerprint_follows_everything_a_page_may_show() -> None:
    frame = contracts(("A", 100, "JPY"))
    refusal = Refusal("f.csv", "f", 3, "MRR", "?", _("This is not an amount."))
    book = Book({"subscriptions": frame}, Settings(), TODAY)
    others = [Book({"subscriptions": frame.assign(mrr=101.0)}, Settings(), TODAY),
              book.under(Settings(renewal_grace_days=0)), replace(book, today=dt.date(2024, 7, 16)),
              replace(book, refused=(refusal,))]
    assert len({book.fingerprint, *(other.fingerprint for other in others)}) == 5
    assert Book({"subscriptions": frame.copy()}, Settings(), TODAY).fingerprint == book.fingerprint


def loaded(**files: str) -> Book:
    read_sheets = [read(sheet, guess(sheet)) for name, text in files.items()
                   for sheet in sheets(f"{name}.csv", text.encode())]
    return book_of(read_sheets, today=TODAY)


CONTRACTS = "subscription_id,customer_id,start_date,mrr\nS1,A,2024-01-01,100\nS2,B,2024-01-01,200\n"


def test_use_by_subscription_belongs_to_the_customer_of_the_contract() -> None:
    book = loaded(subscriptions=CONTRACTS, usage="subscription_id,usage_date,feature_name,usage_count\n"
                                                 "S1,2024-02-01,search,3\nS2,2024-02-02,search,1\n")
    assert book.tables["usage"]["customer_id"].tolist() == ["A", "B"]


def test_use_by_subscription_without_contracts_belongs_to_nobody_and_says_so() -> None:
    book = loaded(usage="subscription_id,usage_date,feature_name,usage_count\nS1,2024-02-01,search,3\n")
    assert (len(book.customer_ids), book.first_day) == (0, None)
    assert [one.text("en").split(",")[0] for one in book.remarks] == ["Usage names contracts by their ID"]
    assert readings(book, [JUNE], ["active_customer_rate"])[0].value is None


def test_use_of_an_unknown_subscription_is_refused_with_its_row() -> None:
    book = loaded(subscriptions=CONTRACTS, usage="subscription_id,usage_date,feature_name,usage_count\n"
                                                 "S1,2024-02-01,search,3\nS9,2024-02-02,search,1\n")
    assert [(one.row, one.column, one.value) for one in book.refused] == [(3, "subscription_id", "S9")]
    assert book.rows_refused == 1
    assert len(book.tables["usage"]) == 1


def test_credit_notes_above_the_contracts_are_named_on_the_passport() -> None:
    frame = contracts(("A", 100, "JPY"), ("A", -150, "JPY"), ("B", 100, "JPY"))
    book = Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 6, 30)), TODAY)
    said = [str(line) for line in passport(book, "mrr", JUNE).left_out]
    assert any("credit notes exceed their contracts at the closing: 1" in line for line in said)


@pytest.mark.parametrize("kpi", ["nrr", "mrr"])
def test_a_period_after_the_data_stays_as_it_was_at_the_end_of_the_data(kpi: str) -> None:
    frame = contracts(("A", 100, "JPY"), ("B", 100, "JPY"))
    frame.loc[1, "start_date"] = pd.Timestamp("2024-08-01")
    book = Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 6, 30)), TODAY)
    found = readings(book, [parse("2024-09")], [kpi])[0]
    assert (found.value, found.status) == ({"nrr": 1.0, "mrr": 100.0}[kpi], "incomplete")


def test_without_a_shown_currency_no_rate_of_it_is_asked_for() -> None:
    contracts = pd.DataFrame({"customer_id": ["A", "B"], "start_date": pd.to_datetime(["2024-01-01", "2024-01-01"]),
                              "mrr": [100.0, 200.0], "currency": ["USD", "EUR"]})
    obstacle = Book({"subscriptions": contracts}).obstacle
    assert obstacle is not None
    assert "Choose in the settings" in obstacle.text("en")
    chosen = Book({"subscriptions": contracts}, Settings(currency="USD")).obstacle
    assert chosen is not None
    assert "Enter a rate for EUR in" in chosen.text("en")
