"""Which header feeds which field: likeness of words times fit of values, best pairs first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS, GONE_WORDS
from cs_kpi.ingest import prefixes
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import fit, looks
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.compositions import is_bare
from cs_kpi.ingest.naming.vocabulary import NAMING, Place, names, places_in_levels
from cs_kpi.ingest.naming.words import objects
from cs_kpi.ingest.values.names import ids
from cs_kpi.tables import TABLES

ENOUGH = 0.6
SURE = 0.8
KEYS = ("customer_id",)
KEY, NAME = Place("customers", "customer_id"), Place("customers", "customer_name")
END, TERM = Place("subscriptions", "end_date"), Place("subscriptions", "term_end")
START, CANCELLED = Place("subscriptions", "start_date"), Place("cancellations", "cancelled_on")
SHARED = {CANCELLED: END,
          Place("surveys", "answered_on"): Place("interactions", "date"),
          Place("pulse", "date"): Place("interactions", "date")}
"""Fields that may take the header of another: what ended the contract is also the day of the cancellation."""

Scores = Mapping[str, Mapping[Place, float]]


@dataclass(frozen=True, slots=True)
class Fit:
    """A header for a field, and how sure that is."""

    header: str
    score: float


def scores(area: Area) -> Scores:
    """header -> place -> how well it fits, only what is likely enough; a column without a cell names nobody."""
    sample = area.body.head(3000)
    found: dict[str, dict[Place, float]] = {}
    prefixed = prefixes.common(area.headers)
    for header in area.headers:
        named = places_in_levels(header, area.parts.get(header, ()) or objects(header))
        if header in prefixed and max(named.values(), default=0.0) < ENOUGH:
            named = prefixes.named_without(header, prefixed[header]) or named
        if named:
            seen = looks(sample[header])
            rated = {place: likeness * fit(place, seen) for place, likeness in named.items()}
            if len(sample) and not seen.filled:
                rated = {place: score for place, score in rated.items() if place.field not in NAMING}
            elif is_bare(header) and NAME not in rated and rated.get(KEY, 0.0) >= SURE and _are_names(sample[header]):
                rated[NAME] = 1.0
            found[header] = {place: score for place, score in rated.items() if score >= ENOUGH}
    return _with_bare_codes(found, sample)


def _with_bare_codes(found: dict[str, dict[Place, float]], sample: pd.DataFrame) -> Scores:
    """A bare Acct of codes beside a Customer name is the customer's number, where no other column is."""
    named = [header for header, rated in found.items() if rated.get(NAME, 0.0) >= SURE and not is_bare(header)]
    if not named or any(rated.get(KEY, 0.0) >= SURE and not is_bare(header) for header, rated in found.items()):
        return found
    bare = next((header for header in found if is_bare(header) and _are_codes(sample[header])), None)
    if bare is not None:
        found[bare] = {Place(table.name, "customer_id"): SURE for table in TABLES.values()
                       if "customer_id" in table.by_name}
    return found


def assignment(found: Scores, tables: Iterable[str], allowed: Callable[[Place, str], bool] = lambda *_: True
               ) -> dict[Place, Fit]:
    """Best pairs of header and field within some tables; a header serves one field, except keys and shared days."""
    wanted = tuple(tables)
    pairs = sorted(((score, place, header) for header, rated in found.items() for place, score in rated.items()
                    if place.table in wanted and place.field not in KEYS and allowed(place, header)),
                   key=lambda pair: (-pair[0], _order(pair[1])))
    keys = _keys(found, wanted)
    chosen: dict[Place, Fit] = {}
    used = {fit.header for fit in keys.values()} - _names(found)
    for score, place, header in pairs:
        if place not in chosen and header not in used:
            chosen[place] = Fit(header, score)
            used.add(header)
    return keys | _amended(chosen, found, wanted, used)


def _order(place: Place) -> tuple[bool, int]:
    field = TABLES[place.table].by_name[place.field]
    return not field.required, TABLES[place.table].fields.index(field)


def _are_names(cells: pd.Series) -> bool:
    """Whether the cells of a column called Customer are what customers are called: words, and hardly a figure."""
    texts = ids(cells).dropna()
    return bool(texts.str.contains(r"[^\d\W]\s+[^\d\W]").mean() > 0.5 and texts.str.contains(r"\d").mean() < 0.5)


def _are_codes(cells: pd.Series) -> bool:
    """Whether the cells are numbers of customers: one word each, with a figure in it."""
    return bool(ids(cells).dropna().str.fullmatch(r"\S*\d\S*").mean() > 0.8)


def _names(found: Scores) -> set[str]:
    """Headers that name the customer and no id; they may serve as key and as name alike."""
    name = Place("customers", "customer_name")
    return {header for header, rated in found.items() if rated.get(name, 0) >= SURE}


def _keys(found: Scores, tables: tuple[str, ...]) -> dict[Place, Fit]:
    """The header that names the customer, for every table: an id, else the customer's name."""
    rated = {header: max((score for place, score in places_.items()
                          if place.field == "customer_id" and place.table in tables), default=0.0)
             for header, places_ in found.items()}
    best = max(rated, key=lambda header: (rated[header] >= SURE and not is_bare(header), rated[header]), default=None)
    if best is not None and rated[best] >= ENOUGH:
        return {Place(table, "customer_id"): Fit(best, rated[best]) for table in tables}
    name = Place("customers", "customer_name")
    named = {header: found[header][name] for header in _names(found)}
    best = max(named, key=lambda header: named[header], default=None)
    return {} if best is None else {Place(table, "customer_id"): Fit(best, 0.9 * named[best]) for table in tables}


