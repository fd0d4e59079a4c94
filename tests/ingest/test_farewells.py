"""Who stands in a list of cancellations is no customer any more, although no contract says when it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest.farewells import asked
from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading

CONTRACTS = "顧客ID,顧客名,開始日,月額\nC1,甲,2024/4/1,1000\nC2,乙,2024/5/1,2000\nC3,丙,2024/5/1,4000\n"
LEFT = "顧客名,解約日,解約理由\n乙,2024/9/30,価格\n"
TODAY = dt.date(2025, 1, 1)


def readings(contracts: str = CONTRACTS, left: str = LEFT, answer: str = "") -> list[SheetReading]:
    found = [reading(csv(contracts, "契約.csv")), reading(csv(left, "解約.csv"))]
    if answer:
        mapping = found[1].mapping.model_copy(update={"answers": {"farewells:解約日": answer}})
        return [found[0], replace(found[1], mapping=mapping)]
    return found


def ends(book: Book) -> dict[str, str]:
    frame = book.tables["subscriptions"]
    return {str(who): f"{day:%Y-%m-%d}" for who, day in zip(frame["customer_id"], frame["end_date"], strict=True)
            if day == day}


def test_a_list_of_cancellations_ends_the_contracts_of_those_who_are_named_there_by_name_too() -> None:
    book = book_of(readings(), today=TODAY)
    assert ends(book) == {"C2": "2024-09-30"}
    assert [note.text("en") for note in book.remarks] == [
        "No contract has an end date. Those of customers who cancelled, as 解約 says, end on that day: 1 customer."]


def test_it_is_asked_and_the_answer_counts() -> None:
    (question,) = [one for given in asked(readings()) for one in given.questions]
    assert (question.id, question.assumed, question.sheet) == ("farewells:解約日", "ends", "解約")
    assert "end_date" not in book_of(readings(answer="runs"), today=TODAY).tables["subscriptions"]


def test_contracts_with_ends_of_their_own_are_left_alone_and_nothing_is_asked() -> None:
    own = "顧客ID,顧客名,開始日,解約日,月額\nC1,甲,2024/4/1,2024/6/30,1000\nC2,乙,2024/5/1,,2000\n"
    assert not [one for given in asked(readings(own)) for one in given.questions]
    assert ends(book_of(readings(own), today=TODAY)) == {"C1": "2024-06-30"}


def test_of_several_products_or_a_later_start_nobody_says_what_was_cancelled() -> None:
    several = ("顧客名,製品,開始日,月額\n乙,A,2024/4/1,1000\n乙,B,2024/4/1,1000\n丙,A,2024/4/1,1000\n"
               "甲,A,2024/12/1,1000\n")
    left = "顧客名,解約日,解約理由\n乙,2024/9/30,価格\n丙,2024/9/30,価格\n甲,2024/9/30,価格\n"
    book = book_of(readings(several, left), today=TODAY)
    assert ends(book) == {"丙": "2024-09-30"}
    assert book.remarks[1].text("en").endswith("2 customers. Fill in their end dates.")


def test_tables_by_months_say_themselves_who_left() -> None:
    months = "顧客名,2024年8月,2024年9月,2024年10月\n甲,100,100,100\n乙,100,100,100\n"
    book = book_of(readings(months), today=TODAY)
    assert (ends(book), book.remarks) == ({}, ())
