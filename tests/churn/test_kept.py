"""A trained model survives being saved, is told anew for newer data, and says when it is older than they are."""

from __future__ import annotations

import datetime as dt
import threading
from functools import cache

import numpy as np
import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.churn.evaluation import counted
from cs_kpi.churn.kept import ChurnModel, data_fingerprint, kept, restored, why_older
from cs_kpi.churn.listing import ranking, risk_of, score_table
from cs_kpi.churn.reasons import risk_limit
from cs_kpi.churn.registry import at_hand
from cs_kpi.churn.risk import Outlook, outlook
from cs_kpi.churn.training import Training
from cs_kpi.churn_rules import ChurnSettings
from cs_kpi.locale import LANGUAGES
from cs_kpi.workspace import Workspace
from tests.churn.given import planted, silent

TODAY = dt.date(2025, 1, 5)
PATIENCE = 120


@cache
def book() -> Book:
    return planted(300, 24).book


@cache
def found() -> Outlook:
    return outlook(book())


@cache
def record() -> ChurnModel:
    return kept(book(), found(), TODAY)


def changed(whole: Book, **tables: pd.DataFrame) -> Book:
    return Book({**whole.tables, **tables}, whole.settings, whole.today)


def test_what_was_saved_gives_the_same_risks_and_the_same_test(workspace_url: str) -> None:
    work = Workspace(workspace_url)
    work.save(record(), "churn", by="")
    again = work.load(ChurnModel, "churn")
    assert again is not None
    assert again.model == record().model
    one = restored(book(), again)
    assert one.risks is not None
    assert found().risks is not None
    assert np.array_equal(one.risks.risk, found().risks.risk)
    assert one.verdict == found().verdict
    assert one.evaluation.scores[0] == found().evaluation.scores[0]
    assert repr(one.evaluation.curves) == repr(found().evaluation.curves)
    assert one.evaluation.months == found().evaluation.months
    assert why_older(book(), again) is None


def test_the_record_of_too_few_has_no_model() -> None:
    few = silent(0, customers=40, months=12)
    one = restored(few, ChurnModel.model_validate_json(kept(few, outlook(few), TODAY).model_dump_json()))
    assert (one.risks, one.trained, one.verdict.kind) == (None, None, "too_few")
    assert str(one.verdict.against[0]) == str(outlook(few).verdict.against[0])


def test_newer_data_are_told_by_the_old_model_and_it_says_so() -> None:
    use = book().tables["usage"]
    more = changed(book(), usage=pd.concat([use, use.tail(1).assign(date=pd.Timestamp("2024-12-31"), count=90.0)]))
    assert "changed since the model was trained on 2025-01-05" in str(why_older(more, record()))
    later = changed(book(), usage=use.assign(date=use["date"] - pd.Timedelta(days=40)))
    later = later.under(later.settings.model_copy(update={"as_of": dt.date(2024, 11, 30)}))
    assert "until 2024-12-31; the data now reach to 2024-11-30" in str(why_older(later, record()))
    assert restored(later, record()).risks is not None


def test_other_settings_ask_for_a_new_training_and_a_limit_does_not() -> None:
    def under(**churn: object) -> Book:
        return book().under(book().settings.model_copy(update={"churn": ChurnSettings(**churn)}))  # type: ignore[arg-type]
    assert "settings of the model have changed" in str(why_older(under(horizon_months=6), record()))
    assert why_older(under(risk_limit=0.3), record()) is None


def test_settings_that_no_feature_depends_on_are_not_data() -> None:
    def printed(**settings: object) -> str:
        return data_fingerprint(book().under(book().settings.model_copy(update=settings)))
    assert printed(convention="gainsight", fiscal_year_start=4) == data_fingerprint(book())
    assert printed(renewal_grace_days=30) != data_fingerprint(book())


def test_a_feature_that_is_gone_gives_no_risks_instead_of_wrong_ones() -> None:
    assert record().model is not None
    assert "plan" in {part.feature for part in record().model.parts}
    without = changed(book(), subscriptions=book().tables["subscriptions"].drop(columns="plan"))
    assert restored(without, record()).risks is None
    assert "no longer have everything" in str(why_older(without, record()))


def test_settings_of_another_file_are_left_aside() -> None:
    chosen = ChurnSettings(with_features=("customers.owner", "mrr"), without_features=("customers.mood",))
    assert at_hand(book(), chosen) == ChurnSettings(with_features=("mrr",))


def test_what_there_is_to_learn_from_is_counted_without_training() -> None:
    known, tested = counted(book(), ChurnSettings()), found().evaluation
    assert (known.left, known.trained_left, known.tested_left, known.is_enough) == (
        tested.left, tested.trained_left, tested.tested_left, True)


def test_a_training_beside_the_page_keeps_what_the_same_call_gives() -> None:
    kept_ones: list[ChurnModel] = []
    job = Training(book(), kept_ones.append)
    assert job.wait(PATIENCE)
    assert (job.is_over, job.obstacle, job.share) == (True, None, 1.0)
    assert [one.model for one in kept_ones] == [record().model]


def test_a_cancelled_training_keeps_nothing() -> None:
    kept_ones: list[ChurnModel] = []
    waits, goes_on = threading.Event(), threading.Event()

    def rivals(_rows: object) -> dict[str, np.ndarray]:
        waits.set()
        assert goes_on.wait(PATIENCE)
        return {}
    job = Training(book(), kept_ones.append, rivals)  # type: ignore[arg-type]
    assert waits.wait(PATIENCE)
    job.cancel()
    goes_on.set()
    assert job.wait(PATIENCE)
    assert (job.is_over, job.obstacle, kept_ones) == (True, None, [])


def test_a_label_that_the_data_do_not_have_is_said() -> None:
    chosen = book().settings.model_copy(update={"churn": ChurnSettings(label="cancelled")})
    job = Training(book().under(chosen), [].append)
    assert job.wait(PATIENCE)
    assert "needs a table of cancellations" in str(job.obstacle)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_begins_with_the_highest_risk_and_says_why(language: str) -> None:
    risks = found().risks
    assert risks is not None
    limit = risk_limit(risks)
    frame = ranking(risks, limit, language)  # type: ignore[arg-type]
    assert len(frame) == len(risks.customer)
    assert frame["risk"].is_monotonic_decreasing
    assert frame["why"].iloc[0].startswith("↑\N{NO-BREAK SPACE}")
    high = frame["risk"] >= limit
    assert (frame["change"][~high] != frame["change"].iloc[0]).all()
    assert frame["change"].iloc[0].endswith("%")
    by_id = risk_of(risks)
    assert by_id[frame["customer_id"].iloc[0]] == pytest.approx(risks.risk.max())


def test_the_table_of_the_test_names_every_way_of_foreseeing() -> None:
    table = score_table(found().evaluation, "en")
    assert table["Tested"].tolist() == ["The model", "Everybody the same (base rate)", "Tenure alone"]
    assert table["ROC AUC"].iloc[1] == "0.50 (0.50 – 0.50)"
