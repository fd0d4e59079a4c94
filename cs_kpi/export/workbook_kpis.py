"""The sheets of KPIs and of the sums that they are made of: whatever a reader would check is a formula."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cs_kpi.book import Book
from cs_kpi.export.report import Course, Key, Scope, head_words, is_told, key_of, side_sum
from cs_kpi.export.workbook_paper import NOTE, Paper, width_of
from cs_kpi.kpi import formula
from cs_kpi.kpi.readings import STATUS_LABELS, Reading
from cs_kpi.kpi.registry import KPIS, Kpi, MethodName
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import Unit
from cs_kpi.measures.registry import MEASURES, At

FIRST, FIRST_PART = 2, 1
"""Columns of the first period, and of the words before it."""
PERIOD_WIDTH = 15
VALUE = {"bold": True, "bg_color": "#F5F7FA"}
SAME = 1e-9
"""How near a formula has to come to the reading, to stand for it."""
AT_LABELS: dict[At, Message] = {
    "opening": _("segment at opening"), "closing": _("segment at closing"), "movement": _("segment of the movement"),
    "start": _("segment at the start"), "window": _("segment in the window")}
Part = Literal["value", "numerator", "denominator", "low", "high", "n", "status"]
PARTS: dict[Part, Message] = {"value": _("Value"), "numerator": _("Numerator"), "denominator": _("Denominator"),
                              "low": _("95% from"), "high": _("95% to"), "n": _("n"), "status": _("Status")}
SIDES: tuple[Part, ...] = ("numerator", "denominator")
LIMITS: tuple[Part, ...] = ("low", "high")
FACTORS: dict[MethodName, int] = {"ratio": 1, "points": 100}
"""Methods of which the value is a quotient, and by what it is multiplied."""
KPI_SHEET, SUMS_SHEET = _("KPIs"), _("Sums behind the KPIs")
INCOMPLETE = _("{period} (incomplete)")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the rows of a sheet stand: the row of the heads, and of every key."""

    sheet: Any
    head: int
    rows: Mapping[Any, int]
    periods: int

    def cell(self, key: Any, place: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(self.rows[key], FIRST + place))

    def outside(self, key: Any, place: int) -> str:
        """The cell as other sheets name it."""
        from xlsxwriter.utility import quote_sheetname

        return f"{quote_sheetname(self.sheet.name)}!{self.cell(key, place)}"


def period_heads(scope: Scope, found: Sequence[Course], language: Language) -> list[str]:
    """The names of the periods; the word behind those that are not complete."""
    incomplete = {reading.period for course in found for reading in course.readings if reading.status == "incomplete"}
    names = {period: period.label(language) for period in scope.run}
    return [Message(INCOMPLETE.template, {"period": name}).text(language) if period in incomplete else name
            for period, name in names.items()]


def sums_sheet(paper: Paper, book: Book, scope: Scope, totals: Mapping[Key, Sequence[float | None]],
               heads: Sequence[str]) -> Grid:
    """A row per measure with its sum in every period: what the formulas of the KPIs read."""
    language = paper.language
    sheet = paper.sheet(SUMS_SHEET.text(language))
    head = paper.title(sheet, SUMS_SHEET.text(language), head_words(book, scope, language), _(
        "Each row is a sum over the customers, as the product computed it. The formulas on the sheet of KPIs read "
        "these cells.").text(language))
    paper.heads(sheet, head, [_("Sum").text(language), _("Read at").text(language), *heads])
    rows = {}
    for row, (key, run) in enumerate(totals.items(), head + 1):
        name, at = key
        rows[key] = row
        paper.text(sheet, row, 0, _capital(MEASURES[name].label.text(language)))
        if at:
            paper.text(sheet, row, FIRST_PART, AT_LABELS[at].text(language), **NOTE)
        for place, value in enumerate(run):
            paper.number(sheet, row, FIRST + place, value, MEASURES[name].unit)
    sheet.set_column(0, 0, width_of([MEASURES[name].label.text(language) for name, _at in totals], 44))
    sheet.set_column(FIRST_PART, FIRST_PART, 18 if scope.segment else 8)
    sheet.set_column(FIRST, FIRST + len(heads) - 1, PERIOD_WIDTH)
    sheet.freeze_panes(head + 1, FIRST)
    return Grid(sheet, head, rows, len(heads))


