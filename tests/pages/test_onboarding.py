"""The onboarding page: the criterion is changed, saved and taken back; parts show what the data allows."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.criterion import Criterion, Rule
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace
from tests import test_pages
from tests.onboarding.given import planted
from tests.test_pages import APP, LEDGER, speak

PAGE = "pages/onboarding.py"
CONTRACTS = "customer_id,customer_name,owner,mrr,start_date,end_date\n" + "".join(
    f"C{number},Firm {number},{'Sato' if number % 2 else 'Suzuki'},100,2024-06-01,\n" for number in range(1, 9))
# Everybody kicks off on day 1; the first four set up on day 10, the next two on day 40, the last two never
MILESTONES = "customer_id,milestone,completed_on\n" + "".join(
    f"C{number},Kickoff,2024-06-02\n" + (f"C{number},Setup,{'2024-06-11' if number < 5 else '2024-07-11'}\n"
                                         if number < 7 else "") for number in range(1, 9))
FAR = "customer_id,date,feature\nC1,2024-12-31,API\nC1,2024-06-05,Maps\n"
KICKOFF, SETUP = Rule(name="Kickoff", days=90), Rule(name="Setup", days=90)


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    work = Workspace(workspace_url)
    speak(work, "en")
    return work


@pytest.fixture
def steps(work: Workspace) -> Workspace:
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    work.add_file("milestones.csv", MILESTONES.encode(), by="")
    work.add_file("usage.csv", FAR.encode(), by="")
    return work


def opened(part: str = "") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    if part:
        app.session_state["onboarding-part"] = part
    app = app.switch_page(PAGE).run()
    assert not app.exception
    assert not app.error
    return app


def saved(work: Workspace) -> Criterion | None:
    found = work.load(Settings, "settings")
    return found.onboarding if found else None


def texts(app: AppTest) -> str:
    """What the page says, without the marks that keep it from being Markdown."""
    return test_pages.texts(app).replace("\\", "")


def counts(app: AppTest) -> list[tuple[str, str]]:
    return [(one.value, one.delta) for one in app.metric]


def test_a_change_shows_its_effect_and_counts_only_when_saved(steps: Workspace) -> None:
    app = opened()
    assert "all of: Kickoff within 90 days, Setup within 90 days" in texts(app)
    # six have done both within 90 days, two never
    assert counts(app) == [("6", ""), ("0", ""), ("0", ""), ("2", ""), ("0", "")]
    app.number_input(key="rule-1-days").set_value(30).run()
    assert counts(app) == [("4", "-2"), ("2", "+2"), ("0", ""), ("2", ""), ("0", "")]
    assert saved(steps) is None
    app.button(key="criterion-save").click().run()
    assert saved(steps) == Criterion(rules=(KICKOFF, SETUP.model_copy(update={"days": 30})))
    assert counts(app) == [("4", ""), ("2", ""), ("0", ""), ("2", ""), ("0", "")]
    again = opened()
    assert "Setup within 30 days" in texts(again)
    assert again.number_input(key="rule-1-days").value == 30


def test_saving_can_be_undone(steps: Workspace) -> None:
    app = opened()
    app.number_input(key="rule-0-days").set_value(5).run()
    app.button(key="criterion-save").click().run()
    app.button(key="criterion-undo").click().run()
    assert not app.exception
    assert saved(steps) is None
    assert app.number_input(key="rule-0-days").value == 90


def test_a_draft_is_discarded_with_one_click(steps: Workspace) -> None:
    app = opened()
    app.button(key="rule-1-remove").click().run()
    assert counts(app)[0] == ("8", "+2")
    app.button(key="criterion-discard").click().run()
    assert counts(app)[0] == ("6", "")
    assert saved(steps) is None


def test_rules_are_added_joined_and_removed(steps: Workspace) -> None:
    app = opened()
    app.button(key="rule-add").click().run()
    assert app.selectbox(key="rule-2-kind-en").value == "feature"
    app.selectbox(key="rule-2-name-feature-en").set_value("Maps").run()
    app.button_group(key="rules-joined-en").set_value("k_of_n").run()
    app.number_input(key="rules-needed-3").set_value(3).run()
    app.button(key="criterion-save").click().run()
    assert not app.exception
    maps = Rule(kind="feature", name="Maps", days=90)
    assert saved(steps) == Criterion(rules=(KICKOFF, SETUP, maps), joined="k_of_n", needed=3)
    app.button(key="rule-0-remove").click().run()
    app.button(key="criterion-save").click().run()
    assert saved(steps) == Criterion(rules=(SETUP, maps), joined="k_of_n", needed=2)


def test_another_kind_of_rule_begins_with_its_first_name(steps: Workspace) -> None:
    app = opened()
    app.selectbox(key="rule-0-kind-en").set_value("feature").run()
    assert app.selectbox(key="rule-0-name-feature-en").value == "API"
    app.selectbox(key="rule-0-kind-en").set_value("uses").run()
    app.number_input(key="rule-0-times").set_value(4).run()
    app.button(key="criterion-save").click().run()
    assert not app.exception
    assert saved(steps).rules[0] == Rule(kind="uses", times=4, days=90)  # type: ignore[union-attr]


def test_one_click_leads_back_to_what_the_sheets_offer(steps: Workspace) -> None:
    steps.save(Settings(onboarding=Criterion(rules=(KICKOFF,))), "settings", by="")
    app = opened()
    app.button(key="criterion-guess").click().run()
    assert saved(steps) is None
    assert "all of: Kickoff" in texts(app)


def test_the_day_in_the_customer_list_alone_leaves_the_limit_to_set(work: Workspace) -> None:
    rows = [line + ("," + ("Onboarding completed on" if place == 0 else "2024-07-01"))
            for place, line in enumerate(CONTRACTS.splitlines())]
    work.add_file("contracts.csv", "\n".join(rows).encode(), by="")
    work.save(Settings(as_of=dt.date(2024, 12, 31)), "settings", by="")
    app = opened()
    assert [one.label for one in app.number_input] == ["Within days"]
    assert not [one for one in app.button if one.label == "Add a rule"]
    app.number_input(key="rule-0-days").set_value(14).run()
    assert counts(app)[:2] == [("0", "-8"), ("8", "+8")]
    app.button(key="criterion-save").click().run()
    assert saved(work) == Criterion(rules=(Rule(kind="completed", days=14),))


def test_use_alone_offers_a_first_guess_that_counts_once_saved(work: Workspace) -> None:
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    work.add_file("usage.csv", FAR.encode(), by="")
    app = opened()
    assert "not chosen yet" in texts(app)
    app.button(key="criterion-save").click().run()
    assert not app.exception
    assert saved(work) == Criterion(rules=(Rule(kind="uses", days=30),))


def test_the_list_is_cut_by_state_and_owner(steps: Workspace) -> None:
    app = opened()

    def listed() -> list[str]:
        return next(list(one.value["Customer name"]) for one in app.dataframe if "Customer name" in one.value)

    assert listed()[:2] == ["Firm 7", "Firm 8"]
    app.multiselect(key="onboarding-states-en").set_value(["overdue"]).run()
    assert listed() == ["Firm 7", "Firm 8"]
    app.multiselect(key="onboarding-owners-en").set_value(["Sato"]).run()
    assert listed() == ["Firm 7"]


def test_hidden_names_are_nowhere_on_the_page(steps: Workspace) -> None:
    steps.save(Preferences(language="en", hides_names=True), "preferences", by="")
    shown = next(one.value for one in opened().dataframe if "Customer name" in one.value)
    assert shown["Customer name"].str.fullmatch(r"Customer \d{4}").all()
    assert not any(word in shown.to_csv() for word in ("Firm", "C7"))


@pytest.mark.parametrize("part", ["states", "steps", "goals", "use"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_part_opens(steps: Workspace, part: str, language: str) -> None:
    speak(steps, language)
    assert ("オンボーディング" if language == "ja" else "Onboarding") in texts(opened(part))


@pytest.mark.parametrize("kind", ["quarter", "half", "year", "ttm"])
def test_every_kind_of_period_and_a_segment_show_their_customers(steps: Workspace, kind: str) -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.session_state["view"] = {"kind": kind, "by": "owner", "segment": "Sato"}
    for part in ("states", "steps", "goals", "use"):
        app.session_state["onboarding-part"] = part
        app = app.run() if part != "states" else app.run().switch_page(PAGE).run()
        assert not app.exception
        if part == "states":
            shown = next(one.value for one in app.dataframe if "Customer name" in one.value)
            assert sorted(shown["Customer name"]) == ["Firm 1", "Firm 3", "Firm 5", "Firm 7"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_contracts_alone_say_which_columns_bring_the_page_to_life(work: Workspace, language: str) -> None:
    speak(work, language)
    work.add_file("契約.csv", LEDGER.encode("cp932"), by="")
    assert ("オンボーディング完了日" if language == "ja" else "Onboarding completed on") in opened().info[0].value


def test_a_list_without_dates_says_what_it_takes(work: Workspace) -> None:
    work.add_file("list.csv", b"customer_id,monthly fee,status\n" + b"".join(
        b"C%d,100,%s\n" % (n, b"churned" if n % 3 else b"active") for n in range(30)), by="")
    assert "dates" in opened().info[0].value


def test_a_goal_that_holds_becomes_the_criterion_and_can_be_undone(work: Workspace) -> None:
    tables = planted(1, "Import").tables
    work.add_file("contracts.csv", tables["subscriptions"].to_csv(index=False).encode(), by="")
    work.add_file("milestones.csv", tables["milestones"].to_csv(index=False).encode(), by="")
    app = opened("goals")
    app.slider(key="goal-target").set_value(85).run()
    assert "A goal that holds" in texts(app)
    assert "Import within 30 days" in texts(app)
    app.button(key="goal-take").click().run()
    assert not app.exception
    assert saved(work) == Criterion(rules=(Rule(name="Import", days=30),))
    app.button(key="criterion-undo").click().run()
    assert saved(work) is None
    assert app.slider(key="goal-target").value == 85
