"""What headers say was lost: Lost MRR, ARR churned, 解約MRR. On a list of leavers alone it is the fee of a contract."""

from __future__ import annotations

import re

from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import Place, places

FEES = {Place("subscriptions", "mrr"), Place("subscriptions", "amount")}
LOST = re.compile(r"(?:lost|churn(?:ed)?|cancell?ed) (?P<rest>.+)|(?P<kept>.+) (?:lost|churned|cancell?ed)"
                  r"|(?:解約|喪失|消失|逸失|チャーン)(?P<ja>(?:mrr|arr|月額).*)")
"""解約料金 is what leaving costs, and no fee that was lost."""
COSTS = frozenset(("fee", "fees", "charge", "charges", "cost", "costs"))
WEIGHT = 0.95


def lost_fees(header: str) -> dict[Place, float]:
    """Which fee a header says was lost, and how well.

    >>> headers = "Lost MRR", "ARR churned", "解約MRR", "Churn fee", "解約料金"
    >>> [str(place) for header in headers for place in lost_fees(header)]
    ['subscriptions.mrr', 'subscriptions.amount', 'subscriptions.mrr']
    """
    found = LOST.fullmatch(spelt(header))
    rest = found["rest"] or found["kept"] or found["ja"] if found else ""
    if not rest or rest in COSTS:
        return {}
    return {place: WEIGHT * weight for place, weight in places(rest).items() if place in FEES}
