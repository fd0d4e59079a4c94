"""Contacts whose day or person only their neighbours tell, and use under contracts."""

import pytest

from tests.ingest.given import csv, reading

READS = ("read_at,{0},reader_id,channel\n2025-04-03T07:30:00Z,N-1,rd1,web\n2025-04-04T07:30:00Z,N-2,rd2,app\n"
         "2025-04-05T07:30:00Z,N-1,rd3,app\n")


def mapped(text: str, name: str = "rows.csv") -> dict[str, str]:
    return dict(reading(csv(text, name)).mapping.columns)


def test_contacts_happened_when_they_were_noted_where_nothing_else_says_when() -> None:
    columns = mapped("取引先名,問い合わせの担当者,ステータス,件名,期限,作成日時,顧客の返信日時\n"
                     "株式会社青葉,小林,完了,操作方法,2025/6/15,2025/6/13 09:10,2025/6/14 11:05\n"
                     "株式会社桜台,長谷川,保留,請求先の変更,2025/6/20,2025/6/18 09:10,2025/6/19 11:05\n")
    assert columns["interactions.date"] == "作成日時"


def test_the_owner_of_a_ticket_is_who_works_on_it() -> None:
    columns = mapped("Ticket,Opened,Customer,Priority,Status,Owner\nT1,2025-04-03,Alder Foods,P1,Closed,Ana\n"
                     "T2,2025-04-05,Birch Press,P3,Open,Ben\n")
    assert columns["interactions.by"] == "Owner"
    assert "customers.owner" not in columns


def test_the_owner_of_a_customer_stays_one() -> None:
    columns = mapped("Account ID,Account name,Owner,Priority\nC1,Alder Foods,Ana,P1\nC2,Birch Press,Ben,P2\n")
    assert columns["customers.owner"] == "Owner"


def test_what_people_did_under_numbers_of_contracts_is_use() -> None:
    columns = mapped(READS.format("subscription_no"))
    assert {place: columns[place] for place in ("usage.subscription_id", "usage.date", "usage.user_id")} == {
        "usage.subscription_id": "subscription_no", "usage.date": "read_at", "usage.user_id": "reader_id"}


@pytest.mark.parametrize("text", [
    READS.format("article_no"),  # whose number it is, nothing says
    READS.format("subscription_no").replace("reader_id", "order_id"),  # things are called by -er as well
    "subscription_no,closed at,reader_id,subject\nN-1,2025-04-03,r1,Help\nN-1,2025-04-05,r1,Help me\n"])
def test_other_rows_are_no_use(text: str) -> None:
    assert not any(place.startswith("usage.") for place in mapped(text))
