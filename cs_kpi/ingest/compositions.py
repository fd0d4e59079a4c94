"""Headers put together from parts, of which no list is ever complete: Client no., 請求先コード, Start of contract."""

from __future__ import annotations

import re
from functools import lru_cache

from cs_kpi.tables import TABLES

WHO = r"(?:customer|client|account|subscriber|company|organi[sz]ation|merchant|tenant|buyer|payer)"
WHO_JA = ("(?:顧客|お客様|お客さま|客先|得意先|取引先|請求先|納品先|契約者|契約先|契約企業|会員|加盟店|店舗|施設|企業"
          "|会社|導入先|テナント|クライアント|アカウント|ユーザー企業)")
KEYS = re.compile(rf"{WHO}(?: account)? (?:id|ids|no|nr|num|number|code|cd|key|ref|reference)"
                  rf"|{WHO_JA}(?:管理)?(?:id|コード|cd|no|番号|ナンバー|キー)")
NAMES = re.compile(rf"{WHO}(?: account)? (?:full |legal |display )?name|{WHO_JA}(?:様名|名称?|の名称|正式名称)")
MONTHLY_JA = re.compile("(?:月額|月次|毎月の?)(?:基本|固定|利用|契約|請求|合計|サービス|売上|定額|システム)?(?:利用)?"
                        "(?:料金?|費用?|額|金額|売上|請求額)?")
OF_WHAT = "(?:ご?契約|ご?利用|サービス|課金|提供|適用|サブスク|サブスクリプション|プラン|ライセンス)"
WHEN = "(?:日|年月日|年月|月|日付)"
STARTS_JA = re.compile(f"{OF_WHAT}(?:の)?(?:開始|締結|開通){WHEN}?|(?:開始|締結|開通){WHEN}")
ENDS_JA = re.compile(f"{OF_WHAT}(?:の)?(?:終了|解約|停止){WHEN}?|(?:終了|解約|退会){WHEN}")
TERMS_JA = re.compile(f"{OF_WHAT}(?:の)?(?:満了|満期|更新){WHEN}|(?:満了|満期|更新期限){WHEN}?")
FILLERS = frozenset((
    "date", "day", "on", "of", "at", "the", "month", "contract", "subscription", "service", "services", "billing",
    "agreement", "license", "licence", "plan"))
STARTS = frozenset(("start", "starts", "started", "starting", "begin", "begins", "began", "commencement", "commenced"))
ENDS = frozenset(("end", "ends", "ended", "cancel", "cancelled", "canceled", "cancellation", "termination",
                  "terminated", "churned", "churn"))
TERMS = frozenset(("renewal", "renews", "expiry", "expires", "expiration"))
MONTHLY = frozenset(("monthly", "month"))
MONEY = frozenset(("fee", "fees", "price", "charge", "charges", "amount", "revenue"))
MONEY_FILLERS = frozenset(("per", "a", "subscription", "service", "license", "recurring", "base", "plan", "net",
                           "total", "contract"))
COUNTED = frozenset(("event", "events", "usage", "login", "logins", "session", "sessions", "action", "actions"))
COUNTS = frozenset(("count", "counts", "number", "times"))
TIMES = frozenset(("minutes", "mins", "used", "usage", "spent", "session", "duration"))
SURELY = 0.93
"""Less than the exact words of a field, and more than words that are only like them."""


@lru_cache(maxsize=8192)
def composed(word: str) -> dict[tuple[str, str], float]:
    """(table, field) -> how well a plain word names it, as its parts say; nothing for other words.

    >>> composed("client no")["subscriptions", "customer_id"], composed("start of contract")
    (0.93, {('subscriptions', 'start_date'): 0.93})
    """
    if KEYS.fullmatch(word):
        return {(table.name, "customer_id"): SURELY for table in TABLES.values()}
    field = _field(word)
    return {field: SURELY} if field else {}


def _field(word: str) -> tuple[str, str] | None:
    if NAMES.fullmatch(word):
        return "customers", "customer_name"
    if not word.isascii():
        found = [field for pattern, field in ((MONTHLY_JA, "mrr"), (STARTS_JA, "start_date"), (ENDS_JA, "end_date"),
                                              (TERMS_JA, "term_end")) if pattern.fullmatch(word)]
        return ("subscriptions", found[0]) if len(found) == 1 else None
    tokens = set(word.split())
    if tokens & MONTHLY and tokens & MONEY and tokens <= MONTHLY | MONEY | MONEY_FILLERS:
        return "subscriptions", "mrr"
    for field, words in (("start_date", STARTS), ("end_date", ENDS), ("term_end", TERMS)):
        if tokens & words and tokens & FILLERS and tokens <= words | FILLERS:
            return "subscriptions", field
    if tokens & COUNTED and tokens & COUNTS and tokens <= COUNTED | COUNTS | {"of"}:
        return "usage", "count"
    if tokens & {"minutes", "mins"} and len(tokens) > 1 and tokens <= TIMES:
        return "usage", "minutes"
    return None
