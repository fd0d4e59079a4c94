"""Headers that are put together from parts name their field; those with another part name something else."""

import pytest

from cs_kpi.ingest.compositions import composed
from cs_kpi.ingest.matching import SURE
from cs_kpi.ingest.vocabulary import Place, places
from cs_kpi.ingest.words import plain

NAMED = {
    "customers.customer_id": ("Client no.", "Account Number", "SubscriberID", "merchant_code", "請求先ID", "得意先CD",
                              "会員番号",
                              "加盟店コード", "契約先No.", "店舗番号", "顧客管理番号"),
    "customers.customer_name": ("Client name", "Merchant Name", "請求先名", "加盟店名", "お客様名称", "クライアント名"),
    "subscriptions.start_date": ("Start of contract", "Subscription started on", "Service start date",
                                 "Billing start month",
                                 "サービス開始日", "利用の開始日", "契約締結日", "課金開始月", "開通日"),
    "subscriptions.end_date": ("End of contract", "Subscription ended on", "Date of cancellation", "サービス終了日",
                               "利用終了月",
                               "契約解約日", "提供停止日"),
    "subscriptions.term_end": ("Contract renewal date", "License expires on", "ライセンス満了日", "サービス更新日"),
    "subscriptions.mrr": ("Fee per month", "Monthly subscription fee", "Total monthly charge", "月額請求額",
                          "月額システム利用料",
                          "毎月の利用料"),
    "usage.count": ("Event count", "Number of logins"),
    "usage.minutes": ("Minutes used",),
}
OTHERS = ("Trial start date", "Account owner", "Customer success manager", "Company size", "Invoice number",
          "請求書番号",
          "法人番号", "電話番号", "開始者", "更新日時", "最終更新日", "トライアル開始日", "解約理由", "解約予定日",
          "月額表示", "契約形態", "Start",
          "End user", "Monthly active users", "Month", "Amount", "Customer segment", "会社規模", "店舗数",
          "Next renewal price",
          "Last login", "解約申出日", "契約開始担当者")


@pytest.mark.parametrize(("place", "header"), [(place, header) for place,
                                               headers in NAMED.items() for header in headers])
def test_a_header_of_parts_names_its_field(place: str, header: str) -> None:
    named = places(header)
    assert named[Place(*place.split("."))] >= SURE
    assert max(named, key=lambda at: named[at]).field == place.split(".")[1]


@pytest.mark.parametrize("header", OTHERS)
def test_a_part_that_belongs_to_something_else_makes_it_that(header: str) -> None:
    assert composed(plain(header)) == {}
