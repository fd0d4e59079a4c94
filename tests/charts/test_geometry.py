"""Parts stand where their values say."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.charts.figure import Figure, Series
from cs_kpi.charts.geometry import apart, parts, runs
from cs_kpi.charts.scale import Axis, axis_title, nice_axis, tick_labels, value_axis
from cs_kpi.locale import _
from tests.charts.figures import KINDS, figure, waterfall

VALUES = st.one_of(st.none(), st.floats(-1e12, 1e12), st.just(math.nan))


def bars(*columns: tuple[float | None, ...]) -> Figure:
    series = tuple(Series(f"s{n}", column) for n, column in enumerate(columns))
    return Figure("f", "stacked_bars", _("MRR"), tuple("abcdefgh"[:len(columns[0])]), series, "count", _("MRR"))


def test_losses_stack_below_zero() -> None:
    found = {part.series: (part.start, part.end) for part in parts(bars((5.0,), (-2.0,), (3.0,), (-1.0,)))}
    assert found == {0: (0, 5), 1: (0, -2), 2: (5, 8), 3: (-2, -3)}


def test_a_missing_value_has_no_part() -> None:
    assert [(part.category, part.series) for part in parts(bars((None, 1.0), (2.0, math.nan)))] == [(0, 1), (1, 0)]


def test_steps_hang_on_the_step_before_and_totals_stand_on_zero() -> None:
    ends = [(part.start, part.end) for part in parts(waterfall())]
    assert ends == [(0, 300_000), (300_000, -200_000), (-200_000, -300_000), (-300_000, 150_000), (150_000, -250_000),
                    (0, -250_000)]


@given(st.lists(VALUES, min_size=1, max_size=8), st.lists(VALUES, min_size=1, max_size=8))
def test_parts_keep_their_values_and_fit_the_axis(left: list[float | None], right: list[float | None]) -> None:
    size = min(len(left), len(right))
    drawn = bars(tuple(left[:size]), tuple(right[:size]))
    axis = value_axis(drawn)
    for part in parts(drawn):
        assert part.value == drawn.series[part.series].values[part.category]
        assert axis.low - axis.step / 1e6 <= min(part.start, part.end)
        assert max(part.start, part.end) <= axis.high + axis.step / 1e6


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_axis_covers_the_values_in_few_round_steps(one: float, other: float) -> None:
    axis = nice_axis(min(one, other), max(one, other))
    assert axis.low - axis.step / 1e6 <= min(one, other)
    assert max(one, other) <= axis.high + axis.step / 1e6
    assert 2 <= len(axis.ticks) <= 9


@pytest.mark.parametrize("kind", ["stacked_bars", "stacked_area", "waterfall"])
def test_bars_and_areas_stand_on_zero(kind: str) -> None:
    axis = value_axis(figure(kind))  # type: ignore[arg-type]
    assert axis.low <= 0 <= axis.high
    assert 0.0 in axis.ticks


def test_a_line_far_from_zero_is_not_pressed_flat() -> None:
    rates = Figure("f", "line", _("MRR"), ("a", "b"), (Series("NRR", (0.97, 1.04)),), "share", _("MRR"))
    assert value_axis(rates).low > 0.9


def test_a_wide_interval_does_not_squeeze_the_line() -> None:
    wide = Series("NRR", (0.97, 1.04), low=(-5.0, -5.0), high=(9.0, 9.0))
    axis = value_axis(Figure("f", "line", _("MRR"), ("a", "b"), (wide,), "share", _("MRR")))
    assert axis.high - axis.low < 0.6


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_figure_still_has_an_axis(kind: str) -> None:
    empty = Figure("f", kind, _("MRR"), ("a",), (Series("x", (None,)),), "count", _("MRR"))  # type: ignore[arg-type]
    assert value_axis(empty).low < value_axis(empty).high


def test_runs_break_at_gaps_and_turn_where_data_is_incomplete() -> None:
    found = runs([True, True, False, True, True, True], frozenset({5}))
    assert [(run.categories, run.is_incomplete) for run in found] == [
        ((0, 1), False), ((3, 4), False), ((4, 5), True)]


@given(st.lists(st.floats(0, 300), max_size=8))
def test_labels_never_touch(places: list[float]) -> None:
    moved = sorted(apart(places, 20, 0, 300))
    assert all(right - left >= 20 - 1e-6 for left, right in pairwise(moved))
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in moved)


def test_axis_in_japanese_money() -> None:
    assert tick_labels(Axis(0, 3e8, 1e8), "money", "ja") == ["0", "1億", "2億", "3億"]
    assert tick_labels(Axis(0, 1e7, 5e6), "money", "ja") == ["0", "500万", "1,000万"]
    assert tick_labels(Axis(0, 2e7, 1e7), "money", "ja", "ten_thousand") == ["0", "1,000", "2,000"]
    assert tick_labels(Axis(0, 5e6, 2.5e6), "money", "en") == ["0", "2.5M", "5.0M"]
    assert tick_labels(Axis(-0.05, 0.05, 0.05), "share", "ja") == ["-5%", "0%", "5%"]


def test_unit_of_the_axis() -> None:
    assert axis_title(figure("line"), "ja") == "円"
    assert axis_title(figure("line"), "en", "million") == "million JPY"
