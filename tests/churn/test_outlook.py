"""The whole way on generated books: what is planted is found, what is not is not, and what cheats is named."""

from __future__ import annotations

import datetime as dt
import glob
from functools import cache

import numpy as np
import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book, day_of
from cs_kpi.churn.folds import folds
from cs_kpi.churn.history import History
from cs_kpi.churn.honesty import headline
from cs_kpi.churn.metrics import Ranking
from cs_kpi.churn.model import Sample
from cs_kpi.churn.past import PastRisks
from cs_kpi.churn.reasons import reasons, risk_limit, way_out
from cs_kpi.churn.risk import Outlook, outlook
from cs_kpi.churn.scorecard import probability
from cs_kpi.churn.snapshots import snapshots
from cs_kpi.churn.table import FeatureTable
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.locale import LANGUAGES
from tests.churn.given import Planted, listed, planted, silent
from tests.ingest.given import SHARED, csv, reading

CAUSES = {"use_level", "use_trend", "use_trend_3", "use_recency", "urgent", "plan"}


@cache
def truth() -> Planted:
    return planted(seed=0)


@cache
def found() -> Outlook:
    return outlook(truth().book)


def best_possible() -> np.ndarray:
    """The true risk of the rows that were tested."""
    rows, test = snapshots(truth().book, ChurnSettings()), found().evaluation.test_rows
    month = np.searchsorted(truth().closings, rows.closing[test])
    return truth().risk[month, rows.customer[test]]  # ids are in the order of the generator


def test_the_model_is_nearly_as_good_as_knowing_the_truth() -> None:
    tested = found().evaluation
    assert tested.model is not None
    best = Ranking(best_possible(), tested.test_label).roc_auc(np.ones(len(tested.test_label)))
    assert best > 0.7
    assert tested.model.roc_auc.value > best - 0.05
    assert tested.model.roc_auc.low > 0.5
    assert tested.model.skill.value > 0
    assert (found().verdict.is_good, found().verdict.is_fed, found().verdict.against) == (True, True, ())


def test_it_beats_the_base_rate_and_tenure_alone() -> None:
    model, base, tenure = found().evaluation.scores
    assert (base.name, tenure.name) == ("base_rate", "tenure")
    assert base.roc_auc.value == 0.5
    assert base.pr_auc.value == pytest.approx(found().evaluation.test_label.mean())
    assert model.roc_auc.value > tenure.roc_auc.value + 0.1
    assert model.brier.value < min(base.brier.value, tenure.brier.value)


def test_what_it_says_happens_as_often_as_it_says() -> None:
    """Calibration: nearly every band's interval holds the risk that was said (95 % each; nine of ten are asked)."""
    bands = found().evaluation.calibration
    inside = [band.happened.low <= band.foreseen <= band.happened.high for band in bands]
    assert sum(inside) >= 0.9 * len(bands)
    assert all(band.happened.low < band.happened.high for band in bands)  # also where nobody left
    assert sum(band.rows for band in bands) == found().evaluation.tested_rows


def until(book: Book, last: pd.Timestamp) -> Book:
    """The book as it stood on a day: what came later is not in it yet."""
    tables = {name: frame[frame[column] <= last] for name, column in (
        ("usage", "date"), ("interactions", "date"), ("subscriptions", "start_date"))
        for frame in (book.tables[name],)}
    ends = tables["subscriptions"]["end_date"]
    tables["subscriptions"] = tables["subscriptions"].assign(end_date=ends.where(ends <= last))
    names = tables["subscriptions"]["customer_id"]
    tables["customers"] = book.tables["customers"][book.tables["customers"]["customer_id"].isin(names)]
    settings = book.settings.model_copy(update={"as_of": last.date()})
    return Book({name: frame.reset_index(drop=True) for name, frame in tables.items()}, settings, book.today)


def test_a_past_risk_is_what_would_have_been_said_then() -> None:
    early, then = pd.Timestamp("2023-03-31"), pd.Timestamp("2024-06-30")
    book, asked = truth().book, outlook(until(truth().book, then)).risks
    past, history = PastRisks(book, ChurnSettings()), book.once(History)
    assert np.isnan(past.at(history.at(day_of(early.date())))).all()  # too few had left by then
    assert asked is not None
    who = book.codes(pd.Series(asked.book.customer_ids[asked.customer]))
    assert past.at(history.at(day_of(then.date())))[who] == pytest.approx(asked.risk, rel=1e-6)


