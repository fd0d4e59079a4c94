"""The what-if page without a browser: what is moved, picked and put in stays, and what cannot be projected says why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.settings import Preferences, Settings
from cs_kpi.targets.entries import today
from cs_kpi.targets.forecast import forecast, ground
from cs_kpi.targets.scenario import Change, Goal, Scenario, ThePlan, link, linked
from cs_kpi.workspace import Workspace
from tests.churn.given import planted
from tests.pages.test_risk import keep, trained
from tests.pages.test_risk import opened as risk_page
from tests.targets.given import lively

APP = str(Path(__file__).parents[2] / "app.py")
PAGE = "pages/targets.py"
HEADERS = {"subscriptions": {"customer_id": "Customer ID", "plan": "Plan", "start_date": "Start date",
                             "end_date": "End date", "mrr": "MRR"},
           "customers": {"customer_id": "Customer ID", "onboarding_completed_on": "Onboarding completed on"}}
GOAL = Goal(kpi="mrr", value=25_000, month="2025-05")


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    whole, work = lively(), Workspace(workspace_url)
    for name, columns in HEADERS.items():
        text = whole.tables[name][list(columns)].rename(columns=columns).to_csv(index=False)
        work.add_file(f"{name}.csv", text.encode(), by="")
    work.save(Settings(as_of=whole.settings.as_of, onboarding_days=45), "settings", by="")
    return work


def opened(scenario: Scenario | str | None = None, tab: str = "", **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.session_state["targets"] = tab or "whatif"
    if scenario is not None:
        query["scenario"] = scenario if isinstance(scenario, str) else link(scenario)
    for name, value in query.items():
        app.query_params[name] = value
    return checked(app.switch_page(PAGE).run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def tried(app: AppTest) -> Scenario:
    """The scenario that the address carries."""
    said = app.query_params["scenario"]
    return linked(said if isinstance(said, str) else said[0])


def texts(app: AppTest) -> str:
    return "\n".join(str(one.value) for block in (app.markdown, app.caption, app.info, app.subheader) for one in block)


def now(elements, key: str):
    """The widget of a key as it stands: one that shows what another one changed has begun anew."""
    return next(one for one in elements if one.key == key or one.key.startswith(f"{key}-"))


def metrics(app: AppTest) -> list[str]:
    return [one.value for one in app.metric]


def test_a_slider_and_its_field_are_one_driver(work: Workspace) -> None:
    app = opened(Scenario(name="x", goal=GOAL))
    before = metrics(app)
    app.slider(key="plan-churn-slider").set_value(1.0)
    checked(app.run())
    assert now(app.text_input, "plan-churn-field").value == "1.00%"
    assert tried(app).changes == (Change(driver="churn", value=0.01),)
    assert metrics(app)[1] != before[1]
    now(app.text_input, "plan-churn-field").set_value("1.5")
    checked(app.run())
    assert now(app.slider, "plan-churn-slider").value == 1.5
    assert now(app.text_input, "plan-churn-field").value == "1.50%"
    app.button(key="plan-reset").click()
    assert tried(checked(app.run())).changes == ()
    assert metrics(app) == before


def test_a_field_that_cannot_be_read_says_so_and_changes_nothing(work: Workspace) -> None:
    app = opened(Scenario(name="x"))
    before = now(app.text_input, "plan-churn-field").value
    now(app.text_input, "plan-churn-field").set_value("150%")
    app.run()
    assert "is more than all" in app.error[0].value
    assert now(app.text_input, "plan-churn-field").value == before
    now(app.text_input, "plan-churn-field").set_value("*0.5")
    assert tried(checked(app.run())).value("churn") == pytest.approx(float(before.rstrip("%")) / 200, rel=0.01)
    now(app.text_input, "plan-churn-field").set_value("")
    assert tried(checked(app.run())).changes == ()


def test_a_slider_keeps_its_end_while_it_is_moved(work: Workspace) -> None:
    """Another end would be another slider, in the middle of a drag."""
    app = opened(Scenario(name="x", changes=(Change(driver="churn", value=0.2),)))
    assert app.slider(key="plan-churn-slider").max == 20
    app.slider(key="plan-churn-slider").set_value(3.0)
    checked(app.run())
    assert app.slider(key="plan-churn-slider").max == 20


def test_an_echo_of_what_a_field_showed_does_not_throw_the_slider_back(work: Workspace) -> None:
    """A browser that is behind sends with the slider what it still shows in the field."""
    app = opened(Scenario(name="x"))
    field = app.text_input(key="plan-churn-field")
    for step in (1.0, 0.9, 0.8):
        app.slider(key="plan-churn-slider").set_value(step)
        checked(app.run())
        assert tried(app).value("churn") == pytest.approx(step / 100)
        assert now(app.text_input, "plan-churn-field").key != field.key
        field = now(app.text_input, "plan-churn-field")


def test_a_browser_that_is_behind_does_not_undo_a_move(work: Workspace) -> None:
    """While one run writes the address, the next move may come in with the address from before."""
    app = opened(Scenario(name="x"))
    behind = app.query_params["scenario"]
    app.slider(key="plan-churn-slider").set_value(1.0)
    checked(app.run())
    app.query_params["scenario"] = behind
    app.slider(key="plan-churn-slider").set_value(0.5)
    checked(app.run())
    assert tried(app).changes == (Change(driver="churn", value=0.005),)
    app.query_params["scenario"] = link(Scenario(name="of a colleague"))
    assert tried(checked(app.run())).name == "of a colleague"


def test_a_segments_driver_is_its_own(work: Workspace) -> None:
    app = opened(Scenario(name="x", field="plan"))
    app.selectbox(key="plan-segment-plan-en").set_value("Basic")
    checked(app.run())
    app.slider(key="plan-churn-of-Basic-slider").set_value(0.5)
    assert tried(checked(app.run())).changes == (Change(driver="churn", segment="Basic", value=0.005),)
    app.selectbox(key="plan-field-en").set_value("")
    assert tried(checked(app.run())).changes == ()  # a segment's change goes with its field


def test_a_question_of_the_meeting_is_answered_by_one_pick(work: Workspace) -> None:
    app = opened(Scenario(name="As it is"))
    now(app.selectbox, "plan-ask-en").set_value("churn|onboarding|not_completed")
    checked(app.run())
    found = tried(app)
    before = forecast(ground(lively(), "onboarding"), Scenario(name="x", field="onboarding"))
    half = today(before.ground, "churn", "not_completed") / 2
    assert (found.field, found.name) == ("onboarding", "Half the churn of customers that never finished onboarding")
    assert found.changes == (Change(driver="churn", segment="not_completed", value=round(half, 6)),)
    assert "plan-churn-of-not_completed-slider" in [one.key for one in app.slider]
    assert now(app.selectbox, "plan-ask-en").value is None


def test_what_is_changed_is_not_called_as_it_is(work: Workspace) -> None:
    app = opened()
    app.button(key="plan-save").click()
    assert checked(app.run()).button(key="plan-save").disabled
    app.slider(key="plan-churn-slider").set_value(1.0)
    checked(app.run())
    assert tried(app).name == app.text_input(key="plan-name").value == "New scenario"
    assert not app.button(key="plan-save").disabled


def test_other_data_is_projected_anew(work: Workspace) -> None:
    before = metrics(opened(Scenario(name="same", goal=GOAL)))
    settings = work.load(Settings, "settings")
    work.save(settings.model_copy(update={"as_of": dt.date(2024, 3, 31)}), "settings", by="")
    assert metrics(opened(Scenario(name="same", goal=GOAL))) != before


def test_onboarding_has_a_strength_that_can_be_edited(work: Workspace) -> None:
    app = opened(Scenario(name="x", changes=(Change(driver="onboarding", value=1.0),)))
    before = metrics(app)
    app.slider(key="plan-strength").set_value(100)
    checked(app.run())
    assert tried(app).strength == 1
    assert metrics(app) != before
    assert "100% of this difference is taken to be caused" in texts(app).replace("\\", "")


def test_an_answer_is_put_in(work: Workspace) -> None:
    app = opened(Scenario(name="x", goal=GOAL))
    app.button(key="plan-take-mix").click()
    checked(app.run())
    assert {one.driver for one in tried(app).changes} >= {"new", "churn"}
    assert "is reached" in texts(app)


def test_a_new_goal_begins_a_tenth_above_what_is_expected(work: Workspace) -> None:
    app = opened(Scenario(name="x"))
    app.selectbox(key="plan-goal-kpi-en").set_value("customers")
    goal = tried(checked(app.run())).goal
    assert goal is not None
    assert (goal.kpi, goal.month) == ("customers", "2025-05")
    app.selectbox(key="plan-goal-kpi-en").set_value("")
    assert tried(checked(app.run())).goal is None


def test_a_goal_is_typed_as_people_write_it(work: Workspace) -> None:
    app = opened(Scenario(name="x", goal=GOAL))
    assert now(app.text_input, "plan-goal-value").value == "25,000"
    now(app.text_input, "plan-goal-value").set_value("¥3万")
    goal = tried(checked(app.run())).goal
    assert goal is not None
    assert (goal.value, now(app.text_input, "plan-goal-value").value) == (30_000, "30,000")
    now(app.text_input, "plan-goal-value").set_value("*2")
    app.run()
    assert "cannot be a goal" in app.error[0].value
    assert now(app.text_input, "plan-goal-value").value == "30,000"


def test_a_driver_that_would_have_to_be_better_than_ever_is_no_answer(work: Workspace) -> None:
    app = opened(Scenario(name="x", goal=Goal(kpi="mrr", value=60_000, month="2024-12")))
    assert "Reactivation a month: not by this alone." in texts(app).replace("\\", "")
    assert "plan-take-reactivation" not in [one.key for one in app.button]


def test_a_link_that_asks_for_more_than_there_is_shows_the_rest(work: Workspace) -> None:
    asked = Scenario(name="x", field="plan", goal=Goal(kpi="mrr", value=1, month="2020-01"), changes=(
        Change(driver="churn", segment="Gold", value=0.1), Change(driver="churn", segment="Basic", value=0.01)))
    app = opened(asked)
    assert tried(app).changes == (Change(driver="churn", segment="Basic", value=0.01),)
    assert tried(app).goal is None
    assert "left out" in app.toast[0].value
    assert tried(app).field == "plan"
    broken = opened('{"name"')
    assert "cannot be read" in broken.toast[0].value


def test_the_plan_is_what_opens(work: Workspace) -> None:
    work.save(Scenario(name="Ours", changes=(Change(driver="churn", value=0.01),)), "ours", by="")
    work.save(ThePlan(scenario="ours"), "the-plan", by="")
    assert opened().slider(key="plan-churn-slider").value == 1.0


@pytest.mark.parametrize("language", ["en", "ja"])
def test_tree_and_scenarios_are_there_in_both_languages(work: Workspace, language: str) -> None:
    work.save(Preferences(language=language), "preferences", by="")  # type: ignore[arg-type]
    for name in ("One", "Two"):
        work.save(Scenario(name=name, goal=GOAL, months=24), name.casefold(), by="")
    app = opened(Scenario(name="x", field="plan"), tab="tree")
    assert {"Basic", "Pro"} <= {cell.strip() for cell in app.table[0].value.iloc[:, 0]}
    app = opened(tab="scenarios")
    compared = app.dataframe[-1].value
    assert list(compared.columns[2:]) == ["One", "Two"]
    assert compared.iloc[-1, 1:].tolist()[0] == "—"  # today's rates have no goal


def test_the_meeting_view_has_the_sliders_and_the_chance(work: Workspace) -> None:
    app = opened(Scenario(name="x", goal=GOAL), meeting="1")
    assert [one.key for one in app.slider] == [f"plan-{name}-slider" for name in (
        "new", "expansion", "contraction", "churn", "reactivation", "onboarding")]
    assert len(app.tabs) == 0
    assert "50% of the difference in churn is caused by onboarding" in texts(app).replace("\\", "")
    app.button(key="meeting-off").click()
    assert len(checked(app.run()).tabs) >= 3


def test_a_list_without_dates_says_why_not(workspace_url: str) -> None:
    rows = "".join(f"C{n},{1000 + n},{'Yes' if n % 4 == 0 else 'No'},{n + 1}\n" for n in range(40))
    Workspace(workspace_url).add_file("telco.csv", f"customerID,MonthlyCharges,Churn,tenure\n{rows}".encode(), by="")
    assert "this list has no dates" in opened().info[0].value


def test_names_to_keep_ask_for_a_model_that_is_believed(work: Workspace) -> None:
    app = opened(Scenario(name="x", goal=GOAL))
    assert "Whom to keep, by name" in [one.label for one in app.expander]
    app.session_state["plan-whom-en"] = True
    checked(app.run())
    assert "Names take a churn model that can be believed" in texts(app)


def test_names_to_keep_come_from_the_model_the_highest_risk_first(workspace_url: str, tmp_path: Path) -> None:
    work = Workspace(workspace_url)
    work.save(Preferences(language="en"), "preferences", by="")
    keep(work, planted(300, 24).book, tmp_path)
    trained(risk_page(), work)
    goal = Goal(kpi="customer_churn_rate", value=0.001, month="2025-06")
    app = opened(Scenario(name="x", goal=goal))
    app.session_state["plan-whom-en"] = True
    checked(app.run())
    risks = next(one.value["Risk"].tolist() for one in app.dataframe if "Risk" in one.value)
    assert risks == sorted(risks, reverse=True)
    assert "customers are at high risk today" in texts(app)
