"""Words in headers and cells that say more than which field is meant: what an amount covers, who left, what is asked."""

from __future__ import annotations

AMOUNT_PERIODS: dict[str, tuple[str, ...]] = {
    "year": ("arr", "acv", "carr", "annual", "annually", "annualized", "annualised", "yearly", "per year", "per annum",
             "年額", "年間", "年次", "年会費", "年払"),
    "month": ("mrr", "monthly", "per month", "月額", "月次", "月間", "月会費"),
    "term": ("tcv", "total", "総額", "契約金額", "契約総額", "契約額", "受注金額", "contract value", "contract amount"),
}
"""Words in the header of an amount that say what it covers: `year` and `month` for sure, `term` probably."""

TOTAL_WORDS = ("tcv", "total", "総額")
"""Words among those for a term that say so for sure, however the amount is paid."""

CHARGE_WORDS: dict[str, tuple[str, ...]] = {
    "one-time": ("初期費", "初期料金", "初期導入", "初回費用", "導入費", "登録料", "入会金", "加入金", "セットアップ費", "setup fee",
                 "set up fee", "initial fee", "initial cost", "one time fee", "onboarding fee", "implementation fee",
                 "activation fee"),
    "variable": ("従量", "超過料金", "超過額", "変動料金", "usage fee", "usage charge", "usage charges", "overage",
                 "variable fee", "metered"),
}
"""Words in the header of an amount beside the recurring one that say which kind of charge it is."""
NO_CHARGE_WORDS = ("単価", "有無", "割引", "率", "日", "期限", "支払", "unit", "rate", "date", "waived", "discount",
                   "seat", "seats", "user", "users", "licenses", "licences", "count", "minutes", "hours", "notes", "policy")
"""Words beside these that make something else of it: 従量単価 is a price and no amount."""

DEADLINE_WORDS = ("申入期限", "申入れ期限", "申出期限", "通知期限", "予告期限", "申込期限", "解約期限", "更新拒絶期限",
                  "notice deadline", "notice by", "notice date", "cancellation deadline", "cancel by")
"""Words in the header of the last day on which a contract can be cancelled."""

SURVEY_KIND_WORDS: dict[str, tuple[str, ...]] = {
    "nps": ("nps", "推奨", "薦め", "勧め", "すすめ", "推薦", "promoter", "recommend"),
    "csat": ("csat", "満足", "satisfaction", "satisfied"),
}
"""Words in a header or title that say which kind of survey its scores answer."""

SCORE_QUESTIONS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("薦め", "勧め", "すすめ", "推奨", "推薦", "recommend"),
     ("可能性", "程度", "どのくらい", "どれくらい", "度合", "思いますか", "思う", "likely", "likelihood")),
    (("満足",), ("満足度", "満足して", "満足です", "満足でし", "満足いただ", "どのくらい", "どの程度")),
    (("satisfied", "satisfaction"), ("how", "rate", "overall", "level")))
"""Questions that are answered by a score: of each group of words one has to stand in the header."""
REASON_WORDS = ("理由", "ご意見", "ご要望", "ご感想", "自由に", "詳しく", "具体的", "改善", "why", "reason", "tell us more",
                "comments", "suggestions")
"""Words of a question that is answered by a text."""

LEAVING_WORDS = ("解約", "退会", "cancel", "canceled", "cancelled", "churn", "churned", "terminated", "termination")
GONE_WORDS = (*LEAVING_WORDS, "cancellation", "left", "lost", "quit", "exit", "exited", "leave", "leaving", "departed",
              "departure", "ceased", "offboarded", "deactivated", "closed", "lapsed", "discontinued", "disconnected", "解除",
              "離脱", "撤退")
"""The same, and words that say it only in the header of a day."""
PERSON_WORDS = ("退職", "退社", "休職", "異動", "離職", "resigned", "resign", "employee")
"""Who of a customer's people left says nothing of whether the customer has."""
RENEWING_WORDS = ("満了", "更新", "満期", "契約期限", "renew", "renews", "renewal", "expiry", "expires", "expiration")
"""A header with a renewing word never is the day on which a customer left, and the other way round (handbook 1)."""

STATUS_WORDS = ("ステータス", "状況", "状態", "status", "deal stage")
LEFT_STATUSES = frozenset((
    "解約済", "解約済み", "解約", "退会", "退会済", "退会済み", "契約終了", "cancelled", "canceled", "churned", "closed lost",
    "terminated"))
"""Headers of a status, and the cells in it that say that the customer has left."""

UNDATED_FIELDS = ("tenure_months", "has_left")
"""Fields of `customers` that only a list without dates needs (handbook 1, shape 5)."""

STAYING_WORDS = ("active", "有効", "在籍", "継続", "契約中", "利用中", "契約有無", "アクティブ", "retained")
"""Words in the header of a flag whose yes says that the customer is still there."""

PASSING_WORDS = ("最終", "前回", "次回", "初回", "予定", "見込", "旧", "年数", "月数", "last", "previous", "next", "first", "planned",
                 "expected", "old", "refund")
"""Words that make another thing of a header: 最終ログイン日 is not ログイン日, 契約年数 is not 契約数."""
