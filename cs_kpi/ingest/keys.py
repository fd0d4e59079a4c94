"""The column that names the customer where its word alone does not say so: 医院コード beside 医院名, Property ID.

Works on all headers of a table together: what is the only key of it, or has a name of the same stem beside it, names
the customer, unless its stem is known to be something else's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

import pandas as pd

from cs_kpi.ingest.content_names import go_together
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.key_words import NAME, OTHERS, OWN, is_party, stem_of
from cs_kpi.ingest.naming.vocabulary import Place, suggests
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

Known = frozenset[tuple[str, str]]
"""Headers, as they are compared, with the field that they feed in other sheets."""
LIKELY = 0.85
FEWEST_NOTED = 2
SAMPLE, FILLED, LONGEST = 3000, 0.9, 40
FEWEST_ROWS = 5
"""In so many rows that all say the same, a key is that of a system, and of no customer."""
CUSTOMER_NAME, PARENT = Place("customers", "customer_name"), Place("customers", "parent_id")
SUBSCRIPTION = Place("subscriptions", "subscription_id")
FIRST_DAYS = (Place("customers", "started_on"), Place("customers", "onboarding_completed_on"))
FINISHED = re.compile(r"完了|卒業|終了|\b(?:completed?|completion|done|finished|graduated)\b")
"""The end of an onboarding begins no contract, while one may begin when its customer goes live."""
TELLING = {Place(table, field) for table, fields in {
    "subscriptions": ("start_date", "end_date", "term_end", "mrr", "auto_renews", "notice_days", "subscription_id"),
    "customers": ("owner", "touch_model", "has_left", "tenure_months", "onboarding_completed_on", "furigana"),
    "usage": ("user_id", "minutes", "feature"), "surveys": ("score",), "cancellations": ("reason",),
    "pulse": ("value",), "interactions": ("kind", "priority")}.items() for field in fields}
"""Fields that no list of goods, staff or parts has."""
FEE = re.compile(r"利用料|使用料|会費|購読|年額|\byearly\b|\bannual\b|subscription|membership|\b(?:arr|acv|mrr)\b")
APPLIED = re.compile(r"申し?込|申請|受注|成約|\bwon\b")
END, CANCELLED = Place("subscriptions", "end_date"), Place("cancellations", "cancelled_on")
OF_USE = Place("usage", "subscription_id")
PLANS = {Place("subscriptions", "plan"), Place("subscriptions", "product")}
START, FLAG = Place("subscriptions", "start_date"), Place("customers", "has_left")
AMOUNTS = {Place("subscriptions", "mrr"), Place("subscriptions", "amount")}
IDS = tuple(Place(table.name, "customer_id") for table in TABLES.values() if "customer_id" in table.by_name)


def with_keys(found: Scores, sheet: Sheet, table: Area) -> Scores:
    """The scores in which a key of the table names the customer, where no header is known to and something else speaks
    of contracts or of customers."""
    is_named = any(rated.get(place, 0.0) >= ENOUGH for rated in found.values() for place in IDS)
    if is_named or not speaks_of_customers(found, sheet, table):
        return found
    if any(rated.get(OF_USE, 0.0) >= SURE for rated in found.values()) and not _is_ledger(found):
        return found
    named = _names(found, table)
    key = _best([header for header in table.headers if _may_be_key(header, found, table, named)], named, table)
    if key is not None and stem_of(key) not in named and _numbers_others(key, found, table):
        return found
    if key is not None and _is_of_events(found) and _has_another_name(found, named.get(stem_of(key))):
        return found
    if key is None:
        return found if named or _has_name(found) else _with_contracts(found)
    stem = stem_of(key)
    result = {header: dict(rated) for header, rated in found.items()}
    own = {place: score for place, score in result.get(key, {}).items() if place in (SUBSCRIPTION,)}
    result[key] = own | dict.fromkeys(IDS, LIKELY)
    name = named.get(stem)
    if name is not None:
        rated = {place: score for place, score in result.get(name, {}).items() if place not in PLANS}
        result[name] = {**rated, CUSTOMER_NAME: max(LIKELY, rated.get(CUSTOMER_NAME, 0.0))}
    return result


def with_known(found: Scores, table: Area, known: Known) -> Scores:
    """The scores in which a header that names the customers of another sheet, or the day on which they left, does so
    here, where no header is known to."""
    ended = [header for header in table.headers if (plain(header), "end_date") in known and not any(
        score >= SURE for score in found.get(header, {}).values())]
    found = {**found, **{header: dict.fromkeys((END, CANCELLED), LIKELY) for header in ended[:1]}}
    named = [header for header in table.headers if (plain(header), "customer_id") in known]
    if not named or any(rated.get(place, 0.0) >= ENOUGH for rated in found.values() for place in IDS):
        return found
    return {**found, named[0]: {**found.get(named[0], {}), **dict.fromkeys(IDS, LIKELY)}}


def with_own_names(found: Scores, table: Area) -> Scores:
    """The scores in which a customer below a parent is called by the name of its own kind: 店舗コード by 店舗名,
    and not by the 企業名 of its 企業コード."""
    sure = {place: header for header, rated in found.items() for place, score in rated.items() if score >= SURE}
    key, parent = sure.get(Place("customers", "customer_id")), sure.get(PARENT)
    named = _names(found, table) if key and parent else {}
    own, above = named.get(stem_of(key or "")), named.get(stem_of(parent or ""))
    if own is None or above is None or own == above:
        return found
    rest = {place: score for place, score in found.get(above, {}).items() if place != CUSTOMER_NAME}
    return {**found, own: {**found.get(own, {}), CUSTOMER_NAME: 1.0}, above: rest}


def speaks_of_customers(found: Scores, sheet: Sheet, table: Area) -> bool:
    """Whether a field, or a name of the sheet, is of customers: a list of spare parts has codes and names as well."""
    told = {place for header, rated in found.items() for place, score in rated.items()
            if score >= SURE and (place in TELLING or (place in AMOUNTS and FEE.search(plain(header))))}
    told |= {place for rated in found.values() for place, score in rated.items()
             if score >= SURE and place in (*IDS, CUSTOMER_NAME)}
    texts = (sheet.name, table.title, PurePath(sheet.file).stem)
    is_named = any(is_party(stem_of(header) or plain(header)) for header in table.headers)
    return bool(told) or is_named or are_contacts(found) or is_use(found) or any(
        suggests(text, one.titles) for text in texts for one in TABLES.values())


def are_contacts(found: Scores) -> bool:
    """Whether rows are contacts with customers, of whom only the name is not told: a day, and two more of what is noted
    of one."""
    told = {place.field for place in sure(found) if place.table == "interactions"}
    return "date" in told and len(told & {"kind", "priority", "status", "note", "by"}) >= FEWEST_NOTED


def is_use(found: Scores) -> bool:
    """Whether a header is the day of use and of nothing else: 受講日時."""
    places = [{place for place, score in rated.items() if score >= SURE} for rated in found.values()]
    return {Place("usage", "date")} in places


def sure(found: Scores) -> set[Place]:
    return {place for rated in found.values() for place, score in rated.items() if score >= SURE}


def _names(found: Scores, table: Area) -> dict[str, str]:
    """stem -> the header that names what the stem says: 医院名, or 医院 itself."""
    stems = {stem_of(header) for header in table.headers} - {""}
    named: dict[str, str] = {}
    for header in table.headers:
        match = NAME.fullmatch(plain(header))
        stem = (match["stem"] or match["words"]).strip() if match else plain(header)
        if stem in stems and not OTHERS.search(stem):
            named.setdefault(stem, header)
    return named


def _may_be_key(header: str, found: Scores, table: Area, named: Mapping[str, str]) -> bool:
    stem = stem_of(header)
    sure = {place for place, score in found.get(header, {}).items() if score >= SURE}
    if not stem or (OTHERS.search(plain(header)) and stem not in named) or OWN.fullmatch(plain(header)):
        return False
    is_spare = sure <= {PARENT} and (stem in named or not _has_name(found))
    is_user = {place.field for place in sure} == {"user_id"} and (stem in named or not _has_name(found))
    if sure and not is_spare and not is_user:
        return False
    cells = table.body[header].head(SAMPLE)
    texts = ids(cells).dropna()
    if list(texts) == [str(number) for number in range(1, len(texts) + 1)]:
        return False
    if len(texts) >= FEWEST_ROWS and texts.nunique() == 1:
        return False
    return len(texts) >= FILLED * len(cells) and len(texts) > 0 and bool(texts.str.len().max() <= LONGEST) \
        and (stem in named or _is_code(texts))


def _is_code(texts: pd.Series) -> bool:
    """Whether the cells are codes: one word each, most of them with a figure."""
    return bool(texts.str.contains(r"\d").mean() >= 0.5 and not texts.str.contains(r"\s").mean() >= 0.5)


def _best(keys: list[str], named: Mapping[str, str], table: Area) -> str | None:
    """Of keys with a name beside them the finest, since a company stands above its shops; else the only one or the
    first that differs from row to row most."""
    paired = [key for key in keys if stem_of(key) in named]
    among = paired or keys
    return max(among, key=lambda key: ids(table.body[key].head(SAMPLE)).nunique(), default=None)


def _is_of_events(found: Scores) -> bool:
    """Whether rows are answers, use, steps or contacts, whose own keys are those of each, and no customer's."""
    told = sure(found)
    return bool(told & {*TELLING, Place("milestones", "completed_on")}) and not any(
        place.table in ("subscriptions", "customers") and place in TELLING and place.field != "owner" for place in told)


