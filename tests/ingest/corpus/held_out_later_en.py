"""Held out later: files in English of further trades abroad."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import american, blank, european, short_month, table, workbook


def day(r: random.Random) -> dt.date:
    return dt.date(2025, 1, 1) + dt.timedelta(r.randint(0, 170))


@case("marinas: 25/3/2023, £1,200, n/a for still running, a title above (berth booking)", part="held out later")
def marinas(r: random.Random) -> File:
    given = lives(r, 14, "MAR-{:03d}", "en")
    rows = [[life.id, life.name, r.choice(("Solent", "Clyde", "Mersey")), european(life.start),
             blank(european, "n/a")(life.end), f"£{life.mrr:,}"] for life in given]
    head = ["Customer ref", "Marina", "Coast", "Contract start", "Contract end", "Monthly fee (ex VAT)"]
    return File("marinas.xlsx", workbook({"Contracts": [["Marina contracts as at 30 June 2025"], [], head, *rows]}), {
        "Contracts": Wanted(
            keyed("Customer ref", subscriptions={"start_date": "Contract start", "end_date": "Contract end",
                                                 "mrr": "Monthly fee (ex VAT)"}, customers={"customer_name": "Marina"}),
            {"subscriptions": contracts(given), "customers": customers(given)}, header_row=3,
            may=("Contract start", "Contract end"))})


@case("MRR across Jan-24 to Sep-24, Total below and at the right (monitoring of solar panels)", part="held out later")
def solar_panels(r: random.Random) -> File:
    months = [dt.date(2024, month, 1) for month in range(1, 10)]
    given = {}
    for at in range(1, 12):
        begin, end, fee = r.choice((0, 0, 2, 5)), r.choice((9, 9, 9, 7)), r.randint(4, 40) * 50
        given[f"SUN{at:04d}"] = [fee if begin <= month < end else 0 for month in range(9)]
    rows = [[id_, f"Roof & Ray {at}", *(fee or None for fee in fees), sum(fees)]
            for at, (id_, fees) in enumerate(given.items(), start=1)]
    total = ["Total", None, *(sum(fees[at] for fees in given.values()) for at in range(9)), sum(map(sum, given.values()))]
    head = ["Installer ID", "Installer name", *map(short_month, months), "Total"]
    return File("installer_mrr.csv", table([head, *rows, total]), {"installer_mrr": Wanted(
        keyed("Installer ID", subscriptions={}, customers={"customer_name": "Installer name"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_wide",
        months={short_month(month): f"{month:%Y-%m}" for month in months})})


@case("how likely to recommend, 0 to 10, on 3/25/2025 10:04 AM, with a reason (church management)", part="held out later")
def churches_recommend(r: random.Random) -> File:
    rows, wanted = [], []
    for at in range(1, 17):
        on, score, reason = day(r), r.randint(0, 10), r.choice((None, "Giving reports are great", "Too slow on Sundays"))
        rows.append([f"{american(on)} 10:04 AM", f"CH{at:03d}", f"office{at}@example.org", score, reason])
        wanted.append({"customer_id": f"CH{at:03d}", "answered_on": on, "kind": "nps", "score": score, "comment": reason})
    question = "How likely are you to recommend us? (0-10)"
    head = ["Submitted at", "Customer ID", "Email", question, "Reason for your score"]
    return File("recommend_survey.csv", table([head, *rows]), {"recommend_survey": Wanted(
        keyed("Customer ID", surveys={"answered_on": "Submitted at", "comment": "Reason for your score"}),
        {"surveys": wanted}, may=("Customer ID", "Email", question))})


@case("a log: Timestamp with Z, User ID, Feature, Duration (min) (telematics of vans)", part="held out later")
def vans_tracked(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(20):
        on, customer, user = day(r), f"VAN{r.randint(1, 6):02d}", f"u{r.randint(100, 120)}"
        feature, minutes = r.choice(("Live map", "Driver score", "Fuel report")), r.randint(1, 50)
        rows.append([f"{on:%Y-%m-%d}T11:{minutes:02d}:00Z", customer, user, feature, minutes])
        wanted.append({"customer_id": customer, "date": on, "user_id": user, "feature": feature, "minutes": minutes})
    head = ["Timestamp", "Customer", "User ID", "Feature", "Duration (min)"]
    return File("usage_log.csv", table([head, *rows], "\t"), {"usage_log": Wanted(
        keyed("Customer", usage={"date": "Timestamp", "user_id": "User ID", "feature": "Feature",
                                 "minutes": "Duration (min)"}), {"usage": wanted})})


@case("a row per step: Taproom, Onboarding step, Completed on, blank for not yet (taprooms)", part="held out later")
def taprooms_going_live(r: random.Random) -> File:
    rows, wanted = [], []
    for name in ("Copper Kettle", "Hop Yard", "Barrel & Bine", "Old Mill"):
        done, on = r.randint(1, 4), day(r)
        for at, step in enumerate(("Kickoff call", "Menu imported", "Staff trained", "Go-live")):
            when = on + dt.timedelta(7 * at) if at < done else None
            rows.append([name, step, when])
            wanted += [{"customer_id": name, "milestone": step, "completed_on": when}] if when else []
    data = workbook({"Onboarding": [["Customer", "Onboarding step", "Completed on"], *rows]})
    return File("onboarding.xlsx", data, {"Onboarding": Wanted(
        keyed("Customer", milestones={"milestone": "Onboarding step", "completed_on": "Completed on"}),
        {"milestones": wanted}, may=("Customer",))})


@case("Cancellation date, Reason, Feedback between semicolons, 25.03.2025 (escape rooms)", part="held out later")
def escape_rooms_lost(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 9, "ER{:03d}", "en"):
        on, reason = day(r), r.choice(("Price", "Closed down", "Missing features"))
        said = r.choice((None, "Would come back for gift cards"))
        rows.append([life.id, life.name, f"{on:%d.%m.%Y}", reason, said])
        wanted.append({"customer_id": life.id, "cancelled_on": on, "reason": reason, "comment": said})
    head = ["Customer no.", "Customer name", "Cancellation date", "Reason", "Feedback"]
    return File("cancellations.csv", table([head, *rows], ";"), {"cancellations": Wanted(
        keyed("Customer no.", cancellations={"cancelled_on": "Cancellation date", "reason": "Reason",
                                             "comment": "Feedback"}), {"cancellations": wanted},
        may=("Customer no.", "Customer name", "Cancellation date"))})


@case("Annual contract value, Term start, Term end, Auto-renew, Notice period (days), notes below (charities)",
      part="held out later")
def charities_to_renew(r: random.Random) -> File:
    rows, wanted = [], []
    for life in lives(r, 10, "CHY{:03d}", "en", is_month_first=True):
        start = life.start.replace(year=2025)
        end = start.replace(year=2026) - dt.timedelta(1)
        is_automatic, notice = r.random() < 0.5, r.choice((30, 60, 90))
        rows.append([life.id, life.name, start, end, life.mrr * 12, "Yes" if is_automatic else "No", notice])
        wanted.append({"customer_id": life.id, "start_date": start, "term_end": end, "mrr": life.mrr,
                       "auto_renews": is_automatic, "notice_days": notice})
    head = ["Account ID", "Charity", "Term start", "Term end", "Annual contract value (GBP)", "Auto-renew",
            "Notice period (days)"]
    below = [[], ["Note: values exclude VAT."]]
    return File("renewals.xlsx", workbook({"Renewals FY25": [head, *rows, *below]}), {"Renewals FY25": Wanted(
        keyed("Account ID", subscriptions={"start_date": "Term start", "term_end": "Term end", "auto_renews": "Auto-renew",
                                           "notice_days": "Notice period (days)"}, customers={"customer_name": "Charity"}),
        {"subscriptions": wanted}, may=("Annual contract value (GBP)", "Term start", "Term end"))})


@case("a row per museum: Plan, MRR, Customer since, Churn date, CSM, CSAT, a total below (museums)", part="held out later")
def museums(r: random.Random) -> File:
    given = lives(r, 15, "{:05d}", "en")
    rows, answers, people = [], [], []
    for life in given:
        csm, score = r.choice(("Priya", "Tom", "Ines")), r.choice((None, 2, 3, 4, 5))
        rows.append([life.id, life.name, r.choice(("Core", "Plus")), life.mrr, life.start, life.end, csm, score])
        people.append({"customer_id": life.id, "customer_name": life.name, "owner": csm})
        answers += [{"customer_id": life.id, "kind": "csat", "score": score}] if score else []
    head = ["Customer ID", "Museum name", "Plan", "MRR (USD)", "Customer since", "Churn date", "CSM", "CSAT (1-5)"]
    total = ["Total", None, None, sum(life.mrr for life in given)]
    return File("museums.xlsx", workbook({"Customers": [head, *rows, total]}), {"Customers": Wanted(
        keyed("Customer ID", subscriptions={"plan": "Plan", "mrr": "MRR (USD)", "start_date": "Customer since",
                                            "end_date": "Churn date"},
              customers={"customer_name": "Museum name", "owner": "CSM"}),
        {"subscriptions": contracts(given), "customers": people, "surveys": answers},
        may=("Customer ID", "Customer since", "Churn date", "CSAT (1-5)", "MRR (USD)"))})
