"""1.234 is more than one in one country and more than a thousand in another: by what stands beside it, else asked."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading


def told(read: SheetReading) -> list[str]:
    return [note.text("en") for note in read.notes if "point" in note.text("en") or "decimal" in note.text("en")]


def fees(read: SheetReading) -> list[float]:
    return read.tables["subscriptions"]["mrr"].tolist()


def test_between_semicolons_a_point_before_three_figures_parts_thousands() -> None:
    read = reading(csv("Customer ID;Start date;MRR\nA;2024-01-01;1.234\nB;2024-01-01;950\n"))
    assert fees(read) == [1234.0, 950.0]
    assert not read.questions
    assert told(read) == ["The point in numbers of column 'MRR' such as 1.234 parts thousands, since the fields of the "
                          "file are parted by semicolons."]


def test_dates_with_points_say_the_same() -> None:
    read = reading(csv("Customer ID,Start date,MRR\nA,31.01.2024,1.234\nB,01.02.2024,950\n"))
    assert fees(read) == [1234.0, 950.0]
    assert told(read)[0].endswith("since column 'Start date' writes its dates with points, the day first.")


def test_a_decimal_comma_in_another_column_says_the_same() -> None:
    read = reading(csv("Customer ID\tStart date\tMonthly fee\tDiscount\nA\t2024-01-01\t1.234\t\n"
                       "B\t2024-01-01\t2.000\t2,5 %\n"))
    assert fees(read) == [1234.0, 1950.0]
    assert any(note.endswith("since column 'Discount' has a decimal comma.") for note in told(read))


@pytest.mark.parametrize(("answer", "values"), [("thousands", [1234.0, 950.0]), ("decimals", [1.234, 950.0])])
def test_where_nothing_tells_it_is_asked(answer: str, values: list[float]) -> None:
    text = "Customer ID,Start date,MRR\nA,2024-01-01,1.234\nB,2024-01-01,950\n"
    [question] = reading(csv(text)).questions
    assert (question.id, question.assumed) == ("decimal_mark:MRR", "thousands")
    assert question.text.text("en") == "How much is '1.234' in column 'MRR'?"
    assert question.options["thousands"].text("en") == "1,234: the point parts thousands"
    assert fees(reading(csv(text), decimal_mark=answer)) == values


@pytest.mark.parametrize("cell", ["1.50", "0.234", "1.2345", "1,234.567"])
def test_a_number_that_can_only_have_decimals_decides_its_column(cell: str) -> None:
    read = reading(csv(f'Customer ID,Start date,MRR\nA,2024-01-01,1.234\nB,2024-01-01,"{cell}"\n'))
    assert fees(read) == [1.234, float(cell.replace(",", ""))]
    assert not read.questions


def test_a_zero_before_the_comma_begins_decimals() -> None:
    read = reading(csv("Customer ID;Start date;MRR\nA;2024-01-01;0,125\nB;2024-01-01;1,250\n"))
    assert fees(read) == [0.125, 1.25]


def test_points_before_three_figures_and_nothing_else_are_thousands_where_commas_are() -> None:
    read = reading(csv('Customer ID,Start date,MRR\nA,2024-01-01,"1,234"\nB,2024-01-01,950\n'))
    assert fees(read) == [1234.0, 950.0]
    assert not read.questions


def test_minutes_with_three_decimals_beside_a_decimal_point_stay_decimals() -> None:
    read = reading(csv("Customer ID,Date,Feature,Minutes,Load\nA,2024-01-01,x,1.234,0.5\nB,2024-01-01,x,7.250,0.75\n",
                       "usage.csv"))
    assert read.tables["usage"]["minutes"].tolist() == [1.234, 7.25]
    assert told(read)[0].endswith("is a decimal point, since column 'Load' has a decimal point.")


def test_months_in_columns_are_decided_together() -> None:
    read = reading(csv("Customer ID;Jan 2024;Feb 2024;Mar 2024\nA;1.234;1.234;950\nB;500;500;500\n"))
    assert fees(read) == [1234.0, 950.0, 500.0]


def test_yen_in_ten_thousands_has_decimals() -> None:
    read = reading(csv("Customer ID,Start date,MRR\nA,2024-01-01,1.234万\nB,2024-01-01,2.5万\n"))
    assert fees(read) == [12340.0, 25000.0]


def test_attributes_have_the_decimal_mark_of_their_neighbours() -> None:
    """12.345 employees beside a price of 1.234,50 are twelve thousand."""
    read = reading(csv("Customer;Start date;MRR;Umsatz;Mitarbeiter;Quote;Nr\n"
                       "A;2024-04-01;1.234,50;12.345;1.200;0,5;007\n"
                       "B;2024-05-01;99,00;1.234;950;1,25;008\n"))
    frame = read.tables["subscriptions"]
    assert frame["Umsatz"].tolist() == [12345.0, 1234.0]
    assert frame["Mitarbeiter"].tolist() == [1200.0, 950.0]
    assert frame["Quote"].tolist() == [0.5, 1.25]
    assert frame["Nr"].tolist() == ["007", "008"]
    assert "The point in numbers of column 'Umsatz' such as 12.345 parts thousands" in "\n".join(
        note.text("en") for note in read.notes)


def test_attributes_beside_decimal_points_keep_theirs() -> None:
    frame = reading(csv("Customer,Start date,MRR,Share,Codes\nA,2024-04-01,1234.50,12.345,\"1,2\"\n"
                        "B,2024-05-01,99.00,1.234,\"3,4\"\n")).tables["subscriptions"]
    assert frame["Share"].tolist() == [12.345, 1.234]
    assert frame["Codes"].tolist() == ["1,2", "3,4"]
