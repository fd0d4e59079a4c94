"""What is proposed, what holds a proposal back, and when it lapses."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_kpi.actions.proposals import begun, proposals
from cs_kpi.actions.queue import queue
from cs_kpi.actions.records import Playbook, Run, Step, Trigger
from cs_kpi.actions.shipped import in_force, shipped
from cs_kpi.actions.today import Today
from cs_kpi.book import Book
from tests.actions.given import book

TODAY = dt.date(2024, 7, 1)
PLAYBOOK = Playbook(name="Renew", trigger=Trigger(kind="renewal"), steps=(
    Step(title="Prepare", due_days=0), Step(title="Sign", owner="Boss", due_days=14)))


def terms(**ends: str) -> Book:
    return book(subscriptions=[(name, "2023-01-01", 10.0 * (place + 1), None, day)
                               for place, (name, day) in enumerate(ends.items())])


def names(whole: Book, runs: dict[str, Run] | None = None) -> list[str]:
    today = Today(whole)
    [one] = proposals(today, {"renew": PLAYBOOK}, runs or {}, queue(today)).found
    return [str(whole.customer_ids[code]) for code in one.customer]


def run(customer: str, **more: object) -> Run:
    return Run(playbook="renew", name="Renew", customer_id=customer, begun_on=TODAY, **more)  # type: ignore[arg-type]


NEAR = terms(a="2024-07-31", b="2024-08-31", c="2025-03-31")


def test_the_most_at_stake_is_proposed_first() -> None:
    assert names(NEAR) == ["b", "a"]  # MRR 20 and 10; c is too far away


@pytest.mark.parametrize("held", [run("a"), run("a", state="dismissed"), run("a", state="ended", outcome="reached")])
def test_a_run_holds_the_proposal_back(held: Run) -> None:
    assert names(NEAR, {"1": held}) == ["b"]


def test_a_lapsed_run_does_not() -> None:
    assert names(NEAR, {"1": run("a", state="dismissed", lapsed_on=TODAY)}) == ["b", "a"]


def test_a_run_of_another_playbook_or_of_nobody_does_not() -> None:
    other = run("a").model_copy(update={"playbook": "other"})
    assert names(NEAR, {"1": other, "2": run("nobody"), "3": run("zzz")}) == ["b", "a"]


def test_what_is_over_lapses_when_the_trigger_holds_no_more() -> None:
    runs = {"over": run("c", state="dismissed"), "holds": run("a", state="dismissed"), "running": run("c"),
            "known": run("c", state="ended", lapsed_on=TODAY), "stranger": run("nobody", state="dismissed")}
    assert proposals(Today(NEAR), {"renew": PLAYBOOK}, runs).lapsed == ("over",)


def test_nothing_lapses_while_the_data_cannot_tell() -> None:
    monthly = book(subscriptions=[("a", "2023-01-01", 10)])
    [found] = proposals(Today(monthly), {"renew": PLAYBOOK}, {"1": run("a", state="dismissed")}).found
    assert found.missing is not None
    assert proposals(Today(monthly), {"renew": PLAYBOOK}, {"1": run("a", state="dismissed")}).lapsed == ()


def test_a_playbook_that_is_off_proposes_nothing() -> None:
    off = PLAYBOOK.model_copy(update={"is_on": False})
    assert proposals(Today(NEAR), {"renew": off}, {}).found == ()


def test_a_start_makes_an_action_of_every_step() -> None:
    made, actions = begun("renew", PLAYBOOK, "a", "Ann", TODAY, "the term runs out", "run-1")
    assert (made.playbook, made.customer_id, made.state) == ("renew", "a", "running")
    assert [(one.title, one.owner, one.due_on, one.run, one.step) for one in actions] == [
        ("Prepare", "Ann", TODAY, "run-1", 0), ("Sign", "Boss", dt.date(2024, 7, 15), "run-1", 1)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_trigger_has_a_playbook_in_both_languages(language: str) -> None:
    from cs_kpi.actions.records import TRIGGERS

    found = shipped(language)  # type: ignore[arg-type]
    assert tuple(found) == TRIGGERS
    assert [kind for kind, one in found.items() if any(step.asks_reason for step in one.steps)] == ["leaving"]
    if language == "ja":
        assert not [text for one in found.values() for text in (one.name, *(step.title for step in one.steps))
                    if text.isascii()]


def test_what_the_team_saved_stands_in_the_place_of_the_shipped() -> None:
    own = PLAYBOOK.model_copy(update={"name": "Aa"})
    changed = shipped("en")["renewal"].model_copy(update={"name": "Ours"})
    found = in_force({"own": own, "renewal": changed}, "en")
    assert list(found) == [*shipped("en"), "own"]
    assert found["renewal"].name == "Ours"
