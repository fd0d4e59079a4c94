"""Goal seek: what it says reaches the goal when it is put back, and what cannot be reached is called impossible."""

from __future__ import annotations

import numpy as np
import pytest

from cs_kpi.targets.forecast import Ground, forecast, ground, kpi_of, month_of
from cs_kpi.targets.levers import Lever, level
from cs_kpi.targets.listing import mix_table
from cs_kpi.targets.scenario import Change, Goal, Scenario
from cs_kpi.targets.seek import Search, seek, with_changes
from cs_kpi.targets.words import Form, mix_said, single_said, verdict
from tests.targets.given import at_rest, four_months, lively, steady_book

GOALS = [("mrr", 1.1), ("arr", 1.3), ("customers", 1.05), ("nrr", 1.04), ("ltv", 1.2), ("net_new_mrr", 1.5),
         ("customer_churn_rate", 0.8)]
"""KPI, and the goal as a multiple of what is expected."""


@pytest.fixture(scope="module", params=[None, "plan"])
def of(request: pytest.FixtureRequest) -> Ground:
    return ground(lively(), request.param)


def value_at(of: Ground, scenario: Scenario) -> float:
    assert scenario.goal is not None
    return float(forecast(of, scenario).values(scenario.goal.kpi)[0][of.until(month_of(scenario.goal)) - 1])


def scenario_for(of: Ground, kpi: str, times: float, **more: object) -> Scenario:
    month = of.first.shifted(13).id
    plain = Scenario(name="x", field=of.past.field, goal=Goal(kpi=kpi, value=1, month=month), **more)  # type: ignore[arg-type]
    goal = Goal(kpi=kpi, value=times * value_at(of, plain), month=month)  # type: ignore[arg-type]
    return plain.model_copy(update={"goal": goal})


def sought(of: Ground, scenario: Scenario) -> Search:
    assert scenario.goal is not None
    return seek(forecast(of, scenario), scenario.goal)


@pytest.mark.parametrize(("kpi", "times"), GOALS)
def test_every_answer_put_back_hits_the_goal(of: Ground, kpi: str, times: float) -> None:
    scenario = scenario_for(of, kpi, times)
    assert scenario.goal is not None
    found = sought(of, scenario)
    answers = [scenario.with_change(one.driver, None, one.needed) for one in found.singles if one.needed is not None]
    answers.append(with_changes(scenario, found.mix))
    assert len(answers) >= 2
    for answer in answers:
        assert value_at(of, answer) == pytest.approx(scenario.goal.value, rel=1e-3), answer.changes


def test_an_answer_takes_what_the_scenario_changes_already_for_granted(of: Ground) -> None:
    scenario = scenario_for(of, "mrr", 1.15, growth=0.01, newcomers_only=True, changes=(
        Change(driver="expansion", value=0.02), Change(driver="onboarding", value=0.95)))
    assert scenario.goal is not None
    found = sought(of, scenario)
    [churn] = [one for one in found.singles if one.driver == "churn"]
    assert churn.needed is not None
    back = scenario.with_change("churn", None, churn.needed)
    assert value_at(of, back) == pytest.approx(scenario.goal.value, rel=1e-3)


def test_no_mix_that_reaches_the_goal_changes_less(of: Ground) -> None:
    scenario = scenario_for(of, "arr", 1.2)
    found = sought(of, scenario)
    keys = [(one.driver, one.segment) for one in found.mix]
    now = {key: level(of.base, of.base.values, Lever(key[0], None if key[1] is None else of.base.names.index(key[1])))
           .item() for key in keys}
    best = np.array([one.value / now[one.driver, one.segment] - 1 for one in found.mix])
    draw, better = np.random.default_rng(0), 0
    for _try in range(60):
        near = best + draw.normal(0, 0.1, len(best)) * np.abs(best).max()
        near = near * np.linalg.norm(best) / np.linalg.norm(near) * 0.99
        tried = with_changes(scenario, [Change(driver=driver, segment=segment, value=max(0, now[driver, segment] * (
            1 + part))) for (driver, segment), part in zip(keys, near.tolist(), strict=True)])
        assert scenario.goal is not None
        better += value_at(of, tried) >= scenario.goal.value
    assert better == 0


def test_an_impossible_goal_is_said_to_be_impossible_with_the_nearest(of: Ground) -> None:
    scenario = scenario_for(of, "arr", 300)
    found = sought(of, scenario)
    assert (found.is_possible, found.mix) == (False, ())
    assert found.furthest < found.goal.value
    said = str(verdict(found, Form("en", "USD")))
    assert said.startswith("The goal is impossible by all that this book has shown")
    assert Form("en", "USD").number(found.furthest, "money") in said


def test_churn_below_zero_cannot_be_asked_for(of: Ground) -> None:
    found = sought(of, scenario_for(of, "net_new_mrr", 40))
    [churn] = [one for one in found.singles if one.driver == "churn"]
    assert churn.needed is None
    scenario = scenario_for(of, "net_new_mrr", 40).with_change("churn", None, 0.0)
    assert churn.nearest == pytest.approx(value_at(of, scenario))
    assert "cannot reach it alone" in str(single_said(churn, found, Form("en", None)))


def test_a_goal_that_is_reached_anyway_asks_for_nothing(of: Ground) -> None:
    found = sought(of, scenario_for(of, "mrr", 0.9))
    assert (found.is_reached, found.singles, found.mix) == (True, (), ())
    assert found.chance > 0.5


