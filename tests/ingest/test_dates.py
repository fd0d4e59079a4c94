"""Every style in which a date is typed, and the order of short dates, decided by the whole column."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cs_kpi.ingest.values.dates import dates

STYLES = [
    "2024/4/1",
    "2024-04-01",
    "2024.4.1",
    "20240401",
    "2024年4月1日",
    "2024年 4月 1日",
    "令和6年4月1日",
    "令和６年４月１日",
    "R6.4.1",
    "R06/04/01",
    "令6.4.1",
    "２０２４／０４／０１",
    "2024-04-01 09:30:00",
    "2024-04-01T09:30:00Z",
    "2024-04-01T23:30:00+09:00",
    "2024/04/01 9:15:00 午後 GMT+9",
    "2024/4/1(月)",
    "2024年4月1日（月） 10時30分",
    "Apr 1, 2024",
    "April 1st, 2024",
    "1-Apr-2024",
    "1 Apr 24",
    "Mon, 1 Apr 2024 10:00:00 GMT",
    "2024-Apr-01",
    "2024年4月",
    "2024/04",
    "2024-4",
    "Apr-24",
    "April 2024",
    "04/2024",
    "令和6年4月",
    "45383",
    "45383.0",
    "202404",
    " 2024/4/1　",
    dt.datetime(2024, 4, 1, 9, 30),
    dt.date(2024, 4, 1),
    45383.0,
    20240401.0,
    1711929600.0,
    "20240401103000",
    "1711929600",
]
OPEN = [
    "",
    "－",
    "―",
    "-",
    "なし",
    "未定",
    "継続中",
    "N/A",
    "n/a",
    "TBD",
    "null",
    "None",
    "空欄",
    "契約中",
    "#N/A",
    0.0,
    None,
]
NOT_DATES = [
    "要確認",
    "2024/13/45",
    "2024年2月30日",
    "13/45/2024",
    "12345678",
    "see mail",
    "2024",
    3.0,
    True,
    "R6.13.1",
    "1024/4/1",
    "0204-04-01",
    "2204年4月1日",
    "9999-12-31",
    "1/4/1024",
    dt.date(1024, 4, 1),
    dt.datetime(9999, 12, 31),
]


def read(*cells, **options):
    return dates(pd.Series(list(cells), dtype=object), **options)


@pytest.mark.parametrize("cell", STYLES, ids=str)
def test_every_style_says_the_first_of_april(cell):
    found = read(cell)
    assert found.days[0] == np.datetime64("2024-04-01")
    assert not found.unreadable[0]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("R元.5.1", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("H31.4.30", "2019-04-30"),
        ("S63.1.7", "1988-01-07"),
        ("昭和64年1月7日", "1989-01-07"),
        ("2024年3月末", "2024-03-31"),
        ("2024/2/29", "2024-02-29"),
    ],
)
def test_eras_and_ends_of_months(cell, day):
    assert read(cell).days[0] == np.datetime64(day)


@pytest.mark.parametrize("cell", OPEN, ids=repr)
def test_words_for_nothing_are_blank(cell):
    found = read(cell, is_end=True)
    assert np.isnat(found.days[0])
    assert not found.unreadable[0]


@pytest.mark.parametrize("cell", NOT_DATES, ids=repr)
def test_what_is_no_date_is_unreadable(cell):
    assert read(cell).unreadable[0]


@pytest.mark.parametrize("cell", ["1024/4/1", "1/4/1024", dt.date(1899, 1, 1)], ids=str)
def test_a_year_before_1900_is_no_end_either(cell):
    assert read(cell, is_end=True).unreadable[0]


@pytest.mark.parametrize(
    "cell", ["9999/12/31", "9999年12月", "31/12/9999", "2099-12", dt.datetime(9999, 12, 31)], ids=str
)
def test_a_far_year_says_that_there_is_no_end_where_an_end_is_asked_for(cell):
    found = read(cell, is_end=True)
    assert np.isnat(found.days[0])
    assert not found.unreadable[0]
    assert found.is_endless[0]


@pytest.mark.parametrize("cell", [dt.datetime(1899, 12, 31), dt.date(1899, 12, 30)], ids=str)
def test_a_zero_formatted_as_a_date_is_blank(cell):
    assert not read(cell).unreadable[0]


def test_one_day_above_twelve_decides_the_whole_column():
    assert list(read("1/4/2024", "25/4/2024").days.astype("datetime64[D]").astype(str)) == ["2024-04-01", "2024-04-25"]
    assert list(read("1/4/2024", "4/25/2024").days.astype("datetime64[D]").astype(str)) == ["2024-01-04", "2024-04-25"]
    assert read("1/4/2024", "25/4/2024").open_orders == ("dmy",)


def test_a_column_that_cannot_tell_stays_open_and_takes_the_answer():
    found = read("3/4/2024", "2/5/2024")
    assert (found.open_orders, found.order) == (("dmy", "mdy"), "mdy")
    assert read("3/4/2024", "2/5/2024", order="dmy").days[0] == np.datetime64("2024-04-03")


def test_first_days_of_months_speak_for_day_first():
    assert read("1/4/2024", "1/5/2024", "1/6/2024").order == "dmy"


def test_a_cell_against_the_columns_order_is_unreadable():
    assert list(read("13/1/2024", "14/1/2024", "1/15/2024").unreadable) == [False, False, True]


def test_two_digit_years_are_read_year_first_unless_the_column_says_otherwise():
    assert read("24/4/1").days[0] == np.datetime64("2024-04-01")
    assert read("12/5/23", "12/25/23").days[1] == np.datetime64("2023-12-25")


def test_a_month_as_an_end_means_its_last_day_and_a_far_year_no_end():
    found = read("2024年4月", "2024/02", "9999-12-31", dt.date(2099, 12, 31), is_end=True)
    assert [str(day)[:10] for day in found.days] == ["2024-04-30", "2024-02-29", "NaT", "NaT"]
    assert not found.unreadable.any()
