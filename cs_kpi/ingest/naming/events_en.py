"""The parts of English headers of what happens with customers: use, contacts, answers, steps, farewells, ratings.

A rule says whose words and what words name a field together, in any order: ticket, case ... with opened, raised ...
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cs_kpi.ingest.naming.event_words_en import IDIOMS, JOINED, NEVER, RULES

At = tuple[str, str]
FILLERS = frozenset(("of", "the", "a", "an", "our", "us", "is", "was", "were", "your", "with", "this"))
PLURALS = re.compile(r"(?<=[a-z]{3})(?<!s)s\b")
PHRASES = tuple((re.compile(rf"\b(?:{several})\b"), one) for several, one in JOINED)


class Rule(NamedTuple):
    """`one` : words of which a header needs one; `others` : words of which it needs one too, unless there are none;
    `may` : words that may stand beside them"""

    at: At
    one: frozenset[str]
    others: frozenset[str]
    may: frozenset[str]

    def names(self, tokens: frozenset[str]) -> bool:
        return bool(tokens & self.one) and (not self.others or bool(tokens & self.others)) \
            and tokens <= self.one | self.others | self.may and len(tokens) >= 1 + bool(self.others)


def _at(place: str) -> At:
    table, _dot, field = place.partition(".")
    return table, field


GRAMMAR = tuple(Rule(_at(place), *(frozenset(words.split()) for words in parts)) for place, *parts in RULES)
KNOWN: dict[str, tuple[At, ...]] = {}
for _places, _words in IDIOMS:
    for _word in _words.split(";"):
        KNOWN[_word.strip()] = (*KNOWN.get(_word.strip(), ()), *map(_at, _places.split()))
BARRED = tuple((re.compile(pattern), frozenset(fields.split())) for pattern, fields in NEVER)


@lru_cache(maxsize=8192)
def named(word: str) -> tuple[At, ...]:
    """The fields of events that a plain English word names; nothing for other words.

    >>> named("ticket opened on"), named("who led the call"), named("why they left")
    ((('interactions', 'date'),), (), (('cancellations', 'reason'),))
    >>> ("usage", "count") in named("number of logins"), named("target logins")
    (True, ())
    """
    if not word.isascii():
        return ()
    joined = _joined(word)
    tokens = frozenset(joined.split()) - FILLERS
    found = [*KNOWN.get(word, ()), *KNOWN.get(joined, ()), *KNOWN.get(" ".join(
        part for part in joined.split() if part not in FILLERS), ())]
    found += [rule.at for rule in GRAMMAR if tokens and rule.names(tokens)]
    barred = never(word)
    return tuple(at for at in dict.fromkeys(found) if at[1] not in barred and ".".join(at) not in barred)


@lru_cache(maxsize=8192)
def never(word: str) -> frozenset[str]:
    """Fields ("date" or "surveys.score") that a plain word, brackets and all, cannot name: what is planned is not done.

    >>> "onboarding_completed_on" in never("go live target"), never("go live")
    (True, frozenset())
    """
    joined = _joined(word)
    return frozenset().union(*(fields for pattern, fields in BARRED if pattern.search(joined)))


def _joined(word: str) -> str:
    """A word in which what is written in two words or one is one: check in, log in, go live."""
    for several, one in PHRASES:
        word = several.sub(one, word)
    return word
