"""The risk page: the verdict first, training on a button, kept over a new server, older than its data, insisted on."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cs_kpi.book import Book
from cs_kpi.churn.kept import ChurnModel
from cs_kpi.churn.risk import Outlook, outlook
from cs_kpi.health_rules import HealthVersion
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace
from tests.churn.given import listed, planted, silent
from tests.health.given import configuration
from tests.test_cli_risk import files
from tests.test_pages import APP, speak

PAGE = "pages/risk.py"
PATIENCE = 120


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    work = Workspace(workspace_url)
    speak(work, "en")
    return work


def keep(work: Workspace, book: Book, folder: Path) -> None:
    for file in files(folder, book):
        work.add_file(Path(file).name, Path(file).read_bytes(), by="")


def opened(section: str = "") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=90).run()
    if section:
        app.session_state["risk"] = section
    return checked(app.switch_page(PAGE).run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def trained(app: AppTest, work: Workspace) -> AppTest:
    """The page after a training that its button began."""
    before = work.signatures(ChurnModel)
    app.button(key="train").click().run()
    end = time.monotonic() + PATIENCE
    while work.signatures(ChurnModel) == before and time.monotonic() < end:
        time.sleep(0.2)
    return checked(app.run())


def texts(app: AppTest) -> str:
    blocks = [*app.success, *app.warning, *app.info, *app.caption, *app.markdown]
    return "\n".join(str(one.value) for one in blocks).replace("\\", "")


def test_a_model_is_trained_listed_and_there_again_on_a_new_server(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    app = opened()
    assert "No model has been trained yet" in texts(app)
    app = trained(app, work)
    assert app.success[0].value.startswith("**This model can be believed")
    assert "Of the 20 customers it called riskiest" in texts(app)
    first = app.dataframe[0].value
    assert list(first.columns) == ["Customer ID", "Customer name", "Risk", "MRR", "Why", "What would change it"]
    st.cache_resource.clear()
    again = opened()
    assert again.button(key="train").label == "Train again"
    assert again.dataframe[0].value.equals(first)


def test_another_customer_can_be_asked_for(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    app = trained(opened(), work)
    picker = app.selectbox(key="risk-customer-en")
    last = app.dataframe[0].value["Customer ID"].iloc[-1]
    picker.set_value(last).run()
    assert not app.exception
    assert "below the limit" in texts(app)
    assert app.session_state["risk-customer"] == last


def test_too_few_are_counted_without_training(work: Workspace, tmp_path: Path) -> None:
    keep(work, silent(0, customers=40, months=12), tmp_path)
    app = opened()
    assert "**No model: too few customers left" in texts(app)
    assert "where 20 are needed" in texts(app)
    assert [one.key for one in app.button if one.key == "train"] == []
    assert work.all(ChurnModel) == {}


def test_without_signal_nobody_is_listed_unless_asked_and_health_can_be_told_to_insist(
        work: Workspace, tmp_path: Path) -> None:
    keep(work, silent(0, customers=200, months=18), tmp_path)
    work.save(Settings(health=configuration(("churn_risk", 1, 0, 1), ("use_level", 0, 20, 1))), "settings", by="")
    app = trained(opened(), work)
    assert "**Not to be believed: who leaves cannot be told" in texts(app)
    assert len(app.dataframe) == 0
    app.toggle(key="list-nevertheless").set_value(True).run()
    assert len(checked(app).dataframe[0].value) > 20
    app.toggle(key="insist-on-risk").set_value(True).run()
    assert any("counts a risk that its own test does not support" in one.value for one in checked(app).warning)
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.health is not None
    assert saved.health.insists_on_risk is True
    assert [one.configuration.insists_on_risk for one in work.all(HealthVersion).values()] == [False, True]


def test_changed_settings_are_saved_and_ask_for_a_new_training(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    app = trained(opened("settings"), work)
    assert not any("Train it again" in one.value for one in app.warning)
    picked = app.multiselect(key="risk-features-use-en")
    picked.set_value([id for id in picked.value if id != "use_recency"]).run()
    assert any("settings of the model have changed" in one.value for one in checked(app).warning)
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.churn.without_features == ("use_recency",)
    app = trained(app, work)
    kept = work.load(ChurnModel, "churn")
    assert kept is not None
    assert "use_recency" not in kept.features
    assert "use_level" in kept.features
    back = app.multiselect(key="risk-features-use-en")
    back.set_value([*back.value, "use_recency"]).run()
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.churn.without_features == ()


def test_newer_data_say_until_when_the_model_was_trained(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    trained(opened(), work)
    work.add_file("more.csv", b"Customer ID,Usage date,Usage count\nC0001,2025-01-09,4\n", by="")
    said = texts(opened())
    assert "Trained on data until 2024-12" in said
    assert "the data now reach to 2025-01-09" in said


def test_a_label_without_its_table_is_said_and_can_be_changed_back(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    work.save(Settings.model_validate({"churn": {"label": "cancelled"}}), "settings", by="")
    app = opened()
    assert "needs a table of cancellations" in texts(app)
    app.selectbox(key="risk-label-en").set_value("left").run()
    assert "No model has been trained yet" in texts(checked(app))


def test_leaking_columns_of_a_list_without_dates_are_named_and_left_out(work: Workspace) -> None:
    work.add_file("list.csv", listed().to_csv(index=False).encode(), by="")
    said = texts(trained(opened(), work))
    for column in ("Situation", "Churn Score", "Last impression", "Churn Reason"):
        assert f"'{column}'" in said
    assert "This list has no dates" in said


def test_the_list_of_falling_use_shows_a_risk_that_can_be_believed(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    columns = []
    for _turn in range(2):
        app = AppTest.from_file(APP, default_timeout=90).run().switch_page("pages/engagement.py").run()
        app = checked(app.segmented_control(key="fall-days").set_value(90).run())
        columns.append(next(one.value.columns.tolist() for one in app.dataframe if "Uses before" in one.value))
        if not work.all(ChurnModel):
            trained(opened(), work)
    assert set(columns[1]) - set(columns[0]) == {"Churn risk"}


def test_forgetting_everything_stops_a_training_that_is_under_way(
        work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    begun, goes_on, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(book: Book, *rest: Any) -> Outlook:
        begun.set()
        assert goes_on.wait(PATIENCE)
        ended.set()
        return outlook(book, *rest)
    monkeypatch.setattr("cs_kpi.churn.training.outlook", slow)
    app = opened()
    app.button(key="train").click().run()
    assert begun.wait(PATIENCE)
    job = next(one for one in threading.enumerate() if one.name == "training a churn model")
    settings = AppTest.from_file(APP, default_timeout=90).run().switch_page("pages/settings.py").run()
    settings.checkbox(key="forget-sure").set_value(True).run()
    settings.button(key="forget").click().run()
    goes_on.set()
    assert ended.wait(PATIENCE)
    job.join(PATIENCE)
    assert work.all(ChurnModel) == {}


def test_names_are_hidden_everywhere_on_the_page(work: Workspace, tmp_path: Path) -> None:
    keep(work, planted(300, 24).book, tmp_path)
    trained(opened(), work)
    work.save(Preferences(language="en", hides_names=True), "preferences", by="")
    app = opened()
    assert "Customer ID" not in app.dataframe[0].value
    assert all(name.startswith("Customer ") for name in app.dataframe[0].value["Customer name"])
    assert all(option.startswith("Customer ") for option in app.selectbox(key="risk-customer-en").options)


@pytest.mark.parametrize(("section", "words"), [
    ("customers", "社のリスクが高くなっています"), ("test", "Brierスキル"), ("settings", "モデルが使う項目")])
def test_every_section_opens_in_japanese(work: Workspace, tmp_path: Path, section: str, words: str) -> None:
    speak(work, "ja")
    keep(work, planted(300, 24).book, tmp_path)
    trained(opened(), work)
    said = texts(opened(section))
    assert "このモデルは信頼できます" in said
    assert words in said
