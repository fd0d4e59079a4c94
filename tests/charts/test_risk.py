"""The figures of churn risk: they hold the numbers of the test, sum to the log-odds, and can be drawn and exported."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cs_kpi.charts.drawing import chart
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.risk import calibration, contributions, lift_curve, months_used, precision_curve, roc_curve
from cs_kpi.charts.scale import value_axis
from cs_kpi.churn.risk import Outlook, outlook
from cs_kpi.export.slides import deck
from cs_kpi.locale import LANGUAGES, Language
from tests.churn.given import planted


@cache
def found() -> Outlook:
    return outlook(planted(300, 24).book)


def riskiest() -> int:
    assert found().risks is not None
    return int(np.argmax(found().risks.risk))


def figures(language: Language) -> list[Figure]:
    tested, risks = found().evaluation, found().risks
    assert risks is not None
    return [calibration(tested, language), lift_curve(tested, language), roc_curve(tested, language),
            precision_curve(tested, language), months_used(tested, language),
            contributions(risks, riskiest(), "Firm", language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_can_be_drawn_and_put_on_slides(language: Language) -> None:
    drawn = figures(language)
    for figure in drawn:
        assert chart(figure, language).to_dict()["height"]
    assert len(deck(drawn, language)) > 20_000


def test_contributions_sum_to_the_log_odds() -> None:
    risks = found().risks
    assert risks is not None
    for place in (0, riskiest()):
        *parts, total = contributions(risks, place, "Firm", "en").series[0].values
        assert sum(part for part in parts if part is not None) == pytest.approx(total)
        assert total == pytest.approx(risks.log_odds[place])


def test_bars_below_zero_leave_room_for_their_number() -> None:
    risks = found().risks
    assert risks is not None
    figure = contributions(risks, riskiest(), "Firm", "en")
    lowest = min(value for value in figure.series[0].values if value is not None)
    axis = value_axis(figure)
    assert lowest < 0
    assert lowest - axis.low >= 0.09 * (axis.high - axis.low) / 1.5


def test_calibration_holds_what_was_said_and_what_happened() -> None:
    tested = found().evaluation
    said, happened = calibration(tested, "en").series
    assert said.values == tuple(band.foreseen for band in tested.calibration)
    assert happened.values == tuple(band.happened.value for band in tested.calibration)
    assert happened.low == tuple(band.happened.low for band in tested.calibration)


def test_every_month_is_drawn_once() -> None:
    figure = months_used(found().evaluation, "en")
    for place, month in enumerate(found().evaluation.months):
        assert [one.values[place] for one in figure.series if one.values[place] is not None] == [month.rows]
    assert [str(one.name) for one in figure.series] == ["Learned from", "Not used", "Tested on", "Fate not known yet"]


def test_the_model_has_its_interval_and_chance_its_line() -> None:
    roc, lift = roc_curve(found().evaluation, "en"), lift_curve(found().evaluation, "en")
    assert [str(one.name) for one in roc.series] == ["The model", "Tenure alone", "Chance"]
    assert roc.series[0].low is not None
    assert roc.series[2].values == pytest.approx(np.arange(21) / 20)
    assert [line.at for line in lift.references] == [1.0]
