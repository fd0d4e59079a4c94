"""Where the work is kept, who may read it, and what is said when it cannot be opened."""

import os
import sqlite3
import stat
from pathlib import Path

import platformdirs
import pytest

from cs_kpi.errors import DataError
from cs_kpi.settings import Preferences
from cs_kpi.workspace import DATABASE_URL, Workspace
from cs_kpi.workspace.database import location, sqlite_path


def test_is_in_the_users_data_folder_unless_the_environment_names_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_URL, raising=False)
    assert sqlite_path(location()) == platformdirs.user_data_path("cs-kpi", False) / "workspace.sqlite"
    monkeypatch.setenv(DATABASE_URL, "sqlite:////srv/team.sqlite")
    assert sqlite_path(location()) == Path("/srv/team.sqlite")
    assert sqlite_path(location("sqlite:///mine.sqlite")) == Path("mine.sqlite")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have these permissions")
def test_only_the_user_may_read_it(path: Path, work: Workspace) -> None:
    work.add_file("a.csv", b"a", by="")
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(path: Path, url: str) -> None:
    path.parent.mkdir()
    path.write_bytes(b"holiday pictures " * 100)
    with pytest.raises(DataError, match=r"workspace\.sqlite is damaged.*backup"):
        Workspace(url)
    assert path.read_bytes() == b"holiday pictures " * 100


def test_a_database_that_breaks_while_open_is_explained(path: Path, url: str) -> None:
    first = Workspace(url)
    for number in range(200):
        first.save(Preferences(display_name=f"CSM {number}"), f"{number}", by="")
    first.close()
    broken = bytearray(path.read_bytes())
    broken[4096:] = b"\x00" * (len(broken) - 4096)
    path.write_bytes(broken)
    with pytest.raises(DataError, match="damaged"):
        Workspace(url).all(Preferences)


def test_a_folder_in_the_place_of_the_file_is_explained(path: Path, url: str) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DataError, match=f"cannot be written.*{DATABASE_URL}"):
        Workspace(url)


def test_a_file_in_the_place_of_the_folder_is_explained(path: Path, url: str) -> None:
    path.parent.write_text("a file")
    with pytest.raises(DataError, match="cannot be written"):
        Workspace(url)


def test_a_database_that_may_not_be_written_is_explained(path: Path, url: str) -> None:
    Workspace(url).close()
    with pytest.raises(DataError, match=r"cannot be written.*readonly"):
        Workspace(f"sqlite:///file:{path}?mode=ro&uri=true").save(Preferences(), "a", by="")


def test_a_session_that_never_stops_writing_is_explained(path: Path, url: str, work: Workspace) -> None:
    impatient = Workspace(f"{url}?timeout=0.1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataError, match="Another session has been writing"):
        impatient.save(Preferences(), "a", by="")
    other.execute("ROLLBACK")
    impatient.save(Preferences(), "a", by="")


@pytest.mark.parametrize("named", ["not a url", "sqlite:/x", "nosuch://host/db"])
def test_an_address_that_names_no_database_is_explained(named: str) -> None:
    with pytest.raises(DataError, match=r"database"):
        Workspace(named)


def test_a_missing_driver_is_explained_without_the_password() -> None:
    with pytest.raises(DataError, match="not installed") as caught:
        Workspace("oracle+cx_oracle://team:secret@db.example/kpi")
    assert "secret" not in str(caught.value)
