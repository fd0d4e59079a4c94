"""Another tool's figures: read from its sheets, and explained by the definition that it uses."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.ingest.figures import figures
from cs_kpi.kpi.compare import difference, explanations
from cs_kpi.kpi.compare_table import listed_difference
from cs_kpi.kpi.explained import OutsideFigures, likely_scale, shown_by_period, shown_ranking, verdict
from cs_kpi.kpi.readings import series
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.periods import Period, parse
from cs_kpi.settings import Settings

CHURN = "customer_churn_rate"
FEBRUARY, MARCH = parse("2024-02"), parse("2024-03")
KNOWN = {one: one for one in ("2024-02", "2024-03")}


def contracts(*rows: tuple[str, str, str | None]) -> Book:
    frame = pd.DataFrame([{"customer_id": name, "mrr": 100.0, "start_date": start, "end_date": end}
                          for name, start, end in rows])
    for name in ("start_date", "end_date"):
        frame[name] = pd.to_datetime(frame[name])
    return Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 3, 31)))


@pytest.fixture(scope="module")
def book() -> Book:
    """February: 10 at the opening, 1 leaves, 5 join. March: 14 at the opening, 2 leave, 1 joins and leaves."""
    old = [(f"O{n}", "2024-01-01", {0: "2024-02-10", 1: "2024-03-10", 2: "2024-03-20"}.get(n)) for n in range(10)]
    new = [(f"N{n}", "2024-02-05", None) for n in range(5)]
    return contracts(*old, *new, ("X", "2024-03-05", "2024-03-25"))


def given(book: Book, convention: str, scale: float = 1.0) -> dict[Period, float]:
    run = [FEBRUARY, MARCH]
    found = series(book, run, [CHURN], convention=convention)[CHURN]
    return {period: (reading.value or 0.0) * scale for period, reading in zip(run, found, strict=True)}


def test_stripe_counts_who_joined_in_the_base(book: Book) -> None:
    """February 1 / (10 + 5), March (2 + 1) / (14 + 1)."""
    assert given(book, "stripe") == pytest.approx({FEBRUARY: 1 / 15, MARCH: 3 / 15})


@pytest.mark.parametrize("convention", ["default", "stripe", "baremetrics"])
def test_figures_of_a_convention_are_explained_by_it(book: Book, convention: str) -> None:
    best = explanations(book, CHURN, given(book, convention))[0]
    assert best.convention == convention
    assert best.error == pytest.approx(0)


def test_months_that_a_definition_has_no_value_for_do_not_put_it_behind_a_wrong_one() -> None:
    """ChartMogul's LTV looks back six months: of the twelve figures it can tell the last six, and these exactly."""
    rows = [(f"C{n}", "2023-01-01", f"2023-{n + 1:02d}-15") for n in range(1, 12)]
    rows += [(f"D{n}", "2023-01-01", None) for n in range(30)]
    frame = pd.DataFrame([{"customer_id": name, "mrr": 100.0 + len(name), "start_date": start, "end_date": end}
                          for name, start, end in rows])
    for name in ("start_date", "end_date"):
        frame[name] = pd.to_datetime(frame[name])
    one = Book({"subscriptions": frame}, Settings(as_of=dt.date(2023, 12, 31)))
    run = [parse(f"2023-{month:02d}") for month in range(1, 13)]
    ours = series(one, run, ["ltv"], convention="chartmogul")["ltv"]
    told = {period: 5_000.0 if reading.value is None else reading.value
            for period, reading in zip(run, ours, strict=True)}
    found = explanations(one, "ltv", told)
    assert found[0].convention == "chartmogul"
    assert found[0].error == pytest.approx(0)
    assert sum(gap is None for gap in found[0].differences.values()) > min(
        sum(gap is None for gap in other.differences.values()) for other in found[1:])


def test_the_sentence_names_the_definition_that_gives_the_same_figures(book: Book) -> None:
    said = verdict(book, CHURN, explanations(book, CHURN, {FEBRUARY: 0.067, MARCH: 0.2}), "en")
    assert [str(line) for line in said] == [
        "The definition 'Stripe' gives the other tool's figures, up to rounding, in every period given (2)."]


def test_figures_that_cannot_tell_two_definitions_apart_are_said_to(book: Book) -> None:
    """In February nobody joined and left: the default and Baremetrics both say 1 of 10."""
    said = verdict(book, CHURN, explanations(book, CHURN, {FEBRUARY: 0.1}), "en")
    assert "'Default (handbook)' gives" in str(said[0])
    assert str(said[1]) == "Baremetrics cannot be told apart from it by these figures."


def test_where_the_definition_in_force_is_closest_and_off_the_data_is_to_blame(book: Book) -> None:
    said = str(verdict(book, CHURN, explanations(book, CHURN, {FEBRUARY: 0.15, MARCH: 0.17}), "en")[0])
    assert said.startswith("No definition explains the figures: 'Default (handbook)' is the closest")


