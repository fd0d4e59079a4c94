"""Scatters, fans and bullets: every point once, every range whole, every row against its own target."""

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.charts.density import MOST, dots, points
from cs_kpi.charts.description import alt_text
from cs_kpi.charts.drawing import chart
from cs_kpi.charts.figure import Figure, Marker, Measured, Series, Status
from cs_kpi.charts.geometry import bullet_rows, first_projected
from cs_kpi.charts.scale import value_axis, x_axis
from cs_kpi.charts.tables import column_units, table
from cs_kpi.charts.theme import DARK, LIGHT, Theme
from cs_kpi.locale import _
from tests.charts.figures import figure
from tests.charts.test_theme import SIGHT, seen


def rows(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in layer.get("data", {}).get("values", [])
            if all(field in row for field in fields)]


def cloud(xs: list[float], ys: list[float], sizes: list[float] | None = None) -> Figure:
    """Points in two groups by turns."""
    groups = tuple(Series(name, tuple(y if k % 2 == n else None for k, y in enumerate(ys)))
                   for n, name in enumerate("ab"))
    return Figure("p", "scatter", _("MRR"), tuple(f"c{k}" for k in range(len(xs))), groups, "count", _("MRR"),
                  x=Measured("x", tuple(xs), "count"),
                  size=Measured("s", tuple(sizes), "money") if sizes else None)


def bullets(*pairs: tuple[float | None, float | None], unit: Any = None) -> Figure:
    actual, target = zip(*pairs, strict=True)
    return Figure("b", "bullet", _("MRR"), tuple("abcdefgh"[:len(pairs)]),
                  (Series("Actual", actual), Series("Target", target, "neutral")), "count", _("MRR"),
                  statuses=tuple(Status("on target", "good", unit) for _pair in pairs))


def test_every_point_is_drawn_where_its_numbers_say() -> None:
    one = figure("scatter", 12, gaps=True)
    assert one.x
    drawn = {(row["name"], row["x"], row["y"]) for row in rows(chart(one, "en").to_dict(), "x", "y")}
    assert drawn == {(name, x, series.values[i]) for series in one.series
                     for i, (name, x) in enumerate(zip(one.categories, one.x.values, strict=True))
                     if series.values[i] is not None and x is not None}


def test_a_name_is_shown_as_text_and_nothing_else() -> None:
    name = "<img src=x onerror=alert(1)>'+datum.x+'"
    one = figure("scatter", 3)
    spec = chart(replace(one, categories=(name, *one.categories[1:])), "en").to_dict()
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    assert name in [row["name"] for row in layer["data"]["values"]]
    assert name not in json.dumps({key: value for key, value in layer.items() if key != "data"})


def test_health_bands_have_a_shape_each() -> None:
    layer = chart(figure("scatter", 12), "en").to_dict()["layer"][0]
    assert layer["encoding"]["shape"]["scale"] == {
        "domain": ["Green", "Yellow", "Red"], "range": ["circle", "triangle-up", "square"]}


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", list(SIGHT))
def test_health_bands_are_told_apart_by_everyone(look: Theme, sight: str) -> None:
    for one, other in combinations(("good", "watch", "bad"), 2):
        apart = np.linalg.norm(seen(look.roles[one], SIGHT[sight]) - seen(look.roles[other], SIGHT[sight]))  # type: ignore[index]
        assert apart > 0.05, (one, other)


def test_two_thousand_points_are_drawn_one_by_one() -> None:
    one = cloud([float(k) for k in range(MOST)], [float(k % 7) for k in range(MOST)])
    assert sorted(dot.category for dot in dots(one) if dot.category is not None) == list(range(MOST))


def test_more_points_are_put_together_and_it_says_so() -> None:
    rng = np.random.default_rng(1)
    one = cloud(list(rng.normal(100, 20, 20_000)), list(rng.normal(50, 10, 20_000)))
    found = dots(one)
    assert len(found) <= MOST
    assert sum(dot.count for dot in found) == 20_000
    words = [layer["mark"].get("text") for layer in chart(one, "en").to_dict()["layer"]]
    assert f"20,000 points, near ones drawn as one ({len(found):,})" in words
    assert len(table(one, "en")) == 20_000


