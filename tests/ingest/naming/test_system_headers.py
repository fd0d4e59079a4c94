"""Headers as databases and interfaces of products write them."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.naming.system_headers import names_nothing
from cs_kpi.ingest.naming.vocabulary import Place, places
from tests.ingest.given import csv, reading


def best(header: str) -> str:
    named = places(header)
    return str(max(named, key=named.__getitem__)) if named else ""


@pytest.mark.parametrize(("header", "place"), [
    ("customers.company_name", "customers.customer_name"), ("Account.Owner.Name", "customers.owner"),
    ("rate_plan_charge.quantity", "subscriptions.seats"), ("current_period_ends_at", "subscriptions.term_end"),
    ("SBQQ__SubscriptionStartDate__c", "subscriptions.start_date"), ("hs_mrr", "subscriptions.mrr"),
    ("companyid", "customers.customer_id"), ("enddate", "subscriptions.end_date"),
    ("ticket.assignee.name", "interactions.by"), ("subscription.subscription_start", "subscriptions.start_date"),
    ("親取引先コード", "customers.parent_id"), ("取引先名: 取引先コード", "customers.customer_id")])
def test_a_path_or_a_name_of_a_database_is_read_by_what_it_says(header: str, place: str) -> None:
    found = best(header)
    _table, field = place.split(".")
    assert found == place or (field == "customer_id" and found.endswith(".customer_id"))


@pytest.mark.parametrize("header", ["customers.family_name", "conversation.id", "account.balance", "platform",
                                    "subscription.original_id", "plan.trial_period_days", "送付ステータス"])
def test_other_fields_of_the_same_objects_name_nothing(header: str) -> None:
    assert max(places(header).values(), default=0.0) < 0.8


def test_names_of_people_are_no_names_of_customers() -> None:
    assert names_nothing("customers.given_name")
    assert Place("customers", "customer_name") not in places("customers.given_name")


def test_the_price_of_one_unit_in_a_path_stays_one() -> None:
    named = places("items.price.unit_price")
    assert named[Place("subscriptions", "amount")] == 0.81


def test_a_file_of_an_interface_is_read_with_no_touch() -> None:
    found = reading(csv("subscription.id,subscription.customer_id,customer.company,plan.name,plan.amount,plan.interval,"
                        "subscription.started_at,subscription.canceled_at\n"
                        "s1,c1,Alder,Pro,10,month,2024-01-05T04:00:00Z,\n"
                        "s2,c2,Birch,Pro,120,year,2024-02-01T04:00:00Z,2025-02-01T04:00:00Z\n"))
    frame = found.tables["subscriptions"]
    assert list(zip(frame["customer_id"], frame["mrr"], frame["plan"], strict=True)) == [
        ("c1", 10, "Pro"), ("c2", 10, "Pro")]
    assert [str(day)[:10] for day in frame["end_date"]] == ["NaT", "2025-02-01"]
