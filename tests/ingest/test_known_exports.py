"""Exports of known products: recognised by their headers, read as the product means them, and named in a note.

Where the headers are published:
- Stripe: no page lists them; as public programs read the export of the dashboard. What the days mean:
  https://docs.stripe.com/api/subscriptions/object
- Baremetrics: https://docs.google.com/spreadsheets/d/1IJHXeGiuIK9C-J2dEUZJqlFYIp4aEzCwIDXfJBWJuAc
- ChartMogul: https://help.chartmogul.com/hc/en-us/articles/360013881659-Importing-billing-data-using-CSV
- HubSpot: https://knowledge.hubspot.com/ja/properties/hubspots-default-deal-properties
- Zendesk: https://support.zendesk.com/hc/en-us/articles/4408886165402
- Delighted: https://delighted.com/docs/api/listing-survey-responses
- freee: https://support.freee.co.jp/hc/ja/articles/202847320
- Money Forward: https://support.biz.moneyforward.com/invoice/guide/document02/do15.html
- Salesforce and kintone: no page lists them; standard fields as their reports and apps label them
"""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.ingest.known_exports import recognised
from tests.ingest.given import csv, reading
from tests.ingest.test_mapping import ONE_ROW

STRIPE = ("id,Customer ID,Customer Name,Plan,Product,Quantity,Currency,Interval,Amount,Status,Created (UTC),"
          "Start Date (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),Trial End (UTC),"
          "Canceled At (UTC),Cancel At Period End,Ended At (UTC)\n")
STRIPE_ROWS = (
    "sub_1,cus_1,Alder,price_a,Pro,5,usd,month,10.00,active,2024-01-10 04:00,2024-01-05 04:00,"
    "2025-06-05 04:00,2025-07-05 04:00,,,,false,\n"
    "sub_2,cus_2,Birch,price_b,Pro,2,usd,year,120.00,canceled,2024-02-01 04:00,2024-02-01 04:00,"
    "2025-02-01 04:00,2026-02-01 04:00,,,2025-01-20 09:00,true,2025-02-01 04:00\n"
    "sub_3,cus_3,Cedar,price_a,Pro,1,usd,month,10.00,active,2024-03-01 04:00,2024-03-01 04:00,"
    "2025-06-15 04:00,2025-07-15 04:00,2024-03-01 04:00,2024-03-15 04:00,,false,\n"
    "sub_4,cus_4,Dogwood,price_a,Pro,1,usd,month,10.00,trialing,2025-06-01 04:00,2025-06-01 04:00,"
    "2025-06-01 04:00,2098-06-15 04:00,2025-06-01 04:00,2098-06-15 04:00,,false,\n"
    "sub_5,cus_5,Elm,price_a,Pro,1,usd,month,10.00,incomplete_expired,2025-06-01 04:00,2025-06-01 04:00,"
    "2025-06-01 04:00,2025-07-01 04:00,,,,false,\n"
    "sub_6,cus_6,Fir,price_a,Pro,1,usd,month,10.00,canceled,2024-03-01 04:00,2024-03-01 04:00,"
    "2024-03-01 04:00,2024-03-15 04:00,2024-03-01 04:00,2024-03-15 04:00,2024-03-10 04:00,false,2024-03-15 04:00\n")


def notes(text: str) -> str:
    return "\n".join(note.text("en") for note in reading(csv(text)).notes)


def rows(text: str, table: str, *names: str) -> list[tuple[object, ...]]:
    frame = reading(csv(text)).tables[table]
    held = [[None if value is pd.NaT or value != value else str(value.date()) if hasattr(value, "date") else value
             for value in frame[name]] for name in names]
    return list(zip(*held, strict=True))


