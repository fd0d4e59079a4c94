"""Movers: who moved between two closings, by what they did or by another formula."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from cs_kpi.health_rules import HealthVersion
from cs_kpi.periods import parse
from cs_kpi.standing.course import life, life_table, mean_of, past, version_table
from cs_kpi.standing.movers import listed, moves, summary
from tests.health.given import LAST, configuration, small

JUNE = parse("2024-06")
OLD = configuration(("use_level", 0, 20, 1), name="Old")
NEW = configuration(("use_level", 0, 40, 1), name="New")
ALONE = (HealthVersion(number=1, configuration=OLD),)
BOTH = (HealthVersion(number=1, configuration=OLD.model_copy(update={"made_on": dt.date(2024, 1, 1)})),
        HealthVersion(number=2, configuration=NEW.model_copy(update={"made_on": LAST})))


def test_behaviour_alone_moves_who_used_more() -> None:
    """From May to June a goes from 0 to 100, b from 0 to 25 (both red); c stays; d has left."""
    found = moves(small(), ALONE, JUNE)
    frame = listed(found, 1, "en")
    assert frame[["customer_id", "band_before", "band", "change"]].to_numpy().tolist() == [
        ["a", "■ red", "● green", 100.0], ["b", "■ red", "■ red", 25.0]]
    assert frame["why"].tolist()[0] == "Use in the last month: 0 → 20 (+100.0 points)"
    assert "formula" not in frame
    assert listed(found, -1, "en").empty
    assert "1 rose to a better one" in str(summary(found))


def test_behaviour_and_formula_sum_to_the_change_and_the_larger_is_named() -> None:
    """a: +100 by what it did, -50 by the new formula."""
    found = moves(small(), BOTH, JUNE)
    assert (found.behaviour + found.formula).tolist() == pytest.approx(found.change.tolist())
    first = listed(found, 1, "en").iloc[0]
    assert (first["behaviour"], first["formula"], first["change"]) == (100.0, -50.0, 50.0)
    assert first["why"].startswith("Use in the last month")


def test_a_formula_alone_is_named_as_such() -> None:
    """Scored between 0 and 20 uses at both closings, then by nothing but tenure: c rises by 100."""
    versions = (BOTH[0], HealthVersion(number=2, configuration=configuration(("tenure", 0, 3, 1))))
    rows = listed(moves(small(), versions, JUNE), 1, "en").set_index("customer_id")
    assert rows.loc["c", "why"] == "The score is made differently: +100.0 points"
    assert (rows.loc["c", "behaviour"], rows.loc["c", "formula"]) == (0.0, 100.0)


def test_the_course_marks_the_first_closing_under_another_version() -> None:
    found = past(small(), BOTH, NEW)
    assert [(place, one.number) for place, one in found.changes] == [(len(found.days) - 1, 2)]
    assert mean_of(found.then)[-1] == mean_of(found.today)[-1] == pytest.approx(62.5 / 3)
    assert past(small(), ALONE, OLD).changes == ()


def test_a_life_tells_behaviour_from_formula_at_every_closing() -> None:
    found = life(small(), BOTH, NEW, 0)
    assert (found.then[-1], found.today[-1]) == (50.0, 50.0)
    assert (found.behaviour[-1], found.formula[-1]) == (100.0, -50.0)
    assert np.nansum(np.abs(found.formula[:-1])) == 0
    table = life_table(found)
    assert table.loc[0, ["closing", "score", "change"]].tolist() == [LAST, 50.0, 50.0]
    assert len(life(small(), BOTH, NEW, 3).days) == 1  # d was there at the end of May alone


def test_versions_are_listed_with_what_changed_the_latest_first() -> None:
    table = version_table(small(), BOTH, [("day 1", "Sato"), ("day 2", "")], "en")
    assert table["Name"].tolist() == ["New", "Old"]
    assert table["What changed"].tolist() == ["Use in the last month: good at 40 instead of 20.", "the first one"]
