"""A newer export of a table that is loaded: asked about on the data page, each answer in force at once and for ever."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.workspace import Workspace
from tests.test_pages import APP, LEDGER, texts

NEWER = LEDGER + "Z99,株式会社99,A,500,2024/4/1,\n"
REPLACE, MERGE, APPEND = "replace", "merge", "append"


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    """A ledger of 40 rows, and one with the same rows and another."""
    work = Workspace(workspace_url)
    work.add_file("契約.csv", LEDGER.encode("cp932"), by="")
    work.add_file("契約_新.csv", NEWER.encode("cp932"), by="")
    return work


def opened() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    return app


def asked(app: AppTest):
    return next(one for one in app.radio if str(one.key).startswith("version-"))


def rows(app: AppTest) -> str:
    return str(next(one for one in app.metric if one.label == "Subscriptions").value)


def test_the_likelier_reading_is_in_force_and_says_how_many_rows(work: Workspace) -> None:
    app = opened()
    assert "40 of its 40 rows stand in both" in texts(app)
    assert (asked(app).value, rows(app)) == (REPLACE, "41")


@pytest.mark.parametrize(("answer", "count"), [(REPLACE, "41"), (MERGE, "41"), (APPEND, "81")])
def test_each_answer_is_in_force_at_once_and_kept(work: Workspace, answer: str, count: str) -> None:
    app = opened()
    if answer == REPLACE:
        next(one for one in app.button if str(one.key).startswith("confirm-version-")).click().run()
    else:
        asked(app).set_value(answer).run()
    assert not app.exception
    assert rows(app) == count
    again = opened()
    assert (asked(again).value, rows(again)) == (answer, count)
    assert not [one for one in again.button if str(one.key).startswith("confirm-version-")]


def test_a_file_that_was_set_aside_is_kept_and_can_be_brought_back(work: Workspace) -> None:
    app = opened()
    assert [file.name for file in work.files()] == ["契約.csv", "契約_新.csv"]
    [sheets] = [frame.value for frame in app.dataframe if "Understood as" in frame.value.columns]
    assert sheets["Understood as"].str.startswith("Set aside for 契約_新.csv").tolist() == [True, False]
    asked(app).set_value(APPEND).run()
    asked(app).set_value(REPLACE).run()
    assert rows(app) == "41"


def test_which_one_is_newer_can_be_turned_round(work: Workspace) -> None:
    app = opened()
    next(one for one in app.button if "is the newer one" in one.label).click().run()
    assert not app.exception
    assert rows(app) == "40"
    assert "looks like a newer export of" in texts(app)


def test_what_the_newer_file_changed_is_counted_and_named(work: Workspace) -> None:
    app = opened()
    titles = [one.label.replace("\\", "") for one in app.expander]
    assert any("customers added: 1, no longer in the data: 0, with another MRR: 0" in title for title in titles)
    named = [frame.value for frame in app.dataframe if "Change" in frame.value.columns]
    assert [list(frame["Customer name"]) for frame in named] == [["株式会社99"]]


def test_several_pairs_are_confirmed_at_once(work: Workspace) -> None:
    work.add_file("契約_最新.csv", (NEWER + "Z98,株式会社98,A,500,2024/5/1,\n").encode("cp932"), by="")
    app = opened()
    assert rows(app) == "42"
    app.button(key="confirm-versions").click().run()
    assert not app.exception
    assert not [one for one in app.button if str(one.key).startswith("confirm-version-")]
    assert rows(app) == "42"


def test_other_rows_are_appended_and_nobody_is_asked(workspace_url: str) -> None:
    work = Workspace(workspace_url)
    work.add_file("ledger_2024-04.csv", LEDGER.encode("cp932"), by="")
    work.add_file("ledger_2024-05.csv", LEDGER.replace("\nC", "\nD").encode("cp932"), by="")
    app = opened()
    assert rows(app) == "80"
    assert not [one for one in app.radio if str(one.key).startswith("version-")]
