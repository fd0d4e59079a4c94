"""Systems set the MRR of a cancelled subscription to 0: its customer paid all the same, and has left."""

from __future__ import annotations

import pytest

from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading

HEAD = "Customer Id,Plan Price,Started At,Cancelled At,MRR\n"
RUNNING = "C1,100,2024-01-05,,100\nC2,300,2024-03-05,,300\nC3,500,2024-05-05,,500\n"
MAPPED = ("subscriptions.id,customers.id,subscriptions.plan_amount,subscriptions.billing_period_unit,"
          "subscriptions.started_at,subscriptions.cancelled_at,subscriptions.mrr\n")


def mrr(found: SheetReading) -> list[float]:
    return found.tables["subscriptions"]["mrr"].tolist()


def asked(found: SheetReading) -> list[tuple[str, str]]:
    return [(one.id, one.assumed) for one in found.questions if one.id.startswith("zeroed")]


def test_whoever_left_paid_the_price_that_explains_the_mrr_of_the_others_and_this_is_asked() -> None:
    text = HEAD + RUNNING + "C4,200,2024-02-05,2025-02-05,0\n"
    found = reading(csv(text))
    assert (mrr(found), asked(found)) == ([100, 300, 500, 200], [("zeroed:MRR", "paid")])
    assert mrr(reading(csv(text), zeroed="free")) == [100, 300, 500, 0]


def test_a_mapped_amount_is_spread_over_its_billing_interval() -> None:
    found = reading(csv(MAPPED + "S1,C1,100,month,2024-01-05,,100\nS2,C2,1200,year,2024-01-05,,100\n"
                        "S3,C3,1800,year,2024-03-09,2025-03-09,0\n"))
    assert (mrr(found), asked(found)) == ([100, 100, 150], [("zeroed:subscriptions.mrr", "paid")])


def test_where_nobody_is_left_the_mapped_amount_tells_alone() -> None:
    found = reading(csv(MAPPED + "S1,C1,100,month,2024-01-05,2024-09-01,0\nS3,C3,1800,year,2024-03-09,2025-03-09,0\n"))
    assert (mrr(found), asked(found)) == ([100, 150], [("zeroed:subscriptions.mrr", "paid")])


def test_an_amount_that_is_something_else_by_the_contracts_that_run_is_asked_about_and_not_taken() -> None:
    found = reading(csv(MAPPED + "S1,C1,70,month,2024-01-05,,100\nS2,C2,80,month,2024-01-05,,300\n"
                        "S3,C3,90,month,2024-03-09,2025-03-09,0\n"))
    assert (mrr(found), asked(found)) == ([100, 300, 0], [("zeroed:subscriptions.mrr", "free")])


def test_a_zero_is_free_where_others_that_ended_kept_their_mrr() -> None:
    found = reading(csv(HEAD + RUNNING + "C4,200,2024-02-05,2025-02-05,200\nC5,400,2024-02-05,2025-02-05,400\n"
                        "C6,200,2024-02-05,2025-02-05,0\n"))
    assert (mrr(found)[-3:], asked(found)) == ([200, 400, 0], [("zeroed:MRR", "free")])


@pytest.mark.parametrize("row", ["C4,0,2024-02-05,2025-02-05,0", "C4,200,2024-02-05,,0",
                                 "C4,200,2024-02-05,2099-01-31,0"])
def test_free_plans_and_contracts_that_run_are_left_alone(row: str) -> None:
    found = reading(csv(f"{HEAD}{RUNNING}{row}\n"))
    assert (mrr(found)[-1], asked(found)) == (0, [])


def test_other_numbers_beside_an_mrr_are_no_price() -> None:
    found = reading(csv("Customer Id,Logins,Started At,Cancelled At,MRR\nC1,12,2024-01-05,,100\nC2,7,2024-03-05,,300\n"
                        "C3,5,2024-05-05,,500\nC4,9,2024-02-05,2025-02-05,0\n"))
    assert (mrr(found)[-1], asked(found)) == (0, [])
