"""Held out in practice, kept until the end: single sheets as subscription companies keep them in English."""

from __future__ import annotations

import datetime as dt
import random
from itertools import groupby

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import lives, names
from tests.ingest.corpus.writing import european_number, short_month, table, workbook

KEPT = "held out in practice, kept"
GERMAN = ("Rheinblick Logistik GmbH", "Auwald Kliniken gGmbH", "Nordstern Verlag GmbH", "Isartor Hotel GmbH & Co. KG", "Elbufer Werft AG",
          "Harzfeld Pumpen GmbH", "Taunusquelle Getränke KG", "Spreebogen Medien GmbH", "Lindenhof Pflege GmbH", "Kieler Förde Reederei KG",
          "Saale Optik GmbH", "Münsterplatz Immobilien AG")
SINGAPOREAN = ("Merlion Freight Pte Ltd", "Tanjong Clinics Pte Ltd", "Keppel Road Foods Pte Ltd", "Orchid Precision Pte Ltd", "Bukit Hardware Pte Ltd",
               "Marina Events Pte Ltd", "Telok Tuition LLP", "Sembawang Marine Pte Ltd", "Kallang Print Pte Ltd", "Pasir Travel Pte Ltd")


@case("invoice lines from accounting, UK: Cust #, Inv. date beside Period from and Period to, Net, VAT and Gross, some billed by the quarter", part=KEPT)
def invoice_lines_uk(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, name in enumerate(names(r, 6, "en"), start=1):
        id_, months, fee = f"C{at * 37:04d}", 1 if at % 3 else 3, r.randint(10, 90) * 15
        told.append({"customer_id": id_, "customer_name": name})
        for month in (1, 4) if months == 3 else (1, 2, 3, 4):
            start, until, net = dt.date(2025, month, 1), dt.date(2025, month + months, 1) - dt.timedelta(1), fee * months
            paid = start + dt.timedelta(r.randint(10, 50)) if r.random() < 0.85 else None
            rows.append([id_, name, f"INV-{r.randint(10000, 99999)}", start + dt.timedelta(2), "Platform subscription", start, until, net,
                         round(net * 0.2, 2), round(net * 1.2, 2), start + dt.timedelta(32), paid, "Paid" if paid else "Overdue"])
            wanted.append({"customer_id": id_, "start_date": start, "mrr": fee})
    rows.sort(key=lambda row: (row[3], row[0]))
    head = ["Cust #", "Customer name", "Inv. no.", "Inv. date", "Description", "Period from", "Period to", "Net", "VAT @ 20%", "Gross", "Due", "Paid on", "Status"]
    style = {"Sales ledger": dict.fromkeys("DFGKL", "dd/mm/yyyy")}
    return File("Sales ledger Jan-Apr 25.xlsx", workbook({"Sales ledger": [head, *rows]}, formats=style), {"Sales ledger": Wanted(
        keyed("Cust #", customers={"customer_name": "Customer name"}, subscriptions={"start_date": "Period from", "amount": "Net"}),
        {"subscriptions": wanted, "customers": told}, may=("Period to", "Description"))})


@case("ticket export, US: Company beside Requester email, Created time with AM and PM, Agent, Priority, Status, hours and an SLA word", part=KEPT)
def tickets_us(r: random.Random) -> File:
    companies, rows, wanted = names(r, 7, "en"), [], []
    for at in range(18):
        day, name = dt.date(2025, 4, 1) + dt.timedelta(r.randint(0, 80)), r.choice(companies)
        status, priority, agent = r.choice(("Open", "Pending", "Closed")), r.choice(("Low", "Medium", "High", "Urgent")), r.choice(("Sam", "Noor", ""))
        rows.append([50100 + at, r.choice(("Login loop", "Export fails", "Add users", "Invoice copy")), status, priority, r.choice(("Question", "Problem")),
                     r.choice(("Email", "Portal", "Phone")), agent, r.choice(("Tier 1", "Billing")), name, f"u{at}@example.com",
                     f"{day:%m/%d/%Y} {r.randint(1, 11):02d}:{r.randint(10, 59)} {r.choice(('AM', 'PM'))}", r.randint(1, 20), r.randint(2, 90),
                     r.choice(("Within SLA", "SLA violated")), r.choice(("", "bug", "how-to"))])
        wanted.append({"customer_id": name, "date": day, "status": status, "priority": priority, "by": agent or None})
    head = ["Ticket ID", "Subject", "Status", "Priority", "Type", "Source", "Agent", "Group", "Company", "Requester email", "Created time", "First resp (hrs)",
            "Resolution (hrs)", "Resolution status", "Tags"]
    return File("tickets_export.csv", table([head, *rows]), {"tickets_export": Wanted(
        keyed("Company", interactions={"date": "Created time", "status": "Status", "priority": "Priority", "by": "Agent"}),
        {"interactions": wanted}, may=("Company", "Subject", "Type", "Source"))})


@case("MRR by customer from finance: Jul-24 to May-25 across, a hyphen where there is none, an average at the end, Total in the last row", part=KEPT)
def mrr_by_customer(r: random.Random) -> File:
    months = [dt.date(2024, 7, 1), *(dt.date(2024 + at // 12, at % 12 + 1, 1) for at in range(7, 17))]
    rows, wanted, told = [], [], []
    for name in names(r, 13, "en"):
        first, fee, csm = r.choice((0, 0, 0, 2, 4, 6)), r.randint(4, 60) * 50, r.choice(("Dana", "Luis"))
        last, change, step = r.choice((11, 11, 7, 9, 10)), r.randint(first + 1, 16), r.choice((-50, 150, 250))
        cells: list[int | None] = [None if not first <= at < last else fee if at < change else fee + step for at in range(11)]
        places = [(at, fee_) for at, fee_ in enumerate(cells) if fee_]
        for fee_, run in groupby(places, key=lambda one: one[1]):
            ats = [at for at, _fee in run]
            wanted.append({"customer_id": name, "start_date": months[ats[0]], "end_date": months[ats[-1] + 1] if ats[-1] < 10 else None, "mrr": fee_})
        paid = [cell for cell in cells if cell]
        rows.append([name, r.choice(("East", "West")), csm, r.choice(("Net 30", "Card")), *["-" if cell is None else cell for cell in cells],
                     round(sum(paid) / len(paid), 2)])
        told.append({"customer_id": name, "customer_name": name, "owner": csm})
    total = ["Total", None, None, None, *[sum(row[at] for row in rows if row[at] != "-") for at in range(4, 15)], None]
    heads = [short_month(month) for month in months]
    head = ["Customer", "Region", "CSM", "Terms", *heads, "Avg."]
    data = workbook({"MRR": [["MRR by customer (USD)"], ["prepared by Finance, not audited"], [], head, *rows, total]})
    return File("MRR roll May-25.xlsx", data, {"MRR": Wanted(
        {**keyed("Customer", customers={"customer_name": "Customer", "owner": "CSM"}), "subscriptions.customer_id": "Customer"},
        {"subscriptions": wanted, "customers": told}, months={header: f"{month:%Y-%m}" for header, month in zip(heads, months, strict=True)},
        months_of="subscriptions.mrr")})


@case("contract list, Germany, in English: semicolons, 1.250,00 and 31.12.2024, Runs until beside Terminated as of, Notice in months", part=KEPT)
def contracts_germany(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, life in enumerate(lives(r, 12, "{:06d}", "en", first=2022, round_to=50)):
        id_, seats, auto, who, end = f"{10480 + at * 13}", r.randint(5, 200), r.choice(("yes", "yes", "no")), r.choice(("Katrin", "Jonas")), life.end
        until = end or life.start.replace(day=1, year=2026) - dt.timedelta(1)
        rows.append([id_, GERMAN[at], f"V-{2200 + at}", r.choice(("Suite S", "Suite M", "Suite L")), seats, european_number(life.mrr), f"{life.start:%d.%m.%Y}",
                     f"{until:%d.%m.%Y}", r.choice(("3 months", "1 month")), auto, end and f"{end:%d.%m.%Y}", r.choice(("Bayern", "Hessen", "Berlin")), f"DE{r.randint(10**8, 10**9 - 1)}",
                     who, r.choice(("", "DPA signed", "references ok"))])
        wanted.append({"customer_id": id_, "start_date": life.start, "end_date": end, "term_end": until, "mrr": life.mrr, "seats": seats,
                       "auto_renews": auto == "yes", "subscription_id": f"V-{2200 + at}"})
        told.append({"customer_id": id_, "customer_name": GERMAN[at], "owner": who})
    head = ["Customer no.", "Company", "Contract no.", "Package", "Licences", "Monthly fee net (EUR)", "Start of contract", "Runs until", "Notice", "Auto-extension",
            "Terminated as of", "State", "VAT ID", "CS manager", "Remarks"]
    return File("Contracts_DACH.csv", table([head, *rows], ";", "cp1252"), {"Contracts_DACH": Wanted(
        keyed("Customer no.", customers={"customer_name": "Company", "owner": "CS manager"}, subscriptions={
            "start_date": "Start of contract", "end_date": "Terminated as of", "term_end": "Runs until", "mrr": "Monthly fee net (EUR)", "seats": "Licences",
            "auto_renews": "Auto-extension", "subscription_id": "Contract no."}),
        {"subscriptions": wanted, "customers": told}, may=("Package", "Notice"))})


@case("business broadband, Singapore: Acct No, Subscriber, UEN, Svc ID, MRC beside NRC, Activation dt, Contract expiry, Cease dt, several lines each", part=KEPT)
def lines_singapore(r: random.Random) -> File:
    rows, wanted, told = [], [], []
    for at, name in enumerate(SINGAPOREAN, start=1):
        id_, uen = f"8{at * 7103:07d}", f"20{r.randint(10, 21)}{r.randint(10000, 99999)}K"
        told.append({"customer_id": id_, "customer_name": name})
        for _ in range(r.choice((1, 2, 2))):
            start, fee, svc = dt.date(2022, 3, 1) + dt.timedelta(r.randint(0, 900)), r.randint(6, 70) * 10, r.choice(("Fibre 1G", "Fibre 500M", "SIP trunk"))
            until, number = start.replace(day=min(start.day, 28), year=start.year + 2), f"SG{r.randint(100000, 999999)}"
            end = start + dt.timedelta(r.randint(150, 280)) if r.random() < 0.25 else None
            rows.append([id_, name, uen, number, svc, f"{r.randint(1, 60)} Ubi Ave {r.randint(1, 4)}",
                         f"{r.randint(100000, 800000)}", fee, r.choice((0, 120, 250)), start, 24, until, end, r.choice(("Wei", "Farah"))])
            wanted.append({"customer_id": id_, "start_date": start, "end_date": end, "term_end": until, "mrr": fee, "product": svc, "subscription_id": number})
    head = ["Acct No", "Subscriber", "UEN", "Svc ID", "Service", "Install address", "Postal", "MRC (SGD)", "NRC (SGD)", "Activation dt", "Term (mth)",
            "Contract expiry", "Cease dt", "Sales rep"]
    style = {"Active and ceased": dict.fromkeys("JLM", "dd mmm yyyy")}
    return File("Line register.xlsx", workbook({"Active and ceased": [head, *rows]}, formats=style), {"Active and ceased": Wanted(
        keyed("Acct No", customers={"customer_name": "Subscriber"}, subscriptions={
            "start_date": "Activation dt", "end_date": "Cease dt", "term_end": "Contract expiry", "mrr": "MRC (SGD)", "product": "Service",
            "subscription_id": "Svc ID"}),
        {"subscriptions": wanted, "customers": told}, may=("Sales rep",))})


@case("logins by workspace across the months: 'Logins Jan-25' and so on, beside Seats bought, their sum and Last login", part=KEPT)
def logins_across(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    rows, wanted, told = [], [], []
    for at, name in enumerate(names(r, 12, "en"), start=1):
        id_, first = f"ws-{at * 91:05d}", r.choice((0, 0, 0, 1, 3))
        counts = [r.randint(4, 400) if month >= first else None for month in range(6)]
        rows.append([id_, name, r.choice(("Free", "Team", "Business")), r.randint(5, 80), *counts, sum(filter(None, counts)), dt.date(2025, 6, r.randint(1, 30)),
                     r.choice(("Slack", "Teams", None))])
        wanted += [{"customer_id": id_, "count": count} for count in counts if count]
        told.append({"customer_id": id_, "customer_name": name})
    heads = [f"Logins {short_month(month)}" for month in months]
    head = ["Workspace ID", "Workspace", "Edition", "Seats bought", *heads, "Logins YTD", "Last login", "Integration"]
    return File("Adoption H1.xlsx", workbook({"Adoption": [head, *rows]}), {"Adoption": Wanted(
        {**keyed("Workspace ID", customers={"customer_name": "Workspace"}), "usage.customer_id": "Workspace ID"},
        {"usage": wanted, "customers": told}, months={header: f"{month:%Y-%m}" for header, month in zip(heads, months, strict=True)},
        months_of="usage.count", may=("Edition", "Seats bought", "Last login", "Workspace ID"))})
