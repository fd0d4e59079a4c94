"""Several exports of one table: appended, replaced or merged by the likelier reading, until the user says otherwise."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.binding import book_of
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.overlaps import Choice
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import SheetReading
from cs_kpi.ingest.versions import Loaded, VersionChoice, Versions, answers, pair_key, versions, wording
from cs_kpi.kpi.readings import readings
from cs_kpi.locale import LANGUAGES
from cs_kpi.periods import parse
from tests.ingest.given import csv

HEADERS = "customer_id,product,mrr,start_date,end_date"
TODAY = dt.date(2024, 12, 31)


def ledger(*rows: str, headers: str = HEADERS) -> str:
    return "\n".join([headers, *rows]) + "\n"


def contract(number: int, mrr: int = 100, end: str = "", start: str = "2024-01-01") -> str:
    return f"C{number:02},CRM,{mrr},{start},{end}"


def read_text(name: str, text: str) -> SheetReading:
    given_sheet = csv(text, name)
    return read(given_sheet, guess(given_sheet), TODAY)


def loaded(**files: str) -> list[Loaded]:
    """Files in the order of loading; `_` before a number in a name stands for a hyphen."""
    return [Loaded(f"{name}:sheet", name, read_text(f"{name.replace('__', '-')}.csv", text))
            for name, text in files.items()]


def decided(result: Versions) -> list[tuple[str, str, Choice, int, int]]:
    return [(pair.older.file, pair.newer.file, pair.choice, pair.overlap.shared, pair.overlap.older)
            for pair in result.found]


def starts(result: Versions) -> list[tuple[str, int]]:
    """Customer and MRR of every contract row that counts."""
    return sorted((row.customer_id, int(row.mrr)) for one in result.readings
                  for row in one.tables["subscriptions"].itertuples())


TEN = [contract(number) for number in range(10)]


def test_files_with_other_rows_are_appended_and_nobody_is_asked() -> None:
    april = ledger(*(contract(number, start="2024-04-01") for number in range(5)))
    may = ledger(*(contract(number, start="2024-05-01") for number in range(5, 9)))
    result = versions(loaded(ledger_2024__04=april, ledger_2024__05=may))
    assert result.found == ()
    assert len(starts(result)) == 9


def test_a_newer_export_of_everything_replaces_the_older_one() -> None:
    may = [contract(0, end="2024-05-10"), *TEN[1:], contract(10, start="2024-05-01")]
    result = versions(loaded(april=ledger(*TEN), may=ledger(*may)))
    assert decided(result) == [("april", "may", "replace", 10, 10)]
    assert [one.file for one in result.sheets] == ["may"]
    assert {key: one.file for key, one in result.set_aside.items()} == {"april:sheet": "may"}


def test_an_extract_of_what_changed_is_merged_by_key() -> None:
    changes = [contract(0, end="2024-05-10"), contract(1), contract(10, start="2024-05-01")]
    result = versions(loaded(april=ledger(*TEN), may=ledger(*changes)))
    assert decided(result) == [("april", "may", "merge", 2, 10)]  # 2 of 10 stand in both: 8 kept, 3 new
    assert len(starts(result)) == 11
    ends = [one.tables["subscriptions"]["end_date"].notna().sum() for one in result.readings]
    assert ends == [0, 1], "the newer row of C00 wins"


def test_another_product_of_the_same_customers_is_appended_and_asked_about() -> None:
    headers = "customer_id,mrr,start_date,end_date"
    one = ledger(*(f"C{number},100,2024-01-01," for number in range(10)), headers=headers)
    other = ledger(*(f"C{number},35,2024-01-01," for number in range(10)), headers=headers)
    result = versions(loaded(crm=one, support=other))
    assert decided(result) == [("crm", "support", "append", 10, 10)]
    assert len(starts(result)) == 20


def test_contract_numbers_name_a_row_even_when_its_start_moves() -> None:
    headers = f"subscription_id,{HEADERS}"
    april = ledger(*(f"S{number},{contract(number)}" for number in range(10)), headers=headers)
    may = ledger(*(f"S{number},{contract(number, start='2024-05-01')}" for number in range(10)), headers=headers)
    assert decided(versions(loaded(april=april, may=may))) == [("april", "may", "replace", 10, 10)]


def test_running_numbers_are_no_contract_numbers() -> None:
    headers = f"subscription_id,{HEADERS}"
    east = ledger(*(f"{number},{contract(number)}" for number in range(10)), headers=headers)
    west = ledger(*(f"{number},{contract(number + 50)}" for number in range(10)), headers=headers)
    assert versions(loaded(east=east, west=west)).found == ()


def test_the_same_contracts_under_other_headers_count_once() -> None:
    english = ledger(*TEN)
    japanese = ledger(*(f"C{number:02},株式会社{number},基本,100,2024/1/1" for number in range(8)),
                      headers="顧客ID,顧客名,契約プラン,月額,契約開始日")
    result = versions(loaded(crm=english, daicho=japanese))
    assert decided(result) == [("crm", "daicho", "merge", 8, 10)]
    assert len(starts(result)) == 10


def test_the_day_in_the_name_says_which_one_is_newer() -> None:
    may = ledger(*TEN, contract(10, start="2024-05-01"))
    result = versions(loaded(ledger_2024__05=may, ledger_2024__04=ledger(*TEN)))
    assert decided(result) == [("ledger_2024__04", "ledger_2024__05", "replace", 10, 10)]


def test_without_a_day_in_the_name_the_later_contracts_say_it() -> None:
    may = ledger(*TEN, contract(10, start="2024-05-01"))
    assert decided(versions(loaded(b=may, a=ledger(*TEN)))) == [("a", "b", "replace", 10, 10)]


@pytest.mark.parametrize(("choice", "rows"), [("replace", 8), ("merge", 10), ("append", 18)])
def test_the_users_answer_wins_and_can_be_changed_again(choice: Choice, rows: int) -> None:
    files = loaded(april=ledger(*TEN), may=ledger(*TEN[2:]))
    key = pair_key(files[0].key, files[1].key)
    said = VersionChoice(older=files[0].key, newer=files[1].key, choice=choice)
    result = versions(files, {key: said})
    assert [(pair.choice, pair.is_answered, pair.key) for pair in result.found] == [(choice, True, key)]
    assert len(starts(result)) == rows


def test_the_user_can_say_which_one_is_newer() -> None:
    files = loaded(april=ledger(*TEN), may=ledger(*TEN[2:]))
    said = VersionChoice(older=files[1].key, newer=files[0].key)
    result = versions(files, {pair_key(files[0].key, files[1].key): said})
    assert decided(result) == [("may", "april", "replace", 8, 8)]
    assert [pair.is_answered for pair in result.found] == [False]


def test_of_three_exports_the_last_one_counts() -> None:
    result = versions(loaded(a=ledger(*TEN), b=ledger(*TEN, contract(10)), c=ledger(*TEN, contract(10), contract(11))))
    assert [one.file for one in result.sheets] == ["c"]
    assert sorted(result.set_aside) == ["a:sheet", "b:sheet"]


def test_sheets_of_one_file_are_no_versions_of_each_other() -> None:
    one, other = loaded(a=ledger(*TEN), b=ledger(*TEN))
    both = [one, Loaded(other.key, one.file, other.reading)]
    assert versions(both).found == ()


USE = "customer_id,usage_date,feature,count"


def test_a_month_to_date_log_is_replaced_by_the_whole_month() -> None:
    half = [f"C{number % 4},2024-04-{number + 1:02},search,{number}" for number in range(15)]
    month = [*half, *(f"C{number % 4},2024-04-{number + 1:02},search,{number}" for number in range(15, 30))]
    assert decided(versions(loaded(log=ledger(*half, headers=USE), log_=ledger(*month, headers=USE)))) == [
        ("log", "log_", "replace", 15, 15)]


def test_logs_that_overlap_by_some_days_are_merged() -> None:
    days = [f"C{number % 4},2024-04-{number + 1:02},search,{number}" for number in range(30)]
    result = versions(loaded(a=ledger(*days[:20], headers=USE), b=ledger(*days[15:], headers=USE)))
    assert decided(result) == [("a", "b", "merge", 5, 20)]
    assert sum(len(one.tables["usage"]) for one in result.readings) == 30


def test_two_logs_that_share_a_row_by_chance_are_appended() -> None:
    days = [f"C{number % 4},2024-04-{number % 30 + 1:02},search{number},{number}" for number in range(60)]
    assert versions(loaded(a=ledger(*days[:31], headers=USE), b=ledger(*days[30:], headers=USE))).found == ()


WIDE = "customer_id,2024-01,2024-02,2024-03,2024-04"
OLD_MONTHS = ["A,100,100,100,100", "B,50,50,50,50", "C,70,,,"]


def mrr(result: Versions) -> list[int]:
    """Closing MRR of January to June."""
    book = book_of(result.readings, today=TODAY)
    months = [parse(f"2024-{month:02}") for month in range(1, 7)]
    return [int(one.value or 0) for one in readings(book, months, ["mrr"])]


def test_months_that_follow_are_appended() -> None:
    wide = ledger("A,100,110,1", "B,,50,1", headers="customer_id,2024-05,2024-06,2024-07")
    result = versions(loaded(first=ledger(*OLD_MONTHS, headers=WIDE), second=wide))
    assert result.found == ()
    assert mrr(result) == [220, 150, 150, 150, 100, 160]


def test_of_overlapping_months_the_newer_table_wins_and_older_months_are_kept() -> None:
    """C left before the newer table begins; B left in April, and its April of 50 was corrected."""
    newer = ledger("A,100,120,120,120", "B,50,,,", headers="customer_id,2024-03,2024-04,2024-05,2024-06")
    result = versions(loaded(first=ledger(*OLD_MONTHS, headers=WIDE), second=newer))
    assert decided(result) == [("first", "second", "merge", 2, 3)]
    # Jan 100 + 50 + 70, Feb 100 + 50, Mar 100 + 50 from the newer; from April on A alone at 120
    assert mrr(result) == [220, 150, 150, 120, 120, 120]


def test_a_customer_whom_the_newer_months_do_not_know_ends_with_the_older_ones() -> None:
    newer = ledger("A,100,100,100,100", headers="customer_id,2024-03,2024-04,2024-05,2024-06")
    result = versions(loaded(first=ledger(*OLD_MONTHS, headers=WIDE), second=newer))
    assert mrr(result) == [220, 150, 150, 150, 100, 100]


def test_a_table_with_all_the_months_and_more_replaces_the_older_one() -> None:
    newer = ledger("A,100,100,100,100,100", "B,50,50,50,50,50", "C,70,,,,", headers=WIDE + ",2024-05")
    result = versions(loaded(first=ledger(*OLD_MONTHS, headers=WIDE), second=newer))
    assert decided(result) == [("first", "second", "replace", 3, 3)]


def test_months_of_other_customers_stand_beside_each_other() -> None:
    west = ledger("W,1,1,1,1", "X,1,1,1,1", headers=WIDE)
    assert versions(loaded(east=ledger(*OLD_MONTHS, headers=WIDE), west=west)).found == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_names_both_files_and_the_rows(language: str) -> None:
    [pair] = versions(loaded(april=ledger(*TEN), may=ledger(*TEN[2:]))).found
    said = wording(pair).text(language)  # type: ignore[arg-type]
    assert all(part in said for part in ("april.csv", "may.csv", "8", "10"))
    offered = answers(pair)
    assert list(offered) == ["replace", "merge", "append"]
    assert "2" in offered["replace"].text(language)  # type: ignore[arg-type]


@settings(max_examples=40)
@given(st.sets(st.integers(0, 30), min_size=1), st.sets(st.integers(0, 30), min_size=1))
def test_merged_every_key_counts_once_and_none_is_lost(older: set[int], newer: set[int]) -> None:
    files = loaded(a=ledger(*map(contract, sorted(older))), b=ledger(*(contract(n, mrr=200) for n in sorted(newer))))
    key = pair_key(files[0].key, files[1].key)
    said = VersionChoice(older=files[0].key, newer=files[1].key, choice="merge")
    expected = {f"C{n:02}": 100 for n in older} | {f"C{n:02}": 200 for n in newer}
    assert dict(starts(versions(files, {key: said}))) == expected


def log(headers: str, *words: str, rows: int = 12, extra: int = 0) -> str:
    """Twelve rows of four customers on three days, with 1 to 12 uses, what was used in the words of a language."""
    used = [(words[at % len(words)], at + 1 + extra) for at in range(rows)]
    return ledger(*(f"C{at % 4},2024-05-{at // 4 + 1:02},{what},{count}" for at, (what, count) in enumerate(used)),
                  headers=headers)


JAPANESE = log("顧客ID,利用日,機能,回数", "帳票", "検索")
ENGLISH = log("Customer ID,Date,Feature,Count", "Reports", "Search")


def test_the_same_use_in_two_languages_is_asked_about_and_counts_once() -> None:
    result = versions(loaded(ja=JAPANESE, en=ENGLISH))
    assert decided(result) == [("ja", "en", "merge", 12, 12)]
    assert "says the same as 'ja.csv' under other headers" in wording(result.found[0]).text("en")
    assert sum(len(one.tables["usage"]) for one in result.readings) == 12


def test_answers_and_contacts_in_two_languages_are_asked_about_too() -> None:
    answers_ = [("顧客ID,回答日,NPS,コメント", "よい"), ("Customer ID,Answered on,NPS,Comment", "good")]
    contacts = [("顧客ID,対応日,優先度,件名", "高"), ("Customer ID,Date,Priority,Subject", "high")]
    for table, texts in (("surveys", answers_), ("interactions", contacts)):
        ja, en = (ledger(*(f"C{at % 4},2024-05-{at // 4 + 1:02},{at % 10 if table == 'surveys' else word},{word}"
                           for at in range(12)), headers=head) for head, word in texts)
        result = versions(loaded(ja=ja, en=en))
        assert decided(result) == [("ja", "en", "merge", 12, 12)]
        assert sum(len(one.tables[table]) for one in result.readings) == 12


def test_reasons_in_two_languages_count_once_and_those_that_complete_each_other_both() -> None:
    ja = ledger(*(f"C{at},2024-05-{at + 1:02},予算" for at in range(8)), headers="顧客ID,解約日,解約理由")
    en = ledger(*(f"C{at},2024-05-{at + 1:02},budget" for at in range(8)), headers="Org ID,Cancelled on,Churn reason")
    assert decided(versions(loaded(ja=ja, en=en))) == [("ja", "en", "merge", 8, 8)]
    said = ledger(*(f"C{at},2024-05-{at + 1:02},too dear" for at in range(8)), headers="Org ID,Cancelled on,Feedback")
    assert versions(loaded(ja=ja, en=said)).found == ()


def test_other_use_of_the_same_customers_on_the_same_days_stands_beside_it() -> None:
    other = log("Customer ID,Date,Feature,Count", "API", extra=5)
    assert versions(loaded(ja=JAPANESE, en=other)).found == ()
    assert versions(loaded(ja=JAPANESE, en=log("Customer ID,Date,Feature,Count", "API", rows=5))).found == ()
