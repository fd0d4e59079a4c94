"""Ids, flags, choices, scores, intervals and clock times."""

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.ingest.naming.vocabulary import choice_words
from cs_kpi.ingest.values.durations import minutes
from cs_kpi.ingest.values.intervals import intervals, months_of
from cs_kpi.ingest.values.names import choices, flags, ids, scores


def column(*cells):
    return pd.Series(list(cells), dtype=object)


def test_ids_compare_equal_however_they_were_typed():
    assert list(ids(column(7890.0, "7890.0", "７８９０", " 7890 ", "007890", "Ｃ－０１"))) == [
        "7890",
        "7890",
        "7890",
        "7890",
        "007890",
        "C-01",
    ]


def test_an_empty_id_is_missing():
    assert ids(column(None, "", "-", "N/A")).isna().all()


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("TRUE", True),
        (True, True),
        ("yes", True),
        ("はい", True),
        ("有", True),
        ("○", True),
        ("〇", True),
        (1.0, True),
        ("あり", True),
        ("FALSE", False),
        (False, False),
        ("no", False),
        ("いいえ", False),
        ("無", False),
        ("×", False),
        (0.0, False),
        ("なし", False),
    ],
)
def test_flags(cell, flag):
    values, unknown = flags(column(cell))
    assert values[0] == flag
    assert not unknown[0]


def test_a_flag_that_is_none_is_missing_and_said():
    values, unknown = flags(column("要相談", None))
    assert values.isna().all()
    assert list(unknown) == [True, False]


def test_choices_by_declared_words_or_one_word_that_the_cell_holds():
    values, unknown = choices(
        column("High-touch", "ロータッチ", "テックタッチ（自動）", "?"), choice_words("customers", "touch_model")
    )
    assert list(values[:3]) == ["high", "low", "tech"]
    assert list(unknown) == [False, False, False, True]


def test_scores_in_words():
    found = scores(
        column("非常に満足", "満足", "普通", "不満", "非常に不満", "Very satisfied", "4: 満足", "9 / 10", 3.0, "満点"),
        choice_words("surveys", "score"),
    )
    assert list(found) == [5, 4, 3, 2, 1, 5, 4, 9, 3, "満点"]


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("monthly", 1),
        ("月払い", 1),
        ("annual", 12),
        ("年払い", 12),
        ("半年払", 6),
        ("年一括請求", 12),
        ("quarterly", 3),
        ("半年", 6),
        ("3ヶ月", 3),
        ("24か月", 24),
        (6.0, 6),
        ("2年", 24),
        ("weekly", 12 / 52),
        ("daily", 12 / 365.25),
    ],
)
def test_intervals_are_months(cell, months):
    values, unreadable = intervals(column(cell), choice_words("subscriptions", "billing_interval"))
    assert months_of(values[0]) == pytest.approx(months)
    assert not unreadable[0]


def test_clock_times_are_minutes():
    assert list(minutes(column("1:30:00", "0:45", dt.time(0, 20), dt.timedelta(hours=2), 12.5))) == [
        90,
        45,
        20,
        120,
        12.5,
    ]


def test_a_score_below_nothing_keeps_its_sign_and_the_words_of_a_numbered_answer_decide() -> None:
    words = {"非常に満足": "5", "満足": "4", "非常に不満": "1", "5": "5", "1": "1"}
    given = pd.Series(["-1", "1：非常に満足", "5: 非常に不満", "満足", "10: 非常に満足", 3.0], dtype=object)
    assert scores(given, words).tolist() == ["-1", 5.0, 1.0, 4.0, 10.0, 3.0]
