"""Whose turn it is to parse: so many children at once on this machine, each with its part of the memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psutil

from cs_kpi.ingest.parsing.watched import Watched

SMALL = 1 << 20
"""A file of so many bytes or fewer never waits for large ones alone: one turn is kept for such."""
AT_ONCE = max(2, min(4, os.cpu_count() or 2))
LOOK_SECONDS = 0.05


class Cancelled(Exception):
    """The user did not want to wait any longer."""


class Turns:
    """At most `at_once` at a time, and one fewer of large ones."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._all, self._large = threading.Semaphore(at_once), threading.Semaphore(max(1, at_once - 1))
        self._promised: dict[int, int] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, size: int, watched: Watched | None = None) -> Iterator[None]:
        """Wait for a turn and keep it for the block; raises Cancelled where the waiting is."""
        with ExitStack() as held:
            for queue in ([self._large] if size > SMALL else []) + [self._all]:
                _wait(queue, watched)
                held.callback(queue.release)
            yield

    @contextmanager
    def promise(self, process: int, memory: int) -> Iterator[None]:
        """For the block, memory that a child may still take is not free for others."""
        with self._lock:
            self._promised[process] = memory
        try:
            yield
        finally:
            with self._lock:
                del self._promised[process]

    def free_memory(self) -> int:
        """Bytes that nobody has, and that no child which runs may still take."""
        with self._lock:
            promised = dict(self._promised)
        still = sum(max(0, memory - taken(process)) for process, memory in promised.items())
        return max(0, int(psutil.virtual_memory().available) - still)


def _wait(queue: threading.Semaphore, watched: Watched | None) -> None:
    while not queue.acquire(timeout=LOOK_SECONDS):
        if watched and watched.is_cancelled:
            raise Cancelled
    if watched and watched.is_cancelled:
        queue.release()
        raise Cancelled


def taken(process: int) -> int:
    """Bytes of memory that a process holds; 0 where it is no more."""
    try:
        return int(psutil.Process(process).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
