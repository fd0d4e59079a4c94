"""The review page without a browser: targets are set, judged, changed with a reason, deleted and put back, noted."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.samples import sample
from cs_kpi.settings import Preferences
from cs_kpi.targets.goals import Agreement, Benchmark, ReviewNote, ReviewRules, Target, Wanted
from cs_kpi.targets.scenario import Goal, Scenario
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, keep_ledger, speak, texts

AT = dt.datetime(2025, 1, 7, 3, 0)
CHURN = Wanted(kpi="customer_churn_rate", first=dt.date(2025, 1, 1), values=(0.02, 0.02, 0.02, 0.02), owner="Sato")
NEW = Wanted(kpi="new_customers", first=dt.date(2024, 12, 1), values=(30.0,) * 4)
CUSTOMERS = Wanted(kpi="customers", first=dt.date(2025, 1, 1), values=(100.0,) * 6)
"""The sample ends with March 2025: 2.3 % of 266 left in March, 12 customers came, 273 are there."""


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def keep(work: Workspace, **targets: Wanted) -> None:
    work.save_all({key: Target(now=one, made_at=AT, made_by="Sato") for key, one in targets.items()}, by="Sato")


def on(work: Workspace, section: str, language: str = "en") -> AppTest:
    """The page with one section open, on the sample."""
    work.save(Preferences(language=language, display_name="Sato"), "preferences", by="")  # type: ignore[arg-type]
    if not work.files():
        work.add_file(*sample(language, "tidy"), by="")  # type: ignore[arg-type]
    return opened(section)


def opened(section: str, page: str = "pages/review.py") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    app.session_state["review"] = section
    app = app.run().switch_page(page).run()
    assert not app.exception
    return app


def clicked(app: AppTest, key: str) -> AppTest:
    after = app.button(key=key).click().run()
    assert not after.exception
    return after


SECTIONS = ("review", "targets", "relations", "benchmarks")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_on_the_sample_with_targets(work: Workspace, section: str, language: str) -> None:
    keep(work, a=CHURN, b=NEW, c=CUSTOMERS)
    assert not on(work, section, language).error


@pytest.mark.parametrize("section", SECTIONS)
def test_contracts_alone_are_enough(work: Workspace, section: str) -> None:
    speak(work, "en")
    keep_ledger(work)
    keep(work, a=CHURN)
    assert not opened(section).error


@pytest.mark.parametrize("section", ["review", "targets", "relations"])
def test_a_list_without_dates_says_why_not(work: Workspace, section: str) -> None:
    speak(work, "en")
    keep(work, a=CHURN)
    rows = "".join(f"C{number},{100 * number},{'Yes' if number % 3 == 0 else 'No'},{number}\n"
                   for number in range(1, 31))
    work.add_file("list.csv", f"Customer ID,Monthly fee,Churn,Tenure\n{rows}".encode(), by="")
    assert "which this list does not have" in texts(opened(section))


def test_a_target_is_set_with_who_shares_it_and_is_there_in_the_next_session(work: Workspace) -> None:
    app = clicked(on(work, "targets"), "target-add")
    assert "Noise alone covers" in texts(app)
    app = app.number_input(key="target-level").set_value(1.5).run()
    app = app.text_input(key="target-owner").set_value("Ito").run()
    app = clicked(app.text_input(key="target-department").set_value("Sales").run(), "target-shared-add")
    app = app.text_input(key="target-shared-0-by").set_value("Abe").run()
    clicked(app, "target-save")
    [(key, one)] = work.all(Target).items()
    assert (one.now.kpi, one.now.values, one.now.owner, one.made_by) == (
        "customer_churn_rate", (0.015,) * 3, "Ito", "Sato")
    assert one.now.first == dt.date(2025, 4, 1)
    assert one.now.shared_with == (Agreement(department="Sales", by="Abe", on=dt.date.today()),)
    assert f"Shared with: Sales (Abe, {dt.date.today()})" in texts(app).replace("\\", "")
    assert opened("targets").selectbox(key="target-en").value == key


def test_a_target_that_is_being_edited_is_there_after_a_reload(work: Workspace) -> None:
    app = clicked(on(work, "targets"), "target-add")
    app = app.text_input(key="target-owner").set_value("Ito").run()
    said = app.query_params["target"]
    anew = AppTest.from_file(APP, default_timeout=120).run()
    anew.query_params["target"] = said if isinstance(said, str) else said[0]
    anew = anew.switch_page("pages/review.py").run()
    assert anew.text_input(key="target-owner").value == "Ito"
    anew = clicked(anew, "target-cancel")
    assert "target" not in anew.query_params
    broken = AppTest.from_file(APP, default_timeout=120).run()
    broken.query_params["target"] = '{"key":'
    assert not broken.switch_page("pages/review.py").run().exception


def test_a_change_needs_a_reason_and_keeps_its_history(work: Workspace) -> None:
    keep(work, a=CHURN)
    app = clicked(on(work, "targets"), "target-edit").number_input(key="target-level").set_value(3.0).run()
    app = clicked(app, "target-save")
    assert "without a reason" in texts(app)
    assert work.all(Target)["a"].now == CHURN
    app = app.text_input(key="target-why").set_value("The board asked").run()
    app = clicked(app, "target-save")
    [change] = work.all(Target)["a"].changes
    assert (change.before, change.by, change.why) == (CHURN, "Sato", "The board asked")
    assert app.dataframe[0].value[["Before", "After", "Why"]].values.tolist() == [["2.0%", "3.0%", "The board asked"]]


def test_a_change_that_is_cancelled_changes_nothing(work: Workspace) -> None:
    keep(work, a=CHURN)
    app = clicked(on(work, "targets"), "target-edit").number_input(key="target-level").set_value(9.0).run()
    clicked(app, "target-cancel")
    assert work.all(Target)["a"].now == CHURN


def test_a_path_goes_straight_from_the_first_value_to_the_last(work: Workspace) -> None:
    app = clicked(on(work, "targets"), "target-add")
    app = app.segmented_control(key="target-shape-en").set_value(True).run()
    app = app.number_input(key="target-first").set_value(3.0).run()
    app = app.number_input(key="target-last").set_value(1.0).run()
    app = app.number_input(key="target-count").set_value(4).run()
    clicked(app, "target-save")
    [one] = work.all(Target).values()
    assert one.now.values == pytest.approx((0.03, 0.02, 0.01, 0.01))


def test_another_kind_kpi_and_segment_are_taken_over(work: Workspace) -> None:
    app = clicked(on(work, "targets"), "target-add")
    app = app.selectbox(key="target-kpi-en").set_value("arpa").run()
    app = app.selectbox(key="target-kind-en").set_value("quarter").run()
    app = app.selectbox(key="target-field-en").set_value("plan").run()
    clicked(app, "target-save")
    [one] = work.all(Target).values()
    assert (one.now.kpi, one.now.kind, one.now.first, one.now.field) == ("arpa", "quarter", dt.date(2025, 4, 1), "plan")
    assert one.now.segment
    assert one.now.values[0] > 1


def test_a_deleted_target_can_be_had_back(work: Workspace) -> None:
    keep(work, a=CHURN)
    app = clicked(on(work, "targets"), "target-delete")
    assert work.all(Target) == {}
    clicked(app, "target-undo")
    assert work.all(Target)["a"].now == CHURN


def test_the_review_says_how_each_target_stands(work: Workspace) -> None:
    keep(work, a=CHURN, b=NEW, c=CUSTOMERS)
    rows = on(work, "review").dataframe
    table = next(one.value for one in rows if "All periods" in one.value)
    said = dict(zip(table["KPI"], table["Status"], strict=True))
    assert said == {"Customer churn rate": "Not testable (within noise)", "New customers": "■ Target missed",
                    "Customer count": "● On track"}


def test_proposals_open_the_editor_with_the_reason_and_count_when_they_are_saved(work: Workspace) -> None:
    keep(work, c=CUSTOMERS)
    app = on(work, "review")
    assert "a more ambitious target is proposed" in texts(app)
    app = clicked(app, "proposal-take-c")
    assert work.all(Target)["c"].now == CUSTOMERS
    assert "3 periods running" in app.text_input(key="target-why").value
    clicked(app, "target-save")
    now = work.all(Target)["c"].now
    assert now.values[:3] == (100.0,) * 3
    assert now.values[3] > 200


def test_the_margin_decides_what_is_easy(work: Workspace) -> None:
    keep(work, c=CUSTOMERS)
    app = on(work, "review").number_input(key="review-margin").set_value(100.0).run()
    app = app.number_input(key="review-running").set_value(4).run()
    assert work.load(ReviewRules, "review") == ReviewRules(margin=1.0, running=4)
    assert "a more ambitious target is proposed" not in texts(app)


def test_a_missed_target_names_what_contradicts_it_or_that_nothing_does(work: Workspace) -> None:
    keep(work, a=CHURN, b=NEW)
    said = texts(on(work, "review"))
    assert "Look at the level" in said
    assert "No other target's KPI has so far moved against it" in said


def test_notes_are_signed_kept_and_can_be_had_back(work: Workspace) -> None:
    keep(work, a=CHURN)
    app = on(work, "review")
    app = app.text_area(key="note-tried").set_value("Called *all*").run()
    app = clicked(app.text_area(key="note-next").set_value("Again").run(), "note-save")
    [(key, note)] = work.all(ReviewNote).items()
    assert (note.target, note.period, note.tried, note.next) == ("a", "2025-03", "Called *all*", "Again")
    assert work.signatures(ReviewNote)[key].by == "Sato"
    assert "Called \\*all\\*" in texts(app)
    app = clicked(app, f"note-delete-{key}")
    assert work.all(ReviewNote) == {}
    clicked(app, "note-undo")
    assert work.all(ReviewNote)[key] == note


def test_a_benchmark_takes_a_source_and_is_said_with_the_target(work: Workspace) -> None:
    app = on(work, "benchmarks")
    app = app.selectbox(key="benchmark-kpi-en").set_value("customer_churn_rate").run()
    app = app.number_input(key="benchmark-low").set_value(1.0).run()
    assert app.button(key="benchmark-add").disabled
    app = app.number_input(key="benchmark-high").set_value(3.0).run()
    app = clicked(app.text_input(key="benchmark-source").set_value("A report").run(), "benchmark-add")
    [(key, one)] = work.all(Benchmark).items()
    assert (one.low, one.high, one.source) == (0.01, 0.03, "A report")
    keep(work, a=CHURN)
    assert "within what others report: 1.0% – 3.0% (A report)" in texts(opened("targets")).replace("\\", "")
    clicked(clicked(app, f"benchmark-delete-{key}"), "benchmark-undo")
    assert work.all(Benchmark)[key] == one


def test_the_kgi_is_remembered(work: Workspace) -> None:
    app = on(work, "relations").selectbox(key="review-kgi-en").set_value("net_new_mrr").run()
    assert not app.exception
    assert work.load(ReviewRules, "review") == ReviewRules(kgi="net_new_mrr")


def test_the_card_and_the_trend_show_the_target(work: Workspace) -> None:
    keep(work, a=CHURN)
    on(work, "review")
    app = opened("review", "pages/overview.py")
    assert "Target 2.0%: Not testable (within noise)" in texts(app).replace("\\", "")


def test_targets_are_set_beside_the_what_if_too(work: Workspace) -> None:
    keep(work, a=CHURN)
    on(work, "review")
    app = AppTest.from_file(APP, default_timeout=120)
    app.session_state["targets"] = "targets"
    app = app.run().switch_page("pages/targets.py").run()
    assert not app.exception
    assert app.button(key="target-edit").label == "Change this target"


def test_the_goal_of_a_scenario_becomes_a_target_that_says_where_it_is_from(work: Workspace) -> None:
    work.save(Scenario(name="Half the churn", goal=Goal(kpi="nrr", value=1.1, month="2026-03")), "s", by="")
    clicked(clicked(on(work, "targets"), "target-scenario-0"), "target-save")
    [one] = work.all(Target).values()
    assert (one.now.scenario, one.now.values, [period.id for period in one.now.periods], one.now.convention) == (
        "Half the churn", (1.1,), ["TTM-2026-03"], "monthly_product")


def test_a_target_of_a_segment_that_is_gone_says_so_and_can_be_deleted(work: Workspace) -> None:
    keep(work, a=CHURN.model_copy(update={"field": "nobody", "segment": "knows"}))
    app = on(work, "review")
    assert not app.error
    [why] = next(one.value for one in app.dataframe if "All periods" in one.value)["Why"]
    assert "no field 'nobody'" in why
    clicked(opened("targets"), "target-delete")
    assert work.all(Target) == {}


def test_a_book_of_answers_alone_begins_with_a_kpi_that_it_has(work: Workspace) -> None:
    speak(work, "en")
    rows = "".join(f"C{number % 20},2024-{number % 12 + 1:02d}-10,{number % 11}\n" for number in range(200))
    work.add_file("nps.csv", f"Customer ID,Answered on,NPS score\n{rows}".encode(), by="")
    app = clicked(opened("targets"), "target-add")
    assert app.selectbox(key="target-kpi-en").value == "nps"
    assert not opened("relations").error
