"""The KPIs of health: by hand, in segments, and what they say without a configuration."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.passport import passport
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import SNAPSHOT, parse
from cs_kpi.settings import Settings
from tests.health.given import configuration, small

JUNE = parse("2024-06")
IDS = ["health_mean", "health_at_risk_mrr"]


def configured():
    book = small()
    return book.under(book.settings.model_copy(update={"health": configuration(("use_level", 0, 20, 1))}))


def test_mean_and_mrr_at_risk_are_those_of_the_customers_at_closing() -> None:
    """a 100, b 25, c 0: 125 / 3; red are b (50) and c (30)."""
    mean, at_risk = readings(configured(), [JUNE], IDS)
    assert mean.value == pytest.approx(125 / 3)
    assert (mean.n, mean.status, at_risk.value, at_risk.n) == (3, "small_sample", 80.0, 2)
    assert 0 <= mean.low <= mean.value <= mean.high <= 100


def test_segments_add_up() -> None:
    cut = readings(configured(), [JUNE], IDS, by="plan")
    assert {(one.kpi, one.segment.value): one.value for one in cut} == {
        ("health_mean", "Basic"): 62.5, ("health_mean", "Pro"): 0.0,
        ("health_at_risk_mrr", "Basic"): 50.0, ("health_at_risk_mrr", "Pro"): 30.0}


def test_customers_behind_it_are_named_and_its_passport_opens() -> None:
    book = configured()
    assert behind(book, "health_at_risk_mrr", JUNE)["customer_id"].tolist() == ["b", "c"]
    assert behind(book, "health_mean", JUNE)["numerator"].tolist() == [100.0, 25.0, 0.0]
    assert "Score" in str(passport(book, "health_mean", JUNE).remark)


def test_without_a_configuration_it_is_not_available_and_says_what_to_do() -> None:
    for reading in readings(small(), [JUNE], IDS):
        assert (reading.value, reading.status) == (None, "not_available")
        assert "page 'Health score'" in str(reading.reason)


def test_a_configuration_of_what_is_not_there_says_so() -> None:
    book = small()
    book = book.under(book.settings.model_copy(update={"health": configuration(("pulse", 1, 5, 1))}))
    for reading in readings(book, [JUNE], IDS):
        assert (reading.value, reading.status) == (None, "not_available")
        assert "pulse" in str(reading.reason)


def test_a_month_in_which_nothing_is_known_is_undefined_not_0() -> None:
    [mean] = readings(configured(), [parse("2023-12")], ["health_mean"])
    assert (mean.value, mean.status) == (None, "undefined")


def test_the_configuration_is_part_of_the_fingerprint() -> None:
    book = configured()
    other = book.under(book.settings.model_copy(update={"health": configuration(("use_level", 0, 30, 1))}))
    assert len({small().fingerprint, book.fingerprint, other.fingerprint}) == 3


def test_a_list_without_dates_has_its_mean_and_says_that_money_is_missing() -> None:
    """Tenures of 10, 50 and 90 months of 100; c has left: (10 + 50) / 2."""
    customers = pd.DataFrame({"customer_id": list("abc"), "has_left": pd.array([False, False, True], dtype="boolean"),
                              "tenure_months": [10.0, 50.0, 90.0]})
    chosen = Settings(health=configuration(("tenure_months", 0, 100, 1)))
    mean, at_risk = readings(Book({"customers": customers}, chosen), [SNAPSHOT], IDS)
    assert (mean.value, mean.n) == (30.0, 2)
    assert (at_risk.value, at_risk.status) == (None, "not_available")
    assert "MRR" in str(at_risk.reason)
