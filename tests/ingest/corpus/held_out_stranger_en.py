"""Held out by a stranger: English files from four countries, written before a line of the matcher was read."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.held_out_layouts_ja import stretches
from tests.ingest.corpus.lives import EN_FIRST, contracts, lives
from tests.ingest.corpus.writing import american, blank, european, european_number, table, workbook

STRANGER = "held out by a stranger"


def lakh(amount: int) -> str:
    """₹1,20,000: India's way of grouping."""
    last, rest = f"{amount}"[-3:], f"{amount}"[:-3]
    pairs = [rest[max(at - 2, 0):at] for at in range(len(rest), 0, -2)][::-1]
    return "₹" + ",".join([*pairs, last])


def dotted(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


@case("US: Logo, Rep, ACV with $, Signed, Renews, Churned on, Health as a colour, a title and notes (contract software)",
      part=STRANGER)
def us_book_of_business(r: random.Random) -> File:
    given = lives(r, 14, language="en", round_to=12)
    rows, wanted = [], []
    for life in given:
        rep, renews, arr = r.choice(("Dana", "Luis", "Priya")), dt.date(2026, r.randint(1, 12), r.randint(13, 28)), life.mrr * 12
        rows.append([life.name, rep, f"${arr:,}", american(life.start), american(renews), blank(american, "n/a")(life.end),
                     r.choice(("Green", "Yellow", "Red")), r.choice(("QBR went well", "", "Champion left"))])
        wanted.append({"customer_id": life.name, "start_date": life.start, "end_date": life.end, "term_end": renews,
                       "mrr": life.mrr})
    head = ["Logo", "Rep", "ACV", "Signed", "Renews", "Churned on", "Health", "Notes"]
    below = [["Total", None, f"${sum(life.mrr * 12 for life in given):,}"], [], ["ACV = annual contract value, net of credits"]]
    above = [["CS book of business - West"], ["as of 06/30/2025"], []]
    return File("BoB west.xlsx", workbook({"West": [*above, head, *rows, *below]}), {"West": Wanted(
        keyed("Logo", customers={"customer_name": "Logo", "owner": "Rep"}, subscriptions={
            "amount": "ACV", "start_date": "Signed", "term_end": "Renews", "end_date": "Churned on"}),
        {"subscriptions": wanted}, header_row=4, may=("Signed", "Churned on"))})


@case("UK: URN, School, Trust, Phase, Start, Finish, Annual licence (£ ex VAT), Pupils on roll (schools)", part=STRANGER)
def uk_schools(r: random.Random) -> File:
    given = lives(r, 13, "1{:05d}", "en", round_to=12)
    places = [f"{name} Primary School" for name in EN_FIRST]
    rows = [[life.id, place, r.choice(("Beacon Trust", "Northern Lights MAT", "None")), r.choice(("Primary", "All-through")),
             european(life.start), blank(european)(life.end), f"£{life.mrr * 12:,}.00", r.randint(90, 900)]
            for life, place in zip(given, places, strict=False)]
    head = ["URN", "School", "Trust", "Phase", "Licence start", "Licence cancelled", "Annual licence (£ ex VAT)", "Pupils on roll"]
    return File("school licences.csv", table([head, *rows]), {"school licences": Wanted(
        keyed("URN", customers={"customer_name": "School"}, subscriptions={
            "start_date": "Licence start", "end_date": "Licence cancelled", "amount": "Annual licence (£ ex VAT)"}),
        {"subscriptions": contracts(given),
         "customers": [{"customer_id": row[0], "customer_name": row[1]} for row in rows]},
        may=("Licence start", "Licence cancelled", "Trust", "Pupils on roll"))})


@case("Germany: ; and 1.234,56 €, 31.12.2024, Site no., Site, Gateways, Commissioned on, Decommissioned on (IoT)", part=STRANGER)
def german_gateways(r: random.Random) -> File:
    rows, wanted, sites = [], [], []
    for life in lives(r, 13, "S{:04d}", "en", round_to=10):
        site, fee, count = f"Werk {life.name.split()[0]} GmbH", life.mrr + 0.5, r.randint(1, 40)
        rows.append([life.id, site, r.choice(("Köln", "Ulm", "Gera")), count, dotted(life.start), blank(dotted, "-")(life.end),
                     f"{european_number(fee)} €"])
        wanted.append({"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": fee})
        sites.append({"customer_id": life.id, "customer_name": site})
    head = ["Site no.", "Site", "Town", "Gateways", "Commissioned on", "Decommissioned on", "Fee/month"]
    return File("gateways_export.csv", table([head, *rows], ";", "cp1252"), {"gateways_export": Wanted(
        keyed("Site no.", customers={"customer_name": "Site"}, subscriptions={
            "start_date": "Commissioned on", "end_date": "Decommissioned on", "mrr": "Fee/month"}),
        {"subscriptions": wanted, "customers": sites}, may=("Commissioned on", "Decommissioned on", "Gateways"))})


@case("India: Institute, City, SPOC, DOJ as 05-Apr-2023, Valid till, Monthly billing (INR) as ₹1,20,000, Total below (coaching)",
      part=STRANGER)
def indian_institutes(r: random.Random) -> File:
    rows, wanted = [], []
    for at, life in enumerate(lives(r, 12, language="en", round_to=1500), start=1):
        institute, till = f"{life.name.split()[0]} Academy", dt.date(2026, 3, 31)
        rows.append([at, institute, r.choice(("Pune", "Kochi", "Indore")), r.choice(("Mr. Rao", "Ms. Iyer")),
                     f"{life.start:%d-%b-%Y}", f"{till:%d-%b-%Y}", lakh(life.mrr)])
        wanted.append({"customer_id": institute, "start_date": life.start, "term_end": till, "mrr": life.mrr})
    head = ["Sl. No.", "Name of Institute", "City", "SPOC", "Date of joining", "Valid till", "Monthly billing (INR)"]
    total = ["Grand Total", *[None] * 5, lakh(sum(row["mrr"] for row in wanted))]
    return File("Institutes master.xlsx", workbook({"Master": [["MASTER LIST OF INSTITUTES"], head, *rows, total]}), {"Master": Wanted(
        keyed("Name of Institute", customers={"customer_name": "Name of Institute"}, subscriptions={
            "start_date": "Date of joining", "term_end": "Valid till", "mrr": "Monthly billing (INR)"}),
        {"subscriptions": wanted}, header_row=2, may=("Date of joining", "SPOC"))})


@case("US: e-prescriptions per practice in columns Jan 2025 to May 2025, YTD at the right, All practices below (clinics)",
      part=STRANGER)
def prescriptions(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 6)]
    rows, wanted = [], []
    for at, name in enumerate(EN_FIRST[:9], start=1):
        counts = [r.randint(1, 900) for _ in months]
        rows.append([f"NPI{at:07d}", f"{name} Family Practice", *counts, sum(counts)])
        wanted += [{"customer_id": f"NPI{at:07d}", "count": count} for count in counts]
    total = ["All practices", None, *(sum(row[at] for row in rows) for at in range(2, 8))]
    head = ["Practice ID", "Practice", *(f"{month:%b %Y}" for month in months), "YTD"]
    above = [["e-Prescriptions sent per practice"], []]
    return File("usage_ytd.xlsx", workbook({"eRx usage": [*above, head, *rows, total]}), {"eRx usage": Wanted(
        keyed("Practice ID", usage={}), {"usage": wanted}, header_row=3, months_of="usage.count",
        months={f"{month:%b %Y}": f"{month:%Y-%m}" for month in months}, may=("Practice ID", "Practice"))})