def test_between_the_ends_of_quarters_the_model_of_the_last_one_holds() -> None:
    """The facts are those of the day; what is learned from them is not."""
    book = truth().book
    past, history = PastRisks(book, ChurnSettings()), book.once(History)
    months = [day_of(dt.date(2024, month, day)) for month, day in ((6, 30), (7, 31), (9, 30))]
    quarter, month, later = (past.taught_at(day).model for day in months)
    assert quarter == month
    assert quarter != later
    before, after = (past.at(history.at(day)) for day in months[:2])
    assert not np.allclose(before, after)


def test_reasons_name_the_causes() -> None:
    risks = found().risks
    assert risks is not None
    riskiest = np.argsort(-risks.risk)[:20]
    named = [reason.feature.id for place in riskiest for reason in reasons(risks, int(place), most=2)]
    assert sum(id in CAUSES for id in named) >= 0.8 * len(named)


def test_reasons_sum_to_the_log_odds() -> None:
    risks = found().risks
    assert risks is not None
    for place in (0, 1, 2):
        every = reasons(risks, place, most=99, least=0.0)
        assert sum(one.points for one in every) + risks.model.intercept == pytest.approx(risks.log_odds[place])
        assert probability(risks.log_odds)[place] == risks.risk[place]


def test_what_would_change_it_lowers_the_risk_by_what_a_team_can_do() -> None:
    risks = found().risks
    assert risks is not None
    limit = risk_limit(risks)
    high = [int(place) for place in np.flatnonzero(risks.risk >= limit)]
    assert high
    for place in high:
        out = way_out(risks, place, limit)
        assert all(change.feature.is_actionable for change in out.changes)
        falling = [float(risks.risk[place]), *(change.risk for change in out.changes)]
        assert falling == sorted(falling, reverse=True)
        assert out.is_enough == (falling[-1] < limit)
    low = int(np.argmin(risks.risk))
    assert way_out(risks, low, limit).changes == ()


def test_a_change_is_what_the_model_says_of_such_a_customer() -> None:
    risks = found().risks
    assert risks is not None
    place = int(np.argmax(risks.risk))
    change = way_out(risks, place, 1e-6).changes[0]
    column = list(risks.table.features).index(change.feature.id)
    values = risks.table.values[[place]].copy()
    values[0, column] = risks.realistic[change.feature.id]
    asked = FeatureTable(risks.table.features, risks.table.names, values)
    assert risks.model.risk(asked)[0] == pytest.approx(change.risk)


def test_training_ends_before_the_test_opens() -> None:
    rows = snapshots(truth().book, ChurnSettings())
    table = FeatureTable({}, {}, np.empty((len(rows), 0)))
    [[fold]] = folds(Sample(rows, table), ChurnSettings())
    assert rows.known_on[fold.train].max() <= rows.closing[fold.test].min()
    assert not np.isnan(rows.label[np.concatenate([fold.train, fold.test])]).any()


def test_the_headline_counts_customers() -> None:
    top = found().evaluation.top
    assert top is not None
    assert headline(top, ChurnSettings()).text("en").startswith(
        f"Of the 20 customers it called riskiest at the end of Sep 2024, {round(top.left.value)} left within 3 months")
    assert top.left.value > top.by_chance


def test_another_score_can_be_compared() -> None:
    """The door for the health score: the true risk itself, here."""
    def rivals(rows):
        month = np.searchsorted(truth().closings, rows.closing)
        return {"The first": np.nan_to_num(truth().risk[month, rows.customer])}
    rival = outlook(truth().book, rivals=rivals).evaluation.scores[-1]
    expected = Ranking(best_possible(), found().evaluation.test_label)
    assert rival.roc_auc.value == pytest.approx(expected.roc_auc(np.ones(len(best_possible()))))
    assert np.isnan(rival.brier.value)


@pytest.mark.parametrize("seed", range(10))
def test_no_model_is_good_where_there_is_nothing_to_know(seed: int) -> None:
    judged = outlook(silent(seed, customers=250, months=20))
    assert judged.verdict.is_good is False
    assert "No signal" in str(judged.verdict.against[0])


