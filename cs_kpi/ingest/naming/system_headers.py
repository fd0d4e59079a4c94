"""Headers as systems write them, read as people would: customers.company_name, Renewal_Date__c, _parentaccountid_value,
Custom field (Organizations), conversation_state.

A path is read by its last levels, a name of a database without its signs, and a field of a known object (a plan, a
conversation, a requester) as what it is to us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cs_kpi.ingest.naming.abbreviations import spelt_out
from cs_kpi.ingest.naming.system_words import (
    ASKED,
    FIELDS,
    INTERVAL,
    JAPANESE,
    NEVER,
    OBJECTS,
    OF_CONTRACTS,
    WHOLE,
    WHOSE,
    WRAPPERS,
    At,
)
from cs_kpi.ingest.naming.words import nfkc, plain, straight
from cs_kpi.tables import TABLES

CUSTOM = re.compile(r"custom fields?\s*[:.\-]?\s*[(\[]?(?P<name>[^)\]]+)[)\]]?", re.IGNORECASE)
AROUND = re.compile(r"^(?:hs|hubspot|new|cf|sf|sfdc|cr[0-9a-f]{2,4}|mp)_+(?=[a-z])|^[A-Za-z]{2,8}__(?=.+__[cr]\b)"
                    r"|__(?:c|r|pc)\b|^[_$]+|(?<=[./])[_$]+|_value$|_ts$")
"""What databases put around a name to say in which part of them it is."""
LEVEL = re.compile(r"__|::|[./:]|\s[-–>]\s|\[\d*\]")
EVERY = r"(?:billing|payment|plan|product|order|charge|subscription|item|price|recurring|invoice)"
HOW_OFTEN = re.compile(rf"(?:{EVERY} )*interval(?: (?:unit|type|frequency|name|count|number))?"
                       rf"|(?:{EVERY} )+(?:period|cycle|frequency)(?: (?:unit|type|frequency|interval|name))?")
ASIDE = re.compile(r"^\(do not modify\)|先.*[(\[].*(?:市区|都道府県|郵便|番地|町名|住所|建物|電話)")
LONGEST_OBJECT, MOST_GLUED, SHORTEST_GLUED = 3, 5, 6
EXTRA = ("id", "ids", "no", "of", "on", "at", "by", "to", "parent", "created", "create", "modified",
         "company", "unit", "owner")


class Wording(NamedTuple):
    """Words to look up instead of a header's own, among the fields of some tables (none: of all); or its fields."""

    words: str = ""
    tables: tuple[str, ...] = ()
    fields: tuple[At, ...] = ()


def names_nothing(header: str) -> bool:
    """Whether a header of a system names no field, although it is like one that does.

    >>> names_nothing("customers.given_name"), names_nothing("送付ステータス"), names_nothing("Company name")
    (True, True, False)
    """
    text = nfkc(header).casefold()
    return NEVER.fullmatch(plain(header)) is not None or ASIDE.search(text) is not None


def surely(header: str) -> tuple[At, ...]:
    """The field that a path of known objects (plan.product) or a header of a Japanese system names before all others:
    親取引先ID is no 取引先ID."""
    header = straight(header)
    if header.isascii():
        levels = _levels(header)
        found = _of_objects(" ".join(_once(token for level in levels for token in level.split())))
        return next(found, Wording()).fields if len(levels) > 1 else ()
    return tuple(at for at, pattern in JAPANESE if pattern.fullmatch(plain(header)))


def is_glued(header: str) -> bool:
    """Whether a header is several words without anything between them: companyid."""
    word = plain(header)
    return " " not in word and word not in _declared() and len(word) >= SHORTEST_GLUED and bool(_parted(word))