def test_the_chance_is_the_share_of_paths_and_falls_with_the_goal(of: Ground) -> None:
    chances = [sought(of, scenario_for(of, "arr", times)).chance for times in (0.7, 1.0, 1.5)]
    assert chances[0] > 0.9
    assert 0.2 < chances[1] < 0.8
    assert chances[2] < 0.1
    scenario = scenario_for(of, "arr", 1.0)
    assert scenario.goal is not None
    drawn = forecast(of, scenario).values("arr")[1][13]
    assert sought(of, scenario).chance == (drawn >= scenario.goal.value).mean()


def test_a_goal_of_less_churn_is_reached_from_above(of: Ground) -> None:
    found = sought(of, scenario_for(of, "customer_churn_rate", 0.5))
    [churn] = [one for one in found.singles if one.driver == "churn"]
    assert churn.needed is not None
    assert churn.needed == pytest.approx(churn.now / 2, rel=0.1)
    assert kpi_of("customer_churn_rate").better == "down"


def test_customers_to_keep_are_counted() -> None:
    # 3 customers, of whom a tenth leaves: in one month 0.3 leave. With no churn 3.25 are there, so that a goal of 3.1
    # asks for 0.15 customers more than the 2.95 expected, which is half of those that would leave.
    of = ground(four_months())
    goal = Goal(kpi="customers", value=3.1, month="2024-05")
    found = seek(forecast(of, Scenario(name="x", goal=goal)), goal)
    [churn] = [one for one in found.singles if one.driver == "churn"]
    assert (churn.customers, churn.of) == (pytest.approx(0.15, abs=1e-5), pytest.approx(0.3, abs=1e-5))
    assert churn.needed == pytest.approx(50 / 2240, rel=1e-4)
    assert "keep 1 more of the 1 that would leave" in str(single_said(churn, found, Form("en", None)))
    assert "Least change in all" in str(mix_said(found, of, Form("en", None)))


def test_what_never_happened_is_beyond_the_record() -> None:
    # Nobody ever came back, and nobody paid less: reactivation begins from nothing.
    of = ground(four_months())
    goal = Goal(kpi="mrr", value=700, month="2024-07")
    found = seek(forecast(of, Scenario(name="x", goal=goal)), goal)
    beyond = {one.driver: one.is_beyond for one in found.singles if one.needed is not None}
    assert beyond["reactivation"] is True
    [one] = [one for one in found.singles if one.driver == "reactivation"]
    assert str(single_said(one, found, Form("en", None))) == (
        "Reactivation a month: not by this alone. It would have to be better than in any month on record: 0.00% in the "
        "best month, 0.00% now.")


def test_less_churn_than_in_any_month_on_record_is_beyond_it_too() -> None:
    # One of ten customers leaves every month, never fewer.
    of = ground(steady_book())
    found = sought(of, scenario_for(of, "customers", 1.2))
    [churn] = [one for one in found.singles if one.driver == "churn"]
    assert churn.needed is not None
    assert (churn.best, churn.is_beyond) == (pytest.approx(0.1), True)
    assert f"{churn.needed * 100:.2f}%" not in str(single_said(churn, found, Form("en", None)))


@pytest.mark.parametrize(("kpi", "times"), [("mrr", 1.3), ("customers", 1.3), ("nrr", 1.2), ("arr", 3)])
def test_a_mix_begins_what_does_not_move_today_but_did(kpi: str, times: float) -> None:
    of = ground(at_rest())
    scenario = scenario_for(of, kpi, times)
    assert scenario.goal is not None
    found = sought(of, scenario)
    assert (found.is_possible, len(found.mix) > 1) == (True, True)
    assert value_at(of, with_changes(scenario, found.mix)) == pytest.approx(scenario.goal.value, rel=1e-3)
    assert "—" in mix_table(found, forecast(of, scenario), Form("en", None))["Change"].tolist()


def test_a_goal_just_beyond_what_is_expected_has_a_mix_too() -> None:
    of = ground(lively())
    scenario = scenario_for(of, "net_new_mrr", 1.0001)
    assert scenario.goal is not None
    mix = sought(of, scenario).mix
    assert mix
    assert value_at(of, with_changes(scenario, mix)) == pytest.approx(scenario.goal.value, rel=1e-6)


def test_onboarding_of_newcomers_alone_is_answered_too(of: Ground) -> None:
    scenario = scenario_for(of, "customer_churn_rate", 0.98, newcomers_only=True, strength=1.0)
    [one] = [one for one in sought(of, scenario).singles if one.driver == "onboarding"]
    assert one.needed is not None
    assert of.effect is not None
    assert of.effect.completed < one.needed < 1
    assert scenario.goal is not None
    assert value_at(of, scenario.with_change("onboarding", None, one.needed)) == pytest.approx(scenario.goal.value,
                                                                                               rel=1e-3)
    kept = [forecast(of, each).expected.whole["left"].sum() / 1e6 for each in (
        scenario, scenario.with_change("onboarding", None, one.needed))]
    assert one.customers == pytest.approx(kept[0] - kept[1])


def test_no_answer_rests_on_numbers_too_large_to_be_added_up() -> None:
    """Three times the LTV in three years: winning back at 99 % a month would double MRR 36 times."""
    of = ground(lively(25, 9))
    month = of.first.shifted(35).id
    plain = Scenario(name="x", goal=Goal(kpi="ltv", value=1, month=month))
    goal = Goal(kpi="ltv", value=3 * value_at(of, plain), month=month)
    found = sought(of, plain.model_copy(update={"goal": goal}))
    for one in found.singles:
        if one.needed is not None:
            back = plain.model_copy(update={"goal": goal}).with_change(one.driver, None, one.needed)
            assert value_at(of, back) == pytest.approx(goal.value, rel=1e-3), one.driver
