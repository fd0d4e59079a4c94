"""One answer for the same question about several sheets, on the data page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from cs_kpi.workspace import Workspace
from tests.test_pages import APP, texts

NAMED = "顧客名,契約日,月額,通貨\nA社,2024-04-01,10,USD\nB社,2024-04-01,1000,JPY\n"
PLAIN = "顧客名,契約日,月額\nC社,2024-04-01,20\nD社,2024-04-01,30\n"
OTHER = "Customer,Start date,MRR\nE,2024-04-01,20\nF,2024-04-01,30\n"


def test_the_currency_of_sheets_that_name_none_is_asked_once_for_all(workspace_url: str) -> None:
    work = Workspace(workspace_url)
    for name, text in (("a.csv", NAMED), ("b.csv", PLAIN), ("c.csv", OTHER)):
        work.add_file(name, text.encode(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    asked = [one for one in app.radio if "unnamed_currency" in str(one.key)]
    assert len(asked) == 1
    assert any("the answer holds for all of them" in one.value for one in app.caption)
    assert any("[2 questions are open in 2 sheets](#questions)" in one.value for one in app.markdown)
    asked[0].set_value("JPY").run()
    assert not app.exception
    assert not [one for one in app.button if "unnamed_currency" in str(one.key)]
    assert "rows name no currency" not in texts(app)
    assert not any("questions are open" in one.value for one in app.markdown)
