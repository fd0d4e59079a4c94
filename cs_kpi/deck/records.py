"""A deck as it is saved: which items in which order, a note on each, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from cs_kpi.locale import Language

MOST_ITEMS = 200
USUAL_ROWS, MOST_ROWS = 30, 2_000
NOTE_LENGTH, TITLE_LENGTH = 2_000, 200


class Slot(BaseModel):
    """One item of a deck. note : words of the team, on the slide and in its speaker notes
    rows : how many rows of a list are shown
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str = Field(min_length=1, max_length=100)
    note: str = Field(default="", max_length=NOTE_LENGTH)
    rows: int = Field(default=USUAL_ROWS, ge=1, le=MOST_ROWS)


class Deck(BaseModel):
    """What is built again every month.

    title : empty: that of the preset, in the language of the deck
    period : None: the last complete one of `kind`
    kind : month, quarter, ...: of which kind the period is
    by, segment, is_unset : the field that charts are cut by, and the value of it to which everything is narrowed;
        is_unset: to those who have no value
    customer : whom items about one customer are about
    language : None: the reader's
    template : the key of a saved template; None: our own look
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", max_length=TITLE_LENGTH)
    preset: str = "monthly"
    title: str = Field(default="", max_length=TITLE_LENGTH)
    slots: tuple[Slot, ...] = Field(default=(), max_length=MOST_ITEMS)
    kind: str = "month"
    period: str | None = None
    by: str | None = None
    segment: str | None = None
    is_unset: bool = False
    customer: str | None = None
    language: Language | None = None
    hides_names: bool = False
    template: str | None = None

    @property
    def items(self) -> list[str]:
        return [slot.item for slot in self.slots]

    def with_items(self, ids: Sequence[str]) -> Deck:
        """The same deck with these items in this order; notes go with their items."""
        known = {slot.item: slot for slot in self.slots}
        return self.model_copy(update={"slots": tuple(known.get(id, Slot(item=id)) for id in dict.fromkeys(ids))})

    def moved(self, place: int, by: int) -> Deck:
        """An item further up or down; at the ends it stays."""
        slots = list(self.slots)
        there = min(max(place + by, 0), len(slots) - 1)
        slots.insert(there, slots.pop(place))
        return self.model_copy(update={"slots": tuple(slots)})

    def noted(self, place: int, note: str) -> Deck:
        slots = list(self.slots)
        slots[place] = slots[place].model_copy(update={"note": note.strip()[:NOTE_LENGTH]})
        return self.model_copy(update={"slots": tuple(slots)})


class Template(BaseModel):
    """A company's own template, cleaned: no slides, a plain presentation. data : the bytes in base64"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record_kind: ClassVar[str] = "DeckTemplate"

    name: str = Field(max_length=TITLE_LENGTH)
    data: str
