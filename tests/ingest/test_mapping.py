"""What sheets are taken for, and how a user corrects it."""

import pytest

from cs_kpi.ingest.corrections import IGNORED, NAME_AS_ID, corrected, field_options
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.reading import read
from tests.ingest.given import csv, shared

RAVENSTACK = {
    "accounts": {
        "customers.customer_id": "account_id",
        "customers.customer_name": "account_name",
        "customers.started_on": "signup_date",
        "customers.has_left": "churn_flag",
    },
    "subscriptions": {
        "subscriptions.customer_id": "account_id",
        "subscriptions.start_date": "start_date",
        "subscriptions.end_date": "end_date",
        "subscriptions.seats": "seats",
        "subscriptions.plan": "plan_tier",
        "subscriptions.subscription_id": "subscription_id",
        "subscriptions.mrr": "mrr_amount",
        "subscriptions.billing_interval": "billing_frequency",
        "subscriptions.charge_kind": "is_trial",
        "subscriptions.auto_renews": "auto_renew_flag",
    },
    "feature_usage": {
        "usage.subscription_id": "subscription_id",
        "usage.date": "usage_date",
        "usage.feature": "feature_name",
        "usage.count": "usage_count",
        "usage.minutes": "usage_duration_secs",
    },
    "support_tickets": {
        "interactions.customer_id": "account_id",
        "interactions.priority": "priority",
        "interactions.date": "submitted_at",
        "surveys.customer_id": "account_id",
        "surveys.score": "satisfaction_score",
        "surveys.answered_on": "closed_at",
    },
    "churn_events": {
        "cancellations.customer_id": "account_id",
        "cancellations.reason": "reason_code",
        "cancellations.comment": "feedback_text",
        "cancellations.cancelled_on": "churn_date",
    },
}
ONE_ROW = "顧客名,担当者,プラン,月額料金,契約開始日,満了日,解約日,解約理由,オンボーディング完了日,NPS,業種\n" + "".join(
    f'会社{n},佐藤,Pro,"{n}0,000",2023/4/{n},2024/3/31,{"2024/3/1,予算" if n == 3 else ","},2023/5/1,{n},製造\n'
    for n in range(1, 10)
)


@pytest.mark.parametrize("name", RAVENSTACK)
def test_ravenstack_maps_untouched(name):
    assert guess(shared(f"ravenstack/ravenstack_{name}.csv")[0]).columns == RAVENSTACK[name]


@pytest.mark.parametrize(
    ("path", "tables"),
    [
        ("mrr_playbook/subscription_periods.csv", ("subscriptions",)),
        ("cohort/OnlineSampled.xlsx", ("usage",)),
        ("telco/Telco-Customer-Churn.csv", ("customers", "subscriptions")),
        ("onboarding/saas_onboarding_funnel_dataset.csv", ("milestones", "customers")),
    ],
)
def test_other_real_files_map_untouched(path, tables):
    assert guess(shared(path)[0]).tables == tables


def test_one_row_per_customer_feeds_several_tables():
    mapping = guess(csv(ONE_ROW))
    assert mapping.shape == "one_row_per_customer"
    assert mapping.tables == ("customers", "subscriptions", "surveys", "cancellations")
    assert mapping.columns["customers.customer_id"] == mapping.columns["customers.customer_name"] == "顧客名"
    assert mapping.columns["subscriptions.term_end"] == "満了日"
    assert mapping.columns["subscriptions.end_date"] == mapping.columns["cancellations.cancelled_on"] == "解約日"
    assert mapping.columns["surveys.score"] == "NPS"
    assert mapping.attributes == ("業種",)


@pytest.mark.parametrize(
    "header", ["満了日", "契約満了日", "契約満了年月日", "更新日", "次回更新日", "Expiry date", "Renewal date"]
)
def test_the_end_of_a_term_never_is_the_end_of_the_contract(header):
    mapping = guess(csv(f"顧客ID,契約開始日,{header},月額\nC1,2023/4/1,2024/3/31,100\nC2,2023/4/1,2024/3/31,100\n"))
    assert mapping.columns["subscriptions.term_end"] == header
    assert "subscriptions.end_date" not in mapping.columns


def test_beside_a_cancellation_date_an_end_date_is_the_end_of_the_term():
    mapping = guess(
        csv("顧客ID,契約開始日,契約終了日,解約日,月額\nC1,2023/4/1,2024/3/31,,100\nC2,2023/4/1,2024/3/31,2024/3/1,1\n")
    )
    assert mapping.columns["subscriptions.end_date"] == "解約日"
    assert mapping.columns["subscriptions.term_end"] == "契約終了日"


def test_mrr_is_preferred_over_a_yearly_amount_which_stays_an_attribute():
    mapping = guess(csv("Customer ID,Start date,MRR,ARR\nA,2024-01-01,10,120\nB,2024-01-01,10,120\n"))
    assert mapping.columns["subscriptions.mrr"] == "MRR"
    assert mapping.attributes == ("ARR",)


