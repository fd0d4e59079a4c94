"""What lists of farewells say beside the reason: words about it, and the day of the notice beside that of leaving."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import SHARED, SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.uniques import Uniques, is_nothing

DAY, REASON, COMMENT = (Place("cancellations", name) for name in ("cancelled_on", "reason", "comment"))
SAYING = {COMMENT, Place("surveys", "comment"), Place("interactions", "note"), Place("pulse", "note")}
SAID_ELSEWHERE = {Place("surveys", "score"), Place("pulse", "value"), Place("surveys", "answered_on"),
                  Place("interactions", "date")}
"""What a remark is about where it stands on the same sheet."""
DETAILS = re.compile(r"詳細|補足|コメント|ヒアリング|経緯|背景|自由記述|フリー|具体|detail|comment|feedback|verbatim"
                     r"|happened|explanation|background|exit|heard")
"""Words of a remark on the reason, whatever else the list is about; other remarks are so on lists of leavers alone."""
OWN = re.compile(r"(?:理由|要因|事由|原因|背景|状況|経緯)の?(?:詳細|補足|コメント|説明|メモ|内容)$"
                 r"|(?:お客様|顧客|先方|利用者)の?声$|コメント$|^ご?意見"
                 r"|(?:reason|churn|exit|cancel\w*)(?: call| interview| survey| meeting)?"
                 r" (?:detail|note|comment|feedback|background)s?$"
                 r"|^what (?:we|they|(?:the )?(?:customer|client)s?) (?:heard|said|told us|learn(?:ed|t))$")
"""Remarks on a reason that are called so, although no field is."""
LIKELY = 0.75
ALL = 0.95


def is_of_notice(found: Scores, place: Place, header: str) -> bool:
    """Whether a header is at most the day of a notice, since another says when the contract ended and the customer
    left: 解約受付日 beside 解約日."""
    return place == DAY and any(
        rated.get(DAY, 0.0) >= SURE and rated.get(SHARED[DAY], 0.0) >= SURE for other, rated in found.items()
        if other != header)


def with_remarks(found: Scores, table: Area) -> Scores:
    """The scores in which the words beside a reason for leaving are about it: those that stand only where it does."""
    told = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    reason = max(found, key=lambda header: found[header].get(REASON, 0.0), default="")
    if DAY not in told or not reason or found[reason].get(REASON, 0.0) < LIKELY or told & SAID_ELSEWHERE:
        return found
    left = _filled(table, reason)
    are_all = len(left) > 0 and left.mean() >= ALL
    rated_all = {header: found.get(header, {}) for header in table.headers}
    remarks = {header: rated.get(COMMENT, LIKELY) for header, rated in rated_all.items()
               if header != reason and _is_remark(header, rated) and (are_all or DETAILS.search(plain(header)))
               and (filled := _filled(table, header)).any() and not (filled & ~left).any()}
    if not remarks:
        return found
    best = max(remarks, key=lambda header: (DETAILS.search(plain(header)) is not None, remarks[header]))
    return {**found, best: {COMMENT: max(remarks[best], SURE)}}


def _is_remark(header: str, rated: Mapping[Place, float]) -> bool:
    """Whether a header names a remark, on whatever, and nothing else; 要因詳細 is one, which no field is called."""
    if OWN.search(plain(header)) and not any(score >= SURE for place, score in rated.items() if place not in SAYING):
        return True
    named = {place for place, score in rated.items() if score >= LIKELY}
    return bool(named) and named <= SAYING


def _filled(table: Area, header: str) -> np.ndarray:
    uniques = Uniques.of(table.body[header])
    return uniques.spread(np.array([not is_nothing(value) for value in uniques.values], dtype=bool), False)
