"""What an answer's cell says of its scale: 4/5, 8/10, 80 %, 0.8, and nothing but 0 and 1."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading, sheet


def answers(read: SheetReading) -> list[tuple[float, float]]:
    frame = read.tables.get("surveys")
    return [] if frame is None else list(zip(frame["score"], frame["scale"], strict=True))


def survey(header: str, *cells: str, **said: str) -> SheetReading:
    rows = "".join(f"C{place},2024-04-01,{cell}\n" for place, cell in enumerate(cells))
    return reading(csv(f"Customer ID,Answered on,{header}\n{rows}", "answers.csv"), **said)


@pytest.mark.parametrize(("header", "cells", "expected"), [
    ("CSAT", ("4/5", "2/5"), [(4, 5), (2, 5)]), ("CSAT", ("8/10", "4/10"), [(8, 10), (4, 10)]),
    ("CSAT", ("4/5", "8/10", "3"), [(4, 5), (8, 10), (3, 5)]), ("満足度", ("４／５", "5点/5点"), [(4, 5), (5, 5)]),
    ("CSAT", ("4 out of 5", "2"), [(4, 5), (2, 5)]), ("NPS", ("8/10", "9"), [(8, 10), (9, 10)])])
def test_a_cell_that_names_its_scale_is_an_answer_on_it(
        header: str, cells: tuple[str, ...], expected: list[tuple[float, float]]) -> None:
    assert answers(survey(header, *cells)) == expected


def test_four_of_ten_and_a_share_are_no_answers_for_nps() -> None:
    read = survey("NPS", "4/5", "80%", "9")
    assert answers(read) == [(9, 10)]
    assert [(one.row, one.value) for one in read.refusals] == [(2, "4/5"), (3, "80%")]
    assert read.refusals[0].reason.text("en").startswith("An NPS answer is a whole number from 0 to 10")


@pytest.mark.parametrize(("header", "cells"), [
    ("CSAT", ("80%", "100%")), ("満足度（％）", ("80", "100")), ("CSAT", ("0.8", "1")), ("CSAT (%)", ("80%", "100"))])
def test_percentages_are_no_scores_of_five_and_asked_about(header: str, cells: tuple[str, ...]) -> None:
    left_out = survey(header, *cells)
    assert answers(left_out) == []
    assert [(one.id, one.assumed) for one in left_out.questions] == [(f"score_share:{header}", "results")]
    assert any("may be results of several answers: 2." in note.text("en") for note in left_out.notes)
    assert not left_out.refusals
    assert answers(survey(header, *cells, score_share="answers")) == [(80, 100), (100, 100)]


def test_percentages_that_a_workbook_keeps_as_fractions_are_the_same() -> None:
    given = sheet(["顧客ID", "回答日", "CSAT"], ["C1", "2024/4/1", 0.8], ["C2", "2024/4/1", 0.95])
    assert answers(reading(given)) == []
    assert answers(reading(given, score_share="answers")) == [(80, 100), (95, 100)]


def test_scores_beside_percentages_are_still_read() -> None:
    assert answers(survey("CSAT", "80%", "4", "5")) == [(4, 5), (5, 5)]


def test_nothing_but_ones_and_zeros_is_satisfied_or_not_unless_the_user_says_otherwise() -> None:
    read = survey("CSAT", "1", "0", "1")
    assert answers(read) == [(1, 1), (0, 1), (1, 1)]
    assert [one.id for one in read.questions] == ["score_ticks:CSAT"]
    assert answers(survey("CSAT", "1", "0", "1", score_ticks="scores")) == [(1, 5), (0, 5), (1, 5)]


def test_a_share_outside_its_whole_is_refused() -> None:
    read = survey("CSAT", "80%", "180%", score_share="answers")
    assert answers(read) == [(80, 100)]
    assert [one.row for one in read.refusals] == [3]
