"""How many rows make the header can be set on the data page, and the columns follow at once."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.ingest.records import SheetMapping
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, texts

TWO = "顧客ID,契約開始日,月額\nA,2024/4/1,10\n,,\n顧客ID,解約日,解約理由\nA,2024/9/1,価格\n"
LEVELS = "顧客名,契約,,料金\n,開始日,終了日,月額\n山田,2024/4/1,,10\n佐藤,2024/5/1,2024/9/1,20\n"


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def test_levels_are_shown_and_can_be_changed_and_changed_back(work: Workspace) -> None:
    work.add_file("ledger.csv", LEVELS.encode(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    levels = next(one for one in app.number_input if one.label == "Header levels")
    assert levels.value == 2
    assert "契約 開始日" in texts(app)
    app = levels.set_value(1).run()
    [saved] = work.all(SheetMapping).values()
    assert (saved.header_row, saved.header_levels, saved.headers) == (2, 1, ("A", "開始日", "終了日", "月額"))
    assert "契約 開始日" not in texts(app)
    app = next(one for one in app.number_input if one.label == "Header levels").set_value(2).run()
    assert "契約 開始日" in texts(app)
    assert not app.exception


def test_two_tables_of_one_sheet_are_listed_as_two(work: Workspace) -> None:
    work.add_file("both.csv", TWO.encode(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert app.selectbox(key="sheet").options == ["both.csv › both", "both.csv › both (2)"]
