"""The figures of what-if: the past and what is ahead meet, the goal is a line, scenarios stand side by side."""

from __future__ import annotations

import pytest

from cs_kpi.charts.drawing import chart
from cs_kpi.charts.plan import compared_figure, fan_figure
from cs_kpi.targets.forecast import Ground, forecast, ground
from cs_kpi.targets.listing import compared, mix_table, tree_table
from cs_kpi.targets.scenario import Change, Goal, Scenario
from cs_kpi.targets.seek import seek
from cs_kpi.targets.tree import tree
from cs_kpi.targets.words import Form
from tests.targets.given import lively

FORM = Form("en", "USD")
GOAL = Goal(kpi="mrr", value=25_000, month="2025-05")


@pytest.fixture(scope="module")
def of() -> Ground:
    return ground(lively(), "plan")


def test_the_fan_opens_from_the_last_known_value(of: Ground) -> None:
    one = forecast(of, Scenario(name="x", field="plan", goal=GOAL))
    figure = fan_figure(one, "mrr", FORM)
    past, ahead = figure.series
    assert past.values[11] == ahead.values[11]
    assert ahead.low is not None
    assert ahead.high is not None
    assert ahead.low[11] == ahead.high[11] == past.values[11]
    assert past.values[12:] == (None,) * 12
    assert ahead.values[12:] == one.course("mrr").expected
    assert [marker.at for marker in figure.references] == [25_000]
    assert fan_figure(one, "nrr", FORM).references == ()
    chart(figure, "ja").to_dict()


def test_scenarios_of_different_length_stand_side_by_side(of: Ground) -> None:
    both = [forecast(of, Scenario(name=name, field="plan", months=months)) for name, months in (("a", 6), ("b", 12))]
    figure = compared_figure(both, "arr", FORM)
    assert len({len(series.values) for series in figure.series} | {len(figure.categories)}) == 1
    assert figure.series[1].values[18:] == (None,) * 6
    frame = compared(both, 12, FORM)
    assert list(frame.columns) == ["After 12 months", "a", "b"]
    arr = FORM.number(both[1].course("arr").expected[11], "money")
    assert str(frame.loc[1, "b"]).startswith(arr)


def test_a_mix_by_segment_is_a_table_from_what_to_what(of: Ground) -> None:
    one = forecast(of, Scenario(name="x", field="plan", goal=GOAL, changes=(Change(driver="new", value=600),)))
    frame = mix_table(seek(one, GOAL), one, FORM)
    assert set(frame["Segment"]) == {"Basic", "Pro"}
    assert list(frame.columns) == ["Driver", "Segment", "Scenario", "Needed value", "Change"]
    assert all(text.startswith(("+", "-")) for text in frame["Change"])


def test_the_tree_is_indented_by_its_depth(of: Ground) -> None:
    nodes = tree(forecast(of, Scenario(name="x", field="plan")), "nrr")
    first = tree_table(nodes, FORM).iloc[:, 0]
    assert [len(text) - len(text.lstrip("\u2003")) for text in first] == [node.depth for node in nodes]
