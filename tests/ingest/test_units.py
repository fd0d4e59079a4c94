"""Units of amounts: in headers, titles, corners, notes and names; a unit that is lost makes every number wrong."""

from pathlib import Path

import pandas as pd
import pytest

from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.naming.vocabulary import places
from cs_kpi.ingest.units import unit_of_header, unit_of_title
from tests.ingest.given import reading, sheet, workbook

WORDS = pd.read_csv(Path(__file__).with_name("unit_words.csv"), dtype={"text": "str"})
"""Headers and titles as people write them, and what their amounts are multiples of."""


def test_headers_name_their_multiple_and_still_their_field():
    told = WORDS[WORDS["where"] == "header"]
    factors = [unit_of_header(header).multiplier for header in told["text"]]
    assert dict(zip(told["text"], factors, strict=True)) == dict(zip(told["text"], told["factor"], strict=True))
    assert [header for header in told["text"] if max(places(header).values(), default=0) < 0.9] == []


def test_titles_name_the_multiple_of_all_amounts_and_no_amount_is_one():
    told = WORDS[WORDS["where"] == "title"]
    factors = [unit_of_title(title).multiplier for title in told["text"]]
    assert dict(zip(told["text"], factors, strict=True)) == dict(zip(told["text"], told["factor"], strict=True))


HEAD = ["顧客ID", "顧客名", "月額", "契約開始日"]
ROWS = [["A1", "青空社", 12, "2024-04-01"], ["A2", "海野社", 30, "2024-05-01"], ["A3", "山下社", 8, "2024-06-01"],
        ["A4", "川上社", 9, "2024-07-01"]]


@pytest.mark.parametrize("rows", [
    pytest.param([["契約一覧"], ["単位：千円"], HEAD, *ROWS], id="above"),
    pytest.param([["契約一覧", None, None, "金額は千円単位"], [], HEAD, *ROWS], id="above, to the right, in words"),
    pytest.param([HEAD, *ROWS, [], ["※金額は千円単位"]], id="in a note below"),
    pytest.param([HEAD, *ROWS, ["合計", None, 59], ["注）単位：千円、税抜"]], id="in a note below the total"),
    pytest.param([HEAD, [None, None, "千円"], *ROWS], id="in a row below the header"),
    pytest.param([["(千円)", *HEAD[1:]], *ROWS], id="in the corner"),
    pytest.param([[*HEAD, "(千円)"], *ROWS], id="over a column without a cell"),
])
@pytest.mark.filterwarnings("error")
def test_a_unit_counts_wherever_the_sheet_says_it(rows):
    found = reading(sheet(*rows)).tables["subscriptions"]
    assert found["mrr"].tolist() == [12000, 30000, 8000, 9000]


@pytest.mark.parametrize("names", [{"name": "契約（千円）"}, {"file": "契約一覧_千円.xlsx"},
                                   {"file": "contracts (JPY k).xlsx"}])
def test_a_unit_counts_in_the_name_of_sheet_or_file(names):
    assert reading(sheet(HEAD, *ROWS, **names)).tables["subscriptions"]["mrr"].tolist() == [12000, 30000, 8000, 9000]


def test_a_header_that_says_yen_is_not_multiplied_by_the_title():
    head = [*HEAD[:2], "月額（円）", HEAD[3]]
    found = reading(sheet(["単位：千円"], head, *ROWS)).tables["subscriptions"]
    assert found["mrr"].tolist() == [12, 30, 8, 9]


def test_a_currency_in_the_header_leaves_the_title_its_multiple():
    head = ["Customer ID", "Customer", "MRR (USD)", "Start date"]
    found = reading(sheet(["USD thousands, excl. tax"], head, *ROWS)).tables["subscriptions"]
    assert found["mrr"].tolist() == [12000, 30000, 8000, 9000]


def test_the_unit_above_two_tables_holds_for_the_second_too():
    data = workbook(["契約"], ["単位：千円"], HEAD, *ROWS, [], [], ["追加契約"], ["契約番号", *HEAD], *(
        [f"K{at}", *row] for at, row in enumerate(ROWS)))
    found = sheets("契約.xlsx", data)
    assert [reading(one).tables["subscriptions"]["mrr"].tolist() for one in found] == [[12000, 30000, 8000, 9000]] * 2


def test_the_unit_in_the_title_of_one_table_is_not_that_of_another():
    data = workbook(["表1　契約（単位：千円）"], HEAD, *ROWS, [], [], ["表2　追加契約"], ["契約番号", *HEAD], *(
        [f"K{at}", *row[:2], row[2] * 1000, row[3]] for at, row in enumerate(ROWS)))
    found = sheets("契約.xlsx", data)
    assert [reading(one).tables["subscriptions"]["mrr"].tolist() for one in found] == [[12000, 30000, 8000, 9000]] * 2


def test_notes_that_contradict_each_other_are_said_and_not_applied():
    abroad = [["B" + row[0], *row[1:]] for row in ROWS]
    found = reading(sheet(HEAD, ["■ 国内（単位：千円）"], *ROWS, ["■ 海外（単位：百万円）"], *abroad))
    assert found.tables["subscriptions"]["mrr"].tolist() == [12, 30, 8, 9] * 2
    assert "different units" in " ".join(note.text("en") for note in found.notes)


def test_the_label_of_a_figure_above_the_table_is_no_unit_of_its_rows():
    found = reading(sheet(["契約一覧"], ["MRR合計（百万円）", 0.06, "解約額（千円）", "120"], [], HEAD, *ROWS))
    assert found.tables["subscriptions"]["mrr"].tolist() == [12, 30, 8, 9]


@pytest.mark.parametrize(("units", "wanted"), [(["千円"] * 4, [12000, 30000, 8000, 9000]), (["円"] * 4, [12, 30, 8, 9]),
                                               (["千円", "円", "円", "円"], [12, 30, 8, 9])])
def test_a_column_of_units_counts_where_its_rows_agree(units, wanted):
    rows = [[*row, unit] for row, unit in zip(ROWS, units, strict=True)]
    found = reading(sheet([*HEAD, "単位"], *rows))
    assert found.tables["subscriptions"]["mrr"].tolist() == wanted
    assert ("different units" in " ".join(note.text("en") for note in found.notes)) == (len(set(units)) > 1)
