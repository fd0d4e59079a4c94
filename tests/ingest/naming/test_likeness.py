"""Headers that are like known words, and sheets with more columns than can be meant."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.headers import MOST_COLUMNS
from cs_kpi.ingest.naming.likeness import groups, likenesses
from tests.ingest.given import reading, sheet


@pytest.mark.parametrize(("word", "known", "likeness"), [
    ("contract start day", "contract start date", 2 * 2 / 6), ("contracts start date", "contract start date", 1.0),
    ("契約開始日付", "契約開始日", 10 / 11)])
def test_likeness_counts_shared_words_or_signs(word: str, known: str, likeness: float) -> None:
    found = dict(likenesses(word, groups([known])))
    assert found == ({known: pytest.approx(likeness)} if likeness >= 0.72 else {})


def test_a_last_or_planned_day_is_like_no_day_itself() -> None:
    assert dict(likenesses("last login date", groups(["login date"]))) == {}
    assert dict(likenesses("last login dates", groups(["login date", "last login date"]))) == {
        "last login date": pytest.approx(1.0)}


def test_of_ten_thousand_columns_the_first_thousand_are_read_and_it_is_said() -> None:
    wide = [f"measure {place}" for place in range(9997)]
    found = reading(sheet(["顧客ID", "契約開始日", "月額", *wide], ["C1", "2024/4/1", 1000, *[1] * 9997],
                          ["C2", "2024/5/1", 2000, *[2] * 9997]))
    assert found.tables["subscriptions"]["mrr"].tolist() == [1000, 2000]
    assert len(found.headers) == MOST_COLUMNS
    assert "The sheet has 10,000 columns, of which the first 1,000 are read." in found.notes[0].text("en")


def test_of_short_words_only_the_s_of_many_may_differ() -> None:
    assert not list(likenesses("plant", groups(["plan"])))
    assert [word for word, _likeness in likenesses("plans", groups(["plan"]))] == ["plan"]
