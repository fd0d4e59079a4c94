"""Joins: use keyed by subscription or by name, sheets that name customers differently, keys that match nothing."""

from __future__ import annotations

import datetime as dt
import random

from tests.ingest.corpus.cases import File, Wanted, case
from tests.ingest.corpus.lives import contracts, customers, lives
from tests.ingest.corpus.writing import slash, table, workbook


@case("use keyed by subscription: the Book knows the customer; a subscription that is in no contract is refused")
def use_by_subscription(r: random.Random) -> object:
    given = lives(r, 10, "cu{:02d}", "en", round_to=10)
    rows = [[f"S-{life.id[2:]}", life.id, life.start, life.end, life.mrr] for life in given]
    used = [(r.choice(given), dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.randint(1, 40)) for _ in range(20)]
    log = [[f"S-{life.id[2:]}", day, n] for life, day, n in used] + [["S-99", dt.date(2025, 5, 5), 3]]
    data = workbook({"Subscriptions": [["Subscription ID", "Customer ID", "Start date", "End date", "MRR"], *rows],
                     "Usage": [["Subscription ID", "Usage date", "Minutes used"], *log]})
    return (File("joined.xlsx", data, {
        "Subscriptions": Wanted({"subscriptions.subscription_id": "Subscription ID",
                                 "subscriptions.customer_id": "Customer ID", "subscriptions.start_date": "Start date",
                                 "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR"},
                                {"subscriptions": contracts(given)}),
        "Usage": Wanted({"usage.subscription_id": "Subscription ID", "usage.date": "Usage date",
                         "usage.minutes": "Minutes used"},
                        {"usage": [{"subscription_id": a, "date": b, "minutes": c} for a, b, c in log]})}),), {
        "usage": [{"customer_id": life.id, "date": day, "minutes": n} for life, day, n in used]}


@case("the ledger has ids and names, the tickets only names: the Book joins them by name")
def tickets_by_name(r: random.Random) -> object:
    given = lives(r, 10, "J{:03d}")
    seen = [(r.choice(given), dt.date(2025, r.randint(1, 6), r.randint(1, 28)), r.choice(("不具合", "質問", "要望")))
            for _ in range(18)]
    ledger = table([["顧客ID", "会社名", "契約開始日", "月額"],
                    *([life.id, life.name, slash(life.start), life.mrr] for life in given)])
    tickets = table([["受付日", "会社名", "問い合わせ種別", "状態"],
                     *([slash(day), life.name, kind, "完了"] for life, day, kind in seen)], encoding="cp932")
    return (File("契約.csv", ledger, {"契約": Wanted(
        {"subscriptions.customer_id": "顧客ID", "customers.customer_id": "顧客ID", "customers.customer_name": "会社名",
         "subscriptions.start_date": "契約開始日", "subscriptions.mrr": "月額"}, {"customers": customers(given)})}),
        File("問い合わせ一覧.csv", tickets, {"問い合わせ一覧": Wanted(
            {"interactions.customer_id": "会社名", "interactions.date": "受付日", "interactions.status": "状態"},
            may=("会社名", "問い合わせ種別"))})), {
        "interactions": [{"customer_id": life.id, "date": day} for life, day, _kind in seen]}


@case("logins that name the customer by name, where the contracts have ids and names")
def use_by_name(r: random.Random) -> object:
    given = lives(r, 8, "V{:02d}", "en", round_to=10)
    logins = [(r.choice(given), dt.date(2025, 6, r.randint(1, 30)), f"user{r.randint(1, 9)}@example.com")
              for _ in range(25)]
    ledger = workbook({"Contracts": [["Customer ID", "Customer name", "Start date", "End date", "MRR"],
                                     *([life.id, life.name, life.start, life.end, life.mrr] for life in given)],
                       "Logins": [["Login date", "Customer name", "User ID"],
                                  *([day, life.name, who] for life, day, who in logins)]})
    return (File("logins.xlsx", ledger, {
        "Contracts": Wanted({"subscriptions.customer_id": "Customer ID", "customers.customer_id": "Customer ID",
                             "customers.customer_name": "Customer name", "subscriptions.start_date": "Start date",
                             "subscriptions.end_date": "End date", "subscriptions.mrr": "MRR"},
                            {"subscriptions": contracts(given)}),
        "Logins": Wanted({"usage.date": "Login date", "usage.customer_id": "Customer name", "usage.user_id": "User ID"},
                         may=("Customer name",))}),), {
        "usage": [{"customer_id": life.id, "date": day, "user_id": who} for life, day, who in logins]}
