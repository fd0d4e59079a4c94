"""Several searches at once: the first value that reaches a goal, whatever the course; None where none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.targets.crossing import Bools, Trial, crossings
from cs_kpi.targets.rates import Floats

Courses = Mapping[str, Callable[[Floats], Floats]]


def trial(courses: Courses, goal: float, asked: list[int] | None = None) -> Trial[str]:
    def tried(wanted: Mapping[str, Floats]) -> dict[str, tuple[Floats, Bools]]:
        if asked is not None:
            asked.append(len(wanted))
        found = {name: courses[name](values) for name, values in wanted.items()}
        return {name: (value, value >= goal) for name, value in found.items()}
    return tried


def test_each_search_finds_its_own_crossing_and_what_came_of_its_last_value() -> None:
    courses = {"square": np.square, "falling": lambda x: 10 - x, "short": lambda x: x}
    first = {"square": np.linspace(0, 8, 9), "falling": np.linspace(9, 0, 10), "short": np.linspace(0, 3, 4)}
    found = crossings(trial(courses, 5.0), first, 5.0)
    assert found["square"].at == pytest.approx(np.sqrt(5), rel=1e-8)
    assert found["falling"].at == 5.0
    assert (found["short"].at, found["short"].end) == (None, 3.0)


def test_the_first_of_several_crossings_counts() -> None:
    found = crossings(trial({"wave": np.sin}, 0.5), {"wave": np.linspace(0, 20, 201)}, 0.5)
    assert found["wave"].at == pytest.approx(np.pi / 6, rel=1e-8)


def test_a_value_that_reaches_it_at_once_is_the_answer() -> None:
    assert crossings(trial({"x": lambda x: x}, 1.0), {"x": np.array([2.0, 3.0])}, 1.0)["x"].at == 2.0


def test_a_step_and_a_pole_are_found_by_dividing() -> None:
    courses = {"step": lambda x: np.where(x < 0.3, 0.0, 9.0), "pole": lambda x: np.where(x < 0.7, 1.0, np.inf)}
    found = crossings(trial(courses, 5.0), dict.fromkeys(courses, np.linspace(0, 1, 5)), 5.0)
    assert found["step"].at == pytest.approx(0.3, abs=1e-4)
    assert found["pole"].at == pytest.approx(0.7, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(power=st.floats(1, 6), goal=st.floats(0.01, 0.99))
def test_a_smooth_course_takes_few_trials_and_its_answer_reaches_the_goal(power: float, goal: float) -> None:
    asked: list[int] = []
    course = {"x": lambda x: x ** power}
    at = crossings(trial(course, goal, asked), {"x": np.linspace(0, 1, 65)}, goal)["x"].at
    assert at is not None
    assert at ** power >= goal
    assert at ** power == pytest.approx(goal, rel=1e-7)
    assert len(asked) <= 6
