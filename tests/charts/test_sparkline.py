"""The small line of a card: it spans its picture from the lowest to the highest value."""

from __future__ import annotations

import base64
import re

import pytest

from cs_kpi.charts.sparkline import HEIGHT, MARGIN, WIDTH, sparkline


def picture(values: list[float | None]) -> str:
    [data] = re.findall(r"base64,([^\"]+)", sparkline(values, "x"))
    return base64.b64decode(data).decode()


def points(values: list[float | None]) -> list[tuple[float, float]]:
    """The points of a line without gaps."""
    [path] = re.findall(r'd="M([^"]+)"', picture(values))
    return [(float(x), float(y)) for x, y in (one.split() for one in path.split(" L"))]


def test_a_value_that_is_not_known_breaks_the_line_and_at_the_end_leaves_out_the_point() -> None:
    assert picture([1, None, 2, 3]).count("M") == 2
    assert "<circle" in picture([1, None, 2, 3])
    assert "<circle" not in picture([1, 2, None])


def test_the_highest_value_is_at_the_top_and_the_lowest_at_the_bottom() -> None:
    assert points([1, 3, 2]) == [(MARGIN, HEIGHT - MARGIN), (WIDTH / 2, MARGIN), (WIDTH - MARGIN, HEIGHT / 2)]


@pytest.mark.parametrize("value", [0.0, 5.0, -2.0])
def test_equal_values_are_a_line_in_the_middle(value: float) -> None:
    assert {y for _x, y in points([value, value, value])} == {HEIGHT / 2}


def test_a_name_cannot_leave_its_attribute() -> None:
    assert 'alt="&quot;&gt;&lt;script&gt;"' in sparkline([1, 2], '"><script>')