def test_stripe_is_per_unit_ends_when_it_ended_and_is_paid_for_from_the_end_of_the_trial() -> None:
    found = rows(STRIPE + STRIPE_ROWS, "subscriptions", "subscription_id", "start_date", "end_date", "charge_kind",
                 "mrr")
    assert found == [
        ("sub_1", "2024-01-05", None, "recurring", 50),  # 5 x 10 a month
        ("sub_2", "2024-02-01", "2025-02-01", "recurring", 20),  # 2 x 120 a year; the request was on 2025-01-20
        ("sub_3", "2024-03-15", None, "recurring", 10),
        ("sub_3", "2024-03-01", "2024-03-15", "trial", 0),
        ("sub_4", "2025-06-01", None, "trial", 0),  # nobody knows whether it will be paid for
        ("sub_6", "2024-03-01", "2024-03-15", "trial", 0)]
    told = notes(STRIPE + STRIPE_ROWS)
    assert "This looks like a subscriptions export of Stripe." in told
    assert "as column 'Status' says, were left out: 1 (incomplete_expired)" in told
    assert reading(csv(STRIPE + STRIPE_ROWS)).questions == ()


def test_rows_of_one_line_are_traced_to_it() -> None:
    frame = reading(csv(STRIPE + STRIPE_ROWS)).tables["subscriptions"]
    assert frame[frame["subscription_id"] == "sub_3"]["_row"].tolist() == [4, 4]


BAREMETRICS = ("plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,customer_oid,"
               "customer_name,customer_email,subscription_oid,subscription_started_at,subscription_canceled_at,"
               "subscription_quantity\n")


def test_amounts_in_cents_are_divided_except_for_currencies_without_cents() -> None:
    text = BAREMETRICS + ("p1,SEO,USD,5000,month,1,c1,Ann,a@x.y,s1,2020-03-31,2020-05-04,1\n"
                          "p2,SEO,USD,6000,month,3,c2,Bo,b@x.y,s2,2020-03-31,,2\n"
                          "p3,SEO,JPY,5000,month,1,c3,Cy,c@x.y,s3,2020-03-31,,1\n")
    assert rows(text, "subscriptions", "customer_id", "mrr", "end_date") == [
        ("c1", 50, "2020-05-04"), ("c2", 40, None), ("c3", 5000, None)]  # 2 x 60 / 3 months; yen has no cents
    assert "are in cents" in notes(text)


HUBSPOT = "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company\n"


def test_only_deals_that_were_won_are_contracts() -> None:
    text = HUBSPOT + ("1,a,Closed Won,2024-04-01 09:30,120,Alder\n2,b,Closed Lost,2024-04-02 09:30,99,Birch\n"
                      "3,c,Negotiation,2024-05-01 09:30,70,Cedar\n")
    assert rows(text, "subscriptions", "customer_id", "start_date") == [("Alder", "2024-04-01")]
    assert "as column 'Deal Stage' says, were left out: 2 (Closed Lost, Negotiation)" in notes(text)


def test_stages_of_ones_own_are_asked_about() -> None:
    text = HUBSPOT + "1,a,Signed,2024-04-01 09:30,120,Alder\n2,b,Talking,2024-04-02 09:30,99,Birch\n"
    asked = next(question for question in reading(csv(text)).questions if question.id == "won_stage:Deal Stage")
    assert (list(asked.options), asked.assumed) == (["*", "Signed", "Talking"], "*")
    found = reading(csv(text), won_stage="Signed").tables["subscriptions"]
    assert found["customer_id"].tolist() == ["Alder"]


def test_opportunities_of_salesforce_in_japanese() -> None:
    text = ("取引先名,商談名,フェーズ,完了予定日,金額,契約開始日,契約終了日,解約日\n"
            "アオバ,新規,成立,2024/03/20,1200,2024/04/01,2025/03/31,\n"
            "ミドリ,新規,提案,2024/03/20,1200,,,\n")
    found = reading(csv(text), amount_is="year")
    frame = found.tables["subscriptions"]
    assert (frame["customer_id"].tolist(), frame["mrr"].tolist()) == (["アオバ"], [100])
    assert str(frame["start_date"][0].date()) == "2024-04-01"
    assert found.mapping.columns["subscriptions.term_end"] == "契約終了日"
    assert "商談レポート" in " ".join(note.text("ja") for note in found.notes)


