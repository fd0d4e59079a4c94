"""Days with words beside them: 2024/5/31 予定, 2024年4月頃, 2024-05-31 (planned). The day counts, and it is said."""

from __future__ import annotations

import re
from functools import lru_cache

from cs_kpi.ingest.naming.words import nfkc
from cs_kpi.ingest.values.date_styles import Parts, parts_of_text

LONGEST = 24
ASIDE = re.compile(r"\s*[(\[【〔<〈「『{][^)\]】〕>〉」』}]*[)\]】〕>〉」』}]\s*$")
DAY = re.compile(r"(?P<day>(?:(?:令和|平成|昭和|[rhs])\.?\s*)?(?:\d{1,4}|元)\s*[年/.\-]\s*\d{1,2}"
                 r"(?:\s*[月/.\-]\s*\d{1,2}日?|月)?)(?P<words>[^\d/.\-年月日].*)", re.IGNORECASE)
OTHERWISE = re.compile(r"取消|取り消|撤回|中止|キャンセル|延期|延長|変更|なし|無し|ない|未満|または|もしくは|[?→⇒]|"
                       r"\b(?:or|not|cancell?ed|withdrawn|postponed|moved|void)\b")
"""Words by which the day does not count, or perhaps not."""
KNOWN = re.compile(r"(?:末日?|頃|ごろ|ころ|付け?で?|まで|迄|から|より|以降|予定日?|見込み?|済み?|確定|仮|解約|退会|"
                   r"終了|満了|更新|開始|契約|申し?出|"
                   r"申し?込み?|受付|連絡|手続き?|[初上中下]旬|初め?|頭|半ば|自動|日|の|に|で|"
                   r"est(?:imated)?|approx|planned|expected|scheduled|tbc|confirmed|only|[\s・、,.:()\[\]【】])+")
EARLY, MIDDLE, LATE = re.compile("^(?:初|頭|上旬)"), re.compile("^(?:中旬|半ば)"), re.compile("^(?:下旬|末)")
MIDDLE_DAY = 15


@lru_cache(maxsize=65536)
def worded(cell: str, any_words: bool) -> Parts | None:
    """The day of a cell that says more than a day; None where the words may say that it is another or none.

    any_words : also words that nobody knows; else only the usual ones of terms and days

    >>> worded("2024/5/31 予定", False)[:3], worded("2024年4月上旬", False)[:3], worded("2024/5/31 取消", True)
    ((2024, 5, 31), (2024, 4, 1), None)
    """
    text = nfkc(cell)
    if len(text) > LONGEST + 20 or OTHERWISE.search(text.casefold()):
        return None
    if bare := ASIDE.search(text):
        part = parts_of_text(text[:bare.start()], numbers=False)
        if part is not None:
            return part if any_words or KNOWN.fullmatch(bare[0].strip().casefold()) else None
    found = DAY.fullmatch(text)
    words = found["words"].strip() if found else ""
    part = parts_of_text(found["day"], numbers=False) if found else None
    if part is None or re.search(r"\d", ASIDE.sub("", words)) or len(words) > LONGEST:
        return None
    return _moved(part, words) if any_words or KNOWN.fullmatch(words.casefold()) else None


def _moved(part: Parts, words: str) -> Parts:
    """The day within a month that the words speak of: 上旬, 中旬, 末."""
    if part.day or part.short:
        return part
    if EARLY.search(words):
        return part._replace(day=1)
    if MIDDLE.search(words):
        return part._replace(day=MIDDLE_DAY)
    return part._replace(is_month_end=True) if LATE.search(words) else part
