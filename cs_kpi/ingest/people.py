"""Customers that are people: where no column names a company, each user, member or address of a mail is a customer.
It is shown as a guess and asked about."""

from __future__ import annotations

import re

from cs_kpi.ingest.content import Told
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.keys import AMOUNTS, CUSTOMER_NAME, FILLED, FLAG, IDS, LIKELY, OF_USE, SAMPLE, START
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.names import ids

USER, USED = Place("usage", "user_id"), Place("usage", "date")
STEPS = {Place("milestones", name) for name in ("customer_id", "milestone", "completed_on")}
"""A list of steps says by its headers alone who completed them: its users are its customers (handbook 1)."""
MAIL = re.compile(r"(?:(?:customer|subscriber|member|user|client|account|billing|contact) )?e ?mail(?: address)?"
                  r"|(?:会員|顧客|お客様|購読者|契約者)?(?:の)?(?:e?メール|メールアドレス|eメールアドレス)")
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+"


def told(found: Scores, table: Area) -> Told:
    """The scores in which the people of contracts, or of use, are the customers, where nothing names others."""
    named = {place for rated in found.values() if rated.get(USER, 0.0) < SURE
             for place, score in rated.items() if score >= ENOUGH}
    if named & {*IDS, CUSTOMER_NAME, OF_USE}:
        return Told(found)
    sure = {place for rated in found.values() for place, score in rated.items() if score >= SURE}
    if sure >= STEPS:
        return Told(found)
    header = _mails(table) if START in sure and sure & {*AMOUNTS, FLAG} else _users(found, table) if (
        USED in sure and not sure & AMOUNTS) else None
    if header is None:
        return Told(found)
    return Told({**found, header: dict.fromkeys(IDS, LIKELY)}, {"customer_id": header})


def _mails(table: Area) -> str | None:
    """The first column of addresses, which hardly lacks any."""
    return next((header for header in table.headers if MAIL.fullmatch(plain(header)) and _are_filled(table, header)
                 and ids(table.body[header].head(SAMPLE)).dropna().str.fullmatch(ADDRESS).mean() >= FILLED), None)


def _users(found: Scores, table: Area) -> str | None:
    users = [header for header, rated in found.items() if rated.get(USER, 0.0) >= SURE and _are_filled(table, header)]
    return max(users, key=lambda header: found[header][USER], default=None)


def _are_filled(table: Area, header: str) -> bool:
    cells = ids(table.body[header].head(SAMPLE))
    return len(cells) > 0 and bool(cells.notna().mean() >= FILLED)