def test_companies_of_hubspot_in_japanese_are_customers_since_no_made_up_day() -> None:
    found = reading(csv("レコードID,会社名,会社の担当者,作成日,業種\n1,アオバ,佐藤,2024/04/01,製造\n"
                        "2,ミドリ,鈴木,2024/05/01,小売\n"))
    assert found.mapping.columns == {"customers.customer_id": "レコードID", "customers.customer_name": "会社名",
                                     "customers.owner": "会社の担当者"}


INVOICES = "請求書番号,取引先,請求日,支払期限,件名,小計,消費税,合計金額\n"


def test_invoices_of_one_day_a_month_are_amounts_by_month() -> None:
    text = INVOICES + "".join(f"I{month}{who},{who},2025/{month}/25,2025/{month + 1}/25,利用料,1000,100,1100\n"
                              for month in range(1, 7) for who in ("アオバ", "ミドリ"))
    found = reading(csv(text))
    assert found.mapping.shape == "monthly_long"
    assert found.tables["subscriptions"]["mrr"].tolist() == [1000, 1000]


def test_invoices_without_months_make_no_contracts_and_say_what_is_missing() -> None:
    text = INVOICES + ("I1,アオバ,2025/1/25,2025/2/28,利用料,1000,100,1100\n"
                       "I2,アオバ,2025/1/28,2025/2/28,追加,500,50,550\nI3,ミドリ,2025/3/2,2025/4/30,利用料,900,90,990\n")
    assert reading(csv(text)).tables == {}
    assert "what was billed, and not what is under contract" in notes(text)


ZENDESK = ("Id,Requester,Requester id,Assignee,Group,Subject,Status,Priority,Ticket type,Created at,Updated at,"
           "Organization,Solved at,Satisfaction Score\n")


def test_good_and_bad_of_zendesk_are_answers_and_an_offer_is_none() -> None:
    text = ZENDESK + "".join(f"{n},Sam,7,Ann,Support,Login,Solved,High,Incident,2025-06-0{n} 11:20,2025-06-09 15:00,"
                             f"Alder,2025-06-0{n} 16:00,{word}\n" for n, word in enumerate(
                                 ("Good", "Bad", "Offered", "Not Offered", "Good"), start=1))
    assert rows(text, "surveys", "customer_id", "kind", "score", "scale", "answered_on") == [
        ("Alder", "csat", 1, 1, "2025-06-01"), ("Alder", "csat", 0, 1, "2025-06-02"),
        ("Alder", "csat", 1, 1, "2025-06-05")]
    assert len(rows(text, "interactions", "date")) == 5


def test_answers_of_delighted_without_a_customer_are_not_made_up() -> None:
    text = ("Survey response ID,Score,Comment,Person email,Response date\n1,9,ok,a@x.y,2025-06-01\n"
            "2,3,no,b@x.y,2025-06-02\n")
    assert reading(csv(text)).tables == {}
    assert "a property of the person must name the customer" in notes(text)


@pytest.mark.parametrize("header", [
    ONE_ROW.splitlines()[0], "Customer ID,Start date,End date,MRR", "取引先名,契約番号,契約開始日,契約終了日,月額",
    "取引先コード,取引先名,担当者,作成日時", "ID,Name,Created at,Status", "Customer ID,Interval,Amount,Status,Created",
    "会社名,請求日,金額", "No,顧客名,更新日,作成者", "Account Name,Contract Start Date,Contract End Date,Amount"])
def test_sheets_of_ones_own_are_no_export(header: str) -> None:
    assert recognised(header.split(",")) is None


@pytest.mark.parametrize(("question", "kind"), [
    ("この製品を同僚に薦める可能性はどのくらいありますか？", "nps"),
    ("当サービスを知人にお勧めする可能性を0〜10で教えてください", "nps"),
    ("How likely are you to recommend us to a friend or colleague?", "nps"),
    ("サービスにどの程度満足していますか", "csat"), ("How satisfied are you with our support?", "csat")])
