"""The figures of onboarding say what states, steps and trials say, for every kind of period and segment."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_kpi.charts.drawing import chart
from cs_kpi.charts.onboarding import (
    days_to_complete,
    retention_by_step,
    states_by_start,
    steps_reached,
    use_around_completion,
)
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.kpi.onboarding import start_periods, starters
from cs_kpi.kpi.readings import Segment
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.onboarding.goals import trial
from cs_kpi.periods import PERIOD_KINDS, PeriodKind, parse, periods
from tests.onboarding.given import planted
from tests.tables import book

# June: a completes on day 5, b not at all; July: c is on its way on 10 August, the last day of the data
CONTRACTS = [("a", "2024-06-01", None, 1), ("b", "2024-06-01", None, 1), ("c", "2024-07-20", None, 1)]
STEPS = [("a", "Kickoff", "2024-06-06")]
WITHIN = Criterion(rules=(Rule(name="Kickoff", days=30),))
RUN = periods("month", dt.date(2024, 6, 1), dt.date(2024, 8, 31))


def whole(**more: object):
    return book(CONTRACTS, milestones=STEPS, onboarding=WITHIN, as_of="2024-08-10", **more)  # type: ignore[arg-type]


def test_states_stand_by_start_and_who_is_on_its_way_makes_a_month_incomplete() -> None:
    figure = states_by_start(whole(), RUN, "en")
    assert {str(one.name): one.values for one in figure.series} == {
        "Completed": (1, 0, 0), "Completed late": (0, 0, 0), "Left before completing": (0, 0, 0),
        "Overdue": (1, 0, 0), "In progress": (0, 1, 0)}
    assert figure.incomplete == {1, 2}
    assert str(figure.subtitle) == (
            "Of 3 customers 1 completed in time and 0 late; 0 left before, 1 are overdue, 1 in progress")


def test_steps_begin_with_who_started() -> None:
    figure = steps_reached(whole(), RUN, "en")
    assert (figure.categories, figure.series[0].values) == (("Started", "Kickoff"), (3, 1))
    assert str(figure.subtitle) == "1 of 3 reached every step (33.3%)"


def test_days_say_their_median_and_who_is_not_in_them() -> None:
    figure = days_to_complete(whole(), RUN, "en")
    assert (figure.categories, figure.series[0].values) == (("5",), (1,))
    assert str(figure.subtitle) == "Median 5 days; half of them take 5 to 5 days"
    assert "2 more have not completed" in str(figure.footnote)


def test_cells_are_differences_in_points_where_there_are_enough_customers() -> None:
    tried = trial(planted(1, "Import"), 12)
    figure = retention_by_step(tried, "en")
    of_step = {str(one.name): one.values for one in figure.series}
    cell = next(cell for cell in tried.cells if (cell.rule.name, cell.rule.days) == ("Import", 30))
    assert of_step["Import"][2] == pytest.approx(100 * cell.contrast.difference)
    few = retention_by_step(trial(planted(1, "Import", 12), 12), "en")
    assert {value for one in few.series for value in one.values} == {None}


def test_weeks_with_few_customers_are_left_out() -> None:
    figure = use_around_completion(whole(usage=[("a", "2024-06-06")]), RUN, "en")
    assert set(figure.series[0].values) == {None}
    assert figure.subtitle is None
    assert (figure.categories[12], figure.markers[0].at) == ("0", 12)


@pytest.mark.parametrize("kind", PERIOD_KINDS)
def test_starts_of_every_kind_of_period_are_counted_once(kind: PeriodKind) -> None:
    run = start_periods(periods(kind, dt.date(2024, 6, 1), dt.date(2024, 8, 31)))
    figure = states_by_start(whole(), run, "ja")
    assert sum(sum(one.values) for one in figure.series) == 3  # type: ignore[arg-type]
    assert sum(int(starters(whole(), [one]).sum()) for one in run) == int(starters(whole(), run).sum())


def test_a_trailing_year_is_its_months() -> None:
    months = start_periods([parse("TTM-2024-07"), parse("TTM-2024-08")])
    assert [one.id for one in (months[0], months[-1])] == ["2023-09", "2024-08"]
    assert len(months) == 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [None, "food", "nobody"])
def test_every_figure_is_drawn_for_every_segment(language: Language, value: str | None) -> None:
    data = whole(customers=[("a", None, None, "food")], usage=[("a", "2024-06-07")])
    segment = Segment("industry", value)
    for draw in (states_by_start, steps_reached, days_to_complete, use_around_completion):
        figure = draw(data, RUN, language, segment)
        assert {len(one.values) for one in figure.series} <= {len(figure.categories)}
        assert chart(figure, language).to_dict()["layer"] or not figure.categories
    assert chart(retention_by_step(trial(data, 6, segment), language), language).to_dict()
