"""The pages without a browser: each opens with and without data, and what is picked or changed stays."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import BaseModel
from streamlit.testing.v1 import AppTest

from cs_kpi.samples import sample
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace

APP = str(Path(__file__).parent.parent / "app.py")
NEED_A_BOOK = ("pages/overview.py", "pages/revenue.py", "pages/retention.py", "pages/onboarding.py", "pages/compare.py",
               "pages/engagement.py", "pages/voice.py", "pages/health.py", "pages/risk.py", "pages/customer.py",
               "pages/actions.py", "pages/targets.py", "pages/review.py", "pages/slides.py",
               "pages/growth.py")
PAGES = ("pages/data.py", *NEED_A_BOOK, "pages/settings.py")
LEDGER = "顧客ID,顧客名,プラン,月額,契約開始日,解約日\n" + "".join(
    f"C{number:02d},株式会社{number:02d},{'A' if number % 2 else 'B'},{1000 * number},2023/{number % 12 + 1}/1,"
    f"{'2024/3/15' if number % 5 == 0 else ''}\n" for number in range(1, 41))


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


@pytest.fixture
def app(work: Workspace) -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).run()


def speak(work: Workspace, language: str) -> None:
    work.save(Preferences(language=language), "preferences", by="")  # type: ignore[arg-type]


def keep_ledger(work: Workspace) -> None:
    work.add_file("契約.csv", LEDGER.encode("cp932"), by="")


def texts(app: AppTest) -> str:
    blocks = [app.title, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error]
    return "\n".join(str(one.value) for block in blocks for one in block)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_opens_without_data(work: Workspace, path: str, language: str) -> None:
    speak(work, language)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page(path).run()
    assert not app.exception
    if path in NEED_A_BOOK:
        assert ("データ取込ページ" if language == "ja" else "data page") in app.info[0].value


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_opens_with_a_ledger_in_cp932(work: Workspace, path: str, language: str) -> None:
    speak(work, language)
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page(path).run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", ["tidy", "messy"])
def test_every_page_opens_on_the_sample(work: Workspace, language: str, kind: str) -> None:
    speak(work, language)
    work.add_file(*sample(language, kind), by="")  # type: ignore[arg-type]
    app = AppTest.from_file(APP, default_timeout=60).run()
    for path in PAGES:
        app = app.switch_page(path).run()
        assert not app.exception, path
        assert not app.error, path


def test_first_start_offers_three_choices_and_nothing_else(app: AppTest) -> None:
    assert [one.value for one in app.subheader] == ["Load your files", "Try the sample", "Start from a template"]


def test_the_sample_is_one_click(app: AppTest, work: Workspace) -> None:
    app.button(key="sample-en-tidy").click().run()
    assert not app.exception
    assert [file.name for file in work.files()] == ["tidy_en.xlsx"]
    assert app.metric[0].value == "400"


def test_an_unreadable_file_gets_a_sentence_and_the_others_go_on(app: AppTest, work: Workspace) -> None:
    photo = b"\x89PNG\r\n\x1a\n" + bytes(200)
    app.file_uploader[0].set_value([("photo.xlsx", photo, ""), ("契約.csv", LEDGER.encode("cp932"), "text/csv")]).run()
    assert not app.exception
    assert [file.name for file in work.files()] == ["契約.csv"]
    assert any("photo.xlsx" in one.value for one in app.error)


def test_the_first_file_fixes_the_fiscal_year_of_the_readers_language(work: Workspace) -> None:
    speak(work, "ja")
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.button(key="sample-ja-tidy").click().run()
    saved = work.load(Settings, "settings")
    assert saved is not None
    assert saved.fiscal_year_start == 4


def test_a_corrected_column_is_saved_and_read_again(work: Workspace, workspace_url: str) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run()
    field = next(one for one in app.selectbox if one.label == "Field of 'プラン'")
    assert field.value == "subscriptions.plan"
    field.set_value("subscriptions.product").run()
    assert not app.exception
    again = AppTest.from_file(APP, default_timeout=60).run()
    assert next(one for one in again.selectbox if one.label == "Field of 'プラン'").value == "subscriptions.product"


def test_a_sheet_that_is_switched_off_is_left_out(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run()
    next(one for one in app.toggle if one.label == "Use this sheet").set_value(False).run()
    assert not app.exception
    assert "No sheet has a table" in app.warning[0].value


def test_revenue_without_contracts_names_what_it_takes_and_leads_there(work: Workspace) -> None:
    work.add_file("usage.csv", b"Customer ID,Date,Count\nA,2024-01-05,1\nA,2024-02-05,1\nB,2024-02-07,1\n", by="")
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/revenue.py").run()
    assert not app.exception
    assert not app.error
    assert "Subscriptions" in app.info[0].value


def test_the_period_is_kept_across_pages(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/overview.py").run()
    app.selectbox(key="period").set_value("2023-11").run()
    churn = next(one for one in app.metric if one.label.startswith("Customer churn rate"))
    assert churn.value == "0.0%"
    app = app.switch_page("pages/revenue.py").run()
    assert app.selectbox(key="period").value == "2023-11"
    assert not app.exception


def test_a_change_of_kind_goes_to_the_period_that_holds_the_old_one(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/overview.py").run()
    app.selectbox(key="period").set_value("2023-11").run()
    app.segmented_control(key="kind").set_value("quarter").run()
    assert not app.exception
    assert app.selectbox(key="period").value == "2023-Q4"


def test_a_segment_narrows_every_card(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/overview.py").run()
    app.selectbox(key="period").set_value("2024-02").run()
    assert next(one for one in app.metric if one.label.startswith("Customer count")).value == "40"
    app.selectbox(key="by").set_value("plan").run()
    app.selectbox(key="segment").set_value("A").run()
    assert not app.exception
    assert next(one for one in app.metric if one.label.startswith("Customer count")).value == "20"


def test_a_link_opens_the_same_view(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"kind": "quarter", "period": "2024-Q1", "by": "plan", "segment": "B"})
    app = app.run().switch_page("pages/overview.py").run()
    assert not app.exception
    assert (app.selectbox(key="period").value, app.selectbox(key="segment").value) == ("2024-Q1", "B")


def test_a_nonsense_link_opens_the_usual_view(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"kind": "lunar", "period": "<b>", "by": "nobody", "segment": "?"})
    app = app.run().switch_page("pages/overview.py").run()
    assert not app.exception
    assert app.selectbox(key="period").value == "2024-02"


def test_forgetting_everything_leads_back_to_the_first_start(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/settings.py").run()
    app.checkbox(key="forget-sure").check().run()
    app.button(key="forget").click().run()
    assert not app.exception
    assert work.files() == []


def test_everything_can_be_picked_again_after_a_segment(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/overview.py").run()
    app.selectbox(key="by").set_value("plan").run()
    app.selectbox(key="by").set_value("").run()
    assert not app.exception
    assert app.selectbox(key="by").value == ""
    assert "by" not in app.query_params


def test_back_to_the_guess_shows_the_guess(work: Workspace) -> None:
    work.add_file("terms.csv", b"customer_id,plan,mrr,start_date,term_end\nA,x,100,2023-01-01,2024-01-01\n"
                               b"B,x,100,2023-01-01,2024-02-01\n", by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.radio[0].set_value("left").run()
    next(one for one in app.button if "guess" in one.label).click().run()
    assert not app.exception
    assert app.radio[0].value == "renewed"


def test_the_same_bytes_under_another_name_are_called_by_it(work: Workspace) -> None:
    sha = work.add_file("契約.csv", LEDGER.encode("cp932"), by="")
    AppTest.from_file(APP, default_timeout=60).run()
    work.remove_file(sha)
    work.add_file("利用ログ.csv", LEDGER.encode("cp932"), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert "利用ログ" in app.selectbox(key="sheet").options[0]


@pytest.mark.parametrize("path", PAGES)
def test_a_name_with_markdown_is_text(work: Workspace, path: str) -> None:
    trap = "![x](https://example.invalid/p.png)"
    work.add_file(f"{trap.replace('/', '')}.csv", LEDGER.replace("プラン", trap).encode("cp932"), by=trap)
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page(path).run()
    assert not app.exception
    assert "![x](" not in texts(app)


def test_an_error_of_the_workspace_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("CS_KPI_DATABASE_URL", f"sqlite:///{tmp_path}/broken.sqlite")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert len(app.error) == 1


@pytest.mark.parametrize("period", ["9999-12", "TTM-9999-12", "TTM-0001-01", "FY9999", "FY9999-Q4", "2024-13"])
@pytest.mark.parametrize("kind", ["month", "ttm", "year"])
def test_a_link_to_an_impossible_period_opens_the_usual_one(work: Workspace, kind: str, period: str) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"kind": kind, "period": period})
    app = app.run().switch_page("pages/overview.py").run()
    assert not app.exception


def test_a_link_to_an_unknown_segment_shows_everything_and_says_so(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"kind": "month", "period": "2024-02", "by": "plan", "segment": "nobody"})
    app = app.run().switch_page("pages/overview.py").run()
    assert not app.exception
    assert app.selectbox(key="by").value == ""
    assert next(one for one in app.metric if one.label.startswith("Customer count")).value == "40"


def test_data_beyond_the_confirmed_day_asks_again(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.button(key="confirm-as_of-button").click().run()
    assert "Please confirm" not in texts(app)
    work.add_file("next.csv", "顧客ID,月額,契約開始日\nX,70000,2025/1/1\n".encode(), by="")
    again = AppTest.from_file(APP, default_timeout=60).run()
    assert "the numbers stop at 2024-03-15" in texts(again)


def test_contracts_in_several_currencies_ask_for_the_shown_one_first(work: Workspace) -> None:
    work.add_file("c.csv", b"customer,mrr,currency,start date\nA,100,USD,2024-01-01\nB,10000,JPY,2024-01-01\n", by="")
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/settings.py").run()
    assert any("Choose the currency" in one.value for one in app.warning)
    app.selectbox(key="set-currency-en").set_value("JPY").run()
    app.number_input(key="set-rate-USD").set_value(150.0).run()
    app = app.switch_page("pages/overview.py").run()
    assert next(one for one in app.metric if one.label == "MRR").value == "¥25,000"


def test_contracts_in_no_named_currency_are_asked_about_sheet_by_sheet(work: Workspace) -> None:
    work.add_file("c.csv", b"customer,mrr,currency,start date\nA,100,USD,2024-01-01\nB,200,USD,2024-01-01\n", by="")
    work.add_file("d.csv", b"customer,mrr,start date\nC,300,2024-01-01\nD,400,2024-01-01\n", by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert "2 contracts of this sheet name no currency, and others are in USD." in texts(app)
    asked = next(one for one in app.radio if "name no currency" in one.label)
    assert asked.value == "USD"
    asked.set_value("open").run()
    assert any("2 rows name no currency" in one.value for one in app.warning)
    app.selectbox(key="sheet").set_value(1).run()
    next(one for one in app.radio if "name no currency" in one.label).set_value("USD").run()
    app = app.switch_page("pages/overview.py").run()
    assert next(one for one in app.metric if one.label == "MRR").value == "$1,000.00"


def test_removing_the_only_file_can_be_undone(work: Workspace) -> None:
    keep_ledger(work)
    app = AppTest.from_file(APP, default_timeout=60).run()
    next(one for one in app.button if one.label == "Remove").click().run()
    app.button(key="undo-remove").click().run()
    assert not app.exception
    assert [file.name for file in work.files()] == ["契約.csv"]


def test_cohorts_and_flags_are_named_for_the_reader(work: Workspace) -> None:
    speak(work, "ja")
    work.add_file(*sample("ja", "tidy"), by="")
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/overview.py").run()
    for field, expected in (("start_year", "2022年度"), ("start_quarter", "2022年度第1四半期"),
                            ("start_month", "2022年4月"),
                            ("auto_renews", "いいえ"), ("billing_interval", "毎月"), ("touch_model", "ハイタッチ")):
        app.selectbox(key="by").set_value(field).run()
        assert not app.exception
        assert expected in app.selectbox(key="segment").options, (field, app.selectbox(key="segment").options)


def test_a_column_per_month_is_shown_as_such_and_can_be_left_out(work: Workspace) -> None:
    rows = "顧客名,プラン,2024年4月,2024年5月,2024年6月\nA社,基本,100,100,120\nB社,基本,50,50,\n"
    work.add_file("wide.csv", rows.encode(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    june = next(one for one in app.selectbox if one.label == "Field of '2024年6月'")
    assert june.value == "months.mrr"
    june.set_value("ignored").run()
    assert not app.exception
    assert next(one for one in app.selectbox if one.label == "Field of '2024年6月'").value == "ignored"
    assert "2024-05-31" in [one.value for one in app.metric]


def test_saved_work_that_cannot_be_read_any_more_is_named_and_kept(work: Workspace) -> None:
    keep_ledger(work)
    sha = work.add_file("broken.xlsx", b"PK\x03\x04 half a workbook", by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert any("broken.xlsx" in one.value for one in app.error)
    assert sha in [file.sha for file in work.files()]


class RecordOfAnotherVersion(BaseModel):
    record_kind: ClassVar[str] = "SheetMapping"
    rows: str = "x"


def test_a_correction_of_another_version_is_named_and_kept(work: Workspace) -> None:
    keep_ledger(work)
    work.save(RecordOfAnotherVersion(), "old", by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert any("this version cannot read: 1" in one.value for one in app.warning)
    assert work.load(RecordOfAnotherVersion, "old") is not None


def test_a_list_that_gave_no_contracts_says_why_at_the_head_of_the_data_page(workspace_url: str) -> None:
    work = Workspace(workspace_url)
    work.add_file("a.csv", "顧客名,契約日,月額\nA社,4/1,100\nB社,10/1,100\nC社,12/15,90\n".encode(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert any("has days without a year" in one.value for one in app.warning)
    work.add_file("b.csv", b"Customer,Start date,MRR\nD,2024-04-01,10\n", by="")
    again = AppTest.from_file(APP, default_timeout=60).run()
    assert not [one for one in again.warning if "without a year" in one.value]
    assert any("notes to read: 1" in one.value for one in again.markdown)
