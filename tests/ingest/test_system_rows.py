"""Rows of systems: what a header means among the others of its sheet."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.ingest.given import csv, reading


def mapped(text: str) -> dict[str, str]:
    return dict(reading(csv(text)).mapping.columns)


def rows(text: str, table: str, *names: str) -> list[tuple[object, ...]]:
    frame = reading(csv(text)).tables[table]
    held = [[None if value is pd.NaT or value != value else str(value.date()) if hasattr(value, "date") else value
             for value in frame[name]] for name in names]
    return list(zip(*held, strict=True))


BILLED = ("id,name,customers.id,customers.company_name,amount,{count},{unit},start_date,created_at\n"
          "SB1,Plan,CU1,Alder,30.00,3,month,2024-01-05,2023-12-20T09:00:00Z\n"
          "SB2,Plan,CU2,Birch,120.00,1,year,2024-02-01,2024-01-20T09:00:00Z\n"
          "SB3,Plan,CU3,Cedar,48.00,4,week,2024-03-01,2024-02-20T09:00:00Z\n")


@pytest.mark.parametrize(("count", "unit"), [("interval", "interval_unit"), ("billing_period", "billing_period_unit"),
                                             ("interval_count", "interval")])
def test_a_number_beside_the_unit_says_how_many_of_them_a_bill_covers(count: str, unit: str) -> None:
    found = rows(BILLED.format(count=count, unit=unit), "subscriptions", "customer_id", "mrr")
    # 30 / 3 months; 120 / 12 months; 48 / 4 weeks = 12 a week, x 52 / 12
    assert found == [("CU1", 10), ("CU2", 10), ("CU3", 52)]


def test_a_name_beside_the_customers_name_and_the_day_of_a_record_are_neither() -> None:
    columns = mapped(BILLED.format(count="interval", unit="interval_unit"))
    assert columns["customers.customer_name"] == "customers.company_name"
    assert "customers.started_on" not in columns


def test_finished_tasks_of_a_project_are_steps() -> None:
    text = ("Task ID,Created At,Completed At,Name,Assignee,Due Date,Customer\n"
            "101,2024-01-01,2024-01-05,Kick-off,Sam,2024-01-08,Alder Ltd\n"
            "102,2024-01-02,2024-01-09,Import,Sam,2024-01-10,Alder Ltd\n"
            "103,2024-02-01,2024-02-05,Kick-off,Kay,2024-02-08,Birch Ltd\n")
    assert rows(text, "milestones", "customer_id", "milestone", "completed_on") == [
        ("Alder Ltd", "Kick-off", "2024-01-05"), ("Alder Ltd", "Import", "2024-01-09"),
        ("Birch Ltd", "Kick-off", "2024-02-05")]


SESSIONS = ("sessionId,userId,client,start,duration\n"
            "9001,m-1,ios,2025-06-05 18:10:00,600\n9002,m-2,web,2025-06-06 18:11:00,300\n"
            "9003,m-1,ios,2025-06-07 18:12:00,120\n9004,m-3,web,2025-06-08 18:12:00,60\n")


def test_of_sessions_of_people_each_person_is_a_customer_which_is_asked() -> None:
    assert rows(SESSIONS, "usage", "customer_id", "date") == [
        ("m-1", "2025-06-05"), ("m-2", "2025-06-06"), ("m-1", "2025-06-07"), ("m-3", "2025-06-08")]
    assert [question.column for question in reading(csv(SESSIONS)).questions if "by_content" in question.id] == [
        "userId"]


def test_people_are_no_customers_where_companies_stand_beside_them() -> None:
    text = SESSIONS.replace("client", "company_id").replace("ios", "c-1").replace("web", "c-2")
    columns = mapped(text)
    assert columns["usage.customer_id"] == "company_id"
    assert columns["usage.user_id"] == "userId"


def test_subscribers_are_told_by_their_address_and_not_by_their_first_name() -> None:
    text = ("first_name,last_name,email,plan_name,monthly_amount_cents,subscribed_at,expires_at\n"
            "Jo,Doe,jo@example.de,Plus,600,2024-01-05,\nJo,Roe,roe@example.de,Plus,600,2024-02-01,2025-02-01\n"
            "Al,Moe,al@example.de,Basis,400,2024-03-01,\n")
    assert rows(text, "subscriptions", "customer_id", "mrr") == [
        ("jo@example.de", 6), ("roe@example.de", 6), ("al@example.de", 4)]


def test_the_number_of_an_answer_is_not_its_customer_where_a_question_asks_for_the_company() -> None:
    text = ("#,Which company are you with?,How likely are you to recommend us?,Start Date (UTC),Submit Date (UTC),"
            "Network ID\n"
            "a1,Alder Ltd,9,2025-05-01 08:00:00,2025-05-02 08:01:00,3f8da985ab\n"
            "a2,Birch Ltd,7,2025-05-03 08:00:00,2025-05-03 08:01:00,4f8da985ac\n"
            "a3,Cedar Ltd,3,2025-05-04 08:00:00,2025-05-04 08:01:00,5f8da985ad\n")
    assert rows(text, "surveys", "customer_id", "answered_on", "score") == [
        ("Alder Ltd", "2025-05-02", 9), ("Birch Ltd", "2025-05-03", 7), ("Cedar Ltd", "2025-05-04", 3)]


def test_the_number_of_a_contract_does_not_stand_before_the_name_of_its_customer() -> None:
    text = ("継続寄付No.,サポーター,ステータス,決済頻度,金額\nR3001,株式会社アルダー,継続中,毎月,3000\n"
            "R3002,有限会社バーチ,解約,毎年,12000\nR3003,株式会社シーダー,継続中,毎月,5000\n")
    assert rows(text, "customers", "customer_id", "has_left") == [
        ("株式会社アルダー", False), ("有限会社バーチ", True), ("株式会社シーダー", False)]


def test_the_end_of_a_term_beside_a_day_of_leaving_is_no_end_of_the_contract() -> None:
    columns = mapped("AccountId,StartDate,EndDate,MRR__c,Churn_Date__c\nc1,2024-01-01,2025-12-31,500,\n"
                     "c2,2023-02-01,2025-01-31,250,2024-01-31\nc3,2024-03-01,2026-02-28,90,\n")
    assert (columns["subscriptions.end_date"], columns["subscriptions.term_end"]) == ("Churn_Date__c", "EndDate")


def test_a_zero_for_no_day_ends_no_contract() -> None:
    text = ("customer_id,start_date,end_date,cancelled_date,order_total,billing_period\n"
            "11,2024-01-05,0,0,30,month\n12,2024-02-05,2024-11-05,2024-11-05,90,month\n13,2024-03-05,0,0,30,month\n")
    assert rows(text, "subscriptions", "customer_id", "end_date", "mrr") == [
        ("11", None, 30), ("12", "2024-11-05", 90), ("13", None, 30)]


def test_a_time_with_seconds_since_1970_is_the_day_of_use_and_no_count() -> None:
    text = ("event,time,distinct_id,company_id\nReport viewed,1717200000,u1,c1\nExport,1717286400,u2,c2\n"
            "Report viewed,1717372800,u1,c1\n")
    assert rows(text, "usage", "customer_id", "date", "user_id") == [
        ("c1", "2024-06-01", "u1"), ("c2", "2024-06-02", "u2"), ("c1", "2024-06-03", "u1")]


def test_answers_are_told_by_the_groups_of_an_nps_that_go_with_them() -> None:
    text = ("RecordedDate,Company,Progress,Q1_NPS_GROUP,Q1\n2025-06-01,Alder Ltd,100,Promoter,9\n"
            "2025-06-02,Birch Ltd,100,Detractor,3\n2025-06-03,Cedar Ltd,100,Passive,7\n")
    assert rows(text, "surveys", "customer_id", "kind", "score") == [
        ("Alder Ltd", "nps", 9), ("Birch Ltd", "nps", 3), ("Cedar Ltd", "nps", 7)]


def test_the_state_of_answers_says_nothing_of_who_has_left() -> None:
    found = reading(csv("Company,Score,Comment,Responded,Status\nAlder Ltd,9,Great,2025-06-01,closed\n"
                        "Birch Ltd,3,Slow,2025-06-02,open\nCedar Ltd,7,,2025-06-03,closed\n"))
    assert set(found.tables) == {"surveys"}
    assert not any("status" in question.id.casefold() for question in found.questions)


def test_a_status_of_customers_that_says_active_and_closed_still_tells_who_has_left() -> None:
    found = reading(csv("Company,Plan,Status\nAlder Ltd,Pro,active\nBirch Ltd,Pro,closed\nCedar Ltd,Basic,active\n"))
    assert found.tables["customers"]["has_left"].tolist() == [False, True, False]


def test_the_key_of_a_project_is_no_customer_where_a_column_names_one() -> None:
    text = ("Summary,Issue key,Project key,Project name,Assignee,Priority,Status,Created,Custom field (Organizations)\n"
            "Stuck,CS-1,CS,Support,Sam,High,Done,2025-06-01,Alder Ltd\n"
            "Add user,CS-2,CS,Support,Sam,Low,Open,2025-06-02,Birch Ltd\n"
            "Invoice,CS-3,CS,Support,Kay,Low,Done,2025-06-03,Alder Ltd\n")
    assert rows(text, "interactions", "customer_id", "date") == [
        ("Alder Ltd", "2025-06-01"), ("Birch Ltd", "2025-06-02"), ("Alder Ltd", "2025-06-03")]


def test_of_steps_that_people_complete_each_person_is_a_customer_as_the_headers_say() -> None:
    text = ("user_id,signup_date,step_name,step_completed,timestamp,plan_type\n"
            "1001,2025-06-21,Email Confirmed,True,2025-06-21 00:10:00,free\n"
            "1001,2025-06-21,Profile,True,2025-06-22 00:10:00,free\n"
            "1002,2025-06-22,Email Confirmed,True,2025-06-22 00:20:00,pro\n"
            "1002,2025-06-22,Profile,False,,pro\n")
    assert mapped(text)["milestones.customer_id"] == "user_id"
    assert reading(csv(text)).questions == ()


def test_words_that_many_customers_share_are_not_their_names() -> None:
    head = "Account No,Site,Service,MRC,Activation Date\n"
    shared = "".join(f"70{at},{('HQ', 'Depot')[at % 2]},Line,{at}0,2024-01-0{at}\n" for at in range(1, 7))
    own = "".join(f"70{at},Inn {'ABCDEF'[at - 1]}x,Line,{at}0,2024-01-0{at}\n" for at in range(1, 7))
    assert "customers.customer_name" not in mapped(head + shared)
    assert mapped(head + own)["customers.customer_name"] == "Site"
