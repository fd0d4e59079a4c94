"""The figure of what followed a treatment: differences with their intervals, of those that can be told."""

from __future__ import annotations

import math

from cs_kpi.actions.effects import Effect
from cs_kpi.actions.matching import Matched
from cs_kpi.charts.effects import effects_chart
from cs_kpi.locale import Message


def matched(rate: float, expected: float, reach: float) -> Matched:
    difference = rate - expected
    return Matched(120, 80, 300, 2, 40, rate, expected, difference - reach, difference + reach, ())


KEPT = Effect("Meeting", matched(0.05, 0.10, 0.02))
NOISE = Effect("Ticket", matched(0.10, 0.09, 0.05))
FEW = Effect("Mail", matched(math.nan, math.nan, math.nan), Message("too few"))


def test_a_bar_is_the_difference_with_its_interval_and_n() -> None:
    figure = effects_chart([KEPT, FEW, NOISE], 3, "en")
    assert figure is not None
    [series] = figure.series
    assert series.low is not None
    assert series.high is not None
    assert [round(value or 0, 3) for value in (*series.values, *series.low, *series.high)] == [
        -0.05, 0.01, -0.07, -0.04, -0.03, 0.06]
    assert figure.categories == ("Meeting (n = 120)", "Ticket (n = 120)")
    assert str(figure.subtitle) == "Beyond noise: 1 of 2 differences. This is not causal."


def test_nothing_is_drawn_where_nothing_can_be_told() -> None:
    assert effects_chart([FEW, Effect("Call", None, Message("nobody"))], 3, "en") is None
