"""The columns on the data page: what stands sideways is shown as such, set by hand, and taken back."""

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.ingest.records import SheetMapping
from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.test_pages import APP

LOGINS = "顧客名,業種,2024年1月,2024年2月,2024年3月\nA社,製造,10,0,\nB社,小売,5,6,7\n"
LEDGER = "顧客名,契約開始日,月額,先月の利用,検収日,評点\nA社,2024-01-01,100,12,2024-01-20,9\nB社,2024-02-01,50,0,,3\n"


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def opened(work: Workspace, name: str, text: str, language: str = "en") -> AppTest:
    work.save(Preferences(language=language), "preferences", by="")  # type: ignore[arg-type]
    work.add_file(name, text.encode(), by="")
    return AppTest.from_file(APP, default_timeout=60).run()


def chosen(app: AppTest, label: str) -> str | None:
    return next(one for one in app.selectbox if one.label == label).value


def choose(app: AppTest, label: str, value: str) -> None:
    next(one for one in app.selectbox if one.label == label).set_value(value).run()
    assert not app.exception


def mapping(work: Workspace) -> SheetMapping:
    saved, = work.all(SheetMapping).values()
    return saved


def counts(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


def test_months_of_use_are_shown_as_such_and_set_to_mrr_all_at_once(work: Workspace) -> None:
    app = opened(work, "logins.csv", LOGINS)
    assert chosen(app, "Field of '2024年2月'") == "months.count"
    assert counts(app)["Usage"] == "4"
    choose(app, "The columns of months hold", "months.mrr")
    assert chosen(app, "Field of '2024年2月'") == "months.mrr"
    assert "Usage" not in counts(app)
    choose(app, "The columns of months hold", "months.minutes")
    assert counts(app)["Usage"] == "4"


def test_a_month_that_no_header_tells_is_asked_for(work: Workspace) -> None:
    app = opened(work, "ledger.csv", LEDGER)
    choose(app, "Field of '先月の利用'", "months.count")
    assert work.all(SheetMapping) == {}  # nothing is saved until the month is known
    assert chosen(app, "Field of '先月の利用'") == "months.count"
    field = next(one for one in app.text_input if one.label == "Month of '先月の利用'")
    field.set_value("next month").run()
    assert any("is not a month" in one.value for one in app.error)
    next(one for one in app.text_input if one.label == "Month of '先月の利用'").set_value("2024年3月").run()
    assert mapping(work).months == {"先月の利用": "2024-03"}
    assert counts(app)["Usage"] == "1"
    choose(app, "Field of '先月の利用'", "")
    assert "Usage" not in counts(app)
    assert not [one for one in app.text_input if one.label == "Month of '先月の利用'"]
    assert mapping(work).attributes == ("検収日", "評点", "先月の利用")


def test_a_choice_of_month_is_dropped_by_another_choice(work: Workspace) -> None:
    app = opened(work, "ledger.csv", LEDGER)
    choose(app, "Field of '先月の利用'", "months.count")
    choose(app, "Field of '先月の利用'", "ignored")
    assert chosen(app, "Field of '先月の利用'") == "ignored"
    assert not [one for one in app.text_input if one.label == "Month of '先月の利用'"]


def test_a_milestone_and_an_answer_are_set_and_taken_back(work: Workspace) -> None:
    app = opened(work, "ledger.csv", LEDGER)
    choose(app, "Field of '検収日'", "milestones")
    choose(app, "Field of '評点'", "scores.nps")
    assert (counts(app)["Onboarding milestones"], counts(app)["Surveys"]) == ("1", "2")
    choose(app, "Field of '検収日'", "")
    choose(app, "Field of '評点'", "ignored")
    assert not {"Onboarding milestones", "Surveys"} & set(counts(app))


def test_the_choices_are_named_in_japanese_by_their_table(work: Workspace) -> None:
    app = opened(work, "logins.csv", LOGINS, "ja")
    field = next(one for one in app.selectbox if one.label == "「2024年2月」の項目")
    assert "利用 › 月の利用回数" in field.options
    assert "オンボーディングの項目" in field.options
    assert field.options.index("契約 › 月のMRR") < field.options.index("利用 › 月の利用回数")
