"""What a sheet lacks for contracts is said only where no other sheet has them."""

from cs_kpi.ingest import lacking
from tests.ingest.given import csv, reading

LIST = "顧客ID,顧客名,解約日\nA,あ社,2024/3/1\nB,い社,\nC,う社,2024/4/1\n"
CONTRACTS = "顧客ID,契約開始日,月額\nA,2023/1/1,1000\nB,2023/1/1,2000\n"
NO_FEE = "no column holds a fee"


def test_beside_contracts_a_list_does_not_lack_a_fee() -> None:
    given = reading(csv(LIST, "list.csv"))
    assert NO_FEE in given.lacks[0].text("en")
    found, _contracts = lacking.told([given, reading(csv(CONTRACTS, "contracts.csv"))])
    assert not found.lacks
    assert found.notes == tuple(note for note in given.notes if NO_FEE not in note.text("en"))


def test_alone_or_beside_contracts_that_are_off_it_does() -> None:
    given = reading(csv(LIST, "list.csv"))
    contracts = reading(csv(CONTRACTS, "contracts.csv"))
    off = type(contracts)(contracts.mapping.model_copy(update={"is_used": False}), contracts.tables)
    assert lacking.told([given])[0].lacks == lacking.told([given, off])[0].lacks == given.lacks


def test_what_is_lacking_for_other_tables_is_said_all_the_same() -> None:
    text = "顧客ID,顧客名,初回契約日\nA,あ社,4/1\nB,い社,4/2\n"
    found, _contracts = lacking.told([reading(csv(text, "nps.csv")), reading(csv(CONTRACTS, "contracts.csv"))])
    assert "days without a year" in found.lacks[0].text("en")


def test_contracts_of_nothing_are_said_to_count_as_no_customers() -> None:
    found = reading(csv("顧客ID,契約開始日,解約日,月額\nA,2023/1/1,,1000\nB,2023/1/1,2024/1/1,0\nC,2023/1/1,,\n"))
    assert found.tables["subscriptions"]["mrr"].tolist() == [1000, 0]
    assert "Rows with an amount of 0 in column '月額': 1 (row 3)." in found.notes[0].text("en")
    (refused,) = found.refusals
    assert "its customer is neither counted as one who pays nor as one who left" in refused.reason.text("en")
