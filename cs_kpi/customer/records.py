"""What the team writes about a customer and saves."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

NOTE_LENGTH = 2_000


class Note(BaseModel):
    """A note. by, at : who wrote it and when, with its time zone; kept with it, so that undoing a removal signs nothing
    anew"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    customer_id: str
    text: str = Field(min_length=1, max_length=NOTE_LENGTH)
    by: str = Field(default="", max_length=80)
    at: dt.datetime
