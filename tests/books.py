"""Generated books: contract chains with every kind of seam, and the little dirt that real ledgers have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cs_kpi.book import Book
from cs_kpi.periods import PERIOD_KINDS, Period, month_start, period_of
from cs_kpi.settings import Settings
from tests.naive import DAY, Answer, Reach, Row, Sheet, Step, Use

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2024, 12, 31)
MONTHS = [month_start(FIRST, n) for n in range(24)]
LEAP = [dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2024, 3, 1)]
SEAMS = [0, 0, 1, 1, 1, 1, 2, 3, 5, 40, 200, -1, -20]
"""Days from the end of one row to the start of the next: renewals in both styles, gaps, overlaps."""
LENGTHS = [0, 1, 5, 27, 89, 200]

AMOUNTS = [Fraction(n) for n in (0, 1, 10, 30, 30, 50, 100, 100, 250, 1379)] + [
    Fraction("0.1"), Fraction("33.33"), Fraction("624.583333")]
CREDITS = [Fraction(-5), Fraction(-30), Fraction(-400)]
ATTRIBUTES = ("industry", "owner")
STRANGER = "X"
"""A customer that no contract names."""
FEATURES, STEPS = ("Reports", "API"), ("Kickoff", "Setup")

days = st.one_of(st.sampled_from(MONTHS), st.sampled_from([day - DAY for day in MONTHS[1:]]), st.sampled_from(LEAP),
                 st.dates(FIRST, LAST))
products = st.sampled_from(["CRM", "CRM", "MA", None])
plans = st.sampled_from(["Basic", "Pro", None])
amounts = st.sampled_from(AMOUNTS)


@st.composite
def ends(draw: st.DrawFn, start: dt.date) -> dt.date | None:
    """Running, after whole months by either way of writing it, or after some days."""
    style = draw(st.sampled_from(["open", "last day", "last day", "next day", "next day", "days"]))
    if style == "open":
        return None
    if style == "days":
        return start + draw(st.sampled_from(LENGTHS)) * DAY
    after = month_start(start, draw(st.sampled_from([1, 1, 2, 3, 6, 12])))
    return after - DAY if style == "last day" else after


@st.composite
def term_ends(draw: st.DrawFn, start: dt.date, end: dt.date | None) -> dt.date | None:
    """Not known, the day of the end, or some time before or after it."""
    style = draw(st.sampled_from([None, None, "end", "year", "away"]))
    if style == "year":
        return month_start(start, 12) - DAY
    return end and end + (draw(st.sampled_from([-40, -1, 1, 30])) if style == "away" else 0) * DAY if style else None


@st.composite
def chains(draw: st.DrawFn, customer: str) -> list[Row]:
    """Rows of one customer that follow each other; now and then product, plan or price change at the seam."""
    start, rows = draw(days), []
    product, plan, mrr = draw(products), draw(plans), draw(amounts)
    for _link in range(draw(st.integers(1, 4))):
        end = draw(ends(start))
        rows.append(Row(customer, start, end, mrr, product=product, plan=plan, term_end=draw(term_ends(start, end)),
                        seats=draw(st.sampled_from([None, 0, 1, 5]))))
        start = max(FIRST, (end or start + 60 * DAY) + draw(st.sampled_from(SEAMS)) * DAY)
        product = draw(products) if draw(st.integers(0, 3)) == 0 else product
        plan = draw(plans) if draw(st.integers(0, 2)) == 0 else plan
        mrr = draw(amounts) if draw(st.booleans()) else mrr
    return rows


@st.composite
def odd_rows(draw: st.DrawFn, customer: str) -> Row:
    """A credit note, or a row that does not count, or counts only when the setting says so."""
    start = draw(days)
    end = draw(st.sampled_from([None, start, start + DAY, start + 29 * DAY, start + 200 * DAY]))
    kind = draw(st.sampled_from(["recurring", "variable", "one-time", "trial"]))
    mrr = draw(st.sampled_from(CREDITS)) if kind == "recurring" else draw(amounts)
    return Row(customer, start, end, mrr, kind, draw(products), draw(plans))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A whole book with its settings, drawn small enough to be read day by day."""
    customers = [f"C{number}" for number in range(draw(st.integers(1, 5)))]
    rows: list[Row] = []
    for customer in customers:
        for _chain in range(draw(st.integers(1, 2))):
            rows += draw(chains(customer))
        if draw(st.integers(0, 2)) == 0:
            rows.append(draw(odd_rows(customer)))
    has_product = draw(st.booleans()) and any(row.product for row in rows)
    if not has_product:
        rows = [replace(row, product=None) for row in rows]
    rows, rates = draw(_in_currencies(rows))
    edges = st.sampled_from(sorted({day for row in rows for day in (row.start, row.end) if day and day <= LAST}))
    known = [customer for customer in customers if draw(st.integers(0, 3))]
    traced = draw(traces(customers)) if draw(st.booleans()) else {}
    return Sheet(
        **traced,
        margin=draw(st.sampled_from([None, Fraction("0.75")])), ltv_window=draw(st.sampled_from([3, 12])),
        cohort_months=draw(st.sampled_from([1, 3, 12])), active_min=draw(st.sampled_from([1, 3])),
        key_features=draw(st.sampled_from([(), ("API",), FEATURES])),
        onboarding_days=draw(st.sampled_from([0, 14, 90])),
        rows=tuple(rows),
        attributes={customer: {name: draw(st.sampled_from(["a", "b", None])) for name in ATTRIBUTES}
                    for customer in known},
        started_on={customer: draw(days) - 700 * DAY for customer in known if draw(st.booleans())},
        has_product=has_product,
        grace_days=draw(st.sampled_from([1, 1, 1, 0, 3, 45])),
        counts_variable=draw(st.booleans()),
        tax_rate=draw(st.sampled_from([None, None, Fraction("0.10"), Fraction("0.08")])),
        rates=rates,
        as_of=draw(st.one_of(st.none(), days, edges)),
        data_from=draw(st.one_of(st.none(), st.none(), st.sampled_from(MONTHS), edges)),
        fiscal_year_start=draw(st.sampled_from([1, 4, 10])),
    )


