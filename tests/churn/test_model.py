"""Models as plain sums: exact, repeatable, saved as JSON, at ease with what they have never seen."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.churn.candidates import CANDIDATES, DEFAULT, Candidate, base_rate, fitted, stretched
from cs_kpi.churn.encoders import Rows
from cs_kpi.churn.features import Feature
from cs_kpi.churn.history import History
from cs_kpi.churn.model import Sample, held_slope, learned, stratified
from cs_kpi.churn.registry import chosen_features
from cs_kpi.churn.scorecard import Line, Scorecard, probability
from cs_kpi.churn.snapshots import Snapshots, snapshots
from cs_kpi.churn.table import FeatureTable, table_of
from cs_kpi.churn_rules import ChurnSettings
from tests.churn.given import planted, silent

KINDS = [Candidate("logistic", 0.1), Candidate("boosted", 40)]
SETTINGS = ChurnSettings()


def _feature(id: str, unit: str) -> Feature:
    return Feature(id, "use", id, unit, lambda known: np.zeros(known.size))  # type: ignore[arg-type]


def rows(size: int = 2_000, seed: int = 1) -> Rows:
    """Leaving falls with `use`, rises at both ends of `age`, and depends on the plan; gaps and rare words included."""
    random = np.random.default_rng(seed)
    use, age, plan = random.normal(size=size), random.random(size) * 10, random.integers(0, 3, size).astype(float)
    logit = -1.5 - use + 0.15 * (age - 5) ** 2 - (plan == 1)
    label = (random.random(size) < probability(logit)).astype(float)
    use[random.random(size) < 0.1] = np.nan
    plan[:5], plan[5:60] = 3, np.nan
    features = {"use": _feature("use", "count"), "age": _feature("age", "days"), "plan": _feature("plan", "category")}
    table = FeatureTable(features, {"plan": ("Basic", "Pro", "Team", "Rare")}, np.column_stack([use, age, plan]))
    return Rows(table, label, np.arange(size))


@pytest.mark.parametrize("candidate", KINDS, ids=lambda one: one.kind)
def test_contributions_sum_to_the_log_odds_and_to_nothing_on_average(candidate: Candidate) -> None:
    data = rows()
    model = fitted(candidate, data, SETTINGS)
    points = model.points(data.table)
    assert points.sum(axis=1) + model.intercept == pytest.approx(model.log_odds(data.table))
    assert points.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-9)
    assert model.risk(data.table).mean() == pytest.approx(data.base_rate, abs=1e-6)  # never balanced away


def test_the_logistic_model_is_that_of_scikit_learn() -> None:
    """Refitted here by hand on one number without gaps."""
    from sklearn.linear_model import LogisticRegression

    data = rows()
    age = data.table.without("use", "plan")
    mine = fitted(Candidate("logistic", 1.0), Rows(age, data.label, data.customer), SETTINGS)
    low, high = np.quantile(age.values, [0.005, 0.995])
    column = np.clip(age.values, low, high)
    scaled = (column - column.mean()) / column.std()
    theirs = LogisticRegression(C=1.0).fit(scaled, data.label)
    assert mine.log_odds(age) == pytest.approx(theirs.decision_function(scaled), abs=2e-3)


def test_the_boosted_model_says_the_same_as_its_trees() -> None:
    """Its table of ranges and words is exact, since every tree looks at one feature."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    data, seen = rows(), []
    fit = HistGradientBoostingClassifier.fit

    def watched(self, codes, label):
        seen.append((self, codes))
        return fit(self, codes, label)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HistGradientBoostingClassifier, "fit", watched)
        model = fitted(Candidate("boosted", 40), data, SETTINGS)
    [(trees, codes)] = seen
    difference = trees.decision_function(codes) - model.log_odds(data.table)
    assert difference == pytest.approx(np.full(len(codes), difference[0]), abs=1e-9)


@pytest.mark.parametrize("candidate", KINDS, ids=lambda one: one.kind)
def test_what_was_learned_is_what_was_planted(candidate: Candidate) -> None:
    data = rows()
    model = fitted(candidate, data, SETTINGS)
    asked = FeatureTable(data.table.features, data.table.names,
                         np.array([[-1.0, 5.0, 0.0], [1.0, 5.0, 0.0], [0.0, 5.0, 1.0]]))
    low, high, pro = model.risk(asked)
    assert low > high
    assert model.points(asked)[2, 2] < model.points(asked)[0, 2]
    assert pro < low


