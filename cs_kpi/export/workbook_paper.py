"""What a workbook is written on: sheets with legal names, formats by unit, cells in which nothing of the user runs."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from typing import Any

import numpy as np
import pandas as pd

from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import ILLEGAL, width_em
from cs_kpi.export.codes import unit_code
from cs_kpi.export.tables import CELL_LENGTH, NARROWEST_COLUMN, SHEET_NAME_LENGTH, WIDEST_COLUMN, is_risky, sheet_title
from cs_kpi.locale import Language, shown
from cs_kpi.locale.formats import Unit

FONTS: dict[Language, str] = {"ja": "Yu Gothic", "en": "Calibri"}
DAYS: dict[Language, str] = {"ja": "yyyy/mm/dd", "en": "yyyy-mm-dd"}
TYPE_SIZE, TITLE_SIZE = 10, 14
COLON = re.compile(r"[:：]\s*")
"""Excel takes none in the name of a sheet."""
RESERVED = {"history"}
"""Excel keeps this name of a sheet for itself."""
HEAD = {"bold": True, "bg_color": "#EEF2F7", "bottom": 1, "bottom_color": LIGHT.muted, "valign": "top"}
NOTE = {"font_color": LIGHT.muted}


class Paper:
    """An XlsxWriter workbook in one language and currency; `data` closes it."""

    def __init__(self, language: Language, currency: str | None) -> None:
        import xlsxwriter

        self.language, self.currency = language, currency
        self._file = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._file, {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONTS[language], "font_size": TYPE_SIZE}})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set(RESERVED)
        self._titles: dict[str, str] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet, under a name that Excel takes and that no other sheet has."""
        title, number = sheet_title(COLON.sub(" ", name)), 1
        while title.lower() in self._names:
            number += 1
            end = f" ({number})"
            title = sheet_title(name)[:SHEET_NAME_LENGTH - len(end)] + end
        self._names.add(title.lower())
        sheet = self.book.add_worksheet(title)
        self._titles[title] = title
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def format(self, unit: Unit | None = None, **properties: Any) -> Any:
        """A format, made once; of a unit as the page shows it."""
        if unit:
            properties["num_format"] = unit_code(unit, self.currency, self.language)
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def text(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
        """Text that stays text, whatever it begins with."""
        if is_risky(text):
            properties["quote_prefix"] = True
        sheet.write_string(row, column, ILLEGAL.sub("", text)[:CELL_LENGTH],
                           self.format(**properties) if properties else None)

    def number(self, sheet: Any, row: int, column: int, value: float | None, unit: Unit, **properties: Any) -> None:
        """A number, or an empty cell where there is none."""
        if value is None or not math.isfinite(value):
            sheet.write_blank(row, column, None, self.format(**properties) if properties else None)
        else:
            sheet.write_number(row, column, value, self.format(unit, **properties))

    def formula(self, sheet: Any, row: int, column: int, written: str, value: float, unit: Unit,
                **properties: Any) -> None:
        """A formula with the value that it has, for programs that do not compute."""
        sheet.write_formula(row, column, written, self.format(unit, **properties), value)

    def cell(self, sheet: Any, row: int, column: int, value: object, unit: Unit | None = None) -> None:
        """A value as it is: a number, a day, text, or an empty cell where there is nothing."""
        if value is None or value is pd.NaT or value is pd.NA:
            sheet.write_blank(row, column, None)
        elif isinstance(value, dt.date):
            day = value.date() if isinstance(value, dt.datetime) else value
            sheet.write_datetime(row, column, day, self.format(num_format=DAYS[self.language], align="left"))
        elif isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
            if unit or not math.isfinite(value):
                self.number(sheet, row, column, float(value), unit or "count")
            else:
                sheet.write_number(row, column, float(value))
        else:
            self.text(sheet, row, column, shown(value, self.language))

    def title(self, sheet: Any, title: str, *notes: str) -> int:
        """A heading with notes under it; the row in which the table may begin."""
        sheet.set_row(0, 22)
        self.text(sheet, 0, 0, title, bold=True, font_size=TITLE_SIZE)
        self._titles[sheet.name] = title
        for row, note in enumerate(notes, 1):
            self.text(sheet, row, 0, note, **NOTE)
        return len(notes) + 2

    def heads(self, sheet: Any, row: int, heads: list[str], first: int = 0, **properties: Any) -> None:
        for place, head in enumerate(heads):
            self.text(sheet, row, first + place, head, **HEAD, **properties)

    def contents(self, sheet: Any, row: int) -> None:
        """A line per other sheet from `row` on: its name, which leads there, and its title."""
        from xlsxwriter.utility import quote_sheetname

        link = self.format(font_color=LIGHT.roles["accent"], underline=1)
        for place, (name, title) in enumerate((one for one in self._titles.items() if one[0] != sheet.name), row):
            sheet.write_url(place, 0, f"internal:{quote_sheetname(name)}!A1", link, name)
            self.text(sheet, place, 1, title)
        sheet.set_column(0, 0, width_of(list(self._titles), 44))
        sheet.set_column(1, 1, WIDEST_COLUMN)

    def data(self) -> bytes:
        self.book.close()
        return self._file.getvalue()


def width_of(texts: list[str], widest: float = WIDEST_COLUMN) -> float:
    """How wide a column is in which these texts stand."""
    return min(max((width_em(text) * 1.9 + 2 for text in texts), default=0.0) or NARROWEST_COLUMN, widest)
