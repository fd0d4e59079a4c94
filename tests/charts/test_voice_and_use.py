"""The figures of answers and of use say what the rooms behind them count."""

from __future__ import annotations

import pandas as pd
import pytest

from cs_kpi.charts.engagement import adoption, adoption_over_time, coming_back
from cs_kpi.charts.voice import after_answers, distribution, shares
from cs_kpi.periods import parse, periods
from cs_kpi.voice.answers import last_answered
from tests.retention.given import book
from tests.voice.test_answers import ROWS, surveys

QUARTER = parse("2024-Q2")
ANSWERS = surveys(("A", "2024-04-01", 10, "x"), ("A", "2024-04-02", 9, "y"), ("B", "2024-05-01", 7, None),
                  ("D", "2024-05-02", 0, None), ("B", "2024-01-15", 10, None))


def use(*rows: tuple[str, str, str]) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame(rows, columns=["customer_id", "date", "feature"])
    return {"usage": frame.assign(date=pd.to_datetime(frame["date"]).astype("datetime64[s]"))}


def test_every_score_of_the_scale_stands_on_the_axis() -> None:
    figure = distribution(book(*ROWS, tables=ANSWERS), "nps", QUARTER, "en")
    assert figure.categories == tuple(map(str, range(11)))
    counts = {str(series.name): dict(zip(figure.categories, series.values, strict=True)) for series in figure.series}
    assert counts["Detractors (0 to 6)"]["0"] == 1
    assert counts["Promoters (9 and 10)"]["10"] == 1
    assert counts["Passives (7 and 8)"]["7"] == 1
    # A, B and D of the three that are there at the end of June.
    assert str(figure.subtitle) == "3 of 3 customers answered (100.0%)"


def test_shares_add_up_to_one_and_are_absent_without_answers() -> None:
    run = periods("quarter", QUARTER.shifted(-2).start, QUARTER.end)
    figure = shares(book(*ROWS, tables=ANSWERS), "nps", run, "en")
    columns = list(zip(*(series.values for series in figure.series), strict=True))
    assert columns[0] == (None, None, None)
    assert sum(columns[1]) == pytest.approx(1)
    assert columns[2] == pytest.approx((2 / 4, 1 / 4, 1 / 4))


def test_groups_whose_intervals_overlap_are_said_not_to_differ() -> None:
    rows = [(f"C{n:03d}", "2023-01-01", "2023-06-30" if n < 10 else None, 10.0) for n in range(40)]
    said = surveys(*((f"C{n:03d}", "2023-02-01", 3.0 if n < 20 else 10.0, None) for n in range(40)))
    # Half of the detractors left within six months, none of the promoters.
    apart = after_answers(book(*rows, tables=said), "nps", 6, "en")
    assert str(apart.subtitle) == "Detractors (0 to 6) left: 50.0%; Promoters (9 and 10): 0.0%"
    alike = after_answers(book(*rows, tables=surveys(
        *((f"C{n:03d}", "2023-02-01", 3.0 if n % 2 else 10.0, None) for n in range(40)))), "nps", 6, "en")
    assert "cannot be told apart" in str(alike.subtitle)


def test_adoption_is_the_share_of_customers_at_the_closing() -> None:
    one = book(*ROWS, tables=use(("A", "2024-06-01", "report"), ("B", "2024-06-02", "report"),
                                 ("A", "2024-06-03", "api"), ("C", "2024-04-03", "api")))
    figure = adoption(one, parse("2024-Q2"), "en")
    # A, B and D are there; C has left.
    assert dict(zip(figure.categories, figure.series[0].values, strict=True)) == {
        "report": pytest.approx(2 / 3), "api": pytest.approx(1 / 3)}
    trend = adoption_over_time(one, [parse("2024-05"), parse("2024-06")], ["api"], "en")
    assert trend.series[0].values == (None, pytest.approx(1 / 3))  # nothing is recorded in May


def test_stickiness_has_two_lines() -> None:
    one = book(*ROWS, tables=use(*(("A", f"2024-06-{day:02d}", "x") for day in range(1, 31))))
    daily, weekly = (series.values for series in coming_back(one, [parse("2024-06")], "en").series)
    assert (daily, weekly) == ((1.0,), (1.0,))


def test_the_last_answer_up_to_a_period() -> None:
    one = book(*ROWS, tables=ANSWERS)
    assert str(last_answered(one, "nps", parse("2024-03"))) == "2024-01-15"
    assert last_answered(one, "nps", parse("2023-12")) is None
