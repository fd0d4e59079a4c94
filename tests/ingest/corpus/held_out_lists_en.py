"""Held out: use, surveys, onboarding, tickets and reasons for leaving in English, and sheets that belong together."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case, keyed
from tests.ingest.corpus.lives import customers, lives, names
from tests.ingest.corpus.writing import blank, table, workbook


def day(r: random.Random) -> dt.date:
    return dt.date(2025, r.randint(1, 6), r.randint(13, 28))


@case("steps across: Kickoff, Data import, Admin training, First live transaction", part="held out")
def steps_across(r: random.Random) -> File:
    steps = ["Kickoff call", "Data import", "Admin training", "First live transaction"]
    rows, wanted = [], []
    for n in range(1, 13):
        first, done = day(r), r.randint(0, 4)
        days = [first + dt.timedelta(9 * at) if at < done else None for at in range(4)]
        rows.append([f"MER-{n:02d}", "Kim", *(blank(lambda one: f"{one:%d %b %Y}", "pending")(one) for one in days)])
        wanted += [{"customer_id": f"MER-{n:02d}", "milestone": step, "completed_on": one}
                   for step, one in zip(steps, days, strict=True) if one]
    return File("onboarding tracker.csv", table([["Merchant ID", "Implementation manager", *steps], *rows]), {
        "onboarding tracker": Wanted(keyed("Merchant ID", milestones={}), {"milestones": wanted},
                                     milestones={step: step for step in steps},
                                     may=("Merchant ID", "Implementation manager"))})


@case("minutes of use by month, said by the title", part="held out")
def minutes_by_month(r: random.Random) -> File:
    heads = ["Jan-25", "Feb-25", "Mar-25", "Apr-25"]
    given = {f"ws{n}": [r.choice((0, 40, 130, 600)) for _ in heads] for n in range(1, 11)}
    sheet = [["Minutes used per workspace"], ["Workspace ID", *heads], *([id_, *row] for id_, row in given.items())]
    return File("minutes.xlsx", workbook({"Use": sheet}), {"Use": Wanted(
        keyed("Workspace ID", usage={}), {"usage": [{"customer_id": id_, "minutes": n} for id_, row in given.items() for n in row if n]},
        months_of="usage.minutes", may=("Workspace ID",), months={head: f"2025-{at:02d}" for at, head in enumerate(heads, 1)})})


@case("Score (0-10) of a sheet called NPS, with a verbatim", part="held out")
def score_of_a_sheet(r: random.Random) -> File:
    wanted = [{"customer_id": f"A{r.randint(1, 40):03d}", "answered_on": day(r), "kind": "nps", "score": r.randint(0, 10)}
              for _ in range(16)]
    rows = [[f"{row['answered_on']:%m/%d/%Y}", row["customer_id"], "ops@example.com", row["score"], "fine"] for row in wanted]
    head = ["Survey date", "Account no.", "Respondent email", "Score (0-10)", "Verbatim"]
    return File("voice.xlsx", workbook({"NPS": [head, *rows]}), {"NPS": Wanted(
        keyed("Account no.", surveys={"answered_on": "Survey date", "respondent": "Respondent email", "score": "Score (0-10)",
                                      "comment": "Verbatim"}), {"surveys": wanted})})


@case("lost customers: Lost on, Loss reason, Notes", part="held out")
def lost_customers(r: random.Random) -> File:
    wanted = [{"customer_id": name, "cancelled_on": day(r), "reason": r.choice(("Price", "Went bust", "Missing feature"))}
              for name in names(r, 12, "en")]
    rows = [[row["customer_id"], row["cancelled_on"], row["reason"], "see email", 1200] for row in wanted]
    head = ["Company", "Lost on", "Loss reason", "Notes", "Lost ARR"]
    return File("losses.xlsx", workbook({"Churn log": [head, *rows]}), {"Churn log": Wanted(
        keyed("Company", cancellations={"cancelled_on": "Lost on", "reason": "Loss reason", "comment": "Notes"}),
        {"cancellations": wanted}, may=("Company", "Lost on"))})


@case("tickets on the left, a CSM's ratings on the right of one sheet", part="held out")
def tickets_and_ratings(r: random.Random) -> File:
    tickets = [(day(r), f"T{r.randint(1, 9)}", r.choice(("Bug", "How-to"))) for _ in range(10)]
    ratings = [(f"T{n}", day(r), r.randint(1, 5)) for n in range(1, 8)]
    sheet = [["Date opened", "Tenant", "Ticket type", None, None, "Tenant", "Reviewed on", "CSM sentiment (1-5)"]]
    for at, (opened, tenant, kind) in enumerate(tickets):
        sheet.append([opened, tenant, kind, None, None, *(ratings[at] if at < len(ratings) else ())])
    return File("weekly.xlsx", workbook({"Week": sheet}), {
        "Week": Wanted(keyed("Tenant", interactions={"date": "Date opened", "kind": "Ticket type"}),
                       {"interactions": [{"customer_id": b, "date": a, "kind": c} for a, b, c in tickets]}, may=("Tenant",)),
        "Week (2)": Wanted(keyed("Tenant", pulse={"date": "Reviewed on", "value": "CSM sentiment (1-5)"}),
                           {"pulse": [{"customer_id": a, "date": b, "value": c} for a, b, c in ratings]}, may=("Tenant",))})


@case("ids as numbers 7890.0 here and text there, logins joined to contracts; a key that fits nothing stays out",
      part="held out")
def numbers_as_ids(r: random.Random) -> object:
    given = lives(r, 9, "{:d}", "en", round_to=10)
    ids = {life.id: 7890 + int(life.id) for life in given}
    used = [(r.choice(given), day(r), r.randint(1, 9)) for _ in range(18)]
    data = workbook({"Contracts": [["Acct number", "Acct name", "Term start", "MRR USD"],
                                   *([float(ids[life.id]), life.name, life.start, life.mrr] for life in given)],
                     "Sessions": [["Acct number", "Session date", "Sessions"],
                                  *([str(ids[life.id]), when, count] for life, when, count in used)]})
    known = [{"customer_id": str(ids[life.id]), "customer_name": life.name} for life in given]
    uses = [{"customer_id": str(ids[life.id]), "date": when, "count": count} for life, when, count in used]
    return (File("numbers.xlsx", data, {
        "Contracts": Wanted(keyed("Acct number", subscriptions={"start_date": "Term start", "mrr": "MRR USD"},
                                  customers={"customer_name": "Acct name"}), {"customers": known}),
        "Sessions": Wanted(keyed("Acct number", usage={"date": "Session date", "count": "Sessions"}), {"usage": uses})}),), {
        "usage": uses}


@case("tickets that name the customer by name, the ledger by id and name", part="held out")
def cases_by_name(r: random.Random) -> object:
    given = lives(r, 8, "CL{:03d}", "en", round_to=10)
    seen = [(r.choice(given), day(r), r.choice(("P1", "P2", "P3"))) for _ in range(15)]
    ledger = table([["Client ID", "Client", "Start", "Fee/month"],
                    *([life.id, life.name, life.start.isoformat(), life.mrr] for life in given)])
    log = table([["Case no.", "Opened", "Client", "Severity", "State", "Summary"],
                 *([at, when.isoformat(), life.name, level, "Closed", "cannot, sadly, log in"]
                   for at, (life, when, level) in enumerate(seen, 1))])
    return (File("ledger.csv", ledger, {"ledger": Wanted(
        keyed("Client ID", subscriptions={"start_date": "Start", "mrr": "Fee/month"}, customers={"customer_name": "Client"}),
        {"customers": customers(given)}, may=("Start",))}),
        File("cases.csv", log, {"cases": Wanted(
            keyed("Client", interactions={"date": "Opened", "priority": "Severity", "status": "State", "note": "Summary"}),
            may=("Client",))})), {
        "interactions": [{"customer_id": life.id, "date": when, "priority": level} for life, when, level in seen]}
