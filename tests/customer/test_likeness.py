"""Who is like whom: Gower's distance by hand, candidates who were there longer, and honesty where nobody is."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given

from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.customer.cases import contrast_table, contrasts, steps_apart
from cs_kpi.customer.likeness import MOST_APART, age_of, case_table, likeness
from cs_kpi.customer.traits import early_use, traits
from tests import books
from tests.customer.given import book


def twins(**more: object) -> Book:
    """A new customer N of Retail on Pro, and older ones: the twin T, and strangers in other trades on other plans."""
    older = [("T", "Retail", "Pro", 100), *((f"S{n}", "Mining", "Basic", 900) for n in range(3)),
             *((f"L{n}", "Law", "Basic", 20) for n in range(3)), ("R", "Retail", "Pro", 100)]
    rows = [(id, f"2023-0{place + 1}-01", mrr, None, plan) for place, (id, _trade, plan, mrr) in enumerate(older)]
    return book(subscriptions=[("N", "2024-01-01", 100, None, "Pro"), *rows],
                customers=[("N", "New", "Ann", "Retail"), *((id, id, "Ann", trade) for id, trade, _p, _m in older)],
                **more)  # type: ignore[arg-type]


def code(whole: Book, id: str) -> int:
    return whole.customer_ids.tolist().index(id)


def test_the_twins_are_found_and_no_stranger() -> None:
    whole = twins()
    found = likeness(Today(whole), code(whole, "N"))
    assert sorted(whole.customer_ids[one] for one in found.cases) == ["R", "T"]
    assert found.apart == (0.0, 0.0)
    assert (found.age_days, found.candidates, found.healthy) == (182, 8, "stayed")  # 1 January to 30 June
    assert [str(one) for one in found.shared[0]] == ["Industry: Retail", "Plan: Pro"]
    assert [str(one) for one in found.near[0]] == ["MRR at the start"]


def test_groups_weigh_alike_whatever_the_number_of_columns() -> None:
    """N and S: another trade (1), another plan (1), MRR 100 against 900: beyond the spread or near it."""
    whole = twins()
    by_group = {one.group: float(one.apart(code(whole, "N"))[code(whole, "S0")]) for one in whole.once(traits)}
    assert (by_group["attributes"], by_group["contract"]) == (1.0, 1.0)
    ordered = np.log1p([20] * 3 + [100] * 3 + [900] * 3)
    low, high = np.quantile(ordered, (0.05, 0.95))
    assert by_group["size"] == pytest.approx(min(abs(np.log1p(900) - np.log1p(100)) / (high - low), 1))


def test_no_like_customer_is_said() -> None:
    older = [(f"S{n}", f"2023-0{n + 1}-01", 900 + n, None, "Basic") for n in range(4)]
    whole = book(subscriptions=[("N", "2024-01-01", 10, None, "Pro"), *older])
    found = likeness(Today(whole), code(whole, "N"))
    assert found.cases == ()
    assert str(found.reason) == "No like customer: of 4 healthy ones who were here longer, none is near enough."
    assert found.nearest is not None
    assert found.nearest > MOST_APART


def test_who_came_lately_or_has_left_is_no_case() -> None:
    whole = book(subscriptions=[("N", "2024-01-01", 100, None, "Pro"), ("Late", "2024-03-20", 100, None, "Pro"),
                                ("Gone", "2022-01-01", 100, "2024-05-01", "Pro"), ("Far", "2022-01-01", 9, None, "X")])
    found = likeness(Today(whole), code(whole, "N"))
    assert found.candidates == 1  # Far alone: Late came later still, Gone has left
    assert found.cases == ()


def test_who_pays_less_than_then_is_not_healthy_without_a_score() -> None:
    fell = [("F", "2022-01-01", 100, "2024-01-01", "Pro"), ("F", "2024-01-01", 50, None, "Pro")]
    whole = book(subscriptions=[("N", "2024-01-01", 100, None, "Pro"), *fell, ("K", "2022-01-01", 120, None, "Basic")])
    found = likeness(Today(whole), code(whole, "N"))
    assert found.candidates == 1


def test_the_oldest_customer_is_told_at_an_earlier_age() -> None:
    whole = book(subscriptions=[("Old", "2020-01-01", 100, None, "Pro"), ("B", "2022-06-01", 100, None, "Pro"),
                                ("C", "2022-06-01", 900, None, "Basic")])
    found = likeness(Today(whole), code(whole, "Old"))
    assert (found.age_days, [whole.customer_ids[one] for one in found.cases]) == (365, ["B"])


def test_contracts_alone_with_one_fact_are_too_little() -> None:
    whole = book(subscriptions=[("A", "2024-01-01", 100), ("B", "2022-01-01", 100), ("C", "2022-01-01", 300)])
    assert str(likeness(Today(whole), 0).reason).startswith("Too little is known")


def test_who_was_there_before_the_data_cannot_be_compared() -> None:
    whole = book(subscriptions=[("A", "2020-01-01", 100, None, "Pro"), ("B", "2024-05-01", 100, None, "Basic")],
                 data_from=dt.date(2024, 1, 1))
    assert "first day is not known" in str(likeness(Today(whole), 0).reason)


def test_age_counts_the_first_day_and_stops_with_the_last() -> None:
    whole = book(subscriptions=[("A", "2024-06-30", 1), ("B", "2024-06-01", 1, "2024-06-11"), ("C", "2024-08-01", 1)])
    assert [age_of(whole, one) for one in range(3)] == [1, 10, None]


def test_early_use_is_not_known_before_its_days_are_over_or_the_table_begins() -> None:
    whole = book(subscriptions=[("A", "2024-01-01", 1), ("B", "2024-03-01", 1), ("C", "2024-06-20", 1)],
                 usage=[("B", "2024-02-01", 9), ("B", "2024-03-01", 2), ("B", "2024-03-30", 3), ("B", "2024-03-31", 5)])
    assert early_use(whole, 30).tolist()[1] == 5  # days 0 to 29: 1 to 30 March
    assert np.isnan(early_use(whole, 30)[[0, 2]]).all()


def told() -> tuple[Book, int]:
    use = [(id, f"2023-0{month}-1{day}", 2, "Report", "u1") for id, month in (("T", 1), ("R", 8)) for day in range(9)]
    met = [(id, "2023-09-15", "meeting") for id in ("T", "R")]
    whole = twins(usage=[("T", "2022-12-31", 1, "API", "x"), ("N", "2024-02-01", 1, "Report", "u1"), *use],
                  interactions=[("T", "2022-12-31", "mail"), *met],
                  milestones=[("T", "Setup", "2023-01-09"), ("R", "Setup", "2023-08-20"),
                              ("N", "Kickoff", "2024-01-05")])
    return whole, code(whole, "N")


def test_what_they_did_by_the_same_age_is_counted_up_to_it() -> None:
    whole, new = told()
    found = likeness(Today(whole), new)
    assert sorted(whole.customer_ids[one] for one in found.cases) == ["R", "T"]
    by_label = {str(one.deed.label): one for one in contrasts(whole, new, found)}
    uses = by_label["Uses up to then"]
    assert (uses.mine, uses.median, uses.low, uses.high, uses.n) == (1, 18.5, 18, 19, 2)  # T's of the day before start
    meetings = by_label["Meetings"]
    assert (meetings.mine, meetings.low, meetings.high) == (0, 0, 1)  # T's came after 182 days
    assert steps_apart(whole, new, found) == [("Setup", 2)]


def test_what_stands_out_comes_first_and_is_said() -> None:
    whole, new = told()
    found = contrasts(whole, new, likeness(Today(whole), new))
    table = contrast_table(whole, found, "en")
    assert table["Stands out"].tolist()[0] in ("less than all of them", "more than all of them")
    assert [one.is_outside for one in found] == sorted((one.is_outside for one in found), reverse=True)


def test_one_case_alone_is_no_comparison() -> None:
    whole, new = told()
    found = dataclasses.replace(likeness(Today(whole), new), cases=(code(whole, "T"),))
    assert contrasts(whole, new, found) == []


@books.examples(30)
@given(books.lists)
def test_a_list_without_dates_names_alike_customers_and_compares_no_deeds(rows) -> None:
    today = Today(books.book_of_list(rows))
    for one in range(len(today.book.customer_ids)):
        found = likeness(today, one)
        assert (found.reason is None) == bool(found.cases)
        assert contrasts(today.book, one, found) == []


@books.examples(60)
@given(books.sheets())
def test_cases_are_others_who_are_there_and_near(sheet) -> None:
    whole = books.book(sheet)
    today = Today(whole)
    for one in range(len(whole.customer_ids)):
        found = likeness(today, one)
        assert one not in found.cases
        assert all(today.is_there[case] for case in found.cases)
        assert all(0 <= apart <= MOST_APART for apart in found.apart)
        if found.cases:
            assert case_table(today, found, "ja")["likeness"].between(0, 1).all()
            contrasts(whole, one, found)


def test_generated_twins_are_read_back() -> None:
    """Thirty trades and three plans: for every new customer its older twins come first, of all others none."""
    draw = np.random.default_rng(3)
    kinds = [(f"Trade {n}", "SML"[n % 3], float(draw.integers(10, 2000))) for n in range(30)]
    old = [(f"{n}{side}", "2022-03-01", mrr, None, plan) for n, (_t, plan, mrr) in enumerate(kinds) for side in "ab"]
    new = [(f"{n}n", "2024-02-01", mrr, None, plan) for n, (_t, plan, mrr) in enumerate(kinds)]
    trades = [(f"{n}{side}", f"C{n}{side}", "Ann", trade) for n, (trade, _p, _m) in enumerate(kinds) for side in "abn"]
    whole = book(subscriptions=[*old, *new], customers=trades)
    today = Today(whole)
    for n in range(30):
        found = likeness(today, code(whole, f"{n}n"))
        assert {whole.customer_ids[one] for one in found.cases[:2]} == {f"{n}a", f"{n}b"}
