"""What the declaration of a canonical table is made of: its fields, their kinds, and the words that suggest them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from cs_kpi.locale import Message

Kind = Literal["id", "text", "date", "money", "number", "flag", "choice", "interval"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a canonical table.

    synonyms : header words in both languages, best first, as `mapping.plain` leaves them compared
    choices : for kind `choice` (of a flag: words of its own beside yes and no), canonical value -> words of a cell that
        mean it
    """

    name: str
    kind: Kind
    label: Message
    synonyms: tuple[str, ...]
    required: bool = False
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Table:
    """A canonical table; `titles` are words of a sheet's or file's name that suggest it."""

    name: str
    label: Message
    fields: tuple[Field, ...]
    titles: tuple[str, ...]
    one_of: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def required(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.required)