def test_too_few_leavers_are_counted() -> None:
    few = outlook(silent(0, customers=40, months=12))
    assert few.evaluation.left < 20
    for language in LANGUAGES:
        text = few.verdict.against[0].text(language)
        assert str(few.evaluation.left) in text
        assert "20" in text
    assert (few.risks, few.trained, few.evaluation.scores) == (None, None, ())


def _with_column(book: Book, name: str, values: np.ndarray) -> Book:
    customers = book.tables["customers"].assign(**{name: values})
    return Book({**book.tables, "customers": customers}, book.settings, book.today)


def test_a_column_that_is_filled_in_when_a_customer_leaves_is_named_and_left_out() -> None:
    book = truth().book
    gone = ~np.isin(np.arange(len(book.customer_ids)),
                    np.flatnonzero(next(iter(book.ledger.closings([day_of(book.as_of)]))) > 0))
    random = np.random.default_rng(0)
    words = np.array(["Price", "Competitor"], dtype=object)[random.integers(0, 2, len(gone))]
    told = _with_column(book, "Notes of the exit", np.where(gone, words, None))
    judged = outlook(told)
    assert [leak.feature.id for leak in judged.leaks] == ["customers.Notes of the exit"]
    assert "customers.Notes of the exit" not in judged.features
    assert "filled in only for customers who left" in str(judged.verdict.notes[0])
    assert judged.verdict.is_good
    insisted = outlook(told, ChurnSettings(with_features=("customers.Notes of the exit",)))
    assert insisted.verdict.is_fed is False
    assert "too good to be true" in str(insisted.verdict.against[-1])


def test_the_leaking_columns_of_the_fuller_telco_files_are_caught() -> None:
    text = listed().to_csv(index=False)
    judged = outlook(book_of([reading(csv(text))]))
    assert {leak.feature.id for leak in judged.leaks} == {
        "customers.Situation", "customers.Churn Score", "customers.Last impression", "customers.Churn Reason"}
    # "Satisfaction Score" is read as an undated answer to a survey, which no model of a list looks at.
    assert set(judged.features) == {"tenure_months", "mrr", "customers.Contract"}
    assert judged.evaluation.is_dated is False
    assert "no dates" in str(judged.verdict.notes[-1])
    assert judged.verdict.is_good
    model = judged.evaluation.model
    assert model is not None
    assert 0.7 < model.roc_auc.value < 0.85  # what tenure and contract can tell
    assert judged.risks is not None
    assert len(judged.risks.customer) == (listed()["Churn"] == "No").sum()


def shared(folder: str) -> Book:
    files = sorted(glob.glob(str(SHARED / folder / "*.csv")))
    if not files:
        pytest.skip(f"the shared data folder is absent: {SHARED / folder}")
    return book_of([reading(csv_of(file)) for file in files])


def csv_of(file: str):
    from pathlib import Path

    return csv(Path(file).read_text("utf-8"), Path(file).name)


def test_ravenstack_has_two_leavers_where_twenty_are_needed() -> None:
    judged = outlook(shared("ravenstack"))
    assert judged.verdict.is_fed is False
    assert str(judged.verdict.against[0]) == "Only 2 customers left in the whole data, where 20 are needed."
    assert "2社だけです" in judged.verdict.against[0].text("ja")


@pytest.mark.parametrize("label", ["cancelled", "ended"])
def test_ravenstack_has_no_signal(label: str) -> None:
    judged = outlook(shared("ravenstack"), ChurnSettings(label=label))  # type: ignore[arg-type]
    assert judged.verdict.is_fed is False
    assert any("No signal" in str(one) for one in judged.verdict.against)


def test_telco_as_published() -> None:
    judged = outlook(shared("telco"))
    model = judged.evaluation.model
    assert model is not None
    assert 0.82 <= model.roc_auc.value <= 0.86
    assert model.brier.value == pytest.approx(0.135, abs=0.005)
    assert judged.verdict.is_good
    assert judged.leaks == ()


def test_the_snapshot_that_is_today_is_in_words_of_both_languages() -> None:
    risks = found().risks
    assert risks is not None
    place = int(np.argmax(risks.risk))
    for reason in reasons(risks, place):
        assert reason.words.text("ja") != reason.words.text("en")
    assert isinstance(risks.book.customers, pd.DataFrame)
