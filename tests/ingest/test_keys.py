"""The key that names the customer by its stem, by a name beside it, or as the only one; and what is no customer."""

import pytest

from cs_kpi.ingest.mapping import guess
from tests.ingest.given import csv, reading

PAIRED = {
    "医院コード,医院名,契約開始日,月額\n1,あおい,2024-01-01,10\n2,みどり,2024-02-01,20\n": ("医院コード", "医院名"),
    "道場ID,道場名,契約開始日,月額\nD1,一心館,2024-01-01,10\nD2,武道館,2024-02-01,20\n": ("道場ID", "道場名"),
    "Studio ID,Studio,Start date,MRR\ns1,Alba,2024-01-01,10\ns2,Bora,2024-02-01,20\n": ("Studio ID", "Studio"),
    "Account no.,Account,Start date,MRR\na1,Alba,2024-01-01,10\na2,Bora,2024-02-01,20\n": ("Account no.", "Account"),
    "企業コード,企業名,契約開始日,月額\nK1,青葉,2024-01-01,10\nK2,北斗,2024-02-01,20\n": ("企業コード", "企業名"),
}


@pytest.mark.parametrize(("text", "named"), PAIRED.items())
def test_a_key_with_a_name_of_the_same_stem_names_the_customer(text: str, named: tuple[str, str]) -> None:
    columns = guess(csv(text)).columns
    assert (columns["subscriptions.customer_id"], columns["customers.customer_name"]) == named


def test_a_bare_account_of_codes_beside_a_name_is_the_customers_number():
    text = "Acct,Customer name,Commenced,List fee p/m\n{}7,Alba Foods,2024-01-01,10\n{}9,Bora Press,2024-02-01,20\n"
    columns = guess(csv(text.format("AC0", "AC0"))).columns
    assert (columns["subscriptions.customer_id"], columns["subscriptions.mrr"]) == ("Acct", "List fee p/m")
    assert guess(csv(text.format("North ", "South "))).columns["subscriptions.customer_id"] == "Customer name"


def test_of_two_pairs_the_finer_one_is_the_customer():
    columns = guess(csv("本店コード,本店名,道場番号,道場名,契約開始日,月額\n"
                        "H1,東,D1,一心館,2024-01-01,10\nH1,東,D2,武道館,2024-02-01,20\nH2,西,D3,龍門,2024-02-01,20\n")).columns
    assert columns["subscriptions.customer_id"] == "道場番号"


def test_the_only_key_of_a_ledger_names_the_customer():
    columns = guess(csv("Dojo ID,Plan,Start date,MRR\nd1,Pro,2024-01-01,10\nd2,Pro,2024-02-01,20\n")).columns
    assert columns["subscriptions.customer_id"] == "Dojo ID"


def test_the_number_of_a_contract_stands_for_a_customer_whom_nothing_else_names():
    columns = guess(csv("契約番号,契約開始日,月額\nS1,2024-01-01,10\nS2,2024-02-01,20\n")).columns
    assert columns["subscriptions.customer_id"] == "契約番号"


def test_use_that_is_keyed_by_contract_needs_no_customer():
    columns = guess(csv("usage_id,subscription_id,usage_date,minutes\n"
                        "U1,S1,2024-01-01,10\nU2,S2,2024-02-01,20\n")).columns
    assert "usage.customer_id" not in columns
    assert columns["usage.subscription_id"] == "subscription_id"


@pytest.mark.parametrize("text", [
    "部品コード,部品名,単価,在庫数\nA-1,ネジ,10,5\nA-2,釘,3,8\n",
    "部品コード,部品名,2024年4月,2024年5月,2024年6月\nA-1,ネジ,10,5,3\nA-2,釘,3,8,2\n",
    "社員番号,氏名,入社日,部署\n001,山田,2020/4/1,営業\n002,佐藤,2021/4/1,企画\n",
    "仕入先コード,仕入先名,発注日,金額\n001,山田,2020/4/1,1000\n002,佐藤,2021/4/1,200\n",
    "設備番号,設備名,点検開始日,点検費用\nS-1,ポンプ,2020/4/1,1000\nS-2,弁,2020/4/1,2000\n",
    "Part number,Part name,Unit price,Stock\nA1,Bolt,3,5\nA2,Nut,1,9\n",
    "Order number,Order date,Item name,Amount\nO1,2024-01-01,Pen,3\nO2,2024-01-02,Ink,4\n",
])
def test_a_list_of_other_things_has_no_customers(text: str) -> None:
    assert guess(csv(text, "list.csv")).columns == {}


@pytest.mark.parametrize(("day", "fee"), [
    ("取引開始日", "月額"), ("登録日", "月額料金"), ("Go-live date", "MRR"), ("Signup date", "Monthly fee")])
def test_a_fee_without_a_start_starts_on_the_customers_first_day(day: str, fee: str) -> None:
    found = guess(csv(f"Customer ID,{day},{fee}\nA,2024-01-15,10\nB,2024-02-01,20\n"))
    assert found.columns["subscriptions.start_date"] == day
    assert found.confidence["subscriptions.start_date"] < 0.9


def test_a_start_of_its_own_goes_before_the_customers_first_day():
    columns = guess(csv("顧客ID,登録日,契約開始日,月額\n"
                        "A,2023-12-01,2024-01-15,10\nB,2024-01-01,2024-02-01,20\n")).columns
    assert columns["subscriptions.start_date"] == "契約開始日"


def test_a_shop_is_called_by_its_own_name_and_not_by_that_of_its_company() -> None:
    found = reading(csv("企業コード,企業名,店舗コード,店舗名,利用開始日,月額\nE1,丸一,S01,丸一渋谷,2024/4/1,1000\n"
                        "E1,丸一,S02,丸一新宿,2024/4/1,1000\nE2,二丸,S03,二丸本店,2024/5/1,2000\n"))
    customers = found.tables["customers"]
    assert customers["customer_name"].tolist() == ["丸一渋谷", "丸一新宿", "二丸本店"]
    assert customers["parent_id"].tolist() == ["E1", "E1", "E2"]