@dataclass(frozen=True, slots=True)
class KpiSheet:
    """The sheet of KPIs while it is written."""

    paper: Paper
    sheet: Any
    scope: Scope
    totals: Mapping[Key, tuple[float | None, ...]]
    sums: Grid

    def course(self, row: int, course: Course) -> int:
        """The rows of a KPI from `row` on; the row after them."""
        at = {part: row + step for step, part in enumerate(_parts(course))}
        self.paper.text(self.sheet, row, 0, course.kpi.label.text(self.paper.language), **VALUE)
        for part, line in at.items():
            self.paper.text(self.sheet, line, FIRST_PART, PARTS[part].text(self.paper.language),
                            **(VALUE if part == "value" else NOTE))
            for place in range(len(course.readings)):
                self._cell(part, at, place, course)
        return row + len(at)

    def _cell(self, part: Part, at: Mapping[Part, int], place: int, course: Course) -> None:
        kpi, reading, row, column = course.kpi, course.readings[place], at[part], FIRST + place
        match part:
            case "value" if kpi.denominator:
                self._quotient(at, place, kpi, reading)
            case "value":
                self._side(row, place, kpi, "numerator", reading, **VALUE)
            case "numerator" | "denominator":
                self._side(row, place, kpi, part, reading)
            case "low" | "high":
                self.paper.number(self.sheet, row, column, reading.low if part == "low" else reading.high, kpi.unit,
                                  **NOTE)
            case "n":
                known = None if reading.status == "not_available" else reading.n
                self.paper.number(self.sheet, row, column, known, "count", **NOTE)
            case "status":
                self.paper.text(self.sheet, row, column, STATUS_LABELS[reading.status].text(self.paper.language),
                                align="right", **NOTE)

    def _quotient(self, at: Mapping[Part, int], place: int, kpi: Kpi, reading: Reading) -> None:
        """The cells below divided by each other where that is the value, else the number itself."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        row, column, factor = at["value"], FIRST + place, FACTORS.get(kpi.method)
        top, whole = reading.numerator, reading.denominator
        if (factor and whole and top is not None and reading.value is not None
                and math.isclose(factor * top / whole, reading.value, rel_tol=SAME, abs_tol=SAME)):
            cells = (xl_rowcol_to_cell(at[side], column) for side in SIDES)
            times = f"{factor}*" if factor != 1 else ""
            written = f"={times}{'/'.join(cells)}"
            self.paper.formula(self.sheet, row, column, written, reading.value, kpi.unit, **VALUE)
        else:
            self.paper.number(self.sheet, row, column, reading.value, kpi.unit, **VALUE)

    def _side(self, row: int, place: int, kpi: Kpi, side: str, reading: Reading, **look: Any) -> None:
        """A numerator or denominator, added up from the sums where it is their sum."""
        value = reading.numerator if side == "numerator" else reading.denominator
        if side == "numerator" and kpi.denominator is None:
            value = reading.value
        terms = formula.terms(kpi.sides[side])
        unit: Unit = kpi.unit if kpi.denominator is None else "share" if kpi.over else terms[0].measure.unit
        if value is not None and is_told(kpi, reading) and math.isclose(
                side_sum(self.scope, kpi, side, self.totals, place), value, rel_tol=SAME, abs_tol=SAME):
            written = "".join(f"{'-' if term.factor < 0 else '+'}{_times(term.factor)}"
                              f"{self.sums.outside(key_of(self.scope, kpi, side, term.measure), place)}"
                              for term in terms)
            self.paper.formula(self.sheet, row, FIRST + place, "=" + written.removeprefix("+"), value, unit,
                               **(look or NOTE))
        else:
            self.paper.number(self.sheet, row, FIRST + place, value, unit, **(look or NOTE))


def _parts(course: Course) -> list[Part]:
    """The rows of a KPI: only those that it has."""
    has_interval = any(reading.low is not None for reading in course.readings)
    return ["value", *(SIDES if course.kpi.denominator else ()), *(LIMITS if has_interval else ()), "n", "status"]


def _times(factor: int) -> str:
    return "" if abs(factor) == 1 else f"{abs(factor)}*"


def kpi_sheet(paper: Paper, sheet: Any, book: Book, scope: Scope, found: Sequence[Course],
              totals: Mapping[Key, tuple[float | None, ...]], sums: Grid, heads: Sequence[str]) -> Grid:
    """KPIs by periods: value, numerator, denominator, interval, n and status; the place of every value."""
    language = paper.language
    head = paper.title(sheet, KPI_SHEET.text(language), head_words(book, scope, language), _(
        "Values are formulas over the rows below them and over the sheet '{sheet}', wherever they are sums or "
        "quotients; an empty cell means that there is no value, and the status says why.",
        sheet=sums.sheet.name).text(language))
    paper.heads(sheet, head, [_("KPI").text(language), _("Part").text(language)])
    paper.heads(sheet, head, list(heads), FIRST, align="right")
    place = KpiSheet(paper, sheet, scope, totals, sums)
    rows, row = {}, head + 1
    for course in found:
        rows[course.kpi.id] = row
        row = place.course(row, course)
    sheet.repeat_rows(head)
    sheet.set_column(0, 0, width_of([KPIS[course.kpi.id].label.text(language) for course in found], 40))
    sheet.set_column(FIRST_PART, FIRST_PART, 13)
    sheet.set_column(FIRST, FIRST + len(heads) - 1, PERIOD_WIDTH)
    sheet.freeze_panes(head + 1, FIRST)
    return Grid(sheet, head, rows, len(heads))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
