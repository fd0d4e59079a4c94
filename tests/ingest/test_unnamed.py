"""Contracts that name no currency: taken for the one of their column and said, or asked per sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest import unnamed
from cs_kpi.ingest.records import SheetReading
from cs_kpi.settings import Settings
from tests.ingest.given import csv, reading

TODAY = dt.date(2024, 7, 15)
HEADER = "customer_id,start_date,mrr,currency\n"
YEN = HEADER + "A,2024-01-01,100,JPY\nB,2024-01-01,200,JPY\n"
BLANK = "customer_id,start_date,mrr\nC,2024-01-01,300\nD,2024-01-01,400\n"
BOTH = HEADER + "A,2024-01-01,100,USD\nB,2024-01-01,200,EUR\nC,2024-01-01,300,\n"


def given(text: str, name: str = "given.csv", **answers: str) -> SheetReading:
    """A sheet as it is read, answers given to questions that are asked of it beside others."""
    read = reading(csv(text, name))
    said = {f"{topic}:mrr": answer for topic, answer in answers.items()}
    return reading_with(read, said)


def reading_with(read: SheetReading, answers: dict[str, str]) -> SheetReading:
    return replace(read, mapping=read.mapping.model_copy(update={"answers": answers}))


def currencies(book: Book) -> list[str]:
    return book.tables["subscriptions"]["currency"].fillna("-").tolist()


def test_rows_without_a_currency_take_the_only_one_of_their_column_and_it_is_said() -> None:
    read = given(HEADER + "A,2024-01-01,100,USD\nB,2024-01-01,200,\nC,2024-01-01,300,\n")
    assert currencies(book_of([read], today=TODAY)) == ["USD", "USD", "USD"]
    assert [note.text("en") for note in read.notes] == [
        "Rows that name no currency are read in USD, the only one that column 'currency' names: 2 (row 3, 4)."]
    assert not unnamed.asked([read])[0].questions


def test_signs_in_some_cells_are_those_of_the_others_and_it_is_said() -> None:
    read = given("customer_id,start_date,mrr\nA,2024-01-01,$100\nB,2024-01-01,200\n")
    assert read.tables["subscriptions"]["currency"].tolist() == ["USD", "USD"]
    assert "the only one that column 'mrr' names: 1 (row 3)" in read.notes[0].text("en")


def test_a_header_that_names_the_currency_leaves_nothing_to_say() -> None:
    read = given("customer_id,start_date,MRR (USD)\nA,2024-01-01,100\n")
    assert read.tables["subscriptions"]["currency"].tolist() == ["USD"]
    assert not read.notes


def test_blanks_among_several_currencies_are_asked_and_nothing_is_summed_until_then() -> None:
    [read] = unnamed.asked([given(BOTH)])
    [question] = read.questions
    assert question.text.text("en") == ("1 contract of this sheet names no currency, and others are in EUR, USD. In "
                                        "which currency are they?")
    assert (question.id, question.assumed, list(question.options)) == (
        "unnamed_currency:mrr", "open", ["EUR", "USD", "JPY", "open"])
    assert "names no currency" in str(book_of([read], today=TODAY).obstacle)


@pytest.mark.parametrize("code", ["EUR", "CHF"])
def test_the_answer_is_the_currency_of_the_blanks(code: str) -> None:
    book = book_of([given(BOTH, unnamed_currency=code)], today=TODAY)
    assert currencies(book) == ["USD", "EUR", code]


def test_a_sheet_without_a_currency_beside_one_with_is_asked() -> None:
    one, other = unnamed.asked([given(YEN), given(BLANK, "more.csv")])
    assert not one.questions
    assert [(asked.file, asked.id, asked.assumed) for asked in other.questions] == [
        ("more.csv", "unnamed_currency:mrr", "JPY")]
    assert currencies(book_of([one, other], today=TODAY)) == ["JPY"] * 4


def test_each_sheet_has_its_own_answer() -> None:
    readings = [given(YEN), given(BLANK, "two.csv", unnamed_currency="USD"),
                given(BLANK, "three.csv", unnamed_currency="open")]
    book = book_of(readings, today=TODAY)
    assert currencies(book) == ["JPY", "JPY", "USD", "USD", "-", "-"]
    assert "2 rows name no currency" in str(book.obstacle)


def test_the_setting_is_the_likelier_answer() -> None:
    dollars = given(YEN.replace("JPY", "USD"))
    book = book_of([dollars, given(BLANK, "more.csv")], Settings(unnamed_currency="JPY"), TODAY)
    assert currencies(book) == ["USD", "USD", "JPY", "JPY"]


def test_where_no_sheet_names_a_currency_nothing_is_asked() -> None:
    assert not unnamed.asked([given(BLANK)])[0].questions


def test_a_sheet_that_is_not_in_use_names_no_currency() -> None:
    off = given(YEN)
    off = replace(off, mapping=off.mapping.model_copy(update={"is_used": False}))
    assert not unnamed.asked([off, given(BLANK, "more.csv")])[1].questions
