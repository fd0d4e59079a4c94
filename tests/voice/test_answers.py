"""Answers by name, and what became of who gave them."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.kpi.readings import Segment, readings
from cs_kpi.periods import parse
from cs_kpi.voice.answers import given, response_share, silent
from cs_kpi.voice.later import followed, later_churn
from tests.retention.given import book

QUARTER = parse("2024-Q2")
ROWS = (("A", "2024-01-01", None, 100.0), ("B", "2024-01-01", None, 40.0), ("C", "2024-01-01", "2024-05-31", 70.0),
        ("D", "2024-01-01", None, 10.0))


def surveys(*rows: tuple[str, str, float, str | None], kind: str = "nps") -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame(rows, columns=["customer_id", "answered_on", "score", "respondent"])
    frame["answered_on"] = pd.to_datetime(frame["answered_on"]).astype("datetime64[s]")
    return {"surveys": frame.assign(kind=kind, scale=10.0 if kind == "nps" else 5.0)}


def test_the_listed_answers_are_those_that_the_kpi_counts() -> None:
    one = book(*ROWS, tables=surveys(("A", "2024-04-01", 10, "x"), ("A", "2024-05-01", 6, "x"),
                                     ("A", "2024-05-01", 9, "y"),
                                     ("B", "2024-06-30", 7, None), ("B", "2024-03-31", 1, None)))
    listed = given(one, "nps", QUARTER)
    # x of A counts with the later answer, B's of March lies before the quarter.
    assert listed[["customer_id", "score", "group"]].to_numpy().tolist() == [
        ["A", 6, "detractor"], ["B", 7, "passive"], ["A", 9, "promoter"]]
    [nps] = readings(one, [QUARTER], ["nps"])
    assert nps.value == pytest.approx(0)
    assert nps.n == len(listed)


def test_who_did_not_answer_is_listed_with_the_last_answer() -> None:
    one = book(*ROWS, tables=surveys(("A", "2024-04-01", 10, None), ("B", "2024-02-01", 3, None),
                                     ("C", "2024-04-01", 3, None)))
    found = silent(one, "nps", QUARTER)
    # C answered and left; B and D are there and said nothing in the quarter.
    assert found["customer_id"].tolist() == ["B", "D"]
    assert found["last_answer"].tolist()[0] == pd.Timestamp("2024-02-01")
    assert found["last_answer"].isna().tolist() == [False, True]
    assert response_share(one, "nps", QUARTER) == (1, 3)


def test_a_segment_narrows_answers_and_silence() -> None:
    customers = pd.DataFrame({"customer_id": list("ABCD"), "industry": ["IT", "Food", "IT", "IT"]})
    one = book(*ROWS, tables={**surveys(("A", "2024-04-01", 10, None), ("B", "2024-04-01", 3, None)),
                              "customers": customers})
    assert given(one, "nps", QUARTER, Segment("industry", "IT"))["customer_id"].tolist() == ["A"]
    assert silent(one, "nps", QUARTER, Segment("industry", "IT"))["customer_id"].tolist() == ["D"]


def test_satisfied_are_four_and_five_of_five() -> None:
    one = book(*ROWS, tables=surveys(("A", "2024-04-01", 4, None), ("B", "2024-04-01", 3, None), kind="csat"))
    assert given(one, "csat", QUARTER)[["customer_id", "group"]].to_numpy().tolist() == [
        ["B", "other"], ["A", "satisfied"]]


def test_churn_after_an_answer_counts_each_customer_once_with_its_first() -> None:
    one = book(*ROWS, tables=surveys(
        ("C", "2024-02-29", 2, None),   # and left on 31 May
        ("C", "2024-03-01", 10, None),  # a second answer does not count
        ("A", "2024-02-01", 3, None), ("B", "2024-02-01", 9, None),
        ("D", "2024-11-30", 1, None)))  # its three months are not over by the end of 2024
    found = {one.group: (one.left, one.n) for one in later_churn(one, "nps", 3)}
    # 29 February and three months is 29 May, and C left two days later; with four it counts.
    assert found == {"promoter": (0, 1), "passive": (0, 0), "detractor": (0, 2)}
    four = {one.group: (one.left, one.n) for one in later_churn(one, "nps", 4)}
    assert four["detractor"] == (1, 2)


def test_answers_after_the_end_of_a_contract_say_nothing_of_churn() -> None:
    one = book(*ROWS, tables=surveys(("C", "2024-06-15", 2, None)))
    assert [outcome.n for outcome in later_churn(one, "nps", 3)] == [0, 0, 0]


def test_who_is_behind_churn_after_an_answer_is_named() -> None:
    customers = pd.DataFrame({"customer_id": list("ABCD"), "industry": ["IT", "Food", "IT", "IT"]})
    one = book(*ROWS, tables={**surveys(("C", "2024-02-29", 2, None), ("A", "2024-02-01", 3, None),
                                        ("B", "2024-02-01", 9, None)), "customers": customers})
    found = followed(one, "nps", 4)
    # Who left stands first, then by score; A and B have no end.
    assert found[["customer_id", "group", "score"]].to_numpy().tolist() == [
        ["C", "detractor", 2], ["A", "detractor", 3], ["B", "promoter", 9]]
    assert found["left_on"].tolist()[0] == pd.Timestamp("2024-05-31")
    assert found["left_on"].isna().tolist() == [False, True, True]
    narrowed = Segment("industry", "IT")
    assert followed(one, "nps", 4, narrowed)["customer_id"].tolist() == ["C", "A"]
    assert [(one.left, one.n) for one in later_churn(one, "nps", 4, narrowed)] == [(0, 0), (0, 0), (1, 2)]
    assert followed(one, "csat", 4).empty