def _has_another_name(found: Scores, name: str | None) -> bool:
    """Whether customers are named, and not by the name that goes with a key."""
    return _has_name(found) and (name is None or found.get(name, {}).get(CUSTOMER_NAME, 0.0) < SURE)


def _numbers_others(key: str, found: Scores, table: Area) -> bool:
    """Whether customers are named, and a key does not go one to one with their names."""
    name = max(found, key=lambda header: found[header].get(CUSTOMER_NAME, 0.0), default=None)
    return name is not None and found[name].get(CUSTOMER_NAME, 0.0) >= SURE and not go_together(
        table.body.head(SAMPLE), key, name)


def _has_name(found: Scores) -> bool:
    return any(rated.get(CUSTOMER_NAME, 0.0) >= SURE for rated in found.values())


def without_applications(found: Scores) -> Scores:
    """The scores in which the day of applying, or of winning the deal, is no first day of a contract, where another
    header tells that day."""
    first = {header for header, rated in found.items() for place in (START, FIRST_DAYS[0])
             if rated.get(place, 0.0) >= SURE and not APPLIED.search(plain(header))}
    return found if not first else {
        header: {place: score for place, score in rated.items() if place not in (START, FIRST_DAYS[0])}
        if APPLIED.search(plain(header)) else rated for header, rated in found.items()}


