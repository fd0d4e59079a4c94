"""Ways of writing that the files held out brought: closing strokes, cents, sums by area, short years."""

import pandas as pd
import pytest

from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.month_names import month_headers
from cs_kpi.ingest.parsing.encodings import decoded
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.rows import left_out
from cs_kpi.ingest.values.amounts import amount_of_text, amounts
from cs_kpi.ingest.values.intervals import interval_of
from tests.ingest.given import csv, sheet


@pytest.mark.parametrize("text", ["¥12,000-", "￥12,000－", "\\12,000-", "¥12,000 -", "¥12,000ー"])
def test_the_stroke_behind_yen_closes_the_amount(text: str) -> None:
    read_ = amount_of_text(text)
    assert read_ is not None
    assert read_.value == 12_000


@pytest.mark.parametrize("text", ["12,000-", "-¥12,000", "¥-12,000", "▲12,000円"])
def test_a_minus_stays_one(text: str) -> None:
    read_ = amount_of_text(text)
    assert read_ is not None
    assert read_.value == -12_000


def test_cents_in_the_header_are_hundredths():
    found = _read(csv("customer_id,start_date,mrr_cents\nA,2024-01-01,4990\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [49.9]


@pytest.mark.parametrize(("text", "months"), [("2ヶ月に1回", "2"), ("3か月に一度", "3"), ("毎月", "1")])
def test_once_in_some_months_is_an_interval(text: str, months: str) -> None:
    assert interval_of(text, {"毎月": "1"}) == months


def test_sums_by_area_are_left_out_and_accountants_stay():
    rows = [[f"C{n}", f"取引先{n}", "2024/1/1", 10] for n in range(12)]
    body = pd.DataFrame([*rows, ["関東 計", None, None, 120], ["C99", "山田会計", "2024/1/1", 10]],
                        columns=["顧客ID", "顧客名", "契約開始日", "月額"], dtype=object)
    drop, notes = left_out(body)
    assert drop.tolist() == [*[False] * 12, True, False]
    assert "Total rows" in notes[0].text("en")


def test_years_of_two_figures_are_those_of_this_century():
    assert month_headers(("24年4月", "'25年1月", "6年4月")) == {"24年4月": "2024-04", "'25年1月": "2025-01"}


def test_recurly_ends_on_the_day_of_expiry_and_multiplies_by_the_quantity():
    found = _read(csv(
        "uuid,account_code,plan_code,plan_name,state,quantity,unit_amount,currency,activated_at,canceled_at,expires_at\n"
        "u1,A,gold,Gold,expired,3,100,USD,2024-01-01,2024-05-20,2024-06-01\n"))
    row = found.tables["subscriptions"].iloc[0]
    assert (str(row["end_date"])[:10], row["plan"]) == ("2024-06-01", "Gold")
    assert found.mapping.columns["subscriptions.customer_id"] == "account_code"


def test_surveymonkeys_days_are_those_of_the_answer():
    found = _read(csv(
        "Respondent ID,Collector ID,Start Date,End Date,Company name,How likely are you to recommend us?\n"
        "1,2,06/14/2025 10:00,06/14/2025 10:05,Firm A,9\n2,2,06/15/2025 10:00,06/15/2025 10:05,Firm B,3\n"))
    assert set(found.tables) == {"surveys"}
    assert found.tables["surveys"]["answered_on"].astype(str).str[:10].tolist() == ["2025-06-14", "2025-06-15"]


def test_columns_under_a_heading_of_steps_are_steps_called_by_their_own_names():
    given = sheet(["顧客ID", "導入ステップ", None, None], [None, "契約手続き", "初期設定", "本稼働"],
                  ["A", "2024/4/1", "2024/4/9", None], ["B", "2024/5/1", None, None], name="進捗")
    mapping = guess(given, 2, 2)
    assert list(mapping.milestones.values()) == ["契約手続き", "初期設定", "本稼働"]


def test_tickets_with_a_status_are_no_list_of_customers_who_left():
    found = guess(csv("Ticket ID,Status,Priority,Type,Agent,Created time,Company name\n"
                      "1,Open,Low,Bug,Ann,2024-01-01 10:00,Alba\n2,Closed,High,Bug,Ann,2024-01-02 10:00,Bora\n"))
    assert found.shape == "rows"
    assert found.columns["interactions.date"] == "Created time"


def _read(given: object) -> SheetReading:
    return read(given, guess(given))  # type: ignore[arg-type]


@pytest.mark.parametrize(("cell", "value", "currency"), [
    ("₹1,20,000", 120_000, "INR"), ("₹18,000", 18_000, "INR"), ("Rs. 1,00,00,000.50", 10_000_000.5, "INR"),
    ("2.5 lakh", 250_000, ""), ("3 crore", 30_000_000, ""), ("Rs 950/-", 950, "INR")])
def test_amounts_as_india_writes_them(cell: str, value: float, currency: str) -> None:
    read = amounts(pd.Series([cell]))
    assert (read.values.tolist(), read.currency.tolist()) == ([value], [currency])


def test_a_western_file_full_of_euro_signs_is_no_japanese() -> None:
    text = "Site;Town;Fee\r\n" + "".join(f"S{at};Köln;{at},50 €\r\n" for at in range(40))
    assert decoded("fees.csv", text.encode("cp1252")) == text
