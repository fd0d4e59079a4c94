"""Held out in practice: single sheets as customer success, finance and support teams of subscription companies keep them in English."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import Life, contracts, lives, names
from tests.ingest.corpus.writing import american, european, table, workbook

PRACTICE = "held out in practice"
INDIAN = ("Kaveri Textiles Pvt Ltd", "Nilgiri Foods LLP", "Sundaram Castings Ltd", "Malabar Spices Pvt Ltd", "Deccan Diagnostics Pvt Ltd",
          "Konkan Logistics LLP", "Vindhya Cements Ltd", "Godavari Agro Pvt Ltd", "Thar Solar Pvt Ltd", "Aravalli Paints Ltd")


def later(given: list[Life]) -> Iterator[tuple[Life, dt.date]]:
    """Every life with the first anniversary of its start after the middle of 2025."""
    for life in given:
        day = min(life.start.day, 28)
        years = (life.start.replace(year=year, day=day) for year in (2025, 2026))
        yield life, next(one for one in years if one > dt.date(2025, 7, 5))


def british(life: Life, r: random.Random) -> str:
    return f"{life.name.rsplit(' ', 1)[0]} {r.choice(('Ltd', 'Ltd', 'plc', 'LLP'))}"


def lakhs(amount: int) -> str:
    """1,20,000"""
    thousands = amount // 1000
    return f"{thousands // 100},{thousands % 100:02d},{amount % 1000:03d}" if thousands > 99 else f"{amount:,}"


@case("CSM's book of accounts, US: Acct and Acct #, Cust. since beside Contract start, Renewal dt, Ann. value, Go-live, a colour for health",
      part=PRACTICE)
def book_of_accounts_us(r: random.Random) -> File:
    given = lives(r, 14, "A-{:05d}", "en", first=2021, round_to=100)
    rows, told, wanted = [], [], []
    for life, renewal in later(given):
        csm, live = r.choice(("Dana", "Marcus", "Jill")), life.start + dt.timedelta(r.randint(20, 80)) if r.random() < 0.85 else None
        start = renewal.replace(year=renewal.year - 1)
        rows.append([life.name, life.id, r.choice(("ENT", "MM", "SMB")), csm, r.choice(("Tate", "Ortiz", None)), r.choice(("Retail", "Health", "SaaS")),
                     r.choice(("Austin, TX", "Boston, MA", "Reno, NV")), life.start, start, renewal, life.mrr * 12, live, r.choice("GYR"),
                     r.choice((None, "Champion left in Q1", "wants SSO"))])
        told.append({"customer_id": life.id, "customer_name": life.name, "owner": csm, "started_on": life.start, "onboarding_completed_on": live})
        wanted.append({"customer_id": life.id, "start_date": start, "term_end": renewal, "mrr": life.mrr})
    head = ["Acct", "Acct #", "Segment", "CSM", "AE", "Industry", "HQ", "Cust. since", "Contract start", "Renewal dt", "Ann. value", "Go-live", "Health", "Notes"]
    return File("My book FY25.xlsx", workbook({"Book": [["My accounts - updated every Monday"], [], head, *rows]}), {"Book": Wanted(
        keyed("Acct #", customers={"customer_name": "Acct", "owner": "CSM", "started_on": "Cust. since", "onboarding_completed_on": "Go-live"},
              subscriptions={"start_date": "Contract start", "term_end": "Renewal dt", "amount": "Ann. value"}),
        {"customers": told, "subscriptions": wanted}, may=("Acct #", "Segment", "Health"))})


@case("renewal tracker, UK: Client, ACV in pounds beside TCV, Notice (days), Auto-renew Y or N, forecast columns, dates 31/12/2025", part=PRACTICE)
def renewals_uk(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for life, renewal in later(lives(r, 13, language="en", round_to=50)):
        name, years, notice, auto = british(life, r), r.choice((1, 1, 2)), r.choice((30, 60, 90)), r.choice("YYN")
        start, product, owner = renewal.replace(year=renewal.year - years), r.choice(("Rota", "Rota Plus", "Payroll link")), r.choice(("Imogen", "Rhys"))
        rows.append([name, product, european(start), years * 12, european(renewal), notice, european(renewal - dt.timedelta(notice)), auto,
                     f"£{life.mrr * 12:,}", f"£{life.mrr * 12 * years:,}", r.choice(("3%", "5%", "CPI")), f"{r.randint(3, 10) * 10}%",
                     r.choice(("Commit", "Best case", "At risk")), owner, r.choice(("", "procurement involved", "wants 2 yr price"))])
        wanted.append({"customer_id": name, "start_date": start, "term_end": renewal, "mrr": life.mrr, "notice_days": notice, "auto_renews": auto == "Y",
                       "product": product})
        told.append({"customer_id": name, "customer_name": name, "owner": owner})
    head = ["Client", "Product", "Term start", "Term (mths)", "Renewal due", "Notice (days)", "Notice deadline", "Auto-renew?", "ACV", "TCV", "Uplift",
            "Prob.", "Forecast", "Account owner", "Comments"]
    return File("Renewals H2.csv", table([head, *rows], encoding="utf-8-sig"), {"Renewals H2": Wanted(
        keyed("Client", customers={"customer_name": "Client", "owner": "Account owner"}, subscriptions={
            "start_date": "Term start", "term_end": "Renewal due", "amount": "ACV", "notice_days": "Notice (days)", "auto_renews": "Auto-renew?", "product": "Product"}),
        {"subscriptions": wanted, "customers": told}, may=("Forecast",))})


@case("churn log, US: Logo, Churn date, Lost MRR, Primary and Secondary reason, Competitor, What happened; no start of anything", part=PRACTICE)
def lost_logos_us(r: random.Random) -> File:
    rows, wanted = [], []
    for name in names(r, 12, "en"):
        day, reason = dt.date(2024, 7, 1) + dt.timedelta(r.randint(0, 340)), r.choice(("Price", "Product gap", "Acquired", "No adoption", "Out of business"))
        said = r.choice(("Moved to in-house tool", "New CFO cut all vendors", "Never got past the pilot team", None))
        rows.append([name, day, day - dt.timedelta(r.randint(20, 60)), r.choice(("SMB", "MM")), r.randint(3, 40) * 100, reason,
                     r.choice((None, "Support", "Price")), r.choice((None, "In-house", "Spreadsheet")), r.choice(("Y", "N")), r.choice(("Dana", "Luis")), said])
        wanted.append({"customer_id": name, "cancelled_on": day, "reason": reason, "comment": said})
    head = ["Logo", "Churn date", "Notice rec'd", "Segment", "Lost MRR", "Primary reason", "Secondary reason", "Competitor", "Save attempted?", "CSM", "What happened"]
    return File("Churn log.xlsx", workbook({"Churn log": [head, *rows]}, formats={"Churn log": dict.fromkeys("BC", "mm/dd/yyyy")}), {"Churn log": Wanted(
        keyed("Logo", cancellations={"cancelled_on": "Churn date", "reason": "Primary reason", "comment": "What happened"}),
        {"cancellations": wanted}, may=("Logo", "Notice rec'd", "Lost MRR", "Secondary reason", "CSM", "Segment"))})


@case("onboarding tracker: one column per step with its day, beside Target go-live, % done, Blocker and a RAG", part=PRACTICE)
def kickoffs_by_step(r: random.Random) -> File:
    steps = ["Kick-off call", "Tenant created", "Data import", "Admin training", "First payroll run"]
    rows, told, wanted = [], [], []
    for name in names(r, 11, "en"):
        day, csm = dt.date(2025, 1, 6) + dt.timedelta(r.randint(0, 90)), r.choice(("Oli", "Freya"))
        target, reached, days = day + dt.timedelta(75), r.randint(2, 5), []
        for step in steps[:reached]:
            day += dt.timedelta(r.randint(2, 15))
            days.append(day)
            wanted.append({"customer_id": name, "milestone": step, "completed_on": day})
        rows.append([name, csm, r.choice(("Starter", "Growth")), r.randint(12, 300), *days, *[None] * (5 - reached), target, reached / 5,
                     r.choice((None, "waiting for IT", "data quality")), r.choice(("Green", "Amber", "Red"))])
        told.append({"customer_id": name, "customer_name": name, "owner": csm})
    rows.sort(key=lambda row: row[-3] == 1)
    rows.insert(next(at for at, row in enumerate(rows) if row[-3] == 1), [])
    head = ["Client", "CSM", "Package", "Employees", *steps, "Target go-live", "% done", "Blocker", "RAG"]
    return File("Onboarding tracker.xlsx", workbook({"Live onboardings": [["Onboarding tracker 2025"], head, *rows]}), {"Live onboardings": Wanted(
        {**keyed("Client", customers={"customer_name": "Client", "owner": "CSM"}), "milestones.customer_id": "Client"},
        {"milestones": wanted, "customers": told}, milestones={step: step for step in steps}, may=("Client", "Package", "Employees"))})


@case("NPS answers from a form: the question is the header, Submitted with a time, Company typed, Role, bucket worked out beside it", part=PRACTICE)
def nps_form_answers(r: random.Random) -> File:
    companies, rows, wanted = names(r, 8, "en"), [], []
    for at in range(1, 20):
        day, score, name = dt.date(2025, 5, 1) + dt.timedelta(r.randint(0, 30)), r.choice((3, 5, 6, 7, 8, 8, 9, 9, 10, 10)), r.choice(companies)
        said = r.choice(("", "Support is quick", "Reports are too slow", "Does what we need"))
        rows.append([f"r{at:04d}", f"{american(day)} {r.randint(8, 17)}:{r.randint(10, 59)}", name, f"user{at}@example.com", r.choice(("Admin", "End user", "Exec")),
                     score, said, "Promoter" if score > 8 else "Detractor" if score < 7 else "Passive", r.choice(("Yes", "No"))])
        wanted.append({"customer_id": name, "answered_on": day, "kind": "nps", "score": score, "comment": said or None})
    head = ["#", "Submitted", "Company", "Email", "Your role", "How likely are you to recommend us to a friend or colleague?",
            "What is the main reason for your score?", "Bucket", "OK to contact?"]
    return File("NPS May 2025 responses.csv", table([head, *rows]), {"NPS May 2025 responses": Wanted(
        keyed("Company", surveys={"answered_on": "Submitted", "score": head[5], "comment": head[6]}), {"surveys": wanted}, may=("Company", "Email"))})


@case("usage pulled from the product's database: day, org_id, org_name, user_id beside user_email, module, events, active_min", part=PRACTICE)
def warehouse_usage(r: random.Random) -> File:
    orgs, rows, wanted = [(f"org_{at:04d}", name, r.choice(("team", "business"))) for at, name in enumerate(names(r, 6, "en"), start=31)], [], []
    for at in range(20):
        id_, name, plan = orgs[at % 6]
        day, user, module = dt.date(2025, 5, 1) + dt.timedelta(r.randint(0, 60)), r.randint(7000, 7020), r.choice(("dashboards", "exports", "alerts"))
        events, minutes = r.randint(1, 60), r.randint(1, 95)
        rows.append([f"{day}", id_, name, plan, user, f"u{user}@example.com", module, events, minutes, f"4.{r.randint(1, 9)}.0", r.choice(("US", "DE"))])
        wanted.append({"customer_id": id_, "date": day, "user_id": str(user), "feature": module, "count": events, "minutes": minutes})
    head = ["day", "org_id", "org_name", "org_plan", "user_id", "user_email", "module", "events", "active_min", "app_version", "country"]
    return File("usage_daily_202505_06.csv", table([head, *rows], end="\n"), {"usage_daily_202505_06": Wanted(keyed("org_id", customers={"customer_name": "org_name"},
              usage={"date": "day", "user_id": "user_id", "feature": "module", "count": "events", "minutes": "active_min"}),
        {"usage": wanted, "customers": [{"customer_id": id_, "customer_name": name} for id_, name, _plan in orgs]}, may=("org_id", "org_plan"))})


@case("expansion log of won deals: Acct ID, Opp, Upsell or Cross-sell, Close date beside Effective from, Incremental ARR, Co-term date", part=PRACTICE)
def won_expansions(r: random.Random) -> File:
    accounts, rows, wanted, csm = lives(r, 9, "0{:05d}X", "en"), [], [], {}
    for at in range(12):
        life, kind, gain = r.choice(accounts), r.choice(("Upsell", "Cross-sell")), r.randint(2, 30) * 120
        closed = dt.date(2024, 9, 1) + dt.timedelta(r.randint(0, 240))
        start, product = (closed + dt.timedelta(r.randint(5, 30))), r.choice(("Core", "API pack", "Audit log"))
        until = start.replace(day=min(start.day, 28), year=start.year + 1)
        rows.append([f"OPP-{at + 880}", life.name, life.id, kind, product, closed, start, until, r.choice((0, 5, 10, 25)), gain, r.choice(("Tate", "Ortiz")),
                     csm.setdefault(life.id, r.choice(("Dana", "Luis"))), r.choice(("CSM", "Inbound", "QBR"))])
        wanted.append({"customer_id": life.id, "start_date": start, "term_end": until, "mrr": gain // 12, "product": product})
    head = ["Opp", "Account", "Acct ID", "Type", "SKU", "Close date", "Effective from", "Co-term date", "Added seats", "Incremental ARR", "AE", "CSM", "Sourced by"]
    return File("Expansion won FY25.xlsx", workbook({"Won": [head, *rows]}), {"Won": Wanted(
        keyed("Acct ID", customers={"customer_name": "Account", "owner": "CSM"}, subscriptions={
            "start_date": "Effective from", "term_end": "Co-term date", "amount": "Incremental ARR", "product": "SKU"}),
        {"subscriptions": wanted}, may=("Opp", "Type", "Added seats"))})


@case("managed IT support, UK: Client code, Support plan, Users, Monthly ex VAT, Min. term ends beside Left on, n/a where none", part=PRACTICE)
def msp_clients_uk(r: random.Random) -> File:
    given = lives(r, 14, "MS{:03d}", "en", first=2022, round_to=10)
    rows, wanted, told = [], contracts(given), []
    for life, row in zip(given, wanted, strict=True):
        name, plan, users, who = british(life, r), r.choice(("Essential", "Pro", "24x7")), r.randint(5, 120), r.choice(("Gwen", "Amir"))
        until = life.start.replace(day=min(life.start.day, 28), year=life.start.year + (1 if life.end else 3))
        rows.append([life.id, name + r.choice(("", "", " ")), r.choice(("Leeds", "York", "Hull")), f"01{r.randint(100, 999)} 555{r.randint(100, 999)}", plan, users,
                     r.randint(0, 9), life.mrr, life.start, until, life.end or "n/a", r.choice(("4 hr", "NBD")), who, r.choice(("DD", "BACS")),
                     r.choice((None, "own firewall", "multi-site"))])
        row |= {"term_end": until, "plan": plan, "seats": users}
        told.append({"customer_id": life.id, "customer_name": name, "owner": who})
    head = ["Client code", "Client", "Site", "Tel", "Support plan", "Users", "Servers", "Monthly (ex VAT)", "Start", "Min. term ends", "Left on", "SLA",
            "Acct mgr", "Pays by", "Notes"]
    data = workbook({"Contracts": [head, *rows]}, formats={"Contracts": dict.fromkeys("IJK", "dd/mm/yyyy")})
    return File("Managed service clients.xlsx", data, {"Contracts": Wanted(keyed("Client code", customers={"customer_name": "Client", "owner": "Acct mgr"}, subscriptions={
            "start_date": "Start", "end_date": "Left on", "term_end": "Min. term ends", "mrr": "Monthly (ex VAT)", "plan": "Support plan", "seats": "Users"}),
        {"subscriptions": wanted, "customers": told})})


@case("payroll outsourcing, India: Billing Cycle with Amount (INR) as 1,20,000, GSTIN, Subscribed From, Exit Date, dates 31-12-2024", part=PRACTICE)
def payroll_clients_india(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, name in enumerate(INDIAN, start=1):
        (cycle, months), fee, rm = r.choice((("Monthly", 1), ("Quarterly", 3), ("Annual", 12))), r.randint(8, 90) * 1000, r.choice(("Priya", "Arjun"))
        start = dt.date(2022, 1, 1) + dt.timedelta(r.randint(0, 800))
        end = start + dt.timedelta(r.randint(200, 400)) if r.random() < 0.3 else None
        rows.append([at, name, f"{r.randint(10, 36)}AABC{r.randint(1000, 9999)}K1Z{at % 10}", r.choice(("Chennai", "Pune", "Kochi")), r.choice(("Basic", "Premium")),
                     r.randint(20, 900), cycle, lakhs(fee * months), f"{start:%d-%m-%Y}", "Discontinued" if end else "Live", f"{end:%d-%m-%Y}" if end else "", rm,
                     f"98400{r.randint(10000, 99999)}", r.choice(("", "PF pending", "ESI registered"))])
        wanted.append({"customer_id": name, "start_date": start, "end_date": end, "mrr": fee})
        told.append({"customer_id": name, "customer_name": name, "owner": rm})
    head = ["S.No", "Client Name", "GSTIN", "City", "Plan", "Emp Strength", "Billing Cycle", "Amount (INR) excl GST", "Subscribed From", "Status", "Exit Date",
            "Relationship Manager", "Mobile", "Remarks"]
    return File("Client Master.csv", table([head, *rows]), {"Client Master": Wanted(
        keyed("Client Name", customers={"customer_name": "Client Name", "owner": "Relationship Manager"}, subscriptions={
            "start_date": "Subscribed From", "end_date": "Exit Date", "amount": "Amount (INR) excl GST", "billing_interval": "Billing Cycle", "plan": "Plan"}),
        {"subscriptions": wanted, "customers": told}, may=("Status", "Emp Strength"))})


@case("CSAT after tickets: Ticket #, Account, Contact, Agent, Responded on, CSAT in words, Feedback, hours to solve", part=PRACTICE)
def csat_in_words(r: random.Random) -> File:
    words = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
    accounts, rows, wanted = names(r, 7, "en"), [], []
    for at in range(1, 19):
        day, score, name = dt.date(2025, 3, 1) + dt.timedelta(r.randint(0, 91)), r.choice((1, 2, 3, 4, 4, 5, 5)), r.choice(accounts)
        said = r.choice(("", "Quick reply, thanks", "Had to explain it twice"))
        rows.append([f"{40210 + at * 7}", name, f"contact{at}@example.com", r.choice(("Tier 1", "Billing")), r.choice(("Sam", "Noor")), f"{day:%b %d, %Y}",
                     words[score - 1], said, r.randint(1, 70)])
        wanted.append({"customer_id": name, "answered_on": day, "kind": "csat", "score": score, "comment": said or None})
    head = ["Ticket #", "Account", "Contact", "Queue", "Agent", "Responded on", "CSAT", "Feedback", "Hrs to solve"]
    return File("CSAT Mar-May.csv", table([head, *rows]), {"CSAT Mar-May": Wanted(
        keyed("Account", surveys={"answered_on": "Responded on", "score": "CSAT", "comment": "Feedback"}), {"surveys": wanted}, may=("Account", "Contact"))})


@case("log of QBRs and check-ins: Date, Account, Format, Led by, Client attendees, Key points, CSM pulse (1-5), Next due", part=PRACTICE)
def qbr_log(r: random.Random) -> File:
    accounts, rows, met, felt = names(r, 8, "en"), [], [], []
    for _ in range(16):
        day, name, kind = dt.date(2025, 1, 8) + dt.timedelta(r.randint(0, 160)), r.choice(accounts), r.choice(("QBR", "Check-in", "Exec call"))
        who, said, value = r.choice(("Dana", "Luis")), r.choice(("Usage up, wants API", "Budget review in Q3", "New admin to train")), r.randint(2, 5)
        rows.append([day, name, kind, who, r.choice(("COO", "Ops lead, IT", "Head of HR")), said, r.choice((None, "send roadmap", "book training")), value,
                     day + dt.timedelta(90), r.choice(("Y", "N"))])
        met.append({"customer_id": name, "date": day, "kind": kind, "by": who, "note": said})
        felt.append({"customer_id": name, "date": day, "value": value})
    rows.sort(key=lambda row: row[0])
    head = ["Date", "Account", "Format", "Led by", "Client attendees", "Key points", "Follow-ups", "CSM pulse (1-5)", "Next due", "Deck sent?"]
    return File("QBR log 2025.xlsx", workbook({"Log": [head, *rows]}), {"Log": Wanted(
        keyed("Account", interactions={"date": "Date", "kind": "Format", "by": "Led by", "note": "Key points"}, pulse={"date": "Date", "value": "CSM pulse (1-5)"}),
        {"interactions": met, "pulse": felt}, may=("Account", "Led by", "Key points", "Follow-ups"))})


@case("e-learning, one row per school: Learner licenses, Price/mo in dollars, Member since, Canceled on, Onboarding done, Last NPS and its day", part=PRACTICE)
def academy_members(r: random.Random) -> File:
    given = lives(r, 15, language="en", first=2022, round_to=5)
    rows, deals, told, scored = [], [], [], []
    for life in given:
        done, seats, plan = life.start + dt.timedelta(r.randint(10, 60)) if r.random() < 0.8 else None, r.randint(10, 400), r.choice(("Class", "Campus"))
        score, asked = (r.randint(4, 10), dt.date(2025, 4, r.randint(1, 28))) if r.random() < 0.8 and not life.end else (None, None)
        rows.append([life.name, r.choice(("TX", "OH", "CA")), plan, seats, f"${life.mrr:,}.00", american(life.start), life.end and american(life.end),
                     done and american(done), score, asked and american(asked), r.choice(("Kay", "Bo")), f"{r.randint(5, 98)}%", r.choice(("card", "PO"))])
        told.append({"customer_id": life.name, "customer_name": life.name, "owner": rows[-1][10], "onboarding_completed_on": done})
        deals.append({"customer_id": life.name, "start_date": life.start, "end_date": life.end, "mrr": life.mrr, "seats": seats, "plan": plan})
        scored += [{"customer_id": life.name, "answered_on": asked, "kind": "nps", "score": score}] if score else []
    head = ["Organization", "State", "Plan", "Learner licenses", "Price/mo", "Member since", "Canceled on", "Onboarding done", "Last NPS", "NPS dt", "CSM",
            "Course completion", "Payment"]
    return File("Members.csv", table([head, *rows]), {"Members": Wanted(
        keyed("Organization", customers={"customer_name": "Organization", "owner": "CSM", "onboarding_completed_on": "Onboarding done"}, subscriptions={
            "start_date": "Member since", "end_date": "Canceled on", "mrr": "Price/mo", "seats": "Learner licenses", "plan": "Plan"},
              surveys={"score": "Last NPS", "answered_on": "NPS dt"}), {"customers": told, "subscriptions": deals, "surveys": scored}, may=("Member since",))})
