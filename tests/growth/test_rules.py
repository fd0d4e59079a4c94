"""What follows what: read back where it was put in, not found where purchases are random, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from cs_kpi.book import Book
from cs_kpi.growth.listing import rules_table
from cs_kpi.growth.rules import Rule, mined
from cs_kpi.growth_rules import Extension, GrowthSettings
from tests.growth.given import book, bought, told

SEEDS = 60


def rules(whole: Book) -> list[Rule]:
    found = mined(whole)
    return found.rules(len(found.closings) - 1)


@pytest.mark.parametrize("seed", range(5))
def test_b_after_a_is_read_back_and_nothing_else(seed: int) -> None:
    whole = bought(seed=seed, follows=6)
    [rule] = rules(whole)
    of = mined(whole).of
    assert (of.name(rule.thing), of.products[rule.product]) == ("A", "B")
    assert rule.p < 1e-6
    assert 1.5 < rule.lift < 3
    assert rule.worth == rule.low == rule.high == 40


def test_the_interval_of_a_chance_holds_the_true_one() -> None:
    # six times 1.5 % a month: 1 - 0.91^3 = 24.6 % within three months
    held = 0
    for seed in range(20):
        found = mined(bought(seed=seed, follows=6))
        place = len(found.closings) - 1
        low, high = found.between(found.rules(place)[0], place)
        held += low < 1 - 0.91**3 < high
    assert held >= 18


@pytest.mark.parametrize("odd", [{}, {"is_uneven": True}, {"is_uneven": True, "with_use": True}],
                         ids=["even", "uneven", "with use"])
def test_random_purchases_yield_a_rule_in_one_book_of_twenty_at_most(odd: dict[str, Any]) -> None:
    found = [seed for seed in range(SEEDS) if rules(bought(120, 24, seed, **odd))]
    assert len(found) <= SEEDS * 0.05, found


def contract(customer: str, product: str, start: str, mrr: float, end: str | None = None) -> dict[str, Any]:
    return {"customer_id": customer, "product": product, "start_date": start, "mrr": mrr, "end_date": end}


def small() -> Book:
    """Forty customers with one product: of ten with A eight take B, one a month; of thirty with C one does."""
    rows = [contract(f"A{one}", "A", "2023-01-01", 100) for one in range(10)]
    rows += [contract(f"A{one}", "B", f"2023-{one + 3:02}-05", 10 * one) for one in range(1, 9)]
    rows += [contract(f"C{one}", "C", "2023-01-01", 100) for one in range(30)]
    rows += [contract("C0", "B", "2023-05-10", 500)]
    return book("2023-12-31", subscriptions=rows)


def test_support_confidence_and_size_are_counted_by_hand() -> None:
    [rule] = rules(small())
    assert (rule.having, rule.takers) == (10, 8)
    assert rule.support == 8 / 40
    assert rule.confidence == 8 / 10
    assert (rule.low, rule.worth, rule.high) == (27.5, 45, 62.5)  # quartiles of 10, 20, ... 80
    # three months from Jan to Sep 2023: those with A and without B are 10, 10, 10, 9 (A1 in April), 8, 7, 6, 5, 4
    assert rule.rows == 10 + 10 + 10 + 9 + 8 + 7 + 6 + 5 + 4


def test_lift_compares_with_customers_as_old_and_with_as_many_products() -> None:
    [rule] = rules(small())
    # takers a month and, in brackets, who could: Apr A (10 of 40), May A and C (9 of 39), Jun A (8 of 37), ...
    expected = 10 / 40 + 2 * 9 / 39 + 8 / 37 + 7 / 36 + 6 / 35 + 5 / 34 + 4 / 33 + 3 / 32
    assert rule.lift == pytest.approx(8 / expected)


def test_a_rule_takes_five_who_followed_it() -> None:
    rows = [row for row in small().tables["subscriptions"].to_dict("records")
            if row["product"] != "B" or row["customer_id"] in ("A1", "A2", "A3", "A4")]
    assert rules(book("2023-12-31", subscriptions=rows)) == []


def test_the_teams_word_needs_no_test_and_is_measured_all_the_same() -> None:
    use = [{"customer_id": f"C{one}", "date": f"2023-{month:02}-10", "feature": "Export", "count": float(one)}
           for one in range(30) for month in range(1, 13)]
    growth = GrowthSettings(extends=(Extension(feature="Export", product="B"),
                                     Extension(feature="Export", product="Unknown")))
    rows = small().tables["subscriptions"].to_dict("records")
    whole = book("2023-12-31", growth, subscriptions=rows, usage=use)
    given = [one for one in rules(whole) if one.is_given]
    assert [(mined(whole).of.name(one.thing), one.takers) for one in given] == [("Export", 0)]
    found = told(whole).cross_sell
    assert found is not None
    shown = rules_table(found, "en", None)
    assert shown["Who has"].tolist() == ["A", "Heavy use of Export"]
    heavy = {str(whole.customer_ids[code]) for code, rule in zip(found.customer, found.rule, strict=True)
             if found.rules[rule].is_given}
    assert heavy == {f"C{one}" for one in range(22, 30)}  # the upper quarter of 1 to 29 uses, three times each
