"""Rows of a csv that a comma without quotes has torn apart: joined where there is one way, else refused."""

from __future__ import annotations

import pytest

from cs_kpi.ingest import files
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.parsing import text_files
from cs_kpi.ingest.records import SheetReading
from tests.ingest.given import csv, reading

HEADER = "顧客ID,会社名,契約開始日,月額"


def fees(text: str) -> list[float]:
    return reading(csv(text)).tables["subscriptions"]["mrr"].tolist()


def refused(read: SheetReading) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.value) for one in read.refusals]


def test_an_amount_with_a_comma_in_the_last_column_is_put_together_and_said() -> None:
    read = reading(csv(f"{HEADER}\n001,甲社,2024/4/1,12,000\n002,乙社,2024/5/1,900\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [12000.0, 900.0]
    assert read.headers == ("顧客ID", "会社名", "契約開始日", "月額")
    assert any(note.text("en").startswith(
        "Amounts such as 12,000, which their comma had torn into two cells, were put together again: 1 (row 2)")
        for note in read.notes)


def test_amounts_are_put_together_where_every_row_has_one() -> None:
    assert fees(f"{HEADER}\n001,甲社,2024/4/1,12,000\n002,乙社,2024/5/1,1,234,000\n") == [12000.0, 1234000.0]


@pytest.mark.parametrize(("cell", "value"), [
    ("¥12,000", 12000.0), ("12,000円", 12000.0), ("-12,000", -12000.0), ("(12,000)", -12000.0), ("1,250.50", 1250.5)])
def test_signs_of_currency_and_minus_stand_around_torn_amounts(cell: str, value: float) -> None:
    assert fees(f"{HEADER}\n001,甲社,2024/4/1,{cell}\n002,乙社,2024/5/1,900\n") == [value, 900.0]


def test_a_torn_amount_in_the_middle_pushes_nothing_aside() -> None:
    read = reading(csv("顧客ID,会社名,契約開始日,月額,席数,備考\n001,甲社,2024/4/1,12,000,5,\n"
                       "002,乙社,2024/5/1,900,3,済\n"))
    rows = read.tables["subscriptions"]
    assert rows["mrr"].tolist() == [12000.0, 900.0]
    assert rows["seats"].tolist() == [5.0, 3.0]
    assert not read.refusals


def test_two_amounts_that_can_be_parted_in_two_ways_are_refused() -> None:
    read = reading(csv("顧客ID,会社名,契約開始日,月額,席数\n001,甲社,2024/4/1,12,100,500\n"
                       "002,乙社,2024/5/1,900,3\n003,丙社,2024/5/1,12,000,500\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [900.0, 12000.0]
    assert refused(read) == [(2, "月額", "001,甲社,2024/4/1,12,100,500")]
    assert read.refusals[0].reason.text("en").startswith("The row has 6 cells and the header 5: a comma without quotes")


def test_a_text_with_a_comma_that_shifts_its_row_is_refused() -> None:
    read = reading(csv("ID,Company,Start date,MRR\nC1,Acme, Inc.,2024-04-01,500\nC2,Beta,2024-05-01,900\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [900.0]
    assert refused(read) == [(2, "Start date", "C1,Acme, Inc.,2024-04-01,500")]


def test_a_remark_behind_the_last_header_is_kept_and_said() -> None:
    read = reading(csv("ID,Company,Start date,MRR\nC1,Acme,2024-04-01,500,call them\nC2,Beta,2024-05-01,900\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [500.0, 900.0]
    assert not read.refusals
    assert "Rows with more cells than the header has: 1 (row 2)." in read.notes[0].text("en")


def test_a_delimiter_at_the_end_of_every_row_is_no_torn_amount() -> None:
    assert fees(f"{HEADER},席数\n001,甲社,2024/4/1,12,500,\n002,乙社,2024/5/1,900,300,\n") == [12.0, 900.0]


def test_a_row_whose_missing_last_cells_hide_a_torn_amount_is_refused() -> None:
    read = reading(csv("顧客ID,会社名,契約開始日,月額,席数,備考\n001,甲社,2024/4/1,12,000,5\n"
                       "002,乙社,2024/5/1,34,000,3,済\n003,丙社,2024/5/1,900,3,済\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [34000.0, 900.0]
    assert refused(read) == [(2, "席数", "001,甲社,2024/4/1,12,000,5")]


def test_between_semicolons_a_comma_tears_nothing_apart() -> None:
    read = reading(csv("ID;Company;Start date;MRR\nC1;Acme;2024-04-01;12;000\nC2;Beta;2024-05-01;900\n"
                       "C3;Gamma;2024-05-01;900\n"))
    assert read.tables["subscriptions"]["mrr"].tolist() == [12.0, 900.0, 900.0]
    assert any("more cells than the header" in note.text("en") for note in read.notes)


def test_quoted_amounts_and_line_breaks_are_whole() -> None:
    read = reading(csv(f'{HEADER},備考\n001,甲社,2024/4/1,"12,000","一行目,\n二行目"\n002,乙社,2024/5/1,3,400,無\n'))
    assert read.tables["subscriptions"]["mrr"].tolist() == [12000.0, 3400.0]


def test_a_large_file_is_mended_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEADER}\n001,甲社,2024/4/1,12,000\n002,乙社,2024/5/1,900\n".encode()
    [small] = sheets("a.csv", text)
    monkeypatch.setattr(files, "LARGE", 1)
    [large] = sheets("a.csv", text)
    assert small.fields
    assert large.fields
    assert large.fields.delimiter == ","
    assert large.fields.counts.tolist() == small.fields.counts.tolist() == [4, 5, 4]
    assert reading(large).tables["subscriptions"]["mrr"].tolist() == [12000.0, 900.0]


@pytest.mark.parametrize(("text", "counts"), [
    ('a,b\n1,"2,5"\n1,2,500\n', [2, 2, 3]), ("a,b\r\n\r\n1,2,3", [2, 1, 3]), ('a,5" pipe\nb,c,d\n', [2, 3]),
    ('a,"x ""y"", z"\n1,2', [2, 2])])
def test_fields_are_counted_line_by_line(text: str, counts: list[int]) -> None:
    assert text_files.field_counts(text, ",", len(counts)).tolist() == counts


SHORT = "ID,会社名,契約開始日,月額,{}\n001,甲社,2024/4/1,12,000\n" + "".join(
    f"00{n},会社{n},2024/5/{n},{n}5000,{{}}\n" for n in range(2, 8))


@pytest.mark.parametrize(("header", "others"), [("備考", "済"), ("備考", ""), ("席数", "3")])
def test_a_torn_amount_that_fills_the_place_of_a_missing_last_cell_is_refused(header: str, others: str) -> None:
    read = reading(csv(SHORT.format(header, *[others] * 6)))
    assert read.tables["subscriptions"]["mrr"].tolist() == [n * 10_000.0 + 5000 for n in range(2, 8)]
    assert refused(read) == [(2, "月額", "001,甲社,2024/4/1,12,000")]


@pytest.mark.parametrize(("header", "others"), [("支店コード", "013"), ("席数", "012")])
def test_small_fees_beside_codes_of_three_figures_are_what_they_are(header: str, others: str) -> None:
    assert fees(SHORT.format(header, *[others] * 6))[0] == 12.0
    assert not reading(csv(SHORT.replace("5000", "5").format("備考", *["済"] * 6))).refusals  # all pay little
