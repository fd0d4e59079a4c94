"""A number that may be left open is open again once its field is emptied; it does not become the least one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.settings import Settings
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, keep_ledger, speak


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    work = Workspace(workspace_url)
    speak(work, "en")
    keep_ledger(work)
    return work


def saved(work: Workspace) -> Settings:
    found = work.load(Settings, "settings")
    assert found is not None
    return found


def entered(page: str, field: str, value: float | None, section: str = "") -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    if section:
        app.session_state[section] = "settings"
    app = app.run().switch_page(page).run()
    app.number_input(key=field).set_value(value).run()
    assert not app.exception


def test_an_emptied_margin_counts_the_whole_revenue_again(work: Workspace) -> None:
    entered("pages/settings.py", "set-margin", 80.0)
    assert saved(work).gross_margin == Decimal("0.8")
    entered("pages/settings.py", "set-margin", None)
    assert saved(work).gross_margin is None


def test_an_emptied_limit_of_risk_is_twice_the_mean_again(work: Workspace) -> None:
    entered("pages/risk.py", "risk-limit", 30.0, "risk")
    assert saved(work).churn.risk_limit == 0.3
    entered("pages/risk.py", "risk-limit", None, "risk")
    assert saved(work).churn.risk_limit is None
