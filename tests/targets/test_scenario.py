"""Drivers put to other values, and the record that is saved and linked."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from cs_kpi.errors import DataError
from cs_kpi.targets.forecast import Ground, forecast, ground
from cs_kpi.targets.levers import Lever, changed, level
from cs_kpi.targets.onboarding_effect import Effect
from cs_kpi.targets.scenario import Change, Goal, Scenario, link, linked, named
from cs_kpi.targets.words import assumptions
from tests import tables
from tests.targets.given import four_months, lively


@pytest.fixture(scope="module")
def wide() -> Ground:
    return ground(lively(), "plan")


def test_a_driver_set_to_todays_value_changes_nothing(wide: Ground) -> None:
    for driver in ("new", "expansion", "contraction", "churn", "reactivation"):
        same = level(wide.base, wide.base.values, Lever(driver)).item()
        now = changed(wide.base, Scenario(name="x", field="plan", changes=(Change(driver=driver, value=same),)))
        for name, values in wide.base.values.items():
            assert now.values[name] == pytest.approx(values), (driver, name)


def test_the_churn_of_one_segment_takes_its_customers_along_and_leaves_the_others_alone(wide: Ground) -> None:
    basic, pro = wide.base.names.index("Basic"), wide.base.names.index("Pro")
    half = wide.base.values["churn"][basic] / 2
    now = changed(wide.base, Scenario(name="x", changes=(Change(driver="churn", segment="Basic", value=half),)))
    assert now.values["churn"][basic] == pytest.approx(half)
    assert now.values["left"][basic] == pytest.approx(wide.base.values["left"][basic] / 2)
    assert now.values["churn"][pro] == wide.base.values["churn"][pro]


def test_a_driver_of_everybody_moves_segments_in_proportion_to_the_value_that_is_shown(wide: Ground) -> None:
    now = changed(wide.base, Scenario(name="x", changes=(Change(driver="churn", value=0.005),)))
    assert level(now, now.values, Lever("churn")).item() == pytest.approx(0.005)
    assert np.ptp(now.values["churn"] / wide.base.values["churn"]) == pytest.approx(0, abs=1e-12)


def test_what_never_moved_begins_at_the_value_given() -> None:
    of = ground(four_months())
    now = changed(of.base, Scenario(name="x", changes=(Change(driver="contraction", value=0.02),)))
    assert now.values["contraction"].tolist() == [0.02]
    idle = ground(tables.book([("A", "2024-01-01", None, 100), ("B", "2024-01-01", None, 300)], as_of="2024-06-30"))
    begun = forecast(idle, Scenario(name="x", months=1, changes=(Change(driver="new", value=50),)))
    # Two customers pay 400, 200 each: 50 of new MRR are a quarter of a customer.
    assert begun.expected.whole["new"].item() == 50_000_000
    assert begun.expected.whole["is_new"].item() == 250_000


def test_a_segment_that_is_not_there_is_named_with_those_that_are(wide: Ground) -> None:
    with pytest.raises(DataError, match=r"no segment 'Gold' here\. There are: Basic, Pro"):
        changed(wide.base, Scenario(name="x", changes=(Change(driver="churn", segment="Gold", value=0),)))


EFFECT = Effect(0.6, {"churn": (0.01, 0.05), "left": (0.02, 0.04)}, {"churn": 1.0, "left": 0.5},
                {"churn": 0.026, "left": 0.03}, (60, 40), 2)


def test_onboarding_moves_churn_by_the_churn_of_both_groups() -> None:
    # From 60 to 80 % completed: 0.2 x (5 % - 1 %) = 0.8 points of MRR churn; at half the strength 0.4 of 2.6.
    wanted = np.asarray(0.8)
    assert EFFECT.relief("churn", wanted, 1.0) == pytest.approx(0.008)
    assert EFFECT.factor("churn", wanted, 0.5) == pytest.approx(1 - 0.004 / 0.026)
    # Of customers half are past their limit: 0.2 x 2 points x 0.5.
    assert EFFECT.relief("left", wanted, 1.0) == pytest.approx(0.002)


def test_without_strength_onboarding_changes_nothing() -> None:
    of = ground(lively())
    assert of.effect is not None
    plain = forecast(of, Scenario(name="x")).course("mrr")
    for strength, same in ((0.0, True), (0.5, False)):
        one = Scenario(name="x", strength=strength, changes=(Change(driver="onboarding", value=1.0),))
        assert (forecast(of, one).course("mrr") == plain) is same


def test_the_groups_effect_is_read_from_the_book() -> None:
    of = ground(lively(seed=1))
    assert of.effect is not None
    done, not_done = of.effect.churn["left"]
    assert not_done > 2 * done  # 4.5 and 1.5 % a month were put in
    assert sum(of.effect.customers) <= of.base.customers.sum() // 1_000_000


def test_newcomers_feel_onboarding_only_after_their_limit_and_less_than_everybody() -> None:
    of = ground(lively())
    changes = (Change(driver="onboarding", value=1.0),)
    plain, later, all_of_them = (np.array(forecast(of, one).course("mrr").expected) for one in (
        Scenario(name="x"), Scenario(name="x", changes=changes, newcomers_only=True),
        Scenario(name="x", changes=changes)))
    assert (later[:2] == plain[:2]).all()
    assert plain[-1] < later[-1] < all_of_them[-1]


def test_onboarding_without_a_criterion_says_so() -> None:
    with pytest.raises(DataError, match="takes an onboarding criterion"):
        forecast(ground(four_months()), Scenario(name="x", changes=(Change(driver="onboarding", value=1.0),)))


def test_a_link_carries_the_whole_scenario() -> None:
    one = Scenario(name="春の計画 & more", field="plan", months=24, growth=0.01, strength=0.3, newcomers_only=True,
                   changes=(Change(driver="churn", segment="Pro", value=0.008),),
                   goal=Goal(kpi="arr", value=1.2e8, month="2027-03"))
    assert linked(link(one)) == one
    assert link(Scenario(name="x")) == '{"name":"x"}'


def test_a_link_that_was_cut_off_says_so() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        linked('{"name":"x","chan')


def test_a_goal_that_is_over_or_too_far_away_says_which_months_there_are() -> None:
    of = ground(four_months())
    for month in ("2024-04", "2027-05"):
        with pytest.raises(DataError, match=f"{month} cannot be projected. Choose one from 2024-05 to 2027-04"):
            forecast(of, Scenario(name="x", goal=Goal(kpi="mrr", value=1, month=month)))


def test_values_below_zero_are_refused() -> None:
    with pytest.raises(ValidationError):
        Change(driver="churn", value=-0.1)


def test_a_blank_name_is_no_name() -> None:
    assert named(Scenario(name="x"), " y ").name == "y"
    with pytest.raises(DataError, match="needs a name"):
        named(Scenario(name="x"), "  ")


def test_a_pace_that_rarely_lasts_is_said() -> None:
    of = ground(four_months())
    wild = forecast(of, Scenario(name="x", changes=(Change(driver="expansion", value=0.15),)))
    # 15 % less 100 / 2,240 churn is 10.5 % a month, 3.3 times in a year.
    [said] = [str(one) for one in assumptions(of, wild.scenario, wild.rates) if "rarely lasts" in str(one)]
    assert said.startswith("At these rates present customers would pay 10.5% more every month, 3.3 times as much")
    assert not any("rarely lasts" in str(one) for one in assumptions(of, Scenario(name="x")))
