"""What customers had when they left: 解約時月額, Plan at churn. A list of those who left says so of their contract."""

from __future__ import annotations

import re

AS_IT_WAS = re.compile(r"(?:解約|退会|契約終了|離脱)(?:時点?|前|直前)の?(?P<rest>.+)"
                       r"|(?P<kept>.+) (?:at|on|before) (?:churn|cancellation|cancel|exit|leaving|termination)")
FIELDS = frozenset(("mrr", "amount", "plan", "product", "seats"))
"""What may be said so; a start or an end is none of it."""
WEIGHT = 0.95


def rest_of(word: str) -> str:
    """What a plain header names as it was at leaving; empty where it says no such thing.

    >>> rest_of("解約時月額"), rest_of("解約前の月額料金"), rest_of("plan at churn"), rest_of("解約日")
    ('月額', '月額料金', 'plan', '')
    """
    found = AS_IT_WAS.fullmatch(word)
    return found["rest"] or found["kept"] if found else ""
