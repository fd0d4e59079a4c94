"""Scores by hand, and what every score promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cs_kpi.book import day_of
from cs_kpi.errors import DataError
from cs_kpi.health.score import NO_BAND, Scores, scores, scores_of
from cs_kpi.health.sources import checked
from cs_kpi.health.starting import starting
from cs_kpi.health_rules import BANDS, Cap, Component, HealthConfiguration, Rules
from cs_kpi.ledger import MICRO
from tests.books import examples, shuffled
from tests.health.given import LAST, configuration, rules, small

TODAY = day_of(LAST)


def alone(*values: float, **more: object) -> Scores:
    """One customer whose parts score just these values."""
    weights = more.pop("weights")
    chosen = configuration(*((f"customers.{place}", 0, 100, weight) for place, weight in enumerate(weights)), **more)
    known = {f"customers.{place}": np.array([value]) for place, value in enumerate(values)}
    return scores_of(known, chosen, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))


@pytest.mark.parametrize(("weights", "values", "score"), [
    ((20, 15, 22), (47, 59, 21), 40.12),  # 2,287 / 57 = 40.1228
    ((.30, .25, .20, .15, .10), (85, 60, 70, 40, 80), 68.5)])
def test_published_examples_are_reproduced(weights: tuple, values: tuple, score: float) -> None:
    found = alone(*values, weights=weights)
    assert round(float(found.score[0]), 2) == score
    assert found.points.sum() == found.micro[0]


def test_answers_of_a_sheet_without_days_are_of_the_last_day_of_the_data() -> None:
    whole = small()
    undated = replace(whole, tables={**whole.tables, "surveys": whole.tables["surveys"].drop(columns="answered_on")})
    # NPS 6 of a and 9 of b, from 0 to 10: 60 and 90 points; at the closing before nothing was said yet
    assert scores(undated, configuration(("nps_last", 0, 10, 1)), TODAY).score.tolist()[:2] == [60, 90]
    assert np.isnan(scores(undated, configuration(("nps_last", 0, 10, 1)), TODAY - 1).score).all()
    assert "nps_last" in [one.feature for one in starting(undated).rules.components]


@pytest.mark.parametrize(("missing", "score"), [("exclude", 80.0), ("neutral", 72.5), ("penalise", 60.0)])
def test_a_missing_part_counts_as_chosen(missing: str, score: float) -> None:
    """80 weighs 3, the missing part 1: 80, (240 + 50) / 4, 240 / 4."""
    found = alone(80, np.nan, weights=(3, 1), missing=missing)
    assert (found.score[0], found.coverage[0]) == (score, 0.75)


@pytest.mark.parametrize("missing", ["exclude", "neutral", "penalise"])
def test_nothing_known_is_no_score_and_not_0(missing: str) -> None:
    found = alone(np.nan, np.nan, weights=(3, 1), missing=missing)
    assert np.isnan(found.score[0])
    assert (found.band[0], found.coverage[0], found.points.tolist()) == (NO_BAND, 0.0, [[0, 0]])


@pytest.mark.parametrize(("value", "band"), [(39.999999, "red"), (40, "yellow"), (69.999999, "yellow"), (70, "green")])
def test_a_limit_belongs_to_the_better_band(value: float, band: str) -> None:
    found = alone(value, value, value, weights=(1, 1, 1))
    assert BANDS[found.band[0]] == band


def test_both_directions_run_straight_from_bad_to_good() -> None:
    """Use 20 of 0..40 is 50; no answer of c; recency of a: 20 days, from 60 (bad) to 10 (good) is 80."""
    found = scores(small(), configuration(("use_level", 0, 40, 1), ("use_recency", 60, 10, 1)), TODAY)
    assert found.scored.tolist()[:2] == [[50.0, 80.0], [12.5, 84.0]]
    assert found.score[0] == 65.0
    assert small().customer_ids[found.customer].tolist() == ["a", "b", "c"]  # d has left


def test_a_low_answer_caps_at_yellow_and_only_where_the_score_was_better() -> None:
    cap = Cap(feature="nps_last", when="at_most", limit=6, band="yellow")
    found = scores(small(), configuration(("use_level", 0, 20, 1), caps=(cap,)), TODAY)
    assert [BANDS[band] for band in found.band] == ["yellow", "red", "red"]  # a: 100, but answered 6
    assert [BANDS[band] for band in found.uncapped] == ["green", "red", "red"]
    assert found.acted.tolist() == [[True], [False], [False]]
    assert found.score[0] == 100.0


def test_segments_have_rules_of_their_own() -> None:
    chosen = configuration(("use_level", 0, 20, 1)).model_copy(update={
        "field": "plan", "segments": {"Pro": rules(("tenure", 0, 3, 1))}})
    found = scores(small(), chosen, TODAY)
    assert (found.rules.tolist(), found.score.tolist()) == ([0, 0, 1], [100.0, 25.0, 100.0])
    assert found.parts == ("use_level", "tenure")


def test_use_alone_is_enough_without_any_contract() -> None:
    book = small()
    book = type(book)({"usage": book.tables["usage"]}, book.settings, book.today)
    found = scores(book, configuration(("use_level", 0, 20, 1)), TODAY)
    assert dict(zip(book.customer_ids[found.customer], found.score, strict=True)) == {
        "a": 100.0, "b": 25.0, "c": 0.0, "d": 0.0}


def test_a_score_of_nothing_known_and_of_words_is_refused() -> None:
    with pytest.raises(DataError, match="use_levle"):
        checked(small(), configuration(("use_levle", 0, 1, 1)))
    with pytest.raises(DataError, match="pulse"):
        checked(small(), configuration(("pulse", 1, 5, 1)))
    [note] = checked(small(), configuration(("pulse", 1, 5, 1), ("use_level", 0, 1, 1)))
    assert "CSM pulse" in str(note)


@pytest.mark.parametrize("wrong", [
    {"components": ()}, {"components": [{"feature": "a", "bad": 1, "good": 1, "weight": 1}]},
    {"components": [{"feature": "a", "bad": 0, "good": 1, "weight": 0}]},
    {"components": [{"feature": "a", "bad": 0, "good": 1, "weight": 1}] * 2},
    {"components": [{"feature": "churn_risk", "bad": 0.5, "good": 0, "weight": 1}]},
    {"components": [{"feature": "a", "bad": 0, "good": 1, "weight": 1}], "yellow_from": 80, "green_from": 60}])
def test_rules_that_make_no_sense_are_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        Rules.model_validate(wrong)


def test_a_configuration_survives_the_way_through_a_file() -> None:
    chosen = configuration(("use_level", 0, 20, 1), caps=(Cap(feature="urgent", when="at_least", limit=3, band="red"),))
    assert HealthConfiguration.model_validate_json(chosen.model_dump_json()) == chosen


numbers = st.floats(-1e6, 1e6).map(lambda value: float(f"{value:.6g}"))
values_ = st.one_of(st.just(float("nan")), numbers)


@st.composite
def formulas(draw: st.DrawFn) -> Rules:
    parts = []
    for place in range(draw(st.integers(1, 5))):
        bad = draw(numbers)
        good = draw(numbers.filter(lambda value, bad=bad: abs(value - bad) > 1e-3))
        parts.append(Component(feature=f"p{place}", bad=bad, good=good, weight=draw(st.floats(0.01, 100))))
    limits = sorted(draw(st.tuples(st.floats(0, 100), st.floats(0, 100))))
    cap = Cap(feature="p0", when=draw(st.sampled_from(["at_most", "at_least"])), limit=draw(numbers), band="yellow")
    return Rules(components=tuple(parts), yellow_from=limits[0], green_from=limits[1], caps=(cap,),
                 missing=draw(st.sampled_from(["exclude", "neutral", "penalise"])))


def of_rows(chosen: Rules, rows: list[list[float]]) -> Scores:
    matrix = np.array(rows, dtype=float)
    known = {part.feature: matrix[:, place] for place, part in enumerate(chosen.components)}
    whole = HealthConfiguration(name="x", made_on=dt.date(2024, 1, 1), rules=chosen)
    return scores_of(known, whole, np.zeros(len(rows), dtype=np.int64), np.arange(len(rows)))


@given(st.data())
@examples(200)
def test_points_sum_to_the_score_and_it_lies_within_0_and_100(data: st.DataObject) -> None:
    chosen = data.draw(formulas())
    size = len(chosen.components)
    rows = st.lists(st.lists(values_, min_size=size, max_size=size), min_size=1, max_size=6)
    found = of_rows(chosen, data.draw(rows))
    is_there = found.band != NO_BAND
    assert (found.points.sum(axis=1)[is_there] == found.micro[is_there]).all()
    assert ((found.micro[is_there] >= 0) & (found.micro[is_there] <= 100 * MICRO)).all()
    assert (is_there == ~np.isnan(found.values).all(axis=1)).all()
    assert (found.points >= 0).all()


@given(st.data())
@examples(200)
def test_a_better_part_never_lowers_the_score(data: st.DataObject) -> None:
    chosen = data.draw(formulas())
    row = data.draw(st.lists(numbers, min_size=len(chosen.components), max_size=len(chosen.components)))
    place = data.draw(st.integers(0, len(row) - 1))
    part = chosen.components[place]
    better = list(row)
    better[place] += abs(data.draw(numbers)) * (1 if part.good > part.bad else -1)
    found = of_rows(chosen, [row, better])
    assert found.micro[1] >= found.micro[0]


@given(st.integers(0, 1_000))
@examples(20)
def test_row_order_never_matters(seed: int) -> None:
    chosen = configuration(("use_level", 0, 20, 1), ("nps_last", 0, 10, 2))
    one, other = (scores(book, chosen, TODAY) for book in (small(), shuffled(small(), seed)))
    assert one.micro.tolist() == other.micro.tolist()