@case("UK: Ref, Raised, Premises, Fault, Urgency, Engineer, Closed, State of the call-out (alarms)", part=STRANGER)
def call_outs(r: random.Random) -> File:
    rows, wanted = [], []
    premises = [f"{name} Retail Park" for name in EN_FIRST[:7]]
    for at in range(1, 23):
        day, place, urgency = dt.date(2025, r.randint(1, 5), r.randint(1, 28)), r.choice(premises), r.choice(("P1", "P2", "P3"))
        engineer, state = r.choice(("Tom", "Asha", "Will")), r.choice(("Open", "Resolved"))
        rows.append([f"CO-{at:05d}", f"{european(day)} {r.randint(8, 18):02d}:30", place, r.choice(("Low battery", "False alarm")), urgency,
                     engineer, state])
        wanted.append({"customer_id": place, "date": day, "priority": urgency, "status": state, "by": engineer})
    head = ["Ref", "Raised", "Premises", "Fault", "Urgency", "Engineer", "State"]
    return File("call outs.csv", table([head, *rows]), {"call outs": Wanted(
        keyed("Premises", interactions={"date": "Raised", "priority": "Urgency", "status": "State", "by": "Engineer"}),
        {"interactions": wanted}, may=("Premises", "Fault"))})


@case("US: a row a studio and month, Period as 2025-01, Dues, Active members, Visits (fitness franchise)", part=STRANGER)
def studio_dues(r: random.Random) -> File:
    months = [dt.date(2025, month, 1) for month in range(1, 7)]
    given = {}
    for at, name in enumerate(EN_FIRST[:8]):
        begin, stop, dues = (0 if at < 5 else 2), (6 if at % 3 else 4), r.randint(20, 90) * 100
        given[f"{name} Pilates Studio"] = [dues if begin <= month < stop else 0 for month in range(6)]
    rows = [[f"{month:%Y-%m}", studio, r.choice(("Coach A", "Coach B")), f"{fees[at]:,}.00", r.randint(40, 300)]
            for at, month in enumerate(months) for studio, fees in given.items() if fees[at]]
    head = ["Period", "Studio", "Field consultant", "Franchise dues ($)", "Active members"]
    return File("dues by studio.xlsx", workbook({"Dues": [head, *rows]}), {"Dues": Wanted(
        keyed("Studio", customers={"customer_name": "Studio"}, subscriptions={"start_date": "Period", "mrr": "Franchise dues ($)"}),
        {"subscriptions": stretches(given, months)}, shape="monthly_long",
        may=("Period", "Active members", "Field consultant", "Studio"))})


