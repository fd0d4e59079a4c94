"""The same money in two sheets counts once, said and asked; amounts that differ, and other products, add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.twice import asked
from tests.ingest.given import reading, sheet

TODAY = dt.date(2025, 7, 1)
NAMES, FEES = ("甲社", "乙社", "丙社", "丁社", "戊社"), (10000, 25000, 8000, 40000, 12000)
FILE = "台帳.xlsx"


def listed(fees: tuple[int, ...] = FEES, name: str = "顧客一覧", file: str = FILE) -> Sheet:
    return sheet(["顧客ID", "顧客名", "業種", "月額", "契約開始日"], *(
        [f"C{at}", who, "製造", fee, f"2024-{at + 1:02d}-01"] for at, (who, fee) in enumerate(
            zip(NAMES, fees, strict=True))), name=name, file=file)


def contracts(fees: tuple[int, ...] = FEES, head: str = "月額料金", file: str = FILE) -> Sheet:
    return sheet(["契約番号", "顧客名", "プラン", head, "契約開始日", "契約満了日"], *(
        [f"K{at}", who, "標準", fee, f"2024-{at + 1:02d}-01", f"2026-{at + 1:02d}-01"] for at, (who, fee) in enumerate(
            zip(NAMES, fees, strict=True))), name="契約", file=file)


def months(file: str = FILE) -> Sheet:
    rows = [[f"C{at}", who, *([fee] * 6)] for at, (who, fee) in enumerate(zip(NAMES, FEES, strict=True))]
    return sheet(["顧客ID", "顧客名", *(f"2025年{at}月" for at in range(1, 7))], *rows,
                 ["C9", "己社", 3000, 3000, None, None, None, None], name="MRR推移", file=file)


def read_all(*given: Sheet) -> list[SheetReading]:
    return [reading(one) for one in given]


def mrr(book: Book, day: str = "2025-06-30") -> float:
    rows = book.tables["subscriptions"]
    end = rows["end_date"] if "end_date" in rows else pd.Series(pd.NaT, index=rows.index)
    at = pd.Timestamp(day)
    return float(rows["mrr"][(rows["start_date"] <= at) & (end.isna() | (end > at))].sum())


@pytest.mark.parametrize("given", [
    pytest.param((listed(), contracts()), id="a list beside contracts by name"),
    pytest.param((contracts(), listed()), id="the other way round"),
    pytest.param((listed(file="顧客.xlsx"), contracts(file="契約.xlsx")), id="in two files, by id and by name"),
    pytest.param((listed(), months()), id="a list beside months"),
    pytest.param((contracts(file="契約.xlsx"), months(file="推移.xlsx")), id="contracts beside months in two files"),
    pytest.param((listed(), contracts(tuple(fee * 11 // 10 for fee in FEES))), id="with tax in one of them"),
])
def test_the_same_fees_count_once(given):
    book = book_of(read_all(*given), today=TODAY)
    assert mrr(book) in (95000, 104500)
    assert sum("count once" in note.text("en") for note in book.remarks) == 1


def test_the_sheet_that_says_more_is_the_one_that_counts():
    rows = book_of(read_all(listed(), contracts()), today=TODAY).tables["subscriptions"]
    assert rows["_sheet"].unique().tolist() == ["契約"]
    by_months = book_of(read_all(listed(), months()), today=TODAY)
    assert by_months.tables["subscriptions"]["_sheet"].unique().tolist() == ["MRR推移"]
    first = by_months.customers.set_index("customer_id")["started_on"]
    assert first["C1"] == pd.Timestamp("2024-02-01")  # the list's start is the first day of the customer


def test_where_contracts_count_in_place_of_months_the_data_begins_with_them():
    given = [*FEES]
    more = sheet(["顧客名", "月額料金", "契約開始日", "解約日"], *(
        [who, fee, f"2023-{at + 1:02d}-01", None] for at, (who, fee) in enumerate(zip(NAMES, given, strict=True))),
        ["己社", 3000, "2023-06-01", "2025-03-01"], ["庚社", 7000, "2023-06-01", "2024-03-01"], name="契約", file=FILE)
    book = book_of(read_all(more, months()), today=TODAY)
    assert book.tables["subscriptions"]["_sheet"].unique().tolist() == ["契約"]
    assert book.as_of == dt.date(2025, 6, 30)
    assert book.data_from == dt.date(2023, 1, 1)


@pytest.mark.parametrize("given", [
    pytest.param((listed(), contracts((500, 700, 900, 1100, 1300))), id="further amounts"),
    pytest.param((listed((100,) * 5), contracts((100,) * 5)), id="one price for all"),
])
def test_other_amounts_add_up_and_nothing_is_asked(given):
    found = read_all(*given)
    assert [question.id for one in asked(found, TODAY) for question in one.questions if "twice" in question.id] == []
    assert len(book_of(found, today=TODAY).tables["subscriptions"]) == 10


def test_it_is_asked_and_the_answer_counts():
    found = asked(read_all(listed(), contracts()), TODAY)
    (question,) = [question for one in found for question in one.questions if question.id.startswith("twice")]
    assert (question.id, question.sheet, question.column) == ("twice:契約", "顧客一覧", "月額")
    assert question.assumed == "once"
    answered = found[0].mapping.model_copy(update={"answers": {question.id: "both"}})
    book = book_of([replace(found[0], mapping=answered), found[1]], today=TODAY)
    assert mrr(book) == 190000


def test_customers_of_the_lesser_sheet_alone_stay():
    whole = contracts()
    found = read_all(listed(), replace(whole, cells=whole.cells.iloc[:5]))  # without 戊社
    rows = book_of(found, today=TODAY).tables["subscriptions"]
    assert mrr(book_of(found, today=TODAY)) == 95000
    assert sorted(rows["customer_id"]) == ["C0", "C1", "C2", "C3", "C4"]


def test_a_pivot_beside_its_data_is_not_counted():
    pivot = sheet(["Row Labels", "2025-01", "2025-02", "2025-03"], ["大企業", 50, 50, 60], ["中小", 45, 45, 45],
                  name="Pivot", file=FILE)
    book = book_of(read_all(pivot, contracts()), today=TODAY)
    assert mrr(book) == 95000
    assert sum("pivot table" in note.text("en") for note in book.remarks) == 1
