"""The figures of cohorts, staying and leaving: what they show, and the one sentence each of them says."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.charts.cohorts import SEVERAL, Shown, cohort_heatmap, left_out, row_names
from cs_kpi.charts.drawing import chart
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.retention import cost_lines, cost_sentence, reason_bars, renewal_bars
from cs_kpi.charts.staying import survival_curves
from cs_kpi.charts.tables import table
from cs_kpi.export.slides import deck
from cs_kpi.kpi.readings import Segment
from cs_kpi.retention.cohorts import members
from cs_kpi.retention.cost import pooled_rate
from cs_kpi.retention.listing import (
    CHURNED_LABELS,
    COHORT_LABELS,
    REASON_LABELS,
    RENEWAL_LABELS,
    cohort_list,
    cost_table,
    renewal_list,
)
from tests.retention.given import Row, book
from tests.retention.test_leaving import said

ROWS: tuple[Row, ...] = (
    ("A", "2023-12-01", None, 100), ("B", "2023-12-01", "2024-02-15", 50), ("C", "2024-01-01", None, 40),
    ("D", "2024-01-01", "2024-03-15", 10))
PLANS = ["Pro", "Basic", "Basic", "Basic"]


def small(**more: object) -> Book:
    return book(*ROWS, as_of="2024-03-31", plan=PLANS, **more)  # type: ignore[arg-type]


def cells(figure: Figure) -> dict[str, list[float | None]]:
    return {str(one.name): [None if v is None else round(v, 6) for v in one.values] for one in figure.series}


def test_shares_begin_with_all_cohorts_and_stop_where_nobody_is_observed() -> None:
    figure = cohort_heatmap(small(), "start_month", "customers", "share", "en")
    # December: A and B, B gone from February; January: C and D, D gone in March.
    assert cells(figure) == {"All cohorts": [1, 1, 0.5, 0.5], "Dec 2023": [1, 1, 0.5, 0.5],
                             "Jan 2024": [1, 1, 0.5, None]}
    assert [one.size for one in figure.series] == [4, 2, 2]
    assert str(figure.subtitle) == "After 3 months 50.0% of the customers are still there (n = 2)"


def test_numbers_are_customers_or_money() -> None:
    assert cells(cohort_heatmap(small(), "start_month", "customers", "count", "en"))["Jan 2024"] == [2, 2, 1, None]
    money = cohort_heatmap(small(), "start_month", "mrr", "count", "en")
    assert (cells(money)["Dec 2023"], money.unit) == ([150, 150, 100, 100], "money")


def test_against_the_mean_the_cohorts_differ_from_all_together() -> None:
    figure = cohort_heatmap(small(), "plan", "mrr", "against_mean", "en")
    # Pro pays 100 of 100; Basic 100, 100 and 40 of 100 in months 0 to 2: of all 200, that is 200, 200 and 140.
    assert cells(figure)["Pro"][:3] == [0, 0, 0.3]
    assert cells(figure)["Basic"][:3] == [0, 0, -0.3]
    assert figure.centre == 0


def test_a_segment_narrows_the_cohorts_and_is_named() -> None:
    figure = cohort_heatmap(small(), "start_month", "customers", "count", "en", Segment("plan", "Pro"))
    assert cells(figure) == {"Dec 2023": [1, 1, 1, 1]}
    assert "(Pro)" in str(figure.title)


def test_many_values_become_the_largest_and_the_others() -> None:
    rows: list[Row] = [(f"C{n}", "2024-01-01", None, 1) for n in range(80)]
    many = book(*rows, as_of="2024-02-29", plan=[f"P{n % 40:02d}" for n in range(80)])
    figure = cohort_heatmap(many, "plan", "customers", "count", "en")
    assert len(figure.series) == 30
    assert cells(figure)["Others"] == [22, 22]  # eleven plans of two customers


def test_who_was_there_before_the_data_begins_is_said() -> None:
    one = book(("A", "2024-01-01", None, 1), ("B", "2024-02-10", None, 1), as_of="2024-03-31", data_from="2024-02-01")
    assert "Left out: 1 customer" in str(cohort_heatmap(one, "start_month", "customers", "share", "en").footnote)
    assert "2024-02-01" in str(left_out(one))
    assert left_out(small()) is None


def test_curves_say_the_median_or_that_it_is_not_reached() -> None:
    # D leaves after 2 months and 14 of the 31 days to 1 April (2.45), B after 2 and 14 of 29 (2.48): 3/4, then 1/2.
    figure = survival_curves(small(), "en")
    assert str(figure.subtitle) == "Half of the customers stay 2.5 months or longer; seen that long: only 3"
    assert dict(zip(figure.categories, cells(figure)["All customers"], strict=True)) == {
        "0": 1, "1": 1, "2": 1, "2.48": 0.5, "3": 0.5}
    many = [*ROWS, *((f"E{n}", "2024-01-01", "2024-03-15", 1) for n in range(30))]
    assert str(survival_curves(book(*many, as_of="2024-03-31"), "en").subtitle) == (  # type: ignore[arg-type]
        "Half of the customers stay 2.5 months or longer")
    stays = book(("A", "2024-01-01", None, 1), ("B", "2024-01-01", None, 1), as_of="2024-03-31")
    assert "More than half are still there" in str(survival_curves(stays, "en").subtitle)
    by_plan = survival_curves(small(), "en", "plan")
    assert [str(one.name) for one in by_plan.series] == ["Basic", "Pro"]


def test_reasons_stand_by_what_was_lost_and_can_be_cut() -> None:
    one = small(tables=said(("B", "2024-02-15", "price"), ("D", "2024-03-15", None)))
    figure = reason_bars(one, None, "the whole time", "en")
    assert (figure.categories, figure.series[0].values) == (("price", "No reason stated"), (50.0, 10.0))
    assert "price" in str(figure.subtitle)
    assert "83.3%" in str(figure.subtitle)
    march = reason_bars(one, (dt.date(2024, 3, 1), dt.date(2024, 3, 31)), "Mar 2024", "en", "plan")
    assert cells(march) == {"Basic": [10]}


def test_reasons_without_lost_mrr_are_counted() -> None:
    one = book(("A", "2023-12-01", None, 100), tables=said(("A", "2024-02-15", "price")))
    figure = reason_bars(one, None, "all", "en")
    assert (figure.unit, figure.series[0].values) == ("count", (1.0,))


def test_shares_of_reasons_are_of_all_losses() -> None:
    figure = reason_bars(small(tables=said(("D", "2024-03-15", "price"))), None, "all", "en")
    # B left with 50 and no word, D with 10 for the price: a sixth of all.
    assert (figure.categories, figure.series[0].values) == (("No reason stated", "price"), (50.0, 10.0))
    assert "price" in str(figure.subtitle)
    assert "16.7%" in str(figure.subtitle)
    silent = reason_bars(small(tables=said(("A", "2024-03-15", "price"))), (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
                         "Feb", "en")
    assert str(silent.subtitle) == "Nobody who left has stated a reason"


def due_soon() -> Book:
    return book(("A", "2023-04-15", None, 10), ("B", "2024-01-01", None, 20), ("C", "2024-02-01", None, 5),
                term_end=["2025-01-15", "2025-02-28", "2025-02-10"], notice_days=[30.0, None, 30.0])


def test_terms_are_parted_by_whether_notice_can_still_be_given() -> None:
    one = due_soon()
    found = renewal_list(one, "en")
    # As of 2024-12-31: A's notice was due on 12-16, C's is on 01-11; of B none is known.
    assert found.set_index("customer_id")["notice"].to_dict() == {"A": "Deadline passed", "C": "Open", "B": "Not known"}
    figure = renewal_bars(one, found, "en")
    first_two = {str(one.name): one.values[:2] for one in figure.series}
    assert first_two == {"Notice can still be given": (0, 5), "Notice deadline has passed": (10, 0),
                         "No notice period known": (0, 20)}
    assert len(figure.categories) == 12
    assert "3 terms" in str(figure.subtitle)
    assert "for 1 of them" in str(figure.subtitle)


def test_who_leaves_has_no_open_notice() -> None:
    one = book(("A", "2024-04-01", "2025-03-31", 10), ("B", "2024-04-01", None, 20),
               term_end=["2025-03-31", "2025-03-31"], notice_days=[30.0, 30.0])
    found = renewal_list(one, "en")
    assert found.set_index("customer_id")["notice"].to_dict() == {"A": "Given: leaves", "B": "Open"}
    figure = renewal_bars(one, found, "en")
    assert {str(series.name): sum(series.values) for series in figure.series} == {  # type: ignore[arg-type]
        "Notice given: the customer leaves": 10, "Notice can still be given": 20}
    assert "notice given: 1" in str(figure.subtitle)


def test_estimated_terms_are_marked_in_words() -> None:
    one = book(("A", "2023-04-01", None, 10), ("B", "2024-06-01", None, 10), term_end=["2024-03-31", "2025-05-31"])
    assert renewal_list(one, "en")["term_is"].tolist() == ["Estimated: the same term again", "As in the sheet"]
    assert "term_is" not in renewal_list(due_soon(), "en")


def test_a_point_of_churn_is_said_in_revenue() -> None:
    one = book(("A", "2023-12-01", None, 900), ("B", "2023-12-01", "2024-02-15", 100), as_of="2024-03-31")
    rate = pooled_rate(one)
    assert rate is not None
    # 100 of 1,000, 1,000 and 900: 3.448 % a month.
    assert round(rate.value, 5) == 0.03448
    figure = cost_lines(one, 0.01, "en")
    assert figure is not None
    assert [str(line.name) for line in figure.series] == ["Better: 2.4%", "Today: 3.4%", "Worse: 4.4%"]
    assert figure.series[1].values[1] == pytest.approx(900 * (1 - rate.value))
    frame = cost_table(one, 900, rate.value, 0.01, "en")
    assert frame["After months"].tolist() == [12, 24, 36]
    loss = -frame["Revenue, churn worse"][0]
    assert f"{loss:,.2f}" in str(cost_sentence(one, 900, rate, 0.01, "en"))


def test_better_than_no_churn_does_not_exist() -> None:
    one = book(("A", "2023-12-01", None, 900), as_of="2024-03-31")
    rate = pooled_rate(one)
    assert rate is not None
    assert "no churn at all brings 0." in str(cost_sentence(one, 900, rate, 0.01, "en"))
    assert cost_table(one, 900, rate.value, 0.01, "en")["MRR, churn better"].tolist() == [0, 0, 0]


def test_a_cohort_lists_who_is_there_and_who_left() -> None:
    found = cohort_list(small(), "start_month", "2023-12", "en")
    assert found[["customer_id", "status", "mrr"]].to_numpy().tolist() == [["A", "Still there", 100], ["B", "Left", 0]]
    assert found["left_on"].tolist() == [pd.NaT, pd.Timestamp("2024-02-15")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_figure_is_drawn_told_and_put_on_a_slide(language: str) -> None:
    one = small(tables=said(("B", "2024-02-15", "price")))
    cost = cost_lines(one, 0.01, language)  # type: ignore[arg-type]
    assert cost is not None
    figures = [cohort_heatmap(one, "plan", "mrr", "against_mean", language),  # type: ignore[arg-type]
               survival_curves(one, language, "plan"), reason_bars(one, None, "", language, "plan"),  # type: ignore[arg-type]
               renewal_bars(due_soon(), renewal_list(due_soon(), language), language), cost]  # type: ignore[arg-type]
    for figure in figures:
        assert chart(figure, language).to_dict()["layer"]  # type: ignore[arg-type]
        assert len(table(figure, language)) == max(len(figure.categories), 1) or figure.kind == "heatmap"  # type: ignore[arg-type]
    assert deck(figures, language)[:2] == b"PK"  # type: ignore[arg-type]


@pytest.mark.parametrize("shown", ["share", "count", "against_mean"])
def test_every_row_of_the_heatmap_knows_its_cohort(shown: Shown) -> None:
    rows: list[Row] = [(f"C{n}", "2024-01-01", None, 1) for n in range(80)]
    many = book(*rows, as_of="2024-02-29", plan=[f"P{n % 40:02d}" for n in range(80)])
    for one, by in ((many, "plan"), (small(), "start_month")):
        drawn = cohort_heatmap(one, by, "customers", shown, "en").series
        named = row_names(one, by, shown)
        assert len(named) == len(drawn)
        for series, name in zip(drawn, named, strict=True):
            assert (str(series.name) in ("Others", "All cohorts")) if name == SEVERAL else (
                series.size == len(members(one, by, name)))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_columns_of_a_list_have_the_same_name(language: str) -> None:
    for labels in (COHORT_LABELS, CHURNED_LABELS, REASON_LABELS, RENEWAL_LABELS):
        heads = [label.text(language) for label in labels.values()]  # type: ignore[arg-type]
        assert len(set(heads)) == len(heads)


def halves(left: int) -> Book:
    """Two plans of 40 customers, of whom `left` of Basic and none of Pro leave after a month."""
    rows: list[Row] = [(f"{plan}{n}", "2024-01-01", "2024-02-10" if plan == "Basic" and n < left else None, 1)
                       for plan in ("Basic", "Pro") for n in range(40)]
    return book(*rows, as_of="2024-04-30", plan=[row[0].rstrip("0123456789") for row in rows])


def test_best_and_worst_are_named_only_where_they_differ_by_more_than_chance() -> None:
    far, near = (str(cohort_heatmap(halves(left), "plan", "customers", "share", "en").subtitle) for left in (30, 2))
    # 10 of 40 are there (Wilson 14 to 40 %) against 40 of 40; 38 of 40 (84 to 99 %) overlap with 40 of 40 (from 91 %).
    assert far == "After 3 months 62.5% of the customers are still there (n = 80); best Pro 100.0%, worst Basic 25.0%"
    assert near == "After 3 months 97.5% of the customers are still there (n = 80)"


def test_curves_that_may_differ_by_chance_say_so() -> None:
    far, near = (str(survival_curves(halves(left), "en", "plan").subtitle) for left in (30, 2))
    assert far.endswith("are still there, and 25.0% of Basic")
    assert near.endswith("and 95.0% of Basic: within noise")
