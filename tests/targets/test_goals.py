"""What is saved of a target: its periods and values, and everything it was before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cs_kpi.errors import DataError
from cs_kpi.periods import PERIOD_KINDS, parse, period_of
from cs_kpi.targets.goals import Agreement, Benchmark, Target, Wanted, revised
from cs_kpi.targets.review_listing import history
from cs_kpi.targets.review_words import differences
from cs_kpi.targets.words import Form
from cs_kpi.workspace import Workspace
from tests.books import examples

AT = dt.datetime(2024, 7, 1, 9, 30)
CHURN = Wanted(kpi="customer_churn_rate", first=dt.date(2024, 1, 1), values=(0.03, 0.02, 0.02), owner="Sato")


def test_a_target_has_a_value_in_each_of_its_periods_and_in_no_other() -> None:
    assert [one.id for one in CHURN.periods] == ["2024-01", "2024-02", "2024-03"]
    assert [CHURN.value_in(parse(month)) for month in ("2024-01", "2024-03", "2024-04")] == [0.03, 0.02, None]


def test_fiscal_quarters_and_trailing_months_follow_each_other() -> None:
    fiscal = Wanted(kpi="mrr", kind="quarter", first=dt.date(2024, 4, 1), first_month=4, values=(1.0, 2.0))
    trailing = Wanted(kpi="nrr", kind="ttm", first=dt.date(2024, 1, 1), first_month=4, values=(1.0, 1.0))
    assert [one.id for one in fiscal.periods] == ["FY2024-Q1", "FY2024-Q2"]
    assert [one.id for one in trailing.periods] == ["TTM-2024-12", "TTM-2025-01"]
    assert fiscal.value_in(period_of("quarter", dt.date(2024, 8, 1), 4)) == 2.0


@pytest.mark.parametrize("wrong", [
    {"first": dt.date(2024, 1, 2)}, {"kind": "quarter", "first": dt.date(2024, 2, 1)}, {"values": ()},
    {"values": (float("nan"),)}, {"kpi": "nobody_knows"}])
def test_what_makes_no_target_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Wanted.model_validate({**CHURN.model_dump(), **wrong})
    with pytest.raises(DataError, match="does not make a target"):
        revised(CHURN, **wrong)


def test_a_change_keeps_who_when_old_new_and_why() -> None:
    first = Target(now=CHURN, made_at=AT, made_by="Sato")
    lower = CHURN.model_copy(update={"values": (0.03, 0.02, 0.015)})
    other = lower.model_copy(update={"owner": "Ito"})
    changed = first.becoming(lower, "Ito", AT, " Board ").becoming(other, "Abe", AT, "Moved")
    assert [(before.values[-1], after.values[-1], one.by, one.why) for before, after, one in changed.versions] == [
        (0.02, 0.015, "Ito", "Board"), (0.015, 0.015, "Abe", "Moved")]
    form = Form("en", None)
    said = [[(str(label), old, new) for label, old, new in differences(before, after, form)]
            for before, after, _change in changed.versions]
    assert said == [[("Target value", "3.0%, 2.0%, 2.0%", "3.0%, 2.0%, 1.5%")], [("Owner", "Sato", "Ito")]]


def test_nothing_is_changed_without_a_reason_and_nothing_noted_without_a_change() -> None:
    first = Target(now=CHURN, made_at=AT)
    assert first.becoming(CHURN, "Ito", AT, "") is first
    with pytest.raises(DataError, match="without a reason"):
        first.becoming(CHURN.model_copy(update={"owner": "Ito"}), "Ito", AT, "  ")


def test_a_department_has_agreed_when_somebody_did_on_a_day() -> None:
    day = dt.date(2024, 1, 10)
    assert [Agreement(department="Sales", by=by, on=on).is_agreed for by, on in (
        ("", None), ("Ito", None), ("", day), ("Ito", day))] == [False, False, False, True]


def test_a_benchmark_has_a_source_and_a_range_that_ends_above_its_beginning() -> None:
    with pytest.raises(ValidationError):
        Benchmark(kpi="nrr", low=1.0, source="")
    with pytest.raises(ValidationError):
        Benchmark(kpi="nrr", low=1.0, high=0.9, source="A report")


wanted = st.builds(
    lambda kind, day, first_month, values, owner: Wanted(
        kpi="nrr", kind=kind, first=period_of(kind, day, first_month).start, first_month=first_month,
        values=tuple(values), owner=owner),
    st.sampled_from(PERIOD_KINDS), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 12),
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=36), st.text(max_size=80))


@given(st.lists(wanted, min_size=1, max_size=5))
@examples(40)
def test_no_version_is_ever_lost_and_all_come_back_from_the_workspace(versions: list[Wanted]) -> None:
    target = Target(now=versions[0], made_at=AT)
    for number, one in enumerate(versions[1:]):
        target = target.becoming(one, "x", AT, f"reason {number}")
    passed = [one for place, one in enumerate(versions) if place == 0 or one != versions[place - 1]]
    assert [change.before for change in target.changes] + [target.now] == passed
    work = Workspace("sqlite://")
    work.save(target, "t", by="")
    assert work.load(Target, "t") == target
    assert all(len({period.id for period in one.periods}) == len(one.values) for one in passed)


def test_the_history_is_told_latest_first_one_line_for_every_field() -> None:
    first = Target(now=CHURN, made_at=AT)
    both = CHURN.model_copy(update={"owner": "Ito", "values": (0.01,) * 3})
    told = history(first.becoming(both, "Ito", AT, "Board").becoming(CHURN, "Abe", AT, "Back"), Form("en", None))
    assert told[["What", "Before", "After", "Changed by", "Why"]].values.tolist() == [
        ["Target value", "1.0%", "3.0%, 2.0%, 2.0%", "Abe", "Back"], ["Owner", "Ito", "Sato", "Abe", "Back"],
        ["Target value", "3.0%, 2.0%, 2.0%", "1.0%", "Ito", "Board"], ["Owner", "Sato", "Ito", "Ito", "Board"]]
    here = AT.replace(tzinfo=dt.UTC).astimezone()
    assert set(told["Changed at"]) == {f"{here:%Y-%m-%d %H:%M}"}
