"""The customer list as an old tool exports it: one row per customer, cp932."""

import csv
from datetime import date
from io import StringIO

import pandas as pd

from sample_data.vocabulary import monthly_net, said
from sample_data.world import World

HEADERS = ["顧客名", "プラン", "月額", "契約開始日", "解約日", "オンボーディング完了日", "NPS", "担当"]


def plain_date(day: date | None) -> str:
    """2024/4/1, or nothing."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def last_contract(rows: pd.DataFrame) -> tuple[str, int, date | None]:
    """Plan and monthly fee of what runs now or ran last, and its end; None while it runs.

    A customer that left and came back is one stay here, and its credit notes are left out.
    """
    running = rows[rows["end_date"].isna()]
    if len(running):
        return running.iloc[-1]["plan"], int(running["monthly"].sum()), None
    end = rows["end_date"].max()
    last = rows[rows["end_date"] == end]
    return last.iloc[-1]["plan"], int(last["monthly"].sum()), end


def latest_scores(world: World) -> dict[str, int]:
    """The latest NPS answer of each customer that ever gave one."""
    answers = world.surveys[world.surveys["kind"] == "nps"]
    return dict(zip(answers["customer_id"], answers["score"], strict=True))


def one_row_csv(world: World) -> bytes:
    """The csv of every customer that ever paid."""
    paid = world.subscriptions.assign(monthly=monthly_net(world.subscriptions, "ja"))
    paid = paid[(paid["charge_kind"] == "recurring") & (paid["monthly"] > 0)]
    scores, rows = latest_scores(world), dict(list(paid.groupby("customer_id")))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADERS)
    for customer in world.customers[world.customers["started_on"].notna()].itertuples():
        plan, monthly, end = last_contract(rows[customer.customer_id])
        writer.writerow([
            customer.customer_name_ja, said("", "plan", plan, "ja"), monthly, plain_date(customer.started_on),
            plain_date(end), plain_date(customer.onboarding_completed_on), scores.get(customer.customer_id, ""),
            said("", "owner", customer.owner, "ja"),
        ])  # fmt: skip
    return text.getvalue().encode("cp932")
