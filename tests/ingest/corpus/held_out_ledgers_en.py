"""Held out: contracts and monthly amounts in English."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import YEAR, stretches
from tests.ingest.corpus.lives import contracts, customers, lives, names
from tests.ingest.corpus.shapes import stories
from tests.ingest.corpus.writing import blank, european_number, table, workbook


@case("days as January 5, 2024; Go-live and Churned on; a fee with $ and decimals", part="held out")
def days_in_words(r: random.Random) -> File:
    given = lives(r, 14, "cust-{:02d}", "en", round_to=10)

    def words(day: dt.date) -> str:
        return f"{day:%B} {day.day}, {day.year}"
    rows = [[life.name, life.id, words(life.start), blank(words, "n/a")(life.end), f"${life.mrr:,.2f}", "Dana Webb"]
            for life in given]
    head = ["Client name", "Client ref", "Go-live date", "Churned on", "Monthly recurring fee", "CSM"]
    return File("Client book.csv", table([head, *rows]), {"Client book": Wanted(
        keyed("Client ref", subscriptions={"start_date": "Go-live date", "end_date": "Churned on", "mrr": "Monthly recurring fee"},
              customers={"customer_name": "Client name", "owner": "CSM"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("Churned on", "Go-live date"))})


@case("15.04.2024 and 1.234,50 EUR between semicolons", part="held out")
def continental(r: random.Random) -> File:
    given = lives(r, 13, "K-{:04d}", "en", round_to=10)
    rows = [[life.id, life.name, f"{life.start:%d.%m.%Y}", blank(lambda day: f"{day:%d.%m.%Y}")(life.end),
             f"{european_number(life.mrr + 0.5)} EUR"] for life in given]
    head = ["Customer no.", "Customer", "Contract start", "Terminated on", "Net fee per month"]
    return File("vertraege.csv", table([head, *rows], delimiter=";"), {"vertraege": Wanted(
        keyed("Customer no.", subscriptions={"start_date": "Contract start", "end_date": "Terminated on",
                                             "mrr": "Net fee per month"}, customers={"customer_name": "Customer"}),
        {"subscriptions": [row | {"mrr": row["mrr"] + 0.5} for row in contracts(given)], "customers": customers(given)},
        may=("Terminated on",))})


@case("4/15/24: two digits of a year, months first", part="held out")
def short_years(r: random.Random) -> File:
    given = lives(r, 16, "{:d}", "en", round_to=10)
    rows = [[life.id, f"{life.start.month}/{life.start.day}/{life.start:%y}",
             blank(lambda day: f"{day.month}/{day.day}/{day:%y}")(life.end), life.mrr] for life in given]
    return File("members.csv", table([["Member #", "Joined", "Left", "Monthly dues"], *rows]), {"members": Wanted(
        keyed("Member #", subscriptions={"start_date": "Joined", "end_date": "Left", "mrr": "Monthly dues"}),
        {"subscriptions": contracts(given)}, may=("Left", "Joined"))})


@case("03/04/2024: days and months up to 12 only, the order is asked", part="held out")
def either_order(r: random.Random) -> File:
    rows = [[f"H{n}", f"{r.randint(1, 12):02d}/{r.randint(1, 12):02d}/{r.choice((2023, 2024))}", 40 * n] for n in range(1, 13)]
    return File("hotels.csv", table([["Property ID", "Onboarded", "MRR (GBP)"], *rows]), {"hotels": Wanted(
        keyed("Property ID", subscriptions={"start_date": "Onboarded", "mrr": "MRR (GBP)"}), may=("Onboarded",),
        asked=frozenset({"date_order"}))})


@case("a query of the own database: subscribed_at with time and zone, mrr_cents", part="held out")
def own_database(r: random.Random) -> File:
    given = lives(r, 15, "acct_{:03d}", "en", round_to=10)
    rows = [[life.id, life.name, "pro", life.mrr * 100, f"{life.start}T09:30:00+09:00",
             life.end and f"{life.end}T00:00:00+09:00"] for life in given]
    head = ["account_id", "account_name", "plan_name", "mrr_cents", "subscribed_at", "churned_at"]
    return File("subs_dump.csv", table([head, *rows]), {"subs_dump": Wanted(
        keyed("account_id", subscriptions={"plan": "plan_name", "mrr": "mrr_cents", "start_date": "subscribed_at",
                                           "end_date": "churned_at"}, customers={"customer_name": "account_name"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, may=("churned_at", "subscribed_at"))})


@case("a workbook of 1904, a total in the last row, a blank column between", part="held out")
def of_1904(r: random.Random) -> File:
    given = lives(r, 9, "V-{:02d}", "en", round_to=10)
    rows = [[life.id, life.name, None, life.start, life.end, life.mrr] for life in given]
    total = ["Total", None, None, None, None, sum(life.mrr for life in given)]
    head = ["Venue ID", "Venue", None, "Service start", "Service end", "Monthly charge"]
    data = workbook({"Venues": [head, *rows, total]}, is_1904=True)
    return File("venues_mac.xlsx", data, {"Venues": Wanted(
        keyed("Venue ID", subscriptions={"start_date": "Service start", "end_date": "Service end", "mrr": "Monthly charge"},
              customers={"customer_name": "Venue"}), {"subscriptions": contracts(given), "customers": customers(given)})})


@case("sites under their ultimate parent; seats; a fee by the year", part="held out")
def sites_of_parents(r: random.Random) -> File:
    given = lives(r, 12, "site-{:02d}", "en", round_to=100)
    parents = [r.choice(("Orbit Holdings", "Maple Group")) for _ in given]
    rows = [[parent, life.id, life.name, 25, f"{life.start:%d-%b-%Y}", blank(lambda day: f"{day:%d-%b-%Y}")(life.end), life.mrr * 12]
            for parent, life in zip(parents, given, strict=True)]
    head = ["Ultimate parent", "Site ID", "Site name", "Licensed users", "Commencement date", "Termination date", "Annual fee"]
    return File("sites.xlsx", workbook({"Sites": [["Site register"], [], head, *rows]}), {"Sites": Wanted(
        keyed("Site ID", subscriptions={"seats": "Licensed users", "start_date": "Commencement date",
                                        "end_date": "Termination date", "amount": "Annual fee"},
              customers={"parent_id": "Ultimate parent", "customer_name": "Site name"}),
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": life.id, "parent_id": parent} for parent, life in zip(parents, given, strict=True)]},
        header_row=3, may=("Termination date",))})


@case("kinds of charges, a credit as (1,200.00), a column of currencies", part="held out")
def charges_and_credits(r: random.Random) -> File:
    kinds = {"Recurring": "recurring", "Setup fee": "one-time", "Usage overage": "variable", "Trial": "trial"}
    rows, wanted = [], []
    for life in lives(r, 18, "{:04d}", "en", round_to=10):
        word, currency = r.choice(list(kinds)), r.choice(("USD", "EUR"))
        amount = -life.mrr if word == "Recurring" and r.random() < 0.4 else life.mrr
        rows.append([life.id, word, life.start.isoformat(), f"({-amount:,.2f})" if amount < 0 else f"{amount:,.2f}", currency])
        row = {"customer_id": life.id, "start_date": life.start, "charge_kind": kinds[word], "currency": currency}
        wanted.append(row | ({"mrr": amount} if word == "Recurring" else {}))
    head = ["Cust. ID", "Charge category", "Effective from", "Monthly price", "Currency code"]
    return File("charges.csv", table([head, *rows]), {"charges": Wanted(
        keyed("Cust. ID", subscriptions={"charge_kind": "Charge category", "start_date": "Effective from",
                                         "mrr": "Monthly price", "currency": "Currency code"}),
        {"subscriptions": [{name: row[name] for name in ("customer_id", "start_date", "charge_kind", "currency")}
                           for row in wanted]})})


@case("renewal book: Renewal date alone, notice in days, auto-renews yes and no", part="held out")
def renewal_book(r: random.Random) -> File:
    rows, wanted = [], []
    for n, name in enumerate(names(r, 11, "en"), start=1):
        start, auto, notice = dt.date(2024, r.randint(1, 12), r.randint(13, 28)), r.choice(("Yes", "No")), r.choice((30, 60))
        end, arr = start.replace(year=2025), r.randint(3, 30) * 1200
        rows.append([f"C-{n:03d}", name, start, end, auto, notice, arr, "Green"])
        wanted.append({"customer_id": name, "subscription_id": f"C-{n:03d}", "start_date": start, "term_end": end,
                       "auto_renews": auto == "Yes", "notice_days": notice, "mrr": arr / 12})
    head = ["Contract #", "Account", "Signed", "Renewal date", "Auto-renews?", "Notice (days)", "ARR", "Forecast"]
    return File("Renewals FY25.xlsx", workbook({"Renewals": [head, *rows]}), {"Renewals": Wanted(
        keyed("Account", subscriptions={"subscription_id": "Contract #", "start_date": "Signed", "term_end": "Renewal date",
                                        "auto_renews": "Auto-renews?", "notice_days": "Notice (days)", "amount": "ARR"}),
        {"subscriptions": wanted}, may=("Account",), asked=frozenset({"term_end_means"}))})


@case("months as Jan 2024 with quarters between and a grand total, in thousands", part="held out")
def quarters_between(r: random.Random) -> File:
    given = {f"P{n:02d}": amounts for n, amounts in enumerate(stories(r, 9, YEAR), 1)}
    heads, months = [], {}
    for at, month in enumerate(YEAR):
        heads.append(f"{month:%b} {month.year}")
        months[heads[-1]] = f"{month:%Y-%m}"
        heads += [f"Q{at // 3 + 1} total"] if at % 3 == 2 else []

    def line(amounts: list[int]) -> list[float]:
        cells: list[float] = []
        for at, amount in enumerate(amounts):
            cells.append(amount / 1000)
            cells += [sum(amounts[at - 2:at + 1]) / 1000] if at % 3 == 2 else []
        return cells
    sheet = [["MRR by practice (USD thousands)"], ["Practice ID", *heads], *([id_, *line(amounts)] for id_, amounts in given.items()),
             ["Grand total", *line([sum(amounts[at] for amounts in given.values()) for at in range(9)])]]
    return File("MRR bridge.xlsx", workbook({"MRR": sheet}), {"MRR": Wanted(
        keyed("Practice ID", subscriptions={}), {"subscriptions": stretches(given, YEAR)}, shape="monthly_wide", header_row=2,
        months=months)})


@case("a row per customer and Period 2024-04, tabs", part="held out")
def period_rows(r: random.Random) -> File:
    given = {f"org{n}": amounts for n, amounts in enumerate(stories(r, 8, YEAR), 1)}
    rows = [[f"{month:%Y-%m}", id_, amounts[at], "ok"] for at, month in enumerate(YEAR) for id_, amounts in given.items()
            if amounts[at]]
    return File("mrr_long.tsv", table([["Period", "Org", "Recurring revenue", "QA"], *rows], delimiter="\t"), {"mrr_long": Wanted(
        keyed("Org", subscriptions={"start_date": "Period", "mrr": "Recurring revenue"}),
        {"subscriptions": stretches(given, YEAR)}, shape="monthly_long", may=("Org",))})


@case("Status Active/Churned and Months as customer, no days", part="held out")
def standing_in_english(r: random.Random) -> File:
    given = [(f"M{n:04d}", r.randint(0, 60), r.random() < 0.3, r.randint(10, 99)) for n in range(1, 25)]
    rows = [[id_, months, r.choice(("Basic", "Family")), f"{fee}.90", "Churned" if left else "Active"]
            for id_, months, left, fee in given]
    head = ["Member ID", "Months as customer", "Plan", "Monthly price (USD)", "Status"]
    return File("box_members.csv", table([head, *rows]), {"box_members": Wanted(
        keyed("Member ID", customers={"tenure_months": "Months as customer", "has_left": "Status"},
              subscriptions={"mrr": "Monthly price (USD)", "plan": "Plan"}),
        {"customers": [{"customer_id": id_, "tenure_months": months, "has_left": left} for id_, months, left, _ in given],
         "subscriptions": [{"customer_id": id_, "mrr": fee + 0.9} for id_, _, _, fee in given]}, shape="snapshot")})


@case("no header, semicolons: fields by content, and asked", part="held out")
def nameless_columns(r: random.Random) -> File:
    given = lives(r, 14, "NB-{:03d}", "en", round_to=10)
    rows = [[life.id, life.name, life.start.isoformat(), life.end and life.end.isoformat(), life.mrr] for life in given]
    return File("dump.csv", table(rows, delimiter=";"), {"dump": Wanted(
        keyed("A", subscriptions={"start_date": "C", "end_date": "D", "mrr": "E"}, customers={"customer_name": "B"}),
        {"subscriptions": contracts(given), "customers": customers(given)}, header_row=0, asked=frozenset({"no_header"}))})
