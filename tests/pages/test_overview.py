"""The overview: stage presets, a team's own sets, conventions, and segments side by side."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.kpi.presets import OwnSet
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, keep_ledger, texts

SEED = ["ARR", "MRR", "Customer count"]


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    found = Workspace(workspace_url)
    keep_ledger(found)
    return found


@pytest.fixture
def app(work: Workspace) -> AppTest:
    return overview()


def overview(**address: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update(address)
    return app.run().switch_page("pages/overview.py").run()


def box(app: AppTest, label: str):
    return next(one for one in app.selectbox if one.label == label)


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def names(app: AppTest) -> list[str]:
    return [one.label for one in app.metric]


def own(work: Workspace) -> OwnSet:
    [only] = work.all(OwnSet).values()
    return only


def test_a_preset_shows_its_cards_in_its_order_and_is_remembered(app: AppTest, work: Workspace) -> None:
    box(app, "KPIs shown").set_value("seed").run()
    assert not app.exception
    assert names(app) == SEED
    assert app.query_params["set"] == "seed"
    saved = work.load(Preferences, "preferences")
    assert saved is not None
    assert saved.overview == "seed"
    assert names(overview()) == SEED


def test_a_link_opens_its_preset(work: Workspace) -> None:
    app = overview(set="situational")
    assert not app.exception
    assert names(app) == ["LTV", "Upsell rate"]


def test_a_link_to_an_unknown_set_opens_all(work: Workspace) -> None:
    app = overview(set="nonsense")
    assert not app.exception
    assert box(app, "KPIs shown").value == "all"


def test_what_the_data_lacks_is_folded_under_its_reason(app: AppTest) -> None:
    [folded] = [one for one in app.expander if one.label.startswith("KPIs that need more data")]
    said = "\n".join(one.value for one in folded.markdown)
    assert "NPS" in said
    assert "Load a file that has it" in said
    assert "NPS" not in names(app)


def test_an_own_set_is_made_named_ordered_and_shown(app: AppTest, work: Workspace) -> None:
    box(app, "KPIs shown").set_value("seed").run()
    button(app, "Make my own").click().run()
    assert not app.exception
    assert own(work).kpis == ("arr", "mrr", "customers")
    next(one for one in app.text_input if one.label == "Name of the set").set_value("Board").run()
    next(one for one in app.multiselect if one.label == "KPIs").set_value(["arr", "mrr", "customers", "nrr"]).run()
    next(one for one in app.button if (one.help or "").startswith("Move NRR")).click().run()
    next(one for one in app.text_input if one.label == "Own name of MRR").set_value("Monthly fees").run()
    assert not app.exception
    assert own(work) == OwnSet(name="Board", kpis=("arr", "mrr", "nrr", "customers"), names={"mrr": "Monthly fees"})
    assert names(app) == ["ARR", "Monthly fees", "NRR", "Customer count"]
    assert box(app, "KPIs shown").options[-1] == "Board"
    assert names(overview()) == ["ARR", "Monthly fees", "NRR", "Customer count"]


def test_a_deleted_set_can_be_put_back(app: AppTest, work: Workspace) -> None:
    button(app, "Make my own").click().run()
    before = own(work)
    app.button(key="delete-set").click().run()
    assert work.all(OwnSet) == {}
    assert box(app, "KPIs shown").value == "all"
    app.button(key="undo-delete-set").click().run()
    assert not app.exception
    assert own(work) == before
    assert box(app, "KPIs shown").options[-1] == before.name
    assert not [one for one in app.button if one.key == "undo-delete-set"]


def test_the_last_kpi_of_a_set_cannot_be_taken_out(app: AppTest, work: Workspace) -> None:
    button(app, "Make my own").click().run()
    next(one for one in app.multiselect if one.label == "KPIs").set_value([]).run()
    assert not app.exception
    assert own(work).kpis


def test_a_convention_for_the_book_is_named_on_cards_and_beside_the_pickers(app: AppTest, work: Workspace) -> None:
    assert "Convention: Stripe" not in texts(app)
    app = app.switch_page("pages/settings.py").run()
    app.selectbox(key="set-convention-en").set_value("stripe").run()
    assert not app.exception
    app = app.switch_page("pages/overview.py").run()
    assert "Convention: Stripe" in texts(app)
    assert links(app) == ["Convention: Stripe"]


def links(app: AppTest) -> list[str]:
    """What the chips beside the pickers say."""
    return [one.proto.label for one in app.get("page_link") if "onvention" in one.proto.label]


def test_a_convention_for_one_kpi_leaves_the_others(app: AppTest, work: Workspace) -> None:
    app = app.switch_page("pages/settings.py").run()
    box(app, "Customer churn rate").set_value("baremetrics").run()
    assert not app.exception
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert (saved.convention, saved.kpi_conventions) == ("default", {"customer_churn_rate": "baremetrics"})
    app = app.switch_page("pages/overview.py").run()
    assert "Convention: Baremetrics" in texts(app)
    assert links(app) == ["KPIs with a convention of their own: 1"]
    app = app.switch_page("pages/settings.py").run()
    box(app, "Customer churn rate").set_value("").run()
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.kpi_conventions == {}


def test_the_convention_is_switched_in_the_passport_which_opens_again(app: AppTest, work: Workspace) -> None:
    app.button(key="open-customer_churn_rate").click().run()
    box(app, "Convention of this KPI").set_value("stripe").run()
    assert not app.exception
    assert "those that joined in the period" in texts(app)
    assert box(app, "Convention of this KPI").value == "stripe"
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.kpi_conventions == {"customer_churn_rate": "stripe"}


def test_segments_stand_side_by_side_with_their_difference(work: Workspace) -> None:
    app = overview(show="segments", versus="plan", set="series_a", kind="month", period="2024-02")
    assert not app.exception
    [shown] = [one.value for one in app.table]
    assert list(shown.columns)[1:] == ["A", "B", "B against A"]
    next(one for one in app.multiselect).set_value(["B", "A"]).run()
    [shown] = [one.value for one in app.table]
    assert list(shown.columns)[1:] == ["B", "A", "A against B"]
    assert app.query_params["sides"] == '["B", "A"]'
    box(app, "KPI over time").set_value("customer_churn_rate").run()
    assert not app.exception


def test_one_segment_alone_asks_for_another(work: Workspace) -> None:
    app = overview(show="segments", versus="plan")
    next(one for one in app.multiselect).set_value(["B"]).run()
    assert not app.exception
    assert any("at least two" in one.value for one in app.info)


@pytest.mark.parametrize("sides", ["nonsense", "{}", '["Z"]', "[1, 2]"])
def test_a_link_with_unknown_segments_shows_the_largest(work: Workspace, sides: str) -> None:
    app = overview(show="segments", versus="plan", sides=sides)
    assert not app.exception
    assert next(one for one in app.multiselect).value == ["A", "B"]
