"""The database under a workspace: where it is, how it is opened, and what to say when it cannot be."""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from cs_kpi.errors import DataError
from cs_kpi.locale import Message, _

DATABASE_URL = "CS_KPI_DATABASE_URL"
"""Environment variable that names another database than the user's own file."""
PATIENCE_SECONDS = 30
"""How long a session waits for another one that writes."""

SCHEMA = MetaData()
FILES = Table(
    "files", SCHEMA, Column("id", Integer, primary_key=True), Column("sha", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False), Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False), Column("added_at", DateTime, nullable=False),
    Column("added_by", Text, nullable=False))
RECORDS = Table(
    "records", SCHEMA, Column("kind", String(120), primary_key=True), Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False), Column("saved_at", DateTime, nullable=False),
    Column("saved_by", Text, nullable=False))
STATE = Table("state", SCHEMA, Column("id", Integer, primary_key=True, autoincrement=False),
              Column("version", String(32), nullable=False))


def location(url: str | None = None) -> URL:
    """The database of `url`, else of the environment, else the file in the user's data folder."""
    named = url or os.environ.get(DATABASE_URL)
    if not named:
        return URL.create("sqlite", database=str(platformdirs.user_data_path("cs-kpi", False) / "workspace.sqlite"))
    try:
        return make_url(named)
    except (ArgumentError, ValueError) as error:
        raise DataError(_("The value of {variable} does not name a database. Write for instance "
                          "sqlite:////home/you/cs-kpi.sqlite, or leave it out.", variable=DATABASE_URL)) from error


def opened(url: URL) -> Engine:
    """An engine on `url` whose tables exist. Raises DataError where the database cannot be opened."""
    with explained(url):
        if path := sqlite_path(url):
            _make_private(path)
        try:
            engine = create_engine(url, connect_args=_patience(url))
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise DataError(_("The driver of the database {place} is not installed ({reason}). Install it in the "
                              "app's environment.", place=_shown(url), reason=str(error))) from error
        if is_sqlite(url):
            _tune(engine)
        with _transaction(engine) as connection:
            SCHEMA.create_all(connection)
            if connection.execute(select(STATE.c.id)).first() is None:
                connection.execute(insert(STATE).values(id=1, version=uuid.uuid4().hex))
        return engine


def _patience(url: URL) -> dict[str, float]:
    return {"timeout": PATIENCE_SECONDS} if is_sqlite(url) and "timeout" not in url.query else {}


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite database; None for one in memory and for servers."""
    if not is_sqlite(url) or url.database in (None, "", ":memory:") or str(url.database).startswith("file:"):
        return None
    return Path(str(url.database))


def _make_private(path: Path) -> None:
    """A folder and a file that only this user may read, where the system knows such a thing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def _tune(engine: Engine) -> None:
    """Many sessions at once (write-ahead log), and nothing of what was deleted left in the file."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA secure_delete = ON")
        _use_write_ahead_log(connection)
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_write_ahead_log(connection: Any) -> None:
    """Switch once per file; SQLite does not wait by itself where two processes switch at the same moment."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except connection.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    with explained(engine.url), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction in which no other session writes, from its beginning to its end, on every kind of database."""
    with explained(engine.url), _transaction(engine) as connection:
        connection.execute(select(STATE.c.id).with_for_update())
        yield connection


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def scrub(engine: Engine) -> None:
    """Leave no byte of deleted content in the SQLite file or its log; other databases see to it themselves."""
    if not is_sqlite(engine.url):
        return
    with explained(engine.url), engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy = cursor.fetchall()[0][0]
    if is_busy:
        raise DataError(_("The content was deleted, but another session still reads from {place}. Repeat the deletion "
                          "in a moment, so that nothing of it is left on the disk.", place=_shown(engine.url)))


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """What the surroundings refuse (rights, disk, damage) becomes a sentence; mistakes of our own still raise."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        raise DataError(_reason(url, str(error))) from error
    except DatabaseError as error:
        if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
            raise
        raise DataError(_reason(url, str(error.orig))) from error


def _reason(url: URL, words: str) -> Message:
    place, low = _shown(url), words.lower()
    if "not a database" in low or "malformed" in low:
        return _("The saved work in {place} is damaged, or the file is something else. Put a backup in its place, or "
                 "move the file away to begin with an empty workspace, then load the page again.", place=place)
    if any(sign in low for sign in ("readonly", "unable to open", "permission", "not a directory", "file exists")):
        return _("The saved work cannot be written to {place} ({reason}). Give your user the right to write there, or "
                 "name another database in {variable}, then start again.", place=place,
                 reason=words, variable=DATABASE_URL)
    if "disk is full" in low or "no space" in low:
        return _("The work cannot be saved: the disk of {place} is full. Free some space, then try again.", place=place)
    if "locked" in low:
        return _("Another session has been writing to {place} for more than {seconds} seconds. Try again in a moment.",
                 place=place, seconds=PATIENCE_SECONDS)
    return _("The database {place} does not answer: {reason}. Check that it is running and that {variable} is right, "
             "then try again.", place=place, reason=words.strip().rstrip("."), variable=DATABASE_URL)


def _shown(url: URL) -> str:
    """Where it is, without the password."""
    return str(sqlite_path(url) or url.render_as_string(hide_password=True))
