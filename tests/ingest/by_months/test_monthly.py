"""MRR by months, in columns and in rows, becomes contracts (handbook 1, shapes 3 and 4)."""

import datetime as dt
from typing import Any

import pytest

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.ingest.corrections import corrected
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.understanding import document_text, mappings
from cs_kpi.kpi.readings import readings
from cs_kpi.periods import Period, period_of
from tests.ingest.given import csv, reading, sheet

MONTHS = ["2024年1月", "2024年2月", "2024年3月", "2024年4月"]
#            Jan  Feb  Mar  Apr
# A stays    100  100  100  100   one run without end
# B grows     50   50   80   80   two runs: 50 until 1 March, 80 without end
# C leaves    30   30    0    -   one run until 1 March: churns in March
# D is new     -    -   20   20   one run from 1 March
# E returns   10    -   10   10   two runs: until 1 February, from 1 March: reactivation in March
WIDE = sheet(
    ["顧客名", "担当", *MONTHS],
    ["A", "佐藤", 100, 100, 100, 100],
    ["B", "佐藤", 50, 50, 80, 80],
    ["C", "鈴木", 30, 30, 0, None],
    ["D", "鈴木", None, None, 20, 20],
    ["E", "鈴木", 10, None, 10, 10],
)
LONG = csv(
    "customer,month,mrr\nA,2024-01,100\nA,2024-02,100\nA,2024-03,100\nA,2024-04,100\nB,2024-01,50\nB,2024-02,50\n"
    "B,2024-03,80\nB,2024-04,80\nC,2024-01,30\nC,2024-02,30\nC,2024-03,0\nD,2024-03,20\nD,2024-04,20\n"
    "E,2024-01,10\nE,2024-03,10\nE,2024-04,10\n"
)
RUNS = [
    ("A", "2024-01-01", None, 100),
    ("B", "2024-01-01", "2024-03-01", 50),
    ("B", "2024-03-01", None, 80),
    ("C", "2024-01-01", "2024-03-01", 30),
    ("D", "2024-03-01", None, 20),
    ("E", "2024-01-01", "2024-02-01", 10),
    ("E", "2024-03-01", None, 10),
]


def runs(read_sheet: SheetReading) -> list[tuple[Any, ...]]:
    frame = read_sheet.tables["subscriptions"]
    days = [frame[field].dt.strftime("%Y-%m-%d") for field in ("start_date", "end_date")]
    return [
        (who, start, None if end != end else end, mrr)
        for who, start, end, mrr in zip(frame["customer_id"], *days, frame["mrr"], strict=True)
    ]


def month(text: str) -> Period:
    return period_of("month", dt.date.fromisoformat(f"{text}-01"))


def values(book: Book, text: str, *kpis: str) -> list[float | None]:
    return [one.value for one in readings(book, [month(text)], list(kpis))]


def notes(read_sheet: SheetReading) -> str:
    return "\n".join(note.text("en") for note in read_sheet.notes)


@pytest.mark.parametrize("given", [WIDE, LONG], ids=["wide", "long"])
def test_each_run_of_equal_mrr_is_a_contract_until_the_first_day_after_it(given: Sheet):
    assert runs(reading(given)) == RUNS
    assert reading(given).refusals == ()


@pytest.mark.parametrize("given", [WIDE, LONG], ids=["wide", "long"])
def test_the_book_ends_with_the_last_month_and_begins_with_the_second(given: Sheet):
    book = book_of([reading(given)])
    assert (book.as_of, book.data_from) == (dt.date(2024, 4, 30), dt.date(2024, 2, 1))
    assert not book.dates.asks_for_as_of