def _amended(chosen: dict[Place, Fit], found: Scores, tables: tuple[str, ...], used: set[str]) -> dict[Place, Fit]:
    """What single pairs cannot see: shared days, a second end date, MRR beside its yearly amount."""
    chosen |= _ends(chosen, found, used)
    for place, twin in SHARED.items():
        if place.table in tables and place not in chosen and twin in chosen:
            chosen[place] = Fit(chosen[twin].header, 0.9 * chosen[twin].score)
    if tables == ("customers",):
        chosen |= _first_contract_day(chosen, found, used)
    if "customers" in tables:
        chosen |= _bare_name(chosen, found, used)
    if START in chosen and not {END, TERM} & set(chosen):
        chosen |= _end_by_cancellation(found, used - {fit.header for at, fit in chosen.items() if at == CANCELLED})
    mrr, amount = Place("subscriptions", "mrr"), Place("subscriptions", "amount")
    if amount in chosen and mrr not in chosen:
        chosen |= _of_a_known_period(chosen, found, used)
    if mrr in chosen and amount in chosen and is_unit_price(chosen[mrr].header) > is_unit_price(chosen[amount].header):
        chosen.pop(mrr)
    if mrr in chosen and amount in chosen and not _tells_each_bill(chosen, amount):
        chosen.pop(amount if chosen[mrr].score >= SURE or chosen[amount].score < SURE else mrr)
    return chosen


def _ends(chosen: dict[Place, Fit], found: Scores, used: set[str]) -> dict[Place, Fit]:
    """Of two headers of ends, that which says that somebody left is the end, and the other that of the term: Left on
    beside Contract end."""
    if END not in chosen:
        return {}
    others = {header: rated[END] for header, rated in found.items() if header not in used and rated.get(END, 0) >= SURE}
    gone = {header: score for header, score in others.items() if names(header, GONE_WORDS)}
    if gone and not names(chosen[END].header, GONE_WORDS):
        left = max(gone, key=lambda header: gone[header])
        used.add(left)
        return {END: Fit(left, gone[left]), TERM: chosen.get(TERM, chosen[END])}
    open_ = {header: score for header, score in others.items() if header not in gone}
    other = max(open_, key=lambda header: open_[header], default=None)
    return {} if other is None or TERM in chosen else {TERM: Fit(other, 0.8 * open_[other])}


def _end_by_cancellation(found: Scores, used: set[str]) -> dict[Place, Fit]:
    """The day of a cancellation as the end of its contract, where no header tells another: 解約申出日."""
    rated = {header: named[CANCELLED] for header, named in found.items()
             if header not in used and named.get(CANCELLED, 0.0) >= SURE}
    best = max(rated, key=lambda header: rated[header], default=None)
    if best is None:
        return {}
    used.add(best)
    return {END: Fit(best, 0.9 * rated[best])}


def _of_a_known_period(chosen: dict[Place, Fit], found: Scores, used: set[str]) -> dict[Place, Fit]:
    """The yearly amount instead of a total for the term, or of one without an interval: ACV beside TCV."""
    amount = Place("subscriptions", "amount")
    header = chosen[amount].header
    is_open = names(header, AMOUNT_PERIODS["term"]) or Place("subscriptions", "billing_interval") not in chosen
    if names(header, AMOUNT_PERIODS["year"]) or names(header, AMOUNT_PERIODS["month"]) or not is_open:
        return {}
    yearly = {other: rated[amount] for other, rated in found.items() if other not in used and not is_unit_price(other)
              and rated.get(amount, 0.0) >= SURE and names(other, AMOUNT_PERIODS["year"])}
    best = max(yearly, key=lambda other: yearly[other], default=None)
    return {amount: Fit(best, yearly[best])} if best else {}


def _tells_each_bill(chosen: dict[Place, Fit], amount: Place) -> bool:
    """An amount with its interval may stand beside MRR, for rows where that is blank; ARR says the same twice."""
    return Place("subscriptions", "billing_interval") in chosen and not names(
        chosen[amount].header, AMOUNT_PERIODS["year"])


def _bare_name(chosen: dict[Place, Fit], found: Scores, used: set[str]) -> dict[Place, Fit]:
    """Beside an id, a column that is called Customer and no more is the name."""
    name, key = Place("customers", "customer_name"), Place("customers", "customer_id")
    bare = [header for header, rated in found.items()
            if header not in used and is_bare(header) and max(rated.get(key, 0), rated.get(name, 0)) >= SURE]
    if name in chosen or not used or not bare:
        return {}
    used.add(bare[0])
    return {name: Fit(bare[0], 0.9 * max(found[bare[0]].get(key, 0), found[bare[0]].get(name, 0)))}


def _first_contract_day(chosen: dict[Place, Fit], found: Scores, used: set[str]) -> dict[Place, Fit]:
    """On a sheet of customers alone, the start of the contract is the customer's first contract day."""
    started, start = Place("customers", "started_on"), Place("subscriptions", "start_date")
    rated = {header: named[start] for header, named in found.items()
             if header not in used and named.get(start, 0) >= SURE}
    if started in chosen or not rated:
        return {}
    best = max(rated, key=lambda header: rated[header])
    used.add(best)
    return {started: Fit(best, 0.9 * rated[best])}
