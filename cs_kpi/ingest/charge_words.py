"""Rows that pay once or not yet, as the words of another column say: 初期費用 among the items of bills, trialing among
statuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from cs_kpi.header_words import STATUS_WORDS
from cs_kpi.ingest.columns import SAYS_NOTHING, Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import names
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.rows import first_rows
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import Message, _

ITEMS = re.compile(r"件名|品目|品名|商品|製品|サービス|プラン|摘要|内訳|明細|請求内容|費目|項目"
                   r"|\b(?:item|items|description|line|product|service|plan)\b")
ONCE = re.compile(r"初期(?:費用|設定|導入|登録)|導入(?:費|支援費|作業)|セットアップ|初回のみ|一時金|単発"
                  "|事務手数料|スポット|"
                  r"\b(?:set-?up|one[ -]?time|one[ -]?off|implementation|onboarding|installation)"
                  r" ?(?:fee|charge|cost)?s?\b")
TRIAL = re.compile("(?:無料)?(?:トライアル|体験|試用|お試し)(?:中|期間中|利用中)?"
                   "|trial(?:ing)?|(?:in|on) trial|free trial")
PAID_ONCE: dict[str, Message] = {"once": _("fees that are paid once: not part of MRR"),
                                 "recurring": _("fees that recur: part of MRR")}
TRIED: dict[str, Message] = {"trial": _("free trials: no customers yet"), "paid": _("customers who pay already")}
LONGEST, SHOWN_WORDS = 40, 3

Columns = dict[str, Column]


def with_kinds(columns: Columns, area: Area, log: Log) -> Columns:
    """The columns of contracts with the kind of each charge, where only the words of another column tell it; asked.

    A column in which every row says so is the name of what is sold, and says nothing of how it is paid.
    """
    if "charge_kind" in columns or not {"mrr", "amount"} & set(columns):
        return columns
    kinds = pd.Series(None, index=area.body.index, dtype="str")
    told = None
    for header in area.headers:
        for kind, rows in _rows(area.body[header], header).items():
            if rows.any() and not rows.all() and _asked(kind, header, area.body[header], rows, log):
                kinds, told = kinds.mask(rows, kind), header
    if told is None:
        return columns
    nothing = np.zeros(len(kinds), dtype=bool)
    return {**columns, "charge_kind": Column(told, area.body[told], kinds, nothing, SAYS_NOTHING)}


def _rows(cells: pd.Series, header: str) -> Mapping[str, np.ndarray]:
    """Kind of charge -> the rows that say it."""
    found = {}
    if ITEMS.search(plain(header)):
        found["one-time"] = _saying(cells, lambda word: ONCE.search(word) is not None)
    if names(header, STATUS_WORDS):
        found["trial"] = _saying(cells, lambda word: TRIAL.fullmatch(word) is not None)
    return found


def _saying(cells: pd.Series, says: Callable[[str], bool]) -> np.ndarray:
    uniques = Uniques.of(cells)
    said = [isinstance(value, str) and len(value) <= LONGEST and says(plain(value)) for value in uniques.values]
    return uniques.spread(np.array(said, dtype=bool), False)


def _asked(kind: str, header: str, cells: pd.Series, rows: np.ndarray, log: Log) -> bool:
    """Whether these rows are of that kind, as the user says."""
    words = [_("'{word}'", word=word) for word in dict.fromkeys(map(shown, cells[rows]))][:SHOWN_WORDS]
    told = {"column": header, "words": words, "count": int(rows.sum()),
            "rows": first_rows(cells.index[rows].to_numpy())}
    if kind == "trial":
        return log.ask("trial_words", header, _(
            "Rows that say {words} in column '{column}': {count} (row {rows}). What are they?", **told), TRIED,
            "trial") == "trial"
    return log.ask("once_words", header, _(
        "Rows that say {words} in column '{column}': {count} (row {rows}). What are they?", **told), PAID_ONCE,
        "once") == "once"
