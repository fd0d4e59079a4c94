"""Held out by template: English templates and exports with the headers of the page that each case names, as published."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.held_out_templates_ja import TEMPLATE
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import table, workbook

CSMS = ("Alice M.", "Bob L.", "Carla R.", "Dan S.")


def years_after(day: dt.date, years: int = 1) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


@case("ClientSuccess contracts: Line Number, Product Code, Quantity, Item recurring, Amount for the term", part=TEMPLATE,
      page="https://help.clientsuccess.com/en/articles/12833721-importing-revenue-data-through-a-flat-file-to-clientsuccess")
def clientsuccess_contracts(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 12, "CL-{:04d}", "en", round_to=10), start=1):
        end = years_after(life.start) - dt.timedelta(1)
        end = life.start.replace(year=life.start.year + 1) - dt.timedelta(1) if life.start.day <= 28 else end
        start = life.start if life.start.day <= 28 else life.start.replace(day=28)
        product, seats = r.choice(("CORE", "PLUS")), r.randint(1, 50)
        rows.append([life.id, life.name, f"CON-{at:03d}", f"{life.name} {start.year}", "Closed Won", 1, product, seats, "TRUE",
                     f"{start}", f"{end}", life.mrr * 12])
        wanted.append({"customer_id": life.id, "subscription_id": f"CON-{at:03d}", "start_date": start, "mrr": life.mrr,
                       "product": product})
    head = ["External Client ID", "Client Name", "Contract ID", "Contract Name", "Stage", "Line Number", "Product Code", "Quantity",
            "Item recurring", "Start Date", "End Date", "Amount"]
    return File("contracts.csv", table([head, *rows]), {"contracts": Wanted(
        keyed("External Client ID", customers={"customer_name": "Client Name"}, subscriptions={
            "subscription_id": "Contract ID", "start_date": "Start Date", "end_date": "End Date", "amount": "Amount",
            "product": "Product Code", "seats": "Quantity"}),
        {"subscriptions": wanted}, asked=frozenset({"amount_is"}), may=("Contract Name", "Item recurring", "Stage"))})


@case("ClientSuccess clients: Client status with Terminated, Client-as-of date, CSM by mail and by name", part=TEMPLATE,
      page="https://help.clientsuccess.com/en/articles/1090125-data-import-templates")
def clientsuccess_clients(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 14, language="en"), start=1):
        status, owner = r.choice(("Active", "Active", "Terminated")), r.choice(CSMS)
        rows.append([life.name, status, f"{owner[:3].lower()}@example.com", r.choice(("Enterprise", "SMB")), f"{life.start}", owner, "Pat Lee",
                     f"0011U00000{at:05d}AAA", f"{at} Main St", "Austin", "TX", f"787{at:02d}"])
        wanted.append({"customer_name": life.name, "has_left": status == "Terminated", "started_on": life.start, "owner": owner})
    head = ["Client name", "Client status", "Assigned CSM email", "Client type", "Client-as-of date", "Assigned CSM name",
            "Assigned Sales Rep", "Salesforce Account ID", "Street", "City", "State", "Zip Code"]
    return File("clients.csv", table([head, *rows]), {"clients": Wanted(
        {"customers.customer_name": "Client name", "customers.has_left": "Client status",
         "customers.started_on": "Client-as-of date", "customers.owner": "Assigned CSM name"},
        {"customers": wanted}, may=("Client name", "Salesforce Account ID"))})


@case("ChurnZero accounts: accountExternalId, NextRenewalDate, TotalContractAmount, LicenseCount, EndDate of who left",
      part=TEMPLATE, page="https://support.churnzero.net/hc/en-us/articles/360038655332-CSV-Imports")
def churnzero_accounts(r: random.Random) -> File:
    rows, wanted, named = [], [], []
    for life in lives(r, 14, "acct-{:03d}", "en", round_to=10):
        start, seats, owner = life.start.replace(day=1), r.randint(3, 80), r.choice(("alice", "bob"))
        end = life.end and life.end.replace(day=1)
        renewal = None if end else years_after(start, 2025 - start.year + int(start.month < 8))
        rows.append([life.id, life.name, renewal or "", f"{life.mrr * 12}.00", str(end is None).lower(), "1 Main St", "Boston", "MA", "02101",
                     "US", start, end or "", seats, owner, ""])
        wanted.append({"customer_id": life.id, "start_date": start, "end_date": end, "mrr": life.mrr, "seats": seats})
        named.append({"customer_id": life.id, "customer_name": life.name, "owner": owner})
    head = ["accountExternalId", "Name", "NextRenewalDate", "TotalContractAmount", "IsActive", "BillingAddressLine1", "BillingAddressCity",
            "BillingAddressState", "BillingAddressZip", "BillingAddressCountry", "StartDate", "EndDate", "LicenseCount",
            "OwnerUserAccount", "ParentAccountExternalId"]
    return File("accounts.csv", table([head, *rows]), {"accounts": Wanted(
        keyed("accountExternalId", customers={"customer_name": "Name", "owner": "OwnerUserAccount"}, subscriptions={
            "start_date": "StartDate", "end_date": "EndDate", "term_end": "NextRenewalDate", "amount": "TotalContractAmount",
            "seats": "LicenseCount"}),
        {"subscriptions": wanted, "customers": named}, asked=frozenset({"amount_is"}),
        may=("IsActive", "ParentAccountExternalId"))})


@case("raw_subscriptions of a Google sheet: plan_name, mrr_amount, currency, status, start_date, end_date", part=TEMPLATE,
      page="https://dataresearchanalysiscollection.com/?p=2116")
def raw_subscriptions(r: random.Random) -> File:
    given = lives(r, 14, "cus_{:03d}", "en", round_to=1)
    rows = [[life.id, life.name, r.choice(("Starter", "Pro", "Scale")), life.mrr, "USD", "churned" if life.end else "active", life.start, life.end]
            for life in given]
    head = ["customer_id", "customer_name", "plan_name", "mrr_amount", "currency", "status", "start_date", "end_date"]
    return File("MRR tracker.xlsx", workbook({"raw_subscriptions": [head, *rows]}), {"raw_subscriptions": Wanted(
        keyed("customer_id", customers={"customer_name": "customer_name"}, subscriptions={
            "plan": "plan_name", "mrr": "mrr_amount", "currency": "currency", "start_date": "start_date", "end_date": "end_date"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("status",))})


@case("a churn analysis sheet: Subscription Start Date, Cancellation Date, MRR at Cancellation, Cancellation Reason", part=TEMPLATE,
      page="https://retentioncheck.com/learn/churn-analysis-spreadsheet")
def churn_analysis(r: random.Random) -> File:
    given = lives(r, 16, "C-{:03d}", "en", round_to=1)
    rows, gone = [], []
    for life in given:
        why = r.choice(("Too expensive", "Missing feature", "Went out of business"))
        rows.append([life.id, life.start, life.end, f"${life.mrr}", why if life.end else None])
        if life.end:
            gone.append({"customer_id": life.id, "cancelled_on": life.end, "reason": why})
    head = ["Customer ID", "Subscription Start Date", "Cancellation Date", "MRR at Cancellation", "Cancellation Reason"]
    return File("Churn analysis.xlsx", workbook({"Churn": [head, *rows]}), {"Churn": Wanted(
        keyed("Customer ID", subscriptions={"start_date": "Subscription Start Date", "end_date": "Cancellation Date",
                                            "mrr": "MRR at Cancellation"},
              cancellations={"cancelled_on": "Cancellation Date", "reason": "Cancellation Reason"}),
        {"subscriptions": contracts(given), "cancellations": gone}, may=("Subscription Start Date", "Customer ID"))})


@case("Customer Accounts of a Notion template: Tier, Contract End in the past and to come, Health Score, Current MRR", part=TEMPLATE,
      page="https://cyzorcreations.com/dl/notion/019f058d-145a-729c-a421-4a2fb84bbe0e")
def notion_accounts(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 13, language="en", round_to=100):
        owner, until = r.choice(CSMS), years_after(life.start, r.choice((2, 3, 4)))
        rows.append([life.name, owner, r.choice(("Enterprise", "Mid-Market", "SMB")), f"{life.start}", f"{until}", r.randint(40, 99),
                     f"${life.mrr:,}"])
        wanted.append({"customer_id": life.name, "start_date": life.start, "mrr": life.mrr})
    head = ["Customer", "Account Owner", "Tier", "Start Date", "Contract End", "Health Score", "Current MRR"]
    return File("Customer Accounts.csv", table([head, *rows]), {"Customer Accounts": Wanted(
        keyed("Customer", customers={"customer_name": "Customer", "owner": "Account Owner"}, subscriptions={
            "start_date": "Start Date", "end_date": "Contract End", "mrr": "Current MRR"}),
        {"subscriptions": wanted}, asked=frozenset({"end_date_means"}), may=("Tier", "Start Date"))})


@case("a subscription log, a row a customer and month: status New, Active, Churned; a Churned row holds the MRR that was lost",
      part=TEMPLATE, page="https://www.sheetxai.com/blog/how-to-calculate-mrr-in-a-spreadsheet")
def subscription_log(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    given, rows = {}, []
    for at, life in enumerate(lives(r, 9, "CUST-{:02d}", "en", round_to=10)):
        first, last = at % 3, 3 + at % 4
        given[life.id] = [life.mrr if first <= month < last else 0 for month in range(6)]
        for month in range(first, min(last + 1, 6)):
            status = "Churned" if month == last else "New" if month == first else "Active"
            rows.append([life.id, life.name, f"{months[month]:%Y-%m}", "Pro", life.mrr, status])
    rows.sort(key=lambda row: row[2])
    head = ["Customer ID", "Customer Name", "Month", "Plan", "MRR Amount", "Status"]
    return File("Log.csv", table([head, *rows]), {"Log": Wanted(
        keyed("Customer ID", customers={"customer_name": "Customer Name"}, subscriptions={
            "start_date": "Month", "mrr": "MRR Amount", "plan": "Plan"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_long", may=("Status",))})


@case("Skalin customers: CSM Pulse of 1 to 5 without a day, Owner email, Stage of the life cycle, Deleted", part=TEMPLATE,
      page="https://docs.skalin.io/en/user/integrations/import/")
def skalin_customers(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 12, "BO-{:04d}", "en"):
        owner = f"{r.choice(('john', 'mia'))}@example.com"
        rows.append([life.name, f"{life.name.split()[0].lower()}.com", life.id, r.randint(1, 5), owner, "", "vip", r.choice(("Onboarding", "Run")),
                     "Standard", "Monthly", ""])
        wanted.append({"customer_id": life.id, "customer_name": life.name, "owner": owner})
    head = ["Name", "Domain", "Customer ID", "CSM Pulse", "Owner email", "Team members emails", "Tags", "Stage", "Health score profile",
            "Interaction goal", "Deleted"]
    return File("customers.csv", table([head, *rows]), {"customers": Wanted(
        keyed("Customer ID", customers={"customer_name": "Name", "owner": "Owner email"}), {"customers": wanted},
        may=("CSM Pulse", "Customer ID", "Deleted"))})


@case("Totango usage: User id as a mail, AccountId, Action, Module, Timestamp", part=TEMPLATE,
      page="https://totango.zendesk.com/hc/en-us/articles/209110166-Sending-Data-to-Totango-via-csv-Files")
def totango_usage(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(40):
        day, account = dt.date(2025, 6, r.randint(1, 28)), f"A-{r.randint(1, 8):03d}"
        user = f"u{r.randint(1, 3)}@{account.lower()}.example.com"
        rows.append([user, account, r.choice(("login", "run report")), r.choice(("Reports", "Admin")), f"{day}T{r.randint(8, 18):02d}:05:00Z"])
        wanted.append({"customer_id": account, "user_id": user, "date": day})
    head = ["User id", "AccountId", "Action", "Module", "Timestamp"]
    return File("usage_data.csv", table([head, *rows]), {"usage_data": Wanted(
        keyed("AccountId", usage={"user_id": "User id", "date": "Timestamp"}), {"usage": wanted}, may=("Action", "Module"))})


@case("Authorize.net subscriptions, tabs: ID, Name, Created Date, Customer, Amount; Canceled and Suspended without a day",
      part=TEMPLATE, page="https://developer.authorize.net/docs/anet/en-us/merchant/user/all/anet/anet-olh-merchant/payments-intro/"
                          "subscriptions-intro/subscription-download.html")
def authorize_subscriptions(r: random.Random) -> File:
    rows = [[f"70{at:05d}", "Gold support", r.choice(("Active", "Active", "Canceled", "Suspended")), life.start, life.name, "XXXX1111",
             f"{life.mrr}.00", f"{r.randint(1, 30)} of 9999"] for at, life in enumerate(lives(r, 15, language="en", round_to=1), start=1)]
    head = ["ID", "Name", "Status", "Created Date", "Customer", "Payment Method", "Amount", "Payments to Date"]
    return File("subscriptions.txt", table([head, *rows], "\t"), {"subscriptions": Wanted(
        keyed("Customer", customers={"customer_name": "Customer"}, subscriptions={
            "subscription_id": "ID", "start_date": "Created Date", "amount": "Amount"}),
        asked=frozenset({"left_on", "amount_is"}), may=("Name", "Status", "Created Date"))})


@case("Polar subscriptions as the API gives them: amount in cents, recurring_interval, ended_at beside current_period_end",
      part=TEMPLATE, page="https://www.mintlify.com/polarsource/polar/api-reference/subscriptions")
def polar_subscriptions(r: random.Random) -> File:
    given = lives(r, 14, "cus-{:04d}", "en", round_to=1)
    rows, wanted = [], []
    for at, life in enumerate(given):
        every, until = r.choice(("month", "year")), life.end or dt.date(2025, 7, 20)
        rows.append([f"sub-{at:04d}", "canceled" if life.end else "active", str(not life.end).lower(), life.id, "prod-1", "price-1",
                     life.mrr * 100 * (12 if every == "year" else 1), "usd", every, f"{until - dt.timedelta(30)}T00:00:00Z", f"{until}T00:00:00Z",
                     str(bool(life.end)).lower(), life.end and f"{life.end - dt.timedelta(9)}T08:00:00Z", life.end and f"{life.end}T00:00:00Z",
                     "", "", "", "{}", f"{life.start}T10:00:00Z"])
        wanted.append({"customer_id": life.id, "subscription_id": f"sub-{at:04d}", "start_date": life.start, "end_date": life.end, "mrr": life.mrr})
    head = ["id", "status", "active", "customer_id", "product_id", "price_id", "amount", "currency", "recurring_interval",
            "current_period_start", "current_period_end", "cancel_at_period_end", "canceled_at", "ended_at", "trial_start", "trial_end",
            "discount_id", "metadata", "created_at"]
    return File("polar.csv", table([head, *rows]), {"polar": Wanted(
        keyed("customer_id", subscriptions={
            "subscription_id": "id", "start_date": "created_at", "end_date": "ended_at", "amount": "amount", "currency": "currency",
            "billing_interval": "recurring_interval"}),
        {"subscriptions": wanted}, may=("product_id", "price_id", "current_period_end", "status", "active", "customer_id", "created_at"))})
