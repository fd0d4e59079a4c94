"""The figures of health say what scores, spreads and backtests say, and every renderer draws them."""

from __future__ import annotations

import base64
import datetime as dt
import re

import pytest

from cs_kpi.charts.drawing import chart
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.health import health_and_mrr, part_spread, score_bands
from cs_kpi.charts.health_past import band_rates, bands_over_time, life_lines, mean_over_time, points_of
from cs_kpi.charts.histogram import histogram
from cs_kpi.export.slides import deck
from cs_kpi.health.backtest import backtest
from cs_kpi.health.spread import spread
from cs_kpi.health_rules import Cap, HealthVersion
from cs_kpi.kpi.readings import Segment
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.periods import parse
from cs_kpi.standing.course import life, past
from cs_kpi.standing.standing import standing
from tests.health.given import configuration, small

JUNE = parse("2024-06")
CAP = Cap(feature="nps_last", when="at_most", limit=6, band="yellow")
USE = configuration(("use_level", 0, 20, 1), caps=(CAP,))
VERSIONS = (HealthVersion(number=1, configuration=USE.model_copy(update={"made_on": dt.date(2024, 1, 1)})),
            HealthVersion(number=2, configuration=configuration(("use_level", 0, 40, 1), name="Spring")))


def values(figure: Figure) -> dict[str, dict[str, float]]:
    """Every value that there is, by series and category."""
    return {str(one.name): {name: value for name, value in zip(figure.categories, one.values, strict=True)
                            if value is not None} for one in figure.series}


def test_scores_stand_in_their_column_in_the_colour_of_the_band_that_caps_leave() -> None:
    """a has 100 points and is yellow by its answer; b 25, c 0."""
    figure = score_bands(standing(small(), USE, JUNE), USE, JUNE, "en")
    assert values(figure) == {"■ red": {"0–4": 1, "25–29": 1}, "▲ yellow": {"95–100": 1}, "● green": {}}
    assert [(one.at, str(one.label)) for one in figure.markers] == [(8, "yellow from 40"), (14, "green from 70")]
    assert str(figure.subtitle) == "2 of 3 customers are red, 1 yellow, 0 green"


def test_a_limit_that_lies_inside_a_column_has_no_line() -> None:
    odd = USE.model_copy(update={"rules": USE.rules.model_copy(update={"yellow_from": 42.0})})
    assert [one.at for one in score_bands(standing(small(), odd, JUNE), odd, JUNE, "en").markers] == [14]


def test_health_beside_mrr_has_a_point_for_each_customer_and_hides_names() -> None:
    figure = health_and_mrr(standing(small(), USE, JUNE), JUNE, "en")
    assert values(figure) == {"red": {"b": 50, "c": 30}, "yellow": {"a": 100}, "green": {}}
    assert figure.x
    assert figure.x.values == (100, 25, 0)
    assert "44.4%" in str(figure.subtitle)  # 80 of 180
    hidden = health_and_mrr(standing(small(), USE, JUNE), JUNE, "en", hides_names=True)
    assert hidden.categories == ("Customer 0001", "Customer 0002", "Customer 0003")


def test_thresholds_of_a_part_stand_between_its_columns() -> None:
    """Uses of 0, 5 and 20 between 0 and 20."""
    [part] = USE.rules.components
    figure = part_spread(small(), spread(small(), USE, part), part, "en")
    assert values(figure) == {"scores 0": {"0": 1}, "between": {"5": 1}, "scores 100": {"20": 1}}
    assert [(one.at, str(one.label)) for one in figure.markers] == [(1, "bad: 0"), (2, "good: 20")]


def test_the_small_picture_has_a_column_for_each_group_and_both_thresholds() -> None:
    [part] = USE.rules.components
    picture = histogram(spread(small(), USE, part), 'Use "<"')
    drawn = base64.b64decode(re.search("base64,([^\"]+)", picture)[1]).decode()  # type: ignore[index]
    assert (drawn.count("<rect"), drawn.count("stroke-dasharray")) == (3, 2)
    assert "&quot;&lt;&quot;" in picture


def test_the_mean_over_time_has_a_line_across_where_the_version_changed() -> None:
    found = past(small(), VERSIONS, VERSIONS[-1].configuration)
    figure = mean_over_time(small(), found, "en")
    assert [(one.at, one.label) for one in figure.markers] == [(len(figure.categories) - 1, "Spring")]
    assert [str(one.name) for one in figure.series] == ["As scored then", "All under the present score"]
    assert figure.series[0].values[-1] == pytest.approx(62.5 / 3)
    alone = past(small(), VERSIONS[:1], USE)
    assert len(mean_over_time(small(), alone, "en").series) == 1
    assert values(bands_over_time(small(), alone, "en"))["▲ yellow"]["Jun 2024"] == 1


def test_the_points_of_a_customer_rise_to_its_score() -> None:
    chosen = configuration(("use_level", 0, 20, 3), ("nps_last", 0, 10, 1))
    figure = points_of(small(), standing(small(), chosen, JUNE).scores, 0, "a", "en")
    assert values(figure) == {"Score points": {"Use in the last month": 75, "Last NPS answer": 15, "Score": 90}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_drawn_and_is_a_slide(language: Language) -> None:
    book, chosen = small(), VERSIONS[-1].configuration
    now, before = standing(book, USE, JUNE), past(book, VERSIONS, chosen)
    [part] = USE.rules.components
    figures = [score_bands(now, USE, JUNE, language, Segment("plan", "Pro")), health_and_mrr(now, JUNE, language),
               part_spread(book, spread(book, USE, part), part, language), mean_over_time(book, before, language, True),
               bands_over_time(book, before, language), points_of(book, now.scores, 0, "a", language),
               life_lines(book, life(book, VERSIONS, chosen, 0), "a", [(before.days[-1], VERSIONS[-1])], language),
               band_rates(backtest(book, USE), language)]
    for figure in figures:
        assert chart(figure, language).to_dict()["title"]
    assert deck(figures, language)[:2] == b"PK"


def test_the_backtest_has_a_column_for_each_band_with_its_interval() -> None:
    figure = band_rates(backtest(small(), USE), "en")
    assert figure.categories == ("■ red", "▲ yellow", "● green")
    [rates] = figure.series
    tested = backtest(small(), USE).trial.bands
    drawn = list(zip(rates.values, rates.low or (), rates.high or (), strict=True))
    assert drawn == [(one.rate.value, one.rate.low, one.rate.high) if one.rows else (None, None, None)
                     for one in tested]
