"""How often is billed and how long notice is, as cells of English lists say it."""

import pandas as pd
import pytest

from cs_kpi.ingest.values.durations import days
from cs_kpi.ingest.values.intervals import interval_of
from cs_kpi.ingest.vocabulary import choice_words
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
