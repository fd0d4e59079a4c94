"""The same KPI by other definitions (handbook 7), what lies between two of them, and which one another tool uses."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.errors import DataError
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.compare import difference, explanations
from cs_kpi.kpi.conventions import conventions_of
from cs_kpi.kpi.intervals import Z
from cs_kpi.kpi.passport import passport
from cs_kpi.kpi.readings import readings
from cs_kpi.kpi.registry import KPIS, VARIANTS
from cs_kpi.periods import parse, periods
from tests import books
from tests.tables import book, reading, value

# ChartMogul help, customer churn rate: 100 customers, 11 cancel, 1 of them joined in the month
HUNDRED = [*[(f"s{n}", "2024-01-01", None, 10) for n in range(90)],
           *[(f"l{n}", "2024-01-01", "2024-06-15", 10) for n in range(10)], ("brief", "2024-06-02", "2024-06-20", 10)]
BACK = [("a", "2024-01-01", None, 100), ("soon", "2023-01-01", "2024-05-10", 30), ("soon", "2024-06-10", None, 40),
        ("late", "2023-01-01", "2024-02-10", 30), ("late", "2024-06-10", None, 50)]


@pytest.mark.parametrize(("convention", "expected"), [
    ("default", 10 / 100), ("stripe", 11 / 101), ("baremetrics", 11 / 100)])
def test_who_joins_and_leaves_in_the_month_counts_by_convention(convention: str, expected: float) -> None:
    found = reading(book(HUNDRED), "customer_churn_rate", convention=convention)
    assert found.value == expected
    assert found.convention == convention


def test_more_that_came_and_went_than_were_there_is_churn_above_all_by_baremetrics() -> None:
    brief = [(f"brief{n}", "2024-06-02", "2024-06-20", 10) for n in range(2)]
    whole = book([("a", "2024-01-01", None, 10), *brief])
    found = reading(whole, "customer_churn_rate", convention="baremetrics")
    # (0 + 2) / 1 = 2; residuals -2, 1 and 1, error sqrt(3 / 2 * 6) / 1 = 3, and no rate is below 0
    assert (found.value, found.low) == (2, 0)
    assert found.high == pytest.approx(2 + Z * 3)
    assert passport(whole, "customer_churn_rate", parse("2024-06"), convention="baremetrics").reading.value == 2


def test_churn_by_stripe_has_new_customers_in_its_base() -> None:
    rows = [*HUNDRED, *[(f"n{n}", "2024-06-10", None, 10) for n in range(9)]]
    assert value(book(rows), "customer_churn_rate", convention="stripe") == 11 / 110


def test_reactivation_is_inside_nrr_by_chartmogul_and_new_after_ninety_days_by_maxio() -> None:
    whole = book(BACK)
    # opening 100; soon comes back with 40 after 31 days, late with 50 after 121
    assert value(whole, "nrr") == 1
    assert value(whole, "nrr", convention="chartmogul") == pytest.approx(1.9)
    assert value(whole, "net_revenue_churn_rate", convention="chartmogul") == pytest.approx(-0.9)
    maxio = [value(whole, kpi, convention="maxio") for kpi in (
        "new_mrr", "reactivation_mrr", "new_customers", "reactivated_customers")]
    assert maxio == [50, 40, 1, 1]
    assert value(whole, "quick_ratio", convention="without_reactivation") is None


@pytest.mark.parametrize(("start", "is_new"), [("2024-05-10", 0), ("2024-05-11", 1)])
def test_ninety_days_away_is_a_return_and_ninety_one_is_new(start: str, is_new: int) -> None:
    rows = [("a", "2023-01-01", "2024-02-10", 30), ("a", start, None, 30), ("b", "2023-01-01", None, 1)]
    # the last active day is 9 February; from the 10th to 10 May are 90 days
    assert value(book(rows), "new_customers", "2024-05", "maxio") == is_new


def test_nrr_over_a_quarter_in_three_ways() -> None:
    rows = [("a", "2024-01-01", "2024-04-10", 100), ("a", "2024-04-10", None, 150),
            ("b", "2024-01-01", "2024-05-10", 100),
            ("n", "2024-04-20", "2024-06-10", 50), ("n", "2024-06-10", None, 100)]
    whole = book(rows)
    # the two at opening: 200 -> 150
    assert value(whole, "nrr", "2024-Q2") == 0.75
    # April 250/200, May 200/300, June 250/200
    assert value(whole, "nrr", "2024-Q2", "monthly_product") == pytest.approx(1.25 * 2 / 3 * 1.25)
    # 1 + (50 - 100 + 50) / 200
    assert value(whole, "nrr", "2024-Q2", "monthly_sum") == 1


def test_one_month_is_the_same_in_all_three_ways() -> None:
    whole = book(HUNDRED)
    assert len({value(whole, "nrr", convention=name) for name in ("default", "monthly_product", "monthly_sum")}) == 1


def test_cancellations_only_leave_contraction_out() -> None:
    rows = [("a", "2024-01-01", "2024-06-10", 60), ("b", "2024-01-01", "2024-06-10", 40), ("b", "2024-06-10", None, 30)]
    assert value(book(rows), "gross_revenue_churn_rate") == 0.7
    assert value(book(rows), "gross_revenue_churn_rate", convention="cancellations_only") == 0.6
    assert value(book(rows), "grr", convention="cancellations_only") == 0.4


def test_ltv_by_the_mean_of_six_months_and_by_one_month() -> None:
    # ten customers at 100; one leaves in May and is replaced, two in July: ARPA of July 100 (8)
    rows = [*[(f"s{n}", "2023-12-01", None, 100) for n in range(7)], ("x", "2023-12-01", "2024-05-10", 100),
            ("y", "2024-05-10", None, 100), *[(f"l{n}", "2023-12-01", "2024-07-10", 100) for n in range(2)]]
    whole = book(rows)
    # January to June: one of ten once, mean 1/60; in July two of ten
    assert value(whole, "ltv", "2024-07", "chartmogul") == pytest.approx(6_000)
    assert value(whole, "ltv", "2024-07", "month_churn") == pytest.approx(500)
    assert reading(whole, "ltv", "2024-06", "month_churn").status == "undefined"


def test_upsell_as_a_share_of_customers() -> None:
    rows = [("a", "2024-01-01", "2024-06-10", 10, None, None, "CRM"), ("a", "2024-06-10", None, 90, None, None, "CRM"),
            ("b", "2024-01-01", None, 90, None, None, "CRM"), ("b", "2024-06-10", None, 10, None, None, "MA")]
    found = [value(book(rows), kpi, convention="share_of_customers") for kpi in ("upsell_rate", "cross_sell_rate")]
    assert found == [1 / 2, 1 / 2]
    assert value(book(rows), "upsell_rate") == 0.8


def test_settings_switch_the_whole_book_or_one_kpi() -> None:
    whole = book(HUNDRED, convention="stripe", kpi_conventions={"customer_churn_rate": "baremetrics"})
    found = readings(whole, [parse("2024-06")], ["customer_churn_rate", "mrr"])
    assert [one.convention for one in found] == ["baremetrics", "default"]
    assert reading(book(HUNDRED, convention="stripe"), "customer_churn_rate").convention == "stripe"
    assert whole.fingerprint != book(HUNDRED).fingerprint


def test_an_unknown_convention_is_said_with_the_known_ones() -> None:
    with pytest.raises(DataError, match="chartmogul"):
        readings(book(HUNDRED, convention="mine"), [parse("2024-06")], ["mrr"])


def test_the_difference_between_two_conventions_has_names() -> None:
    found = difference(book(HUNDRED), "customer_churn_rate", parse("2024-06"), "default", "baremetrics")
    assert found.value == pytest.approx(0.01)
    assert found.customers["customer_id"].tolist() == ["brief"]
    [row] = found.customers.to_dict("records")
    assert (row["numerator_one"], row["numerator_other"]) == (0, 1)


def test_the_difference_of_a_quarter_is_made_by_who_joined_in_it() -> None:
    rows = [("a", "2024-01-01", None, 100), ("n", "2024-04-20", "2024-06-10", 50), ("n", "2024-06-10", None, 80)]
    found = difference(book(rows), "nrr", parse("2024-Q2"), "default", "monthly_sum")
    assert found.value == pytest.approx(0.3)
    assert found.customers["customer_id"].tolist() == ["n"]
    assert found.customers["numerator_other"].tolist() == [30]


@books.examples(40)
@given(st.data())
def test_the_customers_behind_every_convention_sum_to_its_reading(data: st.DataObject) -> None:
    whole = books.book(data.draw(books.sheets()))
    period = data.draw(books.periods_of_book(whole))
    for kpi in VARIANTS.values():
        [found] = readings(whole, [period], [kpi.id], convention=kpi.convention)
        if found.status == "not_available" or kpi.over:
            continue
        table = behind(whole, kpi.id, period, convention=kpi.convention)
        for side in ("numerator", "denominator"):
            if getattr(found, side) is not None:
                assert table[side].sum() == pytest.approx(getattr(found, side), abs=1e-6), kpi.convention


@books.examples(40)
@given(st.data())
def test_whatever_differs_is_listed_and_makes_up_the_difference(data: st.DataObject) -> None:
    whole = books.book(data.draw(books.sheets()))
    period = data.draw(books.periods_of_book(whole))
    found = difference(whole, "customer_churn_rate", period, "default", "stripe")
    if found.one.numerator is not None:
        more = found.customers["numerator_other"].sum() - found.customers["numerator_one"].sum()
        assert more == found.other.numerator - found.one.numerator
        listed = found.customers[["numerator_one", "denominator_one"]].to_numpy()
        assert (listed != found.customers[["numerator_other", "denominator_other"]].to_numpy()).any(axis=1).all()


@pytest.mark.parametrize("convention", ["default", "stripe", "baremetrics"])
def test_the_convention_behind_another_tools_figures_is_found(convention: str) -> None:
    rows = [*HUNDRED, *[(f"n{n}", "2024-05-10", "2024-05-20", 10) for n in range(3)], ("m", "2024-05-12", None, 10)]
    whole = book(rows)
    months = periods("month", parse("2024-04").start, parse("2024-06").end)
    theirs = {month: round(value(whole, "customer_churn_rate", month.id, convention), 4) for month in months}
    ranked = explanations(whole, "customer_churn_rate", theirs)
    assert ranked[0].convention == convention
    assert ranked[0].error < 1e-4
    assert [one.error for one in ranked] == sorted(one.error for one in ranked)
    assert {one.convention for one in ranked} == {kpi.convention for kpi in conventions_of("customer_churn_rate")}


def test_a_convention_without_a_value_explains_nothing() -> None:
    ranked = explanations(book(HUNDRED), "ltv", {parse("2024-06"): 1_000.0})
    without = [one for one in ranked if None in one.differences.values()]
    assert all(math.isinf(one.error) for one in without)
    assert ranked[-len(without):] == without


def test_nothing_to_compare_with_is_said() -> None:
    with pytest.raises(DataError, match="figures"):
        explanations(book(HUNDRED), "nrr", {})


@pytest.mark.parametrize("kpi", VARIANTS.values(), ids=lambda kpi: f"{kpi.id}-{kpi.convention}")
def test_a_variant_changes_its_definition_in_words_too(kpi: object) -> None:
    assert kpi.definition.text("en") != KPIS[kpi.id].definition.text("en")  # type: ignore[attr-defined]
