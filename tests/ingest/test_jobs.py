"""A file read beside the page: it can be watched and cancelled, and what was cancelled leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.jobs import Job, is_worth_watching
from cs_kpi.ingest.parsing import guard, turns
from cs_kpi.ingest.parsing.guard import Limits, grids
from cs_kpi.ingest.parsing.turns import Turns
from cs_kpi.ingest.parsing.watched import NEARLY, Pace, Watched
from cs_kpi.locale import Message
from tests.ingest.given import workbook

LEDGER = workbook(["顧客ID", "月額"], ["C1", 12_000])
MB = 1 << 20
PATIENCE = 60


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every child that is started; each hangs."""
    begun: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*given, **options):
        begun.append(start(*given, **options))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(guard, "COMMAND", [sys.executable, "-c", "import time; time.sleep(99)"])
    return begun


@pytest.fixture
def one_turn(monkeypatch: pytest.MonkeyPatch) -> Turns:
    monkeypatch.setattr(guard, "TURNS", Turns(1))
    return guard.TURNS


def reads(job: Job) -> None:
    """Wait until a job has got its turn and its child."""
    while job.watched.state == "waiting":
        threading.Event().wait(0.01)


def test_what_was_read_is_kept_and_handed_over() -> None:
    kept: list[str] = []
    job = Job("ledger.xlsx", LEDGER, lambda: kept.append("ledger"))
    assert job.watched.wait(PATIENCE)
    assert isinstance(job.found, list)
    assert job.found[0].cells.shape == (2, 2)
    assert (kept, job.watched.share, job.cancel()) == (["ledger"], 1.0, False)


def test_cancelled_the_child_is_gone_and_nothing_is_kept(children: list[subprocess.Popen[bytes]]) -> None:
    kept: list[str] = []
    job = Job("ledger.xlsx", LEDGER, lambda: kept.append("ledger"))
    reads(job)
    assert job.cancel()
    assert job.watched.wait(PATIENCE)
    assert isinstance(job.found, Message)
    assert "was cancelled" in str(job.found)
    assert kept == []
    assert [child.poll() is not None for child in children] == [True]


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept() -> None:
    kept: list[str] = []
    job = Job("photo.xlsx", b"\x89PNG" + bytes(99), lambda: kept.append("photo"))
    assert job.watched.wait(PATIENCE)
    assert "is a picture" in str(job.found)
    assert kept == []


def test_a_workspace_that_cannot_be_written_is_said() -> None:
    def full() -> None:
        raise DataError(Message("The disk is full."))

    job = Job("ledger.xlsx", LEDGER, full)
    assert job.watched.wait(PATIENCE)
    assert str(job.found) == "The disk is full."


def test_one_waits_while_another_is_read_and_can_be_cancelled_before_its_turn(
        children: list[subprocess.Popen[bytes]], one_turn: Turns) -> None:
    first = Job("a.xlsx", LEDGER, lambda: None)
    reads(first)
    second = Job("b.xlsx", LEDGER, lambda: None)
    second.watched.wait(0.2)
    assert (second.watched.state, second.watched.share) == ("waiting", 0.0)
    second.cancel()
    assert second.watched.wait(PATIENCE)
    assert len(children) == 1
    first.cancel()
    assert first.watched.wait(PATIENCE)


def test_a_small_file_does_not_wait_for_large_ones() -> None:
    both = Turns(2)
    with both.turn(2 * MB):
        large = Watched(2 * MB, Pace(1))
        large.cancel()
        with pytest.raises(turns.Cancelled), both.turn(2 * MB, large):
            pass
        with both.turn(1000):
            pass


def test_a_turn_is_given_back_whatever_happens(one_turn: Turns) -> None:
    for _attempt in range(3):
        with pytest.raises(DataError):
            grids("given.xlsx", LEDGER, Limits(1 << 30, 0.0))
    assert sheets("given.xlsx", LEDGER)[0].cells.shape == (2, 2)


def test_memory_that_a_running_child_may_still_take_is_not_promised_twice() -> None:
    given = Turns()
    free = given.free_memory()
    with given.promise(os.getpid(), 3 * free):
        assert given.free_memory() == 0
    assert given.free_memory() > 0


def test_progress_never_says_done_before_it_is() -> None:
    watched = Watched(MB, Pace(1e-9))
    assert (watched.state, watched.share) == ("waiting", 0.0)
    watched.begin()
    assert (watched.state, watched.share) == ("reading", NEARLY)
    watched.end(is_read=True)
    assert (watched.state, watched.share) == ("over", 1.0)


def test_only_what_takes_long_is_watched() -> None:
    assert not is_worth_watching(LEDGER)
    assert not is_worth_watching(b"a,b\n" * 500_000)
    assert is_worth_watching(LEDGER + bytes(20 * MB))
