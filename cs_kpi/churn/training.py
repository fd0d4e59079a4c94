"""The training of a model beside the page: whoever waits sees how far it is, and may cancel or leave."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cs_kpi.book import Book
from cs_kpi.churn.kept import ChurnModel, kept
from cs_kpi.churn.registry import at_hand
from cs_kpi.churn.risk import Rivals, outlook
from cs_kpi.errors import DataError
from cs_kpi.locale import Message


class _CancelledError(Exception):
    """Raised inside the training when somebody cancelled; never leaves this module."""


class Training:
    """One training in a thread of its own.

    share : how much is done, 0 to 1
    obstacle : why there is no model, once it is over; None where there is one, or where it was cancelled
    keep : called with the record where nobody cancelled, before it is over
    """

    def __init__(self, book: Book, keep: Callable[[ChurnModel], object], rivals: Rivals | None = None) -> None:
        self.share = 0.0
        self.is_over = False
        self.obstacle: Message | None = None
        self._is_cancelled = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, args=(book, keep, rivals), daemon=True,
                                        name="training a churn model")
        self._thread.start()

    def cancel(self) -> None:
        """Stop it at its next step: from now on it keeps nothing; what was kept before stays."""
        with self._lock:
            self._is_cancelled = True

    def wait(self, seconds: float) -> bool:
        """Whether it is over within that time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self, book: Book, keep: Callable[[ChurnModel], object], rivals: Rivals | None) -> None:
        try:
            found = outlook(book, at_hand(book, book.settings.churn), rivals, self._note)
            record = kept(book, found, book.today)
            with self._lock:
                self._note(1.0)
                keep(record)
        except _CancelledError:
            pass
        except DataError as error:
            self.obstacle = error.message
        finally:
            self.is_over = True

    def _note(self, share: float) -> None:
        if self._is_cancelled:
            raise _CancelledError
        self.share = share