def wordings(header: str) -> Iterator[Wording]:
    """What a header that no vocabulary knows may mean, the likeliest first.

    >>> [one.words for one in wordings("Renewal_Date__c")][:1], next(wordings("accountid")).words
    (['renewal date'], 'account id')
    >>> next(wordings("conversation_state")).fields
    (('interactions', 'status'),)
    """
    header = straight(header)
    if not header.isascii():
        _whose, _sign, what = nfkc(header).rpartition(":")
        if what and what != nfkc(header):
            yield Wording(what.strip())
        return
    levels = _levels(header)
    words = " ".join(_once(token for level in levels for token in level.split()))
    words = (_parted(words) or words) if " " not in words and len(words) >= SHORTEST_GLUED else words
    words = words.removesuffix(" cents").removesuffix(" in")
    paths = [words, *(" ".join(levels[start:]) for start in range(1, len(levels)))]
    yield from (Wording(fields=WHOLE[path]) for path in paths if path in WHOLE)
    yield from (Wording(fields=(at,)) for at, pattern in ASKED if pattern.fullmatch(words))
    for path in paths:
        yield from _of_objects(path)
    if words != plain(header):
        yield Wording(words)
    if HOW_OFTEN.fullmatch(words):
        yield Wording(fields=(INTERVAL,))
    for path in paths if "(" not in header else ():
        yield from _of_contracts(path)


def _levels(header: str) -> list[str]:
    """The levels of a path as plain words, without those that only hold others or say where the field is kept."""
    found = CUSTOM.fullmatch(nfkc(header))
    text = found["name"] if found else nfkc(header)
    while (bare := AROUND.sub("", text)) != text and bare:
        text = bare
    levels = [spelt_out(plain(level)) for level in LEVEL.split(text)]
    kept = [level for level in levels if level and not level.isdigit() and level not in WRAPPERS]
    return [_without(level) for level in kept] or levels[-1:]


def _without(level: str) -> str:
    first, _space, rest = level.partition(" ")
    return rest if rest and first in WHOSE else level


def _once(tokens: Iterator[str]) -> list[str]:
    """Words without those said twice in a row: subscription subscription start, rating rating."""
    kept: list[str] = []
    for token in tokens:
        if not kept or _single(kept[-1]) != _single(token):
            kept.append(token)
    return kept


def _objects(words: str) -> Iterator[tuple[str, str]]:
    """What the first words are to us, and the rest: the longest object first."""
    tokens = words.split()
    for length in range(min(LONGEST_OBJECT, len(tokens) - 1), 0, -1):
        if kind := OBJECTS.get(" ".join(map(_single, tokens[:length]))):
            yield kind, " ".join(tokens[length:])


def _of_objects(words: str) -> Iterator[Wording]:
    """What the field of a known object is."""
    yield from (Wording(fields=(at,)) for kind, rest in _objects(words) if (at := FIELDS[kind].get(rest)))


def _of_contracts(words: str) -> Iterator[Wording]:
    """Of what belongs to contracts, any other field that contracts have."""
    yield from (Wording(rest, ("subscriptions",)) for kind, rest in _objects(words) if kind in OF_CONTRACTS)


def _single(token: str) -> str:
    return f"{token[:-3]}y" if token.endswith("ies") else token[:-1] if token.endswith("s") and token[-2:] not in (
        "ss", "us") else token


def _parted(word: str) -> str:
    """A name written without blanks in its words: parentaccountid; nothing where it is no such name."""
    known = _tokens()
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [[*before, word[start:end]] for start in range(end)
                if (before := best[start]) is not None and word[start:end] in known]
        best.append(min(ways, key=len, default=None))
    found = best[-1]
    return " ".join(found) if found and 1 < len(found) <= MOST_GLUED else ""


@cache
def _declared() -> frozenset[str]:
    return frozenset(plain(word) for table in TABLES.values() for field in table.fields for word in field.synonyms)


@cache
def _tokens() -> frozenset[str]:
    """Every English word of the declared headers that a name may be put together from."""
    return frozenset(token for word in _declared() if word.isascii() for token in word.split()
                     if len(token) > 2) | {*EXTRA}
