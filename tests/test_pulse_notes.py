"""Pulses that were entered in the app: part of the Book's table, which the health score reads."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.binding import book_of, written_down
from cs_kpi.book import Book, day_of
from cs_kpi.health.score import scores
from cs_kpi.health_rules import Component, HealthConfiguration, Rules
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.measures.use import use_log
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
    contracts = {"subscriptions": pd.DataFrame({"customer_id": ["B"]})}
    assert with_pulses(contracts, [stranger], {"B"}).keys() == {"subscriptions"}


def test_of_two_of_one_day_the_lower_counts() -> None:
    high = LOW.model_copy(update={"value": 5, "at": AT + dt.timedelta(hours=1)})
    assert scores(bound(LEDGER, said=(LOW, high)), SCORE, day_of(dt.date(2024, 6, 15))).score.tolist()[0] == 25.0


USE = (b"customer_id,date,feature,count\nA,2024-01-05,export,3\nA,2024-05-20,export,3\nB,2024-05-22,search,1\n"
       b"A,2024-06-03,search,2\n")
BOTH = HealthConfiguration(name="Both", made_on=dt.date(2024, 1, 1), rules=Rules(
    components=(Component(feature="pulse", bad=1, good=5, weight=1),
                Component(feature="use_level", bad=0, good=8, weight=1))))


def test_what_was_computed_of_the_files_is_kept_and_the_score_is_that_of_a_book_made_anew() -> None:
    files, day = bound(LEDGER, USE, said=()), day_of(dt.date(2024, 6, 15))
    before = scores(files, BOTH, day).micro.tolist()
    made = written_down(files, [], [LOW])
    assert made.once(use_log) is files.once(use_log)
    anew = Book(made.tables, files.settings, DAY)
    assert scores(made, BOTH, day).micro.tolist() == scores(anew, BOTH, day).micro.tolist() != before
    assert made.fingerprint == anew.fingerprint != files.fingerprint


def test_a_second_pulse_counts_beside_the_first() -> None:
    files = bound(LEDGER, USE, said=())
    second = LOW.model_copy(update={"value": 1})
    first, both = written_down(files, [], [LOW]), written_down(files, [], [LOW, second])
    day = day_of(dt.date(2024, 6, 15))
    assert [scores(one, SCORE, day).score[0] for one in (first, both)] == [25.0, 0.0]
