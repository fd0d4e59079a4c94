"""How far the reading of one file is, as another thread may ask, and the switch that stops it."""

from __future__ import annotations

import threading
import time
from typing import Literal

State = Literal["waiting", "reading", "over"]
MEGABYTE = 1 << 20
NEARLY = 0.95
"""Shown at most while it still runs: what takes longer than expected is not done."""


class Pace:
    """Seconds that a megabyte takes, learned from the files that were read: no two machines are alike.

    >>> pace = Pace(0.5)
    >>> pace.learn(4 * MEGABYTE, 8.0)
    >>> pace.expected(2 * MEGABYTE)
    2.5
    """

    def __init__(self, seconds_per_mb: float) -> None:
        self._seconds_per_mb = seconds_per_mb

    def expected(self, size: int) -> float:
        return self._seconds_per_mb * size / MEGABYTE

    def learn(self, size: int, seconds: float) -> None:
        """Half of what is known, half of what was just seen; small files say nothing."""
        if size >= MEGABYTE:
            self._seconds_per_mb = (self._seconds_per_mb + seconds * MEGABYTE / size) / 2


PACKED, TEXT = Pace(0.75), Pace(0.12)
"""Of workbooks and of plain text, until a file was read: on two busy cores."""


class Watched:
    """One reading. The reader calls `begin` and `end`; whoever waits asks for `state` and `share`, and may `cancel`."""

    def __init__(self, size: int, pace: Pace) -> None:
        self._size, self._pace = size, pace
        self.expected = pace.expected(size)
        self._began: float | None = None
        self._cancelled, self._over = threading.Event(), threading.Event()

    @property
    def state(self) -> State:
        return "over" if self._over.is_set() else "waiting" if self._began is None else "reading"

    @property
    def seconds(self) -> float:
        """Since it began; 0 while it waits for its turn."""
        return 0.0 if self._began is None else time.monotonic() - self._began

    @property
    def share(self) -> float:
        """How far it is, 0..1, by the time that files of its size take."""
        if self.state == "over":
            return 1.0
        return min(NEARLY, self.seconds / self.expected) if self.expected else 0.0

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def begin(self) -> None:
        self._began = time.monotonic()

    def end(self, *, is_read: bool) -> None:
        """The reading is over; of one that came to its end the pace is learned."""
        if is_read and self._began is not None:
            self._pace.learn(self._size, self.seconds)
        self._over.set()

    def cancel(self) -> None:
        self._cancelled.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over; whether it is."""
        return self._over.wait(seconds)
