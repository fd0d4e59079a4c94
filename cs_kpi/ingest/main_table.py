"""The table that the rows of a sheet mainly are, by its headers and by the names of sheet and file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

import pandas as pd

from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.losses import FEES, lost_fees
from cs_kpi.ingest.matching import SURE, Fit, Scores, assignment
from cs_kpi.ingest.naming.vocabulary import Place, places, suggests
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

TITLE_WEIGHTS = (1.5, 1.0, 0.7)
"""What the name of the sheet, of the file, and the text above the table are worth beside the headers."""
OF_CONTRACTS = {Place("subscriptions", field) for field in ("start_date", "mrr", "amount", "term_end")}
WHOLE = {Place("subscriptions", field) for field in ("start_date", "term_end")}
"""Fields without which a list of those who left, although it says what they paid, holds no contracts."""
IN_FULL = (({Place("subscriptions", "start_date")}, {Place("customers", "started_on")}),
           ({Place("subscriptions", "end_date")}, {Place("cancellations", "cancelled_on")}),
           (FEES, set[Place]()))
"""What contracts say in full: since when, until when, for how much, each with what its header may name instead. Their
headers must say so, whatever stands below them."""
BY_TITLE = frozenset(("usage", "interactions", "cancellations"))
"""Tables of which a day and a customer are enough, where the title says that the rows are theirs."""
SEVERAL_TIMES = 0.8
"""With at most so many customers for each row, rows are what was done with them, and no list of them."""


def of(sheet: Sheet, table: Area, found: Scores, possible: tuple[str, ...]) -> str | None:
    """The table for which most speaks: headers that no other table claims, and the names of sheet and file."""
    evidence = {name: _evidence(found, name) + _title_bonus(sheet, table, name) for name in possible
                if _is_possible(found, name, assignment(found, [name]), sheet, table)}
    best = max(evidence, key=lambda name: evidence[name], default=None)
    if best == "customers" and (_are_only_named(found) or stand_several_times(table, found)):
        told = {name: worth for name, worth in evidence.items() if name != "customers" and (
            _title_bonus(sheet, table, name) or _is_distinct(found, name, set(evidence)))}
        best = max(told, key=lambda name: told[name], default=best)
    return "subscriptions" if best == "cancellations" and "subscriptions" in evidence and (
        _has_stayers(table, found) or _are_contracts(found)) else best


def _are_contracts(found: Scores) -> bool:
    """Whether headers say since when, until when and for how much: contracts, although all of them have ended."""
    chosen = assignment(found, ["subscriptions"])
    named = {place: {**lost_fees(fit.header), **places(fit.header)} for place, fit in chosen.items()}
    return all(any(named.get(at, {}).get(by, 0.0) >= SURE for at in of for by in of | also) for of, also in IN_FULL)


def _are_only_named(found: Scores) -> bool:
    """Whether a sheet tells nothing of customers but who they are, as every table does."""
    chosen = assignment(found, ["customers"])
    return not any(fit.score >= SURE and place.field not in ("customer_id", "customer_name")
                   for place, fit in chosen.items())


def stand_several_times(table: Area, found: Scores) -> bool:
    """Whether customers stand in several rows, as in no list of them."""
    key = assignment(found, ["customers"]).get(Place("customers", "customer_id"))
    keys = ids(table.body[key.header]).dropna() if key else pd.Series(dtype=object)
    return len(keys) > 0 and bool(keys.nunique() <= SEVERAL_TIMES * len(keys))


def _is_distinct(found: Scores, name: str, possible: set[str]) -> bool:
    """Whether a header says what only rows of this table have, among those that the sheet can be."""
    return any({other.table for other, score in found[fit.header].items() if score >= SURE} & possible == {name}
               for place, fit in assignment(found, [name]).items() if place.field != "customer_id")


def _has_stayers(table: Area, found: Scores) -> bool:
    """Whether rows without a day of leaving begin a contract, so that they are customers who stay."""
    chosen = assignment(found, ["subscriptions"])
    end, start = (chosen.get(Place("subscriptions", name)) for name in ("end_date", "start_date"))
    return end is not None and start is not None and bool(
        (table.body[end.header].isna() & table.body[start.header].notna()).any())


def _is_possible(found: Scores, name: str, chosen: dict[Place, Fit], sheet: Sheet, area: Area) -> bool:
    has = {place.field for place in chosen if place.table == name}
    table = TABLES[name]
    if name == "customers":
        own = max((fit.score for place, fit in chosen.items() if place.field != "customer_id"), default=0.0)
        return "customer_id" in has and (own >= SURE or suggests(sheet.name, table.titles))
    if name == "usage" and not has & {"customer_id", "subscription_id"}:
        return False
    others = WHOLE if name == "cancellations" else OF_CONTRACTS
    is_told = name in BY_TITLE and not others & _sure(found) and _title_bonus(sheet, area, name) > 0 and not (
        name == "usage" and _has_numbers(area, {fit.header for fit in chosen.values()}))
    return set(table.required) <= has and (not table.one_of or is_told or bool(has & set(table.one_of)))


def _has_numbers(area: Area, used: set[str]) -> bool:
    """Whether numbers stand beside, which say what is counted: a row may then be a day without any use."""
    others = [looks(area.body[header]) for header in area.headers if header not in used]
    return any(seen.numbers >= SURE and seen.dates < SURE for seen in others)


def _sure(found: Scores) -> set[Place]:
    return {place for rated in found.values() for place, score in rated.items() if score >= SURE}


def _evidence(found: Scores, name: str) -> float:
    """Each header counts for a table by its score, shared among all tables that claim it as much."""
    total = 0.0
    for place, fit in assignment(found, [name]).items():
        if place.field != "customer_id":
            claims = {other.table for other, score in found[fit.header].items() if score >= 0.9 * fit.score}
            total += fit.score / max(len(claims), 1)
    return total


def _title_bonus(sheet: Sheet, table: Area, name: str) -> float:
    """What the names are worth that speak of a table; Customer usage is use, and says only whose."""
    texts = (sheet.name, PurePath(sheet.file).stem, table.title)
    return max((weight for weight, text in zip(TITLE_WEIGHTS, texts, strict=True) if name in titled(text)), default=0)


@lru_cache(maxsize=256)
def titled(text: str) -> frozenset[str]:
    """The tables of which a title speaks.

    >>> sorted(titled("Customer logins")), sorted(titled("Customers 2025")), sorted(titled("Sheet1"))
    (['usage'], ['customers'], [])
    """
    told = {table.name for table in TABLES.values() if suggests(text, table.titles)}
    return frozenset(told - {"customers"} or told)
