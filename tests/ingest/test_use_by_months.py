"""Use by months, in columns and in rows, becomes use on the last day of each month (handbook 1)."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from cs_kpi.binding import book_of
from cs_kpi.errors import DataError
from cs_kpi.ingest.corrections import IGNORED, corrected
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.understanding import document_text, mappings
from tests.ingest.given import csv, reading, sheet

MONTHS = ["2024年1月", "2024年2月", "2024年3月"]
WIDE = sheet(["顧客名", "業種", *MONTHS], ["A", "製造", 10, 0, None], ["B", "小売", 5, 6, 7],
             ["C", "小売", None, 0, None], name="ログイン回数")
LONG = csv("顧客名,年月,ログイン回数\nA,2024年1月,10\nA,2024年2月,0\nB,2024年1月,5\nB,2024年2月,6\nB,2024年3月,7\n")
USE = [("A", "2024-01-31", 10), ("B", "2024-01-31", 5), ("B", "2024-02-29", 6), ("B", "2024-03-31", 7)]


def use(found: SheetReading, field: str = "count") -> list[tuple[Any, ...]]:
    frame = found.tables["usage"]
    return list(zip(frame["customer_id"], frame["date"].dt.strftime("%Y-%m-%d"), frame[field], strict=True))


def notes(found: SheetReading) -> str:
    return "\n".join(note.text("en") for note in found.notes)


@pytest.mark.parametrize("given", [WIDE, LONG], ids=["wide", "long"])
def test_each_filled_month_is_use_on_its_last_day_and_0_and_blank_are_none(given: Sheet):
    assert use(reading(given)) == USE
    assert reading(given).refusals == ()


def test_customers_without_any_use_are_customers_all_the_same():
    assert reading(WIDE).tables["customers"]["customer_id"].tolist() == ["A", "B", "C"]
    assert reading(WIDE).tables["customers"]["業種"].tolist() == ["製造", "小売", "小売"]


def test_the_data_goes_up_to_the_last_month_in_which_there_was_use():
    assert book_of([reading(WIDE)]).as_of == dt.date(2024, 3, 31)


def test_a_note_says_what_the_columns_are_read_as():
    assert "3 columns are read as the count of use in their months, from 2024-01 to 2024-03" in notes(reading(WIDE))


@pytest.mark.parametrize(("name", "title", "file", "headers", "measure"), [
    ("ログイン数", "", "x.xlsx", MONTHS, "usage.count"),
    ("Sheet1", "月別利用回数", "x.xlsx", MONTHS, "usage.count"),
    ("Sheet1", "", "logins_2024.xlsx", MONTHS, "usage.count"),
    ("Monthly active users", "", "x.xlsx", ["2024-01", "2024-02", "2024-03"], "usage.count"),
    ("利用時間", "", "x.xlsx", MONTHS, "usage.minutes"),
    ("Sheet1", "", "x.xlsx", ["2024-01 sessions", "2024-02 sessions", "2024-03 sessions"], "usage.count"),
    ("Sheet1", "", "x.xlsx", ["2024-01 minutes", "2024-02 minutes", "2024-03 minutes"], "usage.minutes"),
    ("Sheet1", "", "x.xlsx", ["ログイン数 2024/01", "ログイン数 2024/02", "ログイン数 2024/03"], "usage.count"),
    ("ログイン数", "", "契約台帳.xlsx", MONTHS, "usage.count"),  # the nearer name decides
    ("契約別ログイン数", "", "x.xlsx", MONTHS, "usage.count"),
])
def test_what_a_month_counts_is_told_by_its_header_or_the_nearest_name(
        name: str, title: str, file: str, headers: list[str], measure: str):
    rows: list[list[Any]] = [["customer", *headers], ["A", 1, 2, 3], ["B", 4, 5, 6]]
    given = sheet(*([[title], []] if title else []), *rows, name=name, file=file)
    assert set(guess(given).months_of.values()) == {measure}
    assert list(guess(given).months.values()) == ["2024-01", "2024-02", "2024-03"]
    assert set(reading(given).tables) == {"customers", "usage"}


@pytest.mark.parametrize(("name", "headers"), [
    ("利用料金", MONTHS), ("Sheet1", MONTHS), ("ログイン数", ["2024-01 MRR", "2024-02 MRR", "2024-03 MRR"]),
    ("usage fees", MONTHS), ("月額(ログインIDあたり)", MONTHS)])
def test_money_by_months_stays_mrr(name: str, headers: list[str]):
    given = sheet(["customer", *headers], ["A", 1, 2, 3], ["B", 4, 5, 6], name=name)
    assert guess(given).months_of == {}
    assert "subscriptions" in reading(given).tables


def test_answers_by_months_are_neither():
    given = sheet(["customer", *MONTHS], ["A", 9, 8, 7], ["B", 4, 5, 6], name="NPS推移")
    assert guess(given).months == {}


def test_downloads_of_material_are_no_fees():
    given = sheet(["customer", *MONTHS], ["A", 9, 8, 7], name="資料アクセス数")
    assert set(guess(given).months_of.values()) == {"usage.count"}


def test_mrr_and_logins_may_stand_side_by_side():
    found = reading(sheet(
        ["顧客名", "2024-04 MRR", "2024-04 ログイン", "2024-05 MRR", "2024-05 ログイン",
         "MRR 2024/06", "ログイン数 2024/06"],
        ["A", 100, 3, 100, 0, 100, 9], ["B", 50, 1, 60, 2, None, None]))
    assert use(found) == [("A", "2024-04-30", 3), ("A", "2024-06-30", 9), ("B", "2024-04-30", 1),
                          ("B", "2024-05-31", 2)]
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 50, 60]
    assert found.mapping.mrr_months == {"2024-04 MRR": "2024-04", "2024-05 MRR": "2024-05", "MRR 2024/06": "2024-06"}


def test_two_levels_of_headers_tell_month_and_measure():
    given = sheet(["利用実績 2024年度"], ["顧客名", "4月", None, "5月", None, "6月", None],
                  [None, "MRR", "ログイン", "MRR", "ログイン", "MRR", "ログイン"], ["A", 100, 3, 100, 0, 100, 9],
                  ["B", 50, 1, 60, 2, 60, 1])
    found = reading(replace(given, merges=((1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 1, 6))))
    assert list(found.mapping.mrr_months.values()) == ["2024-04", "2024-05", "2024-06"]
    assert use(found) == [("A", "2024-04-30", 3), ("A", "2024-06-30", 9), ("B", "2024-04-30", 1),
                          ("B", "2024-05-31", 2), ("B", "2024-06-30", 1)]
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 50, 60]


def test_months_of_use_without_a_year_are_asked_about():
    given = sheet(["顧客名", "4月 ログイン", "5月 ログイン"], ["A", 1, 2], ["B", 3, 4])
    found = read(given, guess(given), today=dt.date(2024, 8, 1))
    assert [question.id.split(":")[0] for question in found.questions] == ["year_of_months"]
    assert set(found.mapping.months_of.values()) == {"usage.count"}


def test_count_and_minutes_of_a_month_are_one_row():
    found = reading(sheet(["customer", "2024-04 logins", "2024-04 minutes", "2024-05 logins", "2024-05 minutes"],
                          ["A", 3, 45, None, 10], ["B", 2, None, None, None]))
    assert use(found) == [("A", "2024-04-30", 3), ("A", "2024-05-31", pytest.approx(float("nan"), nan_ok=True)),
                          ("B", "2024-04-30", 2)]
    assert found.tables["usage"]["minutes"].fillna(-1).tolist() == [45, 10, -1]


def test_a_ledger_of_contracts_may_have_columns_of_logins():
    found = reading(sheet(["顧客名", "契約開始日", "月額", "2024-04 ログイン数", "2024-05 ログイン数"],
                          ["A", "2024-01-01", 100, 3, 4], ["B", "2024-02-01", 200, 0, 4]))
    assert found.mapping.shape == "one_row_per_customer"
    assert found.tables["subscriptions"]["mrr"].tolist() == [100, 200]
    assert use(found) == [("A", "2024-04-30", 3), ("A", "2024-05-31", 4), ("B", "2024-05-31", 4)]


def test_minutes_may_be_clock_times_or_hours():
    clock = reading(sheet(["customer", "2024-01", "2024-02", "2024-03"], ["A", "1:30:00", 5, None], name="利用時間"))
    assert use(clock, "minutes") == [("A", "2024-01-31", 90), ("A", "2024-02-29", 5)]
    hours = reading(sheet(["customer", "2024-01 hours", "2024-02 hours"], ["A", 1.5, 2]))
    assert use(hours, "minutes") == [("A", "2024-01-31", 90), ("A", "2024-02-29", 120)]
    assert "given in hours" in notes(hours)


def test_features_and_users_of_the_rows_go_with_their_use():
    found = reading(sheet(["顧客ID", "機能", "2024/01", "2024/02", "2024/03"], ["1", "レポート", 1, 2, 3],
                          ["1", "検索", 0, 0, 1], ["2", "検索", 1, 1, 1], name="機能別利用回数"))
    assert found.tables["usage"]["feature"].tolist() == ["レポート"] * 3 + ["検索"] * 4


def test_use_may_be_keyed_by_subscription():
    contracts = reading(csv("contract_id,customer_id,start_date,mrr\nS1,A,2024-01-01,10\n", "contracts.csv"))
    found = reading(sheet(["subscription_id", "2024-01", "2024-02", "2024-03"], ["S1", 1, 2, 3], name="logins"))
    assert book_of([contracts, found]).tables["usage"]["customer_id"].tolist() == ["A", "A", "A"]


def test_only_the_cell_that_is_no_number_is_refused():
    found = reading(sheet(["顧客名", *MONTHS], ["A", 1, "多数", 3], [None, 4, 5, 6], [None, None, 0, None],
                          name="ログイン数"))
    assert use(found) == [("A", "2024-01-31", 1), ("A", "2024-03-31", 3)]
    assert [(one.row, one.column, one.value) for one in found.refusals if one.value] == [(2, "2024年2月", "多数")]
    assert {one.row for one in found.refusals if one.column == "顧客名"} == {3, 4}  # no customer, whatever the use


def test_totals_of_use_are_left_out_and_named():
    found = reading(sheet(["顧客名", *MONTHS, "合計"], ["A", 1, 2, 3, 6], ["B", 4, 5, 6, 15], ["合計", 5, 7, 9, 21],
                          name="ログイン数"))
    assert sum(count for _who, _day, count in use(found)) == 21
    assert found.mapping.attributes == ()
    assert "Total rows left out" in notes(found)
    assert ": 合計." in notes(found)


@pytest.mark.parametrize("given", [
    sheet(["customer", "2024-01", "2024-02", "2024-03"], ["A", 1, 2, 3], name="logins"),
    csv("customer,month,logins\nA,2024-01,1\nA,2024-02,2\nA,2024-03,3\n")], ids=["wide", "long"])
def test_a_month_that_runs_is_dated_today_and_later_ones_are_plans(given: Sheet):
    found = read(given, guess(given), today=dt.date(2024, 2, 15))
    assert use(found) == [("A", "2024-01-31", 1), ("A", "2024-02-15", 2)]
    assert "Months after 2024-02 lie in the future and were left out: 1 cells." in notes(found)


def test_days_of_use_stay_the_days_that_they_are():
    daily = reading(csv("customer_id,usage_date,count\nA,2024-01-01,0\nA,2024-02-01,2\n", "usage.csv"))
    assert [day for _who, day, _count in use(daily)] == ["2024-01-01", "2024-02-01"]  # 0 is kept: a day was told
    firsts = reading(sheet(["顧客名", "対象月", "利用回数"], ["A", dt.datetime(2024, 1, 1), 4],
                           ["B", dt.datetime(2024, 2, 1), 0]))
    assert use(firsts) == [("A", "2024-01-31", 4)]  # the header says that they stand for months


def test_one_day_far_below_first_days_of_months_makes_all_of_them_days():
    firsts = [["A", dt.datetime(2024, 1, 1), 1]] * 1200
    head = ["顧客名", "対象月", "利用回数"]
    assert {day for _who, day, _count in use(reading(sheet(head, *firsts)))} == {"2024-01-31"}
    mixed = reading(sheet(head, *firsts, ["A", dt.datetime(2024, 1, 2), 1]))
    assert {day for _who, day, _count in use(mixed)} == {"2024-01-01", "2024-01-02"}


def test_a_header_is_set_to_a_month_by_hand_and_taken_back():
    given = sheet(["顧客名", "業種", "4月", "先月の利用分"], ["A", "製造", 3, 30], ["B", "小売", 4, 40])
    mapping = corrected(guess(given), "4月", "months.count", "2024-04")
    mapping = corrected(mapping, "先月の利用分", "months.minutes", "2024-03")
    assert mapping.months == {"4月": "2024-04", "先月の利用分": "2024-03"}
    assert mapping.confidence["usage.customer_id"] == 1.0
    found = read(given, mapping)
    assert use(found) == [("A", "2024-03-31", pytest.approx(float("nan"), nan_ok=True)), ("A", "2024-04-30", 3),
                          ("B", "2024-03-31", pytest.approx(float("nan"), nan_ok=True)), ("B", "2024-04-30", 4)]
    back = corrected(corrected(mapping, "4月", None), "先月の利用分", IGNORED)
    assert (back.months, back.months_of, back.tables) == ({}, {}, ("customers",))
    assert back.attributes == ("業種", "4月")


def test_a_month_set_by_hand_must_be_told():
    with pytest.raises(DataError, match="does not say which month it holds"):
        corrected(guess(WIDE), "業種", "months.count")


def test_a_month_of_logins_becomes_one_of_mrr_by_hand():
    mapping = guess(WIDE)
    for header in MONTHS:
        mapping = corrected(mapping, header, "months.mrr")
    assert (mapping.use_months, list(mapping.mrr_months.values())) == ({}, ["2024-01", "2024-02", "2024-03"])
    assert "usage" not in mapping.tables
    assert read(WIDE, mapping).tables["subscriptions"]["mrr"].tolist() == [10, 5, 6, 7]


def test_the_document_reads_back_and_next_months_file_goes_on():
    found = reading(WIDE)
    saved = mappings(document_text([found]))
    assert saved == [found.mapping]
    later = sheet(["顧客名", "業種", *MONTHS, "2024年4月"], ["A", "製造", 10, 0, None, 1], name="ログイン回数",
                  file="next.xlsx")
    assert applied(saved, [later])[0].months_of["2024年4月"] == "usage.count"
    mixed = guess(sheet(["顧客名", *(f"2024-0{month} {word}" for month in (1, 2, 3) for word in ("MRR", "ログイン"))],
                        ["A", 1, 2, 3, 4, 5, 6]))
    headers = [f"2024-0{month} {word}" for month in (1, 2, 3, 4) for word in ("MRR", "ログイン")]
    next_one = applied([mixed], [sheet(["顧客名", *headers], ["A", *range(8)])])[0]
    assert next_one.months_with("usage.count")["2024-04 ログイン"] == "2024-04"
    assert next_one.mrr_months["2024-04 MRR"] == "2024-04"


counts = st.one_of(st.none(), st.integers(0, 50))


@settings(max_examples=20, deadline=None)
@generated(st.lists(st.lists(counts, min_size=4, max_size=4), min_size=2, max_size=6).filter(
    lambda rows: any(count for row in rows for count in row)))
def test_a_wide_sheet_of_use_says_the_same_as_its_long_form(rows: list[list[int | None]]):
    months = [f"2024-{month:02d}" for month in range(1, 5)]
    wide = sheet(["customer", *months], *([f"C{place}", *row] for place, row in enumerate(rows)), name="logins")
    long = csv("customer,month,logins\n" + "".join(
        f"C{place},{month},{'' if count is None else count}\n" for place, row in enumerate(rows)
        for month, count in zip(months, row, strict=True)))
    assert use(reading(wide)) == use(reading(long))


def test_columns_read_sideways_without_a_customer_are_said_not_to_be_read():
    given = sheet(["合計の種類", *MONTHS], ["a", 1, 2, 3], name="ログイン数")
    mapping = guess(given, 1)
    assert mapping.tables == ()
    by_hand = corrected(corrected(mapping, MONTHS[0], "months.count"), MONTHS[1], "milestones")
    found = read(given, by_hand)
    assert found.tables == {}
    assert "Table 'Usage' was not read, because no column is mapped to Customer ID." in notes(found)
    assert "Table 'Onboarding milestones' was not read, because no column is mapped to Customer ID." in notes(found)
