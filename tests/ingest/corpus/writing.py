"""Writing cells, sheets and files the way people and programs do."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

ERA_STARTS = (("令和", "R", 2018), ("平成", "H", 1988))
EXCEL_EPOCH = dt.date(1899, 12, 30)


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, merged: Mapping[str, Sequence[str]] | None = None,
             hidden: Sequence[str] = (), formats: Mapping[str, Mapping[str, str]] | None = None,
             is_1904: bool = False) -> bytes:
    """An xlsx file.

    merged : sheet -> ranges such as "A1:C1"; formats : sheet -> column letter -> number format of its dates
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for letter, style in (formats or {}).get(name, {}).items():
            for cell in (cell for cell in sheet[letter] if isinstance(cell.value, dt.date)):
                cell.number_format = style
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def table(rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """A csv file; fields are quoted where they have to be."""
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator=end).writerows(
        [["" if cell is None else cell for cell in row] for row in rows])
    return held.getvalue().encode(encoding)


def blank(write: Callable[[Any], Any], nothing: Any = None) -> Callable[[Any], Any]:
    """The same way of writing, with `nothing` in place of what is not there."""
    return lambda value: nothing if value is None else write(value)


def slash(day: dt.date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def dots(day: dt.date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def compact(day: dt.date) -> str:
    return f"{day:%Y%m%d}"


def kanji(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def kanji_month(day: dt.date) -> str:
    return f"{day.year}年{day.month}月"


def american(day: dt.date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def european(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def short_month(day: dt.date) -> str:
    return f"{day:%b}-{day:%y}"


def era(day: dt.date) -> str:
    """令和6年4月1日; the first year is 元年."""
    name, _letter, before = next(one for one in ERA_STARTS if day >= _first_day(one[0]))
    year = day.year - before
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def short_era(day: dt.date) -> str:
    """R6.4.1"""
    _name, letter, before = next(one for one in ERA_STARTS if day >= _first_day(one[0]))
    return f"{letter}{day.year - before}.{day.month}.{day.day}"


def _first_day(name: str) -> dt.date:
    return {"令和": dt.date(2019, 5, 1), "平成": dt.date(1989, 1, 8)}[name]


def serial(day: dt.date) -> int:
    """The number under which Excel keeps a day."""
    return (day - EXCEL_EPOCH).days


def comma(amount: float) -> str:
    return f"{amount:,.0f}"


def full_width(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def european_number(amount: float) -> str:
    """1.234,56"""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
