"""Pulses that were entered in the app: part of the Book's table, which the health score reads."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.binding import book_of
from cs_kpi.book import Book, day_of
from cs_kpi.health.score import scores
from cs_kpi.health_rules import Component, HealthConfiguration, Rules
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.pulse_notes import PulseNote, with_pulses

LEDGER = b"customer_id,mrr,start_date,end_date\nA,100,2023-01-01,\nB,50,2023-01-01,2024-06-30\n"
PULSES = b"customer_id,date,pulse\nB,2024-01-01,4\n"
DAY = dt.date(2025, 1, 1)
AT = dt.datetime(2024, 9, 1, 12, tzinfo=dt.UTC)
LOW = PulseNote(customer_id="A", date=dt.date(2024, 6, 1), value=2, by="Sato", at=AT)
SCORE = HealthConfiguration(name="Pulse", made_on=dt.date(2024, 1, 1), rules=Rules(
    components=(Component(feature="pulse", bad=1, good=5, weight=1),)))


def bound(*files: bytes, said: tuple[PulseNote, ...] = (LOW,)) -> Book:
    found = [read(sheet, guess(sheet), DAY) for place, data in enumerate(files)
             for sheet in sheets(f"{place}.csv", data)]
    return book_of(found, today=DAY, pulses=said)


def test_a_pulse_joins_those_of_the_files() -> None:
    assert bound(LEDGER, PULSES).tables["pulse"]["value"].tolist() == [4.0, 2.0]


def test_the_health_score_sees_it() -> None:
    book = bound(LEDGER)
    assert scores(book, SCORE, day_of(dt.date(2024, 6, 15))).score.tolist()[0] == 25.0  # 2 of 1 to 5: a quarter


def test_a_score_of_a_day_before_does_not_see_it() -> None:
    assert pd.isna(scores(bound(LEDGER), SCORE, day_of(dt.date(2024, 5, 31))).score[0])


def test_it_does_not_decide_how_far_the_data_speaks() -> None:
    late = LOW.model_copy(update={"date": dt.date(2024, 12, 1)})
    assert bound(LEDGER, said=(late,)).as_of == bound(LEDGER, said=()).as_of


def test_it_is_part_of_the_fingerprint() -> None:
    assert bound(LEDGER).fingerprint != bound(LEDGER, said=()).fingerprint


def test_a_customer_of_no_file_does_not_come_back() -> None:
    stranger = LOW.model_copy(update={"customer_id": "X"})
    assert with_pulses({"subscriptions": pd.DataFrame({"customer_id": ["B"]})}, [stranger]).keys() == {"subscriptions"}


def test_of_two_of_one_day_the_lower_counts() -> None:
    high = LOW.model_copy(update={"value": 5, "at": AT + dt.timedelta(hours=1)})
    assert scores(bound(LEDGER, said=(LOW, high)), SCORE, day_of(dt.date(2024, 6, 15))).score.tolist()[0] == 25.0
