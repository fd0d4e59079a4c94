"""Ratings of CSMs go from 1 to 5; what lies outside is asked about, and never counted as it stands."""

from __future__ import annotations

import pytest

from tests.ingest.given import csv, reading

TEXT = "顧客名,日付,所感\n甲,2024/4/1,{}\n乙,2024/4/1,{}\n丙,2024/4/1,{}\n"


def test_ratings_from_1_to_5_are_read_as_they_stand() -> None:
    found = reading(csv(TEXT.format(1, 4, 5)))
    assert (found.tables["pulse"]["value"].tolist(), found.questions, found.refusals) == ([1, 4, 5], (), ())


@pytest.mark.parametrize(("cells", "values"), [
    ((8, 5, 10), [4.2, 3.0, 5.0]),  # 1 + 4 x 8/10, ...
    (("80%", "50%", "100%"), [4.2, 3.0, 5.0]),
    ((80, 0, 100), [4.2, 1.0, 5.0])])
def test_ratings_of_another_scale_are_converted_and_asked_about(cells: tuple[object, ...], values: list[float]
                                                                ) -> None:
    found = reading(csv(TEXT.format(*cells)))
    assert found.tables["pulse"]["value"].tolist() == pytest.approx(values)
    assert [one.id for one in found.questions] == ["pulse_scale:所感"]


def test_the_user_may_say_that_the_scale_is_1_to_5_all_the_same() -> None:
    found = reading(csv(TEXT.format(8, 5, 10)), pulse_scale="5")
    assert found.tables["pulse"]["value"].tolist() == [5]
    assert [(one.row, one.value) for one in found.refusals] == [(2, "8"), (4, "10")]


def test_a_single_slip_is_refused() -> None:
    rows = "".join(f"客{n},2024/4/1,{1 + n % 5}\n" for n in range(20))
    found = reading(csv("顧客名,日付,所感\n" + rows + "甲,2024/4/1,80%\n"))
    assert [(one.row, one.value) for one in found.refusals] == [(22, "80%")]
    assert len(found.tables["pulse"]) == 20


@pytest.mark.parametrize("cell", ["-1", "300"])
def test_what_lies_on_no_scale_is_refused_without_a_question(cell: str) -> None:
    found = reading(csv(TEXT.format(cell, 4, 5)))
    assert ([one.row for one in found.refusals], found.questions) == ([2], ())


WORDED = ("Account,Date,CSM sentiment\nAlder,2024-04-01,Green\nBramble,2024-04-02,amber\nCorvid,2024-04-03,Red\n"
          "Dace,2024-04-04,4\n")


def test_ratings_in_words_are_read_as_ratings_and_asked_about() -> None:
    found = reading(csv(WORDED))
    assert found.tables["pulse"]["value"].tolist() == [5, 3, 1, 4]
    assert [one.id for one in found.questions] == ["pulse_words:CSM sentiment"]


def test_ratings_in_words_are_left_out_where_the_user_says_so() -> None:
    assert reading(csv(WORDED), pulse_words="no").tables["pulse"]["value"].tolist() == [4]


def test_a_sentiment_in_words_beside_tickets_is_no_rating_of_a_csm() -> None:
    text = "Created,Customer,Subject,Priority,Sentiment\n" + "".join(
        f"2024-04-0{at},{name},Printer {at},High,{said}\n" for at, (name, said) in enumerate(
            (("Alder", "Positive"), ("Bramble", "Negative"), ("Alder", "Neutral")), start=1))
    assert list(reading(csv(text, "Tickets.csv")).tables) == ["interactions"]
