"""Held out by template, later: eight more published headers, written after the matcher was mended for the first ones."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import customers, lives, names
from tests.ingest.corpus.writing import comma, slash, table, workbook

LATER = "held out by template later"


@case("申込の一括取込: 申込者番号, 基本料金, オプション料金 and 事務手数料 of a month, 契約終了日 of a year's term", part=LATER,
      page="no page lists them: as the import of a public program for applications takes them")
def applications(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 13):
        id_, start, fee = f"C{at:010d}", dt.date(2024, r.randint(7, 12), 1), r.randint(5, 70) * 1000
        end = start.replace(year=2025) - dt.timedelta(1)
        rows.append([id_, r.choice(("PRD001", "PRD002")), fee, 0, 0, f"{start}", f"{end}", ""])
        wanted.append({"customer_id": id_, "start_date": start, "mrr": fee})
    head = ["申込者番号", "商品コード", "基本料金", "オプション料金", "事務手数料", "契約開始日", "契約終了日", "備考"]
    return File("import.csv", table([head, *rows]), {"import": Wanted(
        keyed("申込者番号", subscriptions={"start_date": "契約開始日", "end_date": "契約終了日", "mrr": "基本料金"}),
        {"subscriptions": wanted}, asked=frozenset({"end_date_means"}), may=("商品コード", "申込者番号"))})


@case("customers.csv for churn: churn yes and no, tenure_months, monthly_charges beside total_charges, last_login_days", part=LATER,
      page="no page lists them: as the README of a public program for churn asks for them")
def churn_schema(r: random.Random) -> File:
    rows, wanted, fees = [], [], []
    for at in range(1, 16):
        id_, left, months, fee = f"CU{at:04d}", r.random() < 0.3, r.randint(1, 60), r.randint(20, 90)
        rows.append([id_, "yes" if left else "no", months, fee, fee * months, r.choice(("month_to_month", "one_year")), "credit_card", "yes",
                     "no", r.randint(1, 5), r.randint(0, 6), r.randint(0, 40), r.choice(("yes", "no"))])
        wanted.append({"customer_id": id_, "has_left": left, "tenure_months": months})
        fees.append({"customer_id": id_, "mrr": fee})
    head = ["customer_id", "churn", "tenure_months", "monthly_charges", "total_charges", "contract_type", "payment_method", "has_internet",
            "has_phone", "num_services", "support_calls_90d", "last_login_days", "auto_pay"]
    return File("customers.csv", table([head, *rows]), {"customers": Wanted(
        keyed("customer_id", customers={"has_left": "churn", "tenure_months": "tenure_months"}, subscriptions={"mrr": "monthly_charges"}),
        {"customers": wanted, "subscriptions": fees}, shape="snapshot")})


@case("account plan: Primary CSM, Account Tier, ARR, Contract Start, Renewal Date, Contract Term in words, Products Purchased",
      part=LATER, page="https://www.ideaplan.io/templates/account-management-template")
def account_plan(r: random.Random) -> File:
    rows, wanted, named = [], [], []
    for life in lives(r, 12, "001-{:04d}", "en", round_to=100):
        csm, renewal = r.choice(("Kim", "Noor")), dt.date(2025, r.randint(8, 12), 1)
        rows.append([life.name, life.id, csm, r.choice(("Enterprise", "SMB")), f"${life.mrr * 12:,}", f"{life.start}", f"{renewal}",
                     r.choice(("Annual", "Multi-Year")), r.choice(("Core", "Core, Analytics"))])
        wanted.append({"customer_id": life.id, "start_date": life.start, "term_end": renewal, "mrr": life.mrr})
        named.append({"customer_id": life.id, "customer_name": life.name, "owner": csm})
    head = ["Account Name", "Account ID", "Primary CSM", "Account Tier", "ARR", "Contract Start", "Renewal Date", "Contract Term",
            "Products Purchased"]
    return File("Key accounts.xlsx", workbook({"Accounts": [head, *rows]}), {"Accounts": Wanted(
        keyed("Account ID", customers={"customer_name": "Account Name", "owner": "Primary CSM"}, subscriptions={
            "start_date": "Contract Start", "term_end": "Renewal Date", "amount": "ARR"}),
        {"subscriptions": wanted, "customers": named}, may=("Account Tier", "Contract Term", "Products Purchased"))})


@case("renewal register: counterparty, signed_date, initial_term_end, notice_period_days, cancel_by, annual_value, business_owner",
      part=LATER, page="https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/de/contracts/skills/"
                       "vertragsverlaengerungs-monitor/references/renewal-register.yaml")
def renewal_register(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 11, language="en", round_to=100):
        until = dt.date(2025, r.randint(8, 12), 15)
        rows.append([life.name, "Platform Subscription", f"{life.start}", f"{until}", "auto-renew annual", 60, f"{until - dt.timedelta(60)}",
                     "list", life.mrr * 12, "jane@example.com", "IC-1", "", "active", ""])
        wanted.append({"customer_id": life.name, "start_date": life.start, "term_end": until, "mrr": life.mrr})
    head = ["counterparty", "agreement", "signed_date", "initial_term_end", "renewal_mechanism", "notice_period_days", "cancel_by",
            "price_on_renewal", "annual_value", "business_owner", "clm_id", "docusign_envelope", "status", "notes"]
    return File("renewals.csv", table([head, *rows]), {"renewals": Wanted(
        keyed("counterparty", customers={"customer_name": "counterparty", "owner": "business_owner"}, subscriptions={
            "start_date": "signed_date", "term_end": "initial_term_end", "amount": "annual_value", "notice_days": "notice_period_days"}),
        {"subscriptions": wanted}, may=("agreement", "signed_date", "status", "clm_id"))})


@case("Chargify customers: id beside reference, organization, created_at with its zone", part=LATER,
      page="https://help.chargify.com/reports/exporting-data.html")
def chargify_customers(r: random.Random) -> File:
    given = lives(r, 12, "{:08d}", "en")
    rows = [[life.id, "Jo", "Doe", life.name, f"jo{at}@example.com", f"{life.start} 12:43:50 -0400", "", f"{at} Main St", ""]
            for at, life in enumerate(given)]
    head = ["id", "first_name", "last_name", "organization", "email", "created_at", "reference", "address", "address_2"]
    return File("customers_export.csv", table([head, *rows]), {"customers_export": Wanted(
        keyed("id", customers={"customer_name": "organization", "started_on": "created_at"}), {"customers": customers(given)})})


@case("Recurly add-ons: a unit amount in cents for a quantity, created and deleted, account_code", part=LATER,
      page="https://support.recurly.com/hc/en-us/articles/360023587472-What-data-is-in-the-Subscription-Add-ons-Export-")
def recurly_add_ons(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 12, "acc-{:04d}", "en", round_to=1)):
        quantity = r.randint(1, 9)
        rows.append([f"5eg{at:05d}", "extra", quantity, life.mrr * 100, f"{life.start} 12:54:41 PST", f"{life.start} 12:54:41 PST",
                     life.end and f"{life.end} 12:54:41 PST", life.id, "fixed", "USD", "", "", ""])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": life.mrr * quantity})
    head = ["subscription_uuid", "add_on_add_on_code", "subscription_add_on_quantity", "subscription_add_on_unit_amount_in_cents",
            "subscription_add_on_created_at", "subscription_add_on_modified_at", "subscription_add_on_deleted_at", "account_code",
            "add_on_name", "subscription_currency", "subscription_add_on_percentage", "measured_unit_internal_name",
            "measured_unit_display_name"]
    return File("subscription_add_ons.csv", table([head, *rows]), {"subscription_add_ons": Wanted(
        keyed("account_code", subscriptions={
            "start_date": "subscription_add_on_created_at", "end_date": "subscription_add_on_deleted_at",
            "amount": "subscription_add_on_unit_amount_in_cents", "seats": "subscription_add_on_quantity",
            "currency": "subscription_currency"}),
        {"subscriptions": wanted}, may=("subscription_uuid", "add_on_name", "add_on_add_on_code"))})


@case("契約書管理台帳: 契約日, 契約期間 as 2024/4/1～2025/3/31, 契約者, 契約金額 for it, 支払条件, 解約条件", part=LATER,
      page="https://meetsmore.com/product-services/contract-management/media/222426")
def ledger_of_periods(r: random.Random) -> File:
    rows, wanted = [], []
    for name in names(r, 11):
        start, fee = dt.date(2024, r.randint(7, 12), 1), r.randint(3, 40) * 12000
        end = start.replace(year=2025) - dt.timedelta(1)
        rows.append([slash(start - dt.timedelta(9)), f"{slash(start)}～{slash(end)}", name, comma(fee * 12), "月末締め翌月末払い", "3か月前に通知"])
        wanted.append({"customer_id": name, "start_date": start, "mrr": fee})
    head = ["契約日", "契約期間", "契約者", "契約金額", "支払条件", "解約条件"]
    return File("契約台帳.xlsx", workbook({"契約一覧": [head, *rows]}), {"契約一覧": Wanted(
        keyed("契約者", customers={"customer_name": "契約者"}, subscriptions={"amount": "契約金額"}),
        {"subscriptions": wanted}, asked=frozenset({"amount_is"}), may=("契約日", "契約期間", "開始日(契約期間)", "満了日(契約期間)"))})


@case("Sansan Data Hub: ID of a person, 名前, E-mail, 会社名, 更新日時 of the record", part=LATER,
      page="https://help.datahub.sansan.com/hc/ja/articles/30798342924569")
def data_hub_persons(r: random.Random) -> File:
    companies = names(r, 5)
    rows = [[f"{at:04d}", f"佐藤{at}", f"p{at}@example.com", "営業部", r.choice(companies), "大阪府", slash(dt.date(2024, 5, at))]
            for at in range(1, 16)]
    head = ["ID", "名前", "E-mail", "部署", "会社名", "住所", "更新日時"]
    told = [{"customer_id": name} for name in {row[4]: None for row in rows}]
    return File("人物.csv", table([head, *rows]), {"人物": Wanted(
        keyed("会社名", customers={"customer_name": "会社名"}), {"customers": told})})
