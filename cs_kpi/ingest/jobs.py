"""A file read beside the page: whoever waits sees how far it is, and may cancel; what was read is kept only then."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import pace_of, sheets
from cs_kpi.ingest.parsing.reasons import unreadable
from cs_kpi.ingest.parsing.watched import Watched
from cs_kpi.ingest.records import Sheet
from cs_kpi.locale import Message

WORTH_WATCHING = 1.0
"""Seconds; what is read quicker needs no sign of progress."""


def is_worth_watching(data: bytes) -> bool:
    return pace_of(data).expected(len(data)) > WORTH_WATCHING


class Job:
    """The reading of one file in a thread of its own. `found` is its sheets, or why there are none, once it is over.

    keep : called where the file could be read and nobody cancelled, before the job is over
    """

    def __init__(self, name: str, data: bytes, keep: Callable[[], object]) -> None:
        self.name, self.size = name, len(data)
        self.watched = Watched(len(data), pace_of(data))
        self.found: list[Sheet] | Message = unreadable("crashed", name).message
        self._lock = threading.Lock()
        threading.Thread(target=self._run, args=(data, keep), daemon=True, name="reading a file").start()

    @property
    def is_over(self) -> bool:
        return self.watched.state == "over"

    def cancel(self) -> bool:
        """Stop it; False where it was over and kept already."""
        with self._lock:
            if not self.is_over:
                self.watched.cancel()
            return self.watched.is_cancelled

    def _run(self, data: bytes, keep: Callable[[], object]) -> None:
        is_read = False
        try:
            found = sheets(self.name, data, self.watched)
            with self._lock:
                if self.watched.is_cancelled:
                    raise unreadable("cancelled", self.name)
                keep()
                self.found, is_read = found, True
                self.watched.end(is_read=True)
        except DataError as error:
            self.found = error.message
        finally:
            if not is_read:
                self.watched.end(is_read=False)
