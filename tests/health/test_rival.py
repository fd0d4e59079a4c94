"""The saved health score beside the churn model: scored then, without the risk itself."""

from __future__ import annotations

import numpy as np
import pytest

from cs_kpi.book import Book
from cs_kpi.churn.risk import outlook
from cs_kpi.churn.snapshots import snapshots
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.health.past import past
from cs_kpi.health.rival import health_rival, without_risk
from tests.churn.given import planted
from tests.health.given import configuration

USE = ("use_level", 0, 20, 1)


def with_health(book: Book, *parts: tuple[str, float, float, float]) -> Book:
    return book.under(book.settings.model_copy(update={"health": configuration(*parts, name="Ours")}))


def test_without_a_saved_score_there_is_no_rival() -> None:
    book = planted(100, 12).book
    assert health_rival(book) is None
    assert health_rival(with_health(book, ("churn_risk", 1, 0, 1))) is None


def test_the_risk_is_left_out_of_its_own_rival() -> None:
    whole = configuration(USE, ("churn_risk", 1, 0, 1))
    left = without_risk(whole)
    assert left is not None
    assert left.parts == ("use_level",)


def test_the_rival_is_what_the_score_was_at_each_closing() -> None:
    book = with_health(planted(200, 18).book, USE)
    rows, rivals = snapshots(book, ChurnSettings()), health_rival(book)
    assert rivals is not None
    [(name, risk)] = rivals(rows).items()
    assert name == "Ours"
    assert np.array_equal(risk, 100 - past(book, configuration(USE)).scores.score, equal_nan=True)


def test_the_test_of_the_model_names_the_score() -> None:
    book = with_health(planted(300, 24).book, USE)
    tested = outlook(book, rivals=health_rival(book)).evaluation
    assert str(tested.scores[-1].label) == "Health score 'Ours'"
    assert tested.scores[-1].roc_auc.value > 0.6  # use is one of the planted causes
    assert np.isnan(tested.scores[-1].brier.value)
    assert [one.name for one in tested.curves] == ["model", "tenure", "health"]
    assert tested.curves[-1].found[-1].value == pytest.approx(1)
