"""Features worked by hand at one closing, 30 June 2024."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cs_kpi.book import Book, day_of
from cs_kpi.churn.attributes import changes
from cs_kpi.churn.closings import months_from
from cs_kpi.churn.features import FEATURES
from cs_kpi.churn.history import History
from cs_kpi.churn.registry import chosen_features, features
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.errors import DataError
from cs_kpi.locale import LANGUAGES
from tests.retention import given

CLOSING = dt.date(2024, 6, 30)


def dated(column: str, *rows: tuple, **names: list) -> pd.DataFrame:
    frame = pd.DataFrame([row[:2] for row in rows], columns=["customer_id", column])
    frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame.assign(**names)


def book() -> Book:
    # A: 100 from January 2023, 150 from May 2024; 10 seats. B: 200 in two products, one of which ends after closing.
    usage = dated("date", ("Z", "2023-01-01"), ("A", "2024-05-10"), ("A", "2024-06-05"), ("A", "2024-06-20"),
                  ("B", "2024-05-02"), ("A", "2024-07-01"), count=[1.0, 20.0, 4.0, 1.0, 3.0, 99.0],
                  feature=["f", "f", "f", "g", "f", "h"], user_id=["z", "u", "u", "v", "w", "x"])
    surveys = dated("answered_on", ("A", "2023-05-01"), ("A", "2024-06-10"), ("A", "2024-06-10"), ("B", "2024-01-01"),
                    kind=["nps", "nps", "nps", "csat"], score=[10.0, 9.0, 3.0, 4.0], scale=[10.0, 10.0, 10.0, 10.0])
    contacts = dated("date", ("Z", "2023-01-01"), ("A", "2024-04-15"), ("A", "2024-06-28"), ("A", "2024-03-30"),
                     priority=["low", "緊急", "high", "urgent"], status=["closed", "open", "解決済", "open"])
    pulse = dated("date", ("A", "2024-01-15"), ("A", "2024-05-20"), value=[4.0, 2.0])
    customers = pd.DataFrame({"customer_id": ["A", "B", "Z"], "customer_name": ["Alpha", "Beta", "Zeta"],
                              "industry": ["Care", "Retail", "Care"], "owner": ["Sato", "Ito", "Sato"],
                              "onboarding_completed_on": pd.to_datetime(["2023-02-10", "2024-07-05", None]
                                                                        ).astype("datetime64[s]")})
    return given.book(
        ("A", "2023-01-01", "2024-04-30", 100.0), ("A", "2024-05-01", None, 150.0), ("B", "2024-04-01", None, 120.0),
        ("B", "2024-04-01", "2024-07-15", 80.0), ("Z", "2023-01-01", None, 10.0), as_of="2024-12-31",
        term_end=["2024-04-30", "2025-04-30", "2024-09-30", None, None], seats=[10.0, 10.0, None, None, 1.0],
        plan=["Basic", "Pro", "Pro", "Basic", "Basic"], product=["x", "x", "x", "y", "x"],
        tables={"usage": usage, "surveys": surveys, "interactions": contacts, "pulse": pulse, "customers": customers})


def values(id: str, closing: dt.date = CLOSING) -> list[float | str]:
    """Of A, B and Z; categories in words, what is not known as a dash."""
    whole = book()
    one, history = features(whole)[id], History(whole)
    names = one.names(history)
    return ["-" if np.isnan(value) else names[int(value)] if names else round(float(value), 4)
            for value in one.value(history.at(day_of(closing)))]


@pytest.mark.parametrize(("id", "expected"), [
    ("tenure", [17.9384, 2.9569, 17.9384]),  # 546 and 90 days / 30.4375
    ("mrr", [150, 200, 10]),
    ("mrr_change_3", [0.5, "-", 0]),  # B was no customer on 31 March
    ("mrr_change_12", [0.5, "-", 0]),
    ("plan", ["Pro", "Pro", "Basic"]),
    ("products", [1, 2, 1]),
    ("seats", [10, "-", 1]),
    ("contract_months", [12, 6, "-"]),
    ("days_to_renewal", [304, 92, "-"]),
    ("use_level", [5, 0, 0]),
    ("use_trend", [-0.75, "-", "-"]),  # 5 / 20 - 1; B had 3 uses in May, too few to say anything
    ("use_recency", [10, 59, 546]),
    ("use_breadth", [2, 1, 0]),
    ("active_users", [2, 0, 0]),
    ("seats_used", [0.2, "-", 0]),
    ("onboarding_open", [0, 1, 1]),  # B completes in July
    ("onboarding_days", [40, 90, 546]),
    ("nps_last", [3, "-", "-"]),  # of two on one day the lower
    ("csat_last", ["-", 2, "-"]),  # 4 of 10 is 2 of 5
    ("answer_age", [20, 181, "-"]),
    ("silent", [0, 0, 1]),
    ("contacts", [2, 0, 0]),  # 30 March is three months ago to the day
    ("urgent", [2, 0, 0]),
    ("unresolved", [1, 0, 0]),
    ("contact_age", [2, 90, 546]),
    ("pulse", [2, "-", "-"]),
    ("pulse_change", [-2, "-", "-"]),
    ("customers.industry", ["Care", "Retail", "Care"])])
def test_golden_values(id: str, expected: list[float | str]) -> None:
    assert values(id) == expected


def test_what_a_table_does_not_cover_is_not_known() -> None:
    # At the end of October nobody has used anything for three months: the log has stopped, not the customers.
    assert values("use_level", dt.date(2024, 10, 31)) == ["-", "-", "-"]
    assert values("use_level", dt.date(2023, 1, 31)) == [0, 0, 1]
    assert values("use_trend", dt.date(2023, 1, 31)) == ["-", "-", "-"]


def test_what_carries_no_date_is_off_until_it_is_asked_for() -> None:
    whole = book()
    off = {"unresolved", "customers.owner"}
    assert off <= set(features(whole))
    assert off.isdisjoint(chosen_features(whole, ChurnSettings()))
    chosen = chosen_features(whole, ChurnSettings(with_features=("customers.owner",), without_features=("mrr",)))
    assert ("customers.owner" in chosen, "mrr" in chosen) == (True, False)


def test_an_unknown_feature_is_named_with_those_that_there_are() -> None:
    with pytest.raises(DataError, match="There is no feature 'mood'"):
        chosen_features(book(), ChurnSettings(with_features=("mood",)))


@pytest.mark.parametrize("column", ["Customer Status", "Churn Score", "Churn Reason", "Satisfaction Score",
                                    "ヘルススコア", "契約ステータス", "最終ログイン日", "担当者"])
def test_columns_that_change_unseen_are_known_by_their_names(column: str) -> None:
    assert changes(column, is_number=False, is_snapshot=True)


@pytest.mark.parametrize("column", ["plan_tier", "Seats", "契約プラン", "ライセンス数"])
def test_what_was_bought_is_off_where_later_changes_would_show_and_on_in_a_list_of_one_day(column: str) -> None:
    for is_number in (False, True):
        assert changes(column, is_number=is_number, is_snapshot=False)
        assert not changes(column, is_number=is_number, is_snapshot=True)


@pytest.mark.parametrize("column", ["industry", "地域", "Payment Method", "従業員規模"])
def test_columns_that_hold_are_let_in(column: str) -> None:
    assert not changes(column, is_number=False, is_snapshot=False)


@pytest.mark.parametrize(("id", "value", "words"), [
    ("use_trend", -0.62, "use fell 62% against the month before"),
    ("use_trend", 0.004, "use is as in the month before"),
    ("urgent", 2.0, "2 urgent tickets in 3 months"), ("urgent", 1.0, "one urgent ticket in 3 months"),
    ("urgent", 0.0, "no urgent ticket in 3 months"), ("mrr", 1200.0, "pays 1,200 a month"),
    ("nps_last", float("nan"), "Last NPS answer: not known"), ("tenure", 11.96, "a customer for 12 months"),
    ("tenure", 0.4, "a customer for less than a month")])
def test_values_are_said_in_words(id: str, value: float, words: str) -> None:
    assert FEATURES[id].sentence(value).text("en") == words


def test_every_feature_says_what_it_is_in_both_languages() -> None:
    for one in FEATURES.values():
        for value in (-2.0, -0.5, 0.0, 1.0, 3.0, float("nan")):
            texts = {language: one.sentence(value).text(language) for language in LANGUAGES}
            assert texts["ja"] != texts["en"]
        assert one.direction.text("ja") != one.direction.text("en")


def test_months_back_keep_month_ends() -> None:
    assert months_from(day_of(dt.date(2024, 6, 30)), -4) == day_of(dt.date(2024, 2, 29))
    assert months_from(day_of(dt.date(2024, 3, 30)), -1) == day_of(dt.date(2024, 2, 29))