@pytest.mark.parametrize("candidate", KINDS, ids=lambda one: one.kind)
def test_unseen_words_rare_words_and_gaps_have_a_risk(candidate: Candidate) -> None:
    data = rows()
    model = fitted(candidate, data, SETTINGS)
    asked = FeatureTable(data.table.features, {"plan": ("New", "Rare")},
                         np.array([[np.nan, np.nan, 0.0], [1e9, -1e9, 1.0], [np.nan, np.nan, np.nan]]))
    assert np.isfinite(model.log_odds(asked)).all()
    [words] = [part for part in model.parts if part.feature == "plan"]
    assert model.points(asked)[:2, 2].tolist() == [words.other, words.other]


@pytest.mark.parametrize("candidate", KINDS, ids=lambda one: one.kind)
def test_a_model_is_saved_as_json_and_comes_back_the_same(candidate: Candidate) -> None:
    data = rows()
    model = fitted(candidate, data, SETTINGS)
    again = Scorecard.model_validate_json(model.model_dump_json())
    assert (again.log_odds(data.table) == model.log_odds(data.table)).all()
    assert json.loads(model.model_dump_json())["kind"] == candidate.kind


def test_the_same_rows_and_seed_give_the_same_model() -> None:
    book = planted(200, 18).book
    sample = _sample(book)
    one, other = (learned(sample, sample.labelled, SETTINGS) for _again in range(2))
    assert one == other
    assert len(one.losses) == len(CANDIDATES)


def test_the_progress_goes_up_to_the_end() -> None:
    sample, heard = _sample(planted(200, 18).book), list[float]()
    learned(sample, sample.labelled, SETTINGS, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def _months(holds: bool) -> Sample:
    """Twelve months of 200 customers: in the first eight one number decides who leaves; in the others it may not."""
    random = np.random.default_rng(0)
    customer, month = np.tile(np.arange(200), 12), np.repeat(np.arange(12), 200)
    number = random.normal(size=len(month))
    risk = probability(-1.5 + np.where(holds | (month < 8), 1.5, 0.0) * number)
    closing = 20_000 + 30 * month
    rows = Snapshots(customer, closing, (random.random(len(month)) < risk).astype(float), closing)
    return Sample(rows, FeatureTable({"use": _feature("use", "count")}, {}, number[:, None]))


def test_differences_that_do_not_hold_later_are_taken_back() -> None:
    held, gone = (learned(sample, sample.labelled, SETTINGS).model.log_odds(sample.table).std()
                  for sample in (_months(True), _months(False)))
    assert held == pytest.approx(1.5, abs=0.2)
    assert gone < 0.5


def test_a_model_that_is_three_times_too_bold_is_taken_back_to_a_third() -> None:
    random = np.random.default_rng(0)
    log_odds = random.normal(-1, 1, 20_000)
    label = (random.random(20_000) < probability(log_odds)).astype(float)
    data = Rows(FeatureTable({}, {}, np.empty((20_000, 0))), label,
                np.arange(20_000))
    assert held_slope(log_odds * 3, data) == pytest.approx(1 / 3, abs=0.02)
    assert held_slope(log_odds, data) == pytest.approx(1, abs=0.05)
    assert held_slope(random.normal(-1, 3, 20_000), data) == pytest.approx(0, abs=0.02)


def test_with_too_little_to_choose_by_the_simple_one_is_taken() -> None:
    sample = _sample(silent(1, customers=60, months=9))
    found = learned(sample, sample.labelled, SETTINGS)
    assert found.losses == ()
    assert (found.model.kind, found.model.strength) == (DEFAULT.kind, DEFAULT.strength)


def test_stretching_keeps_the_mean_risk() -> None:
    data = rows()
    flat = stretched(fitted(KINDS[0], data, SETTINGS), data, 0.0)
    assert flat.risk(data.table) == pytest.approx(np.full(len(data.label), data.base_rate))
    assert base_rate(data, SETTINGS).risk(data.table) == pytest.approx(flat.risk(data.table))


def test_folds_deal_out_leavers_evenly() -> None:
    label = np.array([1.0] * 10 + [0.0] * 30)
    fold = stratified(label, 5, seed=3)
    assert [int(label[fold == one].sum()) for one in range(5)] == [2] * 5
    assert np.bincount(fold).tolist() == [8] * 5


@given(st.floats(-1e12, 1e12), st.booleans())
@settings(max_examples=50, deadline=None)
def test_a_line_never_runs_away(value: float, is_log: bool) -> None:
    line = Line(feature="x", is_log=is_log, low=-2, high=3, centre=0, slope=2, offset=1, missing=0.5)
    [points] = line.points(np.array([value]), ())
    assert -3 <= points <= 7


def _sample(book) -> Sample:
    found: Snapshots = snapshots(book, SETTINGS)
    return Sample(found, table_of(History(book), chosen_features(book, SETTINGS), found))
