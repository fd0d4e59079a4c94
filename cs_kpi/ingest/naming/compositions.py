"""Headers put together from parts, of which no list is ever complete: Client no., 請求先コード, Start of contract."""

from __future__ import annotations

import re
from functools import lru_cache

from cs_kpi.ingest.naming import compositions_en, compositions_ja, grammar
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.tables import TABLES

SURELY, OPENLY, VAGUELY = 0.93, 0.86, 0.82
"""Less than the exact words of a field, and more than words that are only like them; the second where a part is any
word that is not known to mean something else, the third where another header may well say it better."""
KEYS = re.compile(rf"{compositions_en.KEYS}|{compositions_ja.KEYS}")
NAMES = re.compile(rf"{compositions_en.NAMES}|{compositions_ja.NAMES}")
BARE = re.compile(rf"{compositions_en.WHO}s?|{compositions_ja.WHO}名?")
"""What a customer is called, and no more: the name of it, or what stands for one."""


def is_bare(header: str) -> bool:
    """Whether a header says Customer, Tenant or 得意先 and no more.

    >>> is_bare("Client"), is_bare("得意先名"), is_bare("Client ID")
    (True, True, False)
    """
    return BARE.fullmatch(spelt(header)) is not None


@lru_cache(maxsize=8192)
def composed(word: str) -> dict[tuple[str, str], float]:
    """(table, field) -> how well a plain word names it, as its parts say; nothing for other words.

    >>> composed("client no")["subscriptions", "customer_id"], composed("start of contract")
    (0.93, {('subscriptions', 'start_date'): 0.93})
    >>> composed("警備開始日"), composed("トライアル開始日")
    ({('subscriptions', 'start_date'): 0.86}, {})
    """
    if KEYS.fullmatch(word):
        return {(table.name, "customer_id"): SURELY for table in TABLES.values() if "customer_id" in table.by_name}
    if NAMES.fullmatch(word):
        return {("customers", "customer_name"): SURELY}
    if BARE.fullmatch(word):
        return {("customers", "customer_name"): OPENLY}
    if compositions_en.SINCE.fullmatch(word):
        return {("customers", "started_on"): SURELY}
    language = compositions_en if word.isascii() else compositions_ja
    sure = language.sure(word)
    others = [place for place in language.likely(word) if place[0] not in {table for table, _field in sure}]
    ruled = grammar.named(word) if word.isascii() else dict.fromkeys(compositions_ja.vague(word), VAGUELY)
    return {**ruled, **dict.fromkeys(others, OPENLY), **dict.fromkeys(sure, SURELY)}


def is_name_of_column(word: str) -> bool:
    """Whether the parts of a plain word name a field, and no cell would say the same: Annual may stand in either.

    >>> is_name_of_column("renewal due date"), is_name_of_column("annual"), is_name_of_column("add on")
    (True, False, False)
    """
    named = composed(word)
    if not named or BARE.fullmatch(word) or not word.isascii():
        return bool(named) and not BARE.fullmatch(word)
    return bool(compositions_en.sure(word) or compositions_en.likely(word)) or (
        " " in word and max(named.values()) >= SURELY)


def is_of_another(field: str, word: str) -> bool:
    """Whether a plain word speaks of the beginning, end or fee of something other than a contract: trial end date is
    only like end date, and target MRR like MRR.

    >>> is_of_another("end_date", "trial end date"), is_of_another("end_date", "割引終了日")
    (True, True)
    >>> is_of_another("mrr", "目標mrr"), is_of_another("end_date", "contract end date")
    (True, False)
    """
    return (compositions_en if word.isascii() else compositions_ja).is_of_another(field, word)
