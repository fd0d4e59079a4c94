"""A book without dates: golden numbers by hand, the published telco numbers, and what it promises."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.cards import cards
from cs_kpi.kpi.movement_table import movement_table
from cs_kpi.kpi.passport import passport
from cs_kpi.kpi.readings import Reading, Segment, readings
from cs_kpi.kpi.registry import KPIS
from cs_kpi.ledger import MICRO
from cs_kpi.periods import SNAPSHOT, parse, period_name
from cs_kpi.settings import Settings
from tests import books
from tests.ingest.given import csv, reading, shared
from tests.ingest.test_snapshots import LIST

TOLD = {"mrr", "arr", "customers", "churned_customers", "continuing_customers", "churn_mrr", "arpa",
        "customer_churn_rate", "gross_revenue_churn_rate", "grr", "tenure_mean", "tenure_median"}
"""What a list without dates can tell of contracts; of tenure where it has a column for it."""


def listed(text: str = LIST, **settings: object) -> Book:
    return book_of([reading(csv(text))], Settings(**settings))  # type: ignore[arg-type]


def of(book: Book, *kpis: str, by: str | None = None) -> list[Reading]:
    return readings(book, [SNAPSHOT], kpis or None, by)


def values(book: Book, *kpis: str) -> list[float | None]:
    return [reading.value for reading in of(book, *kpis)]


def test_golden_numbers_of_a_small_list() -> None:
    # A 30,000 stays, B 30,000 left, C 10,000 stays, D 10,000 left, E no fee stays, F 0 left
    assert values(listed(), "customers", "churned_customers", "continuing_customers") == [3, 3, 3]
    assert values(listed(), "mrr", "arr", "churn_mrr") == [40_000, 480_000, 40_000]
    # 3 of 6 left; 40,000 of 80,000; 40,000 among A, C and E
    assert values(listed(), "customer_churn_rate", "gross_revenue_churn_rate", "grr", "arpa") == [
        0.5, 0.5, 0.5, 40_000 / 3]


def test_golden_churn_by_plan() -> None:
    pro, basic = of(listed(), "customer_churn_rate", by="プラン")[::-1]
    assert (pro.segment, pro.numerator, pro.denominator) == (Segment("プラン", "Pro"), 1, 2)
    assert (basic.segment, basic.numerator, basic.denominator) == (Segment("プラン", "Basic"), 2, 4)
    # Wilson of 2 of 4
    assert (round(basic.low or 0, 4), round(basic.high or 0, 4)) == (0.15, 0.85)


def test_the_customers_behind_the_churn_rate_by_name() -> None:
    found = behind(listed(), "customer_churn_rate", SNAPSHOT)
    assert dict(zip(found["customer_name"], found["numerator"], strict=True)) == {
        "株式会社い": 1, "株式会社え": 1, "株式会社か": 1, "株式会社あ": 0, "株式会社う": 0, "株式会社お": 0}
    assert found["denominator"].tolist() == [1] * 6


def test_only_what_needs_no_dates_is_told_and_the_rest_says_which_dates() -> None:
    for found in of(listed()):
        if "subscriptions" not in KPIS[found.kpi].needs or KPIS[found.kpi].group == "health":
            continue  # health asks for a configuration first: tests/health/test_kpis.py
        if found.kpi in TOLD:
            assert found.status in ("ok", "small_sample"), found
        else:
            assert (found.status, found.value) == ("not_available", None)
            assert "'Start date' and 'End date'" in str(found.reason)


def test_without_an_amount_churn_works_and_money_says_what_it_lacks() -> None:
    book = listed("顧客ID,契約状況\nA,契約中\nB,解約済\nC,契約中\nD,契約中\n")
    rate, money = of(book, "customer_churn_rate", "gross_revenue_churn_rate")
    assert (rate.value, rate.numerator, rate.denominator) == (0.25, 1, 4)
    assert money.status == "not_available"
    assert "'MRR'" in str(money.reason)


def test_several_currencies_stop_money_and_not_the_churn_of_customers() -> None:
    book = listed("顧客ID,月額,通貨,契約状況\nA,100,JPY,契約中\nB,100,USD,解約済\n")
    rate, money = of(book, "customer_churn_rate", "mrr")
    assert rate.value == 0.5
    assert money.status == "not_available"
    assert "several currencies" in str(money.reason)


def test_tax_is_taken_off_exactly_as_from_contracts() -> None:
    assert values(listed(tax_included=True, tax_rate="0.10"), "mrr") == [
        (round(30_000 / 1.1 * MICRO) + round(10_000 / 1.1 * MICRO)) / MICRO]


def test_a_credit_note_lowers_its_customer_to_no_less_than_nothing() -> None:
    rows = "".join(f"C{n},100,契約中\n" for n in range(60))
    book = listed(f"顧客ID,月額,契約状況\n{rows}D,50,解約済\nE,-20,契約中\n")
    assert values(book, "mrr", "customers", "churn_mrr") == [6000, 61, 50]
    assert any("credit notes" in str(line) for line in passport(book, "mrr", SNAPSHOT).left_out)


def test_a_customer_with_a_contract_that_stays_has_a_contraction_and_no_churn() -> None:
    rows = "".join(f"C{n},100,契約中\n" for n in range(98))
    book = listed(f"顧客ID,月額,契約状況\n{rows}D,30,解約済\nD,50,契約中\n")
    rate, revenue = of(book, "customer_churn_rate", "gross_revenue_churn_rate")
    assert (rate.numerator, rate.denominator) == (0, 99)
    assert (revenue.numerator, revenue.denominator) == (30, 9880)


def test_telco_numbers_as_published() -> None:
    book = book_of([reading(shared("telco/Telco-Customer-Churn.csv")[0])])
    [rate, lost, kept, revenue] = of(book, "customer_churn_rate", "churn_mrr", "mrr", "gross_revenue_churn_rate")
    assert (rate.numerator, rate.denominator, round(100 * (rate.value or 0), 3)) == (1869, 7043, 26.537)
    assert (lost.value, revenue.denominator) == (139_130.85, 456_116.60)
    assert kept.value == pytest.approx(456_116.60 - 139_130.85)
    by_contract = {reading.segment.value: round(100 * (reading.value or 0), 2)
                   for reading in of(book, "customer_churn_rate", by="Contract") if reading.segment}
    assert by_contract == {"Month-to-month": 42.71, "One year": 11.27, "Two year": 2.83}


def test_the_median_lifetime_of_telco_is_as_published() -> None:
    book = book_of([reading(shared("telco/Telco-Customer-Churn.csv")[0])])
    by_contract = {one.segment.value: one.value for one in of(book, "tenure_median", by="Contract") if one.segment}
    assert by_contract == {"Month-to-month": 35, "One year": None, "Two year": None}


def test_tenure_of_a_small_list() -> None:
    # 24, 3, 12, 1, 6 and 8 months; who left: 3, 1 and 8, so 5/6, 4/6 after 3, 2/3 x 2/3 after 8
    assert values(listed(), "tenure_mean", "tenure_median") == [9, 8]


def test_without_tenure_nothing_is_said_of_it() -> None:
    [found] = of(listed("顧客ID,契約状況\nA,契約中\nB,解約済\n"), "tenure_mean")
    assert found.status == "not_available"
    assert "Tenure" in str(found.reason)


def test_tenure_and_event_are_there_for_survival() -> None:
    snapshot = listed().snapshot
    assert snapshot is not None
    assert snapshot.duration_months.tolist() == [24, 3, 12, 1, 6, 8]
    assert snapshot.event.tolist() == [False, True, False, True, False, True]


def test_a_customer_whom_another_table_alone_names_is_not_in_the_list() -> None:
    usage = reading(csv("顧客ID,利用日,回数\nA,2024/4/1,3\nZ,2024/4/2,5\n", "利用.csv"))
    book = book_of([reading(csv(LIST)), usage])
    assert book.is_snapshot
    assert of(book, "customer_churn_rate")[0].denominator == 6


def test_its_period_is_written_snapshot_and_is_no_month() -> None:
    assert parse("snapshot") is SNAPSHOT
    assert (SNAPSHOT.id, SNAPSHOT.label("ja"), SNAPSHOT.label("en")) == ("snapshot", "スナップショット", "Snapshot")
    assert SNAPSHOT.shifted(-3) == SNAPSHOT
    assert str(period_name("snapshot")) == "Snapshot"


def test_a_month_of_a_list_and_the_snapshot_of_contracts_are_errors_in_words() -> None:
    with pytest.raises(DataError, match="no 2024-03"):
        readings(listed(), [parse("2024-03")])
    dated = book_of([reading(csv("顧客ID,契約開始日,月額\nA,2024/1/1,100\n"))])
    with pytest.raises(DataError, match="has no period 'snapshot'"):
        readings(dated, [SNAPSHOT])


def test_cards_and_passports_open_for_every_kpi() -> None:
    found = {card.kpi.id: card for card in cards(listed(), SNAPSHOT)}
    assert set(found) == set(KPIS)
    assert found["customer_churn_rate"].verdict is None
    assert len(found["customer_churn_rate"].trend) == 1
    for name in KPIS:
        opened = passport(listed(), name, SNAPSHOT)
        if name in TOLD:
            assert opened.sources == (("given.csv", "given", 6),)


def test_a_passport_says_what_a_snapshot_cannot_know() -> None:
    lines = [str(line) for line in passport(listed(), "grr", SNAPSHOT).left_out]
    assert any("contraction is not in this number" in line for line in lines)
    assert any("Customers without an amount: 2" in line for line in lines)


def test_the_bridge_goes_from_everybody_to_those_who_stayed() -> None:
    [row] = movement_table(listed(), [SNAPSHOT]).to_dict("records")
    assert (row["opening"], row["churn"], row["contraction"], row["closing"]) == (80_000, 40_000, 0, 40_000)


# what holds for every list without dates, beside the promises of every KPI

@books.examples(60)
@given(books.lists)
def test_churn_of_a_list_is_flagged_by_all(rows: list[dict[str, object]]) -> None:
    gone = {row["customer"]: True for row in rows}
    for row in rows:
        gone[row["customer"]] &= bool(row["has_left"])
    [rate] = of(books.book_of_list(rows), "customer_churn_rate")
    assert (rate.numerator, rate.denominator) == (sum(gone.values()), len(gone))


@books.examples(60)
@given(books.lists)
def test_what_a_list_tells_of_money_adds_up(rows: list[dict[str, object]]) -> None:
    book = books.book_of_list(rows)
    found = {one.kpi: one for one in of(book)}
    assert found["customers"].value == found["continuing_customers"].value
    if found["mrr"].value is not None:
        snapshot = book.snapshot
        assert snapshot is not None
        lost = round((snapshot.opening - snapshot.closing).sum() / MICRO, 6)
        revenue = found["gross_revenue_churn_rate"]
        assert revenue.numerator == pytest.approx(lost)
        assert revenue.denominator == pytest.approx((found["mrr"].value or 0) + lost)


def test_a_customer_whose_row_does_not_say_is_in_no_churn_rate() -> None:
    book = books.book_of_list([{"has_left": True, "mrr": 10.0, "tenure": 1.0, "industry": "a", "customer": 0}])
    more = book.tables["customers"].iloc[[0]].assign(customer_id="X", has_left=pd.array([pd.NA], dtype="boolean"))
    with_unknown = Book({**book.tables, "customers": pd.concat([book.tables["customers"], more], ignore_index=True)})
    assert with_unknown.snapshot is not None
    assert with_unknown.snapshot.was_there.tolist() == [True, False]
    assert np.isnan(with_unknown.snapshot.duration_months).tolist() == [False, True]
