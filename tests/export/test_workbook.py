"""The workbook read back: its formulas are the readings, nothing in it runs, hidden names are in no cell."""

import io
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cs_kpi.book import Book
from cs_kpi.export.report import Scope, compared_by
from cs_kpi.export.workbook import report_workbook
from cs_kpi.export.workbook_paper import Paper
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.readings import Segment, series
from cs_kpi.kpi.registry import KPIS
from cs_kpi.kpi.runs import offered, run_up_to
from cs_kpi.locale import Language
from cs_kpi.periods import SNAPSHOT, Period, parse
from tests.books import book_of_list
from tests.tables import book

# March 2024: A stays at 100; B goes from 100 to 150; C leaves with 200; D comes with 50.
# Opening 400, closing 300; expansion 50, churn 200, new 50. NRR (400 + 50 - 200) / 400 = 62.5 %.
ROWS = [("A", "2024-01-01", None, 100), ("B", "2024-01-01", "2024-02-29", 100), ("B", "2024-03-01", None, 150),
        ("C", "2024-01-01", "2024-03-15", 200), ("D", "2024-03-10", None, 50)]
RUNS = "=cmd|' /C calc'!A0"
PEOPLE = [("A", "2024-01-01", None, RUNS), ("B", "2024-01-01", None, RUNS), ("C", "2024-01-01", None, "+1"),
          ("D", "2024-03-10", None, "+1")]
LANGUAGES: list[Language] = ["en", "ja"]


def small() -> Book:
    return book(ROWS, customers=PEOPLE, as_of="2024-03-31")


def run(of: Book) -> tuple[Period, ...]:
    return tuple(run_up_to(parse("2024-03"), offered(of, "month")))


def scope(of: Book, segment: Segment | None = None, **more: Any) -> Scope:
    return Scope(run(of), tuple(KPIS), segment, compared_by(of, segment), **more)


def sheets(data: bytes, **how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **how)


def value_rows(sheet: Any) -> dict[str, dict[str, Any]]:
    """KPI -> part -> the cell of the last period."""
    found: dict[str, dict[str, Any]] = {}
    name = ""
    for row in sheet.iter_rows(min_row=6):
        name = row[0].value or name
        found.setdefault(name, {})[row[1].value] = row[sheet.max_column - 1]
    return found


def test_a_rate_is_its_numerator_over_its_denominator() -> None:
    data = report_workbook(small(), scope(small()), "en")
    written, shown = (value_rows(sheets(data, data_only=only)["KPIs"]) for only in (False, True))
    nrr = written["NRR"]
    assert nrr["Value"].value == f"={nrr['Numerator'].coordinate}/{nrr['Denominator'].coordinate}"
    assert shown["NRR"]["Value"].value == 0.625
    assert (shown["NRR"]["Numerator"].value, shown["NRR"]["Denominator"].value) == (250, 400)
    assert shown["Customer churn rate"]["Value"].value == pytest.approx(1 / 3)
    assert written["ARR"]["Value"].value.startswith("=12*'Sums behind the KPIs'!")
    assert shown["ARR"]["Value"].value == 3600


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("segment", [None, Segment("industry", "+1")])
def test_every_value_is_the_reading(language: Language, segment: Segment | None) -> None:
    of = small()
    wanted = scope(of, segment)
    sheet = sheets(report_workbook(of, wanted, language), data_only=True).worksheets[1]
    found = value_rows(sheet)
    readings = {KPIS[name].label.text(language): run[-1] for name, run in
                series(of, wanted.run, wanted.kpis, segment).items()}
    word = {"en": "Value", "ja": "値"}[language]
    assert {name: parts[word].value for name, parts in found.items()} == {
        name: None if one.value is None else pytest.approx(one.value) for name, one in readings.items()}


def test_closing_mrr_is_the_sum_of_its_row() -> None:
    data = report_workbook(small(), scope(small()), "en")
    written, shown = (sheets(data, data_only=only)["MRR movements"] for only in (False, True))
    last = written.max_row
    assert written.cell(last, 8).value == f"=SUM(B{last}:G{last})"
    # 400 opening, 50 new, 0 back, 50 more, 0 less, 200 gone
    assert [shown.cell(last, column).value for column in range(2, 9)] == [400, 50, 0, 50, 0, -200, 300]


