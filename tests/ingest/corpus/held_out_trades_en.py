"""Held out by trades: English customers under the words of their own trades, written after the fallback by content."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import EN_FIRST, contracts, lives
from tests.ingest.corpus.writing import blank, european, short_month, table, workbook


def named(trade: str) -> list[str]:
    return [f"{first} {trade}" for first in EN_FIRST]


@case("kennels: Kennel, Breed, On board since, Moved out, Monthly plan price (grooming)", part="held out by trades")
def kennels(r: random.Random) -> File:
    given = lives(r, 13, language="en")
    places = dict(zip((life.id for life in given), named("Kennels"), strict=False))
    rows = [[places[life.id], r.choice(("Collie", "Beagle")), european(life.start), blank(european)(life.end), life.mrr]
            for life in given]
    wanted = [row | {"customer_id": places[row["customer_id"]]} for row in contracts(given)]
    head = ["Kennel", "Breed", "On board since", "Moved out", "Monthly plan price"]
    return File("kennels.csv", table([head, *rows]), {"kennels": Wanted(
        keyed("Kennel", customers={"customer_name": "Kennel"}, subscriptions={
            "start_date": "On board since", "end_date": "Moved out", "mrr": "Monthly plan price"}),
        {"subscriptions": wanted}, may=("On board since", "Moved out"))})


@case("ferry lines: Line no., Line, Harbour master, Contract from, Contract to, Fee p.m. (ticketing)",
      part="held out by trades")
def ferry_lines(r: random.Random) -> File:
    given = lives(r, 12, "FL-{:02d}", "en")
    places = named("Ferries")
    rows = [[life.id, places[at], r.choice(("J. Moss", "P. Lund", "A. Reid")), life.start, life.end, life.mrr]
            for at, life in enumerate(given)]
    head = ["Operator no.", "Operator", "Harbour master", "Contract from", "Contract to", "Fee per month"]
    return File("ferries.xlsx", workbook({"Operators": [["Ferry operators"], [], head, *rows]}), {"Operators": Wanted(
        keyed("Operator no.", customers={"customer_name": "Operator"}, subscriptions={
            "start_date": "Contract from", "end_date": "Contract to", "mrr": "Fee per month"}),
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "customer_name": places[at]} for at, life in enumerate(given)]},
        header_row=3, may=("Contract from", "Contract to"))})


@case("observatories: months Jan-25 to Apr-25 side by side under the dome's name (scheduling)", part="held out by trades")
def observatories(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 5)]
    fees = {name: r.randint(4, 30) * 100 for name in named("Observatory")[:8]}
    rows = [[name, *[fee] * 4] for name, fee in fees.items()]
    return File("mrr.csv", table([["Observatory", *map(short_month, months)], *rows]), {"mrr": Wanted(
        keyed("Observatory", subscriptions={}),
        {"subscriptions": [{"customer_id": name, "start_date": dt.date(2025, 1, 1), "end_date": None, "mrr": fee}
                           for name, fee in fees.items()]},
        shape="monthly_wide", months={short_month(month): f"{month:%Y-%m}" for month in months}, may=("Observatory",))})


@case("chambers that left: Chambers, Day of notice as the only day, Reason for leaving (legal)", part="held out by trades")
def chambers_lost(r: random.Random) -> File:
    rows, wanted = [], []
    for name in named("Chambers")[:10]:
        day, reason = dt.date(2025, r.randint(1, 5), r.randint(1, 28)), r.choice(("Price", "Merged", "Features"))
        rows.append([name, day, reason])
        wanted.append({"customer_id": name, "cancelled_on": day, "reason": reason})
    head = ["Chambers", "Cancelled on", "Reason for leaving"]
    return File("lost chambers.xlsx", workbook({"Churn": [head, *rows]}), {"Churn": Wanted(
        keyed("Chambers", cancellations={"cancelled_on": "Cancelled on", "reason": "Reason for leaving"}),
        {"cancellations": wanted}, may=("Chambers",))})


@case("surgeries: tickets with Surgery, Raised, Severity, State (vets)", part="held out by trades")
def surgeries(r: random.Random) -> File:
    rows, wanted = [], []
    for _ in range(20):
        name, day = r.choice(named("Surgery")[:7]), dt.date(2025, r.randint(1, 5), r.randint(1, 28))
        priority, status = r.choice(("High", "Low")), r.choice(("Open", "Closed"))
        rows.append([day, name, priority, status])
        wanted.append({"customer_id": name, "date": day})
    head = ["Date raised", "Surgery", "Priority", "Status"]
    return File("tickets.csv", table([head, *rows]), {"tickets": Wanted(
        keyed("Surgery", interactions={"date": "Date raised", "priority": "Priority", "status": "Status"}),
        {"interactions": wanted})})