@pytest.mark.parametrize("given", [WIDE, LONG], ids=["wide", "long"])
def test_movements_are_those_of_the_months(given: Sheet):
    # February: 190 -> 180, E's 10 leave. March: 180 -> 210: D new 20, E back 10, B + 30, C's 30 leave.
    book = book_of([reading(given)])
    kpis = ("mrr", "new_mrr", "reactivation_mrr", "expansion_mrr", "churn_mrr", "churned_customers")
    assert values(book, "2024-02", *kpis) == [180, 0, 0, 0, 10, 1]
    assert values(book, "2024-03", *kpis) == [210, 20, 10, 30, 30, 1]
    assert values(book, "2024-04", *kpis) == [210, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("given", [WIDE, LONG], ids=["wide", "long"])
def test_who_is_there_in_the_first_month_is_not_new(given: Sheet):
    book = book_of([reading(given)])
    assert values(book, "2024-01", "new_customers", "mrr") == [None, 190]
    assert book.start_day.tolist().count(book.start_day.max()) == 4  # A, B, C, E: their first day is not known


def test_wide_is_recognised_with_the_other_columns_of_its_customers():
    mapping = guess(WIDE)
    assert mapping.shape == "monthly_wide"
    assert mapping.months == dict(zip(MONTHS, ["2024-01", "2024-02", "2024-03", "2024-04"], strict=True))
    assert mapping.columns["customers.owner"] == "担当"
    assert reading(WIDE).tables["customers"]["owner"].tolist() == ["佐藤", "佐藤", "鈴木", "鈴木", "鈴木"]
    assert reading(WIDE).rows_read == 5


def test_long_is_recognised_and_counts_all_its_rows():
    assert guess(LONG).shape == "monthly_long"
    assert guess(LONG).columns["subscriptions.start_date"] == "month"
    assert reading(LONG).rows_read == 16


@pytest.mark.parametrize(
    "headers",
    [
        ["2024/01", "2024/02", "2024/03"],
        ["2024-01", "2024-02", "2024-03"],
        ["Jan-24", "Feb-24", "Mar-24"],
        ["Jan 2024", "Feb 2024", "Mar 2024"],
        ["202401", "202402", "202403"],
        [202401.0, 202402.0, 202403.0],
        ["2024年1月", "2024年2月", "2024年3月"],
        ["令和6年1月", "令和6年2月", "令和6年3月"],
        ["2024年1月 MRR", "2024年2月 MRR", "2024年3月 MRR"],
        ["2024年1月(円)", "2024年2月(円)", "2024年3月(円)"],
        [dt.datetime(2024, 1, 1), dt.datetime(2024, 2, 1), dt.datetime(2024, 3, 1)],
        [dt.datetime(2024, 1, 31), dt.datetime(2024, 2, 29), dt.datetime(2024, 3, 31)],
        ["1/1/2024", "2/1/2024", "3/1/2024"],
    ],
    ids=str,
)
def test_months_are_written_in_many_ways(headers: list[Any]):
    read_sheet = reading(sheet(["customer", *headers], ["A", 1, 2, 2], ["B", 5, 5, 5]))
    assert list(read_sheet.mapping.months.values()) == ["2024-01", "2024-02", "2024-03"]
    assert runs(read_sheet) == [
        ("A", "2024-01-01", "2024-02-01", 1),
        ("A", "2024-02-01", None, 2),
        ("B", "2024-01-01", None, 5),
    ]


@pytest.mark.parametrize(("text", "following"), [("2024/1/1", "2024/2/1"), ("2024-01-31", "2024-02-29"),
                                                 ("2024年1月", "2024年2月"), ("Jan-24", "Feb-24"),
                                                 ("202401", "202402")])
def test_months_of_rows_are_written_in_many_ways(text: str, following: str):
    given = csv(f"顧客ID,対象月,金額\nA,{text},100\nA,{following},100\nB,{text},5\n")
    assert guess(given).shape == "monthly_long"
    assert reading(given).tables["subscriptions"]["start_date"].iloc[0] == dt.datetime(2024, 1, 1)


def test_a_customer_with_a_row_per_product_keeps_them_apart():
    read_sheet = reading(
        sheet(
            ["顧客ID", "商品", "2024/01", "2024/02", "2024/03"],
            ["1", "CRM", 10, 10, 10],
            ["1", "MA", None, 5, 5],
            ["2", "CRM", 7, 7, None],
        )
    )
    frame = read_sheet.tables["subscriptions"]
    assert list(zip(frame["customer_id"], frame["product"], frame["mrr"], strict=True)) == [
        ("1", "CRM", 10), ("1", "MA", 5), ("2", "CRM", 7)]
    # February: 17 -> 22; customer 1 bought MA beside CRM: cross-sell.
    assert values(book_of([read_sheet]), "2024-02", "mrr", "cross_sell_mrr") == [22, 5]


def test_a_change_of_plan_in_rows_by_months_is_no_churn():
    book = book_of([reading(csv(
        "customer,month,plan,mrr\nA,2024-01,Basic,10\nA,2024-02,Basic,10\nA,2024-03,Pro,25\nB,2024-01,Pro,9\n"
        "B,2024-02,Pro,9\nB,2024-03,Pro,9\n"))])
    assert values(book, "2024-03", "mrr", "expansion_mrr", "churn_mrr", "new_mrr") == [34, 15, 0, 0]


def test_a_month_without_any_amount_is_carried_over_and_asked_about():
    given = sheet(
        ["customer", "2024-01", "2024-02", "2024-03", "2024-04"],
        ["A", 10, None, 10, 10],
        ["B", 20, 0, None, None],
        ["C", None, None, 5, 5],
    )
    kept = reading(given)
    # B stays through the gap and churns in March; C comes in March.
    assert runs(kept) == [("A", "2024-01-01", None, 10), ("B", "2024-01-01", "2024-03-01", 20),
                          ("C", "2024-03-01", None, 5)]
    assert {question.id: question.assumed for question in kept.questions} == {"gap:2024-02": "carry"}
    assert "2024-02 has no amounts" in notes(kept)
    assert runs(reading(given, gap="none")) == [
        ("A", "2024-01-01", "2024-02-01", 10), ("A", "2024-03-01", None, 10), ("B", "2024-01-01", "2024-02-01", 20),
        ("C", "2024-03-01", None, 5)]


def test_months_that_have_no_column_or_row_are_a_gap_too():
    long = reading(csv("customer,month,mrr\nA,2024-01,10\nB,2024-01,10\nA,2024-04,10\nB,2024-04,12\nA,2024-05,10\n"))
    # B's two months lie three apart, so it is also asked about as a bill; A's do not.
    assert {question.id: question.assumed for question in long.questions} == {
        "billed:mrr": "mrr", "gap:2024-02": "carry"}
    assert runs(long) == [("A", "2024-01-01", None, 10), ("B", "2024-01-01", "2024-04-01", 10),
                          ("B", "2024-04-01", "2024-05-01", 12)]


def test_blank_months_at_the_end_are_not_filled_in_yet():
    read_sheet = reading(sheet(["customer", "2024-01", "2024-02", "2024-03", "2024-04"], ["A", 1, 1, None, None],
                               ["B", 2, None, None, 0]))
    assert read_sheet.months == (dt.date(2024, 1, 1), dt.date(2024, 2, 29))
    assert runs(read_sheet) == [("A", "2024-01-01", None, 1), ("B", "2024-01-01", "2024-02-01", 2)]
    assert "2024-03" in notes(read_sheet)


def test_months_to_come_are_plans_and_left_out():
    given = sheet(["customer", "2024-01", "2024-02", "2024-03"], ["A", 1, 1, 9])
    read_sheet = read(given, guess(given), today=dt.date(2024, 2, 15))
    assert read_sheet.months == (dt.date(2024, 1, 1), dt.date(2024, 2, 29))
    assert runs(read_sheet) == [("A", "2024-01-01", None, 1)]


def test_quarterly_bills_of_most_customers_are_spread_over_their_quarters():
    header = ["customer", *(f"2024-{month:02d}" for month in range(1, 8))]
    # A pays 300 in January, April and July; B 600 in February and May, and no more: gone in August, after the table.
    # C's amounts are monthly.
    given = sheet(header, ["A", 300, None, None, 300, None, None, 300], ["B", None, 600, None, None, 600, None, None],
                  ["C", 5, 5, 5, 5, 5, 5, 5])
    billed = reading(given)
    assert [(question.id, question.assumed) for question in billed.questions] == [("billed:Sheet1", "billed")]
    assert runs(billed) == [("A", "2024-01-01", None, 100), ("B", "2024-02-01", None, 200),
                            ("C", "2024-01-01", None, 5)]
    assert runs(reading(given, billed="mrr"))[:2] == [("A", "2024-01-01", "2024-02-01", 300),
                                                      ("A", "2024-04-01", "2024-05-01", 300)]


def test_bills_of_few_customers_are_asked_about_and_taken_as_mrr():
    given = sheet(["customer", *(f"2024-{month:02d}" for month in range(1, 6))], ["A", 30, None, None, 30, None],
                  ["B", 6, 6, 6, 6, 6], ["C", 5, 5, 5, 5, 5])
    assert [(question.id, question.assumed) for question in reading(given).questions] == [("billed:Sheet1", "mrr")]
    assert runs(reading(given, billed="billed"))[0] == ("A", "2024-01-01", None, 10)


def test_a_yearly_bill_covers_twelve_months():
    months = [f"{2023 + place // 12}-{place % 12 + 1:02d}" for place in range(18)]
    given = sheet(["customer", *months], ["A", 120, *[None] * 11, 240, *[None] * 5],
                  ["B", *[None] * 2, 36, *[None] * 15])
    # B's only bill of March 2023 covers February 2024 and is not followed by another one: gone in March.
    assert runs(reading(given)) == [("A", "2023-01-01", "2024-01-01", 10), ("A", "2024-01-01", None, 20),
                                    ("B", "2023-03-01", "2024-03-01", 3)]


def test_a_row_with_an_unreadable_amount_is_refused_with_its_cell():
    read_sheet = reading(sheet(["顧客名", "2024/01", "2024/02", "2024/03"], ["A", 1, "要確認", 1], ["B", 2, 2, 2],
                               ["C", "継続中", 3, 3], ["D", 4, "解約", None]))
    assert [(one.row, one.column, one.value) for one in read_sheet.refusals] == [
        (2, "2024/02", "要確認"), (4, "2024/01", "継続中")]
    assert {who for who, *_rest in runs(read_sheet)} == {"B", "D"}
    assert read_sheet.tables["customers"]["customer_id"].tolist() == ["A", "B", "C", "D"]
    assert read_sheet.rows_refused == 2


def test_an_amount_without_customer_or_month_is_refused():
    wide = reading(sheet(["customer", "2024/01", "2024/02", "2024/03"], ["A", 1, 1, 1], [None, 2, 2, 2]))
    assert [(one.row, one.column) for one in wide.refusals] == [(3, "customer")]
    long = reading(csv("customer,month,mrr\nA,2024-01,1\nA,2024-02,1\nA,,1\nB,2024-01,2\nB,soon,2\nB,2024-03,2\n"
                       "B,2024-04,2\nB,2024-05,2\nB,2024-06,2\nB,2024-07,2\nB,2024-08,2\nB,2024-09,2\nB,2024-10,2\n"
                       "B,2024-11,2\nB,2024-12,2\nA,2024-03,1\nA,2024-04,1\nA,2024-05,1\nA,2024-06,1\nA,2024-07,1\n"))
    assert [(one.row, one.column, one.value) for one in long.refusals] == [(4, "month", ""), (6, "month", "soon")]


def test_totals_are_left_out_and_named():
    read_sheet = reading(sheet(["顧客名", "2024年1月", "2024年2月", "上半期計", "2024年3月", "合計"],
                               ["A", 1, 1, 2, 1, 3], ["B", 2, 2, 4, 2, 6], ["合計", 3, 3, 6, 3, 9]))
    assert read_sheet.mapping.attributes == ()
    assert [run[3] for run in runs(read_sheet)] == [1, 2]
    assert read_sheet.tables["customers"]["customer_id"].tolist() == ["A", "B"]
    assert "上半期計, 合計" in notes(read_sheet)
    assert "Total rows left out" in notes(read_sheet)


def test_subtotals_are_told_from_customers_by_what_they_add_up():
    # 東京 計 = A + B, 大阪 計 = C; Total Energies is a customer.
    read_sheet = reading(sheet(["顧客名", "2024年1月", "2024年2月", "2024年3月"], ["A", 1, 1, 1], ["B", 2, 2, None],
                               ["東京 計", 3, 3, 1], ["C", 4, 4, 4], ["大阪 計", 4, 4, 4], ["Total Energies", 5, 5, 5],
                               ["総計", 12, 12, 10]))
    assert read_sheet.tables["customers"]["customer_id"].tolist() == ["A", "B", "C", "Total Energies"]
    assert sum(run[3] for run in runs(read_sheet) if run[2] is None) == 10


def test_units_of_the_title_multiply():
    read_sheet = reading(sheet(["MRR推移（単位：千円）"], ["顧客名", "2024年1月", "2024年2月", "2024年3月"],
                               ["A", 12, 12, 12], ["B", 3, 3, "5,000円"]))
    assert [run[3] for run in runs(read_sheet)] == [12_000, 3_000, 5_000]
    assert set(read_sheet.tables["subscriptions"]["currency"]) == {"JPY"}


@pytest.mark.parametrize(("title", "suffix"), [("ARR推移", ""), ("推移", " ARR"), ("年額一覧", "")])
def test_yearly_amounts_by_month_are_divided_by_twelve(title: str, suffix: str):
    given = sheet([title], ["顧客名", *(month + suffix for month in MONTHS)], ["A", 120, 120, 240, 240],
                  ["B", 12, 12, 12, 12])
    assert [run[3] for run in runs(reading(given))] == [10, 20, 1]
    assert [(question.id, question.assumed) for question in reading(given).questions] == [
        (f"amount_is:{MONTHS[0]}{suffix} – {MONTHS[-1]}{suffix}", "year")]
    assert [run[3] for run in runs(reading(given, amount_is="month"))] == [120, 240, 12]


def test_several_rows_of_one_customer_and_month_are_added_up_and_named():
    read_sheet = reading(csv(
        "顧客名,対象月,MRR\nA,2024/1/1,1\nA,2024/2/1,1\nB,2024/1/1,2\nB,2024/2/1,2\nB,2024/2/1,3\n"))
    assert runs(read_sheet) == [("A", "2024-01-01", None, 1), ("B", "2024-01-01", "2024-02-01", 2),
                                ("B", "2024-02-01", None, 5)]
    assert "added up: 1 (row 6)" in notes(read_sheet)


def test_the_start_of_a_contract_beside_months_is_the_first_contract_day():
    read_sheet = reading(sheet(["顧客名", "契約開始日", "2024年1月", "2024年2月", "2024年3月"],
                               ["A", "2022/5/1", 1, 1, 1], ["B", "2024/2/1", None, 2, 2]))
    assert read_sheet.mapping.columns["customers.started_on"] == "契約開始日"
    assert runs(read_sheet) == [("A", "2024-01-01", None, 1), ("B", "2024-02-01", None, 2)]
    book = book_of([read_sheet])
    assert [dt.date(1970, 1, 1) + dt.timedelta(days=int(day)) for day in book.start_day] == [
        dt.date(2022, 5, 1), dt.date(2024, 2, 1)]


def test_tables_of_following_months_continue_each_other():
    first = sheet(["customer", "2024-01", "2024-02", "2024-03"], ["A", 1, 1, 1], ["B", 2, 2, 2], name="H1")
    second = sheet(["customer", "2024-04", "2024-05", "2024-06"], ["A", 1, 1, 1], ["C", 4, 4, 4], name="H2")
    book = book_of([reading(first), reading(second)])
    assert (book.as_of, book.data_from) == (dt.date(2024, 6, 30), dt.date(2024, 2, 1))
    # A goes on, B leaves in April, C is new in April.
    assert values(book, "2024-04", "mrr", "new_mrr", "churn_mrr", "reactivation_mrr") == [5, 4, 2, 0]


@pytest.mark.parametrize("given", [
    csv("customer,start date,mrr\nA,2024-01-01,10\nA,2024-06-01,12\nB,2024-02-01,10\nB,2024-09-01,15\n"),
    csv("customer,start date,end date,mrr\nA,2024-01-01,2024-02-01,10\nA,2024-02-01,2024-03-01,12\n"
        "B,2024-02-01,2024-03-01,10\n"),
    csv("customer,start date,mrr\nA,2024-01-01,10\nB,2024-02-01,12\nC,2024-03-01,10\n"),
    csv("customer,start date,mrr,2024-01,2024-02,2024-03\nA,2024-01-01,10,1,2,3\nB,2024-02-01,12,0,2,3\n"),
], ids=["price changes", "with ends", "one each", "with fee"])
def test_contract_rows_stay_contract_rows(given: Sheet):
    assert guess(given).shape in ("contract_rows", "one_row_per_customer")


def test_logins_per_month_are_no_mrr():
    given = sheet(["顧客名", *MONTHS], ["A", 1, 2, 3, 4], ["B", 5, 6, 7, 8], name="ログイン回数")
    assert "subscriptions" not in guess(given).tables


def test_a_mapping_with_months_is_saved_and_fits_the_file_of_the_next_month():
    saved = mappings(document_text([reading(WIDE)]))
    assert saved == [guess(WIDE)]
    grown = sheet(["顧客名", "担当", *MONTHS, "2024年5月"], ["A", "佐藤", 100, 100, 100, 100, 90])
    found = applied(saved, [grown])[0]
    assert found.months == {**guess(WIDE).months, "2024年5月": "2024-05"}
    assert runs(read(grown, found))[-1] == ("A", "2024-05-01", None, 90)


def test_a_month_that_is_none_is_refused_in_a_saved_mapping():
    with pytest.raises(DataError, match="months"):
        mappings(document_text([reading(WIDE)]).replace('"2024-01"', '"2024-13"'))


def test_a_month_moved_to_a_field_is_no_month_any_more():
    moved = corrected(guess(WIDE), MONTHS[0], None)
    assert MONTHS[0] not in moved.months
    assert MONTHS[0] in moved.attributes
    assert read(WIDE, moved).months == (dt.date(2024, 2, 1), dt.date(2024, 4, 30))


@pytest.mark.parametrize(("label", "total"), [("行ラベル", "総計"), ("Row Labels", "Grand Total")])
def test_a_pivot_table_of_months_is_read(label: str, total: str) -> None:
    given = sheet(["合計 / 月額", "列ラベル", None, None, None], [label, "2024/4", "2024/5", "2024/6", total],
                  ["甲", 100, 100, 100, 300], ["乙", 50, 50, None, 100], [total, 150, 150, 100, 400])
    contracts = reading(given).tables["subscriptions"]
    assert contracts[["customer_id", "mrr"]].to_numpy().tolist() == [["甲", 100.0], ["乙", 50.0]]
