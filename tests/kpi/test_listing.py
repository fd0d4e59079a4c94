"""Lists of customers for readers."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.health.history import last_day
from cs_kpi.health.score import scores
from cs_kpi.health_rules import Component, HealthConfiguration, Rules
from cs_kpi.kpi.listing import customer_table
from cs_kpi.locale import _
from tests.retention.given import book

BOOK = book(("A", "2024-01-01", None, 2_500_000.0), ("B", "2024-01-01", None, 10.0))
FRAME = pd.DataFrame({"mrr": [2_500_000.0], "customer_name": ["Beta"], "customer_id": ["B"], "_row": [4],
                      "last_answer": pd.to_datetime(["2024-05-01"])})
LABELS = {"last_answer": _("Last answer")}


def test_names_stand_first_and_nothing_without_a_name_is_shown() -> None:
    shown = customer_table(BOOK, FRAME, LABELS, "ja")
    assert list(shown.columns) == ["顧客ID", "顧客名", "前回の回答日", "MRR"]
    assert shown.iloc[0].tolist() == ["B", "Beta", dt.date(2024, 5, 1), 2_500_000.0]


def test_health_of_today_stands_beside_every_customer_that_has_a_score() -> None:
    """A of 2.5 million scores 100 between 0 and 1 million, B of 10 scores 0.001."""
    chosen = HealthConfiguration(name="x", made_on=dt.date(2024, 1, 1), rules=Rules(components=(
        Component(feature="mrr", bad=0, good=1_000_000, weight=1),)))
    scored = BOOK.under(BOOK.settings.model_copy(update={"health": chosen}))
    rows = pd.DataFrame({"customer_id": ["B", "A", "gone"], "customer_name": ["Beta", "Alpha", "Gone"]})
    shown = customer_table(scored, rows, {}, "en")
    assert shown["Health score"].tolist()[:2] == [0.0, 100.0]
    assert shown["Band of health"].dropna().tolist() == ["■ red", "● green"]
    assert "Health score" not in customer_table(scored, rows, {"band": _("Band")}, "en")
    assert "Health score" not in customer_table(BOOK, rows, {}, "en")


def test_a_list_trains_no_model_for_its_column_of_health() -> None:
    risk = HealthConfiguration(name="x", made_on=dt.date(2024, 1, 1), rules=Rules(components=(
        Component(feature="churn_risk", bad=1, good=0, weight=1), Component(feature="mrr", bad=0, good=1, weight=1))))
    scored = BOOK.under(BOOK.settings.model_copy(update={"health": risk}))
    rows = pd.DataFrame({"customer_id": ["B"], "customer_name": ["Beta"]})
    assert "Health score" not in customer_table(scored, rows, {}, "en")
    scores(scored, risk, last_day(scored))  # the health page has asked for the risk meanwhile
    assert customer_table(scored, rows, {}, "en")["Health score"].tolist() == [100.0]


def test_a_hidden_customer_is_a_number_and_money_has_its_unit() -> None:
    answered = FRAME.assign(respondent="x@beta.jp")
    shown = customer_table(BOOK, answered, {**LABELS, "respondent": _("Respondent")}, "en", hides_names=True,
                           money_unit="million")
    assert shown.iloc[0].tolist() == ["Customer 0002", dt.date(2024, 5, 1), 2.5]
    assert list(shown.columns)[-1].startswith("MRR (")


def test_two_labels_that_are_alike_are_told_apart() -> None:
    """解約日 for the day of the notice and for the end of the contract: a table with equal heads cannot be shown."""
    frame = pd.DataFrame({"customer_id": ["A"], "cancelled_on": [1.0], "left_on": [2.0]})
    same = _("Last answer")
    shown = customer_table(BOOK, frame, {"cancelled_on": same, "left_on": same}, "ja")
    assert list(shown.columns) == ["顧客ID", "前回の回答日", "前回の回答日 (2)"]
    assert shown.iloc[0].tolist() == ["A", 1.0, 2.0]
