"""The pages on a list without dates: one period, what it tells, and what dates would bring."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.settings import Preferences
from cs_kpi.workspace import Workspace
from tests.ingest.test_snapshots import LIST

APP = str(Path(__file__).parents[2] / "app.py")
PAGES = ("pages/data.py", "pages/overview.py", "pages/revenue.py", "pages/settings.py")


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    kept = Workspace(workspace_url)
    kept.add_file("一覧.csv", LIST.encode("cp932"), by="")
    return kept


def opened(path: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run().switch_page(path).run()
    assert not app.exception
    assert not app.error
    return app


def values(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(work: Workspace, path: str, language: str) -> None:
    work.save(Preferences(language=language), "preferences", by="")  # type: ignore[arg-type]
    opened(path)


def test_a_list_with_a_flag_alone_opens_too(workspace_url: str) -> None:
    Workspace(workspace_url).add_file("flags.csv", b"Customer ID,Churn\nA,Yes\nB,No\nC,No\n", by="")
    assert values(opened("pages/overview.py"))["Customer churn rate"] == "33.3%"
    revenue = AppTest.from_file(APP, default_timeout=60).run().switch_page("pages/revenue.py").run()
    assert not revenue.exception
    assert "No column is mapped to 'MRR'" in revenue.error[0].value.replace("\\", "")


def test_churn_is_shown_although_the_fees_cannot_be_added_up(workspace_url: str) -> None:
    rows = b"Customer ID,MRR,Currency,Churn\nA,10,JPY,Yes\nB,10,USD,No\nC,10,USD,No\n"
    Workspace(workspace_url).add_file("flags.csv", rows, by="")
    found = values(opened("pages/overview.py"))
    assert found["Customer churn rate"] == "33.3%"
    assert "MRR" not in found


def test_the_overview_shows_what_there_is_and_names_the_rest(work: Workspace) -> None:
    app = opened("pages/overview.py")
    found = values(app)
    assert (found["Customer churn rate"], found["Churned customers"], found["MRR"]) == ("50.0%", "3", "40,000")
    assert "New MRR" not in found
    told = "\n".join(one.value for one in app.markdown)
    assert "New MRR" in told
    assert "takes dates" in told


def test_there_is_one_period_and_no_kind_to_pick(work: Workspace) -> None:
    app = opened("pages/overview.py")
    assert app.selectbox(key="period").options == ["Snapshot"]
    assert "kind" not in [one.key for one in app.segmented_control]


def test_churn_is_compared_by_the_picked_field_and_it_is_kept_across_pages(work: Workspace) -> None:
    app = opened("pages/overview.py")
    by = app.selectbox(key="compared-by-en")
    assert by.options == ["プラン", "Tenure"]
    by.set_value("tenure_band").run()
    table = next(one.value for one in app.dataframe if "Tenure" in one.value)
    # B after 3 and D after 1 month left; E after 6 stays; F after 8 left, C after 12 stays; A after 24 stays
    assert dict(zip(table["Tenure"], table["Customer churn rate"], strict=True)) == {
        "up to 3 months": 100.0, "4 to 6 months": 0.0, "7 to 12 months": 50.0, "13 to 24 months": 0.0}
    app = app.switch_page("pages/revenue.py").run()
    assert app.selectbox(key="compared-by-en").value == "tenure_band"


def test_a_segment_narrows_the_cards(work: Workspace) -> None:
    app = opened("pages/overview.py")
    app.selectbox(key="by").set_value("プラン").run()
    app.selectbox(key="segment").set_value("Pro").run()
    assert not app.exception
    assert values(app)["Churned customers"] == "1"


def test_a_passport_opens_with_its_customers_and_says_that_there_is_no_date(work: Workspace) -> None:
    app = opened("pages/overview.py")
    app.button(key="open-customer_churn_rate").click().run()
    assert not app.exception
    assert any("Customers behind this number: 6" in one.value for one in app.caption)
    assert any("take dates, which this list does not have" in one.value for one in app.info)


def test_the_data_page_says_how_many_left_and_asks_for_no_day(work: Workspace) -> None:
    found = values(opened("pages/data.py"))
    assert (found["Customers"], found["Churned customers"], found["Data up to"]) == ("6", "3", "no date")
    assert "Subscriptions" not in found


def test_from_a_list_to_contracts_the_period_is_a_month_again(work: Workspace) -> None:
    app = opened("pages/overview.py")
    ledger = "顧客ID,契約開始日,解約日,月額\n" + "".join(f"K{n},2023/{n}/1,2024/3/15,100\n" for n in range(1, 10))
    work.add_file("台帳.csv", ledger.encode(), by="")
    data = opened("pages/data.py")
    assert any("tells who has left, but not when" in one.value for one in data.info)
    app = app.switch_page("pages/revenue.py").run()
    assert not app.exception
    assert app.segmented_control(key="kind").value == "month"
    assert app.selectbox(key="period").value != "snapshot"
