"""What the brackets of a header say of the field that the rest of it names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cs_kpi.ingest.naming.compositions import OPENLY
from cs_kpi.ingest.naming.words import nfkc, plain

At = tuple[str, str]
"""Table and field."""
MONTHLY_ASIDE = re.compile(r"[(\[](?:.*(?:/ ?月|月額|月払い?|per month|/ ?mo(?:nth)?\b)"
                           r"|\s*(?:月|毎月|月次|monthly)\s*[)\]])")
FEE = re.compile(r"[料費額代金]$|報酬$|fee$|charge$|rent$|retainer$|dues$|cost$|spend$|rate$")
ASIDES: tuple[tuple[re.Pattern[str], At, At], ...] = (
    (re.compile(r"[(\[]\s*(?:カナ|フリガナ|ふりがな|かな|kana)"), ("customers", "customer_name"),
     ("customers", "furigana")),
    (re.compile(r"[(\[].*(?:詳細|自由記述|具体|コメント|補足|details?|free text|comment)"),
     ("cancellations", "reason"), ("cancellations", "comment")),
    (re.compile(r"期間\s*[(\[]\s*(?:自|始|開始|から|from)"), ("customers", "tenure_months"),
     ("subscriptions", "start_date")),
    (re.compile(r"期間\s*[(\[]\s*(?:至|終|まで|満了|to\b)"), ("customers", "tenure_months"),
     ("subscriptions", "end_date")),
    (MONTHLY_ASIDE, ("subscriptions", "amount"), ("subscriptions", "mrr")))
"""What stands in brackets, the field that the rest names, and the field that it is then."""


def in_brackets(header: str, named: Mapping[At, float]) -> Mapping[At, float]:
    """What the brackets say of a header: 取引先名(カナ) is the reading of a name, 解約理由(詳細) a text beside the
    reason, 利用料(円/月) a monthly fee."""
    text = nfkc(header).casefold()
    for pattern, at, other in ASIDES:
        if at in named and pattern.search(text):
            return {**{place: weight for place, weight in named.items() if place != at}, other: named[at]}
    is_fee = max(named.values(), default=0.0) < OPENLY and MONTHLY_ASIDE.search(text) and FEE.search(plain(header))
    return {("subscriptions", "mrr"): OPENLY} if is_fee else named
