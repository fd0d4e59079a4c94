"""How often is billed and how long notice is, as cells of English lists say it."""

import pandas as pd
import pytest

from cs_kpi.ingest.naming.vocabulary import choice_words
from cs_kpi.ingest.values.durations import days
from cs_kpi.ingest.values.intervals import interval_of
from tests.ingest.given import csv, reading

WORDS = choice_words("subscriptions", "billing_interval")


@pytest.mark.parametrize(("cell", "months"), [
    ("Annually in advance", "12"), ("Annual upfront", "12"), ("Billed monthly", "1"), ("Qtrly", "3"), ("A", "12"),
    ("Monthly (invoice)", "1"), ("Every 3 mths", "3"), ("Upfront", "term"), ("Yearly plan", "12"), ("pcm", "1"),
    ("Monthly in arrears", "1"), ("Semi-annual", "6"), ("In advance", None), ("Net 30", None), ("By invoice", None)])
def test_words_beside_how_often_do_not_matter(cell: str, months: str | None) -> None:
    assert interval_of(cell, WORDS) == months


def test_notice_is_read_with_its_unit() -> None:
    cells = pd.Series(["60d", "90 days' notice", "3 mths", "2 wks", "30"])
    assert days(cells).tolist() == [60, 90, 90, 14, "30"]


def test_yes_and_no_are_no_intervals() -> None:
    found = reading(csv("Client,Contract start,Monthly fee,Billed\nAlder Ltd,2024-01-01,100,Y\n"
                        "Birch Ltd,2024-03-01,100,Y\nCedar Ltd,2024-05-01,100,N\n"))
    assert "subscriptions.billing_interval" not in found.mapping.columns


def test_a_length_in_years_says_so_in_short() -> None:
    found = reading(csv("Client,Term start,Term (yrs),TCV\nAlder Ltd,2024-01-15,2,2400\nBirch Ltd,2024-03-01,1,1200\n"
                        "Cedar Ltd,2024-05-20,3,3600\n"), amount_is="term")
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 100, 100]


@pytest.mark.parametrize(("header", "mrr"), [
    ("Fee/qtr", [100, 200, 300]), ("Quarterly charge", [100, 200, 300]), ("Semi-annual fee", [50, 100, 150]),
    ("Half-yearly fee ($)", [50, 100, 150]), ("Weekly fee", [1300, 2600, 3900]), ("Price p.a.", [25, 50, 75])])
def test_a_fee_is_of_the_period_that_its_header_says(header: str, mrr: list[float]) -> None:
    """300 a quarter are 100 a month, 300 half a year 50, 300 a week 300 x 52 / 12 = 1,300, 300 a year 25."""
    found = reading(csv(f"Client,Contract start,{header}\nAlder Ltd,2024-01-01,300\nBirch Ltd,2024-03-01,600\n"
                        "Cedar Ltd,2024-05-01,900\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == mrr
    assert [note for note in found.notes if header in note.text("en")]


@pytest.mark.parametrize(("header", "mrr"), [
    ("四半期料金", [100, 200, 300]), ("半期利用料", [50, 100, 150]), ("半年額", [50, 100, 150]),
    ("週額料金", [1300, 2600, 3900]), ("日額", [9131.25, 18262.5, 27393.75])])
def test_a_japanese_fee_is_of_the_period_that_its_header_says(header: str, mrr: list[float]) -> None:
    """300 a quarter are 100 a month, 300 half a year 50, 300 a week 1,300, 300 a day 300 x 365.25 / 12 = 9,131.25."""
    found = reading(csv(f"顧客名,契約開始日,{header}\n青空,2024-01-01,300\n桜,2024-03-01,600\n梅,2024-05-01,900\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == mrr
    assert [note for note in found.notes if header in note.text("en")]
    assert found.questions == ()
