"""Renewals, lifetime value, tenure and start cohorts: golden numbers, each worked out in its comment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.passport import passport
from cs_kpi.kpi.readings import Segment, readings
from cs_kpi.kpi.survival import median, survival
from cs_kpi.periods import parse
from tests.tables import book, reading, value

Row = tuple[object, ...]


def steady(lost: int = 5, of: int = 100) -> list[Row]:
    """`of` customers at 100 at every opening of 2024, of whom `lost` leave in every month and as many join."""
    rows: list[Row] = [(f"s{n}", "2023-12-01", None, 100) for n in range(of - 12 * lost)]
    for month in range(1, 13):
        rows += [(f"l{month}-{n}", "2023-12-01", f"2024-{month:02d}-15", 100) for n in range(lost)]
        rows += [(f"n{month}-{n}", f"2024-{month:02d}-10", None, 100) for n in range(lost)]
    return rows


# ChartMogul help, LTV: ARPA 100, churn 5 %, margin 100 %
def test_ltv_is_arpa_by_monthly_churn() -> None:
    found = reading(book(steady()), "ltv", "2024-12")
    # 12 months with 100 at opening and 5 lost: 60 / 1,200
    assert (found.value, found.numerator, found.denominator) == (pytest.approx(2_000), 100, 0.05)
    assert found.status == "ok"
    assert found.low < 2_000 < found.high


def test_ltv_takes_the_margin_and_says_what_it_took() -> None:
    whole = book(steady(), gross_margin=Decimal("0.8"))
    assert value(whole, "ltv", "2024-12") == pytest.approx(1_600)
    assert "80%" in str(passport(whole, "ltv", parse("2024-12")).remark)
    assert "not set" in str(passport(book(steady()), "ltv", parse("2024-12")).remark)


def test_ltv_without_losses_is_undefined_and_at_least_what_the_upper_limit_of_churn_gives() -> None:
    found = reading(book([(f"s{n}", "2023-12-01", None, 100) for n in range(40)]), "ltv", "2024-12")
    assert (found.status, found.value, found.high) == ("undefined", None, None)
    assert found.low == pytest.approx(100 / wilson(0, 480)[1])
    assert "lower bound" in str(found.reason)


@pytest.mark.parametrize(("period", "months"), [("2024-02", 2), ("2024-03", None)])
def test_ltv_needs_three_months_of_churn(period: str, months: int | None) -> None:
    found = reading(book(steady()), "ltv", period)
    assert (found.status == "undefined") == (months is not None)
    if months is not None:
        assert f"there are {months}" in str(found.reason)


def test_ltv_counts_no_month_that_opens_before_the_data_begins() -> None:
    whole = book([*steady(), ("x", "2023-01-01", "2023-12-20", 1)], data_from=dt.date(2024, 10, 1))
    # October to December: 15 / 300
    assert value(whole, "ltv", "2024-12") == pytest.approx(2_000)
    assert reading(whole, "ltv", "2024-11").status == "undefined"


def test_the_customers_behind_ltv_are_those_of_both_ratios() -> None:
    table = behind(book(steady()), "ltv", parse("2024-12"))
    sums = table[["numerator", "denominator", "over_numerator", "over_denominator"]].sum().tolist()
    assert sums == [10_000, 100, 60, 1_200]


# --- renewals


@pytest.mark.parametrize(("rows", "renewed", "of"), [
    # the day after its end, the day of its end, and two days after it (grace 1)
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-07-01", None, 100)], 1, 1),
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-06-30", None, 100)], 1, 1),
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-07-02", None, 100)], 0, 1),
    # signed 90 days before, and 91
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-04-01", None, 100)], 1, 1),
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-03-31", None, 100)], 0, 1),
    # does not outlast it
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-06-01", "2024-06-30", 100)], 0, 2),
    # the contract itself goes on past its term; it stops with it
    ([("a", "2023-07-01", None, 100, "2024-06-30")], 1, 1),
    ([("a", "2023-07-01", "2024-06-30", 100, "2024-06-30")], 0, 1),
    # each row renews one term
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2023-06-15", "2024-06-15", 50), ("a", "2024-07-01", None, 150)],
     1, 2),
    # a free plan renews nothing and does not run out
    ([("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-07-01", "2024-06-30", 0)], 0, 1),
    # a price change in mid-term is no end: the term of both runs out once
    ([("a", "2023-07-01", "2024-01-31", 100, "2024-06-30"), ("a", "2024-02-01", None, 120, "2024-06-30")], 1, 1),
])
def test_a_term_is_renewed_by_its_contract_or_by_another_one(rows: list[Row], renewed: int, of: int) -> None:
    found = reading(book(rows), "renewal_rate")
    assert (found.numerator, found.denominator, found.n) == (renewed, of, of)


def test_another_product_does_not_renew_a_term() -> None:
    rows = [("a", "2023-07-01", "2024-06-30", 100, None, None, "CRM"),
            ("a", "2024-07-01", None, 100, None, None, "MA")]
    assert value(book(rows), "renewal_rate") == 0


def test_a_term_is_in_the_segment_of_its_own_product() -> None:
    # a keeps CRM, its largest product, and lets MA run out; b lets CRM run out and had nothing else
    rows = [("a", "2023-07-01", "2024-06-20", 100, None, None, "CRM"),
            ("a", "2024-06-21", None, 100, None, None, "CRM"),
            ("a", "2023-07-01", "2024-06-20", 30, None, None, "MA"),
            ("b", "2024-06-05", "2024-06-25", 10, None, None, "CRM")]
    found = {(r.kpi, r.segment.value): (r.numerator, r.denominator, r.n)
             for r in readings(book(rows), [parse("2024-06")], ["renewal_rate", "renewal_rate_mrr"], by="product")}
    assert found == {("renewal_rate", "CRM"): (1, 2, 2), ("renewal_rate", "MA"): (0, 1, 1),
                     ("renewal_rate_mrr", "CRM"): (100, 110, 2), ("renewal_rate_mrr", "MA"): (0, 30, 1)}
    who = behind(book(rows), "renewal_rate", parse("2024-06"), Segment("product", "MA"))
    assert who[["customer_id", "numerator", "denominator"]].to_numpy().tolist() == [["a", 0, 1]]
    told = passport(book(rows), "renewal_rate_mrr", parse("2024-06"), Segment("product", "CRM"))
    assert told.totals == {"renewed_mrr": 100, "ended_mrr": 110}


def test_terms_of_a_product_inside_a_segment_of_customers() -> None:
    rows = [("a", "2023-07-01", "2024-06-20", 100, None, None, "CRM"),
            ("a", "2023-07-01", "2024-06-20", 30, None, None, "MA"),
            ("b", "2023-07-01", None, 10, "2024-06-25", None, "MA")]
    whole = book(rows, customers=[("a", None, None, "x"), ("b", None, None, "y")])
    found = {r.segment.value: (r.numerator, r.denominator) for r in readings(
        whole, [parse("2024-06")], ["renewal_rate"], by="industry", within=Segment("product", "MA"))}
    assert found == {"x": (0, 1), "y": (1, 1)}


def test_renewed_mrr_is_at_most_the_old_one() -> None:
    rows = [("a", "2023-07-01", "2024-06-30", 100), ("a", "2024-07-01", None, 130),
            ("b", "2023-07-01", "2024-06-30", 100), ("b", "2024-07-01", None, 60),
            ("c", "2023-07-01", "2024-06-30", 40)]
    # min(130, 100) + min(60, 100) + 0 of 240
    assert value(book(rows), "renewal_rate_mrr") == pytest.approx(160 / 240)


def test_a_term_that_runs_out_after_the_data_ends_is_not_counted_yet() -> None:
    rows = [("a", "2023-07-01", "2024-06-30", 100), ("b", "2023-07-01", "2024-06-10", 100)]
    assert reading(book(rows, as_of="2024-06-15"), "renewal_rate").denominator == 1


def test_amounts_by_month_have_no_renewals_and_say_so() -> None:
    whole = book([("a", "2023-07-01", "2024-06-30", 100)])
    by_month = type(whole)(whole.tables, whole.settings, months=(dt.date(2023, 7, 1), dt.date(2024, 12, 31)))
    found = reading(by_month, "renewal_rate")
    assert found.status == "not_available"
    assert "month" in str(found.reason)


# --- lives


def test_revenue_to_date_adds_the_months_of_every_customer() -> None:
    rows = [("a", "2024-01-10", None, 100), ("b", "2024-02-01", "2024-04-15", 30), ("b", "2024-06-05", None, 40),
            ("c", "2024-07-01", None, 9)]
    # June: a six months of 100; b February and March at 30, June at 40; c has not begun
    found = reading(book(rows), "revenue_to_date")
    assert (found.numerator, found.denominator, found.value) == (700, 2, 350)


def test_tenure_runs_to_the_end_or_the_closing() -> None:
    rows = [("a", "2024-01-01", None, 1), ("b", "2024-01-01", "2024-03-01", 1), ("c", "2024-06-30", None, 1)]
    # to 30 June, first and last day counted: six months, January and February, one day of the thirty to 30 July
    found = reading(book(rows), "tenure_mean")
    assert found.value == pytest.approx((6 + 2 + 1 / 30) / 3)


@pytest.mark.parametrize(("end", "months"), [
    ("2025-01-01", 12),  # a leap year of 366 days
    ("2024-12-31", 11 + 30 / 31), ("2024-02-29", 1 + 28 / 29), ("2024-03-01", 2), ("2024-01-02", 1 / 31)])
def test_tenure_is_whole_calendar_months_and_a_part_of_the_next(end: str, months: float) -> None:
    assert value(book([("a", "2024-01-01", end, 1)], as_of="2025-06-30"), "tenure_mean", "2025-06") == (
        pytest.approx(months))


def test_who_left_and_who_is_there_have_the_same_tenure_for_the_same_days() -> None:
    # active on every day from 1 January to 31 March: b is gone on 1 April
    gone = value(book([("b", "2024-01-01", "2024-04-01", 1)], as_of="2024-04-30"), "tenure_mean", "2024-04")
    there = value(book([("a", "2024-01-01", None, 1)], as_of="2024-03-31"), "tenure_mean", "2024-03")
    assert gone == there == 3


def test_the_median_lifetime_counts_who_is_still_there_as_long_as_seen() -> None:
    # lives of 10, 20, 30 days that ended and one of 30 that goes on: 3/4, 2/4 after 20 days
    rows = [("a", "2024-06-01", "2024-06-11", 1), ("b", "2024-06-01", "2024-06-21", 1),
            ("c", "2024-05-31", "2024-06-30", 1), ("d", "2024-05-31", None, 1)]
    found = reading(book(rows), "tenure_median")
    assert (found.value, found.numerator, found.n) == (pytest.approx(20 / 30), 3, 4)


def test_a_median_that_few_have_reached_says_so() -> None:
    late = [(f"l{n}", "2024-01-01", "2024-05-01", 1) for n in range(8)]
    young = [(f"y{n}", "2024-05-20", None, 1) for n in range(60)]
    few = reading(book([*late, *young]), "tenure_median")
    # 8 of 8 leave after four months, and the 60 others are not seen that long
    assert (few.value, few.n, few.status) == (4, 68, "small_sample")
    assert "only 8" in str(few.reason)
    many = reading(book([(f"l{n}", "2024-01-01", "2024-05-01", 1) for n in range(30)]), "tenure_median")
    assert (many.value, many.status, many.reason) == (4, "ok", None)


def test_who_is_there_is_not_seen_on_the_day_after_the_data_ends() -> None:
    # the others left after three months, on 1 April; whether a leaves on 1 July, after three, nobody has seen
    rows = [("a", "2024-04-01", None, 1), ("b", "2024-01-01", "2024-04-01", 1), ("c", "2024-01-01", None, 1)]
    # at risk after three months: b and c, not a
    assert reading(book(rows), "tenure_median").value == 3


def test_the_median_is_not_known_while_most_are_there() -> None:
    found = reading(book([("a", "2024-01-01", "2024-02-01", 1), *[(f"s{n}", "2024-01-01", None, 1) for n in range(4)]]),
                    "tenure_median")
    assert (found.status, found.value) == ("undefined", None)
    assert "half" in str(found.reason)


def test_survival_of_the_textbook() -> None:
    """Remission times of 6-MP (Freireich 1963; Kaplan-Meier estimates as in Kalbfleisch and Prentice, table 1.2)."""
    times = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35])
    ended = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
    curve = survival(times, ended)
    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert [round(share, 3) for share in curve.share] == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [round(error, 4) for error in curve.error] == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    middle, low, high = median(curve)
    assert (middle, low) == (23, 13)
    assert np.isnan(high)


def test_a_start_cohort_is_judged_when_its_months_are_over() -> None:
    rows = [("a", "2023-06-10", None, 1), ("b", "2023-06-20", "2024-06-20", 1), ("c", "2023-06-30", "2023-09-01", 1),
            ("c", "2023-11-01", None, 1)]
    # a stays, b is gone on the day on which its year is over, c is back
    assert value(book(rows), "cohort_churn_rate", "2023-06") == pytest.approx(1 / 3)
    early = reading(book(rows, as_of="2024-06-25"), "cohort_churn_rate", "2023-06")
    # c is not observed for a year yet
    assert (early.value, early.n, early.status) == (1 / 2, 2, "incomplete")
    assert "(1)" in str(early.reason)
    assert value(book(rows, as_of="2024-06-25"), "cohort_churn_to_date", "2023-06") == 0


def test_a_start_on_the_31st_is_judged_on_the_last_day_of_a_shorter_month() -> None:
    rows = [("a", "2024-01-31", "2024-02-29", 1), ("b", "2024-01-31", "2024-03-01", 1)]
    assert value(book(rows, cohort_months=1), "cohort_churn_rate", "2024-01") == 1 / 2


def test_tenure_and_cohorts_are_cut_by_the_first_plan() -> None:
    rows = [("a", "2024-01-01", "2024-03-01", 10, None, None, "CRM"), ("a", "2024-03-01", None, 10, None, None, "MA")]
    found = {r.segment.value: r.n for r in readings(book(rows), [parse("2024-06")], ["tenure_mean"], by="product")}
    assert found == {"CRM": 1, "MA": 0}
