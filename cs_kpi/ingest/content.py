"""Fields that no header names, told by what stands in their columns: a customer under a trade's word, a term, a fee.

Where one column stands out it is taken and shown as a guess; where several compete it is taken and asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from cs_kpi.ingest import content_names, content_terms, event_days
from cs_kpi.ingest.by_months.month_columns import ANY_YEAR
from cs_kpi.ingest.by_months.month_rows import MONTH_WORDS, REVENUE, is_of_months
from cs_kpi.ingest.content_names import Free
from cs_kpi.ingest.event_days import DAY_OF
from cs_kpi.ingest.headerless import GUESSED
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.keys import IDS, LIKELY, PLANS, are_contacts, speaks_of_customers, sure
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import ENOUGH, SURE, Scores
from cs_kpi.ingest.month_names import FEWEST, below_months, month_headers
from cs_kpi.ingest.naming.asides import is_unit_price
from cs_kpi.ingest.naming.compositions import is_bare
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet, SheetMapping
from cs_kpi.ingest.values.names import ids

MOST_COLUMNS = 60
"""So many columns are looked into; in wider tables what names a customer stands among the first."""
KEY, NAME = Place("subscriptions", "customer_id"), Place("customers", "customer_name")
START, END = Place("subscriptions", "start_date"), Place("subscriptions", "end_date")
SEATS = Place("subscriptions", "seats")
FEWEST_PLANS = 8
MRR, AMOUNT = Place("subscriptions", "mrr"), Place("subscriptions", "amount")
FIRST_DAYS = (START, Place("customers", "started_on"), Place("customers", "onboarding_completed_on"))
ONCE_EACH = frozenset(("surveys", "cancellations", "pulse", "milestones"))
"""Tables in which a customer may well stand once; the number of each ticket or use is its own."""
OF_CONTRACTS = frozenset((START, END, MRR, AMOUNT, Place("subscriptions", "term_end"), Place("customers", "has_left"),
                          Place("subscriptions", "auto_renews"), Place("customers", "tenure_months"),
                          Place("customers", "owner"), Place("customers", "touch_model")))


@dataclass(frozen=True, slots=True)
class Told:
    """The scores with what content tells, and for each field that it tells, its header."""

    scores: Scores
    headers: Mapping[str, str] = field(default_factory=dict)

    def beside(self, other: Told) -> Told:
        """The same, with what was told before."""
        return Told(self.scores, {**other.headers, **self.headers})

    def marked(self, mapping: SheetMapping) -> SheetMapping:
        """The mapping in which what content alone told is as unsure as it is."""
        unsure = {at: GUESSED for at, header in mapping.columns.items()
                  if self.headers.get(at.split(".")[1]) == header}
        return mapping.model_copy(update={"confidence": mapping.confidence | unsure})


def told(found: Scores, sheet: Sheet, table: Area) -> Told:
    """What the columns that no header explains add to the scores: who the customer is, since when, for how much."""
    if not table.header_row or len(table.body) < content_names.FEWEST_ROWS:
        return Told(found)
    free = free_columns(sheet, table, {header for header in found if _is_explained(header, found, table)})
    events = event_days.told(found, free)
    by_months = len(month_headers(table.headers, ANY_YEAR)) >= FEWEST
    taken = {} if events or by_months else _term_and_fee(found, free)
    is_whole = "end_date" in taken and (_has_fee(found) or bool({"mrr", "amount"} & set(taken)))
    rest = free.without([*taken.values(), *events.values()])
    is_about = by_months or is_whole or _is_by_months(found, rest)
    if not is_about and not speaks_of_customers(found, sheet, table):
        return Told(found)
    is_of_events = are_contacts(found) or any(place in DAY_OF for place in sure(found))
    who = _customer(found, rest, is_about, is_of_events=is_of_events)
    if not who and not _key(found) and by_months:
        who = _filled(customer_name=content_names.first_of_all(rest))
    if not who and not _key(found):
        return Told(found)
    if "start_date" in taken and "end_date" not in taken and not _header(found, END) and not _stands_once(
            table, who.get("customer_id") or who.get("customer_name") or _key(found)):
        taken = {}
    fee = _header(found, MRR)
    seats = content_terms.seats(_with_prices(free, found).without(taken.values()), fee) \
        if fee and not _header(found, SEATS) else ""
    return _with({**taken, **who, **_filled(seats=seats)}, events, found)


def _with_prices(free: Free, found: Scores) -> Free:
    """The free columns, and those of prices of one unit, although their headers say so."""
    prices = {header: looks(free.body[header]) for header in found if is_unit_price(header)}
    return replace(free, seen={**free.seen, **prices})


def with_day(before: Told, found: Scores, sheet: Sheet, table: Area) -> Told:
    """What was told, with the day of answers whose scores were found since."""
    if not table.header_row or len(table.body) < content_names.FEWEST_ROWS:
        return Told(found, before.headers)
    free = free_columns(sheet, table, {header for header in found if _is_explained(header, found, table)})
    after = _with({}, event_days.told(found, free), found)
    return Told(after.scores, {**after.headers, **before.headers})


def _is_explained(header: str, found: Scores, table: Area) -> bool:
    """Whether a header says what its column is; a plan that each row has for itself is no plan."""
    sure = {place for place, score in found[header].items() if score >= SURE}
    if not sure or sure - PLANS:
        return bool(sure)
    names = ids(table.body[header].head(content_names.SAMPLE)).dropna()
    return len(names) < FEWEST_PLANS or names.nunique() < content_names.FILLED * len(names)


def _term_and_fee(found: Scores, free: Free) -> dict[str, str]:
    start = next((header for place in FIRST_DAYS if (header := _header(found, place))), "")
    told = content_terms.term_and_fee(free, start=start, has_fee=_has_fee(found), end=_header(found, END))
    is_weak = start and max(found[start].get(place, 0.0) for place in FIRST_DAYS) < SURE
    return told | ({"start_date": start} if told and is_weak else {})


def _has_fee(found: Scores) -> bool:
    return bool(_header(found, MRR) or _header(found, AMOUNT))


def _is_by_months(found: Scores, free: Free) -> bool:
    """Whether rows are customers month by month, with money: a month is told by its header, the customer by nothing."""
    months = [header for header in free.table.headers if plain(header) in MONTH_WORDS or is_of_months(
        free.body[header])]
    is_money = _has_fee(found) or any(plain(header) in REVENUE for header in free.table.headers)
    return bool(months) and is_money and bool(content_names.by_months(free).best)


def _stands_once(table: Area, key: str) -> bool:
    """Whether each customer has one row; a lone column of days may else be the day of anything."""
    keys = ids(table.body[key]).dropna() if key else pd.Series(dtype=object)
    return len(keys) > 0 and keys.nunique() >= content_names.EACH_ONE * len(keys)


def _key(found: Scores) -> str:
    return next((header for place in (*IDS, NAME) if (header := _header(found, place))), "")


def free_columns(sheet: Sheet, table: Area, used: set[str]) -> Free:
    used = used | below_months(table.parts)
    return Free.of(sheet, table, [header for header in table.headers[:MOST_COLUMNS] if header not in used])


def _header(found: Scores, place: Place) -> str:
    best = max(found, key=lambda header: found[header].get(place, 0.0), default="")
    return best if best and found[best].get(place, 0.0) >= ENOUGH else ""


def _customer(found: Scores, free: Free, is_about_contracts: bool, *, is_of_events: bool) -> dict[str, str]:
    """The columns of key and name, as far as no header tells them."""
    places = sure(found)
    key = next((header for place in IDS if (header := _header(found, place))), "")
    if key and NAME not in places and (is_about_contracts or not is_of_events or places & OF_CONTRACTS):
        return _filled(customer_name=content_names.beside(free, key).best or content_names.people(free, key))
    if NAME in places and not key:
        named = _header(found, NAME)
        beside = content_names.beside(free, named) if is_bare(named) and content_names.is_code(free, named) else None
        if beside and beside.best:
            return _filled(customer_id=named, customer_name=beside.best)
        code = content_names.code_before(free, named)
        is_answers = is_of_events and not places & OF_CONTRACTS
        return {} if is_answers and code and content_names.numbers_rows(free, code) else _filled(customer_id=code)
    if key or NAME in places:
        return {}
    code = content_names.codes(free)
    if code and is_of_events and content_names.numbers_rows(free, code):
        others = free.without([code])
        named = content_names.alone(others, is_of_events=True).best or content_names.most_different(others).best
        is_each = bool({place.table for place in places if place in DAY_OF} & ONCE_EACH)
        return _filled(customer_name=named) if named or not is_each else _filled(customer_id=code)
    name = content_names.beside(free, code) if code else content_names.alone(free, is_of_events=is_of_events)
    return _filled(customer_id=code, customer_name=name.best)


def _filled(**fields: str) -> dict[str, str]:
    return {field: header for field, header in fields.items() if header}


def _with(taken: Mapping[str, str], events: Mapping[Place, str], found: Scores) -> Told:
    scores = {header: dict(rated) for header, rated in found.items()}
    for name, header in taken.items():
        if name == "customer_id":
            scores.get(header, {}).pop(NAME, None)
        places = IDS if name == "customer_id" else (NAME,) if name == "customer_name" else (
            Place("subscriptions", name),)
        kept = {place: score for place, score in scores.get(header, {}).items() if place not in PLANS}
        scores[header] = {**kept, **dict.fromkeys(places, LIKELY)}
    for place, header in events.items():
        scores[header] = {**scores.get(header, {}), place: LIKELY}
    told = {place: header for place, header in events.items() if not any(
        at.field == place.field and score >= SURE for at, score in found.get(header, {}).items())}
    headers = {**taken, **{place.field: header for place, header in told.items()}}
    if "customer_name" in taken and "customer_id" not in taken:
        headers["customer_id"] = taken["customer_name"]
    return Told(scores, headers)
