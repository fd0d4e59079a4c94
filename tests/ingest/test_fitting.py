"""A correction goes on to the sheets like it: next month's file, a column more or less, and nothing else."""

import datetime as dt

import pytest

from cs_kpi.ingest.corrections import IGNORED, corrected
from cs_kpi.ingest.fitting import Correction, Fitted, alike, remembered
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetMapping
from tests.ingest.given import csv, sheet

HEADERS = "顧客ID,顧客名,プラン,月額,契約開始日,解約日,地域"
APRIL = csv(f"{HEADERS}\nA,株式会社A,基本,100,2024/4/1,,東\nB,株式会社B,基本,200,2024/4/1,,西\n", "ledger_2024-04.csv")
MAY = csv(f"{HEADERS}\nC,株式会社C,基本,300,2024/5/1,,東\n", "ledger_2024-05.csv")
MORNING, EVENING = dt.datetime(2024, 5, 1, 9, tzinfo=dt.UTC), dt.datetime(2024, 5, 1, 18, tzinfo=dt.UTC)


def april() -> SheetMapping:
    """The plan is the product, the region is of no use, and nobody asks any more what the dates mean."""
    first = corrected(corrected(guess(APRIL), "プラン", "subscriptions.product"), "地域", IGNORED)
    return first.model_copy(update={"answers": {"date_order:契約開始日": "ymd"}})


def found(given: Sheet, *saved: SheetMapping) -> Fitted:
    result = alike(saved or (april(),), given)
    assert result is not None
    return result


def test_next_months_file_maps_itself_corrections_included() -> None:
    fit = found(MAY)
    assert fit.mapping == april().model_copy(update={"file": "ledger_2024-05.csv", "sheet": "ledger_2024-05"})
    assert read(MAY, fit.mapping).tables["subscriptions"]["product"].tolist() == ["基本"]
    assert (fit.new, fit.gone) == ((), ())


def test_a_header_row_further_down_is_found() -> None:
    rows = [["契約台帳 2024年5月"], [], HEADERS.split(","), ["C", "株式会社C", "基本", "300", "2024/5/1", None, "東"]]
    assert found(sheet(*rows)).mapping.header_row == 3


def test_a_new_column_is_guessed_and_what_was_left_out_stays_out() -> None:
    more = csv(f"{HEADERS},製品ライン,通貨\nC,株式会社C,基本,300,2024/5/1,,東,X,JPY\n", "may.csv")
    one = csv(f"{HEADERS},通貨\nC,株式会社C,基本,300,2024/5/1,,東,JPY\n", "may.csv")
    fit = found(one)
    assert fit.mapping.columns["subscriptions.currency"] == "通貨"
    assert fit.mapping.columns["subscriptions.product"] == "プラン"
    assert "地域" not in (*fit.mapping.attributes, *fit.mapping.columns.values())
    assert (fit.new, fit.gone) == (("通貨",), ())
    assert alike([april()], more) is None, "two of nine are more than a fifth"


def test_a_column_that_is_gone_is_no_obstacle() -> None:
    less = csv("顧客ID,顧客名,月額,契約開始日,解約日,地域\nC,株式会社C,300,2024/5/1,,東\n", "may.csv")
    fit = found(less)
    assert "subscriptions.product" not in fit.mapping.columns
    assert (fit.new, fit.gone) == ((), ("プラン",))
    assert read(less, fit.mapping).rows_read == 1


def test_without_its_amount_a_ledger_is_another_table() -> None:
    assert alike([april()], csv("顧客ID,顧客名,プラン,契約開始日,解約日,地域\nC,C社,基本,2024/5/1,,東\n")) is None


@pytest.mark.parametrize("text", ["顧客ID\nA\n", "顧客ID,日付,機能\nA,2024/4/1,検索\n", "顧客ID,顧客名\nA,株式会社A\n"])
def test_a_sheet_that_shares_only_who_the_customer_is_is_another_one(text: str) -> None:
    assert alike([april()], csv(text)) is None


def test_a_survey_does_not_become_usage_for_two_shared_columns() -> None:
    survey = guess(csv("customer_id,date,score\nA,2024-04-01,9\n", "nps.csv"))
    assert alike([survey], csv("customer_id,date,feature\nA,2024-04-01,search\n", "usage.csv")) is None


def test_months_that_follow_are_added_and_one_that_was_left_out_stays_out() -> None:
    first = csv("顧客ID,2024年4月,2024年5月,2024年6月,合計\nA,1,1,1,3\nB,1,1,1,3\n", "wide.csv")
    saved = corrected(guess(first), "2024年4月", IGNORED)
    later = csv("顧客ID,2024年4月,2024年5月,2024年6月,2024年7月,2024年8月,年度計\nA,1,1,1,1,1,5\n", "wide.csv")
    assert list(found(later, saved).mapping.months) == ["2024年5月", "2024年6月", "2024年7月", "2024年8月"]


def test_of_two_sheets_with_the_same_headers_each_finds_its_own() -> None:
    east = april().model_copy(update={"sheet": "東"})
    west = corrected(april(), "プラン", "subscriptions.plan").model_copy(update={"sheet": "西"})
    rows = [HEADERS.split(","), ["C", "C社", "基本", "300", "2024/5/1", None, "東"]]
    for name, saved in (("東", east), ("西", west)):
        assert found(sheet(*rows, name=name), west, east).source is saved


def test_the_newest_correction_counts_and_says_when_it_was_made() -> None:
    old, new = april(), corrected(april(), "プラン", "subscriptions.plan")
    fit = remembered([Correction(old, MORNING), Correction(new, EVENING)], MAY, MORNING, is_alone=True)
    assert fit is not None
    assert (fit.source, fit.at) == (new, EVENING)


@pytest.mark.parametrize(("at", "is_alone", "is_used"), [
    (MORNING, False, False),  # switched off before the next workbook came: it is so again
    (EVENING, False, True),   # switched off when the next one was there already
    (MORNING, True, True),    # the only table of its file: switched off for what stood in it
])
def test_a_sheet_switched_off_stays_off_next_month(at: dt.datetime, is_alone: bool, is_used: bool) -> None:
    off = april().model_copy(update={"is_used": False})
    fit = remembered([Correction(off, at)], MAY, dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC), is_alone=is_alone)
    assert fit is not None
    assert fit.mapping.is_used is is_used


def test_a_sheet_without_a_table_that_was_switched_off_is_known_by_its_headers() -> None:
    notes = sheet(["項目", "説明"], ["A", "これはAです"], name="説明")
    off = guess(notes).model_copy(update={"is_used": False})
    again = sheet(["項目", "説明"], ["B", "これはBです"], name="説明", file="may.xlsx")
    fit = remembered([Correction(off, MORNING)], again, EVENING, is_alone=False)
    assert fit is not None
    assert fit.mapping.is_used is False
