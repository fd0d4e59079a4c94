"""Versions: what differs in words, and which one scores a closing."""

from __future__ import annotations

import datetime as dt

from cs_kpi.book import day_of
from cs_kpi.health import editing
from cs_kpi.health.history import course
from cs_kpi.health.versions import course_then, differences, in_force
from cs_kpi.health_rules import Cap, HealthVersion
from tests.health.given import LAST, configuration, small

OLD = configuration(("use_level", 0, 20, 3), ("nps_last", 0, 10, 1), name="Old")
NEW = configuration(("use_level", 0, 40, 3), name="New")


def version(number: int, chosen, made_on: dt.date) -> HealthVersion:
    return HealthVersion(number=number, configuration=chosen.model_copy(update={"made_on": made_on}))


def said(old, new) -> list[str]:
    return [str(line) for line in differences(small(), old, new)]


def test_every_change_is_said_and_nothing_else() -> None:
    assert said(OLD, OLD.model_copy(update={"name": "Other"})) == []
    assert said(OLD, NEW) == ["Part taken out: Last NPS answer.", "Use in the last month: good at 40 instead of 20."]
    cap = Cap(feature="nps_last", when="at_most", limit=6, band="yellow")
    rules = editing.with_cap(editing.with_limits(NEW.rules, 30, 70), 0, cap)
    changed = NEW.model_copy(update={"rules": rules.model_copy(update={"missing": "penalise"}), "horizon_months": 6})
    assert said(NEW, changed) == [
        "yellow begins at 30 instead of 40.", "What is not known counts as: the worst (0) (before: nothing).",
        "New cap: Last NPS answer at 6 or less is at most yellow.", "The test looks 6 months ahead instead of 3."]


def test_rules_of_segments_are_compared_with_what_held_for_them_before() -> None:
    own = editing.with_segments(editing.by_field(OLD, "plan"), ["Pro"])
    assert said(OLD, own) == ["Rules differ by 'plan'.", "'Pro' has rules of its own."]
    other = editing.with_rules(own, "Pro", editing.with_part(own.rules, "use_level", weight=5))
    assert said(own, other) == ["Pro: Use in the last month: weight 5 instead of 3."]
    assert said(other, OLD) == ["'Pro' has no rules of its own any more."]


def test_a_closing_is_scored_by_the_last_version_made_up_to_it_and_before_all_by_the_first() -> None:
    versions = [version(1, OLD, dt.date(2024, 3, 10)), version(2, NEW, dt.date(2024, 5, 31)),
                version(3, OLD, dt.date(2024, 5, 31))]
    held = [in_force(versions, day_of(dt.date(2024, month, 28))).number for month in (2, 3, 5, 6)]
    assert held == [1, 1, 1, 3]
    assert in_force(versions, day_of(dt.date(2024, 5, 31))).number == 3


def test_the_past_stays_as_it_was_scored_and_can_be_scored_again() -> None:
    """June under the new version: a uses 20 of 40. Before it the old one alone, which also looks at answers."""
    book, versions = small(), [version(1, OLD, dt.date(2024, 1, 1)), version(2, NEW, LAST)]
    then, old, new = course_then(book, versions), course(book, OLD), course(book, NEW)
    assert then.score[-1, :3].tolist() == new.score[-1, :3].tolist() == [50.0, 12.5, 0.0]
    assert then.score[:-1].tobytes() == old.score[:-1].tobytes()
    assert old.score[-1, 0] == 90.0
