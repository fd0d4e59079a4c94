"""Books of usage, milestones or surveys alone (handbook 1), and the published tables that are such books."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.criterion import Criterion, Rule
from cs_kpi.kpi.onboarding import standings
from cs_kpi.kpi.readings import readings
from cs_kpi.kpi.survival import median, survival
from cs_kpi.measures.segments import segment_fields
from cs_kpi.periods import parse, periods
from cs_kpi.settings import Settings
from tests.tables import book, reading, value

DATA = Path(__file__).parents[2] / "shared" / "data"
BOUGHT = [("a", "2024-01-05"), ("b", "2024-01-20"), ("c", "2024-02-02"), ("a", "2024-02-10"), ("a", "2024-03-01"),
          ("c", "2024-03-03")]


def data(name: str) -> Path:
    if not (DATA / name).exists():
        pytest.skip(f"the data folder beside the repository has no {name}")
    return DATA / name


def grid(whole: Book, first: str, last: str) -> dict[tuple[str | None, str], tuple[float | None, float | None]]:
    """(start month, month) -> customers with use and customers, of every month."""
    months = periods("month", parse(first).start, parse(last).start)
    found = readings(whole, months, ["active_customer_rate"], by="start_month")
    return {(r.segment.value, r.period.id): (r.numerator, r.denominator) for r in found if r.segment}


def test_a_customer_starts_with_its_first_row_and_stays() -> None:
    whole = book(usage=BOUGHT, as_of="2024-03-31")
    assert grid(whole, "2024-01", "2024-03") == {
        ("2024-01", "2024-01"): (2, 2), ("2024-01", "2024-02"): (1, 2), ("2024-01", "2024-03"): (1, 2),
        ("2024-02", "2024-01"): (0, 0), ("2024-02", "2024-02"): (1, 1), ("2024-02", "2024-03"): (1, 1)}
    assert whole.first_day == dt.date(2024, 1, 5)


def test_a_signup_says_more_than_the_first_row() -> None:
    whole = book(usage=BOUGHT, customers=[("a", "2023-12-24"), ("z", "2024-02-01")], as_of="2024-03-31")
    assert grid(whole, "2024-01", "2024-01")["2023-12", "2024-01"] == (1, 1)
    # z signed up in February and never came
    assert reading(whole, "active_customer_rate", "2024-02").denominator == 4


def test_money_is_not_available_and_says_so() -> None:
    whole = book(usage=BOUGHT, as_of="2024-03-31")
    for kpi in ("mrr", "customers", "customer_churn_rate", "ltv", "tenure_mean", "active_user_rate"):
        found = reading(whole, kpi, "2024-02")
        assert (found.status, found.value) == ("not_available", None)
    assert {field.id for field in segment_fields(whole)} >= {"start_month", "start_year"}


def test_answers_alone_are_a_book() -> None:
    whole = book(surveys=[("a", "2024-06-01", "nps", 9, 10), ("b", "2024-06-02", "nps", 5, 10)])
    assert value(whole, "nps") == 0
    assert whole.as_of == dt.date(2024, 12, 31)


def test_milestones_alone_are_a_book_whose_customers_do_not_leave() -> None:
    steps = [("a", "Signup", "2024-06-01"), ("a", "Setup", "2024-06-05"), ("b", "Signup", "2024-06-02")]
    whole = book(milestones=steps, onboarding_days=14)
    assert value(whole, "onboarding_completion_rate") == 1 / 2
    assert standings(whole).set_index("customer_id")["state"].to_dict() == {"a": "completed", "b": "overdue"}


# published course answers
def test_the_published_cohort_table_is_reproduced() -> None:
    lines = pd.read_excel(data("cohort/OnlineSampled.xlsx"), engine="openpyxl")
    usage = pd.DataFrame({"customer_id": lines["CustomerID"].astype(int).astype(str),
                          "date": pd.to_datetime(lines["InvoiceDate"]).dt.normalize()})
    whole = Book({"usage": usage}, Settings(as_of=dt.date(2011, 12, 31)))
    published = pd.read_csv(data("cohort/published_counts.csv"), index_col=0)
    found = grid(whole, "2010-12", "2011-12")
    for start, counts in published.iterrows():
        first = pd.Timestamp(str(start))
        for place, count in counts.dropna().items():
            month = f"{first + pd.DateOffset(months=int(str(place)) - 1):%Y-%m}"
            assert found[f"{first:%Y-%m}", month][0] == count, (start, place)
    assert found["2010-12", "2011-01"] == (246, 716)


# published summary
def test_the_published_onboarding_funnel_is_reproduced() -> None:
    lines = pd.read_csv(data("onboarding/saas_onboarding_funnel_dataset.csv"), dtype=str)
    done = lines[lines["step_completed"] == "True"]
    milestones = pd.DataFrame({"customer_id": done["user_id"], "milestone": done["step_name"],
                               "completed_on": pd.to_datetime(done["timestamp"]).dt.normalize()})
    customers = lines.groupby("user_id", as_index=False)["signup_date"].min()
    customers = pd.DataFrame({"customer_id": customers["user_id"],
                              "started_on": pd.to_datetime(customers["signup_date"])})
    steps = sorted(milestones["milestone"].unique())
    criterion = Criterion(rules=tuple(Rule(name=step, days=90) for step in steps))
    whole = Book({"milestones": milestones, "customers": customers},
                 Settings(onboarding=criterion, as_of=dt.date(2026, 6, 30)))
    [found] = readings(whole, [parse("2025")], ["onboarding_completion_rate"])
    assert (found.numerator, found.denominator) == (38, 300)
    assert round(100 * found.value, 2) == 12.67


# published values of IBM Telco, tenure as duration and Churn as event
def test_survival_of_telco_customers_is_as_published() -> None:
    rows = pd.read_csv(data("telco/Telco-Customer-Churn.csv"))
    months, has_left = rows["tenure"].to_numpy(), (rows["Churn"] == "Yes").to_numpy()
    curve = survival(months, has_left)
    assert [round(curve.at(month), 6) for month in (12, 24, 36, 60, 72)] == [
        0.843200, 0.788736, 0.748545, 0.664404, 0.592790]
    monthly = (rows["Contract"] == "Month-to-month").to_numpy()
    curve = survival(months[monthly], has_left[monthly])
    assert round(curve.at(12), 6) == 0.703097
    assert median(curve)[0] == 35
