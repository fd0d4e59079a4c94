"""A template that is filled in needs no correction: every column is taken for the field that it was made for."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from cs_kpi.export.template import template
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.tables import TABLES, UNDATED_FIELDS, Field, Table

ROWS = 6
WORDS = {"en": {"flag": ("yes", "no"), "interval": ("monthly", "yearly")},
         "ja": {"flag": ("あり", "なし"), "interval": ("月払い", "年払い")}}
NUMBERS = {"score": 9, "scale": 10, "value": 4, "count": 12, "minutes": 35, "seats": 25, "notice_days": 30,
           "discount": 0}


def filling(field: Field, row: int, language: Language) -> Any:
    """What somebody would write in the cell of a field."""
    match field.kind:
        case "id":
            return f"{field.name[:3].upper()}-{row:03}"
        case "date":
            return dt.date(2025, 3 if "end" in field.name else 1, 1 + row)
        case "money":
            return 10_000 * (row + 1)
        case "number":
            return NUMBERS[field.name]
        case "flag" | "interval":
            return WORDS[language][field.kind][row % 2]
        case "choice":
            return field.choices[row % 2][1][-1 if language == "ja" else 0]
    return {"currency": "JPY", "furigana": "ヤマダ"}.get(field.name, f"{field.name} {row}")


def offered(table: Table) -> list[Field]:
    """The fields of a template: a list without dates is what a team has, and nothing to ask for."""
    return [field for field in table.fields if field.name not in UNDATED_FIELDS]


def filled_in(language: Language, without: tuple[str, ...] = ()) -> list[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    for table, sheet in zip(TABLES.values(), book.worksheets, strict=True):
        for row in range(ROWS):
            for place, field in enumerate(offered(table), start=1):
                if field.name not in without:
                    sheet.cell(row + 2, place, filling(field, row, language))
    held = io.BytesIO()
    book.save(held)
    return sheets(f"template_{language}.xlsx", held.getvalue())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("without", [(), ("mrr",), ("amount", "billing_interval")], ids=str)
def test_a_filled_in_template_maps_onto_its_own_fields(name: str, language: Language, without: tuple[str, ...]) -> None:
    table = TABLES[name]
    sheet = filled_in(language, without)[list(TABLES).index(name)]
    found = guess(sheet)
    assert found.columns == {f"{name}.{field.name}": field.label.text(language) for field in offered(table)}
    assert found.attributes == ()
    reading = read(sheet, found)
    assert (reading.rows_read, reading.rows_refused) == (ROWS, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_maps_onto_its_own_fields_too(language: Language) -> None:
    for name, sheet in zip(TABLES, sheets("t.xlsx", template(language)), strict=True):
        assert guess(sheet).tables == (name,)
