"""What one customer pays: by periods as the movements of the whole are read, by days as the contracts say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import numpy as np
from hypothesis import given

from cs_kpi.book import day_of
from cs_kpi.charts.customer import paid
from cs_kpi.customer.money import MOVEMENTS, changes, level, steps
from cs_kpi.kpi.movement_table import movement_table
from cs_kpi.ledger import MICRO
from tests import books
from tests.customer.given import book

FATES = [("A", "2024-01-15", 100, "2024-03-01"), ("A", "2024-03-01", 150, "2024-04-10"),
         ("A", "2024-05-20", 80)]
"""100 from January, 150 from March, left in April, back in May with 80."""


def test_months_of_a_customer_that_rose_left_and_came_back() -> None:
    found = steps(book(subscriptions=FATES), 0)
    assert [(one.period.id, one.opening, one.closing, one.movement) for one in found] == [
        ("2024-01", 0, 100, "new"), ("2024-02", 100, 100, None), ("2024-03", 100, 150, "expansion"),
        ("2024-04", 150, 0, "churn"), ("2024-05", 0, 80, "reactivation"), ("2024-06", 80, 80, None)]


def test_days_on_which_it_moved() -> None:
    assert changes(book(subscriptions=FATES), 0) == [
        (dt.date(2024, 1, 15), 0, 100, "new"), (dt.date(2024, 3, 1), 100, 150, "expansion"),
        (dt.date(2024, 4, 10), 150, 0, "churn"), (dt.date(2024, 5, 20), 0, 80, "reactivation")]


def test_what_was_there_before_the_data_is_not_new() -> None:
    whole = book(subscriptions=[("A", "2023-01-01", 100)], data_from=dt.date(2024, 5, 1))
    assert [(one.period.id, one.movement) for one in steps(whole, 0)] == [("2024-05", None), ("2024-06", None)]


def test_a_long_life_is_read_by_quarters_and_the_last_one_is_not_complete() -> None:
    found = steps(book(subscriptions=[("A", "2018-02-01", 100)], last=dt.date(2024, 5, 15)), 0)
    assert (found[0].period.id, found[-1].period.id, found[-1].is_complete) == ("2018-Q1", "2024-Q2", False)


def test_a_contract_that_begins_after_the_data_is_no_step() -> None:
    assert steps(book(subscriptions=[("A", "2024-08-01", 100)]), 0) == []


def test_the_bars_of_the_chart_sum_to_the_closing() -> None:
    whole = book(subscriptions=FATES)
    found = steps(whole, 0)
    figure = paid(whole, found, "A", "en")
    assert [sum(max(series.values[place] or 0, 0) for series in figure.series) for place in range(len(found))] == [
        one.closing for one in found]
    assert [str(series.name) for series in figure.series] == [
        "MRR that stayed", "New MRR", "Reactivation MRR", "Expansion MRR", "Churn MRR"]


@books.examples(60)
@given(books.sheets())
def test_the_customers_months_add_up_to_the_movements_of_the_whole(sheet) -> None:
    whole = books.book(sheet)
    found = [one for code in range(len(whole.customer_ids)) for one in steps(whole, code)]
    total: dict[object, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("closing", *MOVEMENTS), 0))
    for one in found:
        total[one.period]["closing"] += round(one.closing * MICRO)
        if one.movement:
            total[one.period][one.movement] += round(abs(one.closing - one.opening) * MICRO)
    table = movement_table(whole, list(total)).dropna(subset=["opening"]).set_index("period") if total else None
    for period, sums in total.items():
        if table is not None and period.id in table.index:
            for line, amount in sums.items():
                assert round(table.loc[period.id, line] * MICRO) == amount, (period, line)


@books.examples(40)
@given(books.sheets())
def test_a_customers_level_is_that_of_the_ledger(sheet) -> None:
    whole = books.book(sheet)
    days = np.arange(day_of(sheet.last_day) - 60, day_of(sheet.last_day), 7)
    closings = np.array(list(whole.ledger.closings(days.tolist())))
    for code in range(len(whole.customer_ids)):
        assert (level(whole, code, days) == closings[:, code]).all()
