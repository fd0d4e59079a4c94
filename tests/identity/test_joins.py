"""Sheets that name a customer by id here and by name there: what is certain is joined, the rest is left and listed."""

from __future__ import annotations

from cs_kpi.identity.records import Identities
from tests.identity.given import book, found

CONTRACTS = ("顧客ID,会社名,契約開始日,月額\nC1,株式会社山田,2024-01-01,100\nC2,鈴木商店,2024-01-01,200\n"
             "C3,佐藤工業,2024-01-01,300\n")
SURVEYS = "会社名,回答日,NPS\n株式会社山田,2024-03-01,9\n鈴木商店,2024-03-01,3\n高橋製作所,2024-03-01,8\n"


def test_answers_by_name_go_to_the_customer_of_that_very_name() -> None:
    given = book(contracts=CONTRACTS, surveys=SURVEYS)
    assert given.tables["surveys"]["customer_id"].tolist() == ["C1", "C2", "高橋製作所"]
    assert [(one.key, one.customer_id, one.rows) for one in given.joins] == [
        ("株式会社山田", "C1", 1), ("鈴木商店", "C2", 1)]
    assert "2 customers" in str(given.notes[0])


def test_rows_keep_their_source() -> None:
    rows = book(contracts=CONTRACTS, surveys=SURVEYS).tables["surveys"]
    assert rows[["_file", "_row"]].values.tolist() == [["surveys.csv", 2], ["surveys.csv", 3], ["surveys.csv", 4]]


def test_use_by_name_goes_to_the_customer_of_that_very_name() -> None:
    given = book(contracts=CONTRACTS, usage="顧客名,利用日,回数\n鈴木商店,2024-02-01,3\n鈴木商店,2024-02-02,1\n")
    assert given.tables["usage"]["customer_id"].tolist() == ["C2", "C2"]
    assert [one.rows for one in given.joins] == [2]


def test_contracts_by_name_go_to_the_ids_of_the_customer_list() -> None:
    given = book(customers="顧客ID,顧客名,業種\nC1,株式会社山田,IT\nC2,鈴木商店,小売\n",
                 contracts="会社名,契約開始日,月額\n株式会社山田,2024-01-01,100\n鈴木商店,2024-01-01,200\n")
    assert given.customer_ids.tolist() == ["C1", "C2"]
    assert given.tables["subscriptions"]["customer_id"].tolist() == ["C1", "C2"]
    assert given.customers["customer_name"].tolist() == ["株式会社山田", "鈴木商店"]


def test_answers_by_id_beside_the_name_go_to_contracts_that_know_names_only() -> None:
    given = book(contracts="会社名,契約開始日,月額\n株式会社山田,2024-01-01,100\n鈴木商店,2024-01-01,200\n",
                 surveys="顧客ID,会社名,回答日,NPS\nC1,株式会社山田,2024-03-01,9\nC9,高橋製作所,2024-03-01,3\n")
    assert given.tables["surveys"]["customer_id"].tolist() == ["C1", "C9"]
    assert given.tables["subscriptions"]["customer_id"].tolist() == ["C1", "鈴木商店"]  # the answers name the id


def test_an_id_that_is_another_customers_name_stays_an_id() -> None:
    given = book(contracts="顧客ID,会社名,契約開始日,月額\nA,B,2024-01-01,100\nB,C,2024-01-01,200\n",
                 surveys="顧客ID,回答日,NPS\nB,2024-03-01,9\nC,2024-03-01,9\n")
    assert given.tables["surveys"]["customer_id"].tolist() == ["B", "B"]  # the id B; the name C of the customer B


def test_a_name_that_two_customers_have_goes_to_neither() -> None:
    given = book(contracts="顧客ID,会社名,契約開始日,月額\nC1,山田,2024-01-01,100\nC2,山田,2024-01-01,200\n",
                 surveys="会社名,回答日,NPS\n山田,2024-03-01,9\n")
    assert given.tables["surveys"]["customer_id"].tolist() == ["山田"]
    assert given.customer_ids.tolist() == ["C1", "C2", "山田"]


def test_a_looser_likeness_is_proposed_and_not_applied() -> None:
    files = {"contracts": CONTRACTS, "surveys": "会社名,回答日,NPS\n㈱山田 御中,2024-03-01,9\n"}
    assert book(**files).tables["surveys"]["customer_id"].tolist() == ["(株)山田 御中"]
    assert [(one.kind, one.kept, one.other) for one in found(**files).proposals] == [("form", "C1", "(株)山田 御中")]


def test_an_abbreviated_legal_form_at_the_same_end_is_the_same_name() -> None:
    listed = "顧客ID,顧客名\nC1,株式会社山田\nC2,鈴木商店株式会社\n"
    rows = "㈱山田,2024-01-01,100\n鈴木商店(株),2024-01-01,200\n㈱鈴木商店,2024-01-01,300\n"
    given = book(customers=listed, contracts=f"会社名,契約開始日,月額\n{rows}")
    assert given.tables["subscriptions"]["customer_id"].tolist() == ["C1", "C2", "(株)鈴木商店"]


