"""A file that takes long: the page shows how far it is, keeps it when it is read, and drops it when it is cancelled."""

from __future__ import annotations

import sys
import threading

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cs_kpi.ingest import jobs
from cs_kpi.ingest.parsing import guard
from cs_kpi.workspace import Workspace
from tests.ingest.given import workbook
from tests.test_pages import APP, texts

LEDGER = workbook(["Customer ID", "MRR", "Start date"], ["A", 100, "2024-01-01"], ["B", 50, "2024-02-01"])


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is worth watching, and none is left from another test."""
    st.cache_resource.clear()
    monkeypatch.setattr(jobs, "WORTH_WATCHING", 0.0)


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def given(name: str = "ledger.xlsx") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    return app.file_uploader[0].set_value([(name, LEDGER, "")]).run()


def until_read() -> None:
    for thread in threading.enumerate():
        if thread.name == "reading a file":
            thread.join(60)


def test_a_long_file_is_there_when_it_is_read(work: Workspace) -> None:
    app = given()
    until_read()
    app.run()
    assert not app.exception
    assert [file.name for file in work.files()] == ["ledger.xlsx"]
    assert app.metric[0].value == "2"
    assert not [one for one in app.button if one.label == "Cancel"]


def test_it_is_kept_even_when_the_page_is_closed_meanwhile(work: Workspace) -> None:
    given()
    until_read()
    assert [file.name for file in work.files()] == ["ledger.xlsx"]
    again = AppTest.from_file(APP, default_timeout=60).run()
    assert not again.exception
    assert again.metric[0].value == "2"


def test_cancelled_it_leaves_nothing_and_can_be_chosen_again(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    command = guard.COMMAND
    monkeypatch.setattr(guard, "COMMAND", [sys.executable, "-c", "import time; time.sleep(99)"])
    app = given()
    assert "Reading ledger" in str(app.get("progress")[0].proto)
    another_window = AppTest.from_file(APP, default_timeout=60).run()
    assert [one.label for one in another_window.button if one.label == "Cancel"] == ["Cancel"]
    next(one for one in app.button if one.label == "Cancel").click().run()
    until_read()
    app.run()
    assert not app.exception
    assert work.files() == []
    assert "was cancelled" in texts(app)
    monkeypatch.setattr(guard, "COMMAND", command)
    app.file_uploader[0].set_value([("ledger.xlsx", LEDGER, "")]).run()
    until_read()
    app.run()
    assert [file.name for file in work.files()] == ["ledger.xlsx"]


def test_forgetting_everything_stops_what_is_being_read(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    work.add_file("a.csv", b"customer_id,mrr,start_date\nA,1,2024-01-01\n", by="")
    monkeypatch.setattr(guard, "COMMAND", [sys.executable, "-c", "import time; time.sleep(99)"])
    app = given().switch_page("pages/settings.py").run()
    app.checkbox(key="forget-sure").check().run()
    app.button(key="forget").click().run()
    until_read()
    assert not app.exception
    assert work.files() == []