@case("US: README first, then Titles, Deals and Voice under Pub ID; Thru, Rate/mo, 0-10 with a verbatim (magazines)", part=STRANGER)
def magazines(r: random.Random) -> File:
    given = lives(r, 10, "PB{:03d}", "en", round_to=50)
    titles = [[life.id, f"{life.name.split()[0]} Weekly", r.randint(1, 90) * 1000, r.choice(("Kim", "Noor"))] for life in given]
    deals = [[life.id, r.choice(("Newsstand", "Digital")), life.start, life.end, life.mrr] for life in given]
    voices, wanted = [], []
    for day in sorted(dt.date(2025, 1, 1) + dt.timedelta(r.randint(0, 150)) for _ in range(15)):
        life, score, words = r.choice(given), r.randint(3, 10), r.choice(("Great help desk", "Slow exports", None))
        voices.append([life.id, day, score, words])
        wanted.append({"customer_id": life.id, "answered_on": day, "score": score, "kind": "nps", "comment": words})
    data = workbook({"README": [["Publisher master v7"], ["Do not sort the Deals tab"], ["Owner: RevOps"]],
                     "Titles": [["Pub ID", "Publication", "Circulation", "Success lead"], *titles],
                     "Deals": [["Pub ID", "Edition", "From", "Thru", "Rate/mo"], *deals],
                     "Voice": [["Pub ID", "Surveyed", "Likelihood to recommend (0-10)", "Verbatim"], *voices]})
    named = [{"customer_id": row[0], "customer_name": row[1], "owner": row[3]} for row in titles]
    return File("publishers.xlsx", data, {"README": Wanted(is_used=False), "Titles": Wanted(
        keyed("Pub ID", customers={"customer_name": "Publication", "owner": "Success lead"}), {"customers": named}),
        "Deals": Wanted(keyed("Pub ID", subscriptions={"start_date": "From", "end_date": "Thru", "mrr": "Rate/mo"}),
                        {"subscriptions": contracts(given)}, may=("From", "Thru", "Pub ID", "Edition")),
        "Voice": Wanted(keyed("Pub ID", surveys={"answered_on": "Surveyed", "score": "Likelihood to recommend (0-10)",
                                                 "comment": "Verbatim"}), {"surveys": wanted},
                        may=("Likelihood to recommend (0-10)",))})
