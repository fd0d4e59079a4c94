"""The queue's order worked by hand on each basis, its reasons, its filters."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from cs_kpi.actions.listing import queue_labels, queue_table
from cs_kpi.actions.queue import Filters, Queue, avoidable, filtered, queue
from cs_kpi.actions.records import Run
from cs_kpi.actions.shipped import shipped
from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from cs_kpi.churn.reasons import way_out
from cs_kpi.churn.risk import outlook
from cs_kpi.kpi.readings import Segment
from tests.actions.given import book
from tests.churn.given import planted
from tests.health.given import configuration

SINCE, BEGUN = "2023-01-01", dt.date(2024, 6, 3)


def ranked(whole: Book, found: Queue | None = None) -> list[str]:
    shown = found or queue(Today(whole))
    return [str(whole.customer_ids[code]) for code in shown.customer]


def triggered() -> Book:
    """Four kinds of warnings can be told: leaving, renewal, MRR fell, detractor (and not seats)."""
    return book(subscriptions=[("one", SINCE, 300, None, "2024-07-31", None, "Pro"),
                               ("both", SINCE, 400, "2024-04-30", "2025-01-31", None, "Basic"),
                               ("both", "2024-05-01", 200, None, "2024-08-31", None, "Basic"),
                               ("none", SINCE, 9_999, None, "2025-03-31", None, "Pro")],
                customers=[("one", "One", "Ann"), ("both", "Both", "Ben"), ("none", "None", "Ann")],
                surveys=[("one", "2024-06-01", 9), ("both", "2024-06-01", 2)])


def test_without_scores_the_share_of_warnings_ranks() -> None:
    found = queue(Today(triggered()))
    # both: 200 x 3 of 4 = 150 (renewal, MRR fell by half, detractor); one: 300 x 1 of 4 = 75; none: no warning
    assert ranked(triggered(), found) == ["both", "one"]
    assert found.priority.tolist() == [150, 75]
    assert "4 kinds of warnings" in str(found.formula[0])
    assert [str(one) for one in found.signals(0)] == ["last NPS answer 2", "the term runs out in 62 days",
                                                      "MRR fell 50% in 3 months"]
    assert str(found.reason(0)) == "last NPS answer 2"


def test_where_nobody_pays_there_is_nobody_to_see_to() -> None:
    free = book(subscriptions=[("trial", SINCE, 0, "2024-07-31", None, None, "Pro")])
    assert ranked(free) == []


def test_what_to_do_is_the_most_pressing_playbook_that_fits_or_what_is_under_way() -> None:
    known = shipped("en")
    found = queue(Today(triggered()), list(known.values()))
    # both: renewal, MRR fell and detractor, which is the most pressing; one: renewal alone
    assert queue_table(found, "en", playbooks=known)["playbook"].tolist() == [
        known["detractor"].name, known["renewal"].name]
    running = Run(playbook="renewal", name="Renewal talk", customer_id="one", begun_on=BEGUN)
    over = running.model_copy(update={"customer_id": "both", "state": "ended"})
    assert queue_table(found, "en", playbooks=known, runs=[running, over])["playbook"].tolist() == [
        known["detractor"].name, "under way: Renewal talk"]
    assert queue_table(found, "en")["playbook"].isna().all()


def test_reason_and_what_to_do_stand_first() -> None:
    found = queue(Today(triggered()))
    frame = queue_table(found, "en", playbooks=shipped("en"))
    assert list(queue_labels(found, frame))[:3] == ["signals", "playbook", "at_stake"]


def test_health_stands_in_for_risk_where_there_is_no_model() -> None:
    # use of June (0..10) has half the weight and can be acted on; tenure (0..36 months) the other half and cannot
    use = [("low", "2024-01-01", 1), ("low", "2024-06-10", 2), ("high", "2024-06-10", 10)]
    whole = book(configuration(("use_level", 0, 10, 1), ("tenure", 0, 36, 1)),
                 subscriptions=[("low", SINCE, 100), ("high", SINCE, 1_000)], usage=use)
    found = queue(Today(whole))
    tenure = 100 * (546 / 30.4375) / 36  # 2023-01-01 to 2024-06-30 of 36 months
    lost = {"low": 80, "high": 0}
    expected = {name: mrr * ((lost[name] + 100 - tenure) / 200) * max(lost[name] / (lost[name] + 100 - tenure), 0.1)
                for name, mrr in (("low", 100), ("high", 1_000))}
    assert dict(zip(ranked(whole, found), found.priority, strict=True)) == pytest.approx(expected, abs=1e-4)
    assert ranked(whole, found) == ["low", "high"]
    assert str(found.reason(0)) == "2 uses in the last month"
    assert found.basis == "health"


def test_a_believed_risk_ranks_with_what_would_change_it() -> None:
    risks = outlook(planted(500, seed=1).book).risks
    assert risks is not None
    found = queue(Today(risks.book, risks))
    assert found.basis == "risk"
    assert np.all(np.diff(found.priority) <= 1e-9)
    share = avoidable(risks)
    for place in (0, 7, 40):
        way = way_out(risks, place, limit=0.0)
        after = way.changes[-1].risk if way.changes else float(risks.risk[place])
        assert 1 - after / risks.risk[place] == pytest.approx(share[place], abs=1e-9)


def test_the_reason_of_a_risk_raises_it_and_is_known() -> None:
    risks = outlook(planted(500, seed=1).book).risks
    assert risks is not None
    found = queue(Today(risks.book, risks))
    told = [str(found.reason(place)) for place in range(20)]
    assert not any("not known" in one for one in told)
    assert any("urgent" in one for one in told)  # one of the three planted causes


def test_filters_narrow_by_owner_segment_month_and_band() -> None:
    whole = triggered()
    found = queue(Today(whole))
    assert ranked(whole, filtered(found, Filters(owner="Ann"))) == ["one"]
    assert ranked(whole, filtered(found, Filters(segment=Segment("plan", "Basic")))) == ["both"]
    month = 54 * 12 + 6  # July 2024
    assert ranked(whole, filtered(found, Filters(renewal_month=month))) == ["one"]
    assert ranked(whole, filtered(found, Filters(band=0))) == []
    assert ranked(whole, filtered(found, Filters(without=("both",)))) == ["one"]
    assert ranked(whole, filtered(found, Filters())) == ["both", "one"]


def test_contracts_alone_make_a_queue() -> None:
    whole = book(subscriptions=[("fell", SINCE, 100, "2024-04-30"), ("fell", "2024-05-01", 70), ("same", SINCE, 5)])
    assert ranked(whole) == ["fell"]


def test_without_contracts_everybody_counts_alike_and_it_is_said() -> None:
    use = [(name, day, count) for name, counts in (("fell", (10, 4)), ("same", (10, 9)))
           for day, count in zip(("2024-05-10", "2024-06-10"), counts, strict=True)]
    whole = book(usage=[("same", "2024-01-01", 1), ("fell", "2024-01-01", 1), *use])
    found = queue(Today(whole))
    assert ranked(whole, found) == ["fell"]
    assert "counts alike" in str(found.formula[1])
