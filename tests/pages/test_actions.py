"""The actions page without a browser: what is started, ticked, put off, edited and saved is there afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.actions.goals import ActivityGoal
from cs_kpi.actions.records import Action, Playbook, Run, Snooze
from cs_kpi.actions.touch import TouchModel
from cs_kpi.exit_reasons import ExitReason
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, keep_ledger, speak, texts

TODAY = dt.date.today()


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def on(work: Workspace, section: str, language: str = "en") -> AppTest:
    """The page with one section open, on the sample."""
    work.save(Preferences(language=language, display_name="Sato"), "preferences", by="")  # type: ignore[arg-type]
    if not work.files():
        work.add_file(*sample(language, "tidy"), by="")  # type: ignore[arg-type]
    return opened(section)


def opened(section: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    app.session_state["actions"] = section
    app = app.run().switch_page("pages/actions.py").run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> AppTest:
    """The page after a click on the first button of a name."""
    after = next(one for one in app.button if one.label == label).click().run()
    assert not after.exception
    return after


SECTIONS = ("queue", "playbooks", "list", "editor", "touch", "goals", "effects")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_on_the_sample(work: Workspace, section: str, language: str) -> None:
    assert not on(work, section, language).error


@pytest.mark.parametrize("section", SECTIONS)
def test_contracts_alone_are_enough_or_say_what_is_missing(work: Workspace, section: str) -> None:
    speak(work, "en")
    keep_ledger(work)
    app = opened(section)
    assert not app.error
    said = {"goals": "Interactions", "effects": "contacts", "touch": "no CSM", "list": "no actions"}
    assert said.get(section, "") in texts(app)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_list_without_dates_opens_every_section(work: Workspace, section: str) -> None:
    speak(work, "en")
    rows = "".join(f"C{number},{100 * number},{'Yes' if number % 3 == 0 else 'No'},{number}\n"
                   for number in range(1, 31))
    work.add_file("list.csv", f"Customer ID,Monthly fee,Churn,Tenure\n{rows}".encode(), by="")
    assert not opened(section).error


def test_a_started_playbook_is_kept_signed_and_no_longer_proposed(work: Workspace) -> None:
    app = button(on(work, "playbooks"), "Start it")
    [run] = work.all(Run).values()
    steps = work.all(Action)
    assert (run.playbook, run.state) == ("leaving", "running")
    assert min(steps.values(), key=lambda one: one.step or 0).title.startswith("Ask for half")
    assert {one.by for one in work.signatures(Action).values()} == {"Sato"}
    assert "Running: 1" in texts(app)
    assert f"start-leaving-{run.customer_id}" not in [one.key for one in app.button]


def test_a_ticked_step_is_done_in_the_next_session_too(work: Workspace) -> None:
    app = button(on(work, "playbooks"), "Start it")
    app.checkbox[0].check().run()
    assert [one.done_on for one in work.all(Action).values() if one.status == "done"] == [TODAY]
    assert opened("playbooks").checkbox[0].value
    opened("playbooks").checkbox[0].uncheck().run()
    assert {one.status for one in work.all(Action).values()} == {"open"}


def test_an_ended_run_drops_its_open_steps_and_can_go_on(work: Workspace) -> None:
    app = button(button(on(work, "playbooks"), "Start it"), "End the playbook")
    [run] = work.all(Run).values()
    assert (run.state, run.outcome, run.ended_on) == ("ended", "stopped", TODAY)
    assert {one.status for one in work.all(Action).values()} == {"dropped"}
    button(app, "Undo")
    assert next(iter(work.all(Run).values())).state == "running"
    assert {one.status for one in work.all(Action).values()} == {"open"}


def test_a_dismissed_proposal_stays_away_until_it_is_undone(work: Workspace) -> None:
    app = on(work, "playbooks")
    first = next(one.key for one in app.button if one.label == "Start it")
    app = button(app, "Dismiss")
    app.text_input(key="dismiss-reason").set_value("A friend of mine").run()
    app = next(one for one in app.button if str(one.key).startswith("dismiss-sure")).click().run()
    [run] = work.all(Run).values()
    assert (run.state, run.reason) == ("dismissed", "A friend of mine")
    assert first not in [one.key for one in app.button]
    app = button(app, "Undo")
    assert first in [one.key for one in app.button]


def test_the_reason_of_an_exit_interview_joins_the_cancellations(work: Workspace) -> None:
    app = button(on(work, "playbooks"), "Start it")
    key = next(str(one.key) for one in app.button if str(one.key).startswith("exit-save-")).removeprefix("exit-save-")
    app = button(app, "Save the reason")
    assert "pick one" in app.error[0].value
    app.selectbox(key=f"exit-reason-{key}").select_index(0).run()
    app = button(app, "Save the reason")
    [reason] = work.all(ExitReason).values()
    [run] = work.all(Run).values()
    assert reason.customer_id == run.customer_id
    assert work.all(Action)[key].status == "done"
    app = opened("playbooks")
    app.checkbox(key=f"step-{key}").uncheck().run()
    assert work.all(ExitReason) == {}
    assert (work.all(Action)[key].status, work.all(Action)[key].outcome) == ("open", reason.reason)


def test_a_customer_that_is_put_off_leaves_the_queue_until_it_is_brought_back(work: Workspace) -> None:
    app = on(work, "queue")
    first = app.selectbox(key="queue-customer-en").value
    app = next(one for one in app.button if one.key == "snooze").click().run()
    assert "give a reason" in app.error[0].value
    app.text_input(key="snooze-reason").set_value("On holiday").run()
    app = next(one for one in app.button if one.key == "snooze").click().run()
    assert work.all(Snooze)[first].until == TODAY + dt.timedelta(days=14)
    assert app.selectbox(key="queue-customer-en").value != first
    assert button(app, "Bring back").selectbox(key="queue-customer-en").options


def test_the_queue_narrows_by_owner_and_says_how_it_ranks(work: Workspace) -> None:
    app = on(work, "queue")
    assert "MRR × the share of the" in texts(app).replace("\\", "")
    assert "color: #134391" in app.dataframe[0].proto.arrow_data.styler.styles  # names look like what they are: links
    before = len(app.selectbox(key="queue-customer-en").options)
    app.selectbox(key="queue-owner-en").select_index(1).run()
    assert 0 < len(app.selectbox(key="queue-customer-en").options) < before


def test_an_action_is_written_down_and_edited(work: Workspace) -> None:
    app = on(work, "queue")
    customer = app.selectbox(key="queue-customer-en").value
    app.text_input(key=f"new-title-{customer}").set_value("Send flowers").run()
    app = button(app, "Add the action")
    [(key, one)] = work.all(Action).items()
    assert (one.title, one.customer_id, one.due_on) == ("Send flowers", customer, TODAY + dt.timedelta(days=7))
    app = opened("list")
    app.selectbox(key=f"edit-status-{key}").set_value("done").run()
    app.text_input(key=f"edit-outcome-{key}").set_value("Thanks").run()
    app.text_input(key=f"edit-title-{key}").set_value(" ").run()
    saved = work.all(Action)[key]
    assert (saved.status, saved.done_on, saved.outcome, saved.title) == ("done", TODAY, "Thanks", "Send flowers")


def test_an_edited_list_is_read_back_with_its_conflicts(work: Workspace) -> None:
    from cs_kpi.actions.proposals import begun
    from cs_kpi.actions.shipped import shipped
    from cs_kpi.export.action_list import version

    _run, steps = begun("renewal", shipped("en")["renewal"], "C0003", "Ann", TODAY)
    for place, one in enumerate(steps):
        work.save(one.model_copy(update={"run": None}), f"k{place}", by="")
    head = "Action ID,Customer ID,What to do,Who,Due on,Status,Outcome,Version (leave as it is)\n"
    rows = [f"k{place},C0003,{one.title.replace(',', ';')},Bob,{one.due_on},done,,{version(one)}"
            for place, one in enumerate(steps)]
    file = head + "\n".join([*rows, ",C0003,New,,soon,,,"])
    work.save(steps[1].model_copy(update={"owner": "Cleo"}), "k1", by="")
    app = on(work, "list")
    app.file_uploader[0].set_value([("a.csv", file.encode(), "text/csv")]).run()
    assert not app.exception
    said = texts(app).replace("\\", "")
    assert "Changed: 2 · new: 0 · conflicts: 1" in said
    assert "'soon' is no date" in said
    app.selectbox(key="conflict-k1-en").set_value("file").run()
    app = next(one for one in app.button if one.key == "actions-take").click().run()
    assert not app.exception
    assert [(one.owner, one.status) for one in work.all(Action).values()] == [("Bob", "done")] * 3


def test_a_shipped_playbook_is_changed_restored_and_put_back(work: Workspace) -> None:
    app = on(work, "editor")
    app.number_input(key="playbook-leaving-leaving-days").set_value(30).run()
    assert work.all(Playbook)["leaving"].trigger.thresholds == {"days": 30}
    app = button(opened("editor"), "Restore as shipped")
    assert work.all(Playbook) == {}
    button(app, "Undo")
    assert work.all(Playbook)["leaving"].trigger.thresholds == {"days": 30}


def test_a_copy_is_edited_step_by_step_and_deleted(work: Workspace) -> None:
    app = button(on(work, "editor"), "Copy")
    [(key, one)] = work.all(Playbook).items()
    assert one.name == "Leaving: exit interview (copy)"
    app = button(app, "Add a step")
    app.text_input(key=f"playbook-step-{key}-3-title").set_value("Say goodbye").run()
    assert [step.title for step in work.all(Playbook)[key].steps][-1] == "Say goodbye"
    app = app.button(key=f"playbook-step-{key}-0-remove").click().run()
    assert len(work.all(Playbook)[key].steps) == 3
    app.selectbox(key=f"playbook-kind-{key}-en").set_value("detractor").run()
    assert work.all(Playbook)[key].trigger.kind == "detractor"
    button(app, "Delete")
    assert work.all(Playbook) == {}


def test_a_touch_model_is_drafted_saved_and_moves_are_told(work: Workspace) -> None:
    app = on(work, "touch")
    assert "Against the customer list" in "\n".join(one.value for one in app.subheader)
    app = button(app, "Save the touch model")
    saved = work.load(TouchModel, "touch")
    assert saved is not None
    app.number_input(key="touch-high-mrr").set_value(saved.thresholds[0].high_from * 2).run()
    assert not app.exception
    assert not any("0 customers move" in one.value for one in app.subheader)
    assert work.load(TouchModel, "touch") == saved
    app = button(app, "Discard changes")
    assert any("0 customers move" in one.value for one in app.subheader)


def test_a_goal_is_added_changed_and_deleted(work: Workspace) -> None:
    app = button(on(work, "goals"), "Add a goal")
    [(key, goal)] = work.all(ActivityGoal).items()
    assert (goal.times, goal.every, goal.kinds, goal.tier) == (2, "month", ("Meeting",), "high")
    app.number_input(key=f"goal-times-{key}").set_value(1).run()
    app.selectbox(key=f"goal-tier-{key}").set_value("").run()
    assert work.all(ActivityGoal)[key].tier is None
    assert work.all(ActivityGoal)[key].times == 1
    app = button(opened("goals"), "Delete")
    assert work.all(ActivityGoal) == {}
    button(app, "Undo")
    assert list(work.all(ActivityGoal)) == [key]


@pytest.mark.parametrize("section", SECTIONS)
def test_hidden_names_are_hidden_in_every_section(work: Workspace, section: str) -> None:
    app = button(on(work, "playbooks"), "Start it")
    [run] = work.all(Run).values()
    work.save(Snooze(until=TODAY, reason="Holiday"), "C0003", by="")
    work.save(Preferences(language="en", hides_names=True), "preferences", by="")
    named = set(sample_names())
    app = opened(section)
    shown = texts(app) + " ".join(str(option) for one in app.selectbox for option in one.options)
    shown += " ".join(frame.value.astype(str).to_csv() for frame in app.dataframe)
    assert [name for name in named if name in shown.replace("\\", "")] == []
    assert run.customer_id not in shown


def sample_names() -> list[str]:
    from cs_kpi.ingest.files import sheets
    from cs_kpi.ingest.mapping import guess
    from cs_kpi.ingest.reading import read

    found = [read(sheet, guess(sheet), TODAY).tables for sheet in sheets(*sample("en", "tidy"))]
    return [str(name) for tables in found for name in tables.get("customers", {}).get("customer_name", ())]
