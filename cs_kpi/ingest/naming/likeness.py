"""How alike a header is to known words: English by shared words, Japanese by shared signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from cs_kpi.header_words import PASSING_WORDS

ALIKE = 0.72
TOKEN_ALIKE, SHORTEST_SLIP = 85, 5
NO_SLIPS = (frozenset(("contact", "contract")), frozenset(("person", "persona")), frozenset(("contacts", "contracts")))
"""Words that look like slips of each other, and are none."""



@dataclass(slots=True)
class Group:
    """words : known words, each with its parts where English; parts : all of these"""

    words: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    parts: frozenset[str] = frozenset()


Groups = Mapping[frozenset[str], Group]
"""Words such as last, next and planned -> the known words that have just these."""


def groups(known: Iterable[str]) -> Groups:
    """Known words grouped so that only those are compared that can be alike: a sheet may have a thousand headers."""
    found: dict[frozenset[str], Group] = {}
    for word in known:
        found.setdefault(_passing(word), Group()).words.append((word, tuple(word.split()) if word.isascii() else ()))
    for group in found.values():
        group.parts = frozenset(part for _word, parts in group.words for part in parts)
    return found


def likenesses(word: str, known: Groups) -> Iterator[tuple[str, float]]:
    """Known words that a plain word is like, each with how much, 0..1."""
    group = known.get(_passing(word), Group())
    own = [_alike(one, group.parts) for one in word.split()] if word.isascii() else []
    for other, parts in group.words:
        likeness = _of_words(own, parts) if own and parts else fuzz.ratio(word, other) / 100 if len(word) > 2 else 0.0
        if likeness >= ALIKE:
            yield other, likeness


def _passing(word: str) -> frozenset[str]:
    return frozenset(passing for passing in PASSING_WORDS if passing in word)


def _is_alike(one: str, other: str) -> bool:
    """Whether two words are the same but for a slip; of short ones only the s of many, since plant is no plan."""
    if frozenset((one, other)) in NO_SLIPS:
        return False
    if min(len(one), len(other)) < SHORTEST_SLIP:
        return one.removesuffix("s") == other.removesuffix("s")
    return fuzz.ratio(one, other) >= TOKEN_ALIKE


@lru_cache(maxsize=4096)
def _alike(one: str, known: frozenset[str]) -> frozenset[str]:
    """Those of the known words that are the same as one, but for a slip; headers of one sheet share their words."""
    return frozenset(other for other in known if _is_alike(one, other))


def _of_words(own: Sequence[frozenset[str]], parts: Sequence[str]) -> float:
    """The share of words that are alike; own : for each own word the known ones like it"""
    whole = len(own) + len(parts)
    if 2 * min(len(own), len(parts)) < ALIKE * whole:
        return 0.0
    shared = sum(not alike.isdisjoint(parts) for alike in own)
    return 2 * min(shared, len(parts)) / whole
