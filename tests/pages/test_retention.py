"""The retention page: what is picked counts and stays, and what is missing is named.

The data of these tests ends in the middle of March 2024, so that February is the last complete month.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.retention.feature_reasons import FeatureReasons
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.ingest.test_snapshots import LIST

APP = str(Path(__file__).parents[2] / "app.py")
PAGE = "pages/retention.py"
SECTIONS = {"en": ("Churn", "Cohorts", "How long they stay", "Why they left", "Renewal calendar", "What churn costs"),
            "ja": ("解約率", "コホート", "継続期間", "解約理由", "更新カレンダー", "解約の影響")}
LEDGER = "Customer ID,Name,Plan,Start date,End date,Term end,Notice days,MRR\n" + "".join(
    f"C{n:02d},Company {n:02d},{'Pro' if n % 2 else 'Basic'},2023-{n % 12 + 1:02d}-01,"
    f"{'2024-03-15' if n % 5 == 0 else ''},2025-{n % 12 + 1:02d}-01,30,{100 * n}\n" for n in range(1, 41))
REASONS = "Customer ID,Cancelled on,Reason,Comment\n" + "".join(
    f"C{n:02d},2024-03-15,{'Missing feature' if n % 10 else 'Budget'},said {n}\n" for n in range(5, 41, 5))


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    kept = Workspace(workspace_url)
    kept.save(Preferences(language="en"), "preferences", by="")
    return kept


@pytest.fixture
def ledger(work: Workspace) -> Workspace:
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    work.add_file("cancellations.csv", REASONS.encode(), by="")
    return work


def opened(section: str = "", language: str = "en", period: str = "") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=90).run()
    if section:
        app.session_state[f"retention-sections-{language}"] = section
    checked(app.switch_page(PAGE).run())
    return checked(app.selectbox(key="period").set_value(period).run()) if period else app


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def texts(app: AppTest) -> str:
    blocks = [app.title, app.subheader, app.markdown, app.caption, app.info]
    return "\n".join(str(one.value) for block in blocks for one in block)


def listed(app: AppTest, column: str) -> list[object]:
    """The values of the last table that has a column."""
    return next(list(one.value[column]) for one in reversed(app.dataframe) if column in one.value)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("kind", ["sample", "snapshot", "ledger", "use"])
def test_every_section_opens(work: Workspace, language: str, place: int, kind: str) -> None:
    work.save(Preferences(language=language), "preferences", by="")  # type: ignore[arg-type]
    use = "Customer ID,Date,Feature\n" + "".join(f"C{n % 9},2024-{n % 12 + 1:02d}-03,Report\n" for n in range(90))
    file = {"sample": sample(language, "messy"), "snapshot": ("一覧.csv", LIST.encode("cp932")),  # type: ignore[arg-type]
            "ledger": ("ledger.csv", LEDGER.encode()), "use": ("usage.csv", use.encode())}[kind]
    work.add_file(*file, by="")
    app = opened(SECTIONS[language][place], language)
    assert texts(app)


def test_who_left_in_the_period_is_named_with_the_reason(ledger: Workspace) -> None:
    app = opened(period="2024-03")
    assert "Customers who left, Mar 2024: 8" in [one.value for one in checked(app).subheader]
    assert listed(app, "Customer name")[0] == "Company 40"
    assert listed(app, "MRR lost")[0] == 4000
    assert listed(app, "Reason")[:2] == ["Budget", "Missing feature"]


def test_a_segment_narrows_who_left(ledger: Workspace) -> None:
    app = opened(period="2024-03")
    app.selectbox(key="by").set_value("plan").run()
    app.selectbox(key="segment").set_value("Pro").run()
    assert listed(checked(app), "Customer name") == ["Company 35", "Company 25", "Company 15", "Company 05"]


def test_a_cohort_by_another_field_lists_its_customers(ledger: Workspace) -> None:
    app = opened("Cohorts")
    app.selectbox(key="cohorts-by-en").set_value("plan").run()
    app.selectbox(key="cohort-of-plan-en").set_value("Basic").run()
    assert len(listed(checked(app), "Status")) == 20
    assert listed(app, "Status").count("Left") == 4
    app.segmented_control(key="cohorts-shown-en").set_value("against_mean").run()
    app.segmented_control(key="cohorts-of-en").set_value("mrr").run()
    checked(app)


def test_what_is_picked_is_kept_on_the_way_to_another_page_and_back(ledger: Workspace) -> None:
    app = opened("Cohorts")
    app.selectbox(key="cohorts-by-en").set_value("plan").run()
    app.switch_page("pages/overview.py").run()
    checked(app.switch_page(PAGE).run())
    assert app.selectbox(key="cohorts-by-en").value == "plan"


def test_customers_there_before_the_data_begins_are_counted_as_left_out(work: Workspace) -> None:
    months = "Customer,2024-01,2024-02,2024-03,2024-04\nA,10,10,10,10\nB,20,20,,\nC,,30,30,30\nD,,,40,40\n"
    work.add_file("mrr.csv", months.encode(), by="")
    assert "2 customers were there before the data begins" in texts(opened("Cohorts"))


def test_curves_by_plan_have_a_median_or_say_that_it_is_not_reached(ledger: Workspace) -> None:
    app = opened("How long they stay")
    app.selectbox(key="staying-by-en").set_value("plan").run()
    assert listed(checked(app), "Plan") == ["Basic", "Pro"]
    assert listed(app, "Median lifetime") == ["not reached", "not reached"]


def test_reasons_about_features_are_guessed_and_the_choice_is_remembered(ledger: Workspace) -> None:
    app = opened("Why they left", period="2024-03")
    picked = app.multiselect(key="feature-reasons")
    assert picked.value == ["Missing feature"]
    # 5, 15, 25 and 35 paid 100 each: 8,000 together.
    assert "Customers who left for reasons about features: 4; they paid 8,000 a month." in texts(app).replace("\\", "")
    picked.set_value(["Missing feature", "Budget"]).run()
    assert "features: 8; they paid 18,000 a month." in texts(checked(app)).replace("\\", "")
    assert ledger.load(FeatureReasons, "feature-reasons") == FeatureReasons(counted=("Budget",))
    again = opened("Why they left", period="2024-03").multiselect(key="feature-reasons")
    assert again.value == ["Budget", "Missing feature"]


def test_reasons_of_the_picked_period_alone(ledger: Workspace) -> None:
    app = opened("Why they left")
    app.selectbox(key="period").set_value("2024-02").run()
    app.selectbox(key="reasons-span-en").set_value("period").run()
    assert "Nobody stated a reason in this time" in texts(checked(app))


def test_without_reasons_the_columns_are_named_that_bring_them(work: Workspace) -> None:
    work.add_file("ledger.csv", LEDGER.encode(), by="")
    assert "table 'Cancellation reasons' with Cancelled on, Reason, Comment" in texts(opened("Why they left"))


def test_the_calendar_narrows_to_a_month(ledger: Workspace) -> None:
    app = opened("Renewal calendar")
    whole = listed(app, "Term end")
    months = app.selectbox(key="renewals-month-en")
    months.set_value("2025-01").run()
    kept = listed(checked(app), "Term end")
    assert {day.strftime("%Y-%m") for day in kept} == {"2025-01"}  # type: ignore[attr-defined]
    assert len(kept) == sum(day.strftime("%Y-%m") == "2025-01" for day in whole)  # type: ignore[attr-defined]


def test_more_points_of_churn_cost_more(ledger: Workspace) -> None:
    app = opened("What churn costs")
    one = listed(app, "Revenue, churn worse")
    app.slider(key="churn-points").set_value(2.0).run()
    assert all(b < a < 0 for a, b in zip(one, listed(checked(app), "Revenue, churn worse"), strict=True))  # type: ignore[operator]


def test_hidden_names_are_numbers_in_every_list(ledger: Workspace) -> None:
    ledger.save(Preferences(language="en", hides_names=True), "preferences", by="")
    for section in SECTIONS["en"]:
        for one in opened(section).dataframe:
            assert "Customer ID" not in one.value
            assert not one.value.astype(str).apply(lambda column: column.str.contains("Company")).any(axis=None)


@pytest.mark.parametrize("section", ["Cohorts", "How long they stay"])
def test_cohorts_and_curves_say_why_they_may_differ(ledger: Workspace, section: str) -> None:
    assert "Cohorts and curves answer different questions" in texts(opened(section))
    assert "Cohorts and curves answer different questions" not in texts(opened("Churn"))
