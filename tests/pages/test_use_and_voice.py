"""Engagement and Voice: what is picked counts, and what is missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.samples import sample
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace

APP = str(Path(__file__).parents[2] / "app.py")
LEDGER = "Customer ID,Start date,End date,MRR\n" + "".join(
    f"C{number:02d},2023-{number % 12 + 1:02d}-01,,100\n" for number in range(1, 31))


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    kept = Workspace(workspace_url)
    kept.save(Preferences(language="en"), "preferences", by="")
    return kept


def opened(path: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=90).run().switch_page(path).run()
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize(("path", "words"), [
    ("pages/engagement.py", "table 'Usage' with Date of use, User ID, Feature"),
    ("pages/voice.py", "table 'Surveys' with Answered on, Score, Comment")])
def test_a_book_of_contracts_alone_names_what_would_bring_the_page(work: Workspace, path: str, words: str) -> None:
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    assert words in opened(path).info[0].value


def test_the_other_survey_and_another_horizon_can_be_picked(work: Workspace) -> None:
    work.add_file(*sample("en", "tidy"), by="")
    app = opened("pages/voice.py")
    app.segmented_control(key="kind").set_value("ttm").run()
    app.segmented_control(key="survey-en").set_value("csat").run()
    assert not app.exception
    assert any("Satisfied" in tab.label for tab in app.tabs)
    app.segmented_control(key="after-months").set_value(12).run()
    assert not app.exception


def test_a_period_without_answers_says_when_the_last_one_was(work: Workspace) -> None:
    answers = "Customer ID,Answered on,NPS\n" + "".join(f"C{number:02d},2023-12-05,9\n" for number in range(1, 31))
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    work.add_file("nps.csv", answers.encode(), by="")
    app = opened("pages/voice.py")
    app.selectbox(key="period").set_value("2023-11").run()
    assert "Nobody has answered up to this period." in [one.value for one in app.info]


def test_one_click_leads_to_the_period_of_the_last_answers(work: Workspace) -> None:
    answers = "Customer ID,Answered on,NPS\n" + "".join(f"C{number:02d},2023-08-05,9\n" for number in range(1, 9))
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    work.add_file("nps.csv", answers.encode(), by="")
    app = opened("pages/voice.py")
    assert app.selectbox(key="period").value == "2023-11"
    assert "Nobody answered in Nov 2023; the last answer is of 2023-08-05." in [one.value for one in app.info]
    app.button(key="to-last-answers").click().run()
    assert not app.exception
    assert app.selectbox(key="period").value == "2023-08"
    assert [tab.label for tab in app.tabs if "Promoters" in tab.label and tab.label.endswith(": 8")]
    assert not [one for one in app.button if one.key == "to-last-answers"]


def test_limits_of_the_nps_are_points_and_no_percent(work: Workspace) -> None:
    """Shares are shown times a hundred; the NPS and its limits are points already."""
    work.add_file(*sample("en", "tidy"), by="")
    app = opened("pages/voice.py")
    app.segmented_control(key="kind").set_value("ttm").run()
    [frame] = [one.value for one in app.dataframe if "95% from" in one.value and "NPS" in one.value]
    assert ((frame["95% from"] <= frame["NPS"]) & (frame["NPS"] <= frame["95% to"]))[frame["NPS"].notna()].all()
    assert frame[["95% from", "95% to"]].abs().max().max() > 1
    app.segmented_control(key="survey-en").set_value("csat").run()
    [frame] = [one.value for one in app.dataframe if "95% from" in one.value and "CSAT" in one.value]
    assert frame["CSAT"].max() > 1
    assert ((frame["95% from"] <= frame["CSAT"]) & (frame["CSAT"] <= frame["95% to"]))[frame["CSAT"].notna()].all()


def test_the_days_compared_can_be_changed(work: Workspace) -> None:
    work.add_file(*sample("en", "tidy"), by="")
    app = opened("pages/engagement.py")
    app.segmented_control(key="fall-days").set_value(90).run()
    assert not app.exception
    assert any("The last 90 days" in one.value for one in app.caption)