def test_values_decide_where_headers_could_mean_two_things():
    mapping = guess(csv("customer,start date,plan,trial,monthly fee\nA,2024-01-01,Pro,yes,0\nB,2024-01-05,Pro,no,10\n"))
    assert mapping.columns["subscriptions.charge_kind"] == "trial"


def test_words_that_pass_by_are_no_match():
    mapping = guess(csv("顧客ID,契約開始日,解約予定日,月額\nC1,2023/4/1,2025/4/1,100\nC2,2023/4/1,,100\n"))
    assert "subscriptions.end_date" not in mapping.columns
    assert mapping.attributes == ("解約予定日",)


def test_a_hidden_sheet_is_off_until_the_user_wants_it():
    assert [guess(given).is_used for given in shared("hostile/TwoSheetsOneHidden.xlsx")] == [False, True]


def test_a_header_moves_to_a_field_and_the_one_before_becomes_an_attribute():
    mapping = guess(csv("Customer ID,Start date,MRR,ARR\nA,2024-01-01,10,120\nB,2024-01-01,10,120\n"))
    moved = corrected(mapping, "ARR", "subscriptions.mrr")
    assert moved.columns["subscriptions.mrr"] == "ARR"
    assert moved.attributes == ("MRR",)
    assert moved.confidence["subscriptions.mrr"] == 1
    assert corrected(moved, "MRR", "subscriptions.mrr").columns == mapping.columns


def test_a_header_moves_to_the_attributes_or_out():
    mapping = guess(csv(ONE_ROW))
    kept = corrected(mapping, "NPS", None)
    assert "surveys" not in kept.tables
    assert "NPS" in kept.attributes
    out = corrected(mapping, "業種", IGNORED)
    assert out.attributes == ()
    assert out.columns == mapping.columns


def test_the_key_serves_every_table_and_a_new_table_gets_it():
    mapping = guess(csv(ONE_ROW))
    moved = corrected(mapping, "業種", "customers.customer_id")
    assert {header for place, header in moved.columns.items() if place.endswith("customer_id")} == {"業種"}
    grown = corrected(mapping, "業種", "milestones.milestone")
    assert grown.columns["milestones.customer_id"] == "顧客名"


def test_the_name_may_serve_as_the_id_of_every_table():
    mapping = guess(csv("顧客ID," + ONE_ROW.replace("\n会社", "\nC,会社")))
    assert mapping.columns["customers.customer_id"] == "顧客ID"
    named = corrected(mapping, "顧客名", NAME_AS_ID)
    assert {at: header for at, header in named.columns.items() if header == "顧客名"} == {
        "customers.customer_name": "顧客名",
        **{f"{table}.customer_id": "顧客名" for table in mapping.tables},
    }
    assert "顧客ID" in named.attributes
    assert named.confidence["customers.customer_id"] == 1
    assert named.tables == mapping.tables


def test_the_name_as_id_makes_customers_of_a_sheet_without():
    mapping = guess(csv("Customer ID,Label,Start date,MRR\nA,x,2024-01-01,10\nB,y,2024-01-01,10\n"))
    named = corrected(mapping, "Label", NAME_AS_ID)
    assert [at for at, header in named.columns.items() if header == "Label"] == [
        "subscriptions.customer_id", "customers.customer_name", "customers.customer_id"]


def test_a_correction_that_leaves_a_table_incomplete_is_said():
    given = csv("Customer ID,Start date,MRR\nA,2024-01-01,10\nB,2024-01-01,10\n")
    found = read(given, corrected(guess(given), "Start date", None))
    assert not found.tables
    assert "no column is mapped to Start date" in " ".join(note.text("en") for note in found.notes)


def test_options_for_the_page():
    assert field_options()[0] == "customers.customer_id"
    assert "pulse.value" in field_options()


@pytest.mark.parametrize(("header", "field"), [
    ("解約申込日", "started_on"), ("契約年数", "seats"), ("契約月数", "seats")])
def test_words_that_make_another_thing_of_a_header_keep_it_from_a_field(header: str, field: str) -> None:
    assert field not in {place.field for place in places(header)}


@pytest.mark.parametrize(("header", "values", "is_product"), [
    ("product", "XY", True), ("商品", "XY", True), ("product", "XN", True), ("product", "YN", False),
    ("product", "TF", False), ("商品", "○×", False)])
def test_letters_are_names_of_products_unless_they_say_yes_and_no(header: str, values: str, is_product: bool) -> None:
    rows = "".join(f"C{n},2024-01-01,100,{values[n % 2]}\n" for n in range(6))
    mapping = guess(csv(f"顧客ID,開始日,月額,{header}\n{rows}"))
    assert (mapping.columns.get("subscriptions.product") == header) is is_product
