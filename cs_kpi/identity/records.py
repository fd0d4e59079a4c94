"""What the user decided about who is who; saved with the work, and the JSON that the page downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cs_kpi.errors import DataError
from cs_kpi.locale import _

Pair = tuple[str, str]
DecisionKind = Literal["alias", "merge", "migration", "declined"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that was decided, and can be undone.

    first : the key, spelling or new id; second : the customer that it is, or is not
    tables : for an alias, where the key stands
    """

    kind: DecisionKind
    first: str
    second: str
    tables: tuple[str, ...] = ()


class Identities(BaseModel):
    """Who is who, as the user said; nothing of it is guessed.

    aliases : table -> key as the sheet has it -> customer id
    merges : id that is another spelling -> id of the customer
    migrations : new id -> old id, under which the customer goes on
    declined : pairs of ids that are two customers, each sorted
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    aliases: dict[str, dict[str, str]] = Field(default_factory=dict)
    merges: dict[str, str] = Field(default_factory=dict)
    migrations: dict[str, str] = Field(default_factory=dict)
    declined: tuple[tuple[str, str], ...] = ()

    @property
    def decisions(self) -> list[Decision]:
        """Everything that was decided, for a list to undo from."""
        places: dict[tuple[str, str], list[str]] = {}
        for table, keys in self.aliases.items():
            for key, customer in keys.items():
                places.setdefault((key, customer), []).append(table)
        return [*(Decision("alias", *pair, tuple(tables)) for pair, tables in places.items()),
                *(Decision("merge", *pair) for pair in self.merges.items()),
                *(Decision("migration", *pair) for pair in self.migrations.items()),
                *(Decision("declined", *pair) for pair in self.declined)]

    def with_aliases(self, customers: Mapping[str, str], tables: Iterable[str]) -> Identities:
        """Keys of some tables given to customers."""
        aliases = {table: dict(keys) for table, keys in self.aliases.items()}
        for table in tables:
            aliases.setdefault(table, {}).update(customers)
        return self.model_copy(update={"aliases": aliases})

    def with_merges(self, pairs: Mapping[str, str]) -> Identities:
        """Spellings (keys) of customers (values) taken for them."""
        return self.model_copy(update={"merges": {**self.merges, **pairs}})

    def with_migrations(self, pairs: Mapping[str, str]) -> Identities:
        """New ids (keys) that continue old ones (values)."""
        return self.model_copy(update={"migrations": {**self.migrations, **pairs}})

    def with_declined(self, pairs: Iterable[tuple[str, str]]) -> Identities:
        """Pairs that are two customers and are not proposed again."""
        both = dict.fromkeys([*self.declined, *(pair(*one) for one in pairs)])
        return self.model_copy(update={"declined": tuple(both)})

    def without(self, decisions: Iterable[Decision]) -> Identities:
        """As it was before these decisions."""
        gone = {(one.kind, one.first, one.second) for one in decisions}
        aliases = {table: {key: customer for key, customer in keys.items() if ("alias", key, customer) not in gone}
                   for table, keys in self.aliases.items()}
        return Identities(
            aliases={table: keys for table, keys in aliases.items() if keys},
            merges={key: kept for key, kept in self.merges.items() if ("merge", key, kept) not in gone},
            migrations={new: old for new, old in self.migrations.items() if ("migration", new, old) not in gone},
            declined=tuple(one for one in self.declined if ("declined", *one) not in gone))


def pair(one: str, other: str) -> tuple[str, str]:
    """Two ids in the one order in which they are kept."""
    return (one, other) if one <= other else (other, one)


def identities_of(text: str) -> Identities:
    """The record in a downloaded file. Raises DataError where it is none.

    >>> identities_of('{"merges": {"Acme Inc": "C1"}}').merges
    {'Acme Inc': 'C1'}
    """
    try:
        return Identities.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(_("The file on who is who cannot be used, because it is not in the form in which it is "
                          "downloaded (at {place}). Download it again from the data page and correct a copy of it.",
                          place=".".join(map(str, first["loc"])) or _("the beginning"))) from error
