"""Uploaded files in the workspace."""

import datetime as dt
import hashlib

import pytest

from cs_kpi.errors import DataError
from cs_kpi.workspace import Workspace


def test_gives_back_the_bytes_by_their_sha256(work: Workspace) -> None:
    sha = work.add_file("台帳.xlsx", b"PK\x00\xff", by="佐藤")
    assert sha == hashlib.sha256(b"PK\x00\xff").hexdigest()
    assert work.data(sha) == b"PK\x00\xff"


def test_lists_files_in_the_order_of_adding(work: Workspace) -> None:
    for name in ("b.csv", "a.csv", "c.csv"):
        work.add_file(name, name.encode(), by="Sato")
    assert [(file.name, file.size, file.by) for file in work.files()] == [
        ("b.csv", 5, "Sato"), ("a.csv", 5, "Sato"), ("c.csv", 5, "Sato")]


def test_says_in_utc_when_a_file_was_added(work: Workspace) -> None:
    before = dt.datetime.now(dt.UTC)
    work.add_file("a.csv", b"a", by="")
    assert before <= work.files()[0].added_at <= dt.datetime.now(dt.UTC)


def test_the_same_bytes_again_change_nothing(work: Workspace) -> None:
    work.add_file("a.csv", b"a", by="Sato")
    version = work.version()
    work.add_file("copy of a.csv", b"a", by="Tanaka")
    assert [file.name for file in work.files()] == ["a.csv"]
    assert work.version() == version


def test_keeps_an_empty_file(work: Workspace) -> None:
    assert work.data(work.add_file("empty.csv", b"", by="")) == b""


def test_a_removed_file_is_gone_and_asking_for_it_says_what_to_do(work: Workspace) -> None:
    sha = work.add_file("a.csv", b"a", by="")
    work.add_file("b.csv", b"b", by="")
    work.remove_file(sha)
    assert [file.name for file in work.files()] == ["b.csv"]
    with pytest.raises(DataError, match="Load it again on the data page"):
        work.data(sha)


def test_a_file_removed_and_added_again_comes_last(work: Workspace) -> None:
    sha = work.add_file("a.csv", b"a", by="")
    work.add_file("b.csv", b"b", by="")
    work.remove_file(sha)
    work.add_file("a.csv", b"a", by="")
    assert [file.name for file in work.files()] == ["b.csv", "a.csv"]


def test_is_there_after_a_restart(url: str) -> None:
    first = Workspace(url)
    first.add_file("a.csv", b"a", by="Sato")
    first.close()
    assert [file.name for file in Workspace(url).files()] == ["a.csv"]