@given(st.integers(0, 2**32 - 1))
def test_points_put_together_keep_their_sum_group_and_mean(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, size = rng.exponential(50, 3_000), rng.normal(0, 9, 3_000), rng.exponential(1e5, 3_000)
    one = cloud(list(x), list(y), list(size))
    found = dots(one)
    assert sum(dot.size or 0 for dot in found) == pytest.approx(size.sum())
    for group in (0, 1):
        here = [dot for dot in found if dot.series == group]
        assert sum(dot.count for dot in here) == 1_500
        assert sum(dot.x * dot.count for dot in here) / 1_500 == pytest.approx(x[group::2].mean())
    across, upright = x_axis(one), value_axis(one)
    assert all(across.low <= dot.x <= across.high and upright.low <= dot.y <= upright.high for dot in found)


def test_the_table_of_a_scatter_has_one_row_per_point_with_its_group() -> None:
    one = figure("scatter", 3)
    found = table(one, "en")
    assert list(found.columns) == ["Customer", "Status", "MRR", "Score", "Seats"]
    assert found.iloc[1].tolist() == ["Sample Trading Ltd. 1", "Yellow", 540_000.0, 48.0, 2.0]
    assert column_units(one, "en") == {"MRR": "money", "Score": "score", "Seats": "count"}


def test_points_without_a_place_are_not_drawn() -> None:
    assert len(points(figure("scatter", 12, gaps=True))) == 10  # of twelve, numbers 2 and 7 have no MRR


def test_a_fan_shows_the_past_the_median_and_both_ranges() -> None:
    one = figure("fan", 12)
    spec, ahead = chart(one, "en").to_dict(), one.series[1]
    bands = [[(row["i"], row["low"], row["high"]) for row in layer["data"]["values"]] for layer in spec["layer"]
             if layer["mark"]["type"] == "area"]
    assert bands == [[(i, low, high) for i, (low, high) in enumerate(zip(lows or (), highs or (), strict=True))
                      if low is not None] for lows, highs in ((ahead.low, ahead.high),
                                                               (ahead.inner_low, ahead.inner_high))]
    drawn = {(row["i"], row["series"], row["value"]) for row in rows(spec, "value")}
    assert drawn == {(i, series.name, value) for series in one.series for i, value in enumerate(series.values)
                     if value is not None}


def test_a_fan_says_where_the_projection_starts() -> None:
    one = figure("fan", 12)
    assert first_projected(one) == 8  # eight known months, numbers 0 to 7
    lines = [layer for layer in chart(one, "en").to_dict()["layer"] if layer["mark"].get("strokeDash") == [2, 2]]
    assert [row["i"] for row in lines[0]["data"]["values"]] == [8]
    assert "P90" in str(chart(one, "en").to_dict())


def test_the_axis_of_a_fan_holds_all_of_its_range() -> None:
    one = figure("fan", 60)
    highs = [value for value in one.series[1].high or () if value is not None]
    assert value_axis(one).high >= max(highs)


def test_the_table_of_a_fan_has_its_percentiles() -> None:
    assert list(table(figure("fan", 12), "en").columns) == [
        "Period", "Actual", "Median", "Target", "Median, P10", "Median, P25", "Median, P75", "Median, P90"]


def test_rows_of_one_unit_share_their_axis() -> None:
    one = bullets((8.0, 10.0), (30.0, 20.0))
    assert bullet_rows(one) == [(8.0, 10.0), (30.0, 20.0)]
    assert value_axis(one).high >= 30


def test_rows_of_several_units_are_shares_of_their_own_target() -> None:
    found = bullet_rows(bullets((8.0, 10.0), (30.0, 20.0), (900.0, 1.0), (-9.0, 10.0), (5.0, 0.0), (None, 4.0),
                                unit="count"))
    assert found == [(0.8, 1.0), (1.5, 1.0), (2.0, 1.0), (-0.5, 1.0), (None, None), (None, 1.0)]


def test_a_row_says_its_status_with_a_sign_and_its_amounts() -> None:
    said = [row["text"] for row in rows(chart(figure("bullet", 3, "en"), "en").to_dict(), "text", "i")]
    assert said == ["▲ close", "● on target", "■ missed", "¥11,900,000 / ¥12,000,000", "104.0% / 102.0%",
                    "61.0% / 80.0%"]


def test_the_table_of_a_bullet_of_several_units_is_in_words_and_of_one_in_numbers() -> None:
    assert table(figure("bullet", 2), "en").iloc[1].tolist() == ["NRR (12 months)", "104.0%", "102.0%", "on target"]
    assert table(bullets((8.0, 10.0)), "en").iloc[0].tolist() == ["a", 8.0, 10.0, "on target"]


def test_alt_text_says_what_each_kind_shows() -> None:
    assert "Green: 3 points from 78 to 95." in alt_text(figure("scatter", 12), "en")
    assert "Onboarding completion rate 61.0% / 80.0% (■ missed)" in alt_text(figure("bullet", 3), "en")
    assert "Budget was cut ¥" in alt_text(figure("ranked_bars", 3), "en")


def test_a_line_of_reference_is_on_the_axis_of_a_scatter() -> None:
    assert value_axis(replace(cloud([1.0, 2.0], [3.0, 4.0]), references=(Marker(99.0, "far"),))).high >= 99
