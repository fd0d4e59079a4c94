"""Golden numbers: small ledgers that hold every fate; every expectation is a sum done in the head, in its comment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.movement_table import movement_table
from cs_kpi.kpi.readings import readings
from cs_kpi.measures.moments import moment
from cs_kpi.periods import parse
from cs_kpi.settings import Settings

LEDGER = [
    # kept: 100 all along, renewed in both styles (the day after its end, the day of its end)
    ("kept", "2023-01-01", "2023-12-31", 100), ("kept", "2024-01-01", "2024-04-01", 100),
    ("kept", "2024-04-01", None, 100),
    # raised: 100, renewed at 150 on 1 April; its old contract ended the day before
    ("raised", "2023-04-01", "2024-03-31", 100), ("raised", "2024-04-01", None, 150),
    # lowered: 80, 60 from 15 May
    ("lowered", "2023-06-01", "2024-05-15", 80), ("lowered", "2024-05-15", None, 60),
    # lost: one ends with March, one on the first of April
    ("lost in March", "2023-01-01", "2024-03-31", 40), ("lost in April", "2023-01-01", "2024-04-01", 10),
    # new in May
    ("new", "2024-05-20", None, 200),
    # away from 10 February to 5 May
    ("back", "2023-01-01", "2024-02-10", 30), ("back", "2024-05-05", None, 30),
    # away inside the second quarter only
    ("short away", "2023-01-01", "2024-04-20", 70), ("short away", "2024-06-10", None, 70),
    # came and went inside April
    ("brief", "2024-04-05", "2024-04-20", 900),
    # free at first, paying from June
    ("free", "2024-01-01", "2024-06-01", 0), ("free", "2024-06-01", None, 25),
]


def book(rows: list[Any], **settings: Any) -> Book:
    """A book of (customer, start, end, mrr[, product[, charge kind[, currency]]]) rows."""
    names = ["customer_id", "start_date", "end_date", "mrr", "product", "charge_kind", "currency"]
    frame = pd.DataFrame([dict(zip(names, row, strict=False)) for row in rows])
    frame = frame.assign(start_date=pd.to_datetime(frame["start_date"]), end_date=pd.to_datetime(frame["end_date"]),
                         mrr=frame["mrr"].astype(float))
    return Book({"subscriptions": frame}, Settings(**{"as_of": dt.date(2024, 12, 31)} | settings))


def values(whole: Book, period: str, *kpis: str) -> list[float | None]:
    month = parse(period, whole.settings.fiscal_year_start)
    return [reading.value for reading in readings(whole, [month], list(kpis), intervals=False)]


MOVEMENTS = ("mrr", "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr")


@pytest.mark.parametrize(("period", "expected"), [
    # 2023-12 closes at 100 kept + 100 raised + 80 lowered + 40 + 10 lost + 30 back + 70 short away = 430
    ("2024-01", (430, 0, 0, 0, 0, 0)),
    # back leaves: 430 - 30
    ("2024-02", (400, 0, 0, 0, 0, 30)),
    # who ends on 31 March is gone in March: 400 - 40
    ("2024-03", (360, 0, 0, 0, 0, 40)),
    # raised + 50; lost in April - 10; short away - 70; brief is at neither closing: 360 + 50 - 80
    ("2024-04", (330, 0, 0, 50, 0, 80)),
    # new 200; back 30; lowered - 20: 330 + 200 + 30 - 20
    ("2024-05", (540, 200, 30, 0, 20, 0)),
    # free pays 25 and was no customer before; short away is back with 70: 540 + 95
    ("2024-06", (635, 25, 70, 0, 0, 0)),
    # first quarter: back and lost in March, 430 - 70
    ("2024-Q1", (360, 0, 0, 0, 0, 70)),
    # second quarter: short away did not churn; new 225, back 30, raised 50, lowered 20, lost in April 10
    ("2024-Q2", (635, 225, 30, 50, 20, 10)),
    # half-year: back did not churn either; lost 40 + 10
    ("2024-H1", (635, 225, 0, 50, 20, 50)),
    # twelve months to June 2024 open like January: only who started before July 2023 was there, and that is everybody
    ("TTM-2024-06", (635, 225, 0, 50, 20, 50)),
    # the year to March 2024 opens with 100 kept + 40 + 10 + 30 + 70 = 250; raised and lowered are new in it, 180
    ("TTM-2024-03", (360, 180, 0, 0, 0, 70)),
])
def test_every_fate_moves_money_in_its_period(period: str, expected: tuple[float, ...]) -> None:
    assert tuple(values(book(LEDGER), period, *MOVEMENTS)) == expected


@pytest.mark.parametrize(("period", "expected"), [
    # at opening of April: kept, raised, lowered, lost in April, short away; two of five leave
    ("2024-04", (3, 0, 0, 2, 3)),
    # 3 + new + back
    ("2024-05", (5, 1, 1, 0, 3)),
    # 5 + free + short away
    ("2024-06", (7, 1, 1, 0, 5)),
    # of the five at opening one leaves; new, free; back
    ("2024-Q2", (7, 2, 1, 1, 4)),
])
def test_every_fate_is_counted_in_its_period(period: str, expected: tuple[int, ...]) -> None:
    assert tuple(values(book(LEDGER), period, "customers", "new_customers", "reactivated_customers",
                        "churned_customers", "continuing_customers")) == expected


def test_rates_of_the_second_quarter() -> None:
    found = values(book(LEDGER), "2024-Q2", "customer_churn_rate", "gross_revenue_churn_rate",
                   "net_revenue_churn_rate", "grr", "nrr", "quick_ratio", "expansion_customer_rate", "arpa",
                   "net_new_mrr", "arr")
    # opening 360 of five; churn 10, contraction 20, expansion 50, new 225, reactivation 30; closing 635 of seven
    assert found == [1 / 5, 30 / 360, -20 / 360, 330 / 360, 380 / 360, 305 / 30, 1 / 5, 635 / 7, 275, 12 * 635]


def test_the_second_quarter_names_who_came_and_went() -> None:
    whole = book(LEDGER)
    within = moment(whole, parse("2024-Q2")).within_period
    assert whole.customer_ids[within].tolist() == ["brief"]


def test_the_customers_behind_the_churn_of_april() -> None:
    table = behind(book(LEDGER), "customer_churn_rate", parse("2024-04"))
    assert table["customer_id"].tolist() == ["lost in April", "short away", "kept", "lowered", "raised"]
    assert table["numerator"].tolist() == [1, 1, 0, 0, 0]
    assert table["denominator"].tolist() == [1, 1, 1, 1, 1]


def test_a_fiscal_quarter_moves_like_the_calendar_quarter_of_the_same_days() -> None:
    fiscal = book(LEDGER, fiscal_year_start=4)
    assert values(fiscal, "FY2024-Q1", *MOVEMENTS) == values(book(LEDGER), "2024-Q2", *MOVEMENTS)
    # fiscal 2023 ends in March 2024 and opens in April 2023: as the twelve months to March
    assert values(fiscal, "FY2023", *MOVEMENTS) == [360, 180, 0, 0, 0, 70]
    # its second half opens in October 2023 with all 430 and loses 70
    assert values(fiscal, "FY2023-H2", *MOVEMENTS) == [360, 0, 0, 0, 0, 70]


@pytest.mark.parametrize(("start", "grace", "churned"), [
    ("2024-03-30", 1, 0), ("2024-03-31", 1, 0), ("2024-04-01", 1, 0),  # overlap, same day, next day
    ("2024-04-02", 1, 1), ("2024-04-02", 2, 0), ("2024-04-01", 0, 1), ("2024-03-31", 0, 0)])
def test_a_renewal_bridges_the_end_within_the_grace_days(start: str, grace: int, churned: int) -> None:
    rows = [("a", "2023-04-01", "2024-03-31", 100), ("a", start, None, 100)]
    whole = book(rows, renewal_grace_days=grace)
    assert values(whole, "2024-03", "churned_customers") == [churned]
    assert values(whole, "2024-04", "reactivated_customers") == [churned]


def test_another_product_does_not_renew_this_one() -> None:
    rows = [("a", "2023-04-01", "2024-03-31", 100, "CRM"), ("a", "2024-04-01", None, 100, "MA")]
    assert values(book(rows), "2024-03", "churned_customers") == [1]


def test_a_leap_day_is_the_last_day_of_its_february() -> None:
    rows = [("a", "2023-03-01", "2024-02-29", 100), ("b", "2023-03-01", "2024-03-01", 100)]
    assert values(book(rows), "2024-02", "churned_customers", "customers") == [1, 1]
    assert values(book(rows), "2024-03", "churned_customers", "customers") == [1, 0]


def test_expansion_is_shared_between_upsell_and_cross_sell() -> None:
    rows = [("a", "2024-01-01", "2024-06-10", 100, "CRM"), ("a", "2024-06-10", None, 140, "CRM"),
            ("a", "2024-06-10", None, 60, "MA"), ("a", "2024-01-01", "2024-06-10", 20, "Voice")]
    whole = book(rows)
    # 120 became 200, expansion 80; raw upsell 40 (CRM), raw cross-sell 60 (MA); so 32 and 48
    assert values(whole, "2024-06", "expansion_mrr", "upsell_mrr", "cross_sell_mrr") == [80, 32, 48]
    assert values(whole, "2024-06", "upsell_rate", "cross_sell_rate") == [32 / 120, 48 / 120]


def test_a_new_product_is_no_cross_sell_where_the_total_did_not_rise() -> None:
    rows = [("a", "2024-01-01", "2024-06-10", 100, "CRM"), ("a", "2024-06-10", None, 60, "MA")]
    assert values(book(rows), "2024-06", "cross_sell_mrr", "contraction_mrr") == [0, 40]


def test_without_products_all_expansion_is_upsell_and_the_cross_sell_rate_is_not_available() -> None:
    rows = [("a", "2024-01-01", "2024-06-10", 100), ("a", "2024-06-10", None, 140)]
    assert values(book(rows), "2024-06", "upsell_mrr", "upsell_rate", "cross_sell_rate") == [40, 0.4, None]


def test_each_currency_is_converted_by_its_rate() -> None:
    rows = [("a", "2024-01-01", None, 10, None, "recurring", "USD"),
            ("b", "2024-01-01", None, 500, None, "recurring", "JPY")]
    # 10 x 150 + 500
    assert values(book(rows, currency="JPY", currency_rates={"USD": Decimal(150)}), "2024-06", "mrr") == [2_000]


def test_one_foreign_currency_is_converted_too() -> None:
    rows = [("a", "2024-01-01", None, 10, None, "recurring", "usd")]
    assert values(book(rows, currency="JPY", currency_rates={"USD": Decimal(150)}), "2024-06", "mrr") == [1_500]
    assert values(book(rows), "2024-06", "mrr") == [10]


@pytest.mark.parametrize("codes", [("USD", "JPY"), ("USD", "USD")])
def test_nothing_is_added_up_while_a_rate_is_missing(codes: tuple[str, str]) -> None:
    rows = [(name, "2024-01-01", None, 10, None, "recurring", code)
            for name, code in zip("ab", codes, strict=True)]
    [reading] = readings(book(rows, currency="JPY"), [parse("2024-06")], ["mrr"])
    assert (reading.status, reading.value) == ("not_available", None)
    assert "USD" in str(reading.reason)


def test_tax_is_taken_off_an_amount_that_includes_it() -> None:
    rows = [("a", "2024-01-01", None, 11_000)]
    assert values(book(rows, tax_included=True), "2024-06", "mrr") == [10_000]
    # 108 with 8 % is 100; 0.10 with 10 % is fixed to a millionth: 0.090909
    assert values(book([("a", "2024-01-01", None, 108)], tax_included=True, tax_rate=Decimal("0.08")),
                  "2024-06", "mrr") == [100]
    assert values(book([("a", "2024-01-01", None, 0.1)], tax_included=True), "2024-06", "mrr") == [0.090909]


def test_a_credit_note_lowers_mrr_while_it_runs_and_never_below_zero() -> None:
    rows = [("a", "2024-01-01", None, 100), ("a", "2024-06-01", "2024-07-01", -30),
            ("b", "2024-01-01", None, 20), ("b", "2024-06-01", "2024-07-01", -50)]
    # June: 70 and 0, so a contracts by 30 and b churns with 20; July: a grows by 30, b is back with 20
    assert values(book(rows), "2024-06", *MOVEMENTS) == [70, 0, 0, 0, 30, 20]
    assert values(book(rows), "2024-07", *MOVEMENTS) == [120, 0, 20, 30, 0, 0]


def test_one_time_charges_and_trials_are_no_mrr_and_variable_ones_by_setting() -> None:
    rows = [("a", "2024-01-01", None, 100, None, "recurring"), ("a", "2024-01-01", None, 7, None, "variable"),
            ("a", "2024-01-01", None, 900, None, "one-time"), ("b", "2024-01-01", None, 50, None, "trial")]
    assert values(book(rows), "2024-06", "mrr", "customers") == [100, 1]
    assert values(book(rows, counts_variable=True), "2024-06", "mrr") == [107]


def test_a_month_that_the_data_does_not_complete_closes_where_the_data_ends() -> None:
    rows = [("a", "2024-01-01", "2024-06-20", 100), ("b", "2024-06-18", None, 40), ("c", "2024-01-01", None, 5)]
    early, late = book(rows, as_of=dt.date(2024, 6, 15)), book(rows, as_of=dt.date(2024, 6, 25))
    # on the 15th a and c are there; on the 25th a has gone and b has come
    assert values(early, "2024-06", "mrr", "churn_mrr", "new_mrr") == [105, 0, 0]
    assert values(late, "2024-06", "mrr", "churn_mrr", "new_mrr") == [45, 100, 40]


def test_segments_with_the_contract_are_read_at_their_moment() -> None:
    rows = [("a", "2024-01-01", "2024-06-10", 100, "CRM"), ("a", "2024-06-10", None, 130, "MA"),
            ("b", "2024-01-01", None, 60, "CRM"), ("b", "2024-01-01", None, 60, "MA"),
            ("c", "2024-01-01", "2024-06-10", 30, None), ("d", "2024-06-10", None, 7, "MA")]
    whole = book(rows)
    found = {(r.kpi, r.segment.value): r.value for r in readings(whole, [parse("2024-06")],
                                                                 ["mrr", "nrr", "expansion_mrr"], by="product")}
    # a was in CRM and is in MA; b has as much of both and counts in CRM by name; c had none and left
    assert {name: found["mrr", name] for name in ("CRM", "MA", None)} == {"CRM": 120, "MA": 137, None: 0}
    # movements are the opening segment's: a grew by 30 in CRM, (100 + 120 + 30) / 220; c lost all
    assert (found["expansion_mrr", "CRM"], found["nrr", "CRM"], found["nrr", None]) == (30, 250 / 220, 0)
    table = movement_table(whole, [parse("2024-06")], by="product").set_index("segment")
    # CRM: 220 + 30 - 130 moved = 120; MA: 7 new + 130 moved = 137
    assert table["moved"].tolist() == [0, -130, 130]


def test_who_was_there_before_the_data_begins_is_not_new() -> None:
    rows = [("old", "2024-01-01", None, 100), ("young", "2024-02-10", None, 30)]
    whole = book(rows, data_from=dt.date(2024, 2, 1))
    assert values(whole, "2024-02", "new_mrr", "mrr", "nrr") == [30, 130, 1]
    cohorts = {r.segment.value: r.value for r in readings(whole, [parse("2024-02")], ["mrr"], by="start_month")}
    assert cohorts == {None: 100, "2024-02": 30}


def test_the_sheet_may_know_the_real_first_day_of_who_was_there_before() -> None:
    rows = [("old", "2024-01-01", None, 100), ("young", "2024-02-10", None, 30)]
    whole = book(rows, data_from=dt.date(2024, 2, 1))
    customers = pd.DataFrame({"customer_id": ["old", "young"],
                              "started_on": pd.to_datetime(["2019-05-01", "2020-01-01"])})
    known = Book({**whole.tables, "customers": customers}, whole.settings)
    cohorts = {r.segment.value: r.value for r in readings(known, [parse("2024-02")], ["mrr"], by="start_year")}
    assert cohorts == {"2019": 100, "2024": 30}
