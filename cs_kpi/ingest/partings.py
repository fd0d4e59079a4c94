"""Lists of farewells: the day on which notice takes effect, and rows that are no farewell: a downgrade, a save."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.losses import FEES
from cs_kpi.ingest.main_table import titled
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques
from cs_kpi.locale import Message, _

CANCELLED = Place("cancellations", "cancelled_on")
REASON = Place("cancellations", "reason")
ELSEWHERE = {Place("subscriptions", "start_date"), Place("surveys", "score"), Place("pulse", "value")}
EFFECTIVE = re.compile(r"effective(?: (?:date|from|on|day))?|end date|contract end(?: date)?")
LEFT = re.compile(r"(?:全部?|完全|途中|中途|期中|満期)?解約|退会|離脱|チャーン"
                  r"|(?:full )?(?:cancel\w*|churn\w*|lost|left|terminat\w+|closed|logo)(?: churn)?"
                  r"|full(?: churn)?")
HAPPENED = frozenset(("発生日", "日付", "年月日", "日", "適用日", "発効日", "確定日", "成立日", "date", "event date"))
"""Days that are those of leaving beside the reason for it."""
STAYED = re.compile(r"一部解約|プラン変更|ダウングレード|ダウンセル|減額|縮小|失注|継続|更新|撤回|保留|休会|休止"
                    r"|アップセル|引き?止め(?:成功)?|down(?:grade|sell)\w*|contraction"
                    r"|partial\w*(?: churn)?|reduc\w+|up(?:grade|sell)\w*"
                    r"|expansion"
                    r"|renew\w*|saved?|retained|paused?|won back|seat reduction")
MOST_WORDS, SHOWN_WORDS = 20, 3
ANSWERS: dict[str, Message] = {"no": _("No, leave these rows out"), "yes": _("Yes, they are cancellations")}


def with_effective_day(found: Scores, sheet: Sheet, table: Area) -> Scores:
    """The scores in which the day from which something is effective is that of leaving, on a list of farewells without
    fees where no header is; beside a reason for leaving, so is the day on which it happened."""
    told = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    texts = (sheet.name, table.title, PurePath(sheet.file).stem)
    is_reasoned = REASON in told and not told & ELSEWHERE
    days = [header for header in table.headers if (EFFECTIVE.fullmatch(spelt(header)) and not told & FEES)
            or (is_reasoned and plain(header) in HAPPENED)]
    if CANCELLED in told or len(days) != 1 or not any("cancellations" in titled(text) for text in texts):
        return found
    return {**found, days[0]: {CANCELLED: 0.9}}


def farewells_only(table: Area, mapping: SheetMapping, log: Log) -> Area:
    """A list of farewells without the rows that a column says are something else, unless the user says otherwise."""
    if mapping.tables[:1] != ("cancellations",) or "subscriptions" in mapping.tables:
        return table
    for header in mapping.attributes:
        uniques = Uniques.of(table.body[header])
        if any(out := no_farewells(uniques)):
            return _without(table, header, uniques, out, log)
    return table


def no_farewells(uniques: Uniques) -> list[bool]:
    """Which values of a column say that nobody left, where others say that somebody did; none in any other column."""
    if len(uniques.values) > MOST_WORDS:
        return [False] * len(uniques.values)
    words = [plain(shown(value)) for value in uniques.values]
    is_of_leaving = any(LEFT.fullmatch(word) for word in words)
    return [is_of_leaving and STAYED.fullmatch(word) is not None for word in words]


def _without(table: Area, header: str, uniques: Uniques, out: list[bool], log: Log) -> Area:
    said = [shown(value) for value, is_one in zip(uniques.values, out, strict=True) if is_one][:SHOWN_WORDS]
    text = _("Rows of column '{column}' say {words}, others that a customer left. Are they cancellations too?",
             column=header, words=said)
    if log.ask("partings", header, text, ANSWERS, "no") == "yes":
        return table
    rows = uniques.spread(np.array(out, dtype=bool), False)
    log.note(_("Rows that are no cancellation, as column '{column}' says, were left out: {count} ({examples}).",
               column=header, count=int(rows.sum()), examples=said))
    return replace(table, body=table.body[~rows])
