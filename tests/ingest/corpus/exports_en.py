"""Exports of products with English labels; the headers are those of the page that each case names."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import american, table


@case("Stripe subscriptions", page="no page lists them: as public programs read the export of the dashboard")
def stripe_subscriptions(r: random.Random) -> File:
    given = lives(r, 14, "cus_{:06d}Q", "en", round_to=5)
    head = ["id", "Customer ID", "Customer Description", "Customer Email", "Plan", "Quantity", "Currency", "Interval",
            "Amount", "Status", "Created (UTC)", "Start (UTC)", "Current Period Start (UTC)", "Current Period End (UTC)",
            "Trial Start (UTC)", "Trial End (UTC)", "Canceled At (UTC)", "Ended At (UTC)"]
    rows = []
    for life in given:
        at, is_yearly = f"{life.start} 04:41", r.random() < 0.3
        rows.append([f"sub_1N{life.id[4:]}", life.id, life.name, "billing@example.com", "price_1Pro", 1, "usd",
                     "year" if is_yearly else "month", f"{life.mrr * (12 if is_yearly else 1)}.00",
                     "canceled" if life.end else "active", at, at, "2025-06-04 04:41", "2025-07-04 04:41", "", "",
                     life.end and f"{life.end - dt.timedelta(3)} 10:02", life.end and f"{life.end} 04:41"])
    wanted = [row | {"subscription_id": f"sub_1N{life.id[4:]}", "currency": "USD"}
              for row, life in zip(contracts(given), given, strict=True)]
    return File("subscriptions.csv", table([head, *rows], end="\n"), {"subscriptions": Wanted(
        {"subscriptions.subscription_id": "id", "subscriptions.customer_id": "Customer ID",
         "subscriptions.plan": "Plan", "subscriptions.currency": "Currency", "subscriptions.amount": "Amount",
         "subscriptions.billing_interval": "Interval", "subscriptions.start_date": "Start (UTC)",
         "subscriptions.end_date": "Ended At (UTC)"}, {"subscriptions": wanted},
        may=("Customer ID", "Customer Description", "Quantity", "Current Period End (UTC)", "Canceled At (UTC)"))})


@case("Salesforce report on contracts, with its lines of copyright below", page=(
    "https://developer.salesforce.com/docs/atlas.en-us.206.0.sfFieldRef.meta/sfFieldRef/"
    "salesforce_field_reference_Contract.htm"))
def salesforce_contracts(r: random.Random) -> File:
    given = lives(r, 12, "8001a{:06d}", "en", round_to=10)
    head = ["Account Name", "Contract Number", "Contract Start Date", "Contract End Date", "Contract Term (months)",
            "Status", "Contract Owner", "Monthly Amount"]
    rows, wanted = [], []
    for n, life in enumerate(given, start=1):
        at = life.start.month + 11
        end = life.start.replace(day=1, year=life.start.year + at // 12, month=at % 12 + 1)
        rows.append([life.name, f"{n:08d}", american(life.start.replace(day=28)), american(end), 12, "Activated",
                     "Pat Lee", f"USD {life.mrr:,.2f}"])
        wanted.append({"subscription_id": f"{n:08d}", "customer_id": life.name, "start_date": life.start.replace(day=28),
                       "mrr": life.mrr})
    foot = [[], ["Confidential Information - Do Not Distribute"], ["Copyright (c) 2000-2025 salesforce.com, inc."]]
    return File("report1751328000.csv", table([head, *rows, *foot]), {"report1751328000": Wanted(
        {"subscriptions.customer_id": "Account Name", "subscriptions.subscription_id": "Contract Number",
         "subscriptions.start_date": "Contract Start Date", "subscriptions.mrr": "Monthly Amount"},
        {"subscriptions": wanted}, may=("Account Name", "Contract End Date", "Contract Owner"))})


@case("HubSpot deals", page="https://knowledge.hubspot.com/crm-deals/hubspots-default-deal-properties")
def hubspot_deals(r: random.Random) -> File:
    given = lives(r, 13, "{:011d}", "en", round_to=10)
    head = ["Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount", "Monthly recurring revenue",
            "Annual recurring revenue", "Associated Company IDs", "Associated Company"]
    rows = [[life.id, f"{life.name} - renewal", "Closed Won", f"{life.start} 09:30", "Kim Cho", life.mrr * 12, life.mrr,
             life.mrr * 12, f"99{life.id}", life.name] for life in given]
    wanted = [{"customer_id": f"99{life.id}", "subscription_id": life.id, "start_date": life.start, "mrr": life.mrr}
              for life in given]
    return File("hubspot-crm-exports-all-deals-2025-06-30.csv", table([head, *rows]), {
        "hubspot-crm-exports-all-deals-2025-06-30": Wanted(
            {"subscriptions.customer_id": "Associated Company IDs", "subscriptions.subscription_id": "Record ID",
             "subscriptions.start_date": "Close Date", "subscriptions.mrr": "Monthly recurring revenue",
             "customers.customer_id": "Associated Company IDs", "customers.customer_name": "Associated Company"},
            {"subscriptions": wanted}, may=("Deal owner",))})


@case("ChartMogul customers", page="https://help.chartmogul.com/hc/en-us/articles/360013881659-Importing-billing-data-using-CSV")
def chartmogul_customers(r: random.Random) -> File:
    given = lives(r, 12, "cm_ext_{:03d}", "en")
    head = ["Name", "Email", "Company", "Country", "State", "City", "Zip", "External ID", "Lead created at",
            "Free trial started at"]
    rows = [["Jo Doe", f"jo{at}@example.com", life.name, "US", "NY", "New York", "10001", life.id,
             f"{life.start - dt.timedelta(30)} 00:00:00", f"{life.start - dt.timedelta(14)} 00:00:00"]
            for at, life in enumerate(given)]
    return File("customers.csv", table([head, *rows]), {"customers": Wanted(
        {"customers.customer_id": "External ID", "customers.customer_name": "Company"}, {"customers": customers(given)})})


@case("Zendesk tickets", page="https://support.zendesk.com/hc/en-us/articles/4408886165402")
def zendesk_tickets(r: random.Random) -> File:
    head = ["Summation column", "Id", "Requester", "Requester id", "Requester external id", "Requester email",
            "Requester domain", "Submitter", "Assignee", "Group", "Subject", "Tags", "Status", "Priority", "Via",
            "Ticket type", "Created at", "Updated at", "Assigned at", "Organization", "Due date", "Initially assigned at",
            "Solved at", "Resolution time"]
    rows, wanted = [], []
    for n in range(1, 19):
        day, who = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(("Alder Press", "Gorse Legal", "Wexley Media"))
        status, priority = r.choice(("Open", "Solved", "Closed")), r.choice(("Low", "Normal", "Urgent"))
        rows.append([1, 4000 + n, "Sam Ray", 77 + n, "", "sam@example.com", "example.com", "Sam Ray", "Ann Bo", "Support",
                     "Cannot log in", "login", status, priority, "Web form", "Incident", f"{day} 11:20", f"{day} 15:00",
                     f"{day} 11:30", who, "", f"{day} 11:30", f"{day} 16:00", 5])
        wanted.append({"customer_id": who, "date": day, "priority": priority, "status": status})
    return File("tickets-2025.csv", table([head, *rows]), {"tickets-2025": Wanted(
        {"interactions.customer_id": "Organization", "interactions.date": "Created at",
         "interactions.priority": "Priority", "interactions.status": "Status"},
        {"interactions": wanted}, may=("Ticket type", "Subject", "Assignee", "Submitter", "Organization", "Requester"))})


@case("Delighted answers, the company as a property of the person",
      page="https://delighted.com/docs/api/listing-survey-responses")
def delighted_answers(r: random.Random) -> File:
    head = ["Id", "Person", "Survey Type", "Score", "Comment", "Permalink", "Created At", "Updated At", "Company"]
    rows, wanted = [], []
    for n in range(1, 21):
        day, who, score = dt.date(2025, r.randint(1, 6), r.randint(1, 28)), f"org-{r.randint(1, 8)}", r.randint(0, 10)
        rows.append([n, 900 + n, "nps", score, r.choice(("", "Love it", "Too slow")), "https://app.delighted.com/r/x",
                     f"{day} 08:12:00 UTC", "", who])
        wanted.append({"customer_id": who, "answered_on": day, "kind": "nps", "score": score})
    return File("delighted_responses.csv", table([head, *rows]), {"delighted_responses": Wanted(
        {"surveys.customer_id": "Company", "surveys.answered_on": "Created At", "surveys.kind": "Survey Type",
         "surveys.score": "Score", "surveys.comment": "Comment", "surveys.respondent": "Person"}, {"surveys": wanted},
        may=("Company",))})
