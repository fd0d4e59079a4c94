"""The app's own sample workbooks map without a touch, and only their planted cells are refused."""

from pathlib import Path

import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.headers import clean
from cs_kpi.ingest.records import SheetReading
from sample_data.messy import expected_refusals
from sample_data.vocabulary import Language
from sample_data.world import world
from tests.ingest.given import reading

FOLDER = Path(__file__).resolve().parents[2] / "sample_data"
TIDY = ["customers", "subscriptions", "usage", "surveys", "milestones", "interactions", "cancellations", "pulse"]


def readings(path: str) -> list[SheetReading]:
    file = FOLDER / path
    return [reading(sheet) for sheet in sheets(file.name, file.read_bytes())]


def of(table: str, found: list[SheetReading]) -> SheetReading:
    return next(item for item in found if item.mapping.tables[:1] == (table,))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_tidy_table_is_recognised_and_read_whole(language: Language) -> None:
    found = readings(f"{language}/tidy_{language}.xlsx")
    assert [item.mapping.tables for item in found[1:]] == [(table,) for table in TIDY]
    assert [refusal for item in found for refusal in item.refusals] == []
    assert [question for item in found for question in item.questions] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_only_the_planted_cells_of_the_messy_workbook_are_refused(language: Language) -> None:
    found = readings(f"{language}/messy_{language}.xlsx")
    planted = [(item.sheet, item.row, clean(item.column), item.value) for item in expected_refusals(world(), language)]
    refused = [(item.sheet, item.row, item.column, item.value) for part in found for item in part.refusals]
    assert sorted(refused) == sorted((sheet, row, column, str(value)) for sheet, row, column, value in planted)
    assert [question for part in found for question in part.questions] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_messy_and_tidy_say_the_same(language: Language) -> None:
    tidy = of("subscriptions", readings(f"{language}/tidy_{language}.xlsx")).tables["subscriptions"]
    ledger = of("subscriptions", readings(f"{language}/messy_{language}.xlsx"))
    messy = ledger.tables["subscriptions"]
    refused = set(tidy["subscription_id"]) - set(messy["subscription_id"])
    assert len(refused) <= len(ledger.refusals)
    key = ["subscription_id", "start_date"]
    both = tidy.merge(messy, on=key, suffixes=("", "_messy"))
    assert len(both) >= len(messy)
    assert (both["mrr"] - both["mrr_messy"]).abs().max() < 0.006
    for field in ("end_date", "term_end", "customer_id", "product", "plan", "charge_kind", "seats"):
        assert both[field].astype(str).tolist() == both[f"{field}_messy"].astype(str).tolist()


def test_the_one_row_csv_feeds_customers_contracts_and_answers() -> None:
    found = readings("ja/customers_one_row_cp932.csv")[0]
    assert found.mapping.shape == "one_row_per_customer"
    assert found.mapping.tables == ("customers", "subscriptions", "surveys")
    assert found.refusals == ()
