"""Japanese headers that only the rest of their sheet explains."""

import pytest

from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.naming.vocabulary import Place, places
from tests.ingest.given import csv, reading


def columns(text: str, name: str = "一覧.csv") -> dict[str, str]:
    return dict(guess(csv(text, name)).columns)


@pytest.mark.parametrize(("name", "text"), [
    ("受付票.csv", "受付日,お客様コード,お客様名,手段,内容\n2025/4/1,K1,青空,電話,設定\n2025/4/2,K2,桜,電話,請求\n"),
    ("アンケート.csv", "回答日,お客様コード,お客様名,推奨度\n2025/4/1,K1,青空,9\n2025/4/2,K2,桜,4\n"),
    ("解約者.csv", "解約日,お客様コード,お客様名,主な解約理由\n2025/4/1,K1,青空,価格\n"
     "2025/4/2,K2,桜,機能\n2025/4/3,K3,梅,価格\n"),
    ("所感.csv", "記入日,お客様コード,お客様名,温度感\n2025/4/1,K1,青空,4\n2025/4/2,K2,桜,2\n")])
def test_a_record_with_id_and_name_names_its_customers(name: str, text: str) -> None:
    found = columns(text, name)
    assert (found["customers.customer_id"], found["customers.customer_name"]) == ("お客様コード", "お客様名")


def test_a_record_by_name_alone_is_no_list_of_customers() -> None:
    found = columns("打合せ日,企業名,会議体,要旨\n2025/4/1,青空,定例,共有\n2025/4/2,桜,定例,相談\n", "打合せ記録.csv")
    assert not [place for place in found if place.startswith("customers.")]


def test_the_day_of_applying_is_no_first_day_where_the_contract_has_its_own() -> None:
    text = "顧客番号,会社名,申込日,{0}月額\nK1,青空,2024/3/1,{1}1000\nK2,桜,2024/4/1,{1}2000\n"
    both = columns(text.format("利用開始日,", "2024/5/1,"))
    assert both["subscriptions.start_date"] == "利用開始日"
    assert "申込日" not in both.values()
    assert columns(text.format("", ""))["subscriptions.start_date"] == "申込日"


def test_a_csm_is_the_owner_before_sales() -> None:
    text = "顧客番号,会社名,担当営業,{0},契約開始日,月額\n" \
           "K1,青空,山田,佐藤,2024/4/1,1000\nK2,桜,田中,鈴木,2024/5/1,2000\n"
    for header in ("担当CS", "カスタマーサクセス担当者", "弊社CSM", "CS主担当"):
        assert columns(text.format(header))["customers.owner"] == header


def test_done_and_going_on_are_the_status_of_a_ticket_though_they_are_words_of_a_flag() -> None:
    text = "受付日,取引先コード,内容,状況\n2025/4/1,K1,設定,済\n2025/4/2,K2,請求,継続\n2025/4/3,K1,障害,済\n"
    found = columns(text, "受付票.csv")
    assert found["interactions.status"] == "状況"


def test_a_period_with_its_two_ends_in_brackets_is_a_term() -> None:
    assert max(places("契約期間(自)"), key=places("契約期間(自)").__getitem__) == Place("subscriptions", "start_date")
    assert max(places("契約期間(至)"), key=places("契約期間(至)").__getitem__) == Place("subscriptions", "end_date")


def test_a_yearly_membership_fee_is_a_year_s_and_not_asked_about() -> None:
    found = reading(csv("会員番号,会員名,入会日,年会費\nM1,青空,2024/4/1,120000\nM2,桜,2024/5/1,60000\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [10000, 5000]
    assert not [one for one in found.questions if one.id.startswith("amount_is")]


def test_the_day_on_which_a_deal_was_won_is_no_first_day_where_the_contract_has_its_own() -> None:
    text = "Customer ID,Customer name,Closed won date,{0}Monthly fee\nK1,Alder,2024-03-01,{1}1000\n" \
           "K2,Birch,2024-04-01,{1}2000\n"
    both = columns(text.format("Start date,", "2024-05-01,"))
    assert both["subscriptions.start_date"] == "Start date"
    assert "Closed won date" not in both.values()


@pytest.mark.parametrize("header", ["先方担当者", "導入理由", "選定理由", "他社サービス"])
def test_whom_the_customer_sends_why_it_came_and_what_else_it_uses_are_attributes(header: str) -> None:
    rows = "".join(f"K{n},株式会社{n}号,2024/{1 + n % 9}/1,{'2025/3/1' if n % 4 == 0 else ''},1000,{'甲乙丙'[n % 3]}\n"
                   for n in range(12))
    found = reading(csv(f"顧客番号,会社名,契約開始日,解約日,月額,{header}\n{rows}", "契約一覧.csv"))
    assert header in found.mapping.attributes
    assert found.questions == ()
