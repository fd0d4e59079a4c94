"""What a table tells of its columns before its customer is known: money beside a word for a period, and who left by the
words that stand in the cells. With these a sheet speaks of customers, whatever its trade calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cs_kpi.ingest import event_signs
from cs_kpi.ingest.by_months.month_rows import MONTH_WORDS, is_of_months
from cs_kpi.ingest.content import AMOUNT, MRR, NAME, Told, free_columns
from cs_kpi.ingest.content_names import FEWEST_ROWS, Free, by_months
from cs_kpi.ingest.content_terms import SURELY_MONEY, fee_worth, fees
from cs_kpi.ingest.event_days import AT_TIMES
from cs_kpi.ingest.fates import fate
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.keys import AMOUNTS, FLAG, LIKELY
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.compositions import is_of_another
from cs_kpi.ingest.naming.vocabulary import Place, choice_words
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques, is_nothing

EACH_MONTH = re.compile(r"月額|月次|毎月|月々|月ぎめ|月極|月(?:あた|当た)り|/ ?月|\bmonthly\b|\b(?:per|a|each) month\b"
                        r"|/ ?mo(?:nth)?\b|\bp\.?c\.?m\b")
EACH_YEAR = re.compile(r"年額|年間|年次|\byearly\b|\bannual(?:ly)?\b|\b(?:per|a|each) (?:year|annum)\b"
                       r"|/ ?y(?:ea)?r\b|\bp\.?a\b")
REASON = re.compile(r"(?!.*(?:導入|選定|採用|購入|加入|入会|割引|値引|\bbuy|\bbought|purchas|choos|select|discount))"
                    r"(?:.*(?:理由|事由|原因)(?:区分|分類)?|.*\breason\b.*|why\b.*|なぜ.*)")
"""A reason that may be that for leaving: none for coming, nor for a lower fee."""
ASKED = re.compile(r".*(?:[?？]|ください.?|下さい.?)\s*|.*(?:お聞かせ|自由に).*")
MOSTLY, MOST_WORDS = 0.8, 12
SCORE, COMMENT = Place("surveys", "score"), Place("surveys", "comment")
REASON_OF_LEAVING = Place("cancellations", "reason")
STATUS = Place("interactions", "status")
OF_A_TICKET = {Place("interactions", name) for name in ("date", "kind", "priority", "note", "by")}
LEAVING = {Place("cancellations", "cancelled_on"), Place("subscriptions", "end_date")}


def told(found: Scores, sheet: Sheet, table: Area) -> Told:
    """The scores with the fee that its header says is each month's, or that stands beside months, and the one column of
    words for who left and who stayed, where no header is known to be these."""
    if not table.header_row or len(table.body) < FEWEST_ROWS:
        return Told(found)
    sure = {header: {place for place, score in rated.items() if score >= SURE} for header, rated in found.items()}
    known = set().union(*sure.values())
    free = free_columns(sheet, table, {header for header, places in sure.items() if places})
    hints: dict[Place, str] = {}
    if not known & AMOUNTS and len(each := _fees_of(EACH_MONTH, free)) == 1:
        hints[MRR] = each[0]
    elif not known & AMOUNTS and len(each := _fees_of(EACH_YEAR, free)) == 1:
        hints[AMOUNT] = each[0]
    elif not known & {*AMOUNTS, *AT_TIMES} and is_by_months(_with_names(free, sure)) and (fee := fees(free).best):
        hints[MRR] = fee
    if FLAG not in known and len(flags := _fates(_with_statuses(free, found))) == 1:
        hints[FLAG] = flags[0]
    if known & LEAVING and REASON_OF_LEAVING not in known and len(said := _texts(free, REASON)) == 1:
        hints[REASON_OF_LEAVING] = said[0]
    if SCORE in known and COMMENT not in known and len(said := _texts(free, ASKED)) == 1:
        hints[COMMENT] = said[0]
    hints |= event_signs.told(found, free, sheet, table)
    scores = {header: dict(rated) for header, rated in found.items()}
    for place, header in hints.items():
        scores[header] = {place: LIKELY}
    return Told(scores, {place.field: header for place, header in hints.items()})


def _with_names(free: Free, sure: Mapping[str, set[Place]]) -> Free:
    """The free columns, and those that name the customer and nothing else."""
    named = {header: looks(free.body[header]) for header, places in sure.items() if places == {NAME}}
    return replace(free, seen={**free.seen, **named})


def _with_statuses(free: Free, found: Scores) -> Free:
    """The free columns, and a State that may be that of a ticket alone, where nothing else is of one."""
    if any(rated.get(place, 0.0) >= SURE for rated in found.values() for place in OF_A_TICKET):
        return free
    stated = {header: looks(free.body[header]) for header, rated in found.items() if set(rated) == {STATUS}}
    return replace(free, seen={**free.seen, **stated})


def is_by_months(free: Free) -> bool:
    """Whether customers stand there month by month: a column of months, and one whose cells stand once in each."""
    return any(plain(header) in MONTH_WORDS or is_of_months(free.body[header]) for header in free.seen) and bool(
        by_months(free).best)


def _fees_of(period: re.Pattern[str], free: Free) -> list[str]:
    """Columns of money whose headers say that it is each month's, or each year's."""
    return [header for header, seen in free.seen.items()
            if any(period.search(text) for text in (nfkc(header).casefold(), spelt(header)))
            and seen.numbers >= MOSTLY and seen.dates < MOSTLY
            and not is_unit_price(header) and not is_of_another("mrr", plain(header))
            and fee_worth(free, header) >= SURELY_MONEY]


def _texts(free: Free, named: re.Pattern[str]) -> list[str]:
    return [header for header, seen in free.seen.items() if named.fullmatch(nfkc(header).casefold())
            and seen.numbers < MOSTLY and seen.dates < MOSTLY]


def _fates(free: Free) -> list[str]:
    """Columns in which every cell is a word for leaving or for staying, and both stand: 契約中 and 解約, under any
    header."""
    return [header for header in free.seen if _tells_fates(free, header)]


def _tells_fates(free: Free, header: str) -> bool:
    words = choice_words("customers", "has_left")
    values = [value for value in Uniques.of(free.body[header]).values if not is_nothing(value)]
    if not 2 <= len(values) <= MOST_WORDS or not all(isinstance(value, str) for value in values):
        return False
    means = {words.get(plain(shown(value))) or fate(value) for value in values}
    return {"left", "stayed"} <= means <= {"left", "stayed", "open"}
