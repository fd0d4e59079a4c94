"""What rows of contacts and of use are where single headers say less: the day on which a contact was noted, whose
ticket it is, when and by whom something was read under a contract of another sheet."""

from __future__ import annotations

import re

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.system_rows import MADE
from cs_kpi.ingest.values.names import ids

OF_CONTACTS = {Place("interactions", field) for field in ("kind", "priority", "status", "note", "by")}
DATE, BY, PRIORITY = (Place("interactions", field) for field in ("date", "by", "priority"))
OWNER, SCORE = Place("customers", "owner"), Place("surveys", "score")
OTHERS = {Place(*at.split(".")) for at in (
    "subscriptions.start_date", "subscriptions.end_date", "subscriptions.term_end", "subscriptions.mrr",
    "subscriptions.amount", "milestones.completed_on", "surveys.score", "cancellations.reason", "pulse.value",
    "usage.minutes")}
"""What no row of contacts has."""
CONTRACT, USED_UNDER = Place("subscriptions", "subscription_id"), Place("usage", "subscription_id")
USED, USER = Place("usage", "date"), Place("usage", "user_id")
FEWEST = 3
OF_A_TICKET = re.compile(r"\b(?:ticket|case|issue|incident|request)\b|(?:チケット|ケース|問い?合わ?せ)")
OWNERS = frozenset(("owner", "ticket owner", "case owner", "issue owner", "owner name"))
MOMENT = re.compile(r".+(?:ed|read|sent|seen|heard|done|made|run|begun|ran|spent|met|written|drawn|at) (?:at|on)"
                    r"|read at|timestamp|occurred|time|datetime|date time|when")
WHO = re.compile(r"(?!(?:order|folder|letter|number|server|ledger|offer|tier|parameter|voucher|filter|computer|printer"
                 r"|partner|customer|container|header|paper|render|cluster|router|scanner|monitor|sensor|vendor)\b)"
                 r"[a-z]+(?:er|or) (?:id|key|no|number|uuid|email)")
"""Who does something: reader id, editor no; things are called so as well."""
NOTED = {Place("interactions", field) for field in ("priority", "note", "status")}


def told(found: Scores, table: Area) -> Scores:
    """The scores in which each of these is what it is among the others."""
    sure = {at for rated in found.values() for at, score in rated.items() if score >= SURE}
    return _with_owner(_with_day(found, table, sure), table, sure)


def _with_day(found: Scores, table: Area, sure: set[Place]) -> Scores:
    """Contacts whose day no header tells: the one on which each was noted."""
    if len(sure & OF_CONTACTS) < FEWEST or sure & OTHERS or any(
            rated.get(DATE, 0.0) >= ENOUGH for rated in found.values()):
        return found
    day = next((header for header in table.headers if plain(header) in MADE and _are_days(table, header)), None)
    return found if day is None else {**found, day: {**found.get(day, {}), DATE: SURE}}


def _with_owner(found: Scores, table: Area, sure: set[Place]) -> Scores:
    """Beside the priority or the number of a ticket, its Owner is who works on it, if nobody else does."""
    is_of_tickets = PRIORITY in sure or any(OF_A_TICKET.search(spelt(header)) for header in table.headers)
    if DATE not in sure or not is_of_tickets or sure & OTHERS or any(
            rated.get(BY, 0.0) >= ENOUGH for rated in found.values()):
        return found
    owner = next((header for header in table.headers if spelt(header) in OWNERS), None)
    if owner is None:
        return found
    rest = {at: score for at, score in found.get(owner, {}).items() if at != OWNER}
    return {**found, owner: {**rest, BY: SURE}}


def with_use(found: Scores, table: Area, known: frozenset[tuple[str, str]]) -> Scores:
    """The scores in which rows that name contracts again and again, each with a moment of its own, are use under these
    contracts, where the contracts stand in another sheet or a person who used something stands beside them.

    known : headers, as they are compared, with the field that they feed in other sheets
    """
    sure = {at for rated in found.values() for at, score in rated.items() if score >= SURE}
    if sure & (OTHERS | NOTED | {USED, USED_UNDER}) or any(
            at.field in ("customer_id", "customer_name") for at in sure):
        return found
    who = next((header for header in table.headers if WHO.fullmatch(spelt(header))), None)
    key = next((header for header in table.headers if (plain(header), "subscription_id") in known
                or (who and found.get(header, {}).get(CONTRACT, 0.0) >= SURE)), None)
    days = [header for header in table.headers if _are_days(table, header)]
    if key is None or len(days) != 1 or not MOMENT.fullmatch(spelt(days[0])):
        return found
    keys = ids(table.body[key]).dropna()
    users = {who: {USER: SURE}} if who and USER not in sure else {}
    return {**found, **users, key: {USED_UNDER: SURE}, days[0]: {USED: SURE}} if keys.nunique() < len(keys) else found


def _are_days(table: Area, header: str) -> bool:
    return bool(looks(table.body[header].head(3000)).dates >= SURE)
