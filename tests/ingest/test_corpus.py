"""Every case of the corpus is understood without a touch and read as wanted, or is listed as not read yet."""

import pytest

from tests.ingest.corpus import CASES
from tests.ingest.corpus.cases import Case, File, Wanted, keyed
from tests.ingest.corpus.judging import verdict
from tests.ingest.corpus.not_yet import NOT_YET


@pytest.mark.parametrize("name", [name for name in CASES if name not in NOT_YET])
def test_is_understood_and_read_as_wanted(name: str) -> None:
    assert verdict(CASES[name]).faults == []


@pytest.mark.parametrize("name", NOT_YET)
def test_is_taken_out_of_the_list_once_it_is_read_as_wanted(name: str) -> None:
    assert verdict(CASES[name]).faults, f"{name} is read as wanted now: take it out of NOT_YET"


def test_the_corpus_is_large_and_writes_the_same_files_every_time() -> None:
    assert len(CASES) >= 60
    for case in CASES.values():
        for one, again in zip(case.files()[0], case.files()[0], strict=True):
            assert one.name == again.name
            assert one.sheets == again.sheets
            assert one.name.endswith(".xlsx") or one.data == again.data


def test_every_export_of_a_product_names_the_page_its_headers_come_from() -> None:
    exports = [case for case in CASES.values() if "exports" in case.module]
    assert len(exports) >= 12
    assert all(case.page and case.page.startswith(("https://", "no page lists them: ")) for case in exports)


@pytest.mark.parametrize(("amount", "silent"), [("Amount", 0), ("Monthly fee", 1)])
def test_an_amount_that_is_asked_about_is_not_silently_wrong(amount: str, silent: int) -> None:
    text = f"Customer ID,Start date,{amount}\nC-1,2024-01-05,1200\n"
    wanted = Wanted(keyed("Customer ID"), {"subscriptions": [{"customer_id": "C-1", "mrr": 100}]})
    case = Case("made", "first", "made", "", None, lambda: ((File("made.csv", text.encode(), {"made": wanted}),), {}))
    assert verdict(case).silent == silent