def with_starts(found: Scores) -> Scores:
    """The scores in which a fee without a start of its contract starts on the customer's first day: its signup or first
    dealings, else the day on which it went live."""
    told = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    if not told & AMOUNTS or any(rated.get(START, 0.0) >= ENOUGH for rated in found.values()):
        return found
    for place in FIRST_DAYS:
        header = max(found, key=lambda one: found[one].get(place, 0.0), default=None)
        if header is not None and found[header].get(place, 0.0) >= SURE and not FINISHED.search(plain(header)):
            rest = {at: score for at, score in found[header].items() if at not in FIRST_DAYS}
            return {**found, header: {**rest, START: SURE}}
    return found


def _is_ledger(found: Scores) -> bool:
    """Whether rows are contracts, or customers who stayed or left, rather than what was done under a contract."""
    told = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    return FLAG in told or (START in told and bool(told & AMOUNTS))


def _with_contracts(found: Scores) -> Scores:
    """The scores in which the number of a contract stands for its customer, whom nothing else names."""
    header = max(found, key=lambda one: found[one].get(SUBSCRIPTION, 0.0), default=None)
    if header is None or found[header].get(SUBSCRIPTION, 0.0) < SURE or not _is_ledger(found):
        return found
    keys = {Place("customers", "customer_id"): LIKELY, Place("subscriptions", "customer_id"): LIKELY}
    return {**found, header: {**found[header], **keys}}
