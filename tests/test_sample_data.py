"""The sample data: reproducible, complete, and with its causes really in it."""

import csv
import doctest
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from sample_data import clock
from sample_data.clock import AS_OF, FIRST_DAY
from sample_data.generate import HERE
from sample_data.messy import expected_refusals, messy_sheets
from sample_data.one_row import HEADERS, one_row_csv
from sample_data.tidy import SHEETS, tidy_sheets
from sample_data.vocabulary import LANGUAGES
from sample_data.workbooks import Sheet, save
from sample_data.world import TABLES, world

Stay = tuple[date, date | None]


def cells(path: Path) -> dict[str, pd.DataFrame]:
    """Every sheet of a workbook as raw cells."""
    return pd.read_excel(path, sheet_name=None, header=None, engine="calamine")


def paid_rows() -> pd.DataFrame:
    rows = world().subscriptions
    return rows[(rows["charge_kind"] == "recurring") & (rows["fee_jpy"] > 0)]


def stays() -> dict[str, list[Stay]]:
    """Unbroken stays of each paying customer: the rows of its main product, joined across renewals."""
    result: dict[str, list[Stay]] = {}
    core = paid_rows()
    for row in core[core["product"] == "core"].sort_values("start_date").itertuples():
        known = result.setdefault(row.customer_id, [])
        if known and known[-1][1] and (row.start_date - known[-1][1]).days <= 1:
            known[-1] = (known[-1][0], row.end_date)
        else:
            known.append((row.start_date, row.end_date))
    return result


def leavers() -> dict[str, date]:
    """The last day of each customer that had left for good by the last known day."""
    ends = {customer: spans[-1][1] for customer, spans in stays().items()}
    return {customer: end for customer, end in ends.items() if end is not None and end <= AS_OF}


def late_customers() -> set[str]:
    """Customers whose onboarding took over 60 days, or did not end although 60 days have passed."""
    rows = world().customers
    started = rows[[day is not None and day <= AS_OF - timedelta(days=60) for day in rows["started_on"]]]
    return {
        r.customer_id for r in started.itertuples()
        if r.onboarding_completed_on is None or (r.onboarding_completed_on - r.started_on).days > 60
    }  # fmt: skip


def share_left(customers: set[str]) -> float:
    left = leavers()
    return sum(customer in left for customer in customers) / len(customers)


def test_every_table_is_filled_for_about_400_customers_over_36_months() -> None:
    assert len(world().customers) == 400
    assert all(len(world().table(name)) >= 100 for name in TABLES)
    assert min(world().subscriptions["start_date"]) == FIRST_DAY
    assert max(world().usage["date"]) == AS_OF
    assert 40_000 <= len(world().usage) <= 60_000
    assert set(world().surveys["kind"]) == {"nps", "csat"}


def test_names_are_given_once() -> None:
    customers = world().customers
    assert customers["customer_name_ja"].is_unique
    assert customers["customer_name_en"].is_unique


def test_monthly_churn_is_about_two_percent() -> None:
    spans = [span for known in stays().values() for span in known]
    months = sum(((end or AS_OF) - start).days / 30.4375 for start, end in spans)
    ended = sum(end is not None and end <= AS_OF for _, end in spans)
    assert ended >= 100
    assert 0.015 < ended / months < 0.025


def test_late_onboarding_raises_churn() -> None:
    late = late_customers()
    assert share_left(late) > share_left(set(stays()) - late) + 0.1


def test_bad_support_raises_churn() -> None:
    contacts = world().interactions
    let_down = set(contacts.loc[contacts["status"] == "unresolved", "customer_id"])
    assert share_left(let_down) > share_left(set(stays()) - let_down) + 0.08


def test_use_falls_before_customers_leave() -> None:
    use, left = world().usage, leavers()
    seen = use.assign(
        days_left=[(left.get(c, AS_OF) - d).days for c, d in zip(use["customer_id"], use["date"], strict=True)]
    )
    seen["left"] = seen["customer_id"].isin(left)
    last = seen[seen["days_left"].between(0, 90)].groupby("left")["count"].sum()
    before = seen[seen["days_left"].between(91, 181)].groupby("left")["count"].sum()
    change = last / before
    assert change[True] < 0.85 * change[False]


