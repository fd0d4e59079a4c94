"""A template that is filled in needs no correction: every column is taken for the field that it was made for."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from cs_kpi.export.template import template
from cs_kpi.fields import Field, Table
from cs_kpi.header_words import UNDATED_FIELDS
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.naming.vocabulary import choice_words
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.values.intervals import intervals
from cs_kpi.ingest.values.names import choices, flags
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.meanings import MEANINGS, TABLE_MEANINGS, allowed
from cs_kpi.tables import TABLES

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
    for table, sheet in zip(TABLES.values(), book.worksheets[1:], strict=True):
        for row in range(ROWS):
            for place, field in enumerate(offered(table), start=1):
                if field.name not in without:
                    sheet.cell(row + 2, place, filling(field, row, language))
    held = io.BytesIO()
    book.save(held)
    return sheets(f"template_{language}.xlsx", held.getvalue())[1:]


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
    for name, sheet in zip(TABLES, sheets("t.xlsx", template(language))[1:], strict=True):
        assert guess(sheet).tables == (name,)


def examples(language: Language) -> dict[str, SheetReading]:
    """The template with one row per table, filled in with the examples that it gives itself."""
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    for table, sheet in zip(TABLES.values(), book.worksheets[1:], strict=True):
        for place, field in enumerate(offered(table), start=1):
            sheet.cell(2, place, MEANINGS[f"{table.name}.{field.name}"].examples[language])
    held = io.BytesIO()
    book.save(held)
    found = sheets("filled.xlsx", held.getvalue())[1:]
    return {name: read(sheet, guess(sheet)) for name, sheet in zip(TABLES, found, strict=True)}


def test_the_examples_read_back_as_the_same_values_in_both_languages() -> None:
    """What is meant the same is read the same: 毎年 is 12 months as Yearly is, ハイタッチ is high as High touch is."""
    ours, theirs = examples("en"), examples("ja")
    for name, table in TABLES.items():
        for reading in (ours[name], theirs[name]):
            assert (reading.rows_read, reading.rows_refused, reading.mapping.attributes) == (1, 0, ()), name
        for field in offered(table):
            one, other = (read_[name].tables[name][field.name].iloc[0] for read_ in (ours, theirs))
            given = MEANINGS[f"{name}.{field.name}"].examples
            if field.kind in ("text", "id") and field.name != "currency":
                assert (one, other) == (given["en"], given["ja"]), field.name
            elif field.name != "currency":
                assert one == other, field.name
    contract = ours["subscriptions"].tables["subscriptions"].iloc[0]
    assert (contract["mrr"], str(contract["start_date"])[:10], bool(contract["auto_renews"])) == (
        10_000, "2024-04-01", False)  # the MRR as it stands: a discount lowers the amount


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("table", "field"), [(table.name, field) for table in TABLES.values() for field in table.fields
                                              if field.kind in ("choice", "flag", "interval")], ids=str)
def test_every_value_that_is_offered_is_understood(table: str, field: Field, language: Language) -> None:
    words = allowed(field, language)
    cells = pd.Series(words, dtype=object)
    match field.kind:
        case "flag":
            values, unknown = flags(cells)
            assert values.tolist() == [True, False]
        case "interval":
            values, unknown = intervals(cells, choice_words(table, field.name))
            assert values.tolist() == ["1", "3", "6", "12"]
        case _:
            values, unknown = choices(cells, choice_words(table, field.name))
            assert values.tolist() == [value for value, _words in field.choices]
    assert not unknown.any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_comes_first_says_every_field_and_is_no_data(language: Language) -> None:
    first = sheets("t.xlsx", template(language))[0]
    mapping = guess(first)
    assert (mapping.columns, mapping.is_used) == ({}, False)
    said = {(row[0], row[1]) for row in first.cells.iloc[1:].itertuples(index=False)
            if isinstance(row[1], str)}
    assert said == {(table.label.text(language), field.label.text(language))
                    for table in TABLES.values() for field in offered(table)}
    assert not first.cells.iloc[1:, 2].isna().any()


def test_every_field_has_a_meaning_and_no_meaning_is_left_over() -> None:
    assert set(MEANINGS) == {f"{table.name}.{field.name}" for table in TABLES.values() for field in table.fields}
    assert set(TABLE_MEANINGS) == set(TABLES)


def test_cells_offer_their_values_and_show_dates_as_dates() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template("ja")))["契約"]
    headers = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {str(one.sqref).split("2:")[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists[headers["料金区分"]] == '"定額,従量,初期費用,トライアル"'
    assert sheet.column_dimensions[headers["契約開始日"]].number_format == "yyyy/mm/dd"
    assert sheet["A1"].comment.text.startswith("必須")
