"""A correction made on the data page holds for next month's file, says so, and is one click away from the guess."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.workspace import Workspace
from tests.test_pages import APP, LEDGER, texts

FIELD = "Field of 'プラン'"
NEXT = LEDGER.replace("C0", "D0").replace("2023/", "2024/")


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def opened(sheet: int = 0) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    return app.selectbox(key="sheet").set_value(sheet).run() if sheet else app


def field(app: AppTest) -> str:
    return str(next(one for one in app.selectbox if one.label == FIELD).value)


def corrected_april(work: Workspace) -> str:
    """April's ledger, in which the user took the plan for the product."""
    sha = work.add_file("ledger_2024-04.csv", LEDGER.encode("cp932"), by="")
    app = opened()
    next(one for one in app.selectbox if one.label == FIELD).set_value("subscriptions.product").run()
    return sha


def test_the_next_file_is_mapped_like_the_corrected_one_and_says_so(work: Workspace) -> None:
    corrected_april(work)
    work.add_file("ledger_2024-05.csv", NEXT.encode("cp932"), by="")
    app = opened(1)
    assert not app.exception
    assert field(app) == "subscriptions.product"
    assert "Mapped like ledger\\_2024\\-04.csv" in texts(app)


def test_one_click_leads_to_the_guess_and_another_back(work: Workspace) -> None:
    corrected_april(work)
    work.add_file("ledger_2024-05.csv", NEXT.encode("cp932"), by="")
    app = opened(1)
    next(one for one in app.button if one.label == "Back to the app's guess").click().run()
    assert field(app) == "subscriptions.plan"
    next(one for one in app.button if one.label == "Map it like the other sheet").click().run()
    assert not app.exception
    assert field(app) == "subscriptions.product"


def test_removing_the_old_file_loses_nothing(work: Workspace) -> None:
    sha = corrected_april(work)
    work.remove_file(sha)
    work.add_file("ledger_2024-05.csv", NEXT.encode("cp932"), by="")
    assert field(opened()) == "subscriptions.product"


def test_a_guess_is_not_remembered_as_a_correction(work: Workspace) -> None:
    work.add_file("ledger_2024-04.csv", LEDGER.encode("cp932"), by="")
    work.add_file("ledger_2024-05.csv", NEXT.encode("cp932"), by="")
    app = opened(1)
    assert "Mapped like" not in texts(app)
    assert field(app) == "subscriptions.plan"