def test_text_of_the_user_runs_nowhere() -> None:
    of = book([(f"@SUM({id})", *rest) for id, *rest in ROWS],
              customers=[(f"@SUM({id})", *rest) for id, *rest in PEOPLE], as_of="2024-03-31")
    whole = sheets(report_workbook(of, scope(of), "en"))
    cells = [cell for sheet in whole for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    risky = [cell for cell in cells if cell.value.startswith(("=cmd", "@SUM", "+1"))]
    assert {cell.data_type for cell in risky} == {"s"}
    assert all(cell.quotePrefix for cell in risky)
    assert {cell.value for cell in risky} >= {RUNS, "@SUM(A)", "+1"}


def test_customers_add_up_to_the_reading() -> None:
    of = small()
    whole = sheets(report_workbook(of, scope(of), "en"))
    lines = [[cell.value for cell in row] for row in whole["Customers behind"].iter_rows(min_row=6)]
    parts = {part: math.fsum(row[-1] for row in lines if row[0] == "NRR" and row[4] == part)
             for part in ("Numerator", "Denominator")}
    assert parts == {"Numerator": 250, "Denominator": 400}
    assert {row[2] for row in lines if row[0] == "NRR"} == set(behind(of, "nrr", parse("2024-03"))["customer_id"])


def test_hidden_names_are_in_no_cell() -> None:
    named = book([(f"Firm {id}", *rest) for id, *rest in ROWS], as_of="2024-03-31")
    shown, hidden = ([cell.value for sheet in sheets(report_workbook(named, scope(named, hides_names=hides), "en"))
                      for row in sheet.iter_rows() for cell in row] for hides in (False, True))
    assert "Firm A" in shown
    assert [text for text in hidden if isinstance(text, str) and "Firm" in text] == []
    assert "Customer 0001" in hidden


def test_too_many_customers_are_cut_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cs_kpi.export.workbook_lists.MOST_LINES", 1)
    of = small()
    whole = Scope(run(of), ("mrr",))
    sheet = sheets(report_workbook(of, whole, "en"))["Customers behind"]
    cells = [row[0].value for row in sheet.iter_rows()]
    assert [text for text in cells if text and "one line holds the others together" in text] != []
    # of 150, 100 and 50 the largest alone, the others together: all of it still adds up to the MRR of 300
    assert [(row[3].value, row[-1].value) for row in sheet.iter_rows(min_row=7)] == [
        ("B", 150), ("2 further customers", 150)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_legal_names_and_charts_that_read_cells(language: Language) -> None:
    whole = sheets(report_workbook(small(), scope(small()), language))
    names = whole.sheetnames
    assert [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\")] == []
    assert len({name.lower() for name in names}) == len(names)
    charts = whole.worksheets[2]._charts
    references = [series.val.numRef.f for chart in charts for series in chart.series]
    assert len(charts) == 5
    assert {reference.rsplit("!", 1)[0].strip("'") for reference in references} <= set(names)


def test_names_of_sheets_that_excel_takes_for_the_same_are_told_apart() -> None:
    paper = Paper("en", None)
    names = [paper.sheet(name).name for name in ("a" * 40, "A" * 40, "History", "x: y", "x/y")]
    assert names == ["a" * 31, "A" * 27 + " (2)", "History (2)", "x y", "x_y"]


def test_a_list_without_dates_has_its_workbook() -> None:
    of = book_of_list([{"customer": place, "has_left": left, "tenure": 3.0, "industry": "IT", "mrr": 10.0}
                       for place, left in enumerate((False, True))])
    data = report_workbook(of, Scope((SNAPSHOT,), tuple(KPIS)), "en")
    parts = value_rows(sheets(data, data_only=True)["KPIs"])["Customer churn rate"]
    assert parts["Value"].value == 0.5


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_computes_the_same(tmp_path: Path) -> None:
    """LibreOffice throws the stored values away on the way to ods and back, and computes the formulas itself."""
    (tmp_path / "r.xlsx").write_bytes(report_workbook(small(), scope(small()), "ja"))
    for source, kind in (("r.xlsx", "ods"), ("r.ods", "xlsx:Calc MS Excel 2007 XML")):
        folder = tmp_path / kind[:3]
        path = tmp_path / ("ods" if source == "r.ods" else "") / source
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
                        kind, "--outdir", folder, path], check=True, capture_output=True, timeout=120)
    ours, stored, theirs = (openpyxl.load_workbook(path, data_only=only) for path, only in (
        (tmp_path / "r.xlsx", False), (tmp_path / "r.xlsx", True), (tmp_path / "xls" / "r.xlsx", True)))
    formulas = [(sheet.title, cell.coordinate) for sheet in ours for row in sheet.iter_rows() for cell in row
                if cell.data_type == "f"]
    assert len(formulas) > 50
    assert [place for place in formulas if theirs[place[0]][place[1]].value != pytest.approx(
        stored[place[0]][place[1]].value)] == []
