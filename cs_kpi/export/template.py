"""An empty workbook to fill in: one sheet a table, generated from the declared tables."""

from __future__ import annotations

from io import BytesIO

from cs_kpi.locale import Language, _
from cs_kpi.tables import TABLES, UNDATED_FIELDS

WIDTH = 22


def template(language: Language) -> bytes:
    """An xlsx with a sheet per canonical table; required columns carry a comment that says so."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    needed = _("Required").text(language)
    for table in TABLES.values():
        sheet = book.create_sheet(table.label.text(language)[:31])
        sheet.freeze_panes = "A2"
        for place, field in enumerate((one for one in table.fields if one.name not in UNDATED_FIELDS), start=1):
            cell = sheet.cell(1, place, field.label.text(language))
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="DCEBEA" if field.required else "F1F3F5")
            if field.required:
                cell.comment = Comment(needed, "CS KPI")
            sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    file = BytesIO()
    book.save(file)
    return file.getvalue()
