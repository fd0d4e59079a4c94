"""Two starts in one row: the term that runs now beside the day since which the contract does."""

from __future__ import annotations

import re

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import Place, says

FIRST = Place("customers", "started_on")
START, AMOUNT = Place("subscriptions", "start_date"), Place("subscriptions", "amount")
CURRENT = re.compile(r"\b(?:current|present|latest|this|last|billing)\b.*\b(?:term|period|cycle)\b|\bterm start|"
                     r"\bstart of term\b|^renewed (?:on|at|date)$")


def with_one_start(found: Scores) -> Scores:
    """The scores in which the start of the term or period that runs now is none of the contract, where another header
    tells since when it has run; an amount for the whole term needs the start of that term, and the other is the
    customer's first day."""
    starts = [header for header, rated in found.items() if rated.get(START, 0.0) >= SURE]
    current = [header for header in starts if CURRENT.search(spelt(header))]
    if not 0 < len(current) < len(starts):
        return found
    is_total = any(rated.get(AMOUNT, 0.0) >= SURE and says(header, AMOUNT_PERIODS["term"])
                   for header, rated in found.items())
    others = [header for header in starts if (header in current) != is_total]
    given = {FIRST: SURE} if is_total else {}
    return {**found, **{header: {**given, **{at: score for at, score in found[header].items() if at != START}}
                        for header in others}}
