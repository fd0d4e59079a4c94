"""Headers that begin with the same words, as databases export them: subscription_quantity, subscription_created_at.
Where such a header is not known as it stands, it is read without these words, which say what its table is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.naming.system_headers import names_nothing
from cs_kpi.ingest.naming.vocabulary import Place, places_in_levels, suggests
from cs_kpi.ingest.naming.words import plain
from cs_kpi.tables import SUBSCRIPTIONS

FEWEST, MOSTLY = 3, 0.5
"""So many headers begin alike, and this share of all, or of those that begin with a part of these words."""
FIRST_DAY, START = Place("customers", "started_on"), Place("subscriptions", "start_date")
END = Place("subscriptions", "end_date")
DELETED = frozenset(("deleted", "deleted at", "deleted on", "deleted date", "removed at", "removed on"))
OF_CONTRACTS = 0.9


def common(headers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """header -> the prefixes that it shares with most others, the shortest first.

    >>> common(["sub_id", "sub_add_on_fee", "sub_add_on_start", "sub add-on seats", "note"])["sub_add_on_fee"]
    ('sub', 'sub add', 'sub add on')
    >>> common(["customer_id", "start_date", "end_date"])
    {}
    """
    words = {header: tuple(plain(header).split()) for header in headers}
    starts = Counter(said[:length] for said in words.values() for length in range(1, len(said)))
    wide: dict[tuple[str, ...], bool] = {}
    for start in sorted(starts, key=len):
        above = starts[start[:-1]] if wide.get(start[:-1]) else len(words)
        wide[start] = starts[start] >= max(FEWEST, MOSTLY * above) and (len(start) == 1 or wide[start[:-1]])
    shared = {header: tuple(" ".join(said[:length]) for length in range(1, len(said)) if wide[said[:length]])
              for header, said in words.items()}
    return {header: prefixes for header, prefixes in shared.items() if prefixes}


def named_without(header: str, prefixes: Iterable[str]) -> dict[Place, float]:
    """Every place that a header may name without one of its prefixes, the shortest after which it names any."""
    if names_nothing(header):
        return {}
    for prefix in prefixes:
        rest = plain(header)[len(prefix):].strip()
        named = _named(prefix, rest)
        if named:
            return named
    return {}


def _named(prefix: str, rest: str) -> dict[Place, float]:
    """What the rest of a header names; under words for a contract its first day and its deletion are the contract's."""
    named = places_in_levels(f"{prefix} {rest}", (prefix, rest))
    if not suggests(prefix, SUBSCRIPTIONS.titles):
        return named
    if FIRST_DAY in named:
        named = {START: OF_CONTRACTS, **named}
    return {END: OF_CONTRACTS, **named} if rest in DELETED else named


def titled(table: Area) -> Area:
    """The table with the words that most of its headers share in its title, since they say what it is about."""
    words = next((found[0] for found in common(table.headers).values()), "")
    return replace(table, title=f"{table.title} {words}".strip()) if words else table
