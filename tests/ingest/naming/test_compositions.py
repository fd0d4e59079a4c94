"""Headers that are put together from parts name their field; those with another part name something else."""

import pytest

from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.naming.compositions import composed
from cs_kpi.ingest.naming.vocabulary import Place, places
from cs_kpi.ingest.naming.words import plain
from tests.ingest.given import csv, reading

NAMED = {
    "customers.customer_id": ("Client no.", "Account Number", "SubscriberID", "merchant_code", "請求先ID", "得意先CD",
                              "会員番号",
                              "加盟店コード", "契約先No.", "Member #",
                              "Acct number", "エンドユーザーコード", "医院コード", "店舗番号", "顧客管理番号"),
    "customers.customer_name": ("Client name", "Merchant Name", "請求先名", "加盟店名", "お客様名称",
                                "クライアント名",
                                "schoolName", "エンドユーザー名",
                                "Tenant", "訪問先"),
    "subscriptions.start_date": ("Start of contract", "Subscription started on", "Service start date",
                                 "Billing start month",
                                 "Signed on", "In service since", "Agreement date",
                                 "Subscribed at", "Effective from", "Commencement date", "警備開始日",
                                 "現契約開始日", "ご契約開始日", "入会日", "請求開始年月", "初回お届け日",
                                 "契約期間 自", "導入日",
                                 "サービス開始日",
                                 "利用の開始日", "契約締結日", "課金開始月", "開通日"),
    "subscriptions.end_date": ("End of contract", "Subscription ended on", "Date of cancellation", "サービス終了日",
                               "Churned on", "Quit on",
                               "Terminated on", "顧問解除日", "撤退日", "契約終期", "契約期間 至",
                               "利用終了月",
                               "契約解約日", "提供停止日"),
    "subscriptions.term_end": ("Contract renewal date", "License expires on", "ライセンス満了日", "サービス更新日"),
    "subscriptions.mrr": ("Fee per month", "Monthly subscription fee", "Total monthly charge", "月額請求額",
                          "月額システム利用料", "月額警備料", "月額ご利用料", "月会費", "月々のお支払額",
                          "月額計(税抜)",
                          "mrr_cents", "Fee pcm", "賃料(月額)",
                          "Monthly rate", "Monthly dues", "Net fee/month", "利用料(円/月)",
                          "毎月の利用料"),
    "subscriptions.billing_interval": ("お届けサイクル", "お支払い周期"),
    "subscriptions.charge_kind": ("Charge category", "課金の種類"),
    "subscriptions.subscription_id": ("定期ID", "ご契約番号", "Subscription name"),
    "subscriptions.seats": ("Licensed users",),
    "usage.count": ("Event count", "Number of logins", "操作回数", "Sessions"),
    "usage.minutes": ("Minutes used", "操作時間"),
    "usage.date": ("操作日時", "Session date"),
    "usage.feature": ("操作した機能",),
    "interactions.date": ("Date opened", "Created time", "訪問日", "打合せ日"),
    "interactions.kind": ("Ticket type", "問合せ区分", "面談形式"),
    "interactions.by": ("弊社担当", "Admin user"),
    "interactions.note": ("議事", "相談内容"),
    "pulse.value": ("CSM評価(1～5)", "CSM sentiment"),
    "subscriptions.discount": ("月額割引額",),
    "cancellations.cancelled_on": ("解約申出日",),
    "cancellations.reason": ("Loss reason", "解約事由", "解約した理由"),
    "cancellations.comment": ("解約理由(詳細)",),
    "customers.furigana": ("法人名カナ", "医院名フリガナ"),
    "customers.owner": ("Account owner", "Customer success manager", "主担当", "カスタマーサクセス担当"),
    "customers.touch_model": ("支援モデル",),
    "customers.parent_id": ("運営会社", "Ultimate parent"),
    "customers.tenure_months": ("Months as customer",),
    "surveys.score": ("直近NPS",),
    "surveys.respondent": ("ご担当者名", "Respondent email"),
}
OTHERS = ("Trial start date", "Company size", "Invoice number",
          "請求書番号",
          "法人番号", "電話番号", "開始者", "更新日時", "最終更新日", "トライアル開始日", "解約予定日",
          "月額表示", "契約形態", "Start",
          "End user", "Monthly active users", "Month", "Amount", "Customer segment", "会社規模", "店舗数",
          "Next renewal price",
          "Expected close month", "検査終了日", "入社開始日", "月額超過料金",
          "Meeting start time", "営業開始日",
          "Last login", "契約開始担当者")


@pytest.mark.parametrize(("place", "header"), [(place, header) for place,
                                               headers in NAMED.items() for header in headers])
def test_a_header_of_parts_names_its_field(place: str, header: str) -> None:
    named = places(header)
    assert named[Place(*place.split("."))] >= SURE
    assert max(named, key=lambda at: named[at]).field == place.split(".")[1]


@pytest.mark.parametrize("header", OTHERS)
def test_a_part_that_belongs_to_something_else_makes_it_that(header: str) -> None:
    assert composed(plain(header)) == {}


@pytest.mark.parametrize("header", [
    "Trial end date", "Promo end date", "Discount end date", "Warranty end date", "Onboarding end date", "割引終了日",
    "研修終了日", "トライアル終了日"])
def test_the_end_of_something_else_is_no_end_of_a_contract(header: str) -> None:
    found = reading(csv(f"顧客名,契約開始日,{header},月額\n甲,2024/4/1,2024/5/1,1000\n乙,2024/4/1,2024/6/1,1000\n"))
    assert not {"end_date", "term_end"} & set(found.tables["subscriptions"])


@pytest.mark.parametrize("header", ["Target MRR", "目標MRR", "Previous MRR", "MRR last month", "Expected monthly fee"])
def test_a_fee_of_another_time_is_no_mrr(header: str) -> None:
    found = reading(csv(f"顧客名,契約開始日,{header}\n甲,2024/4/1,1000\n乙,2024/4/1,1000\n"))
    assert "subscriptions" not in found.tables
