"""Hidden sheets are listed and do not count until the user says so; a template explains itself and does not count."""

from __future__ import annotations

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.export.template import template
from cs_kpi.workspace import Workspace
from tests.test_pages import APP, texts

CONTRACTS = (["Customer ID", "MRR", "Start date"], ["A", 100, "2024-01-01"], ["B", 50, "2024-02-01"])


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    return Workspace(workspace_url)


def with_hidden_sheet() -> bytes:
    """A workbook with a visible and a hidden sheet of contracts."""
    book = openpyxl.Workbook()
    for sheet, letter in ((book.active, ""), (book.create_sheet("Archive"), "Z")):
        for row in CONTRACTS:
            sheet.append([letter + str(row[0]) if row[0] in ("A", "B") else row[0], *row[1:]])
    book["Archive"].sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_hidden_sheet_is_listed_and_counts_after_one_click(work: Workspace) -> None:
    work.add_file("book.xlsx", with_hidden_sheet(), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert app.metric[0].value == "2"
    assert "The hidden sheet book.xlsx › Archive holds" in texts(app)
    next(one for one in app.button if one.label == "Use it").click().run()
    assert not app.exception
    assert app.metric[0].value == "4"
    assert not [one for one in app.button if one.label == "Use it"]


def test_an_empty_template_is_no_data_and_explains_its_fields(work: Workspace) -> None:
    work.add_file("template.xlsx", template("en"), by="")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    [sheets] = [frame.value for frame in app.dataframe if "Understood as" in frame.value.columns]
    assert sheets["Understood as"].iloc[0] == "Not used"
    app.selectbox(key="sheet").set_value(2).run()
    [fields] = [frame.value for frame in app.dataframe if "Meaning" in frame.value.columns]
    assert "Start date" in list(fields["Column"])
