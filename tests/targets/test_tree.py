"""The KPI tree: today's values, and what a tenth of every driver is worth."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import parse
from cs_kpi.settings import Settings
from cs_kpi.targets.forecast import forecast, ground
from cs_kpi.targets.scenario import Change, Scenario
from cs_kpi.targets.tree import KGIS, Kgi, kgis, tree
from cs_kpi.targets.words import renewals_said
from tests import tables
from tests.targets.given import four_months, lively, yearly_terms


def test_net_new_mrr_is_worth_what_its_drivers_move_in_the_first_month() -> None:
    found = forecast(ground(four_months()), Scenario(name="x", months=1))
    nodes = {node.driver: node for node in tree(found, "net_new_mrr") if node.depth == 1}
    # 600 at opening: a tenth of 15 new, of 600 x 40 / 2,240 = 10.71 expansion, of 600 x 100 / 2,240 = 26.79 churn.
    assert nodes["new"].worth == pytest.approx(1.5)
    assert nodes["expansion"].worth == pytest.approx(1.0714, abs=1e-4)
    assert nodes["churn"].worth == pytest.approx(2.6786, abs=1e-4)
    assert (nodes["contraction"].today, nodes["contraction"].worth) == (0, 0)


@pytest.mark.parametrize("kgi", KGIS)
def test_a_tree_stands_on_the_scenario_and_today(kgi: Kgi) -> None:
    of = ground(lively(), "plan")
    scenario = Scenario(name="x", field="plan", changes=(Change(driver="churn", segment="Basic", value=0.001),
                                                         Change(driver="onboarding", value=0.95)))
    nodes = tree(forecast(of, scenario), kgi)
    assert nodes[0].depth == 0
    assert nodes[0].today != nodes[0].scenario
    assert {node.depth for node in nodes} >= ({0, 1} if kgi == "onboarding_completion" else {0, 1, 2, 3})
    for node in nodes[1:]:
        assert node.depth <= nodes[nodes.index(node) - 1].depth + 1


def test_shares_of_segments_add_up() -> None:
    nodes = tree(forecast(ground(lively(), "plan"), Scenario(name="x", field="plan")), "nrr")
    shares = [node.share for node in nodes if node.driver == "churn" and node.depth == 2]
    assert sum(share for share in shares if share is not None) == pytest.approx(1)


def test_better_drivers_are_worth_less_churn_and_more_of_the_rest() -> None:
    of = ground(lively(seed=1))
    found = forecast(of, Scenario(name="x"))
    assert all(node.worth < 0 for node in tree(found, "customer_churn_rate") if node.worth is not None)
    assert all(node.worth > 0 for node in tree(found, "nrr") if node.worth is not None)


def test_onboarding_is_worth_nothing_without_strength() -> None:
    found = forecast(ground(lively(seed=1)), Scenario(name="x", strength=0))
    [node] = [node for node in tree(found, "customer_churn_rate") if node.driver == "onboarding"]
    assert node.worth == pytest.approx(0, abs=1e-12)


def test_a_book_without_onboarding_has_a_tree_without_it() -> None:
    found = forecast(ground(four_months()), Scenario(name="x"))
    assert {node.driver for node in tree(found, "nrr")} == {None, "expansion", "contraction", "churn"}
    assert tree(found, "onboarding_completion") == []


def test_the_renewal_rate_is_the_kpi_engines_and_half_the_churn_halves_what_is_not_renewed() -> None:
    # Twelve terms ran out in 2024, nine were renewed: 75 %. Of those who leave half stay: 1 - 0.25 / 2 = 87.5 %, of the
    # twelve months of 2025. A tenth less churn: 1 - 0.125 x 0.9 = 88.75 %.
    book = yearly_terms()
    of = ground(book)
    [reading] = readings(book, [parse("TTM-2024-12")], ["renewal_rate"])
    churn = float(of.base.values["churn"][0])
    halved = Scenario(name="x", changes=(Change(driver="churn", value=churn / 2),))
    top, driver = tree(forecast(of, halved), "renewal_rate")
    assert (reading.value, top.today) == (0.75, pytest.approx(0.75))
    assert top.scenario == pytest.approx(0.875, abs=1e-5)
    assert (driver.driver, driver.worth) == ("churn", pytest.approx(0.0125, abs=1e-5))
    assert tree(forecast(of, Scenario(name="x")), "renewal_rate")[0].scenario == pytest.approx(0.75, abs=1e-5)
    said = str(renewals_said(of))
    assert "12 contract terms ran out and 9 were renewed; 3 of the others ended with a customer" in said


def test_a_term_that_lapses_while_its_customer_stays_does_not_follow_churn() -> None:
    # Of 13 terms nine were renewed, three lost with their customer, and one lapsed beside a contract that goes on.
    stays = [("C0", "2023-01-15", "2024-06-30", 50)]
    of = ground(Book({"subscriptions": pd.concat([yearly_terms().tables["subscriptions"], tables.frame(
        tables.CONTRACT, stays)])}, Settings(as_of=dt.date(2024, 12, 31))))
    none_leaves = Scenario(name="x", changes=(Change(driver="churn", value=0.0),))
    top = tree(forecast(of, none_leaves), "renewal_rate")[0]
    assert (top.today, top.scenario) == (pytest.approx(9 / 13), pytest.approx(12 / 13, abs=1e-5))


def test_renewals_by_segment_add_up_and_halfway_ahead_half_of_the_year_is_past() -> None:
    book = lively()
    [reading] = readings(book, [parse(f"TTM-{ground(book).past.months[-1].id}")], ["renewal_rate"])
    of = ground(book, "plan")
    nodes = tree(forecast(of, Scenario(name="x", field="plan")), "renewal_rate")
    parts = [node for node in nodes if node.driver is None and node.depth == 1]
    assert nodes[0].today == pytest.approx(reading.value)
    assert sum((node.today or 0) * (node.share or 0) for node in parts) == pytest.approx(nodes[0].today)
    half = Scenario(name="x", months=6, changes=(Change(driver="churn", value=0.0),))
    whole = ground(yearly_terms())
    # July to December 2024 hold one of the three (September); none in the six months ahead. Terms ahead run out at 12
    # a year for each customer of 2024's openings, of whom fewer are left: the parts are weighed by them.
    found = forecast(whole, half)
    ended = float(found.expected.whole["ended_terms"].sum()) / 1e6
    assert tree(found, "renewal_rate")[0].scenario == pytest.approx((5 + ended) / (6 + ended))


def test_a_goal_indicator_that_a_book_cannot_tell_is_not_offered() -> None:
    assert kgis(ground(four_months())) == ["nrr", "customer_churn_rate", "renewal_rate", "net_new_mrr", "ltv"]
    monthless = tables.book([("A", "2023-12-01", None, 100), ("B", "2023-12-01", None, 50)], as_of="2024-04-30")
    assert "renewal_rate" not in kgis(ground(monthless))
    assert tree(forecast(ground(monthless), Scenario(name="x")), "renewal_rate") == []
