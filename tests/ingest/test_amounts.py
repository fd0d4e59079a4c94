"""Every style in which an amount or number is typed."""

import numpy as np
import pandas as pd
import pytest

from cs_kpi.ingest.values.amounts import amounts


def read(*cells):
    return amounts(pd.Series(list(cells), dtype=object))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("¥12,000", 12000),
        ("￥１２，０００", 12000),
        ("12,000円", 12000),
        ("\\12,000", 12000),
        ("1.2万", 12000),
        ("1.2万円", 12000),
        ("3百万円", 3e6),
        ("12千円", 12000),
        ("1億2,000万円", 1.2e8),
        ("(1,200)", -1200),
        ("（1,200）", -1200),
        ("△500", -500),
        ("▲500", -500),
        ("−500", -500),
        ("-500", -500),
        ("▲1,200円", -1200),
        ("($1,200.50)", -1200.5),
        ("1 234", 1234),
        ("$1,234.56", 1234.56),
        ("USD 99", 99),
        ("99 USD", 99),
        ("€50", 50),
        ("3.5 %", 0.035),
        ("3.5%", 0.035),
        ("12,000円/月", 12000),
        ("¥12,000（税抜）", 12000),
        ("30日前", 30),
        ("25席", 25),
        ("1.2k", 1200),
        ("無料", 0),
        (1200.0, 1200),
        (7, 7),
        ("0", 0),
        ("1,234,567", 1234567),
        ("500-", -500),
        ("1'234.50", 1234.5),
    ],
)
def test_every_style_says_its_amount(cell, value):
    found = read(cell)
    assert not found.unreadable[0]
    assert found.values[0] == pytest.approx(value)


@pytest.mark.parametrize(
    "cell", ["要確認", "別途見積", "to be checked", "12万3", "1,23,4", "abc12", "2024-04-01", True, "12..5"]
)
def test_what_is_no_amount_is_unreadable(cell):
    assert read(cell).unreadable[0]


@pytest.mark.parametrize("cell", ["", "－", "なし", "未定", "N/A", "-", None])
def test_words_for_nothing_are_blank(cell):
    found = read(cell)
    assert np.isnan(found.values[0])
    assert not found.unreadable[0]


def test_a_decimal_comma_is_taken_only_where_the_column_leaves_no_doubt():
    assert list(read("1.234,56", "1.000").values) == [1234.56, 1000]
    assert list(read("12,5", "1.000").values) == [12.5, 1000]
    assert list(read("1 234,56", "7").values) == [1234.56, 7]
    assert list(read("1,234", "5").values) == [1234, 5]
    assert list(read("1,234.50", "1.234").values) == [1234.5, 1.234]


def test_against_the_columns_decimal_mark_a_cell_is_unreadable():
    found = read("1,234.50", "12,5")
    assert list(found.unreadable) == [False, True]


def test_a_cell_says_its_own_unit_and_currency():
    found = read("3百万円", "12000", "$5", "7 %")
    assert list(found.has_unit) == [True, False, False, False]
    assert list(found.currency) == ["JPY", "", "USD", ""]
    assert list(found.is_percent) == [False, False, False, True]
