"""What was understood, as a document that round-trips and applies to the next file; refusals as a table."""

import json

import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest.checks import refusal_table
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import applied, fitted
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.understanding import document_text, mappings, understanding
from tests.ingest.given import csv, reading

TEXT = "Customer ID,Start date,End date,Amount,Region\nA,2024-01-01,,10,EU\nB,soon,,10,US\n"


def test_the_document_says_what_was_understood():
    found = understanding([reading(csv(TEXT, "jan.csv"))])
    assert {
        key: found["sheets"][0][key]
        for key in ("file", "sheet", "tables", "shape", "header_row", "attributes", "rows_read", "rows_refused")
    } == {
        "file": "jan.csv",
        "sheet": "jan",
        "tables": ["subscriptions"],
        "shape": "contract_rows",
        "header_row": 1,
        "attributes": ["Region"],
        "rows_read": 1,
        "rows_refused": 1,
    }
    assert found["sheets"][0]["columns"]["subscriptions.amount"] == "Amount"
    assert {key: found["sheets"][0]["refused"][0][key] for key in ("row", "column", "value")} == {
        "row": 3,
        "column": "Start date",
        "value": "soon",
    }
    assert found["questions"][0]["id"] == "amount_is:Amount"
    assert found["questions"][0]["answer"] is None


def test_a_row_with_several_refused_cells_is_refused_once():
    rows = "A,soon,much\nB,soon,10\n" + "C,2024-01-01,10\n" * 6
    found = reading(csv("Customer ID,Start date,MRR\n" + rows))
    assert (len(found.refusals), found.rows_refused) == (3, 2)
    assert understanding([found])["sheets"][0]["rows_refused"] == 2


def test_the_document_reads_back_the_same():
    readings = [reading(csv(TEXT, "jan.csv"), amount_is="year")]
    assert mappings(document_text(readings)) == mappings(understanding(readings)) == [readings[0].mapping]
    assert readings[0].mapping.answers == {"amount_is:Amount": "year"}


@pytest.mark.parametrize(
    "payload", ["", "[]", "{", "null", '{"sheets": 3}', '{"sheets": [{"file": 1}]}', {"sheets": [{}]}, {}]
)
def test_a_document_that_is_none_gets_a_sentence(payload):
    with pytest.raises(DataError, match="The mapping cannot be used"):
        mappings(payload)


def test_a_field_that_does_not_exist_is_named():
    document = understanding([reading(csv(TEXT))])
    document["sheets"][0]["columns"]["subscriptions.colour"] = "Region"
    with pytest.raises(DataError, match=r"subscriptions\.colour"):
        mappings(json.dumps(document))


def test_a_saved_mapping_applies_to_the_next_file_corrections_included():
    saved = [corrected(guess(csv(TEXT, "jan.csv")), "Region", "subscriptions.product")]
    for name, text in (("jan.csv", TEXT), ("feb.csv", TEXT), ("feb.csv", "Contracts\n\n" + TEXT)):
        mapping = applied(saved, [csv(text, name)])[0]
        assert mapping.columns["subscriptions.product"] == "Region"
        assert mapping.file == name
        assert reading(csv(text, name)).rows_read == 1


def test_a_sheet_that_was_never_seen_is_guessed():
    saved = [guess(csv(TEXT, "jan.csv"))]
    assert applied(saved, [csv("Customer ID,NPS\nA,9\n", "nps.csv")])[0].tables == ("surveys",)


def test_refusals_as_a_table_in_the_readers_language():
    found = refusal_table(reading(csv(TEXT)).refusals, "en")
    assert found.to_dict("records") == [
        {
            "File": "given.csv",
            "Sheet": "given",
            "Row": 3,
            "Column": "Start date",
            "Value": "soon",
            "Reason": "This is not a date. Correct the cell in the spreadsheet and load it again.",
        }
    ]
    assert refusal_table((), "en").columns.tolist() == ["File", "Sheet", "Row", "Column", "Value", "Reason"]


def test_a_mapping_of_headers_that_a_sheet_lacks_fits_nothing_where_it_is_asked_to() -> None:
    sheet = sheets("a.csv", b"customer_id,start_date,mrr\nA,2024-01-01,100\n")[0]
    good = guess(sheet)
    broken = good.model_copy(update={"columns": {**good.columns, "subscriptions.mrr": "fee"}})
    assert fitted([broken], sheet, is_strict=True) is None
    assert fitted([broken], sheet) is not None
    assert fitted([good], sheet, is_strict=True) == good
