"""Edits of a configuration: each changes what it says and nothing else, and is refused where it makes no sense."""

from __future__ import annotations

import pytest

from cs_kpi.errors import DataError
from cs_kpi.health import editing
from cs_kpi.health.history import effect
from cs_kpi.health_rules import Cap, Component
from tests.health.given import configuration, rules, small

PARTS = (("use_level", 0, 20, 3), ("nps_last", 0, 10, 1))


def test_a_part_gets_another_weight_or_threshold_and_the_others_stay() -> None:
    changed = editing.with_part(rules(*PARTS), "use_level", weight=5, good=40)
    assert changed == rules(("use_level", 0, 40, 5), ("nps_last", 0, 10, 1))


@pytest.mark.parametrize(("edit", "words"), [
    (lambda one: editing.with_part(one, "use_level", good=0), "must differ"),
    (lambda one: editing.with_limits(one, 80, 60), "below yellow"),
    (lambda one: editing.without_part(editing.without_part(one, "use_level"), "nps_last"), "at least one part")])
def test_what_makes_no_sense_is_refused_in_words(edit, words: str) -> None:
    with pytest.raises(DataError, match=words):
        edit(rules(*PARTS))


def test_a_new_part_takes_its_thresholds_from_the_customers_and_the_mean_weight() -> None:
    """No use in 0 and 20 days ago: the tenth and ninetieth percentile of 16, 18 and 162 days, less being healthier."""
    chosen = configuration(*PARTS)
    added = editing.with_new_part(small(), chosen, chosen.rules, "tenure").components[-1]
    assert (added.feature, added.weight, added.good > added.bad) == ("tenure", 2.0, True)
    down = editing.with_new_part(small(), chosen, chosen.rules, "use_recency").components[-1]
    assert down.bad > down.good
    risk = editing.with_new_part(small(), chosen, chosen.rules, "churn_risk").components[-1]
    assert (risk.bad, risk.good) == (1.0, 0.0)


def test_what_is_offered_leaves_out_what_is_there_and_names_its_group() -> None:
    found = editing.offered(small(), configuration(*PARTS), ("use_level",))
    assert "use_level" not in found
    assert str(found["nps_last"]) == "Answers and pulse: Last NPS answer"


def test_caps_are_added_changed_and_removed() -> None:
    chosen = configuration(*PARTS)
    cap = editing.new_cap(small(), chosen, "nps_last")
    assert cap == Cap(feature="nps_last", when="at_most", limit=0, band="yellow")
    one = editing.with_cap(chosen.rules, 0, cap)
    red = cap.model_copy(update={"band": "red"})
    assert editing.with_cap(one, 0, red).caps == (red,)
    assert editing.without_cap(one, 0) == chosen.rules


def test_rules_of_a_segment_begin_as_those_of_everybody_and_change_alone() -> None:
    chosen = editing.with_segments(editing.by_field(configuration(*PARTS), "plan"), ["Pro"])
    assert chosen.segments == {"Pro": chosen.rules}
    edited = editing.with_rules(chosen, "Pro", editing.with_part(chosen.rules, "use_level", weight=9))
    assert edited.rules == chosen.rules
    assert edited.segments["Pro"].components[0] == Component(feature="use_level", bad=0, good=20, weight=9)
    assert editing.with_segments(edited, ["Basic", "Pro"]).segments["Pro"] == edited.segments["Pro"]
    assert editing.by_field(edited, None).segments == {}


def test_an_edit_is_measured_again_and_again_without_reading_the_data_again() -> None:
    """Weights 3 and 9 on a: 100 and 60, b: 25 and 90, c: 0 alone."""
    book, chosen = small(), configuration(*PARTS)
    effect(book, chosen, chosen)
    del book.tables["usage"]  # what was known at the closing is kept with the book
    changed = editing.with_rules(chosen, None, editing.with_part(chosen.rules, "nps_last", weight=9))
    assert effect(book, chosen, changed).after.score.tolist() == [70.0, 73.75, 0.0]