def test_good_use_raises_upsell() -> None:
    core = paid_rows().query("product == 'core'").sort_values("start_date")
    more_seats = core.groupby("customer_id")["seats"].agg(lambda seats: bool((seats.diff() > 0).any()))
    users = world().usage.groupby("customer_id")["user_id"].nunique()
    intensity = (users / core.groupby("customer_id")["seats"].max()).dropna()
    high = intensity[intensity > intensity.median()].index
    assert more_seats[more_seats.index.isin(high)].mean() > more_seats[~more_seats.index.isin(high)].mean() + 0.1


def test_broad_use_goes_with_more_products() -> None:
    products = paid_rows().groupby("customer_id")["product"].nunique()
    features = world().usage.groupby("customer_id")["feature"].nunique().reindex(products.index).fillna(0)
    assert products[features >= 5].mean() > products[features < 5].mean() + 0.3


def test_contracts_hold_every_fate() -> None:
    rows, known = world().subscriptions, stays()
    assert set(rows["charge_kind"]) == {"recurring", "variable", "one_time", "trial"}
    assert set(rows["interval"]) == {"month", "year", "once"}
    assert sum(len(spans) > 1 for spans in known.values()) >= 8
    assert (rows["fee_jpy"] < 0).sum() == 3
    steps = rows.sort_values("start_date").groupby(["subscription_id"])
    gaps = {(b - a).days for _, g in steps for a, b in zip(g["end_date"][:-1], g["start_date"][1:], strict=True) if a}
    assert {0, 1} <= gaps
    assert len(world().customers) - len(known) == 12  # trials that came to nothing


def test_subscription_ids_name_one_product_each() -> None:
    assert (world().subscriptions.groupby("subscription_id")["product"].nunique() == 1).all()


def test_regenerating_the_messy_ledger_gives_the_committed_values(tmp_path: Path) -> None:
    save(messy_sheets(world(), "ja"), tmp_path / "again.xlsx")
    again, committed = cells(tmp_path / "again.xlsx"), cells(HERE / "ja" / "messy_ja.xlsx")
    assert list(again) == list(committed)
    for title, sheet in committed.items():
        pd.testing.assert_frame_equal(again[title], sheet)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save([Sheet("契約", [["顧客ID", "開始日"], ["C0001", AS_OF]])], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_tidy_workbook_holds_the_world(language: str) -> None:
    committed = cells(HERE / language / f"tidy_{language}.xlsx")
    sheets = tidy_sheets(world(), language)  # type: ignore[arg-type]
    assert list(committed) == [sheet.title for sheet in sheets]
    assert len(sheets) == len(SHEETS) + 1
    for sheet in sheets[1:]:
        assert committed[sheet.title].shape == (len(sheet.rows), len(sheet.rows[0]))
    money = committed[sheets[2].title][12][1:].sum()
    assert money == sum(row[12] for row in sheets[2].rows[1:])  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cells_to_refuse_stand_where_the_list_says(language: str) -> None:
    committed = cells(HERE / language / f"messy_{language}.xlsx")
    refusals = expected_refusals(world(), language)  # type: ignore[arg-type]
    assert len(refusals) == 8
    for refusal in refusals:
        sheet = committed[refusal.sheet]
        header = next(row for row in sheet.itertuples(index=False) if refusal.column in list(row))
        assert sheet.iloc[refusal.row - 1, list(header).index(refusal.column)] == refusal.value


def test_the_csv_is_cp932_with_one_row_per_paying_customer() -> None:
    content = (HERE / "ja" / "customers_one_row_cp932.csv").read_bytes()
    rows = list(csv.reader(StringIO(content.decode("cp932"))))
    assert content == one_row_csv(world())
    assert rows[0] == HEADERS
    assert len(rows) - 1 == len(stays()) == 388


def test_the_examples_in_the_clock_hold() -> None:
    assert doctest.testmod(clock).failed == 0
