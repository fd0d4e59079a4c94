"""How alike a header is to known words: English by shared words, Japanese by shared signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from cs_kpi.header_words import PASSING_WORDS

ALIKE = 0.72
TOKEN_ALIKE, SHORTEST_SLIP = 85, 5
NO_SLIPS = (frozenset(("contact", "contract")), frozenset(("person", "persona")), frozenset(("contacts", "contracts")))
"""Words that look like slips of each other, and are none."""

Groups = Mapping[frozenset[str], Sequence[tuple[str, tuple[str, ...]]]]
"""Words such as last, next and planned -> the known words that have just these, each with its parts where English."""


def groups(known: Iterable[str]) -> Groups:
    """Known words grouped so that only those are compared that can be alike: a sheet may have a thousand headers."""
    found: dict[frozenset[str], list[tuple[str, tuple[str, ...]]]] = {}
    for word in known:
        found.setdefault(_passing(word), []).append((word, tuple(word.split()) if word.isascii() else ()))
    return found


def likenesses(word: str, known: Groups) -> Iterator[tuple[str, float]]:
    """Known words that a plain word is like, each with how much, 0..1."""
    for other, parts in known.get(_passing(word), ()):
        likeness = _of_words(word.split(), parts) if word.isascii() and parts else (
            fuzz.ratio(word, other) / 100 if len(word) > 2 else 0.0)
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


def _of_words(own: Sequence[str], parts: Sequence[str]) -> float:
    whole = len(own) + len(parts)
    if 2 * min(len(own), len(parts)) < ALIKE * whole:
        return 0.0
    shared = sum(any(_is_alike(one, other) for other in parts) for one in own)
    return 2 * min(shared, len(parts)) / whole