def test_two_definitions_that_are_equally_far_off_are_not_told_apart_by_a_hair(book: Book) -> None:
    """All are off by about 40 points; Stripe's is nearer by less than a point that could be seen."""
    theirs = {FEBRUARY: given(book, "stripe")[FEBRUARY] - 0.0002, MARCH: 0.6}
    found = [replace(one, error=0.4 + 0.0001 * place) for place, one in enumerate(explanations(book, CHURN, theirs))]
    [nearest, *others] = sorted(found, key=lambda one: one.convention != "stripe")
    said = str(verdict(book, CHURN, [replace(nearest, error=0.4), *others], "en")[0])
    assert said.startswith("No definition explains the figures: 'Stripe' and")


def test_figures_of_periods_without_data_cannot_be_compared(book: Book) -> None:
    said = verdict(book, CHURN, explanations(book, CHURN, {parse("2020-01"): 0.1}), "en")
    assert "nothing can be compared" in str(said[0])


@pytest.mark.parametrize(("factor", "scale"), [(100, "percent"), (1, "one")])
def test_percent_and_shares_are_told_apart_by_our_own_values(book: Book, factor: float, scale: str) -> None:
    typed = {period.id: value * factor for period, value in given(book, "stripe").items()}
    assert likely_scale(book, CHURN, OutsideFigures(figures=typed)) == scale


@pytest.mark.parametrize(("factor", "scale"), [(1, "one"), (1e-3, "thousand"), (1e-4, "ten_thousand")])
def test_the_unit_of_money_is_told_by_our_own_values(book: Book, factor: float, scale: str) -> None:
    """MRR at the closing of February: 14 customers at 100."""
    assert likely_scale(book, "mrr", OutsideFigures(figures={"2024-02": 1400 * factor})) == scale


def test_figures_are_brought_into_our_unit_in_the_order_of_time() -> None:
    outside = OutsideFigures(figures={"2024-03": 20.0, "2024-02": 6.7})
    assert list(outside.by_period("percent", 1).items()) == [(FEBRUARY, 6.7 * 0.01), (MARCH, 20.0 * 0.01)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_rank_definitions_and_show_each_period(book: Book, language: Language) -> None:
    theirs = given(book, "stripe")
    found = explanations(book, CHURN, theirs)
    ranking = shown_ranking(book, CHURN, found, language)
    assert ranking.iloc[0, 0] == "Stripe"
    assert ranking.iloc[0, 1] == "0.0 pt"
    assert len(ranking) == 3
    by_period = shown_by_period(book, CHURN, found, theirs, language)
    assert by_period.iloc[:, 1].tolist() == ["6.7%", "20.0%"]
    assert by_period.iloc[:, 2].tolist() == ["0.0 pt", "0.0 pt"]


def test_the_customers_of_a_difference_are_listed_with_what_each_side_counts(book: Book) -> None:
    found = difference(book, CHURN, MARCH, "default", "stripe")
    listed = listed_difference(book, found, "en")
    assert listed.to_dict("records") == [{
        "Customer ID": "X", "Customer name": "X", "Numerator: Default (handbook)": 0, "Numerator: Stripe": 1,
        "Denominator: Default (handbook)": 0, "Denominator: Stripe": 1}]


def test_a_side_that_both_count_alike_is_left_out_and_hidden_names_stay_hidden(book: Book) -> None:
    found = difference(book, CHURN, FEBRUARY, "default", "stripe")
    listed = listed_difference(book, found, "en", hides_names=True)
    assert list(listed) == ["Customer name", "Denominator: Default (handbook)", "Denominator: Stripe"]
    assert all(name.startswith("Customer 0") for name in listed["Customer name"])


def test_figures_stand_down_a_column() -> None:
    data = b"Churn report\n\nMonth,Churn rate,Customers\nFeb 2024,6.7%,14\nMar 2024,20.0%,13\n"
    found = {one.name: one for one in figures("stripe.csv", data, KNOWN)}
    assert dict(found["Churn rate"].values) == pytest.approx({"2024-02": 0.067, "2024-03": 0.2})
    assert found["Churn rate"].is_percent
    assert dict(found["Customers"].values) == {"2024-02": 14, "2024-03": 13}
    assert not found["Customers"].is_percent


def test_figures_stand_across_a_row_in_a_workbook() -> None:
    workbook = openpyxl.Workbook()
    for row in ([None, dt.datetime(2024, 2, 1), dt.datetime(2024, 3, 1)], ["解約率", 6.7, 20], ["MRR", 1400, None]):
        workbook.active.append(row)
    held = io.BytesIO()
    workbook.save(held)
    found = {one.name: dict(one.values) for one in figures("finance.xlsx", held.getvalue(), KNOWN)}
    assert found == {"解約率": {"2024-02": 6.7, "2024-03": 20}, "MRR": {"2024-02": 1400}}


def test_a_quarter_is_known_by_its_name() -> None:
    found = figures("q.csv", b"Quarter,NRR\nQ1 2024,104\n2024-Q2,101\n", {"Q1 2024": "2024-Q1", "2024-Q2": "2024-Q2"})
    assert dict(found[0].values) == {"2024-Q1": 104, "2024-Q2": 101}


def test_a_file_without_periods_is_refused_with_what_is_needed() -> None:
    with pytest.raises(DataError, match="No figures by period were found in notes"):
        figures("notes.csv", b"a,b\n1,2\n3,4\n", KNOWN)
