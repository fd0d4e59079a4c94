"""The KPI tree: today's values, and what a tenth of every driver is worth."""

from __future__ import annotations

import pytest

from cs_kpi.targets.forecast import forecast, ground
from cs_kpi.targets.scenario import Change, Scenario
from cs_kpi.targets.tree import KGIS, Kgi, tree
from tests.targets.given import four_months, lively


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
