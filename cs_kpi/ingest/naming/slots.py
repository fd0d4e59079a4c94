"""Headers by slots: what is said of what, in any order, as rules over their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SURELY, OPENLY, BARELY = 0.93, 0.86, 0.82
"""How well the words of a rule name their field: surely; unless another header says it better; as long as nothing
better is there."""
Named = tuple[str, str]
"""Table and field."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A header with a word of every slot, and others only of those that may stand beside them, names a field."""

    place: Named
    slots: tuple[frozenset[str], ...]
    may: frozenset[str]
    weight: float

    def fits(self, tokens: frozenset[str]) -> bool:
        return tokens <= self.may.union(*self.slots) and all(tokens & slot for slot in self.slots)


def rule(place: str, *slots: str, may: str = "", weight: float = OPENLY) -> Rule:
    """A rule whose slots and words beside them are written with blanks between.

    >>> rule("customers.owner", "csm", may="name our").fits(frozenset({"our", "csm"}))
    True
    """
    table, field = place.split(".")
    return Rule((table, field), tuple(frozenset(slot.split()) for slot in slots), frozenset(may.split()), weight)


def best_of(rules: Iterable[Rule], tokens: frozenset[str]) -> dict[Named, float]:
    """The places of all rules that fit, each with its best weight."""
    found: dict[Named, float] = {}
    for one in rules:
        if one.weight > found.get(one.place, 0.0) and one.fits(tokens):
            found[one.place] = one.weight
    return found
