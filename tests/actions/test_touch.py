"""The touch model by hand: tiers, what capacity gives, loads, and who moves."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from cs_kpi.actions.today import Today
from cs_kpi.actions.touch import (
    MRR,
    Threshold,
    TouchModel,
    first_model,
    moved,
    proposed,
    size_fields,
    tiers,
    told_tiers,
    workload,
)
from tests.actions.given import book

SINCE = "2023-01-01"
PAID = {"a": 500, "b": 400, "c": 300, "d": 200, "e": 100, "f": 10}


def today(**more: object) -> Today:
    people = [(name, name.upper(), "Ann" if name in "ace" else "Ben" if name in "bd" else None, None,
               1_000 if name == "f" else 5) for name in PAID]
    return Today(book(subscriptions=[(name, SINCE, paid) for name, paid in PAID.items()], customers=people))


def model(high: float, low: float, *further: Threshold, **more: object) -> TouchModel:
    return TouchModel(thresholds=(Threshold(high_from=high, low_from=low), *further), **more)  # type: ignore[arg-type]


def test_a_threshold_belongs_to_the_higher_tier() -> None:
    assert tiers(today(), model(400, 200)).tolist() == [0, 0, 1, 1, 2, 2]


def test_the_highest_tier_of_any_threshold_counts() -> None:
    by_size = Threshold(field="Employees", high_from=1_000, low_from=500)
    assert tiers(today(), model(400, 200, by_size)).tolist() == [0, 0, 1, 1, 2, 0]


def test_a_column_that_is_gone_gives_nobody_anything() -> None:
    gone = Threshold(field="Potential", high_from=1, low_from=1)
    assert tiers(today(), model(400, 200, gone)).tolist() == tiers(today(), model(400, 200)).tolist()


def test_columns_of_numbers_may_be_thresholds() -> None:
    assert size_fields(today().book) == ["Employees"]


def test_capacity_gives_the_thresholds() -> None:
    # two CSMs: half of their time is 1, so one high (capacity 1), and the other half carries two low (capacity 2)
    found = proposed(today(), model(0, 0, high_capacity=1, low_capacity=2))
    assert found.thresholds == (Threshold(field=MRR, high_from=500, low_from=300),)
    assert tiers(today(), found).tolist() == [0, 1, 1, 2, 2, 2]


def test_part_time_counts_as_such_and_all_for_high_leaves_no_low() -> None:
    found = proposed(today(), model(0, 0, high_capacity=2, low_capacity=2, time={"Ben": 0.5}, high_share=1.0))
    assert tiers(today(), found).tolist() == [0, 0, 0, 2, 2, 2]  # 1.5 x 2 = 3 high


def test_who_pays_alike_is_in_one_tier() -> None:
    alike = Today(book(subscriptions=[(name, SINCE, 100) for name in "abc"],
                       customers=[(name, name, "Ann") for name in "abc"]))
    found = proposed(alike, model(0, 0, high_capacity=2, low_capacity=2, high_share=1.0))
    assert tiers(alike, found).tolist() == [2, 2, 2]
    roomy = proposed(alike, model(0, 0, high_capacity=3, low_capacity=2, high_share=1.0))
    assert tiers(alike, roomy).tolist() == [0, 0, 0]


def test_without_a_csm_everybody_is_tech() -> None:
    alone = Today(book(subscriptions=[("a", SINCE, 100)]))
    assert tiers(alone, first_model(alone)).tolist() == [2]


def test_a_load_is_the_share_of_a_csm_that_its_customers_take() -> None:
    # a and b are high; c and d low. Ann: a high, c low, e tech; Ben: b high, d low
    found = workload(today(), model(400, 200, high_capacity=2, low_capacity=4, time={"Ben": 0.5}))
    assert [(one.owner, one.customers, one.mrr) for one in found] == [
        ("Ben", (1, 1, 0), 600), ("Ann", (1, 1, 1), 900), ("", (0, 0, 1), 10)]
    assert [one.share for one in found[:2]] == [1.5, 0.75]  # (1/2 + 1/4) / 0.5 and / 1
    assert found[2].share != found[2].share  # nobody, no share


def test_what_moves_is_told_by_name_who_comes_up_first() -> None:
    now = today()
    found = moved(now, tiers(now, model(400, 200)), tiers(now, model(450, 100)))
    assert found[["customer_id", "before", "after"]].to_numpy().tolist() == [["e", 2, 1], ["b", 0, 1]]
    assert moved(now, tiers(now, model(400, 200)), tiers(now, model(400, 200))).empty


def test_the_tiers_of_the_list_are_read_where_it_has_some() -> None:
    assert told_tiers(today()) is None
    listed = today().book
    listed.tables["customers"]["touch_model"] = ["high", "low", "tech", None, "low", "low"]
    assert told_tiers(Today(listed)).tolist() == [0, 1, 2, -1, 1, 1]  # type: ignore[union-attr]


@pytest.mark.parametrize("wrong", [{"high_from": 1, "low_from": 2}, {"high_from": -1, "low_from": -2}])
def test_thresholds_are_in_order(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Threshold(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        model(1, 1, Threshold(high_from=2, low_from=1))  # MRR twice
