"""Where the table stands on a sheet, what its columns are called, and which rows are no data."""

import pytest

from cs_kpi.ingest.headers import area
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.units import unit_of_header, unit_of_title
from tests.ingest.given import reading, shared, sheet


def ledger(*rows, title=("契約台帳", "（単位：千円）")):
    return sheet(
        [title[0], None, None, None, title[1]],
        [None] * 5,
        ["顧客番号", "顧客名", "契約\n開始日", "解　約　日", "月額"],
        *rows,
    )


def test_the_header_row_stands_below_titles_and_blank_rows():
    found = area(ledger(["C1", "山田", "2024/4/1", None, 10]))
    assert found.header_row == 3
    assert found.headers == ("顧客番号", "顧客名", "契約開始日", "解約日", "月額")
    assert list(found.body.index) == [4]


def test_a_unit_in_the_title_holds_for_amounts_without_a_unit_of_their_own():
    found = reading(ledger(["C1", "山田", "2024/4/1", None, 10], ["C2", "鈴木", "2024/4/1", None, "12,000円"]))
    assert list(found.tables["subscriptions"]["mrr"]) == [10_000, 12_000]


@pytest.mark.parametrize(
    ("header", "multiplier", "currency", "tax"),
    [
        ("月額（千円）", 1e3, "JPY", ""),
        ("金額(百万円・税込)", 1e6, "JPY", "included"),
        ("月額（税抜）", 1, "", "excluded"),
        ("MRR (USD)", 1, "USD", ""),
        ("Amount ($k)", 1e3, "USD", ""),
        ("Fee (excl. VAT)", 1, "", "excluded"),
        ("Monthly ex VAT", 1, "", "excluded"),
        ("Price plus tax", 1, "", "excluded"),
        ("Total incl. GST (INR)", 1, "INR", "included"),
        ("Tax amount (NZD)", 1, "NZD", ""),
        ("mrr_amount", 1, "", ""),
        ("金額（万円）", 1e4, "JPY", ""),
    ],
)
def test_units_of_headers(header, multiplier, currency, tax):
    unit = unit_of_header(header)
    assert (unit.multiplier, unit.currency, unit.tax) == (multiplier, currency, tax)


def test_a_title_is_a_unit_only_where_it_says_so():
    assert unit_of_title("2024年度 契約台帳 単位：千円").multiplier == 1e3
    assert unit_of_title("百万円プラン契約台帳").multiplier == 1


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("customerID", "customer id"),
        ("Customer_ID", "customer id"),
        ("顧客 ＩＤ", "顧客id"),
        ("月額料金（税抜）", "月額料金"),
        ("MonthlyCharges", "monthly charges"),
        ("Auto-renews", "auto renews"),
        ("(USD)", "(usd)"),
        ("refund_amount_usd", "refund amount"),
    ],
)
def test_headers_are_compared_in_one_form(header, form):
    assert plain(header) == form


def test_repeated_headers_are_told_apart_and_nameless_ones_take_the_columns_letter():
    found = area(sheet(["顧客名", "担当", "担当", None], ["山田", "a", "b", "c"], ["鈴木", "a", "b", None]))
    assert found.headers == ("顧客名", "担当", "担当 (2)", "D")


@pytest.mark.parametrize(
    "label", ["合計", "小計", "総計", "計", "Total", "Subtotal", "Grand total", "4月計", "東日本 小計", "合 計"]
)
def test_total_rows_are_left_out_and_said(label):
    found = reading(ledger(["C1", "山田", "2024/4/1", None, 10], [label, None, None, None, 10]))
    assert found.rows_read == 1
    assert found.refusals == ()
    assert any(
        note.text("en") == "Total rows left out, so that nothing counts twice: 1 (row 5)." for note in found.notes
    )


@pytest.mark.parametrize(
    "label", ["合計", "総計", "小計", "計", "総合計", "合　計", "合計：", "Total", "Grand total", "Sub-total", "Sum",
              "TOTAL:"]
)
@pytest.mark.parametrize("head", [["会社名", "契約開始日", "月額"], ["No.", "会社名", "契約開始日", "月額"],
                                  ["担当", "プラン", "契約開始日", "月額", "業種", "地域", "会社名"]])
def test_a_customer_called_total_is_a_total_row_however_full_it_is(label, head):
    cells = {"No.": 3, "契約開始日": "2024/4/1", "月額": 30}
    rows = [[{**cells, "会社名": name}.get(header, "x") for header in head] for name in ("山田", "鈴木", label)]
    found = reading(sheet(head, *rows))
    assert found.rows_read == 2
    assert any(
        note.text("en") == "Total rows left out, so that nothing counts twice: 1 (row 4)." for note in found.notes
    )


def test_a_plan_called_total_makes_no_total_row():
    found = reading(sheet(["会社名", "プラン", "契約開始日", "月額"], ["山田", "Total", "2024/4/1", 10]))
    assert found.rows_read == 1


@pytest.mark.parametrize("name", ["山田設計", "東京会計", "Total Systems", "合計ソフト株式会社", "Total"])
def test_companies_with_such_a_name_are_kept(name):
    found = reading(ledger(["C1", "山田", "2024/4/1", None, 10], ["C2", name, "2024/4/1", None, 10]))
    assert found.rows_read == 2


def test_blank_rows_notes_and_repeated_headers_are_left_out():
    found = reading(
        ledger(
            ["C1", "山田", "2024/4/1", None, 10],
            [None] * 5,
            ["顧客番号", "顧客名", "契約\n開始日", "解　約　日", "月額"],
            ["■東日本", None, None, None, None],
            ["C2", "鈴木", "2024/4/1", None, 20],
            [None] * 5,
            ["※ 満了日は別紙", None, None, None, None],
        )
    )
    assert list(found.tables["subscriptions"]["_row"]) == [4, 8]
    assert found.refusals == ()


def test_a_sheet_without_a_table_says_so():
    for given in (
        sheet(),
        sheet(["目次"], [1, "顧客"]),
        sheet(["シート", "内容"], ["契約", "台帳です"], ["顧客", "名簿です"]),
    ):
        found = reading(given)
        assert not found.tables
        assert len(found.notes) >= 1
        assert not found.refusals


@pytest.mark.parametrize(
    "path",
    [
        "japan/2020_05_a.xlsx",
        "japan/syukujitsu.csv",
        "hostile/1904DateWindowing.xls",
        "hostile/TwoSheetsOneHidden.xlsx",
        "hostile/dde-in-csv.csv",
        "cohort/published_counts.csv",
        "onboarding/funnel_summary.csv",
        "onboarding/time_delay_summary.csv",
    ],
)
def test_files_without_our_tables_get_a_sentence(path):
    for given in shared(path):
        found = reading(given)
        assert not found.tables
        assert found.notes[-1].text("en").startswith("Sheet '")


def test_a_unit_in_the_name_of_the_sheet_holds_where_the_title_names_none():
    rows = (["顧客名", "契約開始日", "月額"], ["甲", "2024/4/1", 50], ["乙", "2024/5/1", 60])
    assert reading(sheet(*rows, name="MRR（千円）")).tables["subscriptions"]["mrr"].tolist() == [50_000, 60_000]
    titled = sheet(["（単位：円）"], *rows, name="MRR（千円）")
    assert reading(titled).tables["subscriptions"]["mrr"].tolist() == [50, 60]
