"""The page that compares definitions: two of them, and the figures of another tool."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.kpi.explained import OutsideFigures
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, keep_ledger, texts

STRIPE = b"Month,Churn rate,Note\n2023-11,0.0%,\n2023-12,0.0%,x\n"
KEY = "customer_churn_rate:month"


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    found = Workspace(workspace_url)
    keep_ledger(found)
    return found


def compare(**address: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update(address)
    return app.run().switch_page("pages/compare.py").run()


def box(app: AppTest, label: str):
    return next(one for one in app.selectbox if one.label == label)


def test_two_definitions_stand_side_by_side_with_the_customers_between_them(work: Workspace) -> None:
    """All months have starts, so Stripe's base is wider: its denominator names the new customers."""
    app = compare(kind="month", period="2023-12", kpi="customer_churn_rate")
    assert not app.exception
    assert [one.label for one in app.metric] == ["Default (handbook)", "Stripe"]
    [shown] = [one.value for one in app.dataframe if "Denominator: Stripe" in one.value.columns]
    assert len(shown) > 1
    assert set(shown["Denominator: Default (handbook)"]) == {0}
    assert f"Customers counted differently: {len(shown)}" in texts(app).replace("\\", "")


def test_the_pair_and_the_kpi_are_picked_and_in_the_address(work: Workspace) -> None:
    app = compare()
    box(app, "Second definition").set_value("baremetrics").run()
    assert [one.label for one in app.metric] == ["Default (handbook)", "Baremetrics"]
    assert app.query_params["other"] == "baremetrics"
    box(app, "KPI").set_value("nrr").run()
    assert not app.exception
    assert [one.label for one in app.metric] == ["Default (handbook)", "ChartMogul"]
    assert app.query_params["kpi"] == "nrr"


def test_a_kpi_that_all_define_alike_says_so(work: Workspace) -> None:
    app = compare(kpi="mrr")
    assert not app.exception
    assert any("defines MRR alike" in one.value for one in app.info)


def test_an_unknown_kpi_in_a_link_opens_the_usual_one(work: Workspace) -> None:
    app = compare(kpi="nonsense", one="<b>", other="?")
    assert not app.exception
    assert box(app, "KPI").value == "customer_churn_rate"


def test_uploaded_figures_are_kept_explained_cleared_and_put_back(work: Workspace) -> None:
    app = compare(kind="month", period="2023-12")
    app.file_uploader[0].set_value([("stripe.csv", STRIPE, "text/csv")]).run()
    assert not app.exception
    kept = work.load(OutsideFigures, KEY)
    assert kept == OutsideFigures(figures={"2023-11": 0.0, "2023-12": 0.0}, written_in="percent",
                                  source="stripe.csv › Churn rate")
    assert any("up to rounding, in every period given" in one.value for one in app.info)
    again = compare(kind="month", period="2023-12")
    assert any("up to rounding, in every period given" in one.value for one in again.info)
    again.button(key="outside-clear").click().run()
    assert work.load(OutsideFigures, KEY) == OutsideFigures()
    again.button(key="outside-undo").click().run()
    assert not again.exception
    assert work.load(OutsideFigures, KEY) == kept


def test_the_unit_of_the_figures_can_be_corrected(work: Workspace) -> None:
    work.save(OutsideFigures(figures={"2023-12": 0.5}), KEY, by="")
    app = compare(kind="month", period="2023-12")
    box(app, "The figures are written in").set_value("one").run()
    assert not app.exception
    saved = work.load(OutsideFigures, KEY)
    assert saved is not None
    assert saved.written_in == "one"
    [shown] = [one.value for one in app.dataframe if "The other tool" in one.value.columns and len(one.value) == 1]
    assert shown["The other tool"].tolist() == ["50.0%"]


def test_a_file_without_figures_gets_a_sentence_and_nothing_is_lost(work: Workspace) -> None:
    work.save(OutsideFigures(figures={"2023-12": 5.0}), KEY, by="")
    app = compare(kind="month", period="2023-12")
    app.file_uploader[0].set_value([("notes.csv", b"a,b\n1,x\n", "text/csv")]).run()
    assert not app.exception
    assert any("No figures by period" in one.value for one in app.error)
    assert work.load(OutsideFigures, KEY) == OutsideFigures(figures={"2023-12": 5.0})