@st.composite
def traces(draw: st.DrawFn, customers: list[str]) -> dict[str, object]:
    """Use, answers and onboarding of customers with and without contracts."""
    who = st.sampled_from([*customers, STRANGER])
    near = st.one_of(days, st.dates(dt.date(2024, 5, 1), dt.date(2024, 7, 31)))
    some = st.sampled_from([0, 1, 3])
    score = st.integers(0, 10)
    return {
        "usage": tuple(draw(st.lists(st.builds(Use, who, near, st.sampled_from([None, "u1", "u2"]), st.sampled_from(
            [None, *FEATURES]), some, st.sampled_from([None, 0, 7, 30])), max_size=12))),
        "answers": tuple(draw(st.lists(st.one_of(
            st.builds(Answer, who, near, st.just("nps"), score, st.just(10), st.sampled_from([None, "a", "b"])),
            st.builds(Answer, who, near, st.just("csat"), st.integers(1, 5), st.sampled_from([5, 10]))), max_size=10))),
        "steps": tuple(draw(st.lists(st.builds(Step, who, st.sampled_from(STEPS), near), max_size=8))),
        "completed_on": draw(st.one_of(st.just({}), st.dictionaries(st.sampled_from(customers), near)))}


@st.composite
def _in_currencies(draw: st.DrawFn, rows: list[Row]) -> tuple[list[Row], dict[str, Fraction]]:
    """The rows without a currency, all in dollars, or in yen and dollars."""
    named = draw(st.sampled_from([[None], [None], [None], ["USD"], ["JPY", "USD"]]))
    codes = st.sampled_from(named)
    rates = {} if named == [None] else {"JPY": Fraction(1), "USD": Fraction("150.25")}
    return [replace(row, currency=draw(codes)) for row in rows], rates


def subscriptions(sheet: Sheet) -> pd.DataFrame:
    """The canonical table of a sheet's rows."""
    frame = pd.DataFrame({
        "customer_id": pd.Series([row.customer for row in sheet.rows], dtype=object),
        "start_date": pd.to_datetime(pd.Series([row.start for row in sheet.rows], dtype="datetime64[ns]")),
        "end_date": pd.to_datetime(pd.Series([row.end for row in sheet.rows], dtype="datetime64[ns]")),
        "mrr": [float(row.mrr) for row in sheet.rows],
        "charge_kind": pd.Series([row.kind for row in sheet.rows], dtype=object),
        "product": pd.Series([row.product for row in sheet.rows], dtype=object),
        "plan": pd.Series([row.plan for row in sheet.rows], dtype=object),
        "term_end": _dates(row.term_end for row in sheet.rows),
        "seats": pd.Series([row.seats for row in sheet.rows], dtype=float),
        "currency": pd.Series([row.currency for row in sheet.rows], dtype=object)})
    return frame if sheet.has_product else frame.drop(columns="product")


def customers(sheet: Sheet) -> pd.DataFrame:
    """The canonical table of the customers that the sheet knows more of."""
    ids = sorted({*sheet.attributes, *sheet.completed_on})
    return pd.DataFrame({
        "customer_id": pd.Series(ids, dtype=object),
        "customer_name": pd.Series([f"Customer {customer}" for customer in ids], dtype=object),
        "started_on": pd.to_datetime(pd.Series([sheet.started_on.get(i) for i in ids], dtype="datetime64[ns]")),
        "onboarding_completed_on": _dates(sheet.completed_on.get(i) for i in ids),
        **{name: pd.Series([sheet.attributes.get(i, {}).get(name) for i in ids], dtype=object) for name in ATTRIBUTES}})


def _dates(found: Iterable[dt.date | None]) -> pd.Series:
    return pd.to_datetime(pd.Series(list(found), dtype="datetime64[ns]"))


