"""What is typed into a driver's field: read in the unit that is shown, whatever stands around the number."""

from __future__ import annotations

import pytest

from cs_kpi.errors import DataError
from cs_kpi.targets.entries import typed
from cs_kpi.targets.words import Form

YEN, MAN, DOLLAR, MILLION = (Form("ja", "JPY"), Form("ja", "JPY", "ten_thousand"), Form("en", "USD"),
                             Form("en", "USD", "million"))


@pytest.mark.parametrize(("text", "driver", "form", "value"), [
    ("1.8", "churn", YEN, 0.018), ("1.8%", "churn", YEN, 0.018), ("１．８％", "churn", YEN, 0.018),
    ("*0.5", "churn", YEN, 0.01), ("×0.5", "churn", YEN, 0.01), ("250,000円", "new", YEN, 250_000.0),
    ("25万", "new", YEN, 250_000.0), ("25万円", "new", MAN, 250_000.0), ("25", "new", MAN, 250_000.0),
    ("$1,748.20", "new", DOLLAR, 1_748.2), ("1.2k", "new", DOLLAR, 1_200.0),
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
