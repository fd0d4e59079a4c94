"""Held out in practice, last: what lies in the folder of an English-speaking customer success team, half of it plain and tidy."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import customers, lives, names
from tests.ingest.corpus.writing import blank, table, workbook

LAST = "held out in practice, last"
TODAY = dt.date(2025, 7, 1)


def later(first: dt.date, count: int) -> dt.date:
    """The same day `count` months on."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return first.replace(year=year, month=month + 1)


def british(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


@case("a snapshot of today, tidy: account_no, client, months_as_customer, state active or churned, monthly_fee_usd, edition, licences, cs_manager; no dates", part=LAST)
def last_en_snapshot(r: random.Random) -> File:
    rows, told, fees = [], [], []
    for at, name in enumerate(names(r, 18, "en"), start=1):
        id_, months, left, fee, seats = f"N{at:04d}", r.randint(2, 50), at % 4 == 2, r.randint(12, 180) * 10, r.randint(2, 60)
        csm, edition = r.choice(("Ines", "Tobias")), r.choice(("Starter", "Growth", "Scale"))
        rows.append([id_, name, r.choice(("retail", "health", "legal")), r.choice(("US", "CA", "UK")), csm, edition, seats, fee, months,
                     "churned" if left else "active", r.choice(("card", "invoice")), r.choice(("standard", "priority"))])
        told.append({"customer_id": id_, "customer_name": name, "owner": csm, "tenure_months": months, "has_left": left})
        fees.append({"customer_id": id_, "mrr": fee, "plan": edition, "seats": seats})
    head = ["account_no", "client", "vertical", "country", "cs_manager", "edition", "licences", "monthly_fee_usd", "months_as_customer", "state",
            "pays_by", "support_tier"]
    return File("accounts_snapshot.csv", table([head, *rows]), {"accounts_snapshot": Wanted(
        keyed("account_no", customers={"customer_name": "client", "owner": "cs_manager", "tenure_months": "months_as_customer", "has_left": "state"},
              subscriptions={"mrr": "monthly_fee_usd", "plan": "edition", "seats": "licences"}),
        {"customers": told, "subscriptions": fees})})


@case("renewals of the second half: title and date above, Acct ref, Current ACV with $, Agreement start, Renews on, Auto-renewal Y or N, Notice (days) and "
      "last day for it, forecast, a total and a note below", part=LAST)
def last_en_renewals(r: random.Random) -> File:
    rows, wanted, told, sums = [], [], [], 0
    for at, name in enumerate(names(r, 12, "en"), start=1):
        id_, on, years, fee = f"R-{200 + at}", dt.date(2025, r.randint(8, 12), r.randint(1, 28)), r.choice((1, 1, 1, 2)), r.randint(2, 40) * 100
        start, renews, days, csm = on.replace(year=2025 - years), r.random() < 0.6, r.choice((30, 60, 90)), r.choice(("Priya", "Sam"))
        product = r.choice(("Payroll", "Rostering"))
        rows.append([id_, name, r.choice(("SMB", "Mid", "Ent")), product, f"${fee * 12:,}", start, on, "Y" if renews else "N", days, on - dt.timedelta(days),
                     r.choice(("Commit", "Best case", "At risk")), r.choice((None, "New CFO", "Asked for 3-yr quote")), csm, r.choice(("Dana", "Wes"))])
        wanted.append({"customer_id": id_, "start_date": start, "term_end": on, "mrr": fee, "product": product, "auto_renews": renews, "notice_days": days})
        told.append({"customer_id": id_, "customer_name": name, "owner": csm})
        sums += fee * 12
    head = ["Acct ref", "Account", "Seg.", "Module", "Current ACV", "Agreement start", "Renews on", "Auto-renewal", "Notice (days)", "Last day for notice",
            "Fcst", "Watch-outs", "CSM", "AE"]
    return File("H2 renewals.xlsx", workbook({"H2": [
        ["Renewals due Jul-Dec 2025"], ["as of 30 June 2025"], [], head, *rows, ["Total", None, None, None, f"${sums:,}"], [],
        ["ACV is per year, also where the term is two years"]]}), {"H2": Wanted(
            keyed("Acct ref", customers={"customer_name": "Account", "owner": "CSM"}, subscriptions={
                "start_date": "Agreement start", "term_end": "Renews on", "amount": "Current ACV", "product": "Module", "auto_renews": "Auto-renewal",
                "notice_days": "Notice (days)"}),
            {"subscriptions": wanted, "customers": told}, may=("Agreement start", "Seg."))})


@case("prepaid invoices out of accounting: letterhead above, Service from and to over 6, 12 or 24 months, Net beside VAT and Gross, Raised, Due and Paid, "
      "a total at the foot", part=LAST)
def last_en_invoices(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, name in enumerate(names(r, 12, "en")):
        id_, start, months, fee = f"CUS{at + 41:03d}", dt.date(2025, 2 + at // 3, 1), r.choice((6, 12, 12, 24)), r.randint(5, 60) * 20
        until, net, raised = later(start, months) - dt.timedelta(1), fee * months, start - dt.timedelta(r.randint(5, 20))
        rows.append([f"SI-{at + 5521}", british(raised), british(raised + dt.timedelta(30)), id_, name, r.choice(("PO 7781", "PO 120", None)),
                     f"Platform subscription, {months} months", british(start), british(until), f"{net:,.2f}", f"{net / 5:,.2f}", f"{net * 1.2:,.2f}",
                     british(raised + dt.timedelta(r.randint(20, 45))) if at < 10 else "unpaid"])
        wanted.append({"customer_id": id_, "start_date": start, "mrr": fee})
        told.append({"customer_id": id_, "customer_name": name})
    head = ["Invoice", "Raised", "Due", "Customer code", "Billed to", "Your ref", "Details", "Service from", "Service to", "Net (GBP)", "VAT", "Gross (GBP)", "Paid"]
    sums = [f"{sum(float(row[at].replace(',', '')) for row in rows):,.2f}" for at in (9, 10, 11)]
    return File("Sales invoices to May 2025.xlsx", workbook({"Invoices": [
        ["Sales invoices, subscriptions only"], ["Period: 01/01/2025 to 31/05/2025"], [], head, *rows, [None] * 8 + ["Total", *sums]]}), {"Invoices": Wanted(
            keyed("Customer code", customers={"customer_name": "Billed to"}, subscriptions={"start_date": "Service from", "amount": "Net (GBP)"}),
            {"subscriptions": wanted, "customers": told}, may=("Service to", "Service from", "Details", "Invoice"))})


@case("answers after closed tickets, tidy: Responded, Org ID, Organisation, Contact email, CSAT (1-5), Anything to add?, agent and queue beside them", part=LAST)
def last_en_csat(r: random.Random) -> File:
    orgs, rows, wanted = [(f"{at}", name) for at, name in enumerate(names(r, 5, "en"), start=88101)], [], []
    for at in range(1, 19):
        (id_, name), day, score, by = r.choice(orgs), dt.date(2025, 5, 1) + dt.timedelta(at * 3), r.choice((1, 2, 3, 4, 4, 5, 5)), f"user{r.randint(1, 30)}@example.com"
        comment = r.choice(("Quick answer, thanks", "Had to explain it twice", None, "Sorted on the first call"))
        rows.append([at + 900, f"T-{at + 4400}", f"{day}", id_, name, by, r.choice(("Agent 3", "Agent 8")), r.choice(("Billing", "Technical")), score, comment])
        wanted.append({"customer_id": id_, "answered_on": day, "kind": "csat", "score": score, "comment": comment, "respondent": by})
    head = ["Answer", "Ticket", "Responded", "Org ID", "Organisation", "Contact email", "Agent", "Queue", "CSAT (1-5)", "Anything to add?"]
    return File("csat_may_june.csv", table([head, *rows]), {"csat_may_june": Wanted(
        keyed("Org ID", surveys={"answered_on": "Responded", "score": "CSAT (1-5)", "comment": "Anything to add?", "respondent": "Contact email"}),
        {"surveys": wanted}, may=("Org ID", "Organisation", "Agent", "Queue", "Ticket", "Answer"))})


@case("a log of customer calls, tidy: Met on, Customer, Call type, Who from us, Who from them, Key points, Follow-up with By when, CSM gut feeling (1-5)", part=LAST)
def last_en_calls(r: random.Random) -> File:
    companies, rows, met, felt, day = names(r, 6, "en"), [], [], [], dt.date(2025, 3, 4)
    for at in range(16):
        name, value = companies[at % 6], r.randint(1, 5)
        note = r.choice(("Walked through the new dashboard", "Champion is moving teams", "Wants SSO before rollout", "No open issues"))
        day += dt.timedelta(r.randint(1, 6))
        rows.append([f"{day:%d %b %Y}", name, r.choice(("Check-in", "QBR", "Training")), r.choice(("Ines", "Tobias")), r.choice(("Ops lead", "IT manager")), note,
                     r.choice(("Send deck", "Book follow-up", None)), f"{day + dt.timedelta(10):%d %b %Y}", value])
        met.append({"customer_id": name, "date": day, "note": note})
        felt.append({"customer_id": name, "date": day, "value": value})
    head = ["Met on", "Customer", "Call type", "Who from us", "Who from them", "Key points", "Follow-up", "By when", "CSM gut feeling (1-5)"]
    return File("Customer calls.xlsx", workbook({"Calls": [head, *rows]}), {"Calls": Wanted(
        keyed("Customer", interactions={"date": "Met on", "kind": "Call type", "note": "Key points"}, pulse={"date": "Met on", "value": "CSM gut feeling (1-5)"}),
        {"interactions": met, "pulse": felt}, may=("Customer", "Who from us", "Who from them", "Key points", "Follow-up"))})


@case("register of subscriptions in British days: title above, Sub ref, Client no., List fee p/m with £, Disc. in percent, Commenced, Ceased, Package, Sites, "
      "a total at the foot", part=LAST)
def last_en_register(r: random.Random) -> File:
    given, rows, wanted = lives(r, 15, "{:05d}", "en", round_to=20), [], []
    for at, life in enumerate(given, start=1):
        off, package = r.choice((0, 0, 0, 5, 10, 20)), r.choice(("Essential", "Managed", "Managed Plus"))
        rows.append([f"SUB/{at:03d}", life.id, f" {life.name}" if at % 6 == 0 else life.name, r.choice(("Care homes", "Schools", "Hospitality")), r.randint(1, 8), package,
                     f"£{life.mrr:,.2f}", f"{off}%" if off else None, british(life.start), blank(british)(life.end), f"ap{at}@example.com",
                     r.choice(("Direct debit", "BACS")), r.choice((None, None, "See file note"))])
        wanted.append({"customer_id": life.id, "subscription_id": f"SUB/{at:03d}", "start_date": life.start, "end_date": life.end,
                       "mrr": life.mrr * (100 - off) / 100, "plan": package})
    head = ["Sub ref", "Client no.", "Client", "Sector", "Sites", "Package", "List fee p/m", "Disc.", "Commenced", "Ceased", "Accounts email", "Payment", "Remarks"]
    total = [None, None, "Total", None, None, None, f"£{sum(life.mrr for life in given):,.2f}"]
    return File("Subscription register.xlsx", workbook({"Register": [
        ["SUBSCRIPTION REGISTER"], ["Managed IT services. Fees excl. VAT"], [], head, *rows, total]}), {"Register": Wanted(
            keyed("Client no.", customers={"customer_name": "Client"}, subscriptions={
                "subscription_id": "Sub ref", "start_date": "Commenced", "end_date": "Ceased", "mrr": "List fee p/m", "discount": "Disc.", "plan": "Package"}),
            {"subscriptions": wanted, "customers": customers(given)}, may=("Sites", "Commenced"))})


@case("lost customers of a fiscal year: title and totals above, Customer since, Last day as 14-Mar-25, Lost MRR with $, Main reason beside a second one, "
      "Exit call notes, Win back?", part=LAST)
def last_en_lost(r: random.Random) -> File:
    rows, wanted, left, told, day, sums = [], [], [], [], dt.date(2024, 7, 3), 0
    for at, name in enumerate(names(r, 13, "en"), start=1):
        id_, fee, reason = f"AC{at * 7:04d}", r.randint(3, 45) * 50, r.choice(("Price", "Missing feature", "Went out of business", "Low use", "Merged"))
        note = r.choice(("Wanted fewer seats than the smallest pack", "Team went back to spreadsheets", "Parent company uses another tool"))
        day += dt.timedelta(r.randint(9, 26))
        start = day - dt.timedelta(r.randint(200, 1400))
        rows.append([id_, name, r.choice(("SMB", "Mid-market")), r.choice(("Ines", "Tobias")), f"{start:%d-%b-%y}", f"{day:%d-%b-%y}", f"${fee:,}", reason,
                     r.choice((None, "Support", "Onboarding")), note, r.choice(("Yes", "No", "Maybe"))])
        wanted.append({"customer_id": id_, "start_date": start, "end_date": day, "mrr": fee})
        left.append({"customer_id": id_, "cancelled_on": day, "reason": reason, "comment": note})
        told.append({"customer_id": id_, "customer_name": name})
        sums += fee
    head = ["Acct", "Customer name", "Band", "Managed by", "Customer since", "Last day", "Lost MRR", "Main reason", "Second reason", "Exit call notes", "Win back?"]
    return File("Lost customers FY25.xlsx", workbook({"FY25": [
        ["Lost customers, FY25 (Jul 2024 - Jun 2025)"], ["Accounts lost", 13, None, "MRR lost", f"${sums:,}"], [], head, *rows, [],
        ["Accounts that went down a plan are not listed here"]]}), {"FY25": Wanted(
            keyed("Acct", customers={"customer_name": "Customer name"}, subscriptions={
                "start_date": "Customer since", "end_date": "Last day", "mrr": "Lost MRR"},
                cancellations={"cancelled_on": "Last day", "reason": "Main reason", "comment": "Exit call notes"}),
            {"subscriptions": wanted, "cancellations": left, "customers": told}, may=("Customer since", "Managed by", "Second reason", "Band"))})
