"""Lists without dates: which sheets are one, who has left by which words, and what happens beside dates."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.understanding import mappings, understanding
from tests.ingest.given import csv, reading, shared, sheet

LIST = """顧客ID,会社名,プラン,利用月数,月額,契約状況
A,株式会社あ,Pro,24,30000,契約中
B,株式会社い,Pro,3,30000,解約済
C,株式会社う,Basic,12,10000,契約中
D,株式会社え,Basic,1,10000,解約済
E,株式会社お,Basic,6,,契約中
F,株式会社か,Basic,8,0,解約済
"""


def left(found: SheetReading) -> dict[str, bool | None]:
    """Who has left, by customer."""
    customers = found.tables["customers"]
    return {key: None if pd.isna(flag) else bool(flag)
            for key, flag in zip(customers["customer_id"], customers["has_left"], strict=True)}


def flagged(header: str, *cells: object) -> SheetReading:
    """A list of customers A, B, ... with one column that tells who left, cells as given."""
    return reading(sheet(["顧客ID", "業種", header], *([chr(65 + i), "小売", cell] for i, cell in enumerate(cells))))


def told(found: SheetReading) -> str:
    return "\n".join(str(note) for note in found.notes)


def test_a_japanese_list_with_a_status_is_a_snapshot():
    mapping = guess(csv(LIST))
    assert mapping.shape == "snapshot"
    assert mapping.columns == {
        "customers.customer_id": "顧客ID", "customers.customer_name": "会社名", "customers.tenure_months": "利用月数",
        "customers.has_left": "契約状況", "subscriptions.customer_id": "顧客ID", "subscriptions.mrr": "月額",
        "subscriptions.plan": "プラン"}
    assert mapping.attributes == ()


def test_its_rows_are_read_with_flag_tenure_and_fee():
    found = reading(csv(LIST))
    assert left(found) == {"A": False, "B": True, "C": False, "D": True, "E": False, "F": True}
    assert found.tables["customers"]["tenure_months"].tolist() == [24, 3, 12, 1, 6, 8]
    assert dict(zip(found.tables["subscriptions"]["customer_id"], found.tables["subscriptions"]["mrr"], strict=True)
                ) == {"A": 30000, "B": 30000, "C": 10000, "D": 10000, "F": 0}
    assert (found.rows_read, found.rows_refused) == (6, 0)
    assert "Rows without an amount in column '月額': 1 (row 6)" in told(found)


def test_what_is_paid_for_stands_with_the_fee_and_stays_an_attribute():
    head = ["顧客ID", "プラン", "契約ID数", "月額", "契約状況"]
    found = reading(sheet(head, ["A", "Pro", 10, 30000, "契約中"], ["B", "Basic", "多数", 20000, "解約済"],
                          ["C", "Basic", 5, 10000, "契約中"]))
    fees = found.tables["subscriptions"].set_index("customer_id")
    assert fees["plan"].to_dict() == {"A": "Pro", "C": "Basic"}
    assert fees["seats"].to_dict() == {"A": 10, "C": 5}
    assert found.tables["customers"]["プラン"].tolist() == ["Pro", "Basic"]
    assert [(one.row, one.column) for one in found.refusals] == [(3, "契約ID数")]


def test_what_counts_as_having_left_is_said():
    assert "tells who has left: '解約済' (3 rows). Still there: '契約中' (3 rows)" in told(reading(csv(LIST)))


def test_telco_is_a_snapshot():
    found = reading(shared("telco/Telco-Customer-Churn.csv")[0])
    assert found.mapping.shape == "snapshot"
    assert found.mapping.columns == {
        "customers.customer_id": "customerID", "customers.tenure_months": "tenure", "customers.has_left": "Churn",
        "subscriptions.customer_id": "customerID", "subscriptions.mrr": "MonthlyCharges",
        "subscriptions.plan": "Contract"}
    assert (found.rows_read, found.rows_refused, found.questions) == (7043, 0, ())
    assert sum(map(bool, left(found).values())) == 1869
    # 11 customers have no TotalCharges: it is an attribute, and a blank in it refuses nobody
    assert found.tables["customers"]["TotalCharges"].isna().sum() == 11


@pytest.mark.parametrize(("header", "yes", "no"), [
    ("Exited", 1, 0), ("Exited", 1.0, 0.0), ("Churn", "Yes", "No"), ("Churn", True, False), ("churn", "TRUE", "FALSE"),
    ("Churn Label", "Yes", "No"), ("Attrition_Flag", "Attrited Customer", "Existing Customer"),
    ("Customer Status", "Churned", "Stayed"), ("is_churn", "1", "0"), ("解約フラグ", 1, 0), ("解約フラグ", "○", "×"),
    ("解約有無", "有", "無"), ("解約有無", "あり", "なし"), ("解約", "解約", "継続"),
    ("契約ステータス", "解約済み", "利用中"), ("ステータス", "退会", "会員"), ("Status", "Cancelled", "Active"),
    ("離脱フラグ", "離脱", "継続中")])
def test_flags_and_statuses_in_either_language(header, yes, no):
    found = flagged(header, yes, no, no, yes)
    assert found.mapping.shape == "snapshot"
    assert found.mapping.columns["customers.has_left"] == header
    assert left(found) == {"A": True, "B": False, "C": False, "D": True}
    assert found.questions == ()


@pytest.mark.parametrize("mark", ["○", "解約", "1", "Yes", "済"])
@pytest.mark.parametrize("blank", [None, "", "-"])
def test_a_blank_is_no_where_the_other_cells_are_marks(mark, blank):
    found = flagged("解約フラグ", mark, blank, blank, mark)
    assert left(found) == {"A": True, "B": False, "C": False, "D": True}
    assert found.questions == ()


def test_a_blank_beside_yes_and_no_is_asked():
    found = flagged("解約フラグ", "はい", "いいえ", None, "いいえ")
    assert [question.id for question in found.questions] == ["blank_means:解約フラグ"]
    assert left(found)["C"] is False
    given = sheet(["顧客ID", "業種", "解約フラグ"], *([key, "小売", cell] for key, cell in zip(
        "ABC", ("はい", "いいえ", None), strict=True)))
    answered = read(given, found.mapping.model_copy(update={"answers": {"blank_means:解約フラグ": "left"}}))
    assert left(answered)["C"] is True


def test_a_status_that_may_mean_either_is_asked_word_by_word():
    rows = [["A", "小売", "契約中"], ["B", "小売", "休会"], ["C", "小売", "督促中"], ["D", "小売", "解約済"]]
    given = sheet(["顧客ID", "業種", "契約状況"], *rows)
    found = reading(given)
    assert {question.id: question.assumed for question in found.questions} == {
        "left_when_休会:契約状況": "stayed", "left_when_督促中:契約状況": "stayed"}
    assert left(found) == {"A": False, "B": False, "C": False, "D": True}
    answers = {"left_when_休会:契約状況": "left"}
    assert left(read(given, found.mapping.model_copy(update={"answers": answers}))) == {
        "A": False, "B": True, "C": False, "D": True}


def test_inactive_is_asked_and_more_likely_means_left():
    found = flagged("Status", "Active", "Inactive", "Churned")
    assert left(found) == {"A": False, "B": True, "C": True}
    assert [question.id for question in found.questions] == ["left_when_inactive:Status"]


def test_a_flag_that_names_those_who_are_there_is_asked_and_turned():
    given = sheet(["Customer ID", "Customer name", "is_active"], ["A", "Ash Ltd", "Yes"], ["B", "Birch Ltd", "No"])
    mapping = corrected(guess(given), "is_active", "customers.has_left")
    found = read(given, mapping)
    assert left(found) == {"A": False, "B": True}
    assert [question.id for question in found.questions] == ["yes_means:is_active"]
    assert left(read(given, mapping.model_copy(update={"answers": {"yes_means:is_active": "left"}}))) == {
        "A": True, "B": False}


def test_a_column_that_is_no_flag_refuses_its_cells():
    given = sheet(["Customer ID", "Balance"], *([f"C{n}", 1000 + n] for n in range(20)))
    found = read(given, corrected(guess(given), "Balance", "customers.has_left"))
    assert len(found.refusals) == 20
    assert "does not say whether the customer has left" in str(found.refusals[0].reason)


@pytest.mark.parametrize("dates", ["契約日,解約日", "契約開始日", "解約日", "契約日", "更新日", "初回契約日", "登録日"])
def test_beside_dates_a_status_is_no_snapshot(dates):
    """契約状況 beside 契約日 or 解約日 stays what it was: an attribute of contracts or of a list."""
    count = dates.count(",") + 1
    rows = "".join(f"C{n},会社{n},{1000 * n},{'解約済' if n % 2 else '契約中'}{',2024/4/1' * count}\n"
                   for n in range(1, 6))
    mapping = guess(csv(f"顧客ID,会社名,月額,契約状況,{dates}\n{rows}"))
    assert mapping.shape != "snapshot"
    assert "customers.has_left" not in mapping.columns
    assert "契約状況" in mapping.attributes


def test_an_empty_column_of_dates_is_dates_to_be_filled_in():
    rows = "C1,会社1,100,解約済,2024/4/1,\nC2,会社2,100,契約中,2024/4/1,\n"
    mapping = guess(csv(f"顧客ID,会社名,月額,契約状況,契約日,解約日\n{rows}"))
    assert mapping.shape == "one_row_per_customer"


@pytest.mark.parametrize("given", [
    "顧客ID,会社名,業種\nA,あ,小売\nB,い,製造\n",  # neither flag nor date
    "顧客ID,会社名,ステータス\nA,あ,有効\nB,い,有効\n",  # a status that nobody left by
    "顧客ID,会社名,ステータス\nA,あ,商談中\nB,い,提案中\n",
    "Customer ID,Name,Deal stage\nA,a,Closed won\nB,b,Closed lost\n",
    "Customer ID,Name,Active\nA,a,Yes\nB,b,No\n"])
def test_a_customer_list_without_a_leaving_flag_stays_a_customer_list(given):
    mapping = guess(csv(given))
    assert mapping.shape == "rows"
    assert mapping.tables == ("customers",)


def test_a_list_with_several_rows_per_customer_is_no_snapshot():
    rows = "".join(f"C{n % 3},製品{n},{'解約済' if n % 2 else '契約中'}\n" for n in range(9))
    assert guess(csv(f"顧客ID,製品,契約状況\n{rows}")).shape != "snapshot"


def test_a_customer_that_stands_twice_counts_once():
    rows = "".join(f"C{n},10,契約中\n" for n in range(98))
    found = reading(csv(f"顧客ID,月額,契約状況\n{rows}D,30,解約済\nD,50,契約中\nE,5,解約済\nE,7,解約済\n"))
    assert left(found)["D"] is False
    assert left(found)["E"] is True
    assert len(found.tables["customers"]) == 100
    assert "stand in several rows count once" in told(found)


def test_rows_without_an_id_are_customers_of_their_own():
    found = reading(csv("State,Plan,Churn\nOH,Pro,1\nOH,Pro,0\nNJ,Basic,0\n", "churn.csv"))
    assert found.mapping.shape == "snapshot"
    assert left(found) == {"churn 2": True, "churn 3": False, "churn 4": False}
    assert "each row counts as one customer" in told(found)
    assert found.mapping.columns == {"customers.has_left": "Churn"}


@pytest.mark.parametrize(("header", "cells", "months"), [
    ("tenure", [34, 2, 60], [34, 2, 60]), ("継続月数", ["34ヶ月", "2か月", "1年"], [34, 2, 12]),
    ("契約期間(月)", ["34", "2", "60"], [34, 2, 60]), ("利用年数", [1, 2, 0.5], [12, 24, 6]),
    ("利用期間", ["1年3ヶ月", "10年", "3ヶ月"], [15, 120, 3]), ("在籍日数", [304.375, 0, 60.875], [10, 0, 2])])
def test_tenure_in_every_unit_becomes_months(header, cells, months):
    rows = [[f"C{n}", cell, "解約済" if n else "契約中"] for n, cell in enumerate(cells)]
    found = reading(sheet(["顧客ID", header, "契約状況"], *rows))
    assert found.mapping.columns["customers.tenure_months"] == header
    assert found.tables["customers"]["tenure_months"].tolist() == pytest.approx(months)


def test_low_tenures_without_a_unit_are_asked():
    given = sheet(["CustomerId", "Tenure", "Exited"], *([f"C{n}", n, n % 2] for n in range(1, 11)))
    found = reading(given)
    assert [(question.id, question.assumed) for question in found.questions] == [("tenure_unit:Tenure", "months")]
    years = read(given, found.mapping.model_copy(update={"answers": {"tenure_unit:Tenure": "years"}}))
    assert years.tables["customers"]["tenure_months"].tolist() == [12 * n for n in range(1, 11)]


def test_an_unreadable_fee_refuses_the_row_for_customers_and_money_alike():
    found = reading(csv("顧客ID,月額,契約状況\nA,100,契約中\nB,要確認,解約済\nC,100,解約済\n"))
    assert left(found) == {"A": False, "C": True}
    assert [(refusal.row, refusal.column, refusal.value) for refusal in found.refusals] == [(3, "月額", "要確認")]


def test_yearly_fees_are_divided():
    found = reading(csv("顧客ID,年額,契約状況\nA,1200,契約中\nB,2400,解約済\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 200]


def test_the_shape_is_read_back_from_the_mapping_as_a_file():
    document = understanding([reading(csv(LIST))])
    assert document["sheets"][0]["shape"] == "snapshot"
    [again] = applied(mappings(document), [csv(LIST)])
    assert left(read(csv(LIST), again)) == left(reading(csv(LIST)))


def test_a_start_date_that_the_user_chooses_makes_contracts_of_it():
    given = csv("顧客ID,記入欄,月額,契約状況\nA,2024/4/1,100,契約中\nB,2024/5/1,200,解約済\n")
    mapping = guess(given)
    assert mapping.shape == "snapshot"
    changed = corrected(mapping, "記入欄", "subscriptions.start_date")
    assert changed.shape == "one_row_per_customer"
    assert read(given, changed).tables["subscriptions"]["start_date"].notna().all()


def test_the_flag_that_the_user_takes_away_makes_a_list_of_it():
    mapping = corrected(guess(csv(LIST)), "契約状況", None)
    assert mapping.shape == "one_row_per_customer"
    assert "subscriptions" not in read(csv(LIST), mapping).tables


def test_contracts_with_dates_go_before_a_list_without():
    dated = reading(csv("顧客ID,契約開始日,解約日,月額\nA,2024/1/1,,100\nB,2024/1/1,2024/2/29,50\n", "台帳.csv"))
    book = book_of([dated, reading(csv(LIST, "一覧.csv"))], today=dt.date(2024, 6, 1))
    assert not book.is_snapshot
    assert len(book.counted) == 2
    # every column of the list is an attribute of its customers, the status and the fee too
    known = book.customers.set_index("customer_id")
    assert known.loc["B", ["プラン", "契約状況", "月額"]].tolist() == ["Pro", "解約済", 30000]
    assert "has_left" not in known
    assert "'一覧' tells who has left, but not when; sheet '台帳' has contracts with dates" in str(book.remarks[0])


def test_two_lists_without_dates_are_one_book():
    other = LIST.replace("\nA,", "\nG,").replace("\nB,", "\nH,")
    book: Book = book_of([reading(csv(LIST, "東.csv")), reading(csv(other.replace("株式会社", ""), "西.csv"))])
    assert book.snapshot is not None
    assert book.snapshot.was_there.sum() == 8
    assert book.snapshot.event.sum() == 4  # B, D, F and H


SINCE = ("Client name,Client status,Client-as-of date,Type\n"
         "Alder,Active,2021-01-14,SMB\nBirch,Terminated,2021-02-15,SMB\n")


def test_the_day_since_which_somebody_is_a_customer_does_not_say_when_they_left():
    found = reading(csv(SINCE, "clients.csv"))
    assert found.mapping.shape == "snapshot"
    assert found.mapping.columns["customers.started_on"] == "Client-as-of date"
    assert left(found) == {"Alder": False, "Birch": True}
    book = book_of([found], today=dt.date(2024, 6, 1))
    assert book.snapshot is not None
    assert (book.snapshot.was_there.sum(), book.snapshot.event.sum()) == (2, 1)


def test_beside_use_with_days_the_first_day_of_a_list_counts_and_its_status_is_an_attribute():
    use = reading(csv("Client name,Date,Logins\nAlder,2024-05-02,3\nBirch,2024-04-02,1\n", "logins.csv"))
    book = book_of([reading(csv(SINCE, "clients.csv")), use], today=dt.date(2024, 6, 1))
    assert not book.is_snapshot
    known = book.customers.set_index("customer_id")
    assert known.loc["Birch", "Client status"] == "Terminated"
    assert known.loc["Birch", "started_on"] == pd.Timestamp("2021-02-15")
    assert "'clients' tells who has left, but not when; sheet 'logins' has days" in str(book.remarks[0])


def test_with_a_fee_the_first_day_makes_a_contract_whose_end_is_asked():
    found = reading(csv(SINCE.replace("Type", "Monthly fee").replace("SMB", "100"), "clients.csv"))
    assert found.mapping.shape == "one_row_per_customer"
    assert "left_on:Client status" in {question.id for question in found.questions}
