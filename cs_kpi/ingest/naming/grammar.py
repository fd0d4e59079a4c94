"""English headers by the rules of every area: success owner, renewal due date, price per user p.a."""

from __future__ import annotations

from functools import lru_cache

from cs_kpi.ingest.naming import grammar_contracts, grammar_money, grammar_who
from cs_kpi.ingest.naming.compositions_en import is_of_another
from cs_kpi.ingest.naming.slots import BARELY, Named, best_of

RULES = (*grammar_who.RULES, *grammar_contracts.RULES, *grammar_money.RULES)
SEATS, MOST_OF_SEATS = (" seats", " licenses"), 4
SEATS_OF: Named = ("subscriptions", "seats")
"""Learner licenses, agent seats: whatever stands before it, unless it says that these are not what was sold."""
NOTHING = frozenset(("renewal term", "renewal terms", "start time", "end time", "contract term", "service date"))
"""Words of which the rules would make what they are not."""


@lru_cache(maxsize=8192)
def named(word: str) -> dict[Named, float]:
    """(table, field) -> how well a word spelt out names it.

    >>> named("success owner"), named("renewal due date"), named("renewal owner")
    ({('customers', 'owner'): 0.93}, {('subscriptions', 'term_end'): 0.93}, {})
    """
    tokens = frozenset(word.split())
    found = {} if word in NOTHING else best_of(RULES, tokens)
    is_sold = word.endswith(SEATS) and len(tokens) < MOST_OF_SEATS and not is_of_another("seats", word)
    return {SEATS_OF: BARELY, **found} if is_sold else found
