"""The figures of contracts say what the readings and the movement table say, for every segment."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.charts.revenue import bridge, layers, movement_bars, trend
from cs_kpi.charts.words import plain
from cs_kpi.kpi.cards import cards
from cs_kpi.kpi.readings import Segment
from cs_kpi.measures.segments import segment_fields, segment_values
from cs_kpi.periods import parse, periods
from cs_kpi.settings import Settings

MARCH = parse("2024-03")
RUN = periods("month", dt.date(2024, 1, 1), dt.date(2024, 6, 30))


@pytest.fixture(scope="module")
def moving() -> Book:
    """a moves from plan A to B in March at 100; b stays in B at 50; c has no plan and leaves in May."""
    rows = [("a", "A", 100, "2024-01-01", "2024-03-10"), ("a", "B", 100, "2024-03-10", None),
            ("b", "B", 50, "2024-01-01", None), ("c", None, 30, "2024-01-01", "2024-05-20")]
    frame = pd.DataFrame(rows, columns=["customer_id", "plan", "mrr", "start_date", "end_date"])
    frame[["start_date", "end_date"]] = frame[["start_date", "end_date"]].apply(pd.to_datetime)
    return Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 6, 30)), dt.date(2024, 7, 1))


def test_a_segments_bridge_opens_where_it_opened_and_shows_what_moved_in(moving: Book) -> None:
    figure = bridge(moving, MARCH, "en", Segment("plan", "B"))
    steps = dict(zip(figure.categories, figure.series[0].values, strict=True))
    assert (steps["Opening MRR"], steps["Moved between segments"], steps["Closing MRR"]) == (50, 100, 150)


def test_the_bridge_of_everybody_has_no_moves(moving: Book) -> None:
    assert "Moved between segments" not in bridge(moving, MARCH, "en").categories


def test_a_segments_bars_add_up_to_its_change(moving: Book) -> None:
    figure = movement_bars(moving, RUN, "en", Segment("plan", "A"))
    assert sum(series.values[2] or 0 for series in figure.series) == -100


def test_every_figure_and_card_has_a_value_per_period_for_every_segment(moving: Book) -> None:
    for field in segment_fields(moving):
        for value in [*segment_values(moving, field), "nobody"]:
            segment = Segment(field.id, value)
            for figure in (trend(moving, ["mrr"], RUN, "en", segment), movement_bars(moving, RUN, "en", segment),
                           layers(moving, RUN, "en", segment)):
                assert {len(series.values) for series in figure.series} <= {len(RUN)}
            for card in cards(moving, RUN[-1], segment=segment):
                assert card.reading.period.end == RUN[-1].end


def test_layers_stand_on_the_whole(moving: Book) -> None:
    figure = layers(moving, RUN, "en")
    assert [sum(series.values[i] or 0 for series in figure.series) for i in range(6)] == [180, 180, 180, 180, 150, 150]


def test_years_that_begin_after_the_run_are_no_layers() -> None:
    """Of a run in 2023 the customer that starts in 2024 is not told, not even as a flat line."""
    frame = pd.DataFrame([("a", 100, "2023-01-01"), ("b", 50, "2024-02-01")],
                         columns=["customer_id", "mrr", "start_date"])
    frame["start_date"] = pd.to_datetime(frame["start_date"])
    book = Book({"subscriptions": frame}, Settings(as_of=dt.date(2024, 6, 30)), dt.date(2024, 7, 1))

    def named(first: dt.date, last: dt.date) -> list[str]:
        return [plain(series.name, "en") for series in layers(book, periods("month", first, last), "en").series]
    assert named(dt.date(2023, 1, 1), dt.date(2023, 6, 30)) == ["Year 2023"]
    assert named(dt.date(2023, 1, 1), dt.date(2024, 6, 30)) == ["Year 2023", "Year 2024"]


def test_a_subtitle_is_in_the_unit_of_the_axis(moving: Book) -> None:
    figure = trend(moving, ["mrr"], RUN, "ja", money_unit="thousand")
    assert figure.subtitle is not None
    assert figure.subtitle.text("ja") == "0.18千 → 0.15千（-16.7%）"
