"""What headers of published templates say, and what they do not: who resigned, the next renewal, days of records."""

import pytest

from cs_kpi.ingest.naming.vocabulary import Place, places
from tests.ingest.given import reading, sheet


@pytest.mark.parametrize("header", ["退職者フラグ", "退職日", "Resigned"])
def test_who_of_the_staff_resigned_has_not_cancelled(header: str) -> None:
    assert not {place.field for place in places(header)} & {"has_left", "end_date", "cancelled_on"}


@pytest.mark.parametrize(("header", "place"), [
    ("NextRenewalDate", Place("subscriptions", "term_end")), ("LicenseCount", Place("subscriptions", "seats")),
    ("会社よみ", Place("customers", "furigana")), ("Owner email", Place("customers", "owner")),
    ("MRR at Cancellation", Place("subscriptions", "mrr"))])
def test_headers_put_together_from_known_parts_are_known(header: str, place: Place) -> None:
    assert places(header)[place] >= 0.8


@pytest.mark.parametrize("header", ["As of date", "Customer date", "License used", "氏名フリガナ(セイ)"])
def test_headers_of_like_parts_that_mean_something_else_are_not(header: str) -> None:
    assert not {place.field for place, score in places(header).items() if score >= 0.8} & {
        "started_on", "seats", "furigana"}


def test_a_column_without_a_cell_names_no_customer() -> None:
    read = reading(sheet(["日付", "件名", "顧客", "顧客コード1"],
                         *([f"2025/1/{day}", "定例", None, f"00{day}"] for day in (1, 2, 3))))
    assert list(read.tables["interactions"]["customer_id"]) == ["001", "002", "003"]


def test_a_key_that_all_rows_share_is_no_customer() -> None:
    read = reading(sheet(["Counterparty", "Signed", "CLM ID", "Annual value"],
                         *([name, f"2024-0{at}-01", "IC-1", 1200] for at, name in enumerate("ABCDEF", start=1))))
    assert list(read.tables["subscriptions"]["customer_id"]) == list("ABCDEF")


def test_a_corporate_number_is_not_the_customer() -> None:
    read = reading(sheet(["顧客名", "TEL", "法人番号"], ["青葉商事", "03-1", 7010001000001],
                         ["北斗物流", "03-2", 7010001000001]))
    assert list(read.tables["customers"]["customer_id"]) == ["青葉商事", "北斗物流"]


def test_the_day_of_a_record_that_stands_for_the_start_is_said() -> None:
    read = reading(sheet(["Customer", "Created Date", "Monthly fee"],
                         ["Alder Foods", "2025-01-05", 10],
                         ["Bramble Press", "2025-02-05", 20]))
    assert list(read.tables["subscriptions"]["start_date"].dt.strftime("%Y-%m-%d")) == ["2025-01-05", "2025-02-05"]
    assert any("'Created Date' is taken for it" in note.text("en") for note in read.notes)


def test_a_sheet_about_churn_in_which_some_stay_is_a_list_of_contracts() -> None:
    head = ["Customer ID", "Subscription Start Date", "Cancellation Date", "MRR at Cancellation", "Cancellation Reason"]
    read = reading(sheet(head,
                         ["C1", "2024-01-01", None, 10, None], ["C2", "2024-02-01", "2025-01-01", 20, "price"],
                         name="Churn"))
    assert len(read.tables["subscriptions"]) == 2
    assert len(read.tables["cancellations"]) == 1
    assert read.refusals == ()


def test_a_total_contract_amount_with_the_next_renewal_of_older_contracts_is_taken_for_a_year() -> None:
    read = reading(sheet(["Account ID", "StartDate", "NextRenewalDate", "TotalContractAmount"],
                         ["C1", "2021-01-01", "2026-01-01", 1200], ["C2", "2024-07-01", "2025-07-01", 600]))
    assert list(read.tables["subscriptions"]["mrr"]) == [100, 50]
    assert [(one.id, one.assumed) for one in read.questions if "amount_is" in one.id] == [
        ("amount_is:TotalContractAmount", "year")]
