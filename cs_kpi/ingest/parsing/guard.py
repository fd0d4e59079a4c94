"""Parsing where it can hurt nobody: in a child process with limits of memory and time.

A file that makes the parser take all the memory, run for ever, panic or crash costs one child and one sentence. The
parent watches the child's memory on every system; on Linux the child's own limit stops it between two looks as well.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cs_kpi.errors import DataError
from cs_kpi.ingest.parsing.child import OUT_OF_MEMORY
from cs_kpi.ingest.parsing.pipes import exchanged
from cs_kpi.ingest.parsing.reasons import unreadable
from cs_kpi.ingest.parsing.turns import Cancelled, Turns, taken
from cs_kpi.ingest.parsing.watched import Watched
from cs_kpi.ingest.parsing.wire import STREAM, Grid, unpacked
from cs_kpi.locale import Message

CHILD, CONTAINER_CHILD = "cs_kpi.ingest.parsing.child", "cs_kpi.ingest.parsing.container_child"
COMMAND = [sys.executable, "-P", "-X", "utf8", "-m"]
ROOT = Path(__file__).parents[3]
LOOK_SECONDS = 0.05
MOST_MEMORY, LEAST_MEMORY, SHARE_OF_FREE = 4 << 30, 512 << 20, 0.75
SECONDS, SECONDS_PER_MB, MOST_SECONDS = 20.0, 5.0, 600.0
KILLED_BY_SYSTEM = -9
"""The system ends what takes its last memory in this way."""
ABORTED = b"memory allocation of "
"""How a parser written in Rust says that it got no memory, before it aborts."""
PACKAGE = b"PK"
"""How a file of Office begins."""
TURNS = Turns()
"""For all sessions of the server."""


class Lost(DataError):
    """A child ended without a reply: `reason` is a key of REASONS."""

    def __init__(self, reason: str, name: str) -> None:
        super().__init__(unreadable(reason, name).message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    memory: int
    seconds: float


def limits(size: int) -> Limits:
    """For a file of so many bytes: generous for a machine of two busy cores, and never all of its free memory."""
    free = int(TURNS.free_memory() * SHARE_OF_FREE)
    return Limits(max(LEAST_MEMORY, min(MOST_MEMORY, free)),
                  min(MOST_SECONDS, SECONDS + SECONDS_PER_MB * size / (1 << 20)))


def grids(name: str, data: bytes, within: Limits | None = None, watched: Watched | None = None) -> list[Grid]:
    """The sheets of a workbook, parsed in a child process when it is its turn.

    Raises DataError with the child's own sentence, or where the child needs too much memory or time, or crashes, or
    the user cancels. A parser may break before the look at its workbook has found why: then that is asked for alone.
    """
    try:
        return _unpacked(name, _in_turn(name, data, within, watched, CHILD))
    except Lost as lost:
        if lost.reason in ("too_big", "crashed"):
            with suppress(Lost):
                _unpacked(name, _in_turn(name, data, within, watched, CONTAINER_CHILD))
        raise


def text_table(name: str, data: bytes, within: Limits | None = None, watched: Watched | None = None) -> bytes:
    """The cells of a table kept as text, parsed in a child process, as a stream of Arrow; raises as `grids` does."""
    reply = _in_turn(name, data, within, watched, CHILD)
    if not reply.startswith(STREAM):
        _unpacked(name, reply)
        raise unreadable("crashed", name)
    return reply


def reply_of(module: str, name: str, data: bytes, broken: DataError, within: Limits | None = None) -> bytes:
    """The file that another child of ours (a module that answers as child.py does) makes of one.

    Raises DataError with the child's own sentence; `broken` where it needs too much memory or time, or crashes.
    """
    try:
        reply = _in_turn(name, data, within, None, module)
    except DataError as error:
        raise broken from error
    if not reply.startswith(PACKAGE):
        _unpacked(name, reply)
        raise broken
    return reply


def _unpacked(name: str, reply: bytes) -> list[Grid]:
    try:
        found = unpacked(reply)
    except (ValueError, TypeError, KeyError, LookupError, RecursionError) as error:
        raise unreadable("crashed", name) from error
    if isinstance(found, Message):
        raise DataError(found)
    return found


def _in_turn(name: str, data: bytes, within: Limits | None, watched: Watched | None, module: str) -> bytes:
    try:
        with TURNS.turn(len(data), watched):
            if watched:
                watched.begin()
            return _reply(name, data, within or limits(len(data)), watched, module)
    except Cancelled as error:
        raise unreadable("cancelled", name) from error


def _reply(name: str, data: bytes, within: Limits, watched: Watched | None, module: str) -> bytes:
    sent = (json.dumps([name, within.memory]).encode() + b"\n", data)
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    with (subprocess.Popen([*COMMAND, module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           cwd=ROOT, env={**os.environ, "PYTHONPATH": path, "RUST_BACKTRACE": "0",
                                          "OPENBLAS_NUM_THREADS": "1"},
                           creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)) as child,
          TURNS.promise(child.pid, within.memory), _watch(child, within, watched) as why):
        reply, said = exchanged(child, sent)
    if child.returncode == 0:
        return reply
    logging.getLogger(__name__).warning("The parser of a file ended with %s: %s", child.returncode,
                                        said[-500:].decode("utf-8", "replace"))
    raise Lost(why[0] if why else _reason(child.returncode, said), name)


def _reason(code: int, said: bytes) -> str:
    return "too_big" if code in (OUT_OF_MEMORY, KILLED_BY_SYSTEM) or ABORTED in said else "crashed"


@contextmanager
def _watch(child: subprocess.Popen[bytes], within: Limits, watched: Watched | None) -> Iterator[list[str]]:
    """Why the child was killed, if it was; it does not outlive the block."""
    why: list[str] = []
    is_over = threading.Event()
    watcher = threading.Thread(target=_look, args=(child, within, watched, why, is_over), daemon=True)
    watcher.start()
    try:
        yield why
    finally:
        is_over.set()
        watcher.join()
        child.kill()


def _look(child: subprocess.Popen[bytes], within: Limits, watched: Watched | None, why: list[str],
          is_over: threading.Event) -> None:
    end = time.monotonic() + within.seconds
    while not is_over.wait(min(LOOK_SECONDS, within.seconds)) and not why:
        if watched and watched.is_cancelled:
            why.append("cancelled")
        elif taken(child.pid) > within.memory:
            why.append("too_big")
        elif time.monotonic() > end:
            why.append("too_slow")
    if why:
        child.kill()
