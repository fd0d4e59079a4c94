"""What a cell of a status says of its customer, in words that no list holds: ご利用中, お客様都合により解約, 休会."""

from __future__ import annotations

import re
from typing import Any, Literal

from cs_kpi.header_words import LEFT_STATUSES
from cs_kpi.ingest.naming.compositions_ja import plainer
from cs_kpi.ingest.naming.vocabulary import choice_words
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.names import shown

Fate = Literal["left", "stayed", "open"]
"""Gone, still there, or something between the two, which is asked."""
LONGEST = 24
"""Longer cells tell a story, and no status."""
LEAVING = re.compile(r"解約|退会|離脱|(?:契約|利用|サービス)(?:終了|解除)|\b(?:cancell?ed|churned|terminated)\b")
NOT_LEAVING = re.compile("なし|無し|未解約|未退会|しない|せず|阻止|防止|回避|撤回|"
                         "取消|取り消し|"
                         r"\b(?:not|never|averted|withdrawn|reverted)\b")
NOT_YET = re.compile("未|予定|手続|手配|申請|申出|申し出|申込|検討|希望|相談|見込|懸念|"
                     "リスク|可能性|待|受付|依頼|意向|"
                     "連絡|前|"
                     r"\b(?:pending|request\w*|risk|schedul\w*|may|might|will|to be|soon|planned)\b")
STAYING = re.compile(r"(?:利用|契約|継続|稼働|運用|在籍|加入|入会)中|\b(?:active|in use|live)\b")
BETWEEN = re.compile(r"休会|休止|停止|中断|保留|凍結|失効|期限切れ|無効|"
                     r"\b(?:paused?|suspended|on hold|frozen|lapsed|expired|inactive|not active|deactivated"
                     r"|disabled)\b")


def fate(value: Any, is_contract: bool = True) -> Fate | None:
    """What one cell says of its customer; None where it does not speak of that.

    is_contract : its header says that the status is a contract's or a customer's, so that closed is the end

    >>> fate("ご利用中"), fate("お客様都合により解約"), fate("解約手続中"), fate("休会"), fate("解約なし"), fate("東京")
    ('stayed', 'left', 'open', 'open', 'stayed', None)
    """
    word = plainer(plain(shown(value)))
    if word in LEFT_STATUSES:
        return "left"
    if is_contract and (known := choice_words("customers", "has_left").get(word)):
        return "left" if known == "left" else "stayed"
    return _by_parts(word) if 0 < len(word) <= LONGEST else None


def _by_parts(word: str) -> Fate | None:
    if LEAVING.search(word):
        return "stayed" if NOT_LEAVING.search(word) else "open" if NOT_YET.search(word) else "left"
    return "open" if BETWEEN.search(word) else "stayed" if STAYING.search(word) else None
