"""Each finding on a small book that holds it once, beside a customer with nothing odd."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.quality.finding import Finding, listed
from cs_kpi.quality.report import findings

TODAY = dt.date(2024, 12, 31)
SOUND = ("C0", "2024-01-01", None, 100.0)


def contracts(*rows: tuple[str, str, str | None, float], **more: list[Any]) -> pd.DataFrame:
    """Contract rows as (customer, start, end, MRR), standing in rows 2, 3, ... of one sheet."""
    frame = pd.DataFrame(rows, columns=["customer_id", "start_date", "end_date", "mrr"])
    return frame.assign(start_date=pd.to_datetime(frame["start_date"]), end_date=pd.to_datetime(frame["end_date"]),
                        charge_kind="recurring", **more, _file="a.xlsx", _sheet="s", _row=range(2, 2 + len(frame)))


def found(*rows: tuple[str, str, str | None, float], today: dt.date = TODAY, **tables: pd.DataFrame
          ) -> dict[str, Finding]:
    return {one.id: one for one in findings(Book({"subscriptions": contracts(*rows), **tables}, today=today))}


def test_a_sound_book_has_no_findings() -> None:
    assert found(SOUND, ("C1", "2024-02-01", "2024-08-31", 80.0), ("C1", "2024-09-01", None, 90.0)) == {}


def test_the_second_of_two_equal_rows_is_named() -> None:
    odd = found(SOUND, ("C1", "2024-02-01", None, 50.0), ("C1", "2024-02-01", None, 50.0))
    assert odd.keys() == {"repeated_contracts"}
    assert odd["repeated_contracts"].rows["_row"].tolist() == [4]


def test_a_row_that_begins_before_the_one_before_ends_overlaps() -> None:
    odd = found(SOUND, ("C1", "2024-02-01", "2024-08-31", 50.0), ("C1", "2024-08-15", None, 60.0))
    rows = odd["overlaps"].rows
    assert rows["_row"].tolist() == [4]
    assert rows["previous_end"].tolist() == [pd.Timestamp("2024-08-31")]


@pytest.mark.parametrize("second", ["2024-08-31", "2024-09-01"])
def test_a_renewal_does_not_overlap(second: str) -> None:
    assert found(SOUND, ("C1", "2024-02-01", "2024-08-31", 50.0), ("C1", second, None, 60.0)) == {}


def test_a_row_inside_an_open_one_overlaps_with_it() -> None:
    rows = found(SOUND, ("C1", "2024-02-01", None, 50.0), ("C1", "2024-03-01", "2024-04-30", 60.0))["overlaps"].rows
    assert rows["_row"].tolist() == [4]
    assert rows["previous_end"].isna().all()


@pytest.mark.parametrize("column", ["product", "subscription_id"])
def test_contracts_of_two_products_or_numbers_do_not_overlap(column: str) -> None:
    frame = contracts(("C1", "2024-02-01", None, 50.0), ("C1", "2024-03-01", None, 60.0), **{column: ["A", "B"]})
    assert findings(Book({"subscriptions": frame}, today=TODAY)) == []


def test_a_gap_of_a_month_is_named_with_its_days() -> None:
    odd = found(SOUND, ("C1", "2024-02-01", "2024-05-31", 50.0), ("C1", "2024-07-01", None, 50.0))
    rows = odd["gaps"].rows
    # 2024-05-31 is the day of the end, 2024-07-01 the next start: 31 days.
    assert (rows["_row"].tolist(), rows["gap_days"].tolist()) == ([4], [31])


def test_a_gap_beyond_a_quarter_is_no_slip() -> None:
    assert found(SOUND, ("C1", "2024-02-01", "2024-05-31", 50.0), ("C1", "2024-09-01", None, 50.0)) == {}


@pytest.mark.parametrize(("after", "is_odd"), [(500.0, True), (499.0, False), (5.0, True), (5.1, False)])
def test_a_price_ten_times_or_a_tenth_of_the_one_before_is_a_jump(after: float, is_odd: bool) -> None:
    odd = found(SOUND, ("C1", "2024-02-01", "2024-05-31", 50.0), ("C1", "2024-06-01", None, after))
    assert ("price_jumps" in odd) is is_odd
    assert not is_odd or odd["price_jumps"].rows["previous_mrr"].tolist() == [50.0]


def test_an_amount_beyond_a_thousand_times_the_usual_one_is_large() -> None:
    rows = [(f"C{number}", "2024-01-01", None, 100.0) for number in range(5)]
    assert found(*rows, ("C9", "2024-01-01", None, 100_001.0))["large_amounts"].rows["customer_id"].tolist() == ["C9"]
    assert "large_amounts" not in found(*rows, ("C9", "2024-01-01", None, 100_000.0))


def test_a_credit_note_is_named() -> None:
    odd = found(SOUND, ("C0", "2024-03-01", "2024-03-31", -10.0))
    assert odd["credit_notes"].rows["mrr"].tolist() == [-10.0]


def test_a_month_in_which_the_whole_mrr_moves_by_more_than_half_is_named() -> None:
    rows = [(f"C{number:02d}", "2024-01-01", None, 100.0) for number in range(20)]
    rows += [(f"D{number:02d}", "2024-05-01", None, 100.0) for number in range(11)]
    last = ("E00", "2024-06-01", None, 100.0)  # until which the data speaks, so that May is over
    jumps = found(*rows, last)["total_jumps"].rows
    assert jumps[["month", "previous_mrr", "mrr"]].to_numpy().tolist() == [["2024-05", 2000.0, 3100.0]]
    assert "total_jumps" not in found(*rows[:-1], last)  # 3,000 is half more, no more than that


def test_a_planned_contract_and_a_fact_of_the_future_are_told_apart() -> None:
    use = pd.DataFrame({"customer_id": ["C0", "C0"], "date": pd.to_datetime(["2024-12-31", "2025-12-01"]),
                        "_file": "u.csv", "_sheet": "u", "_row": [2, 3]})
    odd = found(SOUND, ("C1", "2025-02-01", None, 50.0), usage=use)
    assert odd["future_starts"].rows["_row"].tolist() == [3]
    assert odd["future_facts"].rows[["_file", "_row"]].to_numpy().tolist() == [["u.csv", 3]]


def test_dates_of_an_empty_excel_cell_are_odd() -> None:
    assert found(SOUND, ("C1", "1900-01-01", None, 50.0))["odd_years"].rows["_row"].tolist() == [3]


def test_use_long_after_the_end_is_counted_per_customer() -> None:
    use = pd.DataFrame({"customer_id": ["C1"] * 3 + ["C0"],
                        "date": pd.to_datetime(["2024-07-01", "2024-07-31", "2024-09-01", "2024-09-01"])})
    odd = found(SOUND, ("C1", "2024-02-01", "2024-06-30", 50.0), usage=use)
    # 30 June + 31 days is 31 July: only 1 September is later.
    rows = odd["late_use"].rows
    assert rows[["customer_id", "times"]].to_numpy().tolist() == [["C1", 1]]
    assert rows["date"].tolist() == [pd.Timestamp("2024-09-01")]


def test_customers_without_contract_and_without_a_row_on_the_list_are_named() -> None:
    listed_ = pd.DataFrame({"customer_id": ["C0", "C7"], "customer_name": ["Acme", "Best"], "_file": "c.csv",
                            "_sheet": "c", "_row": [2, 3]})
    odd = found(SOUND, ("C1", "2024-02-01", None, 50.0), customers=listed_)
    assert odd["without_contract"].rows[["_file", "_row", "customer_name"]].to_numpy().tolist() == [
        ["c.csv", 3, "Best"]]
    assert odd["unlisted"].rows["customer_id"].tolist() == ["C1"]


def test_a_customer_that_two_rows_describe_differently_is_named_once_per_column() -> None:
    described = pd.DataFrame({"customer_id": ["C0", "C0"], "customer_name": ["Acme", "Acme"], "owner": ["Sato", "Ito"]})
    rows = found(SOUND, customers=described)["told_differently"].rows
    assert rows["values"].tolist() == ["Sato / Ito"]


def test_the_same_name_in_two_spellings_is_no_contradiction() -> None:
    described = pd.DataFrame({"customer_id": ["C0", "C0"], "customer_name": ["株式会社山田", "㈱山田"]})
    assert found(SOUND, customers=described) == {}


def test_repeated_answers_are_named() -> None:
    answers = pd.DataFrame({"customer_id": ["C0"] * 3, "answered_on": pd.to_datetime(["2024-03-01"] * 3),
                            "kind": "nps", "score": [9.0, 9.0, 8.0], "_file": "n.csv", "_sheet": "n",
                            "_row": [2, 3, 4]})
    assert found(SOUND, surveys=answers)["repeated_facts"].rows["_row"].tolist() == [3]


def test_a_list_for_the_reader_names_its_columns_and_can_hide_customers() -> None:
    odd = found(SOUND, ("C1", "2025-02-01", None, 50.0))["future_starts"]
    assert list(listed(odd, "ja").columns) == ["ファイル", "シート", "行", "顧客ID", "顧客名", "表", "列", "日付"]
    shown = listed(odd, "en", hides_names=True)
    assert shown.to_dict("records") == [{"File": "a.xlsx", "Sheet": "s", "Row": 3, "Table": "Subscriptions",
                                         "Column": "Start date", "Date": dt.date(2025, 2, 1)}]
