"""What is typed into a driver's field: read in the unit that is shown, whatever stands around the number."""

from __future__ import annotations

import pytest

from cs_kpi.errors import DataError
from cs_kpi.targets.entries import goal, typed, typed_goal
from cs_kpi.targets.words import Form

YEN, MAN, DOLLAR, MILLION = (Form("ja", "JPY"), Form("ja", "JPY", "ten_thousand"), Form("en", "USD"),
                             Form("en", "USD", "million"))


@pytest.mark.parametrize(("text", "driver", "form", "value"), [
    ("1.8", "churn", YEN, 0.018), ("1.8%", "churn", YEN, 0.018), ("１．８％", "churn", YEN, 0.018),
    ("*0.5", "churn", YEN, 0.01), ("×0.5", "churn", YEN, 0.01), ("250,000円", "new", YEN, 250_000.0),
    ("25万", "new", YEN, 250_000.0), ("25万円", "new", MAN, 250_000.0), ("25", "new", MAN, 250_000.0),
    ("$1,748.20", "new", DOLLAR, 1_748.2), ("1.2k", "new", DOLLAR, 1_200.0),
    ("¥250,000", "new", YEN, 250_000.0), ("250,000円", "new", MAN, 250_000.0),
    ("1.5 million USD", "new", MILLION, 1_500_000.0), ("1.5", "new", MILLION, 1_500_000.0)])
def test_a_field_reads_what_it_shows_and_what_people_write(text: str, driver: str, form: Form, value: float) -> None:
    assert typed(text, driver, 0.02, form) == pytest.approx(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [YEN, MAN, DOLLAR, MILLION])
def test_what_a_field_shows_it_reads_again(form: Form) -> None:
    for driver, value in (("new", 2_140_000.0), ("churn", 0.0236), ("onboarding", 0.901)):
        assert typed(form.driver(driver, value), driver, 1.0, form) == pytest.approx(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["-1", "▲3%", "half", "%", "1e400"])
def test_what_is_no_value_is_said(text: str) -> None:
    with pytest.raises(DataError):
        typed(text, "churn", 0.02, YEN)


@pytest.mark.parametrize(("text", "kpi", "form", "value"), [
    ("120,000,000", "arr", YEN, 1.2e8), ("1.2億", "arr", YEN, 1.2e8), ("1億2000万円", "arr", YEN, 1.2e8),
    ("¥120,000,000", "arr", YEN, 1.2e8), ("￥1.2億", "arr", YEN, 1.2e8), ("¥1.2m", "arr", Form("en", None), 1.2e6),
    ("12000", "arr", MAN, 1.2e8), ("120,000,000円", "arr", MAN, 1.2e8), ("1.4m", "arr", DOLLAR, 1.4e6),
    ("$1,400,000", "mrr", MILLION, 1.4e6), ("1.4", "mrr", MILLION, 1.4e6), ("104.5", "nrr", YEN, 1.045),
    ("１０４．５％", "nrr", YEN, 1.045), ("1,200", "customers", MILLION, 1_200.0)])
def test_a_goal_is_read_as_it_is_written(text: str, kpi: str, form: Form, value: float) -> None:
    assert typed_goal(text, kpi, form) == pytest.approx(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [YEN, MAN, DOLLAR, MILLION])
def test_a_goal_shown_is_read_again(form: Form) -> None:
    for kpi, value in (("arr", 120_000_000.0), ("nrr", 1.0425), ("customers", 1_250.0)):
        assert typed_goal(form.goal(kpi, value), kpi, form) == pytest.approx(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["0", "-5", "*1.1", "much", "$5"])
def test_what_is_no_goal_is_said_with_an_example(text: str) -> None:
    with pytest.raises(DataError, match=r"takes a value above 0\. Write for instance 1,200,000"):
        typed_goal(text, "arr", YEN)


def test_a_goal_on_the_command_line_is_no_factor() -> None:
    with pytest.raises(DataError, match="is not a goal"):
        goal("arr=*1.1@2027-03")
