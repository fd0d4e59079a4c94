"""The workspace: uploaded files, and records of any kind that a pydantic model describes."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from cs_kpi.errors import DataError
from cs_kpi.locale import _
from cs_kpi.workspace.database import FILES, RECORDS, STATE, location, opened, reading, scrub, writing

Model = TypeVar("Model", bound=BaseModel)
SET_ASIDE = ".unreadable"
"""Suffix of the kind under which a record that no longer validates is kept when another one takes its place."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An uploaded file without its bytes; `size` in bytes, `added_at` in UTC."""

    sha: str
    name: str
    size: int
    added_at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class Signature:
    """When (UTC) and by whom a record was saved."""

    at: dt.datetime
    by: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that this version of the app does not understand; it is kept as it is."""

    kind: str
    key: str
    reason: str


def kind_of(model: type[BaseModel]) -> str:
    """The name of a kind of record: the class attribute `record_kind`, else the name of the class.

    >>> class Target(BaseModel): ...
    >>> kind_of(Target)
    'Target'
    """
    return str(getattr(model, "record_kind", model.__name__))


class Workspace:
    """Saved work in one database. Safe for several threads, sessions and processes at once.

    A kind of record is one pydantic model, nothing else: `save(target, "2025", by="Sato")` keeps it,
    `load(Target, "2025")` gives it back.

    url : database; default CS_KPI_DATABASE_URL, else a file in the user's data folder
    Raises DataError, here and in every method, where the database cannot be opened, read or written.

    >>> class Target(BaseModel):
    ...     nrr: float
    >>> work = Workspace("sqlite://")
    >>> work.save(Target(nrr=1.1), "2025", by="Sato")
    >>> work.load(Target, "2025"), work.load(Target, "2026")
    (Target(nrr=1.1), None)
    """

    def __init__(self, url: str | None = None) -> None:
        self._engine = opened(location(url))
        self._seen: dict[tuple[str, str], type[BaseModel]] = {}

    def version(self) -> str:
        """A word that changes whenever anything is saved or removed, by whichever session."""
        with reading(self._engine) as connection:
            return connection.execute(select(STATE.c.version)).scalar_one()

    def add_file(self, name: str, data: bytes, by: str) -> str:
        """Keep a file and return the sha256 of its bytes; bytes that are there already change nothing."""
        sha = hashlib.sha256(data).hexdigest()
        with writing(self._engine) as connection:
            if connection.execute(select(FILES.c.id).where(FILES.c.sha == sha)).first() is None:
                connection.execute(insert(FILES).values(
                    sha=sha, name=name, size=len(data), data=data, added_at=_now(), added_by=by))
                _changed(connection)
        return sha

    def files(self) -> list[StoredFile]:
        """Every file, in order of adding."""
        columns = (FILES.c.sha, FILES.c.name, FILES.c.size, FILES.c.added_at, FILES.c.added_by)
        with reading(self._engine) as connection:
            rows = connection.execute(select(*columns).order_by(FILES.c.id)).all()
        return [StoredFile(sha, name, size, _utc(at), by) for sha, name, size, at, by in rows]

    def data(self, sha: str) -> bytes:
        """The bytes of a file; raises DataError when it is no longer there."""
        with reading(self._engine) as connection:
            found = connection.execute(select(FILES.c.data).where(FILES.c.sha == sha)).scalar_one_or_none()
        if found is None:
            raise DataError(_("This file is no longer in the workspace; it was removed in another window. Load it "
                              "again on the data page."))
        return bytes(found)

    def remove_file(self, sha: str) -> None:
        with writing(self._engine) as connection:
            if connection.execute(delete(FILES).where(FILES.c.sha == sha)).rowcount:
                _changed(connection)

    def save(self, record: BaseModel, key: str, by: str) -> None:
        """Keep `record` under `key`, in the place of the one that was there."""
        self.save_all({key: record}, by)

    def save_all(self, records: Mapping[str, BaseModel], by: str) -> None:
        """Keep several records at once: all of them or, where one cannot be written, none."""
        bodies = {key: _body(record) for key, record in records.items()}
        with writing(self._engine) as connection:
            for key, body in bodies.items():
                _put(connection, type(records[key]), key, body, by)
            if bodies:
                _changed(connection)

    def load(self, model: type[Model], key: str) -> Model | None:
        """The record under `key`; None where there is none that this version understands."""
        return self._readable(model, key).get(key)

    def all(self, model: type[Model]) -> dict[str, Model]:
        """Every record of a kind by its key, in the order of keys."""
        return self._readable(model)

    def signatures(self, model: type[BaseModel]) -> dict[str, Signature]:
        """When and by whom every record of a kind was saved."""
        query = select(RECORDS.c.key, RECORDS.c.saved_at, RECORDS.c.saved_by)
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(RECORDS.c.kind == kind_of(model)).order_by(RECORDS.c.key)).all()
        return {key: Signature(_utc(at), by) for key, at, by in rows}

    def remove(self, model: type[BaseModel], key: str) -> None:
        with writing(self._engine) as connection:
            if connection.execute(delete(RECORDS).where(*_is(model, key))).rowcount:
                _changed(connection)

    def unreadable(self) -> list[Unreadable]:
        """The records that were asked for and that this version does not understand."""
        found = []
        for (kind, key), model in sorted(self._seen.copy().items()):
            for body in self._bodies(model, key).values():
                if reason := _obstacle(model, body):
                    found.append(Unreadable(kind, key, reason))
        return found

    def forget(self) -> None:
        """Remove everything, and leave nothing of it in the database file."""
        with writing(self._engine) as connection:
            connection.execute(delete(FILES))
            connection.execute(delete(RECORDS))
            _changed(connection)
        scrub(self._engine)
        self._seen.clear()

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()

    def _bodies(self, model: type[BaseModel], key: str | None = None) -> dict[str, str]:
        query = select(RECORDS.c.key, RECORDS.c.body).where(*_is(model, key)).order_by(RECORDS.c.key)
        with reading(self._engine) as connection:
            return {key: body for key, body in connection.execute(query)}  # noqa: C416 (rows, not pairs)

    def _readable(self, model: type[Model], key: str | None = None) -> dict[str, Model]:
        found: dict[str, Model] = {}
        for name, body in self._bodies(model, key).items():
            try:
                found[name] = model.model_validate_json(body)
            except ValidationError:
                self._seen[kind_of(model), name] = model
        return found


def _body(record: BaseModel) -> str:
    body = record.model_dump_json(round_trip=True)
    if reason := _obstacle(type(record), body):
        raise ValueError(f"{type(record).__name__} does not survive being saved: {reason}")
    return body


def _put(connection: Connection, model: type[BaseModel], key: str, body: str, by: str) -> None:
    """Write one record; one in its place that cannot be read is set aside instead of lost."""
    values = {"body": body, "saved_at": _now(), "saved_by": by}
    before = connection.execute(select(RECORDS.c.body).where(*_is(model, key))).scalar_one_or_none()
    if before is not None and _obstacle(model, before):
        aside = {"kind": kind_of(model) + SET_ASIDE, "key": f"{key} {uuid.uuid4().hex}"}
        connection.execute(update(RECORDS).where(*_is(model, key)).values(**aside))
        before = None
    if before is None:
        connection.execute(insert(RECORDS).values(kind=kind_of(model), key=key, **values))
    else:
        connection.execute(update(RECORDS).where(*_is(model, key)).values(**values))


def _is(model: type[BaseModel], key: str | None) -> tuple:
    kind = RECORDS.c.kind == kind_of(model)
    return (kind,) if key is None else (kind, RECORDS.c.key == key)


def _obstacle(model: type[BaseModel], body: str) -> str:
    """Why `body` is no record of `model`; empty where it is one."""
    try:
        model.model_validate_json(body)
    except ValidationError as error:
        return "; ".join(f"{'.'.join(map(str, part['loc']))}: {part['msg']}" for part in error.errors())
    return ""


def _changed(connection: Connection) -> None:
    """A new version word; never one that was there before, so that no cache takes old for new."""
    connection.execute(update(STATE).values(version=uuid.uuid4().hex))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC)
