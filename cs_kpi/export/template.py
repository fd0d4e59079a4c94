"""An empty workbook to fill in: what every field means, then one sheet a table, generated from the declared tables."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from cs_kpi.fields import Field, Table
from cs_kpi.header_words import UNDATED_FIELDS
from cs_kpi.locale import Language, _
from cs_kpi.meanings import DESCRIPTION_HEADERS, MEANINGS, TABLE_MEANINGS, allowed, descriptions
from cs_kpi.tables import TABLES

WIDTH = 22
DESCRIPTION_WIDTHS = (24, 26, 64, 26, 26, 26, 40)
LAST_ROW = 10_000
"""As far down as cells offer their allowed values."""
NEEDED, OTHER = "DCEBEA", "F1F3F5"
FORMATS: dict[str, dict[Language, str]] = {
    "date": {"ja": "yyyy/mm/dd", "en": "yyyy-mm-dd"}, "money": {"ja": "#,##0", "en": "#,##0.##"}}


def template(language: Language) -> bytes:
    """An xlsx with a sheet of descriptions and one per canonical table.

    Headers carry a comment with their meaning; dates and amounts their format; choices a list to pick from.
    """
    from openpyxl import Workbook

    book = Workbook()
    _describe(book.worksheets[0], language)
    for table in TABLES.values():
        _prepare(book.create_sheet(table.label.text(language)[:31]), table, language)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _describe(sheet: Any, language: Language) -> None:
    """A line per field; the first line of each table says what one of its rows is."""
    from openpyxl.styles import Alignment, Font

    sheet.title = _("Description").text(language)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _headers(sheet, [header.text(language) for header in DESCRIPTION_HEADERS], DESCRIPTION_WIDTHS)
    for table in TABLES.values():
        sheet.append([table.label.text(language), None, TABLE_MEANINGS[table.name].text(language)])
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
        for row in descriptions(table, language):
            sheet.append(list(row.values()))
            sheet.cell(sheet.max_row, 6).number_format = FORMATS["date"][language]
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _prepare(sheet: Any, table: Table, language: Language) -> None:
    """The empty sheet of one table."""
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    fields = [field for field in table.fields if field.name not in UNDATED_FIELDS]
    sheet.freeze_panes = "A2"
    _headers(sheet, [field.label.text(language) for field in fields], [WIDTH] * len(fields),
             [field.required for field in fields])
    for place, field in enumerate(fields, start=1):
        letter = get_column_letter(place)
        said = MEANINGS[f"{table.name}.{field.name}"].text.text(language)
        needed = f"{_('Required').text(language)}: " if field.required else ""
        sheet.cell(1, place).comment = Comment(needed + said, "CS KPI", width=260, height=120)
        if field.kind in FORMATS:
            sheet.column_dimensions[letter].number_format = FORMATS[field.kind][language]
        _offer(sheet, letter, field, language)


def _offer(sheet: Any, letter: str, field: Field, language: Language) -> None:
    """The allowed values as a list; another word is warned of, not refused, since more are understood."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if words := allowed(field, language):
        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, errorStyle="warning",
                                 showErrorMessage=True)
        offered.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(offered)


def _headers(sheet: Any, texts: list[str], widths: Any, needed: list[bool] | None = None) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, (text, width) in enumerate(zip(texts, widths, strict=True), start=1):
        cell = sheet.cell(1, place, text)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=NEEDED if needed and needed[place - 1] else OTHER)
        sheet.column_dimensions[get_column_letter(place)].width = width