def trace_tables(sheet: Sheet) -> dict[str, pd.DataFrame]:
    """The canonical tables of use, answers and milestones; only those that have rows."""
    def frame(rows: tuple[object, ...], dated: str, **columns: str) -> pd.DataFrame:
        found = {"customer_id": [row.customer for row in rows], dated: _dates(row.day for row in rows)}
        return pd.DataFrame(found | {name: pd.Series([getattr(row, field) for row in rows], dtype=(
            float if name in ("count", "minutes", "score", "scale") else object)) for name, field in columns.items()})
    tables = {"usage": frame(sheet.usage, "date", user_id="user", feature="feature", count="count", minutes="minutes"),
              "surveys": frame(sheet.answers, "answered_on", kind="kind", score="score", scale="scale",
                               respondent="respondent"),
              "milestones": frame(sheet.steps, "completed_on", milestone="name")}
    return {name: table for name, table in tables.items() if len(table)}


def book(sheet: Sheet) -> Book:
    """The engine's book of a sheet."""
    chosen = Settings(
        fiscal_year_start=sheet.fiscal_year_start, renewal_grace_days=sheet.grace_days,
        counts_variable=sheet.counts_variable, tax_included=sheet.tax_rate is not None,
        tax_rate=_decimal(sheet.tax_rate or Fraction(0)), as_of=sheet.as_of, data_from=sheet.data_from,
        gross_margin=None if sheet.margin is None else _decimal(sheet.margin), ltv_window=sheet.ltv_window,
        cohort_months=sheet.cohort_months, active_min_count=sheet.active_min, key_features=sheet.key_features,
        onboarding_days=sheet.onboarding_days, currency="JPY" if sheet.rates else None,
        currency_rates={code: _decimal(rate) for code, rate in sheet.rates.items()})
    tables = {"subscriptions": subscriptions(sheet), **trace_tables(sheet)}
    if sheet.attributes or sheet.completed_on:
        tables["customers"] = customers(sheet)
    return Book(tables, chosen, today=sheet.today)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def shuffled(whole: Book, seed: int) -> Book:
    """The same book with the rows of every table in another order."""
    order = np.random.default_rng(seed)
    return Book({name: frame.iloc[order.permutation(len(frame))].reset_index(drop=True)
                 for name, frame in whole.tables.items()}, whole.settings, whole.today)


def with_rows(whole: Book, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Book:
    """The same book with its contracts changed."""
    return Book({**whole.tables, "subscriptions": change(whole.tables["subscriptions"].copy())}, whole.settings,
                whole.today)


@st.composite
def periods_of(draw: st.DrawFn, sheet: Sheet) -> list[Period]:
    """A period of every kind and one month more, in no order, often where a contract begins or ends."""
    first = min(row.start for row in sheet.rows)
    inside = st.dates(min(first, sheet.last_day), sheet.last_day)
    edges = [day for row in sheet.rows for day in (row.start, row.end) if day and day <= sheet.last_day]
    seen = st.one_of(inside, st.sampled_from(edges)) if edges else inside
    kinds = draw(st.permutations([*PERIOD_KINDS, "month"]))
    return list(dict.fromkeys(period_of(kind, draw(seen), sheet.fiscal_year_start) for kind in kinds))


def reach(period: Period) -> Reach:
    return Reach(period.start, period.end)


def examples(number: int) -> settings:
    """How many books a property is tried on; no time limit per book, since a naive reading takes what it takes."""
    return settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def periods_of_book(draw: st.DrawFn, book: Book) -> Period:
    """One period of any kind that opens before the data ends."""
    last = book.as_of or LAST
    first = min(book.first_day or last, last)
    return period_of(draw(st.sampled_from(PERIOD_KINDS)), draw(st.dates(first, last)), book.settings.fiscal_year_start)


_list_rows = st.fixed_dictionaries({
    "has_left": st.booleans(), "mrr": st.sampled_from([None, 0.0, 10.0, 33.33, 0.1, 1e6, 624.583333, -7.0]),
    "tenure": st.sampled_from([None, 0.0, 1.0, 12.0, 71.5]), "industry": st.sampled_from(["a", "b", None]),
    "customer": st.integers(0, 8)})
lists = st.lists(_list_rows, min_size=1, max_size=14)


def book_of_list(rows: list[dict[str, object]], times: int = 1) -> Book:
    """The book of such rows, as the import gives it: customers once, a fee per row that has one."""
    frame = pd.DataFrame(rows).assign(customer_id=lambda f: "C" + f["customer"].astype(str))
    frame["has_left"] = frame["has_left"].astype("boolean")
    grouped = frame.groupby("customer_id", sort=False)
    customers = pd.DataFrame({"has_left": grouped["has_left"].min(), "tenure_months": grouped["tenure"].max(),
                              "industry": grouped["industry"].first()}).reset_index()
    customers["has_left"] = customers["has_left"].astype("boolean")
    fees = frame[frame["mrr"].notna()]
    subscriptions = pd.DataFrame({"customer_id": fees["customer_id"], "mrr": fees["mrr"].astype(float) * times,
                                  "charge_kind": "recurring", "_has_left": fees["has_left"]}).reset_index(drop=True)
    return Book({"customers": customers, "subscriptions": subscriptions})