def test_a_join_that_was_declined_is_not_made() -> None:
    apart = Identities().with_declined([("鈴木商店", "C2")])
    assert book(apart, contracts=CONTRACTS, surveys=SURVEYS).tables["surveys"]["customer_id"].tolist() == [
        "C1", "鈴木商店", "高橋製作所"]


def test_keys_of_nobody_are_counted_with_their_sheets() -> None:
    more = SURVEYS + "高橋製作所,2024-04-01,7\n"
    listed = found(contracts=CONTRACTS, surveys=more, usage="顧客名,利用日,回数\n高橋製作所,2024-02-01,3\n").unmatched
    assert [(one.key, one.tables, one.rows, one.sheets) for one in listed] == [
        ("高橋製作所", ("usage", "surveys"), 3, (("usage.csv", "usage"), ("surveys.csv", "surveys")))]


def test_contracts_of_nobody_on_the_list_of_ids_are_counted() -> None:
    listed = found(customers="顧客ID,顧客名\nC1,株式会社山田\n",
                   contracts="会社名,契約開始日,月額\n株式会社山田,2024-01-01,100\n高橋製作所,2024-01-01,200\n").unmatched
    assert [(one.key, one.tables) for one in listed] == [("高橋製作所", ("customers", "subscriptions"))]


def test_nobody_is_missing_where_no_list_says_who_is_a_customer() -> None:
    assert found(usage="顧客名,利用日,回数\n高橋製作所,2024-02-01,3\n").unmatched == ()


def test_a_key_given_by_hand_holds_for_its_table_and_for_the_next_file() -> None:
    given = Identities().with_aliases({"高橋製作所": "C3"}, ["surveys"])
    files = {"contracts": CONTRACTS, "surveys": SURVEYS, "usage": "顧客名,利用日,回数\n高橋製作所,2024-02-01,3\n",
             "april": SURVEYS.replace("2024-03", "2024-04")}
    whole = book(given, **files)
    assert whole.tables["surveys"]["customer_id"].tolist() == ["C1", "C2", "C3"] * 2
    assert whole.tables["usage"]["customer_id"].tolist() == ["高橋製作所"]
    assert [(one.key, one.tables) for one in found(given, **files).unmatched] == [("高橋製作所", ("usage",))]


def test_use_by_subscription_still_finds_its_customer() -> None:
    given = book(contracts="契約ID,顧客ID,会社名,契約開始日,月額\nS1,C1,山田,2024-01-01,100\n",
                 usage="契約ID,利用日,回数\nS1,2024-02-01,3\n")
    assert given.tables["usage"]["customer_id"].tolist() == ["C1"]


def test_the_fingerprint_follows_what_was_decided() -> None:
    decided = Identities().with_aliases({"高橋製作所": "C3"}, ["surveys"])
    files = {"contracts": CONTRACTS, "surveys": SURVEYS}
    assert book(**files).fingerprint != book(decided, **files).fingerprint
    assert book(**files).fingerprint == book(Identities(), **files).fingerprint


def test_ids_that_lost_their_zeros_in_one_sheet_are_proposed_as_one() -> None:
    files = {"contracts": "顧客ID,会社名,契約開始日,月額\n00123,山田,2024-01-01,100\n00124,鈴木,2024-01-01,200\n",
             "surveys": "顧客ID,回答日,NPS\n123,2024-03-01,9\n999,2024-03-01,3\n"}
    assert [(one.kind, one.kept, one.other) for one in found(**files).proposals] == [("zeros", "00123", "123")]
    merged = book(Identities().with_merges({"123": "00123"}), **files)
    assert merged.tables["surveys"]["customer_id"].tolist() == ["00123", "999"]


def test_two_listed_customers_whose_ids_differ_by_zeros_are_two() -> None:
    contracts = "顧客ID,会社名,契約開始日,月額\nC01,山田,2024-01-01,100\nC1,鈴木,2024-01-01,200\n"
    assert found(contracts=contracts).proposals == ()


def test_who_is_who_is_asked_before_currencies_have_their_rates_too() -> None:
    contracts = ("顧客ID,会社名,契約開始日,月額,通貨,製品\n001,山田,2024-01-01,100,JPY,基本\n"
                 "002,鈴木,2024-01-01,200,USD,追加\n")
    given = {"contracts": contracts, "surveys": "顧客ID,回答日,NPS\n1,2024-03-01,9\n"}
    assert book(**given).obstacle is not None
    assert [(one.kept, one.other) for one in found(**given).proposals] == [("001", "1")]
