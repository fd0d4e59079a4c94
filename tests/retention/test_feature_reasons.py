"""Which reasons are for the developers of the service."""

from __future__ import annotations

import pandas as pd

from cs_kpi.retention.feature_reasons import FeatureReasons, stated

OFFERED = ["Missing feature", "budget", "UI"]


def test_the_guess_holds_until_the_team_says_otherwise() -> None:
    assert FeatureReasons().among(OFFERED) == ["Missing feature", "UI"]
    kept = FeatureReasons().changed(OFFERED, ["Missing feature", "budget"])
    assert (kept.counted, kept.not_counted) == (("budget",), ("UI",))
    assert kept.among(OFFERED) == ["Missing feature", "budget"]


def test_a_reason_that_comes_later_is_guessed() -> None:
    kept = FeatureReasons().changed(OFFERED, [])
    assert kept.among([*OFFERED, "A bug"]) == ["A bug"]


def test_what_was_said_of_reasons_that_are_not_offered_stays() -> None:
    kept = FeatureReasons(counted=("other",), not_counted=("quality",)).changed(OFFERED, ["Missing feature", "UI"])
    assert (kept.counted, kept.not_counted) == (("other",), ("quality",))


def test_stated_reasons_stand_by_what_was_lost() -> None:
    found = pd.DataFrame({"reason": ["a", "b", None, "a"], "mrr_lost": [1.0, 5.0, 9.0, 2.0]})
    assert stated(found) == ["b", "a"]
