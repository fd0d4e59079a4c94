"""The day of answers, use, steps, tickets and reasons, where its header is that of another table's day, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from cs_kpi.ingest import content_terms
from cs_kpi.ingest.by_months.month_rows import MONTH_WORDS, is_of_months
from cs_kpi.ingest.content_names import FILLED, Free
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

DAY_OF = {Place("surveys", "score"): "answered_on", Place("usage", "feature"): "date", Place("usage", "count"): "date",
          Place("usage", "minutes"): "date", Place("usage", "user_id"): "date",
          Place("interactions", "priority"): "date", Place("cancellations", "reason"): "cancelled_on",
          Place("pulse", "value"): "date", Place("milestones", "milestone"): "completed_on"}
"""What a row of such a table surely has, and the field of its day."""
DAYS = frozenset({Place(place.table, name) for place, name in DAY_OF.items()})
AT_TIMES = {Place("usage", "minutes"), Place("usage", "count")}
"""What only use that begins and ends has; users and modules stand in lists of contracts as well."""
OF_CONTACTS = frozenset(("kind", "priority", "status", "note", "by"))
FEWEST_OF_CONTACTS = 2
CONTACTS = Place("interactions", "date")
START = Place("subscriptions", "start_date")
OF_A_TERM = (Place("subscriptions", "end_date"), Place("subscriptions", "term_end"))
"""Days that are never those of an answer or of use; on the day of an end somebody left."""
FEES = {Place("subscriptions", "mrr"), Place("subscriptions", "amount")}
SHARED_WITH = frozenset(("pulse", "surveys"))
"""Tables whose rows may be contacts as well, and then have their day."""
ANOTHER = re.compile(
    "予定|期限|期日|締切|目標|見込|次回|次の|更新|満了|契約|申込|登録|入金|支払|請求|配信|送付|送信|リマインド|返信|初回|最終|前回|誕生|生年|設立|開始|"
    r"\b(?:due|deadline|planned|plan|target|expected|scheduled|est|estimated|eta|forecast\w*|next|last|first|renewal|renews|"
    r"expir\w*|contract|invoice\w*|billing|billed|payment|paid|sent|reminder|birth\w*|founded|modified|updated|eol|notice|"
    r"trial|follow ?up|since|until|valid)\b")
"""Words of days that are another thing's than that of the row."""

CLOSED = re.compile("クローズ|解決|完了|終了|対応済|"
                    r"\b(?:closed|closing|resolved|resolution|completed|finished|solved|ended)\b")
"""Words of days on which something was over that began on another."""


def tables_of(found: Scores) -> dict[str, str]:
    """The tables of which a header says what only their rows have -> the field of their day."""
    told = [{place for place, score in rated.items() if score >= SURE} for rated in found.values()]
    everything = set().union(*told)
    own = {place for places in told if len({place.table for place in places}) == 1 for place in places}
    tables = {place.table: name for place, name in DAY_OF.items() if place in (own or everything)}
    if not tables and {place.table for place in own} == {"interactions"} and _are_contacts(own | everything):
        return {"interactions": "date"}
    is_call = Place("interactions", "kind") in own and _are_contacts(own | everything)
    if ("interactions" in tables or is_call) and set(tables) <= {"interactions", *SHARED_WITH}:
        return {"interactions": "date"}
    return tables


def _are_contacts(told: set[Place]) -> bool:
    fields = {place.field for place in told if place.table == "interactions"} & OF_CONTACTS
    return len(fields) >= FEWEST_OF_CONTACTS and bool(fields & {"kind", "priority", "note"})


def told(found: Scores, free: Free) -> dict[Place, str]:
    """The day of answers, use and the like which no header tells: one that is the day of others, the only column of
    days or months, the one in whose order rows stand. What begins where nothing is paid is a session or a call."""
    tables = tables_of(found)
    sure = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    began = _header(found, START)
    if began and sure & AT_TIMES and set(tables) == {"usage"} and not any(_header(found, fee) for fee in FEES):
        return {Place("usage", "date"): began, CONTACTS: began}
    if len(tables) != 1 or START in sure:
        return {}
    day = Place(*next(iter(tables.items())))
    if _header(found, day):
        return {}
    likely = candidates(found, free, day.table)
    return {day: likely[0]} if likely else {}


def candidates(found: Scores, free: Free, table: str) -> list[str]:
    """Columns that may hold the day of each row, the likeliest first."""
    never = OF_A_TERM[table == "cancellations":]
    lent = [header for header in found if header not in free.seen and _is_lent(found, header) and not any(
        found[header].get(place, 0.0) >= SURE for place in never)]
    first = [header for header in lent if not CLOSED.search(_words(header))]
    if first:
        return sorted(first, key=lambda header: -len(DAYS & set(found[header])))
    months = [header for header in free.seen if _is_of_months(free, header)]
    if months:
        return months[:1]
    dated = [header for header, seen in free.seen.items() if seen.dates >= content_terms.MOSTLY]
    others = [header for header, rated in found.items() if header not in (*free.seen, *lent) and not any(
        rated.get(place, 0.0) >= SURE for place in never) and any(
        score >= SURE and TABLES[place.table].by_name[place.field].kind == "date" for place, score in rated.items())]
    if len([*others, *dated]) == 1:
        return [*others, *dated]
    own = [header for header in dated if not is_of_another(header) and _is_filled(free, header)]
    return ordered(free, own) or lent


def ordered(free: Free, headers: Iterable[str]) -> list[str]:
    """Columns of days, those first in whose order the rows stand."""
    return sorted(headers, key=lambda header: not _is_in_order(free, header))


def is_of_another(header: str) -> bool:
    """Whether a header says that its day is planned, or that of a bill, a term or a reminder.

    >>> is_of_another("次回予定日"), is_of_another("Due date"), is_of_another("受講の日")
    (True, True, False)
    """
    return ANOTHER.search(_words(header)) is not None


def _words(header: str) -> str:
    return nfkc(header).casefold().replace("_", " ")


def _is_lent(found: Scores, header: str) -> bool:
    rated = {place for place, score in found[header].items() if score >= SURE}
    return bool(rated & DAYS) and not any(place.table == "subscriptions" and place.field != "end_date"
                                          for place in rated)


def _is_of_months(free: Free, header: str) -> bool:
    if plain(header) not in MONTH_WORDS and not is_of_months(free.body[header]):
        return False
    read = dates(free.body[header]).days
    return len(read) > 0 and bool((~np.isnat(read)).mean() >= FILLED)


def _is_filled(free: Free, header: str) -> bool:
    return bool(ids(free.body[header]).notna().mean() >= FILLED)


def _is_in_order(free: Free, header: str) -> bool:
    read = dates(free.body[header]).days
    days = read[~np.isnat(read)].astype("int64")
    steps = np.diff(days)
    return len(steps) > 0 and bool((steps >= 0).all() or (steps <= 0).all())


def _header(found: Scores, place: Place) -> str:
    best = max(found, key=lambda header: found[header].get(place, 0.0), default="")
    return best if best and found[best].get(place, 0.0) >= ENOUGH else ""