def test_whole_questions_are_scores_of_their_kind(question: str, kind: str) -> None:
    text = f"タイムスタンプ,会社名をご記入ください,{question},その理由をお聞かせください\n" + "".join(
        f"2025/06/0{n} 9:15:00,会社{n},{score},よい\n" for n, score in enumerate((5, 4, 3, 5), start=1))
    assert [row[:3] for row in rows(text, "surveys", "kind", "score", "customer_id", "comment")] == [
        (kind, score, f"会社{n}") for n, score in enumerate((5, 4, 3, 5), start=1)]
    assert reading(csv(text)).mapping.columns["surveys.comment"] == "その理由をお聞かせください"


CHARTMOGUL_LINES = ("Customer external ID,Invoice external ID,Invoice date,Due date,Currency,Type,"
                    "Subscription external ID,Plan,Service period start,Service period end,{},Quantity\n")


@pytest.mark.parametrize(("header", "factor"), [("Amount", 1), ("Amount in cents", 100)])
def test_chartmogul_invoice_lines_are_contracts_for_their_service_period(header: str, factor: int) -> None:
    text = CHARTMOGUL_LINES.format(header) + (
        f"c1,i1,2024-04-01,2024-04-15,USD,subscription,s1,Gold,2024-04-01,2024-05-01,{100 * factor},1\n"
        f"c1,i2,2024-05-01,2024-05-15,USD,subscription,s1,Gold,2024-05-01,2024-06-01,{100 * factor},1\n"
        f"c2,i3,2024-04-01,2024-04-15,USD,subscription,s2,Gold,2024-04-01,2025-04-01,{600 * factor},1\n")
    assert "usage" not in reading(csv(text)).tables
    assert rows(text, "subscriptions", "customer_id", "start_date", "end_date", "mrr") == [
        ("c1", "2024-04-01", "2024-05-01", 100.0), ("c1", "2024-05-01", "2024-06-01", 100.0),
        ("c2", "2024-04-01", "2025-04-01", 50.0)]  # 600 for 12 months


def test_chartmogul_lines_that_name_their_invoice_alone_say_how_to_add_the_customer() -> None:
    text = CHARTMOGUL_LINES.format("Amount").removeprefix("Customer external ID,") + (
        "i1,2024-04-01,2024-04-15,USD,subscription,s1,Gold,2024-04-01,2024-05-01,100,1\n")
    assert reading(csv(text)).tables == {}
    assert "Look up each line's 'Customer external ID' in the sheet of invoices" in notes(text)
    assert "is read as a contract" not in notes(text)


def test_chartmogul_invoices_without_amounts_are_no_use() -> None:
    text = ("Customer external ID,External ID,Date,Due date,Currency\nc1,i1,2024-04-01,2024-04-15,USD\n"
            "c1,i2,2024-05-01,2024-05-15,USD\n")
    assert reading(csv(text)).tables == {}
    assert "This looks like a sheet of invoices of ChartMogul." in notes(text)


@pytest.mark.parametrize("header", ["Satisfaction rating", "Satisfaction", "満足度評価", "CSAT"])
def test_zendesk_satisfaction_is_an_answer_however_its_column_is_called(header: str) -> None:
    text = f"Ticket ID,Organization,Requester,Status,Created at,Solved at,{header},Assignee\n" + "".join(
        f"{place},Acme,Bob,solved,2024-04-0{place} 10:00,2024-04-0{place} 12:00,{word},Y\n"
        for place, word in enumerate(("Good", "Bad", "Offered"), start=1))
    assert rows(text, "surveys", "score", "scale", "answered_on") == [
        (1.0, 1.0, "2024-04-01"), (0.0, 1.0, "2024-04-02")]


def test_answers_of_good_and_bad_are_read_in_a_sheet_of_ones_own() -> None:
    text = "Customer,Answered on,CSAT\nAcme,2024-04-01,Good\nAcme,2024-04-02,Bad\nFir,2024-04-02,Offered\n"
    assert rows(text, "surveys", "customer_id", "score", "scale") == [("Acme", 1.0, 1.0), ("Acme", 0.0, 1.0)]
