"""The one error that is the user's to mend; anything else is ours and may raise."""

from __future__ import annotations

from cs_kpi.locale import Message


class DataError(Exception):
    """The user's data or a setting needs a change.

    The message says where and what was found, what is needed, and the next step. Pages show it and go on; the
    command line prints it and exits 2.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
