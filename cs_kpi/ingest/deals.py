"""Deals that are no contracts, in lists of a team's own: those that were lost are left out, open ones asked about."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import Message, _

HEADER = re.compile(r"商談|案件|フェーズ|ステージ|受注|確度|ステータス|状況|状態|結果"
                    r"|\b(?:stage|status|phase|deal|opportunity|result)\b")
LOST = re.compile(r"失注.*|不成立|見送り|deal lost|lost deal")
LOST_BESIDE_OTHERS = re.compile(r"closed ?lost|lost")
"""Among deals that were won or are open these are lost deals; among customers they have left."""
WON = re.compile(r"受注済?み?|成約済?み?|closed ?won|deal won|won")
OPEN = re.compile(r"(?!.*(?:解約|退会|更新|継続|renew|churn|cancel))(?:"
                  r".*(?:提案|見積|商談|交渉|検討|ヒアリング|アポ|リード|初回訪問|内示|稟議).*"
                  r"|.*\b(?:prospect|lead|proposal|negotiation|negotiating|qualified|qualification|discovery|demo|quote"
                  r"|quoted|pipeline|evaluating|evaluation)\b.*)")
"""What is said of a customer that may leave or renew is no deal."""
ANSWERS: dict[str, Message] = {"deals": _("open deals: leave them out"), "contracts": _("contracts: count them")}
MOST_WORDS, SHOWN_WORDS = 20, 3


def contracts_only(table: Area, mapping: SheetMapping, log: Log) -> Area:
    """The table without deals that were lost, and without open ones where the user does not say that they count."""
    if "subscriptions" not in mapping.tables:
        return table
    for header in table.headers:
        if HEADER.search(plain(header)):
            table = _counted(table, header, log)
    return table


def _counted(table: Area, header: str, log: Log) -> Area:
    """The table without the rows that one column calls no contract; it must speak of lost or won deals somewhere."""
    uniques = Uniques.of(table.body[header])
    words = [plain(shown(value)) for value in uniques.values]
    has_won = any(WON.fullmatch(word) for word in words)
    is_of_deals = has_won or any(OPEN.fullmatch(word) for word in words)
    lost = [LOST.fullmatch(word) is not None or (is_of_deals and LOST_BESIDE_OTHERS.fullmatch(word) is not None)
            for word in words]
    if len(words) > MOST_WORDS or not (has_won or any(lost)):
        return table
    log.are_deals |= has_won
    are_open = [OPEN.fullmatch(word) is not None for word in words]
    if any(are_open) and _open_count(header, _said(uniques, are_open), log):
        are_open = [False] * len(words)
    out = [one or other for one, other in zip(lost, are_open, strict=True)]
    rows = uniques.spread(np.array(out, dtype=bool), False)
    if not rows.any():
        return table
    log.note(_("Rows that are no contract, as column '{column}' says, were left out: {count} ({examples}).",
               column=header, count=int(rows.sum()), examples=_said(uniques, out)))
    return replace(table, body=table.body[~rows])


def _said(uniques: Uniques, which: list[bool]) -> list[str]:
    return [shown(value) for value, is_one in zip(uniques.values, which, strict=True) if is_one][:SHOWN_WORDS]


def _open_count(header: str, words: list[str], log: Log) -> bool:
    """Whether rows that speak of open deals are contracts all the same."""
    return log.ask("open_deals", header, _(
        "Rows of column '{column}' say {words}, others that a deal was won or lost. What are they?", column=header,
        words=[_("'{word}'", word=word) for word in words]), ANSWERS, "deals") == "contracts"
