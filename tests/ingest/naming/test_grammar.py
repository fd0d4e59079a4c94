"""English headers are read by slots; what stands beside the slots makes another thing of them."""

import pytest

from cs_kpi.ingest.naming.asides import is_another_by_aside
from cs_kpi.ingest.naming.grammar import named
from cs_kpi.ingest.naming.slots import best_of, rule
from tests.ingest.given import csv, reading

ROWS = [rule("a.x", "red green", "ball", may="big", weight=0.9), rule("a.x", "ball", weight=0.8), rule("b.y", "red")]


def test_a_rule_wants_a_word_of_every_slot_and_no_other_words() -> None:
    assert best_of(ROWS, frozenset({"big", "red", "ball"})) == {("a", "x"): 0.9}
    assert best_of(ROWS, frozenset({"red", "ball", "small"})) == {}
    assert best_of(ROWS, frozenset({"ball"})) == {("a", "x"): 0.8}


@pytest.mark.parametrize("words", ["renewal owner", "success plan", "meeting frequency", "renewal term", "seats used",
                                   "total addressable seats", "annual review", "payment terms"])
def test_what_is_of_something_else_names_nothing(words: str) -> None:
    assert named(words) == {}


@pytest.mark.parametrize(("field", "header"), [("seats", "Seats (used)"), ("end_date", "End date (trial)"),
                                               ("amount", "ARR %"), ("mrr", "MRR (lost)")])
def test_what_stands_beside_makes_another_thing_of_it(field: str, header: str) -> None:
    assert is_another_by_aside(field, header)


def test_a_yearly_amount_goes_before_the_total_for_the_term() -> None:
    found = reading(csv("Client,Term start,Renewal due,TCV,ACV\nAlder Ltd,2024-01-01,2026-01-01,2400,1200\n"
                        "Birch Ltd,2024-03-01,2025-03-01,2400,2400\nCedar Ltd,2024-05-01,2027-05-01,3600,1200\n"))
    assert found.mapping.columns["subscriptions.amount"] == "ACV"
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 200, 100]


def test_words_of_cells_make_no_header_of_a_row() -> None:
    found = reading(csv("Client,Contract start,Fee,Billing,Item\nAlder Ltd,2024-01-01,1200,Annual,Add-on\n"
                        "Birch Ltd,2024-03-01,100,Monthly,Suite\nCedar Ltd,2024-05-01,1200,Annual,Platform\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 100, 100]


def test_the_new_fee_goes_before_the_old_one() -> None:
    found = reading(csv("Customer,Effective date,Old MRR,New MRR,Change\nAlder Ltd,2024-01-15,800,1000,200\n"
                        "Birch Ltd,2024-03-01,800,1200,400\nCedar Ltd,2024-05-20,1500,900,-600\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [1000, 1200, 900]


def test_a_fee_of_another_time_is_not_taken_by_its_content_either() -> None:
    found = reading(csv("Customer,Effective date,Previous fee ($)\nAlder Ltd,2024-01-15,800\nBirch Ltd,2024-03-01,900\n"
                        "Cedar Ltd,2024-05-20,1500\n"))
    assert "subscriptions" not in found.tables
